// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "defilada/crowd/measure.hpp"

namespace defilada::crowd {

Monitor::Monitor(const Simulation& simulation, const MonitorOptions& options) : options_(options) {
  const FieldGrid& grid = simulation.grid();
  Map map;
  map.origin = grid.origin();
  map.cell_m = options.cell_m;
  const auto cells = [&](std::uint32_t count) {
    return static_cast<std::uint32_t>(std::ceil(count * grid.cell_m() / options.cell_m));
  };
  map.columns = cells(grid.columns());
  map.rows = cells(grid.rows());
  map.values.assign(std::size_t{map.columns} * map.rows * grid.levels(), 0);
  most_density_ = most_pressure_ = time_packed_ = map;
  sum_density_ = looks_ = ground_m2_ = map.values;
  dense_.resize(map.values.size());
  pressed_.resize(map.values.size());
  queued_.resize(simulation.ground().gates.size());
  const auto node_m2 = static_cast<float>(grid.cell_m() * grid.cell_m());
  for (FieldGrid::Node node = 0; node < grid.size(); ++node) {
    if (!grid.is_ground(node)) continue;
    const Vec2 at = grid.centre(node) - map.origin;
    const auto column = static_cast<std::size_t>(at.x / options.cell_m);
    const auto row = static_cast<std::size_t>(at.y / options.cell_m);
    ground_m2_[(grid.level(node) * std::size_t{map.rows} + row) * map.columns + column] += node_m2;
  }
}

Vec2 Monitor::centre(std::size_t cell) const {
  const Map& map = most_density_;
  const double column = static_cast<double>(cell % map.columns) + 0.5;
  const double row = static_cast<double>(cell / map.columns % map.rows) + 0.5;
  return map.origin + map.cell_m * Vec2{column, row};
}

void Monitor::finish(const Running& running, Alarm alarm, double to_s,
                     std::vector<Alarm>& into) const {
  if (running.from_s < 0 || to_s - running.from_s < options_.lasts_s) return;
  alarm.from_s = running.from_s;
  alarm.to_s = to_s;
  alarm.worst = running.worst;
  into.push_back(alarm);
}

void Monitor::watch(std::vector<Running>& running, std::size_t cell, double value, Alarm::Kind kind,
                    double limit, double time_s) {
  Running& r = running[cell];
  if (value > limit) {
    if (r.from_s < 0) r = {time_s, 0};
    r.worst = std::max(r.worst, value);
    return;
  }
  if (r.from_s < 0) return;
  Alarm alarm;
  alarm.kind = kind;
  alarm.limit = limit;
  if (kind == Alarm::Kind::density || kind == Alarm::Kind::pressure) {
    alarm.level = static_cast<LevelId>(cell / most_density_.columns / most_density_.rows);
    alarm.place = centre(cell);
  } else {
    alarm.gate = static_cast<std::uint32_t>(cell);
  }
  finish(r, alarm, time_s, alarms_);
  r = {};
}

void Monitor::see(const Simulation& simulation) {
  if (simulation.time_s() + 1e-9 < next_s_) return;
  next_s_ = simulation.time_s() + options_.every_s;
  const double time_s = last_s_ = simulation.time_s();
  const Map& map = most_density_;
  struct Sums {
    double count = 0, vx = 0, vy = 0, square = 0;
  };
  std::vector<Sums> sums(map.values.size());
  for (const Columns* c : {&simulation.walking(), &simulation.standing()}) {
    for (std::size_t i = 0; i < c->size; ++i) {
      const Vec2 at = Vec2{to_metres(c->x[i]), to_metres(c->y[i])} - map.origin;
      const double column = at.x / map.cell_m;
      const double row = at.y / map.cell_m;
      if (!(column >= 0 && row >= 0 && column < map.columns && row < map.rows)) continue;
      Sums& s =
          sums[(c->level[i] * std::size_t{map.rows} + static_cast<std::size_t>(row)) * map.columns +
               static_cast<std::size_t>(column)];
      const double vx = double{c->vx[i]};
      const double vy = double{c->vy[i]};
      s.count += 1;
      s.vx += vx;
      s.vy += vy;
      s.square += vx * vx + vy * vy;
    }
  }
  double worst = 0;
  // Of slivers of ground no density is told.
  const auto least_m2 = static_cast<float>(0.25 * map.cell_m * map.cell_m);
  for (std::size_t k = 0; k < sums.size(); ++k) {
    const Sums& s = sums[k];
    const bool somebody = s.count > 0 && ground_m2_[k] >= least_m2;
    const double density = somebody ? s.count / double{ground_m2_[k]} : 0;
    double pressure = 0;
    if (s.count > 1) {
      const double variance =
          s.square / s.count - (s.vx * s.vx + s.vy * s.vy) / (s.count * s.count);
      pressure = density * std::max(variance, 0.0);
    }
    if (somebody) {
      sum_density_[k] += static_cast<float>(density);
      looks_[k] += 1;
      most_density_.values[k] = std::max(most_density_.values[k], static_cast<float>(density));
      most_pressure_.values[k] = std::max(most_pressure_.values[k], static_cast<float>(pressure));
      if (density > options_.density_per_m2) {
        time_packed_.values[k] += static_cast<float>(options_.every_s);
      }
      worst = std::max(worst, density);
    }
    watch(dense_, k, density, Alarm::Kind::density, options_.density_per_m2, time_s);
    watch(pressed_, k, pressure, Alarm::Kind::pressure, options_.pressure_per_s2, time_s);
  }
  Sample sample{time_s, simulation.counts(), worst, {}};
  for (std::size_t gate = 0; gate < queued_.size(); ++gate) {
    sample.queues.push_back(simulation.queue(gate));
    watch(queued_, gate, static_cast<double>(sample.queues.back()), Alarm::Kind::queue,
          options_.queue_persons, time_s);
  }
  samples_.push_back(std::move(sample));
}

std::vector<Alarm> Monitor::alarms() const {
  std::vector<Alarm> all = alarms_;
  Alarm alarm;
  for (std::size_t k = 0; k < dense_.size(); ++k) {
    alarm.level = static_cast<LevelId>(k / most_density_.columns / most_density_.rows);
    alarm.place = centre(k);
    alarm.kind = Alarm::Kind::density;
    alarm.limit = options_.density_per_m2;
    finish(dense_[k], alarm, last_s_, all);
    alarm.kind = Alarm::Kind::pressure;
    alarm.limit = options_.pressure_per_s2;
    finish(pressed_[k], alarm, last_s_, all);
  }
  alarm = {};
  for (std::size_t gate = 0; gate < queued_.size(); ++gate) {
    alarm.kind = Alarm::Kind::queue;
    alarm.gate = static_cast<std::uint32_t>(gate);
    alarm.limit = options_.queue_persons;
    finish(queued_[gate], alarm, last_s_, all);
  }
  std::stable_sort(all.begin(), all.end(), [](const Alarm& a, const Alarm& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.worst > b.worst;
  });
  // The worst of a place and time speaks for those about it.
  std::vector<Alarm> told;
  for (const Alarm& a : all) {
    const auto beside = [&](const Alarm& b) {
      return b.kind == a.kind && b.level == a.level && b.gate == a.gate &&
             geo::length(b.place - a.place) < 5 * most_density_.cell_m && b.from_s <= a.to_s &&
             a.from_s <= b.to_s;
    };
    const auto found = std::find_if(told.begin(), told.end(), beside);
    if (found == told.end()) {
      told.push_back(a);
      continue;
    }
    found->from_s = std::min(found->from_s, a.from_s);
    found->to_s = std::max(found->to_s, a.to_s);
  }
  return told;
}

Monitor::Map Monitor::mean_density() const {
  Map map = most_density_;
  for (std::size_t k = 0; k < map.values.size(); ++k) {
    map.values[k] = looks_[k] > 0 ? sum_density_[k] / looks_[k] : 0;
  }
  return map;
}

double Monitor::worst_density_per_m2() const {
  return most_density_.values.empty()
             ? 0
             : double{*std::max_element(most_density_.values.begin(), most_density_.values.end())};
}

}  // namespace defilada::crowd
