// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/finding.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/result.hpp"
#include "defilada/plan/flight_card.hpp"
#include "defilada/plan/guest_plan.hpp"
#include "defilada/plan/nearness.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

/// The plan: what comes of a show when the stages have run. Every later output (run sheet, plan
/// file, summary, playback) is drawn from this and from nothing else.
namespace defilada::plan {

/// An instant of the programme with its time. `latest` may be kNever (nothing bounds it).
struct Cue {
  enum class What {
    item_start,
    item_end,
    step_off,
    head,
    tail,
    rank,
    enters_hold,
    stands,  ///< a contingent has come to its end and stays
    abeam,   ///< the reviewing party passes a contingent in line
    halts,   ///< the reviewing party comes to a stop
    drives_on,
    evolution_starts,  ///< of a contingent's drill
    evolution_ends,
  };
  std::string id;     ///< stable slug: "army.head@salute-line", "salute.start"
  std::string label;  ///< as the cue grammar says it: "head of army crosses salute line"
  Phrase said;        ///< the same, to be said in any language
  What what = What::item_start;
  show::ItemId item;
  show::ContingentId contingent;
  show::StationId station;
  std::optional<show::Evolution::What> evolution = {};  ///< evolution_starts, evolution_ends
  Time time;  ///< planned: the earliest that everything allows
  Time earliest;
  Time latest;            ///< the latest with everything else still possible
  bool critical = false;  ///< on the chain that decides the end of the programme
  Phrase because;         ///< what it waits for: the statement that fixes its earliest time
  Span span;

  [[nodiscard]] std::optional<Duration> slack() const;  ///< latest - earliest; nullopt: unbounded
};

/// A contingent at a named station of its route, in the order of its way.
struct Crossing {
  show::StationId station;
  double s_m = 0;  ///< arc length of the station on the contingent's route
  Time head;
  Time tail;             ///< of one that stays before its tail clears the station: when it stands
  double speed_mps = 0;  ///< of the head there
  std::string gait;
  std::optional<Duration>
      headway;                  ///< head to head, from the contingent ahead, if it passes here too
  std::optional<Duration> gap;  ///< tail of the one ahead to this head
  std::optional<double> gap_m;  ///< the same in metres at that moment
};

/// An evolution of a contingent's drill, and its formation from then on.
struct EvolutionPlan {
  std::size_t evolution = 0;  ///< index in show::Contingent::drill
  Time begin;
  Time end;
  int files = 0;  ///< in the widest rank, leaders left out
  int ranks = 0;
  double width_m = 0;  ///< bodies included
  double depth_m = 0;
};

/// What the card of a contingent shows.
struct ContingentPlan {
  show::ContingentId contingent;
  int place = 0;  ///< from 1 in its procession; 0 in place
  std::optional<show::ContingentId> ahead;
  std::optional<show::ContingentId> behind;
  std::int64_t people = 0;
  std::int64_t movers = 0;
  double depth_m = 0;               ///< head to tail, bodies included
  double width_m = 0;               ///< bodies included
  std::optional<Time> forms_up;     ///< air: enters its hold
  std::optional<Time> steps_off;    ///< air: on the line
  std::optional<Time> disperses;    ///< tail at the end of its way
  std::optional<Time> stands;       ///< has come to where it stays
  std::optional<Time> over_target;  ///< air
  std::optional<double> height_m;   ///< air
  std::optional<double>
      least_gap_m;  ///< smallest tail-to-head gap to the one ahead, anywhere, at any instant
  std::optional<double> least_gap_at_s_m;  ///< arc length where that is
  double pace_outer_m = 0;  ///< foot: longest pace of the outer file in wheels; 0: no wheel
  double pace_inner_m = 0;
  std::vector<Crossing> crossings;
  std::vector<EvolutionPlan> drill = {};  ///< in order; those that can be done
  /// Time-distance lines on its route: (s of day, m of arc length), head and tail, corners only.
  std::vector<std::array<double, 2>> head_line;
  std::vector<std::array<double, 2>> tail_line;
};

/// When the reviewing party passes whom. From and to: its first nose and its last tail abeam of the
/// two ends of the contingent.
struct ReviewPass {
  show::ContingentId contingent;
  bool again = false;  ///< the last time, on the way back
  Time from;
  Time middle;  ///< its nose abeam of the middle: the cue "review party passes navy"
  Time to;
};
struct ReviewHalt {
  std::size_t stop = 0;  ///< index in show::Review::stops
  Time arrives;
  Time drives_on;  ///< the same where it greets in passing
};
struct ReviewPlan {
  show::ItemId item;
  std::vector<ReviewPass> passes;  ///< in the order of the drive
  std::vector<ReviewHalt> halts;   ///< by time
  double length_m = 0;             ///< of the drive
  double speed_mps = 0;            ///< its greatest
  double clearance_m = 0;          ///< least, body to body
  show::ContingentId nearest;      ///< where that is
};

struct ItemPlan {
  show::ItemId item;
  Time start;
  Time end;
  std::optional<Duration> slack;  ///< of the start
  bool critical = false;
};

/// A part of the day, from its first item to its last; without items it is not there.
struct PartPlan {
  show::DayPartId part;
  Time start;
  Time end;
  /// A march or flypast moves in it. The critical chain is that of these parts, and who performs
  /// in place is there while they last.
  bool performs = false;
};

/// One line of the explanation of an impossible programme.
struct ConflictLine {
  Phrase text;  ///< the planner's own sentence, or the fact of movement
  Span span;
  bool physics = false;
  Duration running_total;  ///< of the lines up to here, along the clock; the last is short_by
};
/// Sentences that cannot hold either once those of a conflict do.
struct FurtherConflict {
  Duration short_by;  ///< what is missing when the conflict before it has given way by its own
  std::vector<ConflictLine> statements;
};
struct Conflict {
  Duration short_by;
  /// Its statements wait for each other in a ring: there is no clock time and no "at most" in it,
  /// so that no length of time would help; one of them has to go.
  bool ring = false;
  std::vector<ConflictLine> statements;
  std::vector<Fix> fixes;  ///< each alone is enough for this conflict; each was solved again
  /// What comes to light when the first fix has given way by no more than short_by, and then by no
  /// more than each of these: why a fix asks for more than short_by, or what is left to mend after
  /// it. At most five.
  std::vector<FurtherConflict> further;
  /// Whether the fixes make up for `further`, too; else they are enough for `statements` alone.
  bool fixes_cover_further = false;
};

struct Counts {
  std::int64_t contingents = 0;  ///< those of processions
  std::int64_t people = 0;
  std::map<std::string, std::int64_t> people_by_role;
  std::int64_t movers = 0;
  std::int64_t mounted = 0;
  std::int64_t vehicles = 0;
  std::int64_t aeroplanes = 0;
  std::int64_t helicopters = 0;
  std::int64_t drones = 0;
  std::int64_t spectators = 0;  ///< who come; not said: the capacity of the stands
  /// Guests watch: they and their cars are in none of the counts above.
  std::int64_t guests = 0;
  std::int64_t delegations = 0;
};

/// A published figure against what the plan gives.
struct PublishedRow {
  std::string name;
  show::Published::Is is = show::Published::Is::predicted;
  Phrase published;  ///< formatted, with unit
  Phrase computed;
  Phrase difference;
  bool holds = false;
  std::string source;
  Span span;
};

/// What the proof of separation has shown (docs/proof.md); conflicts are findings.
struct ProofSummary {
  std::uint64_t pairs = 0;    ///< of movers
  std::uint64_t refined = 0;  ///< looked at one by one
  double least_margin_m = 0;  ///< certified: no pair is nearer to its limit, at any instant
};

struct Seconds {
  double read = 0;
  double programme = 0;
  double tracks = 0;
  double proof = 0;
  double write = 0;
  double variants = 0;  ///< of planning the variants, where that was asked for
};

struct Plan {
  bool feasible = false;
  std::vector<Cue> cues;                    ///< by time, then id
  std::vector<ItemPlan> items;              ///< (item)
  std::vector<PartPlan> parts;              ///< in the order of the file; empty without parts
  GuestPlan guests;                         ///< empty without guests, or when infeasible
  std::vector<ContingentPlan> contingents;  ///< (contingent)
  std::vector<FlightCard> flights;          ///< in the order of flypasts, then of flight
  std::vector<ReviewPlan> reviews;          ///< by item; those whose drive passes somebody
  std::vector<Conflict> conflicts;          ///< when infeasible
  track::TrackSet tracks;                   ///< empty when infeasible
  std::optional<ProofSummary> proof;        ///< none: it did not run
  std::vector<Nearness> nearness;           ///< nearest first; those that Options asks for
  std::vector<Finding> findings;            ///< by severity, then time
  std::vector<PublishedRow> published;
  Counts counts;
  Time start;                          ///< of the first item; without items, of movement
  Time end;                            ///< of the last item; without items, of movement
  std::optional<Duration> over;        ///< against the wanted length: > 0 is too long
  std::vector<Phrase> critical_chain;  ///< sentences from the first to the last, for the end
  Seconds seconds;
};

struct Options {
  bool tracks = true;        ///< false: stop after the programme
  bool proof = false;        ///< prove the separation of the tracks
  std::size_t nearness = 0;  ///< how many pairs of contingents that come near are told
  int threads = 0;           ///< of the proof; 0: as many as the machine has. The plan is the same
  /// Called now and then with the share done, in [0, 1]; returning false interrupts.
  std::function<bool(std::string_view stage, double share)> progress;
};

/// Runs programme, tracks and, if wanted, the proof on a show. Errors: interrupted. An infeasible
/// programme is not an error: see Plan::feasible and conflicts. Pure: the same show gives the same
/// plan, to the bit.
[[nodiscard]] Result<Plan> make_plan(const show::Show& show, const Options& options = {});

[[nodiscard]] std::string_view to_string(show::Published::Is is) noexcept;

/// Name of a mover, "contingent/slot", slots from 1.
[[nodiscard]] std::string mover_name(const show::Show& show, const track::Mover& mover);

}  // namespace defilada::plan
