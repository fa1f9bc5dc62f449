// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "defilada/core/clock.hpp"
#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/core/time.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/geo/polygon.hpp"
#include "defilada/geo/route.hpp"
#include "defilada/show/cue_ref.hpp"
#include "defilada/show/drill.hpp"
#include "defilada/show/figures.hpp"
#include "defilada/show/guests.hpp"
#include "defilada/show/ids.hpp"
#include "defilada/show/review.hpp"
#include "defilada/show/safety.hpp"
#include "defilada/show/spectators.hpp"
#include "defilada/show/stalled.hpp"
#include "defilada/show/variant.hpp"

/// The model: what a show file says, with all references resolved and all quantities in SI
/// (suffixes say which). It knows nothing of YAML. Every statement keeps its span in the file.
///
///     Show --- Site: routes, stations, areas, stands, obstacles, safety
///          --- kinds, gaits                      from the catalogues
///          --- contingents ---- parts (kind, formation)
///          --- processions: an order of contingents on a route (a march, or a flypast in the air)
///          --- spectators: stops, gates, zones, exits
///          --- guests: delegations, their stations of the day, motorcades
///          --- items, rules: the programme
///          --- published: figures to hold the result against
namespace defilada::show {

enum class Quality { unstated, published, calibrated, assumed };
[[nodiscard]] std::string_view to_string(Quality quality) noexcept;

/// Where a value comes from, as the planner wrote it: printed in the run sheet.
struct Provenance {
  std::string path;   ///< "marches / foot column / headway"
  std::string value;  ///< as written
  std::string source;
  Quality quality = Quality::unstated;
  Span span;
};

// ---------------------------------------------------------------- site

struct Route {
  std::string name;
  Span span;
  bool air = false;     ///< a line in the air: corners are rounded by each flight's own turn
  geo::Route geometry;  ///< ground: as built; air: with sharp corners replaced by a nominal radius,
                        ///< for drawing
  std::vector<geo::Vec2> points;  ///< corner points as written, m
  double width_m = 0;             ///< ground: between kerbs; 0: not stated
  // air, above the datum, for whoever flies along it until they break off:
  std::optional<double> floor_m = {};
  std::optional<double> ceiling_m = {};
};

struct Station {
  std::string name;
  Span span;
  RouteId route;
  double s_m = 0;  ///< arc length on its route's geometry
  geo::Vec2 position;
};

enum class AreaUse { area, stand, obstacle };
struct Area {
  std::string name;
  Span span;
  AreaUse use = AreaUse::area;
  geo::Polygon polygon;
  std::optional<std::int64_t> capacity;  ///< people; a stand always has one
  double height_m = 0;                   ///< obstacle: top above ground
};

/// One wind for all heights and the whole day.
struct Wind {
  Span span;
  double toward_rad = 0;  ///< where it blows to, anticlockwise from east; it comes from behind that
  double speed_mps = 0;
};

struct Site {
  geo::LatLon origin;
  std::string datum;  ///< what z = 0 is, "ground of the square"
  /// NaN: not stated, then heights above sea level are refused.
  double ground_amsl_m = std::numeric_limits<double>::quiet_NaN();
  std::optional<Wind> wind;
  std::optional<double> declination_rad;  ///< magnetic north, > 0 east of true north
  std::vector<Route> routes;
  std::vector<Station> stations;
  std::vector<Area> areas;
  Safety safety = {};
};

// ---------------------------------------------------------------- kinds

enum class Category { foot, mounted, vehicle, aeroplane, helicopter, drone };
[[nodiscard]] std::string_view to_string(Category category) noexcept;
[[nodiscard]] constexpr bool flies(Category category) noexcept {
  return category == Category::aeroplane || category == Category::helicopter ||
         category == Category::drone;
}

struct Gait {
  std::string name;       ///< "ceremonial step", or "10 km/h" for a speed
  double speed_mps = 0;   ///< > 0
  double pace_m = 0;      ///< length of a step; 0: not on foot
  double cadence_hz = 0;  ///< steps per second; 0: not on foot
};

/// A body and its limits; nothing else of a marcher, horse, vehicle or aircraft is modelled.
struct Kind {
  std::string name;  ///< "foot/china"
  Text label;
  Span span;
  Category category = Category::foot;
  double length_m = 0;  ///< fore and aft
  double width_m = 0;   ///< shoulder, hull, wingspan or rotor
  double height_m = 0;
  std::vector<Gait> gaits;   ///< the first is the default
  double speed_min_mps = 0;  ///< aircraft: slowest flight
  double speed_max_mps = 0;
  double acceleration_mps2 = 0;      ///< > 0, speeding up and slowing down
  double turning_radius_m = 0;       ///< vehicle: least radius of its middle
  double bank_max_rad = 0;           ///< aircraft
  double climb_max_mps = 0;          ///< aircraft
  std::optional<double> floor_m;     ///< aircraft: flies no lower, above the ground
  std::optional<double> ceiling_m;   ///< aircraft: flies no higher
  double pace_max_m = 0;             ///< foot: longest step
  double separation_m = 0;           ///< least distance between centres, horizontally
  double separation_vertical_m = 0;  ///< aircraft: or this much above or below
  int crew = 1;                      ///< people in or on one of it, who ride along
  std::string role;                  ///< of these people: "marchers", "crews", "pilots"
  std::string source;
  Quality quality = Quality::unstated;
};

// ---------------------------------------------------------------- contingents

struct Exhibit {
  std::string name;
  int count = 0;  ///< 0: some of the slots, not said how many
};

/// A stretch of a contingent with one kind and one formation. Most contingents have one part.
struct Part {
  std::string label;  ///< "" when the contingent has one part
  Span span;
  KindId kind;
  formation::Spec formation;
  double behind_m = 0;  ///< from the tail of the part before to this part's head
  double left_m = 0;    ///< of this part's axis from the contingent's
  std::vector<Exhibit> exhibits;
  std::optional<int> crew;   ///< people of each mover, in place of the kind's
  std::string role;          ///< "" : the kind's
  Span formation_span = {};  ///< of the formation's value: {text: 80, slots: 26, …}
  std::optional<ReadsFrom> reads_from = {};  ///< figure: `formation.read_from` follows from it
  FigureSpans figure_spans = {};
};

/// Where a change of gait happens: the whole contingent as its head arrives, or each rank at the
/// station.
enum class Change { contingent, rank };

/// A stretch of the route with a gait of its own. Outside all zones the procession's base gait
/// holds; a change of speed between base and zone is made in the base's stretch, so that the zone
/// is exact.
struct GaitZone {
  Span span;
  Gait gait;
  double from_m = 0;  ///< arc length
  double to_m = 0;
  Change change = Change::contingent;
  std::optional<double> facing_rad = {};  ///< where bodies look there (east, on a way to the west:
                                          ///< in reverse); none: along the route
};

struct Halt {
  Span span;          ///< of the value of `lasts`
  StationId station;  ///< of the head
  Duration lasts;
  std::optional<double> facing_rad = {};  ///< where bodies look meanwhile; none: along the route
};

enum class SpacingMeasure { headway, gap };
/// What is asked between a contingent and the one ahead, equal at the named station:
///   headway: head to head; gap: tail of the one ahead to the head of this one;
///   in time at the station, or in metres at the moment this one's head is at the station.
struct Spacing {
  Span span;  ///< of the value (50.8 s), so that a fix can write another
  SpacingMeasure measure = SpacingMeasure::headway;
  StationId station;
  std::optional<Duration> time;
  std::optional<double> distance_m;
};

/// A racetrack in which a flight waits until it is time to go on its way:
///
///        ,---------- leg <----------.       `fix`: where the hold is left, at the end of the
///       ( turn                 turn  )      inbound leg; the way goes on from there
///        `---> inbound leg ----> x--'- -> the way, to the target
///                               fix
struct Hold {
  Span span;
  StationId fix;  ///< where the flight's way begins
  double bank_rad = 0;
  bool left = false;                 ///< turns
  std::optional<Duration> leg_time;  ///< on the inbound leg, or
  std::optional<double> leg_m;       ///< its length
  // One of the three: how long it is flown.
  std::optional<Time> from;  ///< in it from this clock time on
  std::optional<Duration> lasts;
  std::optional<int> circuits;
  Span amount_span;  ///< of the value of that
};

/// The way of a flight from a field of its own into the stream.
struct Joins {
  Span span;
  RouteId from;       ///< an air line: flown from its beginning, or from where the flight starts
  StationId station;  ///< on the procession's line: a corner of the flight's way
};

struct Contingent {
  std::string name;  ///< unique, as cues call it
  Text label;
  Span span;
  std::vector<Part> parts;
  std::map<std::string, std::string>
      attributes;  ///< "branch", "nation", "role", "first appearance", and any other
  std::optional<Spacing> spacing;    ///< in place of the procession's
  std::optional<StationId> starts;   ///< joins the route here instead of in the line-up
  std::optional<Gait> base_gait;     ///< in place of the procession's
  std::vector<GaitZone> zones;       ///< the procession's, or its own
  std::vector<Evolution> drill{};    ///< the procession's, or its own; in the order of the way
  std::optional<Stalled> stalled{};  ///< ground: one of its vehicles stops on the way
  std::optional<double> height_m;    ///< air: above the datum, in place of the procession's
  Span height_span = {};             ///< of its own height's length above ground, if it has one
  std::optional<Hold> hold;          ///< air: its own or the procession's
  std::optional<Joins> joins;        ///< air: comes by a line of its own; `starts` is on that
  // One of the two:
  ProcessionId procession;  ///< moves in its order
  struct InPlace {
    geo::Vec2 position;     ///< middle of the head line
    double facing_rad = 0;  ///< anticlockwise from east
  };
  std::optional<InPlace> in_place;  ///< stands there from beginning to end (band, choir, gunners)
};

/// How aircraft leave the line.
struct BreakOff {
  Span span;
  StationId station;    ///< where the turn begins
  double turn_rad = 0;  ///< > 0 to the left
  double bank_rad = 0;
  double climb_mps = 0;
  double then_m = 0;         ///< straight on after the turn
  bool alternating = false;  ///< every second contingent of the order turns to the other side
};

struct LineUp {
  Span span;                           ///< of the value of `gap`
  StationId station;                   ///< head of the first contingent, or
  std::optional<ProcessionId> behind;  ///< behind the tail of the last of that procession
  double gap_m = 0;                    ///< tail to head, between contingents (and behind `behind`)
  std::optional<double>
      facing_rad;  ///< where bodies look until they step off; none: along the route
  // A layout of its own, which the contingents leave as they step off:
  std::optional<StationId> back_to = {};  ///< nobody stands behind it; none: the route's beginning
  int abreast = 1;                        ///< contingents side by side, the first to the right
  double lane_m = 0;                      ///< axis to axis of those side by side
  double left_m = 0;                      ///< of the middle of the lanes from the route's axis
  double merge_m = 0;  ///< on this much of the way they come from their lane to the route's axis
  std::optional<double> distance_m = {};  ///< between ranks, in place of the formation's
};

/// How a march stands when it has come to its end, to the end of the show:
///   station |[first  ]<-gap->[second]   as the line-up
struct Stays {
  Span span;                              ///< of the value of `station`
  StationId station;                      ///< of the head of the first contingent
  double gap_m = 0;                       ///< tail to head
  std::optional<double> distance_m = {};  ///< between ranks, in place of the formation's
  std::optional<double> facing_rad = {};  ///< where bodies look then; none: along the route
};

/// An order of contingents along one route: a march, or a flypast.
struct Procession {
  std::string name;
  Span span;
  bool air = false;
  bool counted = true;  ///< its contingents are formations of the parade; those of `movements` are
                        ///< not: reviewing party, flag guard, markers
  RouteId route;
  Gait base_gait;  ///< invalid (speed 0) when every contingent has its own
  std::vector<Halt> halts;
  std::optional<Spacing> spacing;
  double gap_min_m = 0;  ///< nowhere on the route less than this, tail to head
  Span gap_min_span;
  std::optional<LineUp> line_up;  ///< ground
  double form_up_lead_s =
      0;  ///< how long before stepping off they stand in line; tracks begin then
  std::optional<ProcessionId>
      follows;  ///< the order goes on behind that procession (gap_min holds across)
  std::optional<StationId> end;       ///< ground: where tracks end; none: end of the route
  std::optional<Stays> stays = {};    ///< ground: they stand there in place of leaving the plan
  std::optional<AreaId> disperse_to;  ///< area in which the end lies
  // air:
  StationId over;                          ///< time over target counts here
  std::optional<StationId> initial_point;  ///< where the run-in begins
  double height_m = 0;                     ///< of the leader, above the datum
  Span height_span = {};                   ///< of its length above ground; unknown: above sea level
  double turn_bank_rad = 0;                ///< at corners of the line
  std::optional<BreakOff> break_off;
  std::vector<ContingentId> order;
};

// ---------------------------------------------------------------- programme

/// least <= later <= most; nullopt: unbounded on that side.
struct Window {
  std::optional<Duration> least;
  std::optional<Duration> most;
};

/// Words that somebody said, as a source quotes them; or what a source reports without quoting.
struct Statement {
  std::string who;
  std::string to;    ///< "": to nobody in particular
  std::string text;  ///< the quoted words, in the language in which the source has them; "": none
  std::string source;
  Span span;
  std::string language;  ///< of `text`: "pl"; "": not said
  /// What the source says around the words, in its own words; nothing where it says no more.
  std::optional<Text> reported;
  /// The words in other languages. Made by the show's author unless `translator` says who:
  /// whoever prints one says that it is a translation, and by whom.
  std::map<std::string, std::string> translated;
  std::string translator;
};

struct Item {
  std::string name;
  Text label;
  Span span;
  std::string note;
  Window lasts;     ///< {0, 0} when an instant; both empty for march and flypast: from movement
  Span lasts_span;  ///< of the value of `lasts`; of `every` where there are shots
  struct At {
    Time time;
    Duration within;  ///< +-
    Span span;
  };
  std::optional<At> at;  ///< start at a clock time
  std::optional<At> ends_at;
  struct After {
    CueRef cue;
    Window later;     ///< from the cue to the start
    Span span;        ///< of the whole statement
    Span later_span;  ///< of the value of `later` (a window text); unknown when it is not written
    std::vector<Edit> drop{};  ///< takes it out of the file; none where that cannot be written
  };
  std::vector<After> after;
  std::optional<ProcessionId> procession;  ///< a march or flypast
  std::optional<StationId>
      from;  ///< march: starts when the first head crosses; default: its line-up (steps off)
  std::optional<StationId> to;  ///< ends when the last tail clears; flypast: both are `over`
  std::vector<Statement> statements;
  std::optional<std::int64_t> shots;              ///< lasts = (shots - 1) * every
  std::map<std::string, std::int64_t> released;   ///< "doves": 80000
  std::vector<ReleasePoint> release_points = {};  ///< of what says where it is released
  std::optional<Review> review = {};              ///< then `procession` is its drive
  std::map<std::string, Text> attributes;         ///< who, place, ...
  // The guests' day:
  std::optional<DayPartId> part;           ///< of the day
  std::optional<GuestStage> guests;        ///< what all guests do
  std::optional<MotorcadeId> motorcade;    ///< its movement gives begin and end
  std::vector<DelegationId> participants;  ///< a meeting of these ...
  std::vector<Span> participant_spans;
  std::optional<AreaId> venue;  ///< ... there
  Span venue_span;
};

/// The day in parts, as the run sheet tells it.
struct DayPart {
  std::string name;
  Text label;
  Span span;
};

struct Rule {
  Span span;
  std::string text;  ///< as written, for telling back
  std::string because;
  CueRef cue;
  std::optional<CueRef> then;  ///< window is from cue to then; else from midnight to cue
  Window later;                ///< clock rules: least/most as time of day
  Span later_span;  ///< of the value of `later`, `no later than`, `no earlier than` or an exact
                    ///< `at`; else unknown
};

struct WantedLength {
  Span span;
  CueRef from;
  CueRef to;
  Duration lasts;
};

/// A published figure to hold the plan against.
struct Published {
  enum class Is { identity, calibrated, predicted };
  std::string name;
  Span span;
  Is is = Is::predicted;
  std::string source;
  // a length of time between two cues, a clock time of one, or a count
  std::optional<CueRef> from;
  std::optional<CueRef> to;
  std::string count;  ///< "contingents", "people", "marchers", "vehicles", "aeroplanes", ...
  double value = 0;   ///< s, s of day, or number
  double within = 0;  ///< tolerance, same unit; lower bound only when `at_least`
  bool at_least = false;
};

struct Show {
  std::string name;  ///< slug of the show: names its output folder
  Text title;
  Clock clock;
  Site site;
  std::vector<Kind> kinds;
  std::vector<Contingent>
      contingents;  ///< in file order; those of processions, then those in place
  std::vector<Procession> processions;
  std::vector<Item> items;
  std::vector<Rule> rules;
  std::optional<WantedLength> wanted;
  std::vector<Published> published;
  std::vector<Provenance> provenance;
  std::vector<DayPart> day{};  ///< in the order of the file; may be empty
  std::optional<Guests> guests{};
  std::optional<Spectators> spectators{};
  std::optional<Variant> variant{};  ///< which one this is; none: the base
  /// How names of the file are said elsewhere, by language and name: see names.hpp.
  std::map<std::string, std::map<std::string, std::string>> names{};

  [[nodiscard]] const Route& operator[](RouteId id) const { return site.routes[id.value]; }
  [[nodiscard]] const Station& operator[](StationId id) const { return site.stations[id.value]; }
  [[nodiscard]] const Area& operator[](AreaId id) const { return site.areas[id.value]; }
  [[nodiscard]] const Kind& operator[](KindId id) const { return kinds[id.value]; }
  [[nodiscard]] const Contingent& operator[](ContingentId id) const {
    return contingents[id.value];
  }
  [[nodiscard]] const Procession& operator[](ProcessionId id) const {
    return processions[id.value];
  }
  [[nodiscard]] const Item& operator[](ItemId id) const { return items[id.value]; }
  [[nodiscard]] const DayPart& operator[](DayPartId id) const { return day[id.value]; }
  /// Requires `guests`.
  [[nodiscard]] const Delegation& operator[](DelegationId id) const {
    return guests->delegations[id.value];
  }
  [[nodiscard]] const Motorcade& operator[](MotorcadeId id) const {
    return guests->motorcades[id.value];
  }

  /// A formation of the parade: it marches or flies past, and counts as a contingent.
  [[nodiscard]] bool counts(const Contingent& contingent) const {
    return contingent.procession.valid() && processions[contingent.procession.value].counted;
  }
};

}  // namespace defilada::show
