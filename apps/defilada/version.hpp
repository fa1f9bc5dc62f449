// SPDX-License-Identifier: MIT
#pragma once

namespace defilada::app {

/// Of the project, from CMake.
extern const char* const kVersion;

}  // namespace defilada::app
