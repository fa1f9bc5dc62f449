// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
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

  /// The best that is free and that `sees(place)` (of some that are tried, denser among the best;
  /// where none is, the best that is free), or kNone.
  template <class Sees>
  [[nodiscard]] std::uint32_t take(const Sees& sees);
  void give_back(std::uint32_t spot);
  void occupy(std::uint32_t spot) { taken_[spot] = 1; }
  [[nodiscard]] Vec2 place(std::uint32_t spot) const { return places_[spot]; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  [[nodiscard]] std::uint32_t next_free(std::uint32_t from) const;

  std::vector<Vec2> places_;
  std::vector<std::uint8_t> taken_;  ///< (places)
  std::uint32_t first_free_ = 0;     ///< none before it is
};

template <class Sees>
std::uint32_t Spots::take(const Sees& sees) {
  first_free_ = next_free(first_free_);
  if (first_free_ == places_.size()) return kNone;
  std::uint32_t spot = first_free_;
  for (std::uint32_t at = first_free_; at < places_.size();) {
    if (sees(places_[at])) {
      spot = at;
      break;
    }
    at = next_free(at + 1 + (at - first_free_) / 8);
  }
  taken_[spot] = 1;
  return spot;
}

}  // namespace defilada::crowd
