// SPDX-License-Identifier: MIT
// The state of a run as bytes, to go on from: all that the next step reads and that cannot be made
// anew from the ground, the people, the journeys and the options.
//
//     saved = format, what it is made of, members (State::keep), checksum
//
// Made anew: fields and walls of the time at which they were made last, the cells of the kernel
// (people are saved in their order, and the sort is stable), which spots are taken, shadows.
#include <algorithm>
#include <cmath>
#include <limits>

#include "cells.hpp"
#include "defilada/core/hash.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/state_bytes.hpp"
#include "simulation_state.hpp"

namespace defilada::crowd {
namespace {

constexpr std::uint32_t kFormat = 2;
constexpr double kFar = 1e9;  // m, m/s and so on that cannot be
constexpr std::uint64_t kMostSteps = 1ULL << 48U;

template <class Bytes>
inline constexpr bool kReads = std::is_same_v<Bytes, StateReader>;

/// Columns have room behind the last entry, which is not kept.
template <class Bytes>
void keep_columns(Bytes& bytes, Columns& c) {
  auto people = c.person;
  if constexpr (!kReads<Bytes>) people.resize(c.size);
  bytes(people);
  if constexpr (kReads<Bytes>) c.resize(people.size());
  for_columns(c, [&](auto& column) {
    auto part = column;
    part.resize(c.size);
    bytes(part);
    if constexpr (kReads<Bytes>) {
      part.resize(c.size);  // whatever its length said
      std::copy(part.begin(), part.end(), column.begin());
    }
  });
}

template <class Number>
bool within(Number value, double least, double most) {
  return value >= least && value <= most;  // false of what is no number
}

}  // namespace

template <class Bytes>
void keep(Bytes& bytes, Period& period) {
  bytes(period.from_s, period.to_s);
}

template <class Bytes>
void Simulation::State::PersonState::keep(Bytes& bytes) {
  auto is = static_cast<std::uint8_t>(where);
  bool stands = waits;
  bool is_due = due;
  bytes(spot, journey, stage, is, stands, is_due);
  if constexpr (kReads<Bytes>) {
    where = static_cast<Whereabouts>(is & 3U);
    waits = stands;
    due = is_due;
  }
}

template <class Bytes>
void Simulation::State::keep(Bytes& bytes) {
  for (Exit& exit : ground.exits) bytes(exit.shut);  // shut_exit() changes them
  bool all_have_come = people.empty();
  bytes(ground_s, steps, agent_steps, all_have_come, states, left_s, next_comer, delayed);
  if constexpr (kReads<Bytes>) {
    if (all_have_come) {
      std::vector<Person>().swap(people);
      std::vector<std::uint32_t>().swap(comers);
    }
  }
  std::vector<Due> due;
  for (auto left = dues; !left.empty(); left.pop()) due.push_back(left.top());
  bytes(due);
  if constexpr (kReads<Bytes>) dues = decltype(dues)(std::greater<>(), std::move(due));
  bytes(next_change, next_quickest_s, speed_scale, exit_passages, exit_free_s, leavers);
  bytes(counts.to_come, counts.walking, counts.standing, counts.out);
  groups.keep(bytes);
  gates.keep(bytes);
  keep_columns(bytes, kernel->walking());
  keep_columns(bytes, kernel->standing());
}

/// Whether what was read fits the ground and the people: so that whatever it is, no step reads or
/// writes where it may not.
bool Simulation::State::sound() {
  const std::size_t count = states.size();
  const auto is_level = [&](LevelId level) { return level < ground.levels.size(); };
  const auto is_person = [&](std::uint32_t person) { return person < count; };
  Counts found;
  for (std::uint32_t person = 0; person < count; ++person) {
    const PersonState& s = states[person];
    if (s.journey >= journeys.size() || s.stage >= journeys[s.journey].stages.size()) return false;
    if (s.waits && stage_of(person).kind != Stage::Kind::wait) return false;
    if (s.spot != Spots::kNone && s.spot >= spots[route_of(person)].size()) return false;
    switch (s.where) {
      case Whereabouts::to_come: ++found.to_come; break;
      case Whereabouts::walking: ++found.walking; break;
      case Whereabouts::standing: ++found.standing; break;
      case Whereabouts::out: ++found.out; break;
    }
  }
  if (!(found == counts) || (people.empty() ? found.to_come > 0 : people.size() != count)) {
    return false;
  }
  std::vector<bool> seen(count, false);
  const auto are_sound = [&](const Columns& c, Whereabouts where) {
    constexpr Fixed kMost = 1 << 30;
    for (std::size_t i = 0; i < c.size; ++i) {
      const std::uint32_t person = c.person[i];
      if (!is_person(person) || seen[person] || states[person].where != where) return false;
      seen[person] = true;
      const bool on_way = where == Whereabouts::walking || states[person].waits;
      if (!is_level(c.level[i]) || c.errand[i] >= routes.size() ||
          (on_way && c.errand[i] != route_of(person)) || !within(c.x[i], 1 - kMost, kMost - 1) ||
          !within(c.y[i], 1 - kMost, kMost - 1) || !within(c.ex[i], -1.01, 1.01) ||
          !within(c.ey[i], -1.01, 1.01) || !within(c.vx[i], -100, 100) ||
          !within(c.vy[i], -100, 100) || !within(c.free_speed_mps[i], 0, 100) ||
          !within(c.radius_m[i], 0, 2) || !within(c.strain[i], 0, 2) ||
          !within(c.turn_rad[i], -100, 100)) {
        return false;
      }
    }
    return true;
  };
  const Columns& walking = kernel->walking();
  const Columns& standing = kernel->standing();
  if (walking.size != counts.walking || standing.size != counts.standing ||
      !are_sound(walking, Whereabouts::walking) || !are_sound(standing, Whereabouts::standing)) {
    return false;
  }
  const auto leaver_is_sound = [&](const Leaver& each) {
    return is_level(each.level) && within(each.at.x, -kFar, kFar) &&
           within(each.at.y, -kFar, kFar) && within(each.way.x, -1.01, 1.01) &&
           within(each.way.y, -1.01, 1.01) && within(each.speed_mps, 0, 100) &&
           within(each.free_speed_mps, 0, 100) && within(each.radius_m, 0, 2);
  };
  const std::size_t detour_nodes = routes.any_quickest() ? routes.detours()->grid().size() : 0;
  auto due = dues;
  for (; !due.empty(); due.pop()) {
    if (!is_person(due.top().person)) return false;
  }
  return left_s.size() == count && next_comer <= comers.size() &&
         std::all_of(delayed.begin(), delayed.end(), is_person) &&
         (delayed.empty() || !people.empty()) && next_change <= changes.size() &&
         (speed_scale.empty() || (routes.any_quickest() && speed_scale.size() == detour_nodes)) &&
         std::all_of(speed_scale.begin(), speed_scale.end(),
                     [](float each) { return within(each, 1e-3, 1); }) &&
         exit_passages.size() == ground.exits.size() && exit_free_s.size() == ground.exits.size() &&
         std::all_of(leavers.begin(), leavers.end(), leaver_is_sound) && steps < kMostSteps &&
         !std::isnan(next_quickest_s);
}

/// Makes anew what is not kept.
void Simulation::State::take_up() {
  for (std::uint32_t person = 0; person < states.size(); ++person) {
    if (states[person].spot != Spots::kNone) spots[route_of(person)].occupy(states[person].spot);
  }
  kernel->sort_standing();
  kernel->sort_walking();
  standing_at_landings_stale = true;
}

std::string Simulation::save() const {
  StateWriter writer;
  State& s = *state_;
  writer(kFormat, s.made_of);
  s.keep(writer);
  std::string bytes = std::move(writer).take();
  StateWriter sum;
  sum(fnv_1a(bytes));
  return bytes + std::move(sum).take();
}

Status Simulation::load(std::string_view saved) {
  const auto damaged = [] { return fail(Errc::bad_input, phrase("this saved run is damaged")); };
  State& s = *state_;
  std::uint64_t sum = 0;
  if (saved.size() < sizeof(sum)) return damaged();
  StateReader end(saved.substr(saved.size() - sizeof(sum)));
  end(sum);
  saved.remove_suffix(sizeof(sum));
  if (fnv_1a(saved) != sum) return damaged();
  StateReader reader(saved);
  std::uint32_t format = 0;
  std::uint64_t made_of = 0;
  reader(format, made_of);
  if (format != kFormat || made_of != s.made_of) {
    return fail(Errc::bad_input, phrase("this saved run is of other people, or of another ground"));
  }
  const std::size_t count = s.states.size();
  s.keep(reader);
  if (!reader.whole() || s.states.size() != count || !std::isfinite(s.ground_s) ||
      !s.gates.sound(count)) {
    return damaged();
  }
  // Fields and walls of the time of which they were; then what was found out on them since.
  std::vector<float> speed_scale = std::move(s.speed_scale);
  s.time_s = s.ground_s;
  if (!s.take_ground()) return damaged();
  s.set_walls();
  s.speed_scale = std::move(speed_scale);
  if (!s.sound()) return damaged();
  if (!s.speed_scale.empty()) s.routes.detours()->solve(s.speed_scale);
  s.time_s = static_cast<double>(s.steps) * s.options.step_s;
  s.take_up();
  return {};
}

}  // namespace defilada::crowd
