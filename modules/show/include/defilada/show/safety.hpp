// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/core/source.hpp"
#include "defilada/geo/frame.hpp"

/// What a site has for emergencies.
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

}  // namespace defilada::show
