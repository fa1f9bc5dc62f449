// SPDX-License-Identifier: MIT
#pragma once

#include "console.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/result.hpp"
#include "options.hpp"
#include "work.hpp"

namespace defilada::app {

/// What came of a certificate that was asked for.
struct CertificateNote {
  bool written = false;
  Phrase said;  ///< how large it is, or why there is none
};

/// Writes the certificate of the plan to options.certificate. Where the plan breaks a separation
/// there is none: a note, and an older file stays. Errors: environment, interrupted.
[[nodiscard]] Result<CertificateNote> write_certificate(const Options& options,
                                                        const Console& console, const Work& work);

}  // namespace defilada::app
