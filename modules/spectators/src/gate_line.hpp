// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/kernel.hpp"

namespace defilada::spectators {

/// Where the engine has somebody, exactly: rounded otherwise, who stands a hair before a gate is
/// behind it when he is next looked at, and nobody has seen him pass.
using ExactPlace = std::array<crowd::Fixed, 2>;

[[nodiscard]] inline geo::Vec2 metres(const ExactPlace& at) {
  return {crowd::to_metres(at[0]), crowd::to_metres(at[1])};
}

/// A gate, as who is seen once a second passes it.
class GateLine {
 public:
  /// Whoever goes through at the end of a gate is seen a second before and a second after, and the
  /// straight way between the two cuts the corner: the gate is as much longer at both ends.
  explicit GateLine(crowd::Line line) : line_(std::move(line)) {
    constexpr double kCorner_m = 0.5;
    const auto away = [](geo::Vec2 end, geo::Vec2 next) {
      return end + (kCorner_m / geo::length(end - next)) * (end - next);
    };
    const geo::Vec2 front = away(line_[0], line_[1]);
    const geo::Vec2 back = away(line_[line_.size() - 1], line_[line_.size() - 2]);
    line_.front() = front;
    line_.back() = back;
  }

  /// Law: of a way from one side to the other, place by place, an odd number of stretches cross.
  [[nodiscard]] bool crossed(const ExactPlace& was, const ExactPlace& now) const {
    const geo::Vec2 from = metres(was);
    const geo::Vec2 to = metres(now);
    for (std::size_t k = 0; k + 1 < line_.size(); ++k) {
      const geo::Vec2 a = line_[k];
      const geo::Vec2 b = line_[k + 1];
      const double p = geo::cross(b - a, from - a);
      const double q = geo::cross(b - a, to - a);
      if ((p < 0) == (q < 0)) continue;
      const geo::Vec2 way = to - from;
      const double u = geo::cross(way, a - from);
      const double v = geo::cross(way, b - from);
      if ((u < 0) != (v < 0)) return true;
    }
    return false;
  }

 private:
  crowd::Line line_;
};

}  // namespace defilada::spectators
