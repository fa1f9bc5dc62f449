// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace defilada::app {

class OptionTree;

/// defilada(1) in the man macros of roff: what the program is, every command with its examples,
/// arguments and options, exit codes, files and environment.
[[nodiscard]] std::string manual_page(const OptionTree& tree);

}  // namespace defilada::app
