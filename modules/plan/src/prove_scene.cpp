// SPDX-License-Identifier: MIT
#include "prove_scene.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace defilada::plan {

using proof::Body;
using proof::Limit;
using proof::Rules;

namespace {

bool solid(const show::Kind& kind) {
  return kind.category == show::Category::vehicle || kind.category == show::Category::mounted;
}

}  // namespace

Body body_of(const show::Kind& kind) {
  if (show::flies(kind.category)) return {};
  if (solid(kind)) return {0.5 * kind.length_m, 0.5 * kind.width_m, 0};
  return {0, 0, 0.5 * kind.width_m};
}

namespace {

/// Edges of stands and obstacles, as bodies without width.
void add_walls(const show::Show& show, double begin_s, double end_s, Scene& scene) {
  for (std::uint32_t a = 0; a < show.site.areas.size(); ++a) {
    const show::Area& area = show.site.areas[a];
    if (area.use == show::AreaUse::area) continue;
    const auto& ring = area.polygon.outer;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const geo::Vec2 from = ring[i];
      const geo::Vec2 to = ring[(i + 1) % ring.size()];
      const double length = std::hypot(to.x - from.x, to.y - from.y);
      if (length <= 0) continue;
      scene.motions.add_fixed({0.5 * (from.x + to.x), 0.5 * (from.y + to.y), 0},
                              std::atan2(to.y - from.y, to.x - from.x), Body{0.5 * length, 0, 0},
                              begin_s, end_s, scene.walls);
      scene.wall.push_back({false, a});
    }
  }
}

/// Who marches on a route with a width stays between its kerbs, unless they stand beyond them when
/// they form up: beside a road, in a side street. A formation that is wider than the route breaks
/// them all the way, which movement tells.
std::vector<std::uint32_t> kerbs_of(const show::Show& show, const track::TrackSet& tracks,
                                    const Scene& scene) {
  std::vector<double> reach(scene.classes.size(), 0);  // from the axis, at the first instant
  for (std::uint32_t m = 0; m < scene.performers; ++m) {
    const proof::MotionMover& mover = scene.motions.movers[m];
    const show::ProcessionId procession =
        show.contingents[scene.classes[mover.of_class].contingent].procession;
    if (!procession.valid()) continue;
    const track::Path& path = tracks.paths[mover.path];
    const auto state = tracks.at(tracks.movers[m], tracks.interval(path)[0]);
    if (!state) continue;
    const auto nearest =
        show[show[procession].route].geometry.project({state->position_m[0], state->position_m[1]});
    double& own = reach[mover.of_class];
    own = std::max(own, nearest.distance + mover.body.half_width_m + mover.body.radius_m);
  }
  std::vector<std::uint32_t> kerbs(scene.classes.size(), Scene::kNoRoute);
  for (std::uint32_t c = 0; c < scene.classes.size(); ++c) {
    const show::ProcessionId procession = show.contingents[scene.classes[c].contingent].procession;
    if (!procession.valid() || show[procession].air) continue;
    const show::Route& route = show[show[procession].route];
    if (route.width_m > 0 && reach[c] <= 0.5 * route.width_m) {
      kerbs[c] = show[procession].route.value;
    }
  }
  return kerbs;
}

}  // namespace

Scene make_scene(const show::Show& show, const track::TrackSet& tracks, bool outlines) {
  Scene scene;
  scene.motions.add_paths(tracks);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known;
  double begin_s = std::numeric_limits<double>::infinity();
  double end_s = -begin_s;
  for (const track::Mover& mover : tracks.movers) {
    const auto [found, fresh] = known.emplace(std::pair(mover.contingent, mover.kind),
                                              static_cast<std::uint32_t>(scene.classes.size()));
    if (fresh) scene.classes.push_back({mover.contingent, mover.kind});
    proof::MotionMover own;
    own.path = mover.path;
    own.left_m = mover.left_m;
    own.offset_m = mover.offset_m;
    own.of_class = found->second;
    if (outlines) own.body = body_of(show.kinds[mover.kind]);
    scene.motions.movers.push_back(own);
    const auto [from, to] = tracks.interval(tracks.paths[mover.path]);
    begin_s = std::min(begin_s, from);
    end_s = std::max(end_s, to);
  }
  scene.performers = static_cast<std::uint32_t>(scene.motions.movers.size());
  scene.walls = static_cast<std::uint32_t>(scene.classes.size());
  if (outlines && scene.performers > 0) {
    add_walls(show, begin_s, end_s, scene);
    scene.kerbs = kerbs_of(show, tracks, scene);
    add_kerbs(show, begin_s, end_s, scene);
  }
  return scene;
}

Limit centre_limit(const show::Show& show, const Class& a, const Class& b) {
  const show::Kind& first = show.kinds[a.kind];
  const show::Kind& second = show.kinds[b.kind];
  const bool air = show::flies(first.category);
  if (air != show::flies(second.category)) return {};
  const bool together = a.contingent == b.contingent;
  const auto both = [together](double x, double y) {
    return together ? std::max(x, y) : 0.5 * (x + y);
  };
  // A formation may stand at its kind's separation itself; in a wheel its tracks follow the exact
  // places only within their bound, which both movers of a pair may use up.
  constexpr double kRoom_m = 0.025;
  const double room = together ? kRoom_m : 0;
  const double distance = std::max(0.0, both(first.separation_m, second.separation_m) - room);
  if (!air) return {Limit::Shape::cylinder, distance, std::numeric_limits<double>::infinity()};
  return {Limit::Shape::cylinder, distance,
          both(first.separation_vertical_m, second.separation_vertical_m)};
}

std::uint32_t Scene::all_classes() const {
  std::uint32_t all = walls + 1;
  for (const Wall& each : wall) {
    if (each.kerb) all = std::max(all, walls + 2 + each.index);
  }
  return all;
}

Rules centre_rules(const show::Show& show, const Scene& scene) {
  Rules rules(scene.all_classes());
  for (std::uint32_t a = 0; a < scene.classes.size(); ++a) {
    for (std::uint32_t b = a; b < scene.classes.size(); ++b) {
      rules.set(a, b, centre_limit(show, scene.classes[a], scene.classes[b]));
    }
  }
  return rules;
}

Rules outline_rules(const show::Show& show, const Scene& scene) {
  Rules rules(scene.all_classes());
  const Limit apart{Limit::Shape::sphere, 0, 0};
  for (std::uint32_t a = 0; a < scene.classes.size(); ++a) {
    const show::Kind& first = show.kinds[scene.classes[a].kind];
    if (show::flies(first.category)) continue;
    rules.set(a, scene.walls, apart);
    const std::uint32_t kerb = scene.walls + 1 + scene.kerbs[a];
    if (scene.kerbs[a] != Scene::kNoRoute && kerb < rules.classes()) rules.set(a, kerb, apart);
    for (std::uint32_t b = a; b < scene.classes.size(); ++b) {
      const show::Kind& second = show.kinds[scene.classes[b].kind];
      if (!show::flies(second.category) && (solid(first) || solid(second))) rules.set(a, b, apart);
    }
  }
  return rules;
}

}  // namespace defilada::plan
