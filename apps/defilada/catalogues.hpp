// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

namespace defilada::app {

/// Folders in which catalogues are searched after the show's own, in order: those that were named
/// (--catalogue), those of DEFILADA_CATALOGUE (separated by colons), the installed ones. Nothing of
/// the building machine is compiled in: the last are found from where the program lies,
///     PREFIX/bin/defilada  ->  PREFIX/share/defilada/catalogue
/// and CMake lays a link of that name into the build folder.
[[nodiscard]] std::vector<std::filesystem::path> catalogue_folders(
    const std::vector<std::filesystem::path>& named);

}  // namespace defilada::app
