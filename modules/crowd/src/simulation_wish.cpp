// SPDX-License-Identifier: MIT
// What walkers wish: the way of their field, past gates and exits, round who is in the way.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "defilada/core/random.hpp"
#include "simulation_state.hpp"

namespace defilada::crowd {
namespace {

/// Below this strain nobody turns aside.
constexpr float kAtEase = 0.02F;
/// Where people are kept who may not leave yet.
constexpr double kHeldAtExit_m = 0.4;
/// Who is kept from his place in a queue takes another after so many seconds.
constexpr double kLooksForLane_s = 5;
/// Who is so many seconds from his place in a queue slows down.
constexpr double kToRest_s = 0.8;
/// Seconds after which who is kept from his way turns another way.
constexpr double kTurnEvery_s = 1;

/// A quarter of the angle by its series, doubled twice: the same bits everywhere.
void rotate(float angle, float& x, float& y) {
  const float a = angle * 0.25F;
  const float a2 = a * a;
  float s = a * (1 - a2 * (1.0F / 6) + a2 * a2 * (1.0F / 120) - a2 * a2 * a2 * (1.0F / 5040));
  float c = 1 - a2 * 0.5F + a2 * a2 * (1.0F / 24) - a2 * a2 * a2 * (1.0F / 720);
  for (int k = 0; k < 2; ++k) {
    const float twice = 2 * s * c;
    c = c * c - s * s;
    s = twice;
  }
  const float rx = c * x - s * y;
  y = s * x + c * y;
  x = rx;
}

}  // namespace

/// What a walker near something special wants.
void Simulation::State::refine(std::size_t i, Vec2 at, std::uint8_t mark, float& x, float& y,
                               float& speed, std::vector<GateService::Request>& asks) {
  const Columns& c = kernel->walking();
  const std::uint32_t person = c.person[i];
  const LevelId level = c.level[i];
  if ((mark & kOnStair) != 0) {
    for (const Stair& stair : ground.stairs) {
      if (stair.level != level || !geo::contains(stair.polygon, at)) continue;
      speed *= static_cast<float>(speed_factor(stair, {x, y}));
      break;
    }
  }
  if ((mark & kNearTarget) != 0) {
    const Route& route = routes.route(c.errand[i]);
    if (states[person].spot != Spots::kNone) {
      const Vec2 to = spots[c.errand[i]].place(states[person].spot) - at;
      const double away = std::sqrt(dot(to, to));
      if (away > 1e-3) {
        x = static_cast<float>(to.x / away);
        y = static_cast<float>(to.y / away);
      }
      // Comes to rest on it.
      speed = std::min(speed, static_cast<float>(away / 0.3));
    }
    for (std::size_t k = 0; k < route.exits.size(); ++k) {
      const std::uint32_t exit = route.exits[k];
      if (!ground.exits[exit].persons_per_second || ground.exits[exit].level != level) continue;
      if (exit_free_s[exit] <= time_s) continue;
      if (distance(ground.exits[exit].shape, at) < kHeldAtExit_m) speed = 0;
    }
  }
  if ((mark & kNearGate) != 0) {
    gates.note(person, at);
    const GateService::Order order =
        gates.order(person, level, at, {x, y}, routes.field(c.errand[i]));
    if (order.to_lane) {
      const Vec2 to = order.lane - at;
      const double away = std::sqrt(dot(to, to));
      if (order.in_queue) speed = std::min(speed, static_cast<float>(away / kToRest_s));
      if (away > 1e-3) {
        x = static_cast<float>(to.x / away);
        y = static_cast<float>(to.y / away);
      }
    }
    // Who faces the line would walk on over it while he turns.
    if (order.hold || (order.back && c.ex[i] * x + c.ey[i] * y <= 0)) speed = 0;
    if (order.ask) {
      const bool kept =
          c.strain[i] > kKept &&
          Random(options.seed, person, kLanes + steps).uniform() < options.step_s / kLooksForLane_s;
      asks.push_back({order.gate, person, at, c.free_speed_mps[i], order.arrived, kept});
    }
  }
}

/// The cells of walkers [begin, end), and their lines of memory asked for: a field has more than a
/// cache holds.
void Simulation::State::find_nodes(std::size_t begin, std::size_t end, std::uint32_t* nodes) const {
  const FieldGrid& grid = routes.grid();
  const Columns& c = *wishes.walkers;
  const Fixed x0 = to_fixed(grid.origin().x);
  const Fixed y0 = to_fixed(grid.origin().y);
  const auto per_cell = static_cast<float>(1 / (grid.cell_m() * kFixedPerMetre));
  const auto most_column = static_cast<int>(grid.columns()) - 1;
  const auto most_row = static_cast<int>(grid.rows()) - 1;
  for (std::size_t i = begin; i < end; ++i) {
    const auto column = static_cast<int>(static_cast<float>(c.x[i] - x0) * per_cell);
    const auto row = static_cast<int>(static_cast<float>(c.y[i] - y0) * per_cell);
    nodes[i - begin] =
        (c.level[i] * grid.rows() + static_cast<std::uint32_t>(std::clamp(row, 0, most_row))) *
            grid.columns() +
        static_cast<std::uint32_t>(std::clamp(column, 0, most_column));
  }
  for (std::size_t i = begin; i < end; ++i) {
    const PackedDirection* const ways = way_by_node[c.errand[i]];
    if (ways != nullptr) __builtin_prefetch(ways + nodes[i - begin]);
    __builtin_prefetch(marks.data() + nodes[i - begin]);
  }
}

/// Who is kept from his way varies it, another way each second.
void Simulation::State::turn_aside(std::size_t i, std::uint64_t turn_steps, Direction& way) {
  Columns& c = *wishes.walkers;
  const std::uint32_t person = c.person[i];
  if (((steps + person) & (turn_steps - 1)) == 0) {
    Random random(options.seed, person, kTurns + steps / turn_steps);
    const double sum = random.uniform() + random.uniform() + random.uniform();
    c.turn_rad[i] = static_cast<float>(options.unrest_rad * 2 * (sum - 1.5));
  }
  rotate(c.turn_rad[i] * c.strain[i], way.x, way.y);
}

/// Who stands at his place in a queue has nothing to do. Who has a lane and finds no room yet for
/// its queue looks up now and then, all of a place in the same step: whole groups of the kernel
/// rest. So people in a queue stand, in place of jostling for ever.
bool Simulation::State::rests(std::size_t i) const {
  constexpr std::uint64_t kEvery = 8;
  constexpr unsigned kPlaceBits = 19;  // 8 m
  constexpr float kGetsOn = 0.3F;      // of the free speed
  const Columns& c = *wishes.walkers;
  const float walks = kGetsOn * c.free_speed_mps[i];
  if (c.vx[i] * c.vx[i] + c.vy[i] * c.vy[i] > walks * walks) return false;
  if (gates.in_place(c.person[i], place(c, i))) return true;
  const auto strip = static_cast<std::uint64_t>(std::int64_t{c.x[i]} >> kPlaceBits);
  return ((steps + strip) & (kEvery - 1)) != 0 && gates.far_back(c.person[i]);
}

void Simulation::State::wish_of(std::size_t i, std::uint32_t node, std::uint64_t turn_steps,
                                Chunk& chunk) {
  const Columns& c = *wishes.walkers;
  Direction way;
  if (const PackedDirection* const ways = way_by_node[c.errand[i]]; ways != nullptr) {
    way = ways[node].unpacked();
    // Where a wall cuts the cell its way may be that of the other side: people who walk along the
    // wall would be led to and fro for ever.
    if ((marks[node] & kCutByWall) != 0) {
      const Vec2 at = place(c, i);
      if (routes.grid().meets_wall(c.level[i], at, routes.grid().centre(node))) {
        way = routes.field(c.errand[i])
                  ->direction(c.level[i], static_cast<float>(at.x), static_cast<float>(at.y));
      }
    }
    // Within a waiting area no way leads on: who has a spot goes there straight (refine).
    const bool to_spot =
        (marks[node] & kNearTarget) != 0 && states[c.person[i]].spot != Spots::kNone;
    if (way.x == 0 && way.y == 0 && !to_spot) {
      const Vec2 at = place(c, i);
      way = routes.field(c.errand[i])
                ->direction(c.level[i], static_cast<float>(at.x), static_cast<float>(at.y));
    }
    way = routes.turned(c.errand[i], c.level[i], place(c, i), way);
  }
  float speed = way.x == 0 && way.y == 0 ? 0.0F : c.free_speed_mps[i];
  constexpr auto kAsk = static_cast<std::uint8_t>(~kCutByWall);
  if (const std::uint8_t mark = marks[node] & kAsk; mark != 0) {
    // Who is seen from another level has to be told there in each step.
    if ((mark & (kNearGate | kSeesLanding)) == kNearGate && rests(i)) {
      wishes.speed[i] = -1;
      ++chunk.resting;
      return;
    }
    if (speed == 0 && states[c.person[i]].spot != Spots::kNone) speed = c.free_speed_mps[i];
    refine(i, place(c, i), mark, way.x, way.y, speed, chunk.requests);
    chunk.near.push_back({static_cast<std::uint32_t>(i), mark});
  }
  if (groups.any() && way_by_node[c.errand[i]] != nullptr) {
    const std::uint32_t person = c.person[i];
    speed = groups.together(person, states[person].stage, routes.field(c.errand[i])->times()[node],
                            speed);
  }
  if (c.strain[i] > kAtEase) turn_aside(i, turn_steps, way);
  wishes.x[i] = way.x;
  wishes.y[i] = way.y;
  wishes.speed[i] = speed;
}

/// A few times a second: who is the last of each group that walks and is in no queue.
void Simulation::State::look_after_groups() {
  constexpr std::uint64_t kEvery = 4;
  if (!groups.any() || steps % kEvery != 0) return;
  groups.look();
  const Columns& c = kernel->walking();
  for (std::size_t i = 0; i < c.size; ++i) {
    const std::uint32_t person = c.person[i];
    const Field* const field = routes.field(c.errand[i]);
    if (field == nullptr || gates.waits(person)) continue;
    const Vec2 at = place(c, i);
    const FieldGrid::Node node = routes.grid().node(c.level[i], at.x, at.y);
    if (node == FieldGrid::kNone) continue;
    const float to_go_s = field->times()[node];
    if (!std::isfinite(to_go_s)) continue;
    groups.see(person, states[person].stage, to_go_s, std::hypot(c.vx[i], c.vy[i]));
  }
}

void Simulation::State::wish() {
  look_after_groups();
  chunks.resize(std::max(chunks.size(), kernel->chunks()));
  for (Chunk& chunk : chunks) {
    chunk.near.clear();
    chunk.resting = 0;
    chunk.requests.clear();
  }
  // A power of two of steps, so that the remainder is a mask.
  const std::uint64_t turn_steps = std::bit_floor(
      std::max<std::uint64_t>(1, static_cast<std::uint64_t>(kTurnEvery_s / options.step_s)));
  wishes = {&kernel->walking(), kernel->wish_x().data(), kernel->wish_y().data(),
            kernel->wish_speed_mps().data()};
  way_by_node.resize(routes.size());
  for (std::size_t k = 0; k < routes.size(); ++k) {
    way_by_node[k] = routes.field(k) == nullptr ? nullptr : routes.field(k)->directions().data();
  }
  kernel->for_walkers([&](std::size_t begin, std::size_t end, std::size_t chunk) {
    constexpr std::size_t kBlock = 128;
    std::array<std::uint32_t, kBlock> nodes;
    for (std::size_t first = begin; first < end; first += kBlock) {
      const std::size_t last = std::min(end, first + kBlock);
      find_nodes(first, last, nodes.data());
      for (std::size_t i = first; i < last; ++i) {
        wish_of(i, nodes[i - first], turn_steps, chunks[chunk]);
      }
    }
  });
  requests.clear();
  for (const Chunk& chunk : chunks) {
    requests.insert(requests.end(), chunk.requests.begin(), chunk.requests.end());
  }
}

}  // namespace defilada::crowd
