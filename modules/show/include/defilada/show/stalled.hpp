// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "defilada/core/source.hpp"
#include "defilada/core/time.hpp"
#include "defilada/show/ids.hpp"

/// A vehicle that stops on the way. Part of the model (model.hpp); what its contingent does then is
/// movement's (movement/stalled.hpp).
namespace defilada::show {

struct Stalled {
  Span span;             ///< of the whole statement
  std::size_t rank = 0;  ///< from 0, over all parts of its contingent
  std::size_t file = 0;  ///< from the right, from 0
  StationId station;
  double at_m = 0;  ///< arc length on the march's route: where its middle stops
  Duration lasts;   ///< it stands so long, then goes on by itself; towed: so long it is hitched
  struct Towed {
    std::uint16_t part = 0;  ///< the recovery vehicle: the last part of its contingent, alone
    bool right = false;      ///< on this side it comes past those who stand; else on the left
  };
  std::optional<Towed> towed;  ///< none: it goes on by itself
};

}  // namespace defilada::show
