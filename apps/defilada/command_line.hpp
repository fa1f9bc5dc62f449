// SPDX-License-Identifier: MIT
#pragma once

#include <tl/expected.hpp>

#include "defilada/core/diagnostics.hpp"
#include "options.hpp"

namespace defilada::app {

/// Reads the command line. A fault comes back as a diagnostic without a place, its code
/// "usage.unknown-option", its suggestion the command or option that was probably meant, its
/// `expected` where to read more. Without any command: Command::none.
[[nodiscard]] tl::expected<Options, Diagnostic> parse_command_line(int argc,
                                                                   const char* const* argv);

/// Whether a flag is among the arguments before "--": known even where the rest cannot be parsed,
/// so that a fault is told in the form that was asked for.
[[nodiscard]] bool has_flag(int argc, const char* const* argv, const char* flag);

/// The language that --lang asks for, whatever else is wrong with the line; English unless given.
[[nodiscard]] std::string language_of(int argc, const char* const* argv);

}  // namespace defilada::app
