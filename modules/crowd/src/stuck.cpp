// SPDX-License-Identifier: MIT
#include "stuck.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "routes.hpp"

namespace defilada::crowd {
namespace {

constexpr double kLooksAhead_m = 3;
constexpr double kStep_m = 0.1;
constexpr double kArm_m = 1.5;
/// Narrower than his body by less than this is a matter of drawing.
constexpr double kSlack_m = 0.01;
/// Nobody's way is longer, in steps.
constexpr int kMostSteps = 400'000;

/// How wide the way is at a point, between the walls to the left and to the right of who walks in
/// that direction: of what lies within half a step before and behind him, so that a door in a wall
/// without thickness counts too. `most_m`: wider than he needs.
double width_at(const std::vector<Segment>& walls, Vec2 at, Vec2 ahead, double most_m) {
  double left_m = most_m;
  double right_m = most_m;
  for (const Segment& wall : walls) {
    const Vec2 from = wall.from - at;
    const Vec2 to = wall.to - at;
    // Forward and to the left of him.
    double forward[2] = {dot(ahead, from), dot(ahead, to)};
    double aside[2] = {cross(ahead, from), cross(ahead, to)};
    const double rise = forward[1] - forward[0];
    double begin = 0;
    double end = 1;
    if (std::abs(rise) > 1e-12) {
      const double low = (-kStep_m / 2 - forward[0]) / rise;
      const double high = (kStep_m / 2 - forward[0]) / rise;
      begin = std::max(begin, std::min(low, high));
      end = std::min(end, std::max(low, high));
    } else if (std::abs(forward[0]) > kStep_m / 2) {
      continue;
    }
    if (begin > end) continue;
    const double a = aside[0] + begin * (aside[1] - aside[0]);
    const double b = aside[0] + end * (aside[1] - aside[0]);
    if (std::max(a, b) > 0 && std::min(a, b) >= 0) left_m = std::min(left_m, std::min(a, b));
    if (std::min(a, b) < 0 && std::max(a, b) <= 0) right_m = std::min(right_m, -std::max(a, b));
  }
  return left_m + right_m;
}

/// One who does not get on, and what his eyes tell him.
struct Looked {
  std::uint32_t person = 0;
  LevelId level = 0;
  Vec2 at;
  double since_s = 0;
  float to_go_s = 0;
  bool leaves = false;
  const Field* way = nullptr;
  Stuck::By by = Stuck::By::others;
  Vec2 gap_place;
  double gap_m = 0;
  double body_m = 0;
};

class Looker {
 public:
  explicit Looker(const Simulation& simulation)
      : simulation_(simulation), ground_(simulation.ground()), grid_(simulation.grid()) {
    // What will open again is no wall for who plans his way.
    const Ground open = for_routes(ground_, simulation.time_s());
    for (LevelId level = 0; level < ground_.levels.size(); ++level) {
      walls_.push_back(walls(open, level, simulation.time_s()));
    }
  }

  Looked look(const Still& still) const {
    const Columns& c = simulation_.walking();
    Looked one;
    one.person = c.person[still.row];
    one.level = c.level[still.row];
    one.at = {to_metres(c.x[still.row]), to_metres(c.y[still.row])};
    one.since_s = still.since_s;
    one.body_m = 2 * double{c.radius_m[still.row]};
    one.leaves = simulation_.leaves(still.row);
    one.way = simulation_.way(still.row);
    one.gap_place = one.at;
    one.to_go_s = one.way == nullptr ? INFINITY : time_at(one);
    if (!std::isfinite(one.to_go_s)) {
      one.by = Stuck::By::no_way;
      return one;
    }
    one.gap_m = one.body_m;
    Vec2 at = one.at;
    for (double gone = 0; gone < kLooksAhead_m; gone += kStep_m) {
      const Direction way = direction(*one.way, one.level, at);
      if (way.x == 0 && way.y == 0) break;
      const Vec2 ahead = {double{way.x}, double{way.y}};
      const double gap = width_at(walls_[one.level], at, ahead, one.body_m);
      if (gap < one.gap_m) {
        one.gap_m = gap;
        one.gap_place = at;
      }
      const Vec2 next = at + kStep_m * ahead;
      if (grid_.meets_landing(one.level, at, next)) break;
      at = next;
    }
    if (one.gap_m < one.body_m - kSlack_m) one.by = Stuck::By::narrow;
    return one;
  }

  /// The first thing on his way that lets people through, or does not.
  struct Ahead {
    Stuck::Before before = Stuck::Before::nothing;
    std::uint32_t index = 0;
    bool waits = false;  ///< it will open, or lets people through
  };
  [[nodiscard]] Ahead ahead(const Looked& one) const {
    Vec2 at = one.at;
    LevelId level = one.level;
    const double step_m = std::max(kStep_m, 0.5 * grid_.cell_m());
    for (int k = 0; k < kMostSteps; ++k) {
      const Direction way = direction(*one.way, level, at);
      const Vec2 next = at + step_m * Vec2{double{way.x}, double{way.y}};
      if (const auto found = between(level, at, next, one.leaves)) return *found;
      if (way.x == 0 && way.y == 0) break;
      if (grid_.meets_landing(level, at, next)) level = across(level, at, next);
      at = next;
    }
    return {};
  }

 private:
  [[nodiscard]] float time_at(const Looked& one) const {
    return one.way->time(one.level, static_cast<float>(one.at.x), static_cast<float>(one.at.y));
  }
  static Direction direction(const Field& way, LevelId level, Vec2 at) {
    return way.direction(level, static_cast<float>(at.x), static_cast<float>(at.y));
  }

  [[nodiscard]] bool lets_through(const Passage& passage, double one_takes_s) const {
    const double last_s = passage.persons > 0 ? passage.last_s : 0;
    return simulation_.time_s() - last_s <= std::max(kStuck_s, 3 * one_takes_s);
  }

  [[nodiscard]] std::optional<Ahead> between(LevelId level, Vec2 from, Vec2 to, bool leaves) const {
    const double now_s = simulation_.time_s();
    const auto meets = [&](const Shape& shape) { return reached(shape, from, to, 0); };
    for (std::uint32_t k = 0; k < ground_.closures.size(); ++k) {
      const Closure& it = ground_.closures[k];
      if (it.level != level || !holds(it.shut, now_s) || !meets(it.shape)) continue;
      return Ahead{Stuck::Before::crossing, k, true};
    }
    for (std::uint32_t k = 0; k < ground_.gates.size(); ++k) {
      const Gate& it = ground_.gates[k];
      const bool shut = holds(it.shut, now_s);
      if (it.level != level || (it.service_s <= 0 && !shut) || !meets(it.line)) continue;
      return Ahead{Stuck::Before::gate, k,
                   shut || lets_through(simulation_.gates()[k], it.service_s)};
    }
    if (!leaves) return std::nullopt;
    for (std::uint32_t k = 0; k < ground_.exits.size(); ++k) {
      const Exit& it = ground_.exits[k];
      if (it.level != level || !reached(it.shape, from, to, 0.75 * grid_.cell_m())) continue;
      const double takes_s = it.persons_per_second ? 1 / std::max(1e-9, *it.persons_per_second) : 0;
      return Ahead{Stuck::Before::exit, k,
                   holds(it.shut, now_s) || lets_through(simulation_.exits()[k], takes_s)};
    }
    return std::nullopt;
  }

  [[nodiscard]] LevelId across(LevelId level, Vec2 from, Vec2 to) const {
    for (const Stair& stair : ground_.stairs) {
      if (!stair.join || !crosses(stair.join->landing, from, to)) continue;
      if (level == stair.level) return stair.join->level;
      if (level == stair.join->level) return stair.level;
    }
    return level;
  }

  const Simulation& simulation_;
  const Ground& ground_;
  const FieldGrid& grid_;
  std::vector<std::vector<Segment>> walls_;  ///< (levels)
};

/// Who stands within an arm's length of each other: the number of his place, for each. Those from
/// whom no way leads on are together wherever they are: one fault has stopped them all.
std::vector<std::size_t> places_of(const std::vector<Looked>& all) {
  std::map<std::tuple<LevelId, std::int64_t, std::int64_t>, std::vector<std::size_t>> cells;
  const auto cell_of = [](const Looked& one) {
    return std::tuple(one.level, static_cast<std::int64_t>(std::floor(one.at.x / kArm_m)),
                      static_cast<std::int64_t>(std::floor(one.at.y / kArm_m)));
  };
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (all[k].by != Stuck::By::no_way) cells[cell_of(all[k])].push_back(k);
  }
  constexpr std::size_t kNone = SIZE_MAX;
  std::vector<std::size_t> place(all.size(), kNone);
  std::size_t places = 0;
  for (std::size_t first = 0; first < all.size(); ++first) {
    if (place[first] != kNone) continue;
    if (all[first].by == Stuck::By::no_way) {
      for (std::size_t k = first; k < all.size(); ++k) {
        if (all[k].by == Stuck::By::no_way && all[k].level == all[first].level) place[k] = places;
      }
      ++places;
      continue;
    }
    std::vector<std::size_t> open{first};
    place[first] = places;
    while (!open.empty()) {
      const Looked& one = all[open.back()];
      open.pop_back();
      const auto [level, column, row] = cell_of(one);
      for (std::int64_t y = row - 1; y <= row + 1; ++y) {
        for (std::int64_t x = column - 1; x <= column + 1; ++x) {
          const auto found = cells.find({level, x, y});
          if (found == cells.end()) continue;
          for (const std::size_t k : found->second) {
            if (place[k] != kNone || length(all[k].at - one.at) > kArm_m) continue;
            place[k] = places;
            open.push_back(k);
          }
        }
      }
    }
    ++places;
  }
  return place;
}

}  // namespace

std::vector<Stuck> who_is_stuck(const Simulation& simulation, const std::vector<Still>& still) {
  if (still.empty()) return {};
  const Looker looker(simulation);
  std::vector<Looked> all;
  for (const Still& one : still) all.push_back(looker.look(one));
  // By person: rows are in the order of cells, which is nobody's business.
  std::sort(all.begin(), all.end(),
            [](const Looked& a, const Looked& b) { return a.person < b.person; });
  const std::vector<std::size_t> place = places_of(all);
  std::map<std::size_t, std::vector<const Looked*>> groups;
  for (std::size_t k = 0; k < all.size(); ++k) groups[place[k]].push_back(&all[k]);
  std::vector<Stuck> stuck;
  for (const auto& [ignored, group] : groups) {
    // The one who says why: of those who do not get on for long what is in his way is of the ground
    // rather than of other people, and he is the nearest to it.
    const auto for_long = [&](const Looked& one) {
      return simulation.time_s() - one.since_s >= kStuck_s;
    };
    const auto rank = [&](const Looked* one) {
      return std::tuple(!for_long(*one), one->by, one->to_go_s, one->person);
    };
    const Looked& first =
        **std::min_element(group.begin(), group.end(),
                           [&](const Looked* a, const Looked* b) { return rank(a) < rank(b); });
    if (!for_long(first)) continue;
    Stuck it;
    it.by = first.by;
    it.level = first.level;
    it.place = first.gap_place;
    it.leaves = first.leaves;
    it.since_s = first.since_s;
    if (first.by == Stuck::By::narrow) {
      it.gap_m = first.gap_m;
      it.body_m = first.body_m;
    }
    if (first.by != Stuck::By::no_way) {
      const Looker::Ahead ahead = looker.ahead(first);
      if (first.by == Stuck::By::others && ahead.waits) continue;
      it.before = ahead.before;
      it.index = ahead.index;
    }
    for (const Looked* one : group) {
      it.who.push_back(one->person);
      it.since_s = std::min(it.since_s, one->since_s);
    }
    stuck.push_back(std::move(it));
  }
  return stuck;
}

}  // namespace defilada::crowd
