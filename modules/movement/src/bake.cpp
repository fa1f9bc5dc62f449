// SPDX-License-Identifier: MIT
#include "defilada/movement/bake.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "defilada/core/check.hpp"
#include "defilada/movement/hold.hpp"
#include "defilada/movement/wind.hpp"

namespace defilada::movement {
namespace {

constexpr double kSameTimeS = 1e-7;      ///< break points nearer than this are one
constexpr double kVerticalEaseMps2 = 1;  ///< how fast a climb is taken up
constexpr double kRoundingM =
    1e-8;  ///< evaluation of a track at 100 km from the origin, with a margin
constexpr double kShareOfLimit = 0.25;  ///< arcs aim at a quarter of the allowed error

/// s(u) = s0 + v u + a u^2 / 2 on a stretch of time.
struct Quadratic {
  double s0 = 0;
  double v = 0;
  double a = 0;
};

/// Height of a rank by time since the show's midnight.
struct Climb {
  double height_m = 0;
  double from_s = std::numeric_limits<double>::infinity();
  double rate_mps = 0;
  [[nodiscard]] double ease_s() const { return std::abs(rate_mps) / kVerticalEaseMps2; }
};

track::Polynomial height_polynomial(const Climb& climb, double t) {
  const double u = t - climb.from_s;
  if (!(u >= 0) || climb.rate_mps == 0) return {climb.height_m};
  const double ease = climb.ease_s();
  const double bend = climb.rate_mps / ease;
  if (u < ease) return {climb.height_m + 0.5 * bend * u * u, bend * u, 0.5 * bend};
  return {climb.height_m + climb.rate_mps * (u - 0.5 * ease), climb.rate_mps};
}

/// Where bodies look on a stretch of the profile's own arc length, or at one place while they halt
/// there.
struct Look {
  double from_m = 0;
  double to_m = 0;
  double facing_rad = 0;
};

/// In the reference of the rank's profile: the nose when all keep their distances, else the rank
/// itself.
std::vector<Look> looks_of(const show::Show& show, const Motion& motion, std::size_t rank) {
  const show::Contingent& who = show[motion.contingent()];
  const Arrangement& arrangement = motion.arrangement();
  const double own =
      motion.keeps_distances() ? 0 : -(arrangement.front_m + arrangement.backs_m[rank]);
  std::vector<Look> looks;
  for (std::size_t i = 0; i < motion.zones().size(); ++i) {
    const show::GaitZone& zone = motion.zones()[i];
    if (!zone.facing_rad) continue;
    const double shift = motion.change(i) == show::Change::rank ? 0 : own;
    looks.push_back({zone.from_m + shift, zone.to_m + shift, *zone.facing_rad});
  }
  for (const show::Halt& halt : show[who.procession].halts) {
    const double s = show[halt.station].s_m + own;
    if (halt.facing_rad) looks.push_back({s, s, *halt.facing_rad});
  }
  return looks;
}

/// Bakes the path of one rank: its profile along its route, at a place behind the head.
class RankBaker {
 public:
  /// `motion`: whose lane beside the axis is left; nullptr: on the axis all the way.
  RankBaker(const geo::Route& route, const Motion* motion, Motion::RankProfile rank,
            double steps_off_s, double end_s, const Climb& climb, std::vector<Look> looks,
            const Wind& wind, double widest_m, double limit_m, track::TrackSet& tracks)
      : motion_(motion),
        route_(route),
        rank_(rank),
        steps_off_(steps_off_s),
        end_(end_s),
        climb_(climb),
        looks_(std::move(looks)),
        wind_(wind),
        widest_(widest_m),
        limit_(limit_m),
        tracks_(tracks) {}

  /// `facing_rad`: where bodies look while they stand in line, anticlockwise from east; none: along
  /// the route.
  /// `until_s` and `stays_facing_rad`: of those who stay; the same as end_s for the others.
  std::uint32_t bake(double forms_up_s, std::optional<double> facing_rad, double until_s,
                     std::optional<double> stays_facing_rad) {
    track::Path path;
    path.first_piece = static_cast<std::uint32_t>(tracks_.pieces.size());
    path.straight = true;
    if (forms_up_s < steps_off_ - kSameTimeS) hold(forms_up_s, steps_off_, facing_rad);
    const std::vector<double> times = break_times();
    for (std::size_t i = 0; i + 1 < times.size(); ++i) stretch(times[i], times[i + 1], path);
    if (until_s > end_ + kSameTimeS) hold(end_, until_s, stays_facing_rad);
    path.piece_count = static_cast<std::uint32_t>(tracks_.pieces.size()) - path.first_piece;
    path.error_centre_m += kRoundingM;
    path.error_normal += 1e-12;
    tracks_.paths.push_back(path);
    return static_cast<std::uint32_t>(tracks_.paths.size() - 1);
  }

 private:
  [[nodiscard]] double s_at(double t) const {
    return rank_.profile->s_at(t - steps_off_) + rank_.shift_m;
  }

  /// Every instant at which the form of the motion changes.
  [[nodiscard]] std::vector<double> break_times() const {
    std::vector<double> times{steps_off_, end_};
    for (const auto& phase : rank_.profile->phases()) {
      times.push_back(steps_off_ + phase.t0_s + phase.duration_s);
    }
    for (const auto& element : route_.elements()) {
      for (const double s : {element.s0, element.s0 + element.length}) {
        times.push_back(steps_off_ + rank_.profile->time_at(s - rank_.shift_m));
      }
    }
    if (motion_ != nullptr) {
      for (const double t : motion_->merge_times()) times.push_back(steps_off_ + t);
    }
    times.push_back(climb_.from_s);
    times.push_back(climb_.from_s + climb_.ease_s());
    std::erase_if(times, [&](double t) { return !(t >= steps_off_ && t <= end_); });
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end(),
                            [](double a, double b) { return b - a < kSameTimeS; }),
                times.end());
    times.back() = end_;
    return times;
  }

  /// Stands from one time to another: before it steps off, or when it has come to its end.
  void hold(double from, double to, std::optional<double> facing_rad) {
    const double when = to == steps_off_ ? to : from;
    const auto pose = route_.at(s_at(when));
    const geo::Vec2 normal = geo::left_of(pose.direction);
    const double lane = motion_ == nullptr ? 0 : motion_->lane_at(when - steps_off_);
    track::Piece piece;
    piece.t0_s = from;
    piece.t1_s = to;
    piece.x = {pose.position.x + lane * normal.x};
    piece.y = {pose.position.y + lane * normal.y};
    piece.z = height_polynomial(climb_, from);
    piece.nx = {normal.x};
    piece.ny = {normal.y};
    if (facing_rad) piece.facing_rad = from_the_way(*facing_rad, pose.direction);
    tracks_.pieces.push_back(piece);
  }

  static double from_the_way(double facing_rad, geo::Vec2 direction) {
    return std::remainder(facing_rad - std::atan2(direction.y, direction.x), 2 * std::numbers::pi);
  }

  /// Heading of bodies from the way in the middle of [from, to]; halts count before stretches. In a
  /// wind they point into it: the way in turns is cut every 5 degrees (in_wind), so that this is
  /// never far out.
  [[nodiscard]] double facing(double from, double to) const {
    const double middle = 0.5 * (from + to);
    const double s = rank_.profile->s_at(middle - steps_off_);
    for (auto look = looks_.rbegin(); look != looks_.rend(); ++look) {
      if (s < look->from_m - 1e-6 || s > look->to_m + 1e-6) continue;
      return from_the_way(look->facing_rad, route_.at(s_at(middle)).direction);
    }
    if (wind_.blows()) {
      return wind_.crab_rad(rank_.profile->speed_at(middle - steps_off_),
                            route_.at(s_at(middle)).direction);
    }
    return 0;
  }

  void stretch(double from, double to, track::Path& path) {
    const double length_s = to - from;
    const double middle = rank_.profile->speed_at(from + 0.5 * length_s - steps_off_);
    const double late = rank_.profile->speed_at(from + 0.75 * length_s - steps_off_);
    Quadratic s;
    s.s0 = s_at(from);
    s.a = (late - middle) / (0.25 * length_s);
    s.v = middle - 0.5 * s.a * length_s;
    const double curvature = route_.at(s_at(from + 0.5 * length_s)).curvature;
    if (curvature == 0) {
      line(from, to, s);
    } else {
      path.straight = false;
      arc(from, to, s, curvature, path);
    }
  }

  void line(double from, double to, const Quadratic& s) {
    // The pose in the middle tells the straight; its beginning may be a rounding error before it.
    const double middle_s = s_at(0.5 * (from + to));
    const auto pose = route_.at(middle_s);
    const geo::Vec2 normal = geo::left_of(pose.direction);
    const double back = s.s0 - middle_s;
    track::Piece piece;
    piece.t0_s = from;
    piece.t1_s = to;
    piece.x = {pose.position.x + back * pose.direction.x, s.v * pose.direction.x,
               0.5 * s.a * pose.direction.x};
    piece.y = {pose.position.y + back * pose.direction.y, s.v * pose.direction.y,
               0.5 * s.a * pose.direction.y};
    piece.z = height_polynomial(climb_, from);
    piece.nx = {normal.x};
    piece.ny = {normal.y};
    piece.facing_rad = facing(from, to);
    const track::Polynomial lane = lane_polynomial(from, to);
    for (std::size_t k = 0; k < lane.size(); ++k) {
      piece.x[k] += lane[k] * normal.x;
      piece.y[k] += lane[k] * normal.y;
    }
    tracks_.pieces.push_back(piece);
  }

  /// Motion::lane_at on [from, to], where its form does not change.
  [[nodiscard]] track::Polynomial lane_polynomial(double from, double to) const {
    const double begin = from - steps_off_;
    if (motion_ == nullptr) return {};
    const auto [t0, t1] = motion_->merge_times();
    const double lane = motion_->standing().lane_m;
    const double middle = 0.5 * (from + to) - steps_off_;
    if (lane == 0 || middle >= t1) return {};
    if (middle <= t0) return {lane};
    // lane (1 - 3 u^2 + 2 u^3) about u0
    const double h = t1 - t0;
    const double u = (begin - t0) / h;
    return {lane * (1 - 3 * u * u + 2 * u * u * u), lane * (-6 * u + 6 * u * u) / h,
            lane * (-3 + 6 * u) / (h * h), lane * 2 / (h * h * h)};
  }

  /// |N - quintic| on a piece of `h` s (see bake.hpp).
  static double normal_error(double w, double a, double h) {
    const double sixth =
        w * w * w * w * w * w + 15 * w * w * w * w * a + 45 * w * w * a * a + 15 * a * a * a;
    return sixth * h * h * h * h * h * h / 46080;
  }

  void arc(double from, double to, const Quadratic& s, double curvature, track::Path& path) {
    const double radius = 1 / curvature;
    const double lever = std::abs(radius) + widest_;
    const double end_speed = s.v + s.a * (to - from);
    const double w = std::abs(curvature) * std::max(std::abs(s.v), std::abs(end_speed));
    const double a = std::abs(curvature * s.a);
    int count = 1;
    while (lever * normal_error(w, a, (to - from) / count) > kShareOfLimit * limit_) ++count;
    const double h = (to - from) / count;
    const double error = normal_error(w, a, h);
    path.error_normal = std::max(path.error_normal, error);
    path.error_centre_m = std::max(path.error_centre_m, std::abs(radius) * error);

    const double middle_s = s_at(0.5 * (from + to));
    const auto pose = route_.at(middle_s);
    const geo::Vec2 centre = pose.position + radius * geo::left_of(pose.direction);
    const geo::Vec2 normal = geo::left_of(pose.direction);
    const double middle_angle = std::atan2(normal.y, normal.x);
    for (int i = 0; i < count; ++i) {
      const double u0 = i * h;
      const double t0 = from + u0;
      const double t1 = i + 1 == count ? to : from + (i + 1) * h;
      const Angle begin = angle_at(s, u0, curvature, middle_angle, middle_s);
      const Angle end = angle_at(s, t1 - from, curvature, middle_angle, middle_s);
      arc_piece(t0, t1, begin, end, centre, radius);
    }
  }

  /// Angle of the normal and its derivatives.
  struct Angle {
    double value = 0;
    double rate = 0;
    double bend = 0;
  };
  static Angle angle_at(const Quadratic& s, double u, double curvature, double middle_angle,
                        double middle_s) {
    const double along = s.s0 + u * (s.v + 0.5 * s.a * u) - middle_s;
    return {middle_angle + curvature * along, curvature * (s.v + s.a * u), curvature * s.a};
  }

  void arc_piece(double t0, double t1, const Angle& begin, const Angle& end, geo::Vec2 centre,
                 double radius) {
    const double h = t1 - t0;
    const auto values = [](const Angle& angle, bool cosine) -> std::array<double, 3> {
      const double c = std::cos(angle.value);
      const double s = std::sin(angle.value);
      const double w = angle.rate;
      const double a = angle.bend;
      if (cosine) return {c, -s * w, -c * w * w - s * a};
      return {s, c * w, -s * w * w + c * a};
    };
    track::Piece piece;
    piece.t0_s = t0;
    piece.t1_s = t1;
    piece.nx = hermite(values(begin, true), values(end, true), h);
    piece.ny = hermite(values(begin, false), values(end, false), h);
    for (int k = 0; k < track::kOrder; ++k) {
      piece.x[k] = -radius * piece.nx[k];
      piece.y[k] = -radius * piece.ny[k];
    }
    piece.x[0] += centre.x;
    piece.y[0] += centre.y;
    piece.z = height_polynomial(climb_, t0);
    piece.facing_rad = facing(t0, t1);
    tracks_.pieces.push_back(piece);
  }

  /// The quintic with value, slope and bend {p, p', p''} at both ends of [0, h].
  static track::Polynomial hermite(const std::array<double, 3>& begin,
                                   const std::array<double, 3>& end, double h) {
    const double p = end[0] - begin[0] - begin[1] * h - 0.5 * begin[2] * h * h;
    const double v = (end[1] - begin[1] - begin[2] * h) * h;
    const double a = (end[2] - begin[2]) * h * h;
    const double h3 = h * h * h;
    return {begin[0],
            begin[1],
            0.5 * begin[2],
            (10 * p - 4 * v + 0.5 * a) / h3,
            (-15 * p + 7 * v - a) / (h3 * h),
            (6 * p - 3 * v + 0.5 * a) / (h3 * h * h)};
  }

  const Motion* motion_;
  const geo::Route& route_;
  Motion::RankProfile rank_;
  double steps_off_;
  double end_;
  Climb climb_;
  std::vector<Look> looks_;
  Wind wind_;  ///< of what flies; else none
  double widest_;
  double limit_;
  track::TrackSet& tracks_;
};

Climb climb_of(const show::Show& show, const Motion& motion, std::size_t rank, double steps_off_s) {
  const show::Contingent& contingent = show[motion.contingent()];
  const show::Procession& procession = show[contingent.procession];
  Climb climb;
  if (!procession.air) return climb;
  climb.height_m = height_m(show, motion.contingent());
  if (procession.break_off) {
    climb.from_s = steps_off_s + motion.rank_at(rank, motion.leaves_line_m());
    climb.rate_mps = procession.break_off->climb_mps;
  }
  return climb;
}

/// True if every rank is on one and the same straight from beginning to end.
bool all_on_one_straight(const Motion& motion) {
  const double depth = motion.arrangement().depth_m();
  const double from = motion.start_m() - depth;
  const double to = motion.end_m() + depth;
  const geo::Route::Element* only = nullptr;
  for (const auto& element : motion.route().elements()) {
    if (element.s0 + element.length <= from || element.s0 >= to) continue;
    if (element.curvature != 0 || (only != nullptr && only->heading != element.heading))
      return false;
    only = &element;
  }
  return true;
}

track::Mover mover_of(const Motion& motion, std::size_t slot) {
  const Arrangement& arrangement = motion.arrangement();
  track::Mover mover;
  mover.contingent = motion.contingent().value;
  mover.slot = static_cast<std::uint32_t>(slot);
  mover.part = arrangement.slots[slot].part;
  mover.kind = arrangement.slots[slot].kind.value;
  mover.left_m = arrangement.slots[slot].slot.left_m;
  return mover;
}

}  // namespace

namespace {

void bake_motion(const show::Show& show, const Motion& motion, double forms_up_s,
                 double steps_off_s, track::TrackSet& tracks, double until_s) {
  const Arrangement& arrangement = motion.arrangement();
  const show::Procession& procession = show[show[motion.contingent()].procession];
  const double end_s = steps_off_s + motion.duration_s();
  const double widest = std::max(arrangement.left_m, arrangement.right_m);
  const double limit = procession.air ? kAirErrorM : kGroundErrorM;
  const bool climbs =
      procession.air && procession.break_off && procession.break_off->climb_mps != 0;
  const bool one_path = motion.keeps_distances() && all_on_one_straight(motion) && !climbs;

  const Wind wind = procession.air ? Wind(show) : Wind(geo::Vec2{});
  const auto facing = procession.line_up ? procession.line_up->facing_rad : std::nullopt;
  const auto stays_facing = procession.stays ? procession.stays->facing_rad : std::nullopt;
  const double until = motion.stays() ? until_s : end_s;
  std::vector<std::uint32_t> paths;
  const std::size_t path_count = one_path ? 1 : arrangement.backs_m.size();
  for (std::size_t rank = 0; rank < path_count; ++rank) {
    RankBaker baker(motion.route(), &motion, motion.profile_of(rank), steps_off_s, end_s,
                    climb_of(show, motion, rank, steps_off_s), looks_of(show, motion, rank), wind,
                    widest, limit, tracks);
    paths.push_back(baker.bake(forms_up_s, facing, until, stays_facing));
  }
  track::Group group{motion.contingent().value, static_cast<std::uint32_t>(tracks.movers.size()),
                     static_cast<std::uint32_t>(arrangement.slots.size())};
  const geo::Vec2 direction = motion.route().at(motion.start_m()).direction;
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    track::Mover mover = mover_of(motion, i);
    const std::uint32_t rank = arrangement.rank_of[i];
    mover.path = paths[one_path ? 0 : rank];
    if (one_path) {
      const double back = arrangement.backs_m[rank];
      mover.offset_m = {-back * direction.x, -back * direction.y, 0};
    }
    tracks.movers.push_back(mover);
  }
  tracks.groups.push_back(group);
}

}  // namespace

void bake(const show::Show& show, const Motion& motion, double forms_up_s, double steps_off_s,
          track::TrackSet& tracks, double until_s) {
  const bool holds = show[motion.contingent()].hold && forms_up_s < steps_off_s - kSameTimeS;
  if (!holds) return bake_motion(show, motion, forms_up_s, steps_off_s, tracks, until_s);
  const Motion all = with_hold(show, motion, steps_off_s - forms_up_s);
  bake_motion(show, all, forms_up_s, forms_up_s, tracks, until_s);
}

void bake_in_place(const show::Show& show, show::ContingentId contingent,
                   const Arrangement& arrangement, double begin_s, double end_s,
                   track::TrackSet& tracks) {
  const show::Contingent::InPlace& place = *show[contingent].in_place;
  const geo::Vec2 direction{std::cos(place.facing_rad), std::sin(place.facing_rad)};
  const geo::Vec2 normal = geo::left_of(direction);
  track::Piece piece;
  piece.t0_s = begin_s;
  piece.t1_s = end_s;
  piece.x = {place.position.x};
  piece.y = {place.position.y};
  piece.nx = {normal.x};
  piece.ny = {normal.y};
  tracks.paths.push_back(
      {static_cast<std::uint32_t>(tracks.pieces.size()), 1, kRoundingM, 1e-12, true});
  tracks.pieces.push_back(piece);
  tracks.groups.push_back({contingent.value, static_cast<std::uint32_t>(tracks.movers.size()),
                           static_cast<std::uint32_t>(arrangement.slots.size())});
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    const PlacedSlot& placed = arrangement.slots[i];
    track::Mover mover;
    mover.path = static_cast<std::uint32_t>(tracks.paths.size() - 1);
    mover.left_m = placed.slot.left_m;
    mover.offset_m = {-placed.slot.back_m * direction.x, -placed.slot.back_m * direction.y, 0};
    mover.contingent = contingent.value;
    mover.kind = placed.kind.value;
    mover.slot = static_cast<std::uint32_t>(i);
    mover.part = placed.part;
    tracks.movers.push_back(mover);
  }
}

track::Path bake_way(const geo::Route& route, const SpeedProfile& profile, double departs_s,
                     double ends_s, double left_m, track::TrackSet& tracks) {
  RankBaker baker(route, nullptr, {&profile, 0}, departs_s, ends_s, {}, {}, Wind(geo::Vec2{}),
                  std::abs(left_m), kGroundErrorM, tracks);
  static_cast<void>(baker.bake(departs_s, std::nullopt, ends_s, std::nullopt));
  const track::Path path = tracks.paths.back();
  tracks.paths.pop_back();
  return path;
}

}  // namespace defilada::movement
