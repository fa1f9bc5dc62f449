// SPDX-License-Identifier: MIT
// Whether a march stays between the kerbs of its route, at every instant. How far a point is from
// the route's axis changes by no more than the point moves:
//
//   distance |     . d(middle)            in the stretch no more than d + speed length / 2:
//            |   /   \                    within half the width, or the stretch is halved
//            +--|--.--|------> t
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "kerbs.hpp"
#include "prove_scene.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

constexpr double kSame_m = 1e-3;    ///< beyond the kerb by less is on it: the bound of the tracks
constexpr double kOneCause_s = 60;  ///< a pause that long makes two findings of one

/// Largest speed of a point at `left` and `ahead` of the rank's middle, over a piece: the sum of
/// the absolute terms of the derivative.
double speed_bound(const track::Piece& piece, double left_m, double ahead_m) {
  const double u = piece.t1_s - piece.t0_s;
  double centre = 0;
  double normal = 0;
  double power = 1;
  for (int k = 1; k < track::kOrder; ++k) {
    centre += k * std::hypot(piece.x[k], piece.y[k]) * power;
    normal += k * std::hypot(piece.nx[k], piece.ny[k]) * power;
    power *= u;
  }
  return centre + std::hypot(left_m, ahead_m) * normal;
}

/// A corner of a body, in the frame of its path: left of the middle, and ahead.
struct Corner {
  double left_m = 0;
  double ahead_m = 0;
};

/// What a march does to the kerbs.
struct Over {
  double t0_s = 0;
  double t1_s = 0;
  double most_m = 0;
  double t_most_s = 0;
  std::array<double, 3> place_m{};
  std::set<std::uint32_t> movers;
};

class Kerbs {
 public:
  Kerbs(const show::Show& show, const track::TrackSet& tracks, const show::Route& road)
      : show_(show), tracks_(tracks), road_(road), half_m_(0.5 * road.width_m) {}

  /// False: it forms up beyond the kerbs, beside the road, and is not held to them.
  [[nodiscard]] bool begins_between(const track::Group& group) const {
    for (std::uint32_t i = 0; i < group.mover_count; ++i) {
      const track::Mover& mover = tracks_.movers[group.first_mover + i];
      const auto pieces = tracks_.pieces_of(tracks_.paths[mover.path]);
      if (pieces.empty()) continue;
      for (const Corner& corner : corners(mover, pieces.front())) {
        if (beyond(mover, pieces.front(), corner, pieces.front().t0_s) > kSame_m) return false;
      }
    }
    return true;
  }

  std::vector<Over> look(const track::Group& group) {
    std::vector<Stretch> found;
    std::set<std::tuple<std::uint32_t, double, double, double, std::uint32_t>> seen;
    for (const std::uint32_t m : outermost(group)) {
      const track::Mover& mover = tracks_.movers[m];
      if (!seen.emplace(mover.path, mover.left_m, mover.offset_m[0], mover.offset_m[1], mover.kind)
               .second) {
        continue;
      }
      for (const track::Piece& piece : tracks_.pieces_of(tracks_.paths[mover.path])) {
        for (const Corner& corner : corners(mover, piece)) {
          const double speed = speed_bound(piece, corner.left_m, corner.ahead_m);
          halve(m, piece, corner, speed, piece.t0_s, piece.t1_s, found);
        }
      }
    }
    return joined(found);
  }

 private:
  struct Stretch {
    double t0_s;
    double t1_s;
    double most_m;
    std::uint32_t mover;
    std::array<double, 3> place_m;
  };

  /// On foot the outer files alone: who is between two others on one path is nearer to the axis, or
  /// on the other side no farther than they.
  [[nodiscard]] std::vector<std::uint32_t> outermost(const track::Group& group) const {
    std::map<std::tuple<std::uint32_t, std::uint32_t, double, double>, std::array<std::uint32_t, 2>>
        ends;
    for (std::uint32_t i = 0; i < group.mover_count; ++i) {
      const std::uint32_t m = group.first_mover + i;
      const track::Mover& mover = tracks_.movers[m];
      const auto [found, fresh] = ends.try_emplace(
          {mover.path, mover.kind, mover.offset_m[0], mover.offset_m[1]}, std::array{m, m});
      if (mover.left_m < tracks_.movers[found->second[0]].left_m) found->second[0] = m;
      if (mover.left_m > tracks_.movers[found->second[1]].left_m) found->second[1] = m;
    }
    std::vector<std::uint32_t> out;
    for (const auto& [key, pair] : ends) out.insert(out.end(), pair.begin(), pair.end());
    return out;
  }

  [[nodiscard]] std::vector<Corner> corners(const track::Mover& mover,
                                            const track::Piece& piece) const {
    const proof::Body body = body_of(show_.kinds[mover.kind]);
    if (body.is_disc()) return {{mover.left_m, 0}};
    std::vector<Corner> out;
    const double c = std::cos(piece.facing_rad);
    const double s = std::sin(piece.facing_rad);
    for (const double l : {-body.half_length_m, body.half_length_m}) {
      for (const double w : {-body.half_width_m, body.half_width_m}) {
        out.push_back({mover.left_m + w * c + l * s, l * c - w * s});
      }
    }
    return out;
  }

  [[nodiscard]] geo::Vec2 place(const track::Mover& mover, const track::Piece& piece,
                                const Corner& corner, double t_s) const {
    const double dt = t_s - piece.t0_s;
    const double nx = track::evaluate(piece.nx, dt);
    const double ny = track::evaluate(piece.ny, dt);
    return {
        track::evaluate(piece.x, dt) + corner.left_m * nx + corner.ahead_m * ny + mover.offset_m[0],
        track::evaluate(piece.y, dt) + corner.left_m * ny - corner.ahead_m * nx +
            mover.offset_m[1]};
  }
  /// > 0: outside.
  [[nodiscard]] double beyond(const track::Mover& mover, const track::Piece& piece,
                              const Corner& corner, double t_s) const {
    const double radius = body_of(show_.kinds[mover.kind]).radius_m;
    return from_axis(place(mover, piece, corner, t_s)) + radius - half_m_;
  }
  /// The route's first and last straights go on beyond its ends: there is no kerb across it.
  [[nodiscard]] double from_axis(geo::Vec2 point) const {
    const geo::Route& route = road_.geometry;
    const auto nearest = route.project(point);
    if (nearest.s > 0 && nearest.s < route.length()) return nearest.distance;
    const geo::Route::Pose end = route.at(nearest.s);
    return std::abs(geo::cross(end.direction, point - end.position));
  }

  void halve(std::uint32_t m, const track::Piece& piece, const Corner& corner, double speed_mps,
             double from_s, double to_s, std::vector<Stretch>& found) const {
    const track::Mover& mover = tracks_.movers[m];
    const double t = 0.5 * (from_s + to_s);
    const double value = beyond(mover, piece, corner, t);
    const double moves = 0.5 * (to_s - from_s) * speed_mps;
    if (value + moves <= kSame_m) return;
    if (moves <= 0.5 * kSame_m) {
      if (value <= 0.5 * kSame_m) return;
      const geo::Vec2 at = place(mover, piece, corner, t);
      found.push_back({from_s, to_s, value, m, {at.x, at.y, 0}});
      return;
    }
    // Outside throughout: no need to know where exactly, but how far.
    if (value - moves > kSame_m && moves < 0.01) {
      const geo::Vec2 at = place(mover, piece, corner, t);
      found.push_back({from_s, to_s, value, m, {at.x, at.y, 0}});
      return;
    }
    halve(m, piece, corner, speed_mps, from_s, t, found);
    halve(m, piece, corner, speed_mps, t, to_s, found);
  }

  static std::vector<Over> joined(std::vector<Stretch>& found) {
    std::sort(found.begin(), found.end(), [](const Stretch& a, const Stretch& b) {
      return std::tie(a.t0_s, a.mover) < std::tie(b.t0_s, b.mover);
    });
    std::vector<Over> all;
    for (const Stretch& each : found) {
      if (all.empty() || each.t0_s > all.back().t1_s + kOneCause_s) {
        all.push_back({each.t0_s, each.t1_s, 0, each.t0_s, {}, {}});
      }
      Over& over = all.back();
      over.t1_s = std::max(over.t1_s, each.t1_s);
      over.movers.insert(each.mover);
      if (each.most_m <= over.most_m) continue;
      over.most_m = each.most_m;
      over.t_most_s = each.t0_s;
      over.place_m = each.place_m;
    }
    return all;
  }

  const show::Show& show_;
  const track::TrackSet& tracks_;
  const show::Route& road_;
  double half_m_;
};

Finding finding_of(const show::Show& show, const track::TrackSet& tracks,
                   const show::Contingent& who, const show::Route& road, const Over& over) {
  constexpr std::size_t kNamed = 20;
  Finding finding;
  finding.severity = Severity::error;
  finding.code = "plan.over-the-edge";
  finding.message = phrase(
      "{} reaches over the edge of {} by up to {:.2f} m, from {} to {}; a narrower formation, or "
      "{:.1f} m of width in place of {:g} m",
      who.name, road.name, over.most_m, show.clock.wall_clock(time_from_seconds(over.t0_s)),
      show.clock.wall_clock(time_from_seconds(over.t1_s)),
      std::ceil((road.width_m + 2 * over.most_m) * 10 - 1e-6) / 10, road.width_m);
  finding.span = who.span;
  finding.begin = time_from_seconds(over.t0_s);
  finding.end = time_from_seconds(over.t1_s);
  finding.place = over.place_m;
  for (const std::uint32_t m : over.movers) {
    if (finding.who.size() < kNamed) finding.who.push_back(mover_name(show, tracks.movers[m]));
  }
  return finding;
}

/// A formation that is wider than its route is over the edge all the way: told by movement.
bool is_told_too_wide(const show::Contingent& who, const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.span == who.span &&
           (finding.code == "movement.too-wide" || finding.code == "movement.drill-too-wide");
  });
}

}  // namespace

std::optional<show::RouteId> held_to_kerbs(const show::Show& show, const track::TrackSet& tracks,
                                           const track::Group& group) {
  const show::Contingent& who = show.contingents[group.contingent];
  if (!who.procession.valid() || show[who.procession].air) return {};
  const show::RouteId route = show[who.procession].route;
  if (show[route].width_m <= 0) return {};
  if (!Kerbs(show, tracks, show[route]).begins_between(group)) return {};
  return route;
}

void prove_kerbs(const show::Show& show, Plan& plan) {
  std::vector<Finding> found;
  for (const track::Group& group : plan.tracks.groups) {
    const show::Contingent& who = show.contingents[group.contingent];
    if (is_told_too_wide(who, plan.findings)) continue;
    const auto route = held_to_kerbs(show, plan.tracks, group);
    if (!route) continue;
    const show::Route& road = show[*route];
    Kerbs kerbs(show, plan.tracks, road);
    for (const Over& over : kerbs.look(group)) {
      found.push_back(finding_of(show, plan.tracks, who, road, over));
    }
  }
  plan.findings.insert(plan.findings.end(), found.begin(), found.end());
}

}  // namespace defilada::plan
