// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/core/time.hpp"
#include "defilada/geo/route.hpp"
#include "defilada/guests/places.hpp"
#include "defilada/movement/profile.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

/// How guests move through their day: in stages, each run by an item of the programme. A stage
/// knows how long everything in it takes, from its own beginning; clock times come later, from the
/// programme.
///
///     arrival   greeting   photograph   walk    motorcade ...
///     car, line  host       stand       seat    car, venue
namespace defilada::guests {

/// What a guest does while not moving.
enum class Where : std::uint8_t { line, host, photograph, seat, car, venue };

/// A stretch of somebody's way, by time since the stage begins.
struct Leg {
  geo::Route route;
  movement::SpeedProfile profile;
  double from_s = 0;
  double to_s = 0;
  double left_m = 0;         ///< beside the route
  double from_height_m = 0;  ///< rises evenly in time
  double to_height_m = 0;
  bool rides = false;
  Where then = Where::line;  ///< where they are when it ends
  double then_facing_rad = 0;
};

/// What one guest does in a stage; no legs: nothing moves.
struct Way {
  bool takes_part = false;
  std::vector<Leg> legs;
  double begins_s = 0;  ///< before the stage for who must come from afar
  double ends_s = 0;
};

/// A car of an arrival or a motorcade.
struct CarRun {
  std::vector<show::DelegationId> who;
  Leg leg;
  double halts_s = 0;      ///< arrival: stands at the station from here ...
  double goes_on_s = 0;    ///< ... to here
  double reference_m = 0;  ///< motorcade: from its middle forward to the nose
};

struct Stage {
  show::ItemId item;
  std::optional<show::GuestStage> what;  ///< none: a motorcade
  std::optional<show::MotorcadeId> motorcade;
  Phrase name;            ///< "the greeting", "motorcade to the talks"
  bool planned = false;   ///< lasts as long as the planner says (a photograph)
  double length_s = 0;    ///< until the last guest is where they are led
  std::vector<Way> ways;  ///< (person)
  std::vector<CarRun> cars;
};

struct Day {
  std::vector<Person> people;
  std::vector<Stage> stages;      ///< in the order in which guests go through them
  std::vector<Place> seats;       ///< (person); empty without seats
  std::vector<Place> photograph;  ///< (person); empty without one
  std::vector<Finding> findings;

  [[nodiscard]] bool empty() const noexcept { return people.empty(); }
  /// The stage that an item runs.
  [[nodiscard]] const Stage* stage_of(show::ItemId item) const;
};

/// Where and how everybody goes. Stages that no item runs are left out, with a warning. Motorcades
/// follow each other as they stand in the file. Findings: cars that would stand on each other, a
/// line of cars longer than its road, a road too narrow, cars that wait out of reach, people who
/// leave together for different meetings. Cost: O(guests x stages).
[[nodiscard]] Day make_day(const show::Show& show);

/// That `next` cannot begin earlier than so long after `previous`: whoever is in both must have
/// finished there. Seconds from the beginning of `previous`, or from its end where its length is
/// planned; nullopt: nobody is in both.
[[nodiscard]] std::optional<double> least_delay_s(const Stage& previous, const Stage& next);

/// When the stages begin and the meetings are, as solved.
struct Times {
  std::vector<double> item_start_s;  ///< (item)
  std::vector<double> item_end_s;
};

/// A stay of a guest, or a stretch of the way between two.
struct Stay {
  double from_s = 0;
  double to_s = 0;
  bool moves = false;
  bool rides = false;
  Where where = Where::line;
  std::uint32_t stage = 0;  ///< in which it begins
};

/// The day of each guest, without gaps, from the first movement to the end of their last stage or
/// meeting. Law (property-tested): stays of a person follow each other and never overlap.
[[nodiscard]] std::vector<std::vector<Stay>> stays(const show::Show& show, const Day& day,
                                                   const Times& times);

/// Tracks of all guests, then of the cars. A mover's `contingent` is its delegation (a shared
/// car's: its first), `slot` counts guests and then cars of the delegation, `part` is 1 for a car.
/// Law: TrackSet::validate holds, and a guest is where its car is while it rides.
void bake(const show::Show& show, const Day& day, const Times& times, track::TrackSet& tracks);

/// Findings that need the clock: a meeting of somebody who is elsewhere, or in two at a time; words
/// of somebody who takes no part.
[[nodiscard]] std::vector<Finding> check(const show::Show& show, const Day& day,
                                         const Times& times);

}  // namespace defilada::guests
