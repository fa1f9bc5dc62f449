// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/source.hpp"
#include "defilada/core/time.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/show/ids.hpp"

/// The guests of a show and their day, as the show file says it. When it all happens is said by the
/// items that run it; where everybody is at an instant comes from the module `guests`.
///
///     car --> line --> host (handshake) --> photograph --> walk --> seat --> motorcade --> venue
namespace defilada::show {

/// Some guests under one head. The order in the file is the order of precedence.
struct Delegation {
  std::string name;
  Text label;
  Span span;
  Text head;  ///< who leads it; "": not said
  std::string country;
  int size = 1;  ///< guests, the head among them
  /// Its car comes so much later than its turn; the others come at theirs, and the greeting waits
  /// for it, ...
  Duration late;
  Span late_span;
  bool greeted_last = false;  ///< ... unless it goes to the end of the line
};

/// Places in rows before or around a host, given out by precedence.
struct PlaceRows {
  Span span;
  geo::Vec2 front;        ///< middle of the front row
  double facing_rad = 0;  ///< where everybody looks: the next row stands behind
  std::vector<int>
      rows;        ///< places of each row, front to back; the host has the middle of the first
  Span rows_span;  ///< of their list
  double interval_m = 0;     ///< between places of a row
  double distance_m = 0;     ///< between rows
  double height_m = 0;       ///< above the datum
  bool honour_left = false;  ///< the place of honour is at the host's left, else at the right
  /// A place that precedence does not give out.
  struct Kept {
    DelegationId who;  ///< its head
    int row = 0;       ///< from 0
    int column = 0;    ///< > 0 to the host's right, < 0 to the left, 0 the middle
    Span span;
  };
  std::vector<Kept> kept;
};

/// Cars come one after the other; guests get off and stand in line, by precedence.
struct GuestArrival {
  Span span;
  RouteId route;
  StationId station;  ///< where cars stop
  Duration every;     ///< from car to car
  Span every_span;
  Duration stop;
  double speed_mps = 0;
  geo::Vec2 line;         ///< where the first stands
  double facing_rad = 0;  ///< the second stands behind the first
  double distance_m = 0;  ///< from guest to guest
};

/// One by one to the host, by precedence.
struct Greeting {
  Span span;
  geo::Vec2 host;
  double facing_rad = 0;  ///< of the host; guests stand in front
  Duration every;         ///< from handshake to handshake
  Span every_span;
  Duration handshake;
};

/// All together to the seats, by precedence.
struct GuestWalk {
  Span span;
  RouteId route;
  int abreast = 1;
  double interval_m = 0;
  double distance_m = 0;
};

/// Cars in a line that take guests to a venue.
struct Motorcade {
  std::string name;
  Span span;
  RouteId route;
  StationId from;  ///< where the first car waits, the others behind it
  AreaId to;
  Span to_span;
  double gap_m = 0;  ///< from car to car, tail to nose
  double speed_mps = 0;
  Duration boarding;
  std::optional<RouteId> walk;  ///< on foot to the cars; none: straight there
  /// Who rides in which car, first to last: more than one delegation where they leave together.
  std::vector<std::vector<DelegationId>> cars;
  std::vector<Span> car_spans;  ///< (car) of what says so
};

enum class GuestStage { arrival, greeting, photograph, walk };

struct Guests {
  Span span;
  Text host;
  KindId on_foot;
  KindId car;
  std::vector<Delegation> delegations;  ///< by precedence; never empty
  std::optional<GuestArrival> arrival;
  std::optional<Greeting> greeting;
  std::optional<PlaceRows> photograph;
  std::optional<GuestWalk> walk;
  std::optional<PlaceRows> seats;
  std::vector<Motorcade> motorcades;

  /// Guests in all.
  [[nodiscard]] int people() const {
    int sum = 0;
    for (const Delegation& each : delegations) sum += each.size;
    return sum;
  }
};

}  // namespace defilada::show
