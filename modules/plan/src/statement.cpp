// SPDX-License-Identifier: MIT
#include "defilada/plan/statement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "ability_of.hpp"
#include "air_heights.hpp"
#include "defilada/proof/abilities.hpp"
#include "kerbs.hpp"
#include "prove_scene.hpp"

namespace defilada::plan {
namespace {

void add_tracks(const proof::Motions& motions, certificate::Statement& out) {
  out.coefficients.assign(motions.coefficients.begin(), motions.coefficients.end());
  for (const proof::MotionPiece& piece : motions.pieces) {
    out.pieces.push_back({piece.t0_s, piece.t1_s, piece.first_coefficient,
                          static_cast<std::uint32_t>(piece.degree) + 1, piece.facing_rad});
  }
  for (const proof::MotionPath& path : motions.paths) {
    out.paths.push_back(
        {path.first_piece, path.piece_count, path.error_centre_m, path.error_normal});
  }
}

/// Parties are the contingents, then the areas.
void add_movers(const show::Show& show, const Plan& plan, const Scene& scene,
                certificate::Statement& out) {
  for (const show::Contingent& each : show.contingents) out.parties.push_back(each.name);
  for (const show::Area& each : show.site.areas) out.parties.push_back(each.name);
  std::map<std::uint32_t, std::uint32_t> edges;
  for (std::uint32_t m = 0; m < scene.motions.movers.size(); ++m) {
    const proof::MotionMover& mover = scene.motions.movers[m];
    certificate::Mover own;
    own.path = mover.path;
    own.of_class = mover.of_class;
    own.left_m = mover.left_m;
    own.offset_m = mover.offset_m;
    own.body = {mover.body.half_length_m, mover.body.half_width_m, mover.body.radius_m};
    if (m < scene.performers) {
      own.party = plan.tracks.movers[m].contingent;
      own.number = plan.tracks.movers[m].slot + 1;
    } else {
      const std::uint32_t area = scene.area[m - scene.performers];
      own.party = static_cast<std::uint32_t>(show.contingents.size()) + area;
      own.number = ++edges[area];
    }
    out.movers.push_back(own);
  }
}

certificate::Question question_of(std::string name, bool outlines, const proof::Rules& rules) {
  certificate::Question question{std::move(name), outlines, {}, {}};
  std::map<std::tuple<bool, double, double>, std::uint16_t> known;
  for (std::uint32_t a = 0; a < rules.classes(); ++a) {
    for (std::uint32_t b = 0; b < rules.classes(); ++b) {
      const proof::Limit& limit = rules.between(a, b);
      certificate::Limit own;
      own.owed = limit.shape != proof::Limit::Shape::none;
      if (own.owed) own.distance_m = limit.distance_m;
      own.vertical_m = limit.shape == proof::Limit::Shape::cylinder
                           ? limit.vertical_m
                           : std::numeric_limits<double>::infinity();
      const auto [found, fresh] =
          known.emplace(std::tuple(own.owed, own.distance_m, own.vertical_m),
                        static_cast<std::uint16_t>(question.limits.size()));
      if (fresh) question.limits.push_back(own);
      question.of_classes.push_back(found->second);
    }
  }
  return question;
}

/// What the kinds can do, with what the proof leaves for tracks that follow the exact curve to a
/// millimetre and not its derivatives; and heights of lines while a flight is on them.
void add_bounds(const show::Show& show, const Plan& plan, const Scene& scene,
                certificate::Statement& out) {
  constexpr double kUpright_rad = 1.57;
  constexpr double kGravity_mps2 = 9.80665;
  const double share = proof::AbilityOptions{}.tolerance + 1e-6;
  for (std::uint32_t c = 0; c < scene.classes.size(); ++c) {
    const proof::Ability ability = ability_of(show.kinds[scene.classes[c].kind]);
    certificate::Bound bound;
    bound.of_class = c;
    bound.speed_min_mps = ability.speed_min_mps * (1 - share);
    bound.speed_max_mps = ability.speed_max_mps * (1 + share);
    bound.climb_max_mps = ability.climb_max_mps * (1 + share);
    bound.acceleration_mps2 = ability.acceleration_mps2 * (1 + share);
    bound.turning_radius_m = ability.turning_radius_m / (1 + share);
    if (ability.bank_max_rad < kUpright_rad)
      bound.sideways_mps2 = kGravity_mps2 * std::tan(ability.bank_max_rad) * (1 + share);
    bound.floor_m = ability.floor_m;
    bound.ceiling_m = ability.ceiling_m;
    out.bounds.push_back(bound);
  }
  for (const HeightStretch& stretch : height_stretches(show, plan)) {
    const show::Route& line = show[stretch.line];
    for (std::uint32_t c = 0; c < scene.classes.size(); ++c) {
      if (scene.classes[c].contingent != stretch.contingent.value) continue;
      certificate::Bound bound;
      bound.of_class = c;
      bound.from_s = stretch.from_s;
      bound.to_s = stretch.to_s;
      bound.floor_m = line.floor_m.value_or(bound.floor_m);
      bound.ceiling_m = line.ceiling_m.value_or(bound.ceiling_m);
      out.bounds.push_back(bound);
    }
  }
}

/// The kerbs that the proof holds marches to, to the millimetre that it leaves them, and one for
/// the cells.
void add_kerbs(const show::Show& show, const Plan& plan, const Scene& scene,
               certificate::Statement& out) {
  constexpr double kSame_m = 2e-3;
  std::map<std::uint32_t, std::uint32_t> roads;  // of routes
  for (const track::Group& group : plan.tracks.groups) {
    const auto route = held_to_kerbs(show, plan.tracks, group);
    if (!route) continue;
    const auto [road, fresh] =
        roads.emplace(route->value, static_cast<std::uint32_t>(out.roads.size()));
    if (fresh) {
      const show::Route& own = show[*route];
      const auto cells = kerb_cells(own.geometry, 0.5 * own.width_m + kSame_m);
      out.roads.push_back({own.name, static_cast<std::uint32_t>(out.cells.size()),
                           static_cast<std::uint32_t>(cells.size())});
      out.cells.insert(out.cells.end(), cells.begin(), cells.end());
    }
    for (std::uint32_t c = 0; c < scene.classes.size(); ++c) {
      if (scene.classes[c].contingent == group.contingent) out.kerbs.push_back({c, road->second});
    }
  }
}

/// Edges of stands and obstacles, and who is on a stand from the beginning.
void add_rings(const show::Show& show, const Plan& plan, const Scene& scene,
               certificate::Statement& out) {
  std::map<std::uint32_t, std::uint32_t> rings;  // of areas
  for (std::uint32_t w = 0; w < scene.area.size(); ++w) {
    const auto [ring, fresh] =
        rings.emplace(scene.area[w], static_cast<std::uint32_t>(out.rings.size()));
    if (fresh) out.rings.push_back({scene.performers + w, 0});
    ++out.rings[ring->second].mover_count;
  }
  for (const Inside& each : begin_inside(show, plan.tracks)) {
    if (!each.in_hole && show.site.areas[each.area].use != show::AreaUse::stand) continue;
    const auto ring = rings.find(each.area);
    if (ring != rings.end()) out.within.push_back({each.mover, ring->second});
  }
  std::sort(out.within.begin(), out.within.end(),
            [](const certificate::Within& a, const certificate::Within& b) {
              return std::tie(a.ring, a.mover) < std::tie(b.ring, b.mover);
            });
}

}  // namespace

certificate::Statement statement_of(const show::Show& show, const Plan& plan) {
  certificate::Statement out;
  const Scene scene = make_scene(show, plan.tracks, true);
  out.show = show.title.en();
  add_tracks(scene.motions, out);
  add_movers(show, plan, scene, out);
  out.classes = scene.walls + 1;
  out.questions.push_back(question_of("centres", false, centre_rules(show, scene)));
  out.questions.push_back(question_of("outlines", true, outline_rules(show, scene)));
  add_bounds(show, plan, scene, out);
  add_kerbs(show, plan, scene, out);
  add_rings(show, plan, scene, out);
  return out;
}

}  // namespace defilada::plan
