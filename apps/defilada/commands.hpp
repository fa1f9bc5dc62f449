// SPDX-License-Identifier: MIT
#pragma once

#include "console.hpp"
#include "options.hpp"

/// The commands, one file each. Each returns the exit status of the program.
namespace defilada::app {

[[nodiscard]] int run_command(const Options& options, Console& console);
[[nodiscard]] int check_command(const Options& options, Console& console);
[[nodiscard]] int plan_command(const Options& options, Console& console);
[[nodiscard]] int prove_command(const Options& options, Console& console);
[[nodiscard]] int crowd_command(const Options& options, Console& console);
[[nodiscard]] int sheet_command(const Options& options, Console& console);
[[nodiscard]] int diff_command(const Options& options, Console& console);
[[nodiscard]] int rehearsal_command(const Options& options, Console& console);
[[nodiscard]] int figure_command(const Options& options, Console& console);
[[nodiscard]] int brief_command(const Options& options, Console& console);
[[nodiscard]] int fix_command(const Options& options, Console& console);
[[nodiscard]] int draw_command(const Options& options, Console& console);
[[nodiscard]] int new_command(const Options& options, Console& console);
[[nodiscard]] int studio_command(const Options& options, Console& console);
[[nodiscard]] int schema_command(const Options& options, Console& console);
[[nodiscard]] int verify_command(const Options& options, Console& console);
[[nodiscard]] int version_command(const Options& options, Console& console);

}  // namespace defilada::app
