// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/core/time.hpp"

namespace defilada::show {

/// A duration as the show file writes it, "1 h 10 min", "50.8 s": the shortest that parses back to
/// the same microsecond. Negative ones begin with '-'.
[[nodiscard]] std::string print_duration(Duration duration);

}  // namespace defilada::show
