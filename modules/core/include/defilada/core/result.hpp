// SPDX-License-Identifier: MIT
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "defilada/core/phrase.hpp"

namespace defilada {

/// What kind of failure it is; decides the exit status of the program (see exit_status).
enum class Errc {
  usage,        ///< the command line is wrong
  bad_input,    ///< a file that a person wrote is wrong
  infeasible,   ///< the programme cannot hold
  environment,  ///< disk, memory, a missing font: not the person's text
  interrupted,  ///< Ctrl-C
};

/// A failure with a sentence for a person. Parsers that find many faults report them to
/// Diagnostics instead and return Error{bad_input} at the end.
struct Error {
  Errc code = Errc::environment;
  Phrase message;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, Phrase message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// Exit status of the program: 2 usage, 3 bad input, 4 infeasible, 5 environment, 130 interrupted.
[[nodiscard]] constexpr int exit_status(Errc code) noexcept {
  switch (code) {
    case Errc::usage: return 2;
    case Errc::bad_input: return 3;
    case Errc::infeasible: return 4;
    case Errc::environment: return 5;
    case Errc::interrupted: return 130;
  }
  return 5;
}

}  // namespace defilada
