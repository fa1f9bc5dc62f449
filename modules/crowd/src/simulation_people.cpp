// SPDX-License-Identifier: MIT
// Who comes, stands and walks on; where to.
#include <algorithm>
#include <cmath>

#include "defilada/core/random.hpp"
#include "simulation_state.hpp"

namespace defilada::crowd {

namespace {

/// A row more in `to`: who is at `index` of `from`, at rest. Returns the row.
std::size_t add_at_rest(const Columns& from, std::size_t index, Columns& to) {
  const std::size_t k = to.size;
  to.resize(k + 1);
  to.x[k] = from.x[index];
  to.y[k] = from.y[index];
  to.ex[k] = from.ex[index];
  to.ey[k] = from.ey[index];
  to.vx[k] = to.vy[k] = 0;
  to.free_speed_mps[k] = from.free_speed_mps[index];
  to.radius_m[k] = from.radius_m[index];
  to.strain[k] = to.turn_rad[k] = 0;
  to.person[k] = from.person[index];
  to.level[k] = from.level[index];
  to.errand[k] = from.errand[index];
  return k;
}

}  // namespace

/// Walks from where `from` has him; taken up by the next sort.
void Simulation::State::walk(std::uint32_t person, const Columns& from, std::size_t index) {
  Columns& c = kernel->walking();
  const std::size_t k = add_at_rest(from, index, c);
  c.person[k] = person;
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
  Columns& one = newcomer;
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
  const std::size_t before = next_comer;
  while (next_comer < comers.size() && people[comers[next_comer]].from_s <= time_s + 1e-9) {
    const std::uint32_t person = comers[next_comer++];
    if (states[person].where == Whereabouts::to_come) delayed.push_back(person);
  }
  // Many at once: the columns take what they need and no more.
  constexpr std::size_t kMany = 4096;
  if (next_comer - before > kMany) {
    kernel->walking().reserve(kernel->walking().size + delayed.size());
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
  if (kept == 0 && next_comer == comers.size() && next_comer > 0) {
    // Who they are is in the columns now.
    std::vector<Person>().swap(people);
    std::vector<std::uint32_t>().swap(comers);
    std::vector<std::uint32_t>().swap(delayed);
    next_comer = 0;
  }
}

/// From the walkers to those who stand, until then.
void Simulation::State::stand(std::size_t i, double until_s) {
  const std::uint32_t person = kernel->walking().person[i];
  add_at_rest(kernel->walking(), i, kernel->standing());
  kernel->remove_walking(i);
  states[person].where = Whereabouts::standing;
  --counts.walking;
  ++counts.standing;
  // Who moves up a place keeps the time that he had.
  if (std::isfinite(until_s) && !states[person].due) {
    dues.push({until_s, person});
    states[person].due = true;
  }
  standing_changed = true;
}

std::optional<std::size_t> Simulation::waits_at(std::uint32_t person) const {
  return state_->gates.waits_at(person);
}
const Field* Simulation::way(std::size_t row) const {
  return state_->routes.field(state_->kernel->walking().errand[row]);
}
bool Simulation::leaves(std::size_t row) const {
  return state_->stage_of(state_->kernel->walking().person[row]).kind == Stage::Kind::leave;
}

}  // namespace defilada::crowd
