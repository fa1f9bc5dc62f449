// SPDX-License-Identifier: MIT
#include "defilada/crowd/simulation.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "defilada/core/check.hpp"
#include "defilada/core/random.hpp"
#include "simulation_state.hpp"

namespace defilada::crowd {
namespace {

/// Streams of random numbers of a person at a step.
enum Stream : std::uint64_t {
  kTurns = 0,
  kPlaces = 1ULL << 40U,
  kShares = 2ULL << 40U,
  kSpreads = 3ULL << 40U,
  kGivingUp = 4ULL << 40U,
};

constexpr double kAtSpot_m = 0.2;
/// Who cannot get nearer to his spot than this stands where he is.
constexpr double kNearSpot_m = 3;
constexpr float kStuck = 0.5F;
/// Below this strain nobody turns aside.
constexpr float kAtEase = 0.02F;
/// Where people are kept who may not leave yet.
constexpr double kHeldAtExit_m = 0.4;
/// Seconds after which who is kept from his way turns another way.
constexpr double kTurnEvery_s = 1;

Vec2 place(const Columns& c, std::size_t i) {
  return {to_metres(c.x[i]), to_metres(c.y[i])};
}

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

std::uint16_t Simulation::State::route_of(std::uint32_t person) const {
  const PersonState& s = states[person];
  const auto& options_of = stage_routes[s.journey][s.stage];
  if (options_of.size() == 1) return options_of.front();
  const Stage& stage = journeys[s.journey].stages[s.stage];
  double sum = 0;
  for (const Option& option : stage.options) sum += option.share;
  double at = Random(options.seed, person, kShares + s.stage).uniform() * sum;
  for (std::size_t k = 0; k + 1 < options_of.size(); ++k) {
    at -= stage.options[k].share;
    if (at < 0) return options_of[k];
  }
  return options_of.back();
}

/// Walks from where `from` has him; taken up by the next sort.
void Simulation::State::walk(std::uint32_t person, const Columns& from, std::size_t index) {
  Columns& c = kernel->walking();
  const std::size_t k = c.size;
  c.resize(k + 1);
  c.x[k] = from.x[index];
  c.y[k] = from.y[index];
  c.ex[k] = from.ex[index];
  c.ey[k] = from.ey[index];
  c.vx[k] = c.vy[k] = 0;
  c.free_speed_mps[k] = from.free_speed_mps[index];
  c.radius_m[k] = from.radius_m[index];
  c.strain[k] = 0;
  c.turn_rad[k] = 0;
  c.person[k] = person;
  c.level[k] = from.level[index];
  c.errand[k] = route_of(person);
  states[person].where = Whereabouts::walking;
  ++counts.walking;
}

bool Simulation::State::appear(std::uint32_t person) {
  constexpr int kAttempts = 8;
  const Person& p = people[person];
  Vec2 at = p.place;
  const auto room_at = [&](Vec2 q) {
    if (!kernel->has_room(p.level, to_fixed(q.x), to_fixed(q.y), p.profile.radius_m)) return false;
    // Those who came in this step are not sorted yet.
    const Columns& c = kernel->walking();
    for (std::size_t i = kernel->was_x().size(); i < c.size; ++i) {
      if (c.level[i] == p.level &&
          geo::length(place(c, i) - q) < double{c.radius_m[i]} + p.profile.radius_m) {
        return false;
      }
    }
    return true;
  };
  if (p.start) {
    const StartArea& start = ground.starts[*p.start];
    Vec2 least = start.polygon.outer.front();
    Vec2 most = least;
    for (const Vec2& q : start.polygon.outer) {
      least = {std::min(least.x, q.x), std::min(least.y, q.y)};
      most = {std::max(most.x, q.x), std::max(most.y, q.y)};
    }
    Random random(options.seed, person, kPlaces + steps);
    const FieldGrid& grid = routes.grid();
    bool found = false;
    for (int k = 0; k < kAttempts && !found; ++k) {
      at.x = random.uniform(least.x, most.x);
      at.y = random.uniform(least.y, most.y);
      const FieldGrid::Node node = grid.node(p.level, at.x, at.y);
      found = geo::contains(start.polygon, at) && node != FieldGrid::kNone &&
              grid.is_ground(node) && grid.clearance(p.level, at) > double{p.profile.radius_m} &&
              room_at(at);
    }
    if (!found) return false;
  } else if (steps > 0 && !room_at(at)) {
    return false;
  }
  Columns one;
  one.resize(1);
  one.x[0] = to_fixed(at.x);
  one.y[0] = to_fixed(at.y);
  Direction facing{1, 0};
  const Field* field = routes.field(route_of(person));
  if (field != nullptr) {
    const Direction way =
        field->direction(p.level, static_cast<float>(at.x), static_cast<float>(at.y));
    if (way.x != 0 || way.y != 0) facing = way;
  }
  one.ex[0] = facing.x;
  one.ey[0] = facing.y;
  one.free_speed_mps[0] = p.profile.free_speed_mps;
  one.radius_m[0] = p.profile.radius_m;
  one.level[0] = p.level;
  --counts.to_come;
  walk(person, one, 0);
  return true;
}

/// Lets those come whose time it is.
void Simulation::State::come() {
  while (next_comer < comers.size() && people[comers[next_comer]].from_s <= time_s + 1e-9) {
    const std::uint32_t person = comers[next_comer++];
    if (states[person].where == Whereabouts::to_come) delayed.push_back(person);
  }
  std::size_t kept = 0;
  for (const std::uint32_t person : delayed) {
    if (states[person].where != Whereabouts::to_come) continue;
    if (!appear(person)) {
      delayed[kept++] = person;
      continue;
    }
    const Person& p = people[person];
    if (p.premovement_s <= 0) continue;
    stand(kernel->walking().size - 1, time_s + p.premovement_s);
  }
  delayed.resize(kept);
}

/// From the walkers to those who stand, until then.
void Simulation::State::stand(std::size_t i, double until_s) {
  const Columns& from = kernel->walking();
  Columns& c = kernel->standing();
  const std::size_t k = c.size;
  c.resize(k + 1);
  c.x[k] = from.x[i];
  c.y[k] = from.y[i];
  c.ex[k] = from.ex[i];
  c.ey[k] = from.ey[i];
  c.vx[k] = c.vy[k] = 0;
  c.free_speed_mps[k] = from.free_speed_mps[i];
  c.radius_m[k] = from.radius_m[i];
  c.strain[k] = c.turn_rad[k] = 0;
  c.person[k] = from.person[i];
  c.level[k] = from.level[i];
  c.errand[k] = from.errand[i];
  kernel->remove_walking(i);
  states[c.person[k]].where = Whereabouts::standing;
  --counts.walking;
  ++counts.standing;
  if (std::isfinite(until_s)) dues.push({until_s, c.person[k]});
  standing_changed = true;
}

void Simulation::State::drop_spot(std::uint32_t person) {
  PersonState& s = states[person];
  if (s.spot == Spots::kNone) return;
  spots[route_of(person)].give_back(s.spot);
  s.spot = Spots::kNone;
}

void Simulation::State::next_stage(std::uint32_t person) {
  drop_spot(person);
  ++states[person].stage;
  states[person].waits = false;
}

/// Those whose standing is over walk on.
void Simulation::State::wake() {
  bool any = false;
  while (!dues.empty() && dues.top().time_s <= time_s + 1e-9) {
    PersonState& s = states[dues.top().person];
    if (s.where == Whereabouts::standing) s.wakes = any = true;
    dues.pop();
  }
  if (!any) return;
  const Columns& standing = kernel->standing();
  for (std::size_t i = 0; i < standing.size; ++i) {
    const std::uint32_t person = standing.person[i];
    PersonState& s = states[person];
    if (!s.wakes) continue;
    s.wakes = false;
    if (s.waits) next_stage(person);
    --counts.standing;
    walk(person, standing, i);
    kernel->remove_standing(i);
  }
  standing_changed = true;
}

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
      const double away = geo::length(to);
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
    const GateService::Order order = gates.order(person, level, at, {x, y});
    if (order.to_lane) {
      const Vec2 to = order.lane - at;
      const double away = geo::length(to);
      if (away > 1e-3) {
        x = static_cast<float>(to.x / away);
        y = static_cast<float>(to.y / away);
      }
    }
    if (order.hold) speed = 0;
    if (order.ask) asks.push_back({order.gate, person, at, c.free_speed_mps[i]});
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

void Simulation::State::wish_of(std::size_t i, std::uint32_t node, std::uint64_t turn_steps,
                                Chunk& chunk) {
  const Columns& c = *wishes.walkers;
  Direction way;
  if (const PackedDirection* const ways = way_by_node[c.errand[i]]; ways != nullptr) {
    way = ways[node].unpacked();
    if (way.x == 0 && way.y == 0) {
      const Vec2 at = place(c, i);
      way = routes.field(c.errand[i])
                ->direction(c.level[i], static_cast<float>(at.x), static_cast<float>(at.y));
    }
  }
  float speed = way.x == 0 && way.y == 0 ? 0.0F : c.free_speed_mps[i];
  if (const std::uint8_t mark = marks[node]; mark != 0) {
    if (speed == 0 && states[c.person[i]].spot != Spots::kNone) speed = c.free_speed_mps[i];
    refine(i, place(c, i), mark, way.x, way.y, speed, chunk.requests);
    chunk.near.push_back(static_cast<std::uint32_t>(i));
  }
  if (c.strain[i] > kAtEase) turn_aside(i, turn_steps, way);
  wishes.x[i] = way.x;
  wishes.y[i] = way.y;
  wishes.speed[i] = speed;
}

void Simulation::State::wish() {
  chunks.resize(std::max(chunks.size(), kernel->chunks()));
  for (Chunk& chunk : chunks) {
    chunk.near.clear();
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

void Simulation::State::change_level(std::size_t i, Vec2 was, Vec2 now) {
  Columns& c = kernel->walking();
  for (const Stair& stair : ground.stairs) {
    if (!stair.join || !crosses(stair.join->landing, was, now)) continue;
    if (c.level[i] == stair.level) {
      c.level[i] = stair.join->level;
      return;
    }
    if (c.level[i] == stair.join->level) {
      c.level[i] = stair.level;
      return;
    }
  }
}

/// Whether he is out now.
bool Simulation::State::leave(std::size_t i, const Route& route, Vec2 was, Vec2 now) {
  const LevelId level = kernel->walking().level[i];
  const std::uint32_t person = kernel->walking().person[i];
  for (const std::uint32_t index : route.exits) {
    const Exit& exit = ground.exits[index];
    if (exit.level != level || !reached(exit.shape, was, now, at_target_m())) continue;
    if (holds(exit.shut, time_s)) continue;
    if (exit.persons_per_second) {
      if (exit_free_s[index] > time_s) continue;
      exit_free_s[index] = std::max(exit_free_s[index], time_s - options.step_s) +
                           1 / std::max(*exit.persons_per_second, 1e-9);
    }
    Passage& passage = exit_passages[index];
    const double at_s = static_cast<double>(steps + 1) * options.step_s;
    if (passage.persons++ == 0) passage.first_s = at_s;
    passage.last_s = at_s;
    left_s[person] = static_cast<float>(at_s);
    states[person].where = Whereabouts::out;
    --counts.walking;
    ++counts.out;
    gates.leave(person);
    kernel->remove_walking(i);
    return true;
  }
  return false;
}

/// Who is kept from his spot for some seconds takes what he has.
bool Simulation::State::gives_up(std::uint32_t person) const {
  constexpr double kAfter_s = 5;
  return Random(options.seed, person, kGivingUp + steps).uniform() < options.step_s / kAfter_s;
}

/// Whether he stands on his spot, or as near as he gets.
bool Simulation::State::settle(std::size_t i, Vec2 now) {
  const Columns& c = kernel->walking();
  const std::uint32_t person = c.person[i];
  PersonState& s = states[person];
  const std::uint16_t route = c.errand[i];
  bool within = false;
  for (const Destination::Target& target : routes.route(route).targets) {
    within =
        within || (target.level == c.level[i] && reached(target.shape, now, now, at_target_m()));
  }
  if (s.spot == Spots::kNone) {
    if (!within) return false;
    s.spot = spots[route].take();
  }
  if (s.spot != Spots::kNone) {
    const double away = geo::length(spots[route].place(s.spot) - now);
    const bool kept = within && c.strain[i] > kStuck;
    const bool near = away < kAtSpot_m || (kept && (away < kNearSpot_m || gives_up(person)));
    if (!near) return false;
  }
  const Stage& stage = stage_of(person);
  double until = std::max(stage.until_s, time_s + stage.for_s);
  if (stage.spread_s > 0) {
    until += stage.spread_s * Random(options.seed, person, kSpreads + s.stage).uniform();
  }
  s.waits = true;
  stand(i, until);
  return true;
}

void Simulation::State::arrived(std::size_t i) {
  Columns& c = kernel->walking();
  const Vec2 was = {to_metres(kernel->was_x()[i]), to_metres(kernel->was_y()[i])};
  const Vec2 now = place(c, i);
  const std::uint32_t person = c.person[i];
  change_level(i, was, now);
  gates.moved(person, c.level[i], was, now, time_s + options.step_s);
  const Route& route = routes.route(c.errand[i]);
  const Stage& stage = stage_of(person);
  if (stage.kind == Stage::Kind::leave) {
    leave(i, route, was, now);
    return;
  }
  if (stage.kind == Stage::Kind::wait) {
    settle(i, now);
    return;
  }
  for (const Destination::Target& target : route.targets) {
    if (target.level != c.level[i] || !reached(target.shape, was, now, at_target_m())) continue;
    next_stage(person);
    c.errand[i] = route_of(person);
    return;
  }
}

void Simulation::State::arrivals() {
  for (const Chunk& chunk : chunks) {
    for (const std::uint32_t i : chunk.near) arrived(i);
  }
}

/// How fast people get on along their way where they are, as a share of what they wish; mixed half
/// and half with the last time's, lest all turn round at once.
void Simulation::State::look_for_quicker() {
  constexpr float kLeast = 0.03F;
  const FieldGrid& grid = routes.grid();
  const std::size_t block = std::max<std::size_t>(1, static_cast<std::size_t>(1 / grid.cell_m()));
  const std::size_t across = grid.columns() / block + 1;
  const std::size_t up = grid.rows() / block + 1;
  std::vector<float> sum(across * up * grid.levels(), 0);
  std::vector<float> count(sum.size(), 0);
  const Columns& c = kernel->walking();
  const auto block_of = [&](std::size_t node) {
    const std::size_t row = node / grid.columns();
    const std::size_t level = row / grid.rows();
    return (level * up + row % grid.rows() / block) * across + node % grid.columns() / block;
  };
  for (std::size_t i = 0; i < c.size; ++i) {
    const Vec2 at = place(c, i);
    const FieldGrid::Node node = grid.node(c.level[i], at.x, at.y);
    if (node == FieldGrid::kNone) continue;
    const std::size_t k = block_of(node);
    const Field* field = routes.field(c.errand[i]);
    if (field == nullptr) continue;
    const Direction way = field->directions()[node].unpacked();
    const float progress = (c.vx[i] * way.x + c.vy[i] * way.y) / c.free_speed_mps[i];
    sum[k] += std::clamp(progress, 0.0F, 1.0F);
    count[k] += 1;
  }
  if (speed_scale.empty()) speed_scale.assign(grid.size(), 1);
  for (std::size_t node = 0; node < grid.size(); ++node) {
    const std::size_t k = block_of(node);
    // One alone who turns is no jam.
    const float now = (sum[k] + 0.5F) / (count[k] + 0.5F);
    speed_scale[node] = std::max(kLeast, 0.5F * (speed_scale[node] + now));
  }
  routes.solve_quickest(speed_scale);
}

void Simulation::step() {
  State& s = *state_;
  if (s.next_change < s.changes.size() && s.changes[s.next_change] <= s.time_s + 1e-9) {
    while (s.next_change < s.changes.size() && s.changes[s.next_change] <= s.time_s + 1e-9) {
      ++s.next_change;
    }
    // A ground that was good stays good when something opens or shuts.
    DEFILADA_CHECK(s.take_ground().has_value());
    s.set_walls();
  }
  if (s.time_s >= s.next_quickest_s) {
    s.look_for_quicker();
    s.next_quickest_s += s.options.quickest_every_s;
  }
  s.wish();
  s.gates.serve(s.requests, s.time_s);
  s.kernel->advance();
  s.agent_steps += s.kernel->walking().size;
  const double end_s = static_cast<double>(s.steps + 1) * s.options.step_s;
  for (const auto& observer : s.observers) {
    observer({s.kernel->walking(), s.kernel->was_x(), s.kernel->was_y(), end_s});
  }
  s.arrivals();
  ++s.steps;
  s.time_s = end_s;
  s.wake();
  s.come();
  if (std::exchange(s.standing_changed, false)) s.kernel->sort_standing();
  s.kernel->sort_walking();
}

Simulation::Simulation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;

double Simulation::time_s() const {
  return state_->time_s;
}
std::uint64_t Simulation::steps() const {
  return state_->steps;
}
std::uint64_t Simulation::agent_steps() const {
  return state_->agent_steps;
}
Counts Simulation::counts() const {
  return state_->counts;
}
bool Simulation::finished() const {
  const State& s = *state_;
  return s.counts.walking == 0 && s.counts.to_come == 0 &&
         (s.counts.standing == 0 || s.dues.empty());
}
const Columns& Simulation::walking() const {
  return state_->kernel->walking();
}
const Columns& Simulation::standing() const {
  return state_->kernel->standing();
}
std::span<const float> Simulation::left_s() const {
  return state_->left_s;
}
std::span<const Passage> Simulation::exits() const {
  return state_->exit_passages;
}
std::span<const Passage> Simulation::gates() const {
  return state_->gates.passages();
}
std::uint64_t Simulation::queue(std::size_t gate) const {
  return state_->gates.queue(gate);
}
const Ground& Simulation::ground() const {
  return state_->ground;
}
const FieldGrid& Simulation::grid() const {
  return state_->routes.grid();
}
const SimulationOptions& Simulation::options() const {
  return state_->options;
}

std::uint64_t Simulation::state_hash() const {
  std::uint64_t value = 1469598103934665603U;
  const auto add = [&](std::uint32_t bits) { value = (value ^ bits) * 1099511628211U; };
  for (const Columns* c : {&state_->kernel->walking(), &state_->kernel->standing()}) {
    for (std::size_t i = 0; i < c->size; ++i) {
      add(c->person[i]);
      add(static_cast<std::uint32_t>(c->x[i]));
      add(static_cast<std::uint32_t>(c->y[i]));
      add(std::bit_cast<std::uint32_t>(c->vx[i]));
      add(std::bit_cast<std::uint32_t>(c->vy[i]));
      add(state_->states[c->person[i]].stage);
    }
  }
  return value;
}

void Simulation::send(
    const std::function<std::optional<std::uint16_t>(std::uint32_t person)>& journey) {
  State& s = *state_;
  for (std::uint32_t person = 0; person < s.people.size(); ++person) {
    State::PersonState& p = s.states[person];
    if (p.where == Whereabouts::out) continue;
    const auto chosen = journey(person);
    if (!chosen) continue;
    DEFILADA_CHECK(*chosen < s.journeys.size());
    s.drop_spot(person);
    s.gates.leave(person);
    p.journey = *chosen;
    p.stage = 0;
    p.waits = false;
    if (p.where == Whereabouts::to_come) {
      p.where = Whereabouts::out;
      --s.counts.to_come;
      ++s.counts.out;
    } else if (p.where == Whereabouts::standing) {
      s.dues.push({s.time_s, person});
    }
  }
  Columns& c = s.kernel->walking();
  for (std::size_t i = 0; i < c.size; ++i) c.errand[i] = s.route_of(c.person[i]);
  s.wake();
  if (std::exchange(s.standing_changed, false)) s.kernel->sort_standing();
  s.kernel->sort_walking();
}

void Simulation::shut_exit(std::size_t exit, bool shut) {
  State& s = *state_;
  auto& periods = s.ground.exits[exit].shut;
  if (shut) {
    periods.push_back({s.time_s, std::numeric_limits<double>::infinity()});
  } else {
    std::erase_if(periods,
                  [&](const Period& p) { return p.from_s <= s.time_s && p.to_s > s.time_s; });
  }
  DEFILADA_CHECK(s.take_ground().has_value());
  s.set_walls();
}

void Simulation::observe(std::function<void(const Moved&)> observer) {
  state_->observers.push_back(std::move(observer));
}

}  // namespace defilada::crowd
