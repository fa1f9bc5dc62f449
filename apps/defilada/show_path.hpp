// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/result.hpp"

namespace defilada::app {

/// Tells a mistyped SHOW from a show that is wrong: it must be a file, or a folder with a
/// show.yaml. Errors: bad_input, the fault in `diagnostics` with the name that was probably meant;
/// environment, where it is there but may not be read.
[[nodiscard]] Status find_show(const std::filesystem::path& path, Diagnostics& diagnostics);

}  // namespace defilada::app
