// SPDX-License-Identifier: MIT
// Bodies that are seen though they are no walkers of the level: who has just left, and who is on
// the other side of a landing.
#include <cmath>

#include "simulation_state.hpp"

namespace defilada::crowd {
namespace {

/// In which who has left comes to his free speed: D. Helbing, P. Molnar, "Social force model for
/// pedestrian dynamics", Physical Review E 51 (1995).
constexpr double kRelaxation_s = 0.5;

/// A row more: who is at `index` of `from`, seen on the level.
void cast(const Columns& from, std::size_t index, LevelId level, Columns& shadows) {
  const std::size_t row = shadows.size;
  shadows.resize(row + 1);
  shadows.x[row] = from.x[index];
  shadows.y[row] = from.y[index];
  shadows.ex[row] = from.ex[index];
  shadows.ey[row] = from.ey[index];
  shadows.vx[row] = from.vx[index];
  shadows.vy[row] = from.vy[index];
  shadows.radius_m[row] = from.radius_m[index];
  shadows.level[row] = level;
}

}  // namespace

/// Those who have just left go on as they went, faster and faster up to their free speed.
void Simulation::State::cast_leavers() {
  Columns& s = kernel->shadows();
  std::erase_if(leavers, [&](const Leaver& leaver) { return leaver.until_s <= time_s; });
  std::size_t row = s.size;
  s.resize(row + leavers.size());
  for (Leaver& leaver : leavers) {
    s.x[row] = to_fixed(leaver.at.x);
    s.y[row] = to_fixed(leaver.at.y);
    s.ex[row] = static_cast<float>(leaver.way.x);
    s.ey[row] = static_cast<float>(leaver.way.y);
    s.vx[row] = leaver.speed_mps * s.ex[row];
    s.vy[row] = leaver.speed_mps * s.ey[row];
    s.radius_m[row] = leaver.radius_m;
    s.level[row] = leaver.level;
    ++row;
    leaver.at = leaver.at + options.step_s * double{leaver.speed_mps} * leaver.way;
    leaver.speed_mps += static_cast<float>(std::min(1.0, options.step_s / kRelaxation_s)) *
                        (leaver.free_speed_mps - leaver.speed_mps);
  }
}

/// People of two levels see each other where these meet: each is a shadow on the other level.
void Simulation::State::cast_at_landings() {
  Columns& s = kernel->shadows();
  const auto for_levels = [&](LevelId level, Vec2 at, const auto& visit) {
    for (const Stair& stair : ground.stairs) {
      if (!stair.join || (stair.level != level && stair.join->level != level)) continue;
      if (distance(stair.join->landing, at) > kSeenAtLanding_m) continue;
      visit(stair.level == level ? stair.join->level : stair.level);
    }
  };
  const Columns& walkers = kernel->walking();
  for (const Chunk& chunk : chunks) {
    for (const Chunk::Near& near : chunk.near) {
      if ((near.marks & kSeesLanding) == 0) continue;
      for_levels(walkers.level[near.walker], place(walkers, near.walker),
                 [&](LevelId level) { cast(walkers, near.walker, level, s); });
    }
  }
  const Columns& standing = kernel->standing();
  if (std::exchange(standing_at_landings_stale, false)) {
    standing_at_landings.clear();
    for (std::uint32_t i = 0; i < standing.size; ++i) {
      const Vec2 at = place(standing, i);
      const FieldGrid::Node node = routes.grid().node(standing.level[i], at.x, at.y);
      if (node == FieldGrid::kNone || (marks[node] & kSeesLanding) == 0) continue;
      for_levels(standing.level[i], at,
                 [&](LevelId level) { standing_at_landings.emplace_back(i, level); });
    }
  }
  for (const auto& [i, level] : standing_at_landings) cast(standing, i, level, s);
}

void Simulation::State::cast_shadows() {
  Columns& s = kernel->shadows();
  if (s.size == 0 && leavers.empty() && !any_landing) return;
  s.resize(0);
  if (!leavers.empty()) cast_leavers();
  if (any_landing) cast_at_landings();
  kernel->sort_shadows();
}

}  // namespace defilada::crowd
