// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/core/phrase.hpp"
#include "defilada/core/time.hpp"

namespace defilada::show {

/// A duration as the show file writes it, "1 h 10 min", "50.8 s": the shortest that parses back to
/// the same microsecond. Negative ones begin with '-'.
[[nodiscard]] std::string print_duration(Duration duration);

/// What people are counted as, "air crews": those words that the catalogues use are said in every
/// language, a show's own as they stand.
[[nodiscard]] Phrase print_role(const std::string& role);

}  // namespace defilada::show
