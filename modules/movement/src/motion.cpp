// SPDX-License-Identifier: MIT
#include "defilada/movement/motion.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "changes.hpp"
#include "course.hpp"
#include "defilada/core/check.hpp"
#include "defilada/movement/wind.hpp"

namespace defilada::movement {
namespace {

/// Speed with which a contingent goes on from where it stands.
double first_speed(const SpeedProfile::Course& course) {
  for (const auto& zone : course.zones) {
    if (zone.from_m <= course.start_m && zone.to_m > course.start_m) return zone.speed_mps;
  }
  return course.base_speed_mps;
}

}  // namespace

Motion::Motion(const show::Show& show, show::ContingentId contingent, Arrangement arrangement,
               Way way, double start_m, double end_m)
    : Motion(show, contingent, std::move(arrangement), std::move(way), start_m, end_m, Standing{}) {
}

Motion::Motion(const show::Show& show, show::ContingentId contingent, Arrangement arrangement,
               Way way, double start_m, double end_m, Standing standing)
    : contingent_(contingent),
      arrangement_(std::move(arrangement)),
      way_(std::move(way)),
      start_m_(start_m),
      end_m_(end_m),
      standing_(std::move(standing)),
      stays_(show[show[contingent].procession].stays.has_value()),
      zones_(zones_on(show, show[contingent], way_)),
      changes_(changes_of(show, show[contingent], zones_, arrangement_.depth_m(), start_m)) {
  const show::Contingent& who = show[contingent];
  const double last_end = std::max(end_m, start_m + 1);
  // The nose goes on past the end until the tail is there, unless they stay.
  const double far_end = stays_ ? last_end : last_end + arrangement_.depth_m();
  const bool by_rank =
      std::find(changes_.begin(), changes_.end(), show::Change::rank) != changes_.end();
  if (who.stalled) {
    stall_ = plan_stall(show, who, arrangement_, way_.route, base_speed_mps(show, who),
                        acceleration_mps2(show, who));
  }
  const bool stretches = standing_.start_scale != 1 || (stays_ && standing_.end_scale != 1);
  std::vector<SpeedProfile::Stop> stops = halts_of(show, show[who.procession]);
  stops.insert(stops.end(), standing_.stops.begin(), standing_.stops.end());
  if (!who.drill.empty()) {
    drill(show, plan_drill(show, contingent, arrangement_, way_.route, start_m, end_m, zones_));
  } else if (!by_rank && !stretches && !stall_) {
    auto course = course_of(show, who, zones_, changes_, stops, start_m, far_end, 0);
    course.ends_at_rest = stays_;
    course.acceleration_mps2 /= outer_share(show, arrangement_, way_.route, course);
    profiles_.emplace_back(course);
  } else {
    for (std::size_t rank = 0; rank < arrangement_.backs_m.size(); ++rank) {
      const double back = arrangement_.backs_m[rank];
      const double shift = -(arrangement_.front_m + back);
      const double own_start = start_m - arrangement_.front_m - standing_.start_scale * back;
      const double own_end =
          stays_ ? far_end - arrangement_.front_m - standing_.end_scale * back : far_end;
      std::vector<SpeedProfile::Stop> own_stops = stops;
      if (stall_ && rank >= stall_->rank) own_stops.push_back(stall_stop());
      auto course = course_of(show, who, zones_, changes_, own_stops, own_start,
                              std::max(own_end, own_start + 1e-3), shift);
      course.ends_at_rest = stays_;
      // As one body, so with the outer file's limit where they change speed in a bend.
      if (!by_rank && !stretches) {
        course.acceleration_mps2 /= outer_share(show, arrangement_, way_.route, course);
      }
      course.waits_s = (1 - standing_.start_scale) * back / first_speed(course);
      profiles_.emplace_back(course);
    }
  }
  if (const Wind wind(show); wind.blows() && show[who.procession].air) {
    for (SpeedProfile& profile : profiles_) profile = in_wind(profile, way_.route, wind);
  }
  if (stays_) {
    for (const SpeedProfile& profile : profiles_) {
      duration_ = std::max(duration_, profile.duration_s());
    }
  } else {
    duration_ = tail_at(end_m);
  }
  if (stall_) time_stall();
  if (standing_.lane_m == 0) return;
  // On the whole way where it is shorter than the merge.
  merge_[0] = tail_at(start_m);
  if (!(merge_[0] < duration_)) merge_[0] = 0;
  merge_[1] = std::min(head_at(head_s(merge_[0]) + standing_.merge_m), duration_);
}

SpeedProfile::Stop Motion::stall_stop() const {
  const double behind_nose = arrangement_.front_m + arrangement_.backs_m[stall_->rank];
  return {stall_->at_m + behind_nose, stall_->lasts_s};
}

void Motion::time_stall() {
  const auto stands = profiles_[stall_->rank].standing_at(stall_->at_m);
  if (!stands) return;
  stall_->begin_s = stands->t0_s;
  if (!stall_->recovery) return;
  const std::size_t rank = arrangement_.rank_of[stall_->recovery->slot];
  const double back = arrangement_.backs_m[rank] - arrangement_.backs_m[stall_->rank];
  const auto waits = profiles_[rank].standing_at(stall_->at_m - back);
  if (!waits) return;
  const SpeedProfile::Insertion drives{waits->t0_s, stall_->recovery->moves};
  stall_->profile = profiles_[rank].with_moves(std::span(&drives, 1));
}

std::vector<LaneShift> Motion::lane_shifts(std::size_t rank) const {
  std::vector<LaneShift> shifts;
  if (standing_.lane_m != 0) shifts.push_back({merge_[0], merge_[1], standing_.lane_m, 0});
  if (!stall_ || !stall_->profile) return shifts;
  if (rank != arrangement_.rank_of[stall_->recovery->slot]) return shifts;
  for (LaneShift shift : stall_->recovery->shifts) {
    shift.t0_s += stall_->begin_s;
    shift.t1_s += stall_->begin_s;
    shifts.push_back(shift);
  }
  return shifts;
}

double Motion::tail_end_m() const {
  if (!stays_) return end_m_;
  return tail_s(duration_);
}

double Motion::lane_at(double t_s) const {
  if (standing_.lane_m == 0 || t_s >= merge_[1]) return 0;
  const double u = std::max(0.0, (t_s - merge_[0]) / (merge_[1] - merge_[0]));
  return standing_.lane_m * (1 - u * u * (3 - 2 * u));
}

Motion Motion::after(const geo::Route& before, const SpeedProfile& wait) const {
  Motion all = *this;
  std::vector<geo::Route::Element> elements = before.elements();
  for (const auto& element : way_.route.elements()) {
    if (element.s0 + element.length <= start_m_) continue;
    const double cut = std::max(0.0, start_m_ - element.s0);
    const auto pose = way_.route.at(element.s0 + cut);
    elements.push_back({0, element.length - cut, pose.position,
                        element.heading + element.curvature * cut, element.curvature});
  }
  const double moved = before.length() - start_m_;
  all.way_ = {geo::Route::of(std::move(elements)), {}, way_.leaves_line_m + moved};
  all.start_m_ = 0;
  all.end_m_ = end_m_ + moved;
  for (show::GaitZone& zone : all.zones_) {
    zone.from_m += moved;
    zone.to_m += moved;
  }
  all.profiles_.clear();
  for (const SpeedProfile& profile : profiles_) {
    // The reference of a profile is the nose, or a rank so far behind it.
    const double behind = profile.start_m() - start_m_;
    std::vector<SpeedProfile::Node> nodes;
    for (const auto& phase : wait.phases()) nodes.push_back({phase.s0_m + behind, phase.v0_mps});
    nodes.push_back({wait.end_m() + behind, wait.speed_at(wait.duration_s())});
    all.profiles_.push_back(SpeedProfile::joined(SpeedProfile::through(nodes), profile));
  }
  all.duration_ += wait.duration_s();
  return all;
}

std::vector<show::GaitZone> zones_on(const show::Show& show, const show::Contingent& contingent,
                                     const Way& way) {
  std::vector<show::GaitZone> zones = contingent.zones;
  if (way.line.knots().empty()) return zones;
  const geo::Route& line = show[show[contingent.procession].route].geometry;
  const double begin = std::max(0.0, way.line.own_m(way.line.begin_m()));
  const double end = std::max(begin, std::min(way.leaves_line_m, way.route.length()));
  for (show::GaitZone& zone : zones) {
    for (double* const s : {&zone.from_m, &zone.to_m}) {
      *s = way.route.project(line.at(*s).position, begin, end).s;
    }
  }
  return zones;
}

Motion::RankProfile Motion::profile_of(std::size_t rank) const {
  if (!keeps_distances()) return {&profiles_[rank], 0};
  return {&profiles_.front(), -(arrangement_.front_m + arrangement_.backs_m[rank])};
}

double Motion::rank_at(std::size_t rank, double s_m) const {
  if (!drilled_.empty()) return drilled_rank_at(rank, s_m);
  const RankProfile own = profile_of(rank);
  return own.profile->time_at(s_m - own.shift_m);
}

Motion::RankProfile Motion::head() const {
  if (!ends_.empty()) return {&ends_[0], 0};
  const RankProfile first = profile_of(0);
  return {first.profile, first.shift_m + arrangement_.front_m};
}

Motion::RankProfile Motion::tail() const {
  if (!ends_.empty()) return {&ends_[1], -arrangement_.depth_m()};
  const RankProfile last = profile_of(arrangement_.backs_m.size() - 1);
  return {last.profile, last.shift_m - arrangement_.rear_m};
}

double Motion::head_at(double s_m) const {
  return head().profile->time_at(s_m - head().shift_m);
}

double Motion::tail_at(double s_m) const {
  return tail().profile->departure_at(s_m - tail().shift_m);
}

double Motion::head_s(double t_s) const {
  return head().profile->s_at(t_s) + head().shift_m;
}

double Motion::tail_s(double t_s) const {
  return tail().profile->s_at(t_s) + tail().shift_m;
}

double Motion::head_speed_at(double s_m) const {
  return head().profile->speed_at(head_at(s_m));
}

double Motion::tail_speed_at(double s_m) const {
  return tail().profile->speed_at(tail_at(s_m));
}

namespace {

std::vector<double> corner_times(const SpeedProfile& profile) {
  std::vector<double> times{0};
  for (const auto& phase : profile.phases()) times.push_back(phase.t0_s + phase.duration_s);
  return times;
}

}  // namespace

std::vector<double> Motion::head_times() const {
  return corner_times(*head().profile);
}

std::vector<double> Motion::tail_times() const {
  return corner_times(*tail().profile);
}

std::vector<double> Motion::head_corners_m() const {
  std::vector<double> places;
  for (const double t : head_times()) places.push_back(head_s(t));
  return places;
}

std::vector<double> Motion::tail_corners_m() const {
  std::vector<double> places;
  for (const double t : tail_times()) places.push_back(tail_s(t));
  return places;
}

Finding MotionFinding::at(Time steps_off) const {
  Finding timed = finding;
  if (contingent) {
    timed.begin = steps_off + duration_from_seconds(t0_s);
    timed.end = steps_off + duration_from_seconds(t1_s);
  }
  return timed;
}

double station_on(const show::Show& show, const Motion& motion, show::StationId station) {
  const show::Contingent& who = show[motion.contingent()];
  const show::Station& where = show[station];
  if (!show[who.procession].air) return where.s_m;
  const double begin = std::max(0.0, motion.line().own_m(motion.line().begin_m()));
  if (who.joins && where.route == who.joins->from) {
    return motion.route().project(where.position, 0, begin).s;
  }
  return motion.route().project(where.position, begin, motion.leaves_line_m()).s;
}

double height_m(const show::Show& show, show::ContingentId contingent) {
  const show::Procession& procession = show[show[contingent].procession];
  return procession.air ? show[contingent].height_m.value_or(procession.height_m) : 0;
}

SharedWay shared_way(const show::Show& show, const Motion& a, const Motion& b) {
  const show::Procession& of_a = show[show[a.contingent()].procession];
  const show::Procession& of_b = show[show[b.contingent()].procession];
  const double from = std::max(a.line().begin_m(), b.line().begin_m());
  if (of_a.route != of_b.route) return {from, a.route().shared_length(b.route())};
  if (!of_a.air) return {from, show[of_a.route].geometry.length()};
  return {from, std::min(a.line().line_m(a.leaves_line_m()), b.line().line_m(b.leaves_line_m()))};
}

double abreast_m(const Motion& previous, const Motion& next, double next_m) {
  return previous.line().own_m(next.line().line_m(next_m));
}

}  // namespace defilada::movement
