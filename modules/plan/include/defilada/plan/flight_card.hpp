// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "defilada/core/time.hpp"
#include "defilada/show/model.hpp"

namespace defilada::plan {

/// What the crews of a flight have on their knee: where to be when, and which way to point. Angles
/// in rad clockwise from true north at the place itself.
struct FlightCard {
  show::ContingentId contingent;
  show::ProcessionId flypast;
  int place = 0;  ///< from 1 in its flypast

  /// The racetrack, if there is one.
  struct Hold {
    show::StationId fix;
    Time enters;
    Time leaves;
    std::optional<Duration> slack;  ///< of leaving
    int circuits = 0;
    Duration circuit;       ///< each but the last
    Duration last_circuit;  ///< that makes the time good
    double inbound_heading_rad = 0;
    double outbound_heading_rad = 0;
    double leg_m = 0;
    double last_leg_m = 0;
    double radius_m = 0;
    bool left = false;
  };
  std::optional<Hold> hold;

  /// A named place of its way, in order: where it starts, joins, its initial point, the target,
  /// where it breaks off, and every other station.
  struct Point {
    enum class Is { start, station, join, initial_point, target, break_off };
    Is is = Is::station;
    std::optional<show::StationId> station;  ///< none: the line begins there
    Time head;
    double track_rad = 0;    ///< over the ground
    double heading_rad = 0;  ///< of the nose, in the wind
    double ground_mps = 0;
    double since_last_m = 0;  ///< along its way
  };
  std::vector<Point> points;

  Time over_target;
  std::optional<Duration> within;  ///< tolerance of its item, for the first of a flypast
  std::optional<Duration> slack;   ///< of the time over target
  double air_mps = 0;
  double height_m = 0;  ///< above the datum
  std::optional<double> height_amsl_m;

  /// The one ahead or behind in the stream, over the target.
  struct Neighbour {
    show::ContingentId contingent;
    Duration time;        ///< head to head
    double higher_m = 0;  ///< than this flight
  };
  std::optional<Neighbour> ahead;
  std::optional<Neighbour> behind;

  struct BreakOff {
    Time time;
    double turn_rad = 0;  ///< > 0 to the left
    double bank_rad = 0;
    double climb_mps = 0;
    double out_track_rad = 0;
  };
  std::optional<BreakOff> break_off;
};

}  // namespace defilada::plan
