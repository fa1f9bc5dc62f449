// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "defilada/core/source.hpp"
#include "defilada/core/time.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/show/ids.hpp"

/// Of an item: a review, and where something is released. Part of the model (model.hpp).
namespace defilada::show {

/// A stop of the reviewing party, or a greeting in passing.
struct ReviewStop {
  enum class Where { middle, head, tail };
  Span span;           ///< of `abeam` or `station`
  ContingentId abeam;  ///< the nose of the party is abeam of it, or
  Where where = Where::middle;
  bool again = false;  ///< on the way back
  StationId station;   ///< at a station of the drive
  Duration lasts;      ///< 0: it drives on
  std::string greeting;
};

/// A reviewing party drives past contingents that stand in their line-up; none of them steps off
/// before the drive has ended.
struct Review {
  Span span;
  ProcessionId drive;
  std::vector<ProcessionId> past;
  std::vector<ReviewStop> stops;
  double clearance_m = 0;  ///< body to body, asked for
  Span clearance_span;
};

/// Where some of what an item releases goes up.
struct ReleasePoint {
  std::string what;  ///< "doves"
  std::string name;  ///< of the point; may be empty
  geo::Vec2 place;
  std::int64_t count = 0;
};

}  // namespace defilada::show
