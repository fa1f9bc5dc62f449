// SPDX-License-Identifier: MIT
#include "defilada/movement/motion.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "changes.hpp"
#include "defilada/core/check.hpp"
#include "defilada/movement/wind.hpp"

namespace defilada::movement {
namespace {

constexpr double kSameRankM = 1e-9;  ///< slots this near in depth share a path

/// Zones and stops of a contingent, moved into the arc length of one reference: its nose (shift 0)
/// or a rank.
SpeedProfile::Course course_of(const show::Show& show, const show::Contingent& contingent,
                               std::span<const show::GaitZone> zones,
                               std::span<const show::Change> changes,
                               const std::vector<SpeedProfile::Stop>& stops, double start_m,
                               double end_m, double rank_shift_m) {
  const show::Procession& procession = show[contingent.procession];
  SpeedProfile::Course course;
  course.start_m = start_m;
  course.end_m = end_m;
  course.base_speed_mps = base_speed_mps(show, contingent);
  course.start_speed_mps = procession.air ? course.base_speed_mps : 0;
  course.acceleration_mps2 = acceleration_mps2(show, contingent);
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const show::GaitZone& zone = zones[i];
    const double shift = changes[i] == show::Change::rank ? 0 : rank_shift_m;
    course.zones.push_back({zone.from_m + shift, zone.to_m + shift, zone.gait.speed_mps});
  }
  for (const show::Halt& halt : procession.halts) {
    course.stops.push_back({show[halt.station].s_m + rank_shift_m, halt.lasts.seconds()});
  }
  for (const SpeedProfile::Stop& stop : stops) {
    course.stops.push_back({stop.at_m + rank_shift_m, stop.lasts_s});
  }
  const auto by_place = [](const auto& a, const auto& b) { return a.at_m < b.at_m; };
  std::sort(course.stops.begin(), course.stops.end(), by_place);
  return course;
}

/// Speed with which a contingent goes on from where it stands.
double first_speed(const SpeedProfile::Course& course) {
  for (const auto& zone : course.zones) {
    if (zone.from_m <= course.start_m && zone.to_m > course.start_m) return zone.speed_mps;
  }
  return course.base_speed_mps;
}

void measure_bodies(const show::Show& show, Arrangement& arrangement) {
  const double depth = arrangement.backs_m.back();
  for (const PlacedSlot& placed : arrangement.slots) {
    const show::Kind& kind = show[placed.kind];
    const double half_length = 0.5 * kind.length_m;
    const double half_width = 0.5 * kind.width_m;
    arrangement.front_m = std::max(arrangement.front_m, half_length - placed.slot.back_m);
    arrangement.rear_m = std::max(arrangement.rear_m, placed.slot.back_m + half_length - depth);
    arrangement.left_m = std::max(arrangement.left_m, placed.slot.left_m + half_width);
    arrangement.right_m = std::max(arrangement.right_m, half_width - placed.slot.left_m);
  }
}

}  // namespace

Result<Arrangement> arrange(const show::Show& show, const show::Contingent& contingent) {
  DEFILADA_CHECK(!contingent.parts.empty());
  Arrangement arrangement;
  double head = 0;
  for (std::size_t p = 0; p < contingent.parts.size(); ++p) {
    const show::Part& part = contingent.parts[p];
    const auto layout = formation::layout(part.formation);
    if (!layout) return tl::unexpected(layout.error());
    if (p > 0) head += part.behind_m;
    for (formation::Slot slot : layout->slots) {
      slot.back_m += head;
      slot.left_m += part.left_m;
      arrangement.slots.push_back({slot, static_cast<std::uint16_t>(p), part.kind});
    }
    head += layout->depth_m;
  }
  std::vector<double>& backs = arrangement.backs_m;
  for (const PlacedSlot& placed : arrangement.slots) backs.push_back(placed.slot.back_m);
  std::sort(backs.begin(), backs.end());
  backs.erase(std::unique(backs.begin(), backs.end(),
                          [](double a, double b) { return b - a < kSameRankM; }),
              backs.end());
  for (const PlacedSlot& placed : arrangement.slots) {
    const auto rank = std::upper_bound(backs.begin(), backs.end(), placed.slot.back_m + kSameRankM);
    arrangement.rank_of.push_back(static_cast<std::uint32_t>(rank - backs.begin() - 1));
  }
  measure_bodies(show, arrangement);
  return arrangement;
}

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
  const bool stretches = standing_.start_scale != 1 || (stays_ && standing_.end_scale != 1);
  if (!by_rank && !stretches) {
    auto course = course_of(show, who, zones_, changes_, standing_.stops, start_m, far_end, 0);
    course.ends_at_rest = stays_;
    profiles_.emplace_back(course);
  } else {
    for (const double back : arrangement_.backs_m) {
      const double shift = -(arrangement_.front_m + back);
      const double own_start = start_m - arrangement_.front_m - standing_.start_scale * back;
      const double own_end =
          stays_ ? far_end - arrangement_.front_m - standing_.end_scale * back : far_end;
      auto course = course_of(show, who, zones_, changes_, standing_.stops, own_start,
                              std::max(own_end, own_start + 1e-3), shift);
      course.ends_at_rest = stays_;
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
  if (standing_.lane_m == 0) return;
  // On the whole way where it is shorter than the merge.
  merge_[0] = tail_at(start_m);
  if (!(merge_[0] < duration_)) merge_[0] = 0;
  merge_[1] = std::min(head_at(head_s(merge_[0]) + standing_.merge_m), duration_);
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
  const RankProfile own = profile_of(rank);
  return own.profile->time_at(s_m - own.shift_m);
}

double Motion::head_at(double s_m) const {
  return rank_at(0, s_m - arrangement_.front_m);
}

double Motion::tail_at(double s_m) const {
  const std::size_t last = arrangement_.backs_m.size() - 1;
  const RankProfile own = profile_of(last);
  return own.profile->departure_at(s_m + arrangement_.rear_m - own.shift_m);
}

double Motion::head_s(double t_s) const {
  const RankProfile own = profile_of(0);
  return own.profile->s_at(t_s) + own.shift_m + arrangement_.front_m;
}

double Motion::tail_s(double t_s) const {
  const RankProfile own = profile_of(arrangement_.backs_m.size() - 1);
  return own.profile->s_at(t_s) + own.shift_m - arrangement_.rear_m;
}

double Motion::head_speed_at(double s_m) const {
  const RankProfile own = profile_of(0);
  return own.profile->speed_at(head_at(s_m));
}

double Motion::tail_speed_at(double s_m) const {
  const RankProfile own = profile_of(arrangement_.backs_m.size() - 1);
  return own.profile->speed_at(tail_at(s_m));
}

namespace {

std::vector<double> corner_times(const SpeedProfile& profile) {
  std::vector<double> times{0};
  for (const auto& phase : profile.phases()) times.push_back(phase.t0_s + phase.duration_s);
  return times;
}

}  // namespace

std::vector<double> Motion::head_times() const {
  return corner_times(*profile_of(0).profile);
}

std::vector<double> Motion::tail_times() const {
  return corner_times(*profile_of(arrangement_.backs_m.size() - 1).profile);
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
