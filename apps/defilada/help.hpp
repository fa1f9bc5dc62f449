// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace defilada::app {

/// The help of the whole program: examples, commands, exit codes.
[[nodiscard]] std::string program_help(const CLI::App& program, int columns);

/// The help of one command: examples, what it does, its arguments and options as the parser knows
/// them, so that the two cannot drift. Requires a command of the table. Plain text, lines of at
/// most `columns` columns where words allow.
[[nodiscard]] std::string command_help(const CLI::App& command, int columns);

}  // namespace defilada::app
