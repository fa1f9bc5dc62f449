// SPDX-License-Identifier: MIT
#include "defilada/crowd/kernel.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <cmath>

#include "cells.hpp"
#include "defilada/core/check.hpp"
#include "defilada/core/fork.hpp"
#include "kernel_lanes.hpp"
#include "standing.hpp"

namespace defilada::crowd {
namespace {

/// Walkers of a chunk: some tens of microseconds.
constexpr std::size_t kChunk = 1024;
/// Fewer are done before another thread has woken up.
constexpr std::size_t kAlone = 2048;
/// Room for so many neighbours of a group from the start, as 6 people per m2 make: no thread grows
/// it when it meets its first crowd. For vectors of as many lanes.
constexpr std::size_t kCandidates = 1024;
constexpr std::size_t kWidest = 16;

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

/// Each entry becomes the sum of those up to it. Most cells are empty, whole runs of them: those
/// are looked at and filled by vectors, which needs loops of a known length.
void add_up(std::vector<std::uint32_t>& counts) {
  constexpr std::size_t kRun = 64;
  std::uint32_t* at = counts.data();
  std::uint32_t* const end = at + counts.size();
  std::uint32_t sum = 0;
  for (; end - at >= static_cast<std::ptrdiff_t>(kRun); at += kRun) {
    std::uint32_t any = 0;
    for (std::size_t k = 0; k < kRun; ++k) any |= at[k];
    if (any == 0) {
      for (std::size_t k = 0; k < kRun; ++k) at[k] = sum;
      continue;
    }
    for (std::size_t k = 0; k < kRun; ++k) at[k] = sum += at[k];
  }
  for (; at < end; ++at) *at = sum += *at;
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

void NextColumns::resize(std::size_t count) {
  size = count;
  x.resize(count + kRoom), y.resize(count + kRoom);
  for (auto* column : {&ex, &ey, &vx, &vy, &strain}) column->resize(count + kRoom);
}
void NextColumns::exchange(Columns& c) {
  std::swap(x, c.x), std::swap(y, c.y), std::swap(ex, c.ex), std::swap(ey, c.ey);
  std::swap(vx, c.vx), std::swap(vy, c.vy), std::swap(strain, c.strain);
}

struct Kernel::State {
  KernelOptions options;
  Law law;
  Grid grid;
  WallTable walls;
  Columns walking, standing, shadows;
  NextColumns next;
  std::vector<std::uint32_t> spare_person;  ///< free columns for the sort
  std::vector<std::uint16_t> spare_word;
  std::vector<std::uint32_t> cell;            ///< of each walker
  std::vector<std::uint32_t> walking_begin;   ///< (cells + 1)
  std::vector<std::uint32_t> standing_begin;  ///< empty until somebody stands
  std::vector<float> wish_x, wish_y, wish_speed;
  std::vector<float> chosen_x, chosen_y;  ///< of reciprocal avoidance only
  std::vector<std::uint8_t> gone_walking;
  StandingChanges standing_changes;
  std::vector<std::uint32_t> shadow_cells;
  std::vector<std::uint64_t> shadow_order;
  Columns spare_shadows;
  tbb::task_arena arena;
  std::vector<Scratch> scratch;

  State(std::span<const LevelBounds> levels, std::size_t most_people, const KernelOptions& o)
      : options(o),
        law(law_of(o)),
        grid(levels, law.reach, most_people),
        arena(o.threads > 0 ? o.threads : tbb::task_arena::automatic) {
    scratch.resize(static_cast<std::size_t>(arena.max_concurrency()));
    for (Scratch& each : scratch) {
      grow(each, kCandidates);
      each.distance.resize(kCandidates * kWidest);
    }
    walking_begin.assign(grid.cells() + std::size_t{1}, 0);
    walls.build(grid, {}, law.reach);
  }

  [[nodiscard]] bool alone(std::size_t count) const {
    return count < kAlone || arena.max_concurrency() == 1;
  }
  /// Calls work(begin, end) for parts of [0, count), on the threads where that pays.
  template <class Work>
  void share(std::size_t count, const Work& work) {
    if (alone(count)) {
      work(std::size_t{0}, count);
      return;
    }
    arena.execute([&] {
      using People = tbb::blocked_range<std::size_t>;
      const auto body = [&](const People& part) { work(part.begin(), part.end()); };
      const Fork fork(body);
      tbb::parallel_for(People(0, count, kChunk), fork.task());
    });
  }
  void find_places();
  void move_to_places();
  [[nodiscard]] StepView view();
};

/// A counting sort: fills cell with the new place of each walker, those who are gone last, and
/// walking_begin. What is not shared among threads costs 2 ns a walker.
void Kernel::State::find_places() {
  const std::size_t count = walking.size;
  const std::uint32_t cells = grid.cells();
  cell.resize(count + kRoom);
  gone_walking.resize(gone_walking.empty() ? 0 : count);
  share(count, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      cell[i] = grid.cell(walking.level[i], walking.x[i], walking.y[i]);
    }
    if (gone_walking.empty()) return;
    for (std::size_t i = first; i < last; ++i) {
      if (gone_walking[i] != 0) cell[i] = cells;
    }
  });
  // Counted two entries late, so that the entry between can run from a cell's begin to its end.
  std::vector<std::uint32_t>& begin = walking_begin;
  begin.assign(cells + std::size_t{3}, 0);
  for (std::size_t i = 0; i < count; ++i) ++begin[cell[i] + 2];
  add_up(begin);
  for (std::size_t i = 0; i < count; ++i) cell[i] = begin[cell[i] + 1]++;
}

/// Column by column, each into one that is free: `next` has seven.
void Kernel::State::move_to_places() {
  const std::size_t count = walking.size;
  next.resize(count);
  spare_person.resize(count + kRoom);
  spare_word.resize(count + kRoom);
  const auto move = [&](const auto& from, auto& into, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) into[cell[i]] = from[i];
  };
  share(count, [&](std::size_t first, std::size_t last) {
    move(walking.x, next.x, first, last), move(walking.y, next.y, first, last);
    move(walking.ex, next.ex, first, last), move(walking.ey, next.ey, first, last);
    move(walking.vx, next.vx, first, last), move(walking.vy, next.vy, first, last);
    move(walking.strain, next.strain, first, last);
    move(walking.person, spare_person, first, last), move(walking.level, spare_word, first, last);
  });
  next.exchange(walking);
  std::swap(walking.person, spare_person), std::swap(walking.level, spare_word);
  share(count, [&](std::size_t first, std::size_t last) {
    move(walking.free_speed_mps, next.ex, first, last),
        move(walking.radius_m, next.ey, first, last);
    move(walking.turn_rad, next.vx, first, last), move(walking.errand, spare_word, first, last);
  });
  std::swap(walking.free_speed_mps, next.ex), std::swap(walking.radius_m, next.ey);
  std::swap(walking.turn_rad, next.vx), std::swap(walking.errand, spare_word);
  walking.resize(walking_begin[grid.cells()]);
  share(walking.size, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      cell[i] = grid.cell(walking.level[i], walking.x[i], walking.y[i]);
    }
  });
}

StepView Kernel::State::view() {
  StepView v;
  v.grid = &grid;
  v.walls = &walls;
  v.walking = &walking;
  v.standing = &standing;
  v.shadows = &shadows;
  v.shadow_cells = shadow_cells.data();
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
Columns& Kernel::shadows() {
  return state_->shadows;
}
void Kernel::sort_shadows() {
  State& s = *state_;
  const std::size_t count = s.shadows.size;
  s.shadow_order.resize(count);
  s.shadow_cells.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t cell = s.grid.cell(s.shadows.level[i], s.shadows.x[i], s.shadows.y[i]);
    s.shadow_order[i] = (cell << 32U) | i;
  }
  std::sort(s.shadow_order.begin(), s.shadow_order.end());
  s.spare_shadows.resize(count);
  for (std::size_t k = 0; k < count; ++k) {
    const auto i = static_cast<std::uint32_t>(s.shadow_order[k]);
    s.shadow_cells[k] = static_cast<std::uint32_t>(s.shadow_order[k] >> 32U);
    const auto move = [&](const auto& from, auto& to) { to[k] = from[i]; };
    move(s.shadows.x, s.spare_shadows.x), move(s.shadows.y, s.spare_shadows.y);
    move(s.shadows.ex, s.spare_shadows.ex), move(s.shadows.ey, s.spare_shadows.ey);
    move(s.shadows.vx, s.spare_shadows.vx), move(s.shadows.vy, s.spare_shadows.vy);
    move(s.shadows.radius_m, s.spare_shadows.radius_m);
    move(s.shadows.level, s.spare_shadows.level);
  }
  std::swap(s.shadows, s.spare_shadows);
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
  state_->standing_changes.gone.push_back(static_cast<std::uint32_t>(index));
}

void Kernel::sort_walking() {
  State& s = *state_;
  s.find_places();
  s.move_to_places();
  s.gone_walking.clear();
  const std::size_t room = s.walking.size + kRoom;
  s.wish_x.resize(room);
  s.wish_y.resize(room);
  s.wish_speed.resize(room);
}
void Kernel::sort_standing() {
  State& s = *state_;
  std::fill(s.standing_begin.begin(), s.standing_begin.end(), 0U);
  s.standing_changes.sorted = 0;
  merge_standing();
}
void Kernel::merge_standing() {
  State& s = *state_;
  merge(s.grid, s.standing_changes, s.standing, s.standing_begin);
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
  const auto rows = [&](std::uint32_t first, std::uint32_t last, Scratch& scratch) {
    (s.options.scalar ? step_rows_scalar : step_rows)(view, first, last, scratch);
  };
  if (s.alone(s.walking.size)) {
    if (reciprocal) choose_reciprocally(view, 1, s.grid.rows);
    rows(1, s.grid.rows, s.scratch.front());
  } else {
    s.arena.execute([&] {
      using Rows = tbb::blocked_range<std::uint32_t>;
      const Rows all(1, s.grid.rows, 1);
      if (reciprocal) {
        const auto choose = [&](const Rows& part) {
          choose_reciprocally(view, part.begin(), part.end());
        };
        const Fork fork(choose);
        tbb::parallel_for(all, fork.task());
      }
      const auto move = [&](const Rows& part) {
        const int thread = tbb::this_task_arena::current_thread_index();
        rows(part.begin(), part.end(), s.scratch[static_cast<std::size_t>(thread)]);
      };
      const Fork fork(move);
      tbb::parallel_for(all, fork.task());
    });
  }
  s.next.exchange(s.walking);
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
  const auto [row, low, high] = s.grid.around(level, x, y);
  const auto free_of = [&](const Columns& people, const std::vector<std::uint32_t>& begin) {
    if (people.size == 0) return true;
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
  if (!free_of(s.walking, s.walking_begin) || !free_of(s.standing, s.standing_begin)) return false;
  constexpr double kStep_m = 0.15;
  for (std::size_t i = 0; i < s.shadows.size; ++i) {
    if (s.shadows.level[i] != level) continue;
    const double dx = to_metres(s.shadows.x[i] - x);
    const double dy = to_metres(s.shadows.y[i] - y);
    const double bodies = double{radius_m} + s.shadows.radius_m[i] + kStep_m;
    if (dx * dx + dy * dy < bodies * bodies) return false;
  }
  return true;
}

void Kernel::for_standing_near(std::uint16_t level, Fixed x, Fixed y,
                               const std::function<void(std::size_t)>& visit) const {
  const State& s = *state_;
  if (s.standing_begin.empty()) return;
  const auto [row, low, high] = s.grid.around(level, x, y);
  for (std::uint32_t r = row - 1; r <= row + 1; ++r) {
    const std::uint32_t begin = s.standing_begin[r * s.grid.columns + low];
    const std::uint32_t end = s.standing_begin[r * s.grid.columns + high + 1];
    for (std::uint32_t i = begin; i < end; ++i) visit(i);
  }
}

std::size_t Kernel::chunks() const {
  return (state_->walking.size + kChunk - 1) / kChunk;
}
void Kernel::for_walkers(const std::function<void(std::size_t, std::size_t, std::size_t)>& work) {
  const std::size_t count = state_->walking.size;
  const auto chunk_of = [&](std::size_t chunk) {
    work(chunk * kChunk, std::min(count, (chunk + 1) * kChunk), chunk);
  };
  if (state_->alone(count)) {
    for (std::size_t chunk = 0; chunk < chunks(); ++chunk) chunk_of(chunk);
    return;
  }
  state_->arena.execute([&] {
    const Fork fork(chunk_of);
    tbb::parallel_for(std::size_t{0}, chunks(), fork.task());
  });
}

const KernelOptions& Kernel::options() const {
  return state_->options;
}

}  // namespace defilada::crowd
