// SPDX-License-Identifier: MIT
#include "defilada/crowd/kernel.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <cmath>

#include "cells.hpp"
#include "defilada/core/check.hpp"

namespace defilada::crowd {
namespace {

constexpr std::uint32_t kGone = 0xFFFFFFFFU;
/// Walkers of a chunk: some tens of microseconds.
constexpr std::size_t kChunk = 1024;

Law law_of(const KernelOptions& options) {
  Law law;
  law.step = static_cast<float>(options.step_s);
  if (const auto* m = std::get_if<AnticipationVelocity>(&options.model)) {
    law.kind = Law::Kind::anticipation;
    law.strength = m->strength;
    law.range = m->range_m;
    law.time_gap = m->time_gap_s;
    law.anticipation = m->anticipation_s;
    law.follow = std::min(1.0F, law.step / m->reaction_s);
    law.band = m->band;
    law.keep_right = m->keep_right_m;
    law.space = m->space_m;
    law.give_way = m->give_way_m;
    law.step_aside = m->step_aside_m;
    law.side = m->side;
    law.patience = m->patience;
    law.contact = m->contact_m;
    law.reach = m->reach_m;
  } else if (const auto* c = std::get_if<CollisionFreeSpeed>(&options.model)) {
    law.kind = Law::Kind::collision_free;
    law.strength = c->strength;
    law.range = c->range_m;
    law.time_gap = c->time_gap_s;
    law.band = c->band;
    law.contact = c->contact_m;
    law.reach = c->reach_m;
  } else {
    const auto& r = std::get<ReciprocalAvoidance>(options.model);
    law.kind = Law::Kind::reciprocal;
    law.horizon = r.horizon_s;
    law.neighbours = static_cast<std::uint32_t>(r.most_neighbours);
    law.contact = r.contact_m;
    law.reach = r.reach_m;
  }
  return law;
}

/// Calls with each column.
template <class Visit>
void for_columns(Columns& c, const Visit& visit) {
  visit(c.x), visit(c.y), visit(c.ex), visit(c.ey), visit(c.vx), visit(c.vy),
      visit(c.free_speed_mps);
  visit(c.radius_m), visit(c.strain), visit(c.turn_rad), visit(c.person), visit(c.level),
      visit(c.errand);
}

}  // namespace

Fixed to_fixed(double metres) noexcept {
  return static_cast<Fixed>(std::lround(metres * kFixedPerMetre));
}

void Columns::reserve(std::size_t count) {
  for_columns(*this, [&](auto& column) { column.reserve(count + kRoom); });
}

void Columns::resize(std::size_t count) {
  size = count;
  for_columns(*this, [&](auto& column) { column.resize(count + kRoom); });
}

struct Kernel::State {
  KernelOptions options;
  Law law;
  Grid grid;
  WallTable walls;
  Columns walking, next, standing, spare;
  std::vector<std::uint32_t> cell;           ///< of each walker
  std::vector<std::uint32_t> key;            ///< the new cells while sorting
  std::vector<std::uint32_t> walking_begin;  ///< (cells + 1)
  std::vector<std::uint32_t> standing_begin;
  std::vector<std::uint32_t> at;
  std::vector<float> wish_x, wish_y, wish_speed;
  std::vector<float> chosen_x, chosen_y;  ///< of reciprocal avoidance only
  std::vector<std::uint8_t> gone_walking;
  std::vector<std::uint8_t> gone_standing;
  tbb::task_arena arena;
  std::vector<Scratch> scratch;

  State(std::span<const LevelBounds> levels, std::size_t most_people, const KernelOptions& o)
      : options(o),
        law(law_of(o)),
        grid(levels, law.reach, most_people),
        arena(o.threads > 0 ? o.threads : tbb::task_arena::automatic) {
    scratch.resize(static_cast<std::size_t>(arena.max_concurrency()));
    walking_begin.assign(grid.cells() + std::size_t{1}, 0);
    standing_begin = walking_begin;
    walls.build(grid, {}, law.reach);
  }

  void sort(Columns& people, std::vector<std::uint8_t>& gone, std::vector<std::uint32_t>& begin,
            std::vector<std::uint32_t>& cells);
  [[nodiscard]] StepView view();
};

void Kernel::State::sort(Columns& people, std::vector<std::uint8_t>& gone,
                         std::vector<std::uint32_t>& begin, std::vector<std::uint32_t>& cells) {
  const std::size_t count = people.size;
  key.resize(count + kRoom);
  begin.assign(grid.cells() + std::size_t{1}, 0);
  std::size_t left = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i < gone.size() && gone[i] != 0) {
      key[i] = kGone;
      continue;
    }
    key[i] = grid.cell(people.level[i], people.x[i], people.y[i]);
    ++begin[key[i] + 1];
    ++left;
  }
  for (std::uint32_t c = 0; c < grid.cells(); ++c) begin[c + 1] += begin[c];
  at.assign(begin.begin(), begin.end() - 1);
  spare.resize(left);
  cells.resize(left + kRoom);
  for (std::size_t i = 0; i < count; ++i) {
    if (key[i] == kGone) continue;
    const std::uint32_t to = at[key[i]]++;
    cells[to] = key[i];
    key[i] = to;
  }
  const auto move = [&](auto& from, auto& into) {
    for (std::size_t i = 0; i < count; ++i) {
      if (key[i] != kGone) into[key[i]] = from[i];
    }
  };
  move(people.x, spare.x), move(people.y, spare.y), move(people.ex, spare.ex);
  move(people.ey, spare.ey), move(people.vx, spare.vx), move(people.vy, spare.vy);
  move(people.free_speed_mps, spare.free_speed_mps), move(people.radius_m, spare.radius_m);
  move(people.strain, spare.strain), move(people.turn_rad, spare.turn_rad);
  move(people.person, spare.person), move(people.level, spare.level);
  move(people.errand, spare.errand);
  std::swap(people, spare);
  gone.clear();
}

StepView Kernel::State::view() {
  StepView v;
  v.grid = &grid;
  v.walls = &walls;
  v.walking = &walking;
  v.standing = &standing;
  v.walking_begin = walking_begin.data();
  v.standing_begin = standing_begin.data();
  v.cell = cell.data();
  v.wish_x = wish_x.data();
  v.wish_y = wish_y.data();
  v.wish_speed = wish_speed.data();
  v.chosen_x = chosen_x.data();
  v.chosen_y = chosen_y.data();
  v.next = &next;
  v.law = law;
  return v;
}

Kernel::Kernel(std::span<const LevelBounds> levels, std::size_t most_people,
               const KernelOptions& options)
    : state_(std::make_unique<State>(levels, most_people, options)) {}
Kernel::~Kernel() = default;
Kernel::Kernel(Kernel&&) noexcept = default;
Kernel& Kernel::operator=(Kernel&&) noexcept = default;

void Kernel::set_walls(std::span<const Wall> walls) {
  State& s = *state_;
  s.walls.build(s.grid, walls, s.law.reach);
  for (Scratch& scratch : s.scratch) {
    scratch.seen.assign(s.walls.pieces.size(), 0);
    scratch.group = 0;
  }
}

Columns& Kernel::walking() {
  return state_->walking;
}
const Columns& Kernel::walking() const {
  return state_->walking;
}
Columns& Kernel::standing() {
  return state_->standing;
}
const Columns& Kernel::standing() const {
  return state_->standing;
}
std::span<float> Kernel::wish_x() {
  return {state_->wish_x.data(), state_->walking.size};
}
std::span<float> Kernel::wish_y() {
  return {state_->wish_y.data(), state_->walking.size};
}
std::span<float> Kernel::wish_speed_mps() {
  return {state_->wish_speed.data(), state_->walking.size};
}

void Kernel::remove_walking(std::size_t index) {
  State& s = *state_;
  s.gone_walking.resize(s.walking.size);
  s.gone_walking[index] = 1;
}
void Kernel::remove_standing(std::size_t index) {
  State& s = *state_;
  s.gone_standing.resize(s.standing.size);
  s.gone_standing[index] = 1;
}

void Kernel::sort_walking() {
  State& s = *state_;
  s.sort(s.walking, s.gone_walking, s.walking_begin, s.cell);
  const std::size_t room = s.walking.size + kRoom;
  s.wish_x.resize(room);
  s.wish_y.resize(room);
  s.wish_speed.resize(room);
}
void Kernel::sort_standing() {
  State& s = *state_;
  std::vector<std::uint32_t> cells;
  s.sort(s.standing, s.gone_standing, s.standing_begin, cells);
}

void Kernel::advance() {
  State& s = *state_;
  s.next.resize(s.walking.size);
  const bool reciprocal = s.law.kind == Law::Kind::reciprocal;
  if (reciprocal) {
    s.chosen_x.resize(s.walking.size + kRoom);
    s.chosen_y.resize(s.walking.size + kRoom);
  }
  const StepView view = s.view();
  s.arena.execute([&] {
    if (reciprocal) {
      tbb::parallel_for(tbb::blocked_range<std::uint32_t>(1, s.grid.rows, 1),
                        [&](const tbb::blocked_range<std::uint32_t>& rows) {
                          choose_reciprocally(view, rows.begin(), rows.end());
                        });
    }
    tbb::parallel_for(
        tbb::blocked_range<std::uint32_t>(1, s.grid.rows, 1),
        [&](const tbb::blocked_range<std::uint32_t>& rows) {
          Scratch& scratch =
              s.scratch[static_cast<std::size_t>(tbb::this_task_arena::current_thread_index())];
          (s.options.scalar ? step_rows_scalar : step_rows)(view, rows.begin(), rows.end(),
                                                            scratch);
        });
  });
  std::swap(s.walking.x, s.next.x);
  std::swap(s.walking.y, s.next.y);
  std::swap(s.walking.ex, s.next.ex);
  std::swap(s.walking.ey, s.next.ey);
  std::swap(s.walking.vx, s.next.vx);
  std::swap(s.walking.vy, s.next.vy);
  std::swap(s.walking.strain, s.next.strain);
}
std::span<const Fixed> Kernel::was_x() const {
  return {state_->next.x.data(), state_->next.size};
}
std::span<const Fixed> Kernel::was_y() const {
  return {state_->next.y.data(), state_->next.size};
}

void Kernel::step() {
  advance();
  sort_walking();
}

bool Kernel::has_room(std::uint16_t level, Fixed x, Fixed y, float radius_m) const {
  const State& s = *state_;
  const Grid::Level& at = s.grid.levels[level];
  const std::uint32_t row = s.grid.row(at, y);
  const std::uint32_t column = s.grid.column(at, x);
  const std::uint32_t low = column - std::min(column, s.grid.reach_columns);
  const std::uint32_t high = std::min(column + s.grid.reach_columns, s.grid.columns - 1);
  const auto free_of = [&](const Columns& people, const std::vector<std::uint32_t>& begin) {
    for (std::uint32_t r = row - 1; r <= row + 1; ++r) {
      for (std::size_t i = begin[r * s.grid.columns + low];
           i < begin[r * s.grid.columns + high + 1]; ++i) {
        const double dx = to_metres(people.x[i] - x);
        const double dy = to_metres(people.y[i] - y);
        const double bodies = double{radius_m} + people.radius_m[i];
        if (dx * dx + dy * dy < bodies * bodies) return false;
      }
    }
    return true;
  };
  return free_of(s.walking, s.walking_begin) && free_of(s.standing, s.standing_begin);
}

std::size_t Kernel::chunks() const {
  return (state_->walking.size + kChunk - 1) / kChunk;
}
void Kernel::for_walkers(const std::function<void(std::size_t, std::size_t, std::size_t)>& work) {
  const std::size_t count = state_->walking.size;
  state_->arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, chunks(), [&](std::size_t chunk) {
      work(chunk * kChunk, std::min(count, (chunk + 1) * kChunk), chunk);
    });
  });
}

const KernelOptions& Kernel::options() const {
  return state_->options;
}

}  // namespace defilada::crowd
