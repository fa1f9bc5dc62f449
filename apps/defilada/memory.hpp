// SPDX-License-Identifier: MIT
#pragma once

namespace defilada::app {

/// Makes threads of libraries ask for little address space: those of Pango, which look for fonts,
/// would reserve 8 MiB of stack and 64 MiB of heap each. Called once, before there are any.
void ask_for_little_memory();

}  // namespace defilada::app
