// SPDX-License-Identifier: MIT
#pragma once

#include "console.hpp"
#include "options.hpp"

namespace defilada::app {

/// Whether the file or folder is a show, and no site: a folder, or a file of YAML.
[[nodiscard]] bool is_show(const std::filesystem::path& path);

/// `crowd` of a show: its spectators alone. Writes recordings beside where `run` writes the plan.
[[nodiscard]] int crowd_of_show(const Options& options, Console& console);

}  // namespace defilada::app
