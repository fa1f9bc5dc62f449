// SPDX-License-Identifier: MIT
#include "defilada/crowd/simulation.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "defilada/core/check.hpp"
#include "defilada/core/hash.hpp"
#include "defilada/core/random.hpp"
#include "simulation_state.hpp"

namespace defilada::crowd {
namespace {

constexpr double kAtSpot_m = 0.2;
/// Who cannot get nearer to his spot than this stands where he is.
constexpr double kNearSpot_m = 1;
constexpr float kStuck = 0.5F;
/// Who has left is seen by the others for so long: the way behind a door is not free at once.
constexpr double kSeenAfter_s = 1;

/// Whether he has just gone through the doorway: right behind it and no further than a step.
bool beyond(const Segment& doorway, Vec2 outward, Vec2 at) {
  const Vec2 along = doorway.to - doorway.from;
  const double t = dot(at - doorway.from, along) / dot(along, along);
  const double past = dot(at - doorway.from, outward);
  return past > 0 && past < kTargetReach_m && t >= 0 && t <= 1;
}

}  // namespace

std::uint16_t Simulation::State::route_of(std::uint32_t person) const {
  const PersonState& s = states[person];
  const auto& options_of = stage_routes[s.journey][s.stage];
  if (options_of.size() == 1) return options_of.front();
  const Stage& stage = journeys[s.journey].stages[s.stage];
  double sum = 0;
  for (const Option& option : stage.options) sum += option.share;
  double at = Random(options.seed, groups.head(person), kShares + s.stage).uniform() * sum;
  for (std::size_t k = 0; k + 1 < options_of.size(); ++k) {
    at -= stage.options[k].share;
    if (at < 0) return options_of[k];
  }
  return options_of.back();
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
    s.due = false;
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

/// Of those who are not due any more.
void Simulation::State::forget_dues() {
  std::vector<Due> kept;
  for (; !dues.empty(); dues.pop()) {
    if (states[dues.top().person].due) kept.push_back(dues.top());
  }
  dues = decltype(dues)(std::greater<>(), std::move(kept));
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
  for (const std::uint32_t index : route.exits) {
    const Exit& exit = ground.exits[index];
    if (exit.level != level || !reached(exit.shape, was, now, at_target_m())) continue;
    if (holds(exit.shut, time_s)) continue;
    if (exit.persons_per_second) {
      if (exit_free_s[index] > time_s) continue;
      exit_free_s[index] = std::max(exit_free_s[index], time_s - options.step_s) +
                           1 / std::max(*exit.persons_per_second, 1e-9);
    }
    take_out(i, index);
    return true;
  }
  return false;
}

/// Who is pressed or turned through an open exit that is not his is out too: no field leads back.
/// At one that lets out so many a second and is his he waits, as others do.
bool Simulation::State::slip_out(std::size_t i, Vec2 now) {
  const Columns& c = kernel->walking();
  for (const Doorway& door : doorways) {
    const Exit& exit = ground.exits[door.exit];
    if (exit.level != c.level[i] || !beyond(door.line, door.outward, now)) continue;
    if (holds(exit.shut, time_s)) continue;
    const auto& his = routes.route(c.errand[i]).exits;
    if (exit.persons_per_second && std::count(his.begin(), his.end(), door.exit) > 0) continue;
    take_out(i, door.exit);
    return true;
  }
  return false;
}

void Simulation::State::take_out(std::size_t i, std::uint32_t exit) {
  const Columns& c = kernel->walking();
  const std::uint32_t person = c.person[i];
  Passage& passage = exit_passages[exit];
  const double at_s = static_cast<double>(steps + 1) * options.step_s;
  if (passage.persons++ == 0) passage.first_s = at_s;
  passage.last_s = at_s;
  left_s[person] = static_cast<float>(at_s);
  drop_spot(person);
  states[person].where = Whereabouts::out;
  --counts.walking;
  ++counts.out;
  gates.leave(person);
  Vec2 way = {double{wishes.x[i]}, double{wishes.y[i]}};
  if (way.x == 0 && way.y == 0) way = {double{c.ex[i]}, double{c.ey[i]}};
  leavers.push_back({place(c, i), way, std::hypot(c.vx[i], c.vy[i]), c.free_speed_mps[i],
                     c.radius_m[i], c.level[i], at_s + kSeenAfter_s});
  kernel->remove_walking(i);
}

/// The best spot that is free and to which he can go straight.
std::uint32_t Simulation::State::take_spot(std::size_t i, Vec2 now) {
  const Columns& c = kernel->walking();
  return spots[c.errand[i]].take(
      [&](Vec2 spot) { return !routes.grid().meets_wall(c.level[i], now, spot); });
}

/// Whoever stands in his way to his spot, nearer to it than he, goes there in his place and leaves
/// him his own: so a free spot amid a crowd comes to its edge, one place at a time. Whether
/// somebody does.
bool Simulation::State::let_move_up(std::size_t i, Vec2 now) {
  constexpr double kArm_m = 1;
  constexpr double kNearer_m = 0.2;
  const Columns& c = kernel->walking();
  const Columns& standing = kernel->standing();
  PersonState& his = states[c.person[i]];
  const Vec2 goal = spots[c.errand[i]].place(his.spot);
  const double to_go = geo::length(goal - now);
  std::size_t who = standing.size;
  double least = kArm_m;
  kernel->for_standing_near(c.level[i], c.x[i], c.y[i], [&](std::size_t k) {
    const PersonState& other = states[standing.person[k]];
    const Vec2 at = place(standing, k);
    const double away = geo::length(at - now);
    if (away >= least || standing.level[k] != c.level[i] || standing.errand[k] != c.errand[i] ||
        other.where != Whereabouts::standing || !other.waits || other.spot == Spots::kNone ||
        geo::length(goal - at) > to_go - kNearer_m) {
      return;
    }
    who = k;
    least = away;
  });
  if (who == standing.size) return false;
  const std::uint32_t other = standing.person[who];
  std::swap(his.spot, states[other].spot);
  states[other].waits = false;
  --counts.standing;
  walk(other, standing, who);
  kernel->remove_standing(who);
  standing_changed = true;
  return true;
}

/// Whether he stands on his spot, or as near as he gets. Who is kept from it for some seconds asks
/// who is in his way; in the end he takes what he has, or another spot.
bool Simulation::State::settle(std::size_t i, Vec2 now) {
  constexpr double kAsksAfter_s = 5;
  constexpr double kGivesUpAfter_s = 60;
  const Columns& c = kernel->walking();
  const std::uint32_t person = c.person[i];
  PersonState& s = states[person];
  const std::uint16_t route = c.errand[i];
  const auto within = [&] {
    const auto& targets = routes.route(route).targets;
    return std::any_of(targets.begin(), targets.end(), [&](const Destination::Target& target) {
      return target.level == c.level[i] && reached(target.shape, now, now, at_target_m());
    });
  };
  if (s.spot == Spots::kNone) {
    if (!within()) return false;
    s.spot = take_spot(i, now);
  }
  if (s.spot != Spots::kNone) {
    const Vec2 to_spot = spots[route].place(s.spot) - now;
    const double square = dot(to_spot, to_spot);
    // Spots are clear of walls by the body of a walker: a wheelchair comes no nearer.
    const double at_spot = kAtSpot_m + std::max(0.0, double{c.radius_m[i]} - Spots::kBody_m);
    if (square >= at_spot * at_spot) {
      const bool near = square < kNearSpot_m * kNearSpot_m;
      if (c.strain[i] <= (near ? kStuck : kKept)) return false;
      if (!near) {
        const double chance = Random(options.seed, person, kGivingUp + steps).uniform();
        if (chance >= options.step_s / kAsksAfter_s || let_move_up(i, now)) return false;
        if (chance >= options.step_s / kGivesUpAfter_s) return false;
      }
      if (!within()) {
        drop_spot(person);
        return false;
      }
    }
  }
  const Stage& stage = stage_of(person);
  double until = std::max(stage.until_s, time_s + stage.for_s);
  if (stage.spread_s > 0) {
    until +=
        stage.spread_s * Random(options.seed, groups.head(person), kSpreads + s.stage).uniform();
  }
  s.waits = true;
  stand(i, until);
  return true;
}

void Simulation::State::arrived(std::size_t i, std::uint8_t mark) {
  Columns& c = kernel->walking();
  const Vec2 was = {to_metres(kernel->was_x()[i]), to_metres(kernel->was_y()[i])};
  const Vec2 now = place(c, i);
  const std::uint32_t person = c.person[i];
  if ((mark & kNearLanding) != 0) change_level(i, was, now);
  if ((mark & kNearGate) != 0) {
    gates.moved(person, c.level[i], was, now, time_s + options.step_s);
  }
  const Route& route = routes.route(c.errand[i]);
  const Stage& stage = stage_of(person);
  const bool leaves = stage.kind == Stage::Kind::leave;
  if (leaves && (mark & kNearTarget) != 0 && leave(i, route, was, now)) return;
  if ((mark & kNearExit) != 0 && slip_out(i, now)) return;
  if (leaves || (mark & kNearTarget) == 0) return;
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
    for (const Chunk::Near& near : chunk.near) arrived(near.walker, near.marks);
  }
}

/// How fast people get on along their way where they are, as a share of what they wish; mixed half
/// and half with the last time's, lest all turn round at once.
void Simulation::State::look_for_quicker() {
  constexpr float kLeast = 0.03F;
  const FieldGrid& grid = routes.detours()->grid();
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
    // Not way_by_node: it is of the last step, and the ground may have changed since.
    const Field* field = routes.field(c.errand[i]);
    const FieldGrid::Node fine = routes.grid().node(c.level[i], at.x, at.y);
    if (field == nullptr || fine == FieldGrid::kNone) continue;
    const Direction way =
        routes.turned(c.errand[i], c.level[i], at, field->directions()[fine].unpacked());
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
  routes.detours()->solve(speed_scale);
}

/// After people came, went or changed: everybody in the order of cells.
void Simulation::State::settle_order() {
  if (std::exchange(standing_changed, false)) {
    kernel->merge_standing();
    standing_at_landings_stale = true;
  }
  kernel->sort_walking();
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
  s.cast_shadows();
  s.kernel->advance();
  s.agent_steps += s.kernel->walking().size;
  for (const State::Chunk& chunk : s.chunks) s.agent_steps -= chunk.resting;
  const double end_s = static_cast<double>(s.steps + 1) * s.options.step_s;
  for (const auto& observer : s.observers) {
    observer({s.kernel->walking(), s.kernel->was_x(), s.kernel->was_y(), end_s});
  }
  s.arrivals();
  ++s.steps;
  s.time_s = end_s;
  s.wake();
  s.come();
  s.settle_order();
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
  std::uint64_t value = kHashBegin;
  const auto add = [&](std::uint32_t bits) { value = hash_word(value, bits); };
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
  std::vector<std::uint32_t> wake_now;
  bool any_due = false;
  for (std::uint32_t person = 0; person < s.states.size(); ++person) {
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
    any_due = any_due || p.due;
    p.due = false;
    if (p.where == Whereabouts::to_come) {
      p.where = Whereabouts::out;
      --s.counts.to_come;
      ++s.counts.out;
    } else if (p.where == Whereabouts::standing) {
      wake_now.push_back(person);
    }
  }
  // The time of the stage that they leave would wake them in another.
  if (any_due) s.forget_dues();
  for (const std::uint32_t person : wake_now) {
    s.dues.push({s.time_s, person});
    s.states[person].due = true;
  }
  Columns& c = s.kernel->walking();
  for (std::size_t i = 0; i < c.size; ++i) c.errand[i] = s.route_of(c.person[i]);
  s.wake();
  s.settle_order();
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
