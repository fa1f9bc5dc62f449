// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "defilada/core/source.hpp"
#include "defilada/show/ids.hpp"

namespace defilada::show {

/// Another way in which the day may go: what differs is in its lines, and reading gives a show of
/// its own for it (read.hpp). Part of the model (model.hpp).
struct Variant {
  std::string name;
  std::string slug;  ///< names its output folder; no two are alike
  Text label;
  std::optional<Text> because;  ///< when it holds, or why
  Span span;
};

}  // namespace defilada::show
