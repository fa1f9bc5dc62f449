// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/show/model.hpp"

namespace defilada::movement {

/// A slot of a contingent with its part and kind; back_m counts from the head line over all parts.
struct PlacedSlot {
  formation::Slot slot;
  std::uint16_t part = 0;
  show::KindId kind;
};

/// A contingent's formation over all its parts, front to back.
struct Arrangement {
  std::vector<PlacedSlot> slots;
  std::vector<double> backs_m;         ///< distinct back_m, rising: the ranks that share a path
  std::vector<std::uint32_t> rank_of;  ///< (slot) index into backs_m
  double front_m = 0;                  ///< from the head line forward to the nose of the first body
  double rear_m = 0;                   ///< from the last rank backward to the tail of the last body
  double left_m = 0;                   ///< body included, to the left of the axis
  double right_m = 0;                  ///< to the right
  [[nodiscard]] double depth_m() const {
    return backs_m.back() + front_m + rear_m;
  }  ///< nose to tail
  [[nodiscard]] double width_m() const { return left_m + right_m; }
};
/// Errors (bad_input): as formation::layout.
[[nodiscard]] Result<Arrangement> arrange(const show::Show& show,
                                          const show::Contingent& contingent);

/// Everything that follows from the places of the slots: ranks, and how far bodies reach.
void measure(const show::Show& show, Arrangement& arrangement);

}  // namespace defilada::movement
