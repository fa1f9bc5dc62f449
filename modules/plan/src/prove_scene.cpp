// SPDX-License-Identifier: MIT
#include "prove_scene.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <utility>

#include "defilada/geo/polygon.hpp"

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

void add_walls(const show::Show& show, const std::array<double, 2>& time_s,
               const std::function<std::uint32_t(show::AreaUse)>& class_of, proof::Motions& motions,
               std::vector<std::uint32_t>& areas) {
  for (std::uint32_t a = 0; a < show.site.areas.size(); ++a) {
    const show::Area& area = show.site.areas[a];
    if (area.use == show::AreaUse::area) continue;
    const auto& ring = area.polygon.outer;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const geo::Vec2 from = ring[i];
      const geo::Vec2 to = ring[(i + 1) % ring.size()];
      const double length = std::hypot(to.x - from.x, to.y - from.y);
      if (length <= 0) continue;
      motions.add_fixed({0.5 * (from.x + to.x), 0.5 * (from.y + to.y), 0},
                        std::atan2(to.y - from.y, to.x - from.x), Body{0.5 * length, 0, 0},
                        time_s[0], time_s[1], class_of(area.use));
      areas.push_back(a);
    }
  }
}

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
    add_walls(
        show, {begin_s, end_s}, [&](show::AreaUse) { return scene.walls; }, scene.motions,
        scene.area);
  }
  return scene;
}

Phrase place_text(const show::Show& show, const std::array<double, 3>& place) {
  constexpr double kNearStation_m = 250;
  const show::Station* nearest = nullptr;
  double least = kNearStation_m;
  for (const show::Station& station : show.site.stations) {
    const double distance =
        std::hypot(station.position.x - place[0], station.position.y - place[1]);
    if (distance >= least) continue;
    least = distance;
    nearest = &station;
  }
  if (nearest == nullptr) {
    return phrase("{:.0f} m east, {:.0f} m north of the origin", place[0], place[1]);
  }
  if (least < 10) return phrase("at {}", nearest->name);
  return phrase("{:.0f} m from {}", least, nearest->name);
}

std::vector<Inside> begin_inside(const show::Show& show, const track::TrackSet& tracks) {
  std::vector<Inside> out;
  for (std::uint32_t m = 0; m < tracks.movers.size(); ++m) {
    const track::Mover& mover = tracks.movers[m];
    if (show::flies(show.kinds[mover.kind].category)) continue;
    const double begin_s = tracks.interval(tracks.paths[mover.path])[0];
    const auto state = tracks.at(mover, begin_s);
    if (!state) continue;
    const geo::Vec2 at{state->position_m[0], state->position_m[1]};
    for (std::uint32_t a = 0; a < show.site.areas.size(); ++a) {
      const show::Area& area = show.site.areas[a];
      if (area.use == show::AreaUse::area || !geo::contains({area.polygon.outer, {}}, at)) continue;
      out.push_back({m, a, !geo::contains(area.polygon, at)});
    }
  }
  return out;
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
          std::max(0.0, both(first.separation_vertical_m, second.separation_vertical_m) - room)};
}

Rules centre_rules(const show::Show& show, const Scene& scene) {
  Rules rules(scene.walls + 1);
  for (std::uint32_t a = 0; a < scene.classes.size(); ++a) {
    for (std::uint32_t b = a; b < scene.classes.size(); ++b) {
      rules.set(a, b, centre_limit(show, scene.classes[a], scene.classes[b]));
    }
  }
  return rules;
}

Rules outline_rules(const show::Show& show, const Scene& scene) {
  Rules rules(scene.walls + 1);
  const Limit apart{Limit::Shape::sphere, 0, 0};
  for (std::uint32_t a = 0; a < scene.classes.size(); ++a) {
    const show::Kind& first = show.kinds[scene.classes[a].kind];
    if (show::flies(first.category)) continue;
    rules.set(a, scene.walls, apart);
    for (std::uint32_t b = a; b < scene.classes.size(); ++b) {
      const show::Kind& second = show.kinds[scene.classes[b].kind];
      if (!show::flies(second.category) && (solid(first) || solid(second))) rules.set(a, b, apart);
    }
  }
  return rules;
}

}  // namespace defilada::plan
