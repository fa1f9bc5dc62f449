// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/core/source.hpp"
#include "defilada/geo/frame.hpp"

namespace defilada::show {

/// A way that has to stay free for ambulances and fire engines.
struct EmergencyLane {
  std::string name;
  Span span;
  std::vector<geo::Vec2> points;  ///< along its middle, m
  double width_m = 0;             ///< that has to be free
};

/// Where the hurt and the sick are helped.
struct FirstAidPost {
  std::string name;
  Span span;
  geo::Vec2 position;
};

/// What a site has for emergencies.
struct Safety {
  std::vector<EmergencyLane> lanes;
  std::vector<FirstAidPost> posts;
  [[nodiscard]] bool empty() const noexcept { return lanes.empty() && posts.empty(); }
};

}  // namespace defilada::show
