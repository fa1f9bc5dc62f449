// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/source.hpp"
#include "defilada/core/time.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/geo/polygon.hpp"
#include "defilada/show/cue_ref.hpp"
#include "defilada/show/ids.hpp"

/// The spectators of a show: where they come from, what they pass, where they watch, how they go.
/// Part of the model (model.hpp); the module `spectators` simulates them.
///
///     stop --> gate (lanes) --> zone ........ leave --> exit
///      |  arrivals               seated by
///      '--- on the ground, over crossings while these are open, through no fence
namespace defilada::show {

using StopId = Id<struct StopTag>;
using GateId = Id<struct GateTag>;
using WayOutId = Id<struct WayOutTag>;

/// A clock time, or a cue of the programme.
struct Moment {
  Time at;                    ///< of a clock time
  std::optional<CueRef> cue;  ///< else
  Span span;
};
/// From one moment until before another; nothing: from the beginning, to the end.
struct During {
  std::optional<Moment> from;
  std::optional<Moment> to;
  Span span;
};

/// A named outline.
struct Outline {
  std::string name;
  Span span;
  geo::Polygon polygon;
};

/// Where people are slower: stairs, ramps, the rows of a stand.
struct Stairs {
  std::string name;
  Span span;
  geo::Polygon polygon;
  double speed = 1;  ///< of the speed on the level; (0, 1]
};

/// A barrier without thickness.
struct Fence {
  std::string name;
  Span span;
  std::vector<geo::Vec2> points;
  std::optional<double> lets_pass_rad;  ///< who goes about this way, anticlockwise from east; none:
                                        ///< nobody
};

/// Where people come from: a station of the underground, a place where coaches stop.
struct Stop {
  std::string name;
  Span span;
  geo::Polygon polygon;
  std::int64_t people = 0;  ///< of Spectators::people
  /// So many of its people between two clock times, evenly; the shares sum to 1.
  struct Arrivals {
    Time from;
    Time to;
    double share = 0;
    Span span;
  };
  std::vector<Arrivals> arrivals;
  std::optional<Duration> every;  ///< they come in trains so far apart; none: one by one
};

/// A line along which people wait before a gate, from the gate backwards.
struct QueueLine {
  std::vector<geo::Vec2> points;
  Span span;
};

/// A line that everybody passes in lanes: a search, a turnstile.
struct Gate {
  std::string name;
  Span span;
  std::vector<geo::Vec2> points;
  int lanes = 1;
  Span lanes_span;   ///< of the value
  Duration service;  ///< one person in one lane
  std::optional<Moment> opens;
  std::optional<Moment> shuts;
  std::optional<geo::Polygon> queue;  ///< where it may form
  std::vector<QueueLine> queues;      ///< or as it is drawn
};

/// Ground that belongs to people and to the parade in turn.
struct Crossing {
  std::string name;
  Span span;
  geo::Polygon polygon;
  std::vector<During> open;
};

/// A line or an outline that is shut at times.
struct Closing {
  std::string name;
  Span span;
  std::vector<geo::Vec2> points;        ///< a line, or
  std::optional<geo::Polygon> polygon;  ///< an outline
  std::vector<During> shut;
};

/// Where people leave the ground.
struct WayOut {
  std::string name;
  Span span;
  std::vector<geo::Vec2> points;
  std::optional<double> share;       ///< of those who leave; none: whoever has it nearest
  std::optional<double> flow_per_s;  ///< how many it lets out; none: as many as come
  std::vector<During> shut;
};

/// A stand or an area in which people watch.
struct Zone {
  AreaId area;
  Span span;
  std::int64_t people = 0;
  std::vector<GateId> by;           ///< the gates of its people; empty: any
  std::vector<StopId> from;         ///< the stops of its people; empty: any
  std::vector<WayOutId> leaves_by;  ///< empty: any
  enum class Fill { front_first, anywhere };
  Fill fill = Fill::front_first;
};

/// Where people go from their places for a moment.
struct Amenity {
  enum class What : std::uint8_t { toilets, water, food, first_aid };
  static constexpr std::size_t kWhats = 4;
  std::string name;
  Span span;
  What what = What::toilets;
  geo::Polygon polygon;     ///< they wait and are served in it
  std::int64_t places = 1;  ///< so many at once
  Duration visit;           ///< one person in one place
};

/// Who leaves his place for a moment while all watch.
struct Circulation {
  Span span;
  double an_hour = 0;                            ///< of the people, how many set out in an hour
  std::array<double, Amenity::kWhats> shares{};  ///< of those, by what they want; sum to 1
  std::optional<Moment> from;                    ///< none: `seated by`
  std::optional<Moment> to;                      ///< none: when people leave
};

/// A part of the people.
struct PeopleKind {
  std::string name;
  Text label;
  Span span;
  double share = 0;       ///< of all; the kinds sum to 1
  double speed_mps = 0;   ///< mean on the level, alone
  double spread_mps = 0;  ///< standard deviation
  double body_m = 0;      ///< radius
  int together = 1;       ///< walk in parties of so many, at the pace of their slowest
};

/// Something goes wrong, and everybody leaves at once.
struct Emergency {
  std::string name;
  Text label;
  Span span;
  Moment from;
  std::vector<WayOutId> blocked;
  std::vector<GateId> blocked_gates;
  Duration react;  ///< everybody has started within this
  /// All shall be out by then, from the beginning of the emergency.
  std::optional<Duration> within;
};

/// What is too much.
struct CrowdLimits {
  Span span;
  double density = 0;    ///< people per m2
  Duration density_for;  ///< so long
  Duration wait;         ///< in a queue
  Duration clear;        ///< from the cue to leave until the last is out
};

struct Spectators {
  Span span;
  std::int64_t people = 0;
  Span people_span;
  std::vector<Outline> ground;     ///< where they walk; zones, stops and crossings are ground, too
  std::vector<Outline> obstacles;  ///< beside those of the site
  std::vector<Stairs> stairs;
  std::vector<Fence> fences;
  std::vector<Stop> stops;
  std::vector<Gate> gates;
  std::vector<Crossing> crossings;
  std::vector<Closing> closings;
  std::vector<WayOut> exits;
  std::vector<Zone> zones;
  std::vector<Amenity> amenities;
  std::optional<Circulation> circulation;
  std::vector<PeopleKind> population;  ///< never empty
  std::vector<Emergency> emergencies;
  std::int64_t stewards = 0;  ///< 0: not said
  Time seated_by;
  Span seated_by_span;
  std::optional<Moment> leave;  ///< none: at the end of the programme
  Duration get_up;              ///< everybody has got up within this
  CrowdLimits limits;

  [[nodiscard]] const Stop& operator[](StopId id) const { return stops[id.value]; }
  [[nodiscard]] const Gate& operator[](GateId id) const { return gates[id.value]; }
  [[nodiscard]] const WayOut& operator[](WayOutId id) const { return exits[id.value]; }
};

}  // namespace defilada::show
