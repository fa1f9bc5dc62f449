// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace defilada::app {

/// The folder of what was installed with the program, PREFIX/share/defilada/NAME where the program
/// lies in PREFIX/bin; none where there is no such folder. Nothing of the building machine is
/// compiled in; CMake lays a link of that name into the build folder. Relative to the current
/// folder where it lies below it, so that what names it is the same on every machine.
[[nodiscard]] std::optional<std::filesystem::path> installed_folder(std::string_view name);

}  // namespace defilada::app
