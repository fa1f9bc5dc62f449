// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/geo/route.hpp"
#include "defilada/movement/arrangement.hpp"
#include "defilada/movement/drilled.hpp"
#include "defilada/movement/line_map.hpp"
#include "defilada/movement/profile.hpp"
#include "defilada/movement/stalled.hpp"
#include "defilada/show/model.hpp"

/// How a contingent moves along its route, by time since it steps off. Clock times come later, from
/// the programme; what is known here is how long everything takes.
namespace defilada::movement {

/// The way of one contingent. On the ground the route; in the air a line flown by this flight.
struct Way {
  geo::Route route;
  LineMap line = {};  ///< own arc length against the line's
  double leaves_line_m = std::numeric_limits<double>::infinity();  ///< own arc length: breaks off
};

/// The stretches of a contingent in its own arc length: in the air, where corners are rounded by
/// each flight in its own way.
[[nodiscard]] std::vector<show::GaitZone> zones_on(const show::Show& show,
                                                   const show::Contingent& contingent,
                                                   const Way& way);

/// A contingent on its way. Times in s since it steps off (on the ground) or enters the line (in
/// the air).
///
/// Changes of gait. `contingent`: everybody changes at the instant when the nose is at the
/// stretch's beginning and end, so that ranks keep their distances. `rank`: each rank changes where
/// its own middle is there; all pass every place of the stretch at the same speed and equally long
/// after each other, so that they close up to (speed there / base speed) of their distance, open up
/// in a faster one, and have their distance again behind it. The two do not mix, because ranks that
/// have closed up cannot change all at once without running into each other or staying apart:
///  - stretches with less than the contingent's depth (and the way that changing speed takes)
///  between
///    them are one run; if one of a run changes by rank, the whole run does;
///  - a run within that reach of a halt, or of where the contingent steps off, changes by
///  contingent
///    as a whole: they halt and step off all at once, at their distances.
/// Where that is not what the show says, make_motions says so (movement.change-as-neighbours,
/// movement.change-at-halt).
/// Law (property-tested against many instants): two neighbouring ranks are never nearer than their
/// distance times the smallest of 1 and (speed of a stretch / base speed).
class Motion {
 public:
  /// What a contingent does besides following its route in its formation.
  struct Standing {
    double lane_m = 0;   ///< it stands so far to the left of the route's axis before it steps off
    double merge_m = 0;  ///< on this much of its way it comes to the axis
    double start_scale = 1;  ///< distances of ranks as it stands there, of the formation's; <= 1:
                             ///< each rank steps off when the one ahead has its distance
    double end_scale = 1;    ///< the same at its end, where it stays
    std::vector<SpeedProfile::Stop> stops = {};  ///< of the nose, besides the procession's halts
  };
  /// `start_m` is where the nose of its head stands at time 0; `end_m` is where its tail leaves the
  /// plan, or, where its procession stays, where its nose comes to a stand.
  Motion(const show::Show& show, show::ContingentId contingent, Arrangement arrangement, Way way,
         double start_m, double end_m, Standing standing);
  Motion(const show::Show& show, show::ContingentId contingent, Arrangement arrangement, Way way,
         double start_m, double end_m);

  /// As it steps off.
  [[nodiscard]] const Arrangement& arrangement() const noexcept { return arrangement_; }
  /// Its evolutions, in order, and those that could not be done.
  [[nodiscard]] const std::vector<Drilled>& drill() const noexcept { return drilled_; }
  [[nodiscard]] const std::vector<DrillNote>& drill_notes() const noexcept { return drill_notes_; }
  /// The formation in which the nose comes to s.
  [[nodiscard]] const Arrangement& arrangement_at(double s_m) const;
  /// What its head line is there in front of that of the frame, which the profile moves.
  [[nodiscard]] double ahead_at(double s_m) const;
  /// Whether files turn about one by one there, and do not wheel.
  [[nodiscard]] bool countermarches_in(const geo::Route::Element& element) const;
  [[nodiscard]] const geo::Route& route() const noexcept { return way_.route; }
  [[nodiscard]] show::ContingentId contingent() const noexcept { return contingent_; }
  [[nodiscard]] double start_m() const noexcept { return start_m_; }  ///< of the head
  [[nodiscard]] double end_m() const noexcept {
    return end_m_;
  }  ///< where the tail leaves the plan; of one that stays: where the nose stands
  [[nodiscard]] bool stays() const noexcept { return stays_; }
  /// Where the tail is at the end of the plan: end_m(), or behind a nose that stands there.
  [[nodiscard]] double tail_end_m() const;
  [[nodiscard]] const Standing& standing() const noexcept { return standing_; }
  /// How far to the left of the route's axis everybody is at t: from lane_m to 0 as
  /// lane (1 - 3 u^2 + 2 u^3), u rising from 0 to 1 between the two times, all ranks at once. It
  /// begins when the tail has left the place where the nose stood, so that whoever stands beside
  /// has been passed.
  [[nodiscard]] double lane_at(double t_s) const;
  [[nodiscard]] std::array<double, 2> merge_times() const noexcept { return merge_; }
  /// Where a rank is beside its place in the formation: on the way from its lane in the line-up,
  /// and what a recovery vehicle does.
  [[nodiscard]] std::vector<LaneShift> lane_shifts(std::size_t rank) const;
  /// Of a contingent with a vehicle that stops on the way. Then each rank has a profile of its own;
  /// this rank and all behind it stand at the same time, at their distances. The recovery vehicle's
  /// rank is timed as if it had followed at its place: what counts as the tail is never nearer than
  /// the tail is.
  [[nodiscard]] const std::optional<Stall>& stall() const noexcept { return stall_; }
  /// It stays in its lane: merging in a bend is no polynomial, and told as a finding.
  void stay_on_axis() noexcept { standing_.lane_m = 0; }
  [[nodiscard]] const LineMap& line() const noexcept { return way_.line; }
  /// Where it leaves the line that it shares with others; the end of its way where it does not.
  [[nodiscard]] double leaves_line_m() const {
    return std::min(way_.leaves_line_m, way_.route.length());
  }
  /// How zone `zone` of the contingent changes: as the show says, or as the laws above make it.
  [[nodiscard]] show::Change change(std::size_t zone) const { return changes_[zone]; }
  /// The contingent's stretches, in its own arc length.
  [[nodiscard]] const std::vector<show::GaitZone>& zones() const noexcept { return zones_; }
  /// The same way with the time before it: `wait` along `before`, which ends where this starts and
  /// leads on to it. Times count from when the waiting begins, places from the beginning of
  /// `before`.
  [[nodiscard]] Motion after(const geo::Route& before, const SpeedProfile& wait) const;
  [[nodiscard]] double duration_s() const noexcept {
    return duration_;
  }  ///< until the tail is at the end

  /// First time at which the nose of the head is at s.
  [[nodiscard]] double head_at(double s_m) const;
  /// Time at which the last body has left s behind; +inf where it stays before that.
  [[nodiscard]] double tail_at(double s_m) const;
  /// First time at which the middle of rank `rank` (from 0, over all parts) is at s, of the
  /// formation that it has there; of one that an evolution has carried past s, when that ends.
  [[nodiscard]] double rank_at(std::size_t rank, double s_m) const;
  [[nodiscard]] double head_s(double t_s) const;
  [[nodiscard]] double tail_s(double t_s) const;
  [[nodiscard]] double head_speed_at(double s_m) const;  ///< when the head is at s
  [[nodiscard]] double tail_speed_at(double s_m) const;  ///< when the tail is at s

  /// All ranks keep their distances all the way: changes of gait are made by the whole contingent
  /// at once.
  [[nodiscard]] bool keeps_distances() const noexcept { return profiles_.size() == 1; }
  /// Before any drill: profile of a rank's middle, and by how much to shift its arc lengths: s =
  /// profile.s + shift.
  struct RankProfile {
    const SpeedProfile* profile;
    double shift_m;
  };
  [[nodiscard]] RankProfile profile_of(std::size_t rank) const;

  /// Changes of slope of the head's and the tail's way, s since stepping off: where to look for
  /// extremes.
  [[nodiscard]] std::vector<double> head_times() const;
  [[nodiscard]] std::vector<double> tail_times() const;
  /// The same places as arc lengths of the nose and of the tail.
  [[nodiscard]] std::vector<double> head_corners_m() const;
  [[nodiscard]] std::vector<double> tail_corners_m() const;

 private:
  show::ContingentId contingent_;
  Arrangement arrangement_;
  Way way_;
  double start_m_ = 0;
  double end_m_ = 0;
  double duration_ = 0;
  Standing standing_;
  bool stays_ = false;
  std::array<double, 2> merge_{};
  std::optional<Stall> stall_;
  std::vector<show::GaitZone> zones_;
  std::vector<show::Change> changes_;                   ///< (zone)
  std::vector<SpeedProfile> profiles_;                  ///< one for all, or (rank)
  [[nodiscard]] SpeedProfile::Stop stall_stop() const;  ///< of the nose, of those who stand
  void time_stall();
  // Of one that drills; then profiles_ holds one, the frame's, by where the nose was at first.
  void drill(const show::Show& show, DrillCourse course);
  void time_drill(const show::Show& show);
  [[nodiscard]] double drilled_rank_at(std::size_t rank, double s_m) const;
  /// Of the nose, and of the tail.
  [[nodiscard]] RankProfile head() const;
  [[nodiscard]] RankProfile tail() const;
  std::vector<Drilled> drilled_;
  std::vector<DrillNote> drill_notes_;
  std::vector<SpeedProfile> ends_;  ///< of the nose and of the tail
};

/// A finding of movement before the clock is known: [t0_s, t1_s] counts from when `contingent`
/// steps off; no contingent: it has no time.
struct MotionFinding {
  Finding finding;
  std::optional<show::ContingentId> contingent = {};
  double t0_s = 0;
  double t1_s = 0;
  /// With the clock time at which its contingent steps off.
  [[nodiscard]] Finding at(Time steps_off) const;
};

/// Where the reviewing party passes a contingent that stands in line: arc lengths of its drive.
struct Pass {
  show::ContingentId contingent;
  bool again = false;   ///< the last time it comes by; false: the first
  double from_m = 0;    ///< abeam of the end of the contingent that it comes to first
  double middle_m = 0;  ///< abeam of its middle
  double to_m = 0;      ///< abeam of its other end
};
/// A stop of the drive, or a greeting in passing (lasts_s 0): where its nose is.
struct ReviewPlace {
  std::size_t stop = 0;  ///< index in Review::stops
  double at_m = 0;
};
struct ReviewWay {
  show::ItemId item;
  std::vector<Pass> passes;         ///< in the order of the drive
  std::vector<ReviewPlace> places;  ///< in the order of the file
  double clearance_m = 0;           ///< least distance of the drive's bodies from those in line
  show::ContingentId nearest;       ///< to whom
};

/// Motions of all contingents of processions; empty for those in place.
struct Motions {
  std::vector<std::optional<Motion>> by_contingent;  ///< (contingent)
  std::vector<std::optional<Arrangement>> in_place;  ///< (contingent)
  std::vector<ReviewWay> reviews;  ///< of items with a review whose drive passes somebody
  std::vector<MotionFinding> findings;
  [[nodiscard]] const Motion& operator[](show::ContingentId id) const {
    return *by_contingent[id.value];
  }
};

/// Lines up every procession and builds the motion of every contingent; a procession that stands
/// behind another is lined up after it, whatever their order in the show. Requires that none stands
/// behind itself, directly or over others. A line-up that does not fit its route, a line that
/// cannot be flown, a change of speed on too short a stretch: a finding of severity error, and the
/// motion is built all the same, on the route as it goes on straight before its beginning.
[[nodiscard]] Motions make_motions(const show::Show& show);

/// Arc length of a station on a contingent's own route. In the air each speed turns at its own
/// radius: there it is the nearest place of its way, on the line and before it breaks off.
[[nodiscard]] double station_on(const show::Show& show, const Motion& motion,
                                show::StationId station);

/// Height above the datum of the contingent's leader before it breaks off; 0 on the ground.
[[nodiscard]] double height_m(const show::Show& show, show::ContingentId contingent);

/// The stretch that two contingents share of their ways, in the line's measure (see LineMap); empty
/// (to_m < from_m): none. In the air one line is one way, up to where the first breaks off.
struct SharedWay {
  double from_m = 0;
  double to_m = 0;
};
[[nodiscard]] SharedWay shared_way(const show::Show& show, const Motion& a, const Motion& b);

/// The place of `next`, in the measure of `previous`' own way.
[[nodiscard]] double abreast_m(const Motion& previous, const Motion& next, double next_m);

/// The least delay of `next`'s stepping off after `previous`'s (s; may be negative) with which the
/// head of `next` is never nearer than `gap_m` to the tail of `previous`, at any instant until one
/// of them leaves their shared way; nullopt: they are never both on it.
///     max over s of  previous.tail_at(abreast(s) + gap) - next.head_at(s),
/// found at the corners of both lines and, between them, where both go equally fast: closed forms,
/// no sampling. Distances are along previous' own way: where flights of different speeds have
/// rounded a corner, too. Law (property-tested): with this delay the gap holds at every instant,
/// with 1 ms less it does not. Cost: O(phases log phases).
[[nodiscard]] std::optional<double> least_delay_s(const Motion& previous, const Motion& next,
                                                  double gap_m, const SharedWay& shared);

/// Smallest distance from the tail of `previous` to the head of `next`, and where that head is, for
/// a delay. Exact on each pair of phases. nullopt: they are never on their shared way at the same
/// time.
struct LeastGap {
  double gap_m = 0;
  double head_at_m = 0;  ///< arc length of `next`'s own way
  double t_s = 0;        ///< since `previous` stepped off
};
[[nodiscard]] std::optional<LeastGap> least_gap(const Motion& previous, const Motion& next,
                                                double delay_s, const SharedWay& shared);

/// When a contingent that comes back from its countermarch meets the head of one behind it that is
/// still on the way out, or stands there: since it stepped off, `delay_s` before the other.
/// nullopt: it does not come so far back, or passes beside it.
struct Meeting {
  double t_s = 0;
  double at_m = 0;  ///< on the way out
};
[[nodiscard]] std::optional<Meeting> meets_coming_back(const Motion& back, const Motion& behind,
                                                       double delay_s);

}  // namespace defilada::movement
