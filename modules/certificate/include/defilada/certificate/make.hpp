// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "defilada/certificate/certificate.hpp"

namespace defilada::certificate {

struct MakeOptions {
  std::function<bool(double share)> progress = {};  ///< now and then; false interrupts
};

/// Looks for a proof that verify() accepts. A search: each step that it takes has passed the
/// verifier's own check, so that a mistake in it can only lead to no certificate. Pure, to the bit.
/// Movers of one party next to each other in the statement make it short.
/// Errors: bad_input (the statement has faults; or two movers come too near, or one is beyond a
/// bound: says who and when; or
/// they come so near to the limit that no step of a microsecond decides), interrupted.
[[nodiscard]] Result<Certificate> make_certificate(Statement statement,
                                                   const MakeOptions& options = {});

}  // namespace defilada::certificate
