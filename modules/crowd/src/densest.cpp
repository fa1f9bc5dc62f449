// SPDX-License-Identifier: MIT
#include "densest.hpp"

#include <algorithm>

namespace defilada::crowd {

void Densest::add(const Columns& people) {
  for (std::size_t i = 0; i < people.size; ++i) {
    const double x = to_metres(people.x[i]) - origin_.x;
    const double y = to_metres(people.y[i]) - origin_.y;
    const auto column = static_cast<std::uint64_t>(std::max(x, 0.0));
    const auto row = static_cast<std::uint64_t>(std::max(y, 0.0));
    if (column >= columns_ || row >= rows_) continue;
    people_.push_back((people.level[i] * rows_ + row) * columns_ + column);
  }
}

void Densest::count() {
  std::sort(people_.begin(), people_.end());
  squares_.clear();
  for (const std::uint64_t key : people_) {
    if (squares_.empty() || squares_.back().key != key) squares_.push_back({key, 0});
    ++squares_.back().people;
  }
}

std::uint64_t Densest::people_on(std::uint64_t key) const {
  const auto found =
      std::lower_bound(squares_.begin(), squares_.end(), key,
                       [](const Square& each, std::uint64_t wanted) { return each.key < wanted; });
  return found != squares_.end() && found->key == key ? found->people : 0;
}

Densest::Found Densest::denser_than(double least) {
  count();
  Found best{least, {}};
  std::uint64_t first = 0;
  for (const Square& each : squares_) {
    // Of four squares that are denser together than `least` one is so alone.
    if (static_cast<double>(each.people) <= least) continue;
    const std::uint64_t column = each.key % columns_;
    const std::uint64_t row = each.key / columns_ % rows_;
    for (const std::uint64_t down : {std::uint64_t{1}, std::uint64_t{0}}) {
      for (const std::uint64_t left : {std::uint64_t{1}, std::uint64_t{0}}) {
        if (row < down || row - down + 1 >= rows_ || column < left) continue;
        if (column - left + 1 >= columns_) continue;
        const std::uint64_t key = each.key - down * columns_ - left;
        const auto people = people_on(key) + people_on(key + 1) + people_on(key + columns_) +
                            people_on(key + columns_ + 1);
        const double density = static_cast<double>(people) / 4.0;
        if (density < best.density || density <= least) continue;
        if (density == best.density && key >= first) continue;
        first = key;
        best = {density, origin_ + Vec2{static_cast<double>(column - left + 1),
                                        static_cast<double>(row - down + 1)}};
      }
    }
  }
  return best;
}

}  // namespace defilada::crowd
