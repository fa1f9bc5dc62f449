// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "defilada/movement/motion.hpp"
#include "defilada/movement/wind.hpp"
#include "defilada/track/tracks.hpp"

/// What baking is made of: the path of one rank along its route (see bake.hpp).
namespace defilada::movement {

inline constexpr double kSameTimeS = 1e-7;      ///< break points nearer than this are one
inline constexpr double kVerticalEaseMps2 = 1;  ///< how fast a climb is taken up
inline constexpr double kRoundingM =
    1e-8;  ///< evaluation of a track at 100 km from the origin, with a margin
inline constexpr double kShareOfLimit = 0.25;  ///< arcs aim at a quarter of the allowed error

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

inline track::Polynomial height_polynomial(const Climb& climb, double t) {
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

/// Where bodies look, in the reference of the rank's profile: the nose when all keep their
/// distances (the frame's of one that drills), else the rank itself.
[[nodiscard]] std::vector<Look> looks_of(const show::Show& show, const Motion& motion,
                                         std::size_t rank);

/// Bakes the path of one rank: its profile along its route, at a place behind the head.
class RankBaker {
 public:
  /// `shifts`: beside its place, by time since stepping off; in order.
  RankBaker(const geo::Route& route, std::vector<LaneShift> shifts, Motion::RankProfile rank,
            double steps_off_s, double end_s, const Climb& climb, std::vector<Look> looks,
            const Wind& wind, double widest_m, double limit_m, track::TrackSet& tracks)
      : shifts_(std::move(shifts)),
        route_(route),
        rank_(rank),
        steps_off_(steps_off_s),
        from_(steps_off_s),
        end_(end_s),
        climb_(climb),
        looks_(std::move(looks)),
        wind_(wind),
        widest_(widest_m),
        limit_(limit_m),
        tracks_(tracks) {}

  /// Only this stretch of its time.
  void between(double from_s, double to_s) {
    from_ = from_s;
    end_ = to_s;
  }

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
    std::vector<double> times{from_, end_};
    for (const auto& phase : rank_.profile->phases()) {
      times.push_back(steps_off_ + phase.t0_s + phase.duration_s);
    }
    for (const auto& element : route_.elements()) {
      for (const double s : {element.s0, element.s0 + element.length}) {
        times.push_back(steps_off_ + rank_.profile->time_at(s - rank_.shift_m));
      }
    }
    for (const LaneShift& shift : shifts_) {
      for (const double t : {shift.t0_s, shift.t1_s}) times.push_back(steps_off_ + t);
    }
    times.push_back(climb_.from_s);
    times.push_back(climb_.from_s + climb_.ease_s());
    std::erase_if(times, [&](double t) { return !(t >= from_ && t <= end_); });
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end(),
                            [](double a, double b) { return b - a < kSameTimeS; }),
                times.end());
    times.front() = from_;
    times.back() = end_;
    return times;
  }

  /// Stands from one time to another: before it steps off, or when it has come to its end.
  void hold(double from, double to, std::optional<double> facing_rad) {
    const double when = to == steps_off_ ? to : from;
    const auto pose = route_.at(s_at(when));
    const geo::Vec2 normal = geo::left_of(pose.direction);
    const double lane = lane_at(shifts_, when - steps_off_);
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

  /// lane_at() on [from, to], where its form does not change.
  [[nodiscard]] track::Polynomial lane_polynomial(double from, double to) const {
    const double begin = from - steps_off_;
    const double middle = 0.5 * (from + to) - steps_off_;
    for (const LaneShift& shift : shifts_) {
      if (middle <= shift.t0_s || middle >= shift.t1_s) continue;
      // from + by (3 u^2 - 2 u^3) about u0
      const double by = shift.to_m - shift.from_m;
      const double h = shift.t1_s - shift.t0_s;
      const double u = (begin - shift.t0_s) / h;
      return {shift.from_m + by * (3 * u * u - 2 * u * u * u), by * (6 * u - 6 * u * u) / h,
              by * (3 - 6 * u) / (h * h), by * -2 / (h * h * h)};
    }
    return {lane_at(shifts_, middle)};
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

  std::vector<LaneShift> shifts_;
  const geo::Route& route_;
  Motion::RankProfile rank_;
  double steps_off_;
  double from_;
  double end_;
  Climb climb_;
  std::vector<Look> looks_;
  Wind wind_;  ///< of what flies; else none
  double widest_;
  double limit_;
  track::TrackSet& tracks_;
};

/// The tracks of a contingent that drills: every mover has a path of its own (bake_drill.cpp).
void bake_drilled(const show::Show& show, const Motion& motion, double forms_up_s,
                  double steps_off_s, track::TrackSet& tracks, double until_s);

}  // namespace defilada::movement
