// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "defilada/crowd/field_grid.hpp"
#include "defilada/crowd/journey.hpp"

/// The places of a waiting area, best first.
namespace defilada::crowd {

class Spots {
 public:
  /// Kept clear of walls about each spot.
  static constexpr double kBody_m = 0.25;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  Spots() = default;
  /// On a lattice of triangles within the targets' polygons, clear of walls. `time_in`: walking
  /// time from where people come from, or nullptr; without look_at the farthest are best.
  Spots(const FieldGrid& grid, const Stage& stage, const Option& option, const Field* time_in);

  /// The best that is free, or kNone.
  [[nodiscard]] std::uint32_t take();
  void give_back(std::uint32_t spot) { free_.push(spot); }
  [[nodiscard]] Vec2 place(std::uint32_t spot) const { return places_[spot]; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  std::vector<Vec2> places_;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> free_;
};

}  // namespace defilada::crowd
