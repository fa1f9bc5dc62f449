// SPDX-License-Identifier: MIT
#include "watch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/geo/polygon.hpp"

namespace defilada::spectators {
namespace {

constexpr crowd::Fixed kUnseen = std::numeric_limits<crowd::Fixed>::min();
/// Who is slower hardly moves.
constexpr float kHardly_mps = 0.3F;
/// 9 m2: near to the 10 m2 for which the Green Guide counts people.
constexpr double kCell_m = 3;
/// A cell with less ground tells nothing of density.
constexpr double kLeastRoom_m2 = 3;
constexpr double kDensityEvery_s = 10;
/// For a moment a queue moves up and a lane seems free: it is blocked on.
constexpr double kMovesUp_s = 5;
/// People in a square metre of an emergency lane who block it.
constexpr double kBlocking = 0.1;

double distance_to(const std::vector<Vec2>& line, Vec2 p) {
  double least = 1e18;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Vec2 d = line[k + 1] - line[k];
    const double t = std::clamp(geo::dot(p - line[k], d) / geo::dot(d, d), 0.0, 1.0);
    least = std::min(least, geo::length(p - (line[k] + t * d)));
  }
  return least;
}

/// Whether who waits at the gate is not where its queue is to be.
bool stands_beside(const show::Gate& gate, Vec2 at) {
  constexpr double kOnLine_m = 1.2;
  if (gate.queue) return !geo::contains(*gate.queue, at);
  // From the head people walk to their lanes along the gate.
  if (gate.queues.empty() || distance_to(gate.points, at) <= 2 * kOnLine_m) return false;
  return std::all_of(gate.queues.begin(), gate.queues.end(), [&](const show::QueueLine& queue) {
    return distance_to(queue.points, at) > kOnLine_m;
  });
}

}  // namespace

Watch::Watch(const show::Show& show, const Scene& scene, const crowd::Simulation& simulation,
             std::vector<std::uint32_t> who, const RunOptions& options, Phase& phase)
    : show_(show), scene_(scene), who_(std::move(who)), options_(options), phase_(phase) {
  const std::size_t people = who_.size();
  for (const auto& gate : scene.ground.gates) gates_.emplace_back(gate.line);
  last_x_.assign(people, kUnseen);
  last_y_.assign(people, kUnseen);
  waited_s_.assign(people, 0);
  through_.assign(people, 0);
  is_seated_.assign(people, 0);
  seated_s_.assign(people, 0);
  phase_.gates.resize(scene.ground.gates.size());
  phase_.exits.resize(scene.ground.exits.size());
  phase_.lanes.resize(show.site.safety.lanes.size());
  phase_.zones.resize(scene.said->zones.size());
  make_map(simulation);
  mark_zones();
  mark_lanes();
}

void Watch::make_map(const crowd::Simulation& simulation) {
  const crowd::FieldGrid& grid = simulation.grid();
  DensityMap& map = phase_.map;
  map.origin = grid.origin();
  map.cell_m = kCell_m;
  map.columns = static_cast<std::uint32_t>(std::ceil(grid.columns() * grid.cell_m() / kCell_m));
  map.rows = static_cast<std::uint32_t>(std::ceil(grid.rows() * grid.cell_m() / kCell_m));
  const std::size_t cells = std::size_t{map.columns} * map.rows;
  room_m2_.assign(cells, 0);
  const auto piece = static_cast<float>(grid.cell_m() * grid.cell_m());
  for (crowd::FieldGrid::Node node = 0; node < grid.size(); ++node) {
    if (!grid.is_ground(node)) continue;
    const Vec2 at = grid.centre(node);
    if (const auto cell = cell_of(at.x, at.y)) room_m2_[*cell] += piece;
  }
  map.most.assign(cells, -1);
  for (std::size_t c = 0; c < cells; ++c) {
    if (room_m2_[c] >= kLeastRoom_m2) map.most[c] = 0;
  }
  map.pressure.assign(cells, 0);
  count_.assign(cells, 0);
  walk_.assign(cells, 0);
  vx_.assign(cells, 0);
  vy_.assign(cells, 0);
  vv_.assign(cells, 0);
  spells_ =
      crowd::Spells(cells, scene_.said->limits.density, scene_.said->limits.density_for.seconds());
}

/// In a zone people stand or sit as dense as the planner wants them: what is told is told of the
/// ways.
void Watch::mark_zones() {
  const DensityMap& map = phase_.map;
  in_zone_.assign(std::size_t{map.columns} * map.rows, 0);
  for (std::uint32_t row = 0; row < map.rows; ++row) {
    for (std::uint32_t column = 0; column < map.columns; ++column) {
      const Vec2 at = map.origin + Vec2{(column + 0.5) * kCell_m, (row + 0.5) * kCell_m};
      for (const show::Zone& zone : scene_.said->zones) {
        if (geo::contains(show_[zone.area].polygon, at)) in_zone_[row * map.columns + column] = 1;
      }
    }
  }
}

void Watch::mark_lanes() {
  const auto& lanes = show_.site.safety.lanes;
  lane_m2_.assign(lanes.size(), 0);
  lane_since_s_.assign(lanes.size(), std::nullopt);
  lane_last_s_.assign(lanes.size(), 0);
  const DensityMap& map = phase_.map;
  const auto columns = static_cast<std::size_t>(map.columns * kCell_m);
  const auto rows = static_cast<std::size_t>(map.rows * kCell_m);
  lane_cells_.assign(columns * rows, 0);
  for (std::size_t i = 0; i < lane_cells_.size(); ++i) {
    const Vec2 at = map.origin + Vec2{static_cast<double>(i % columns) + 0.5,
                                      static_cast<double>(i / columns) + 0.5};
    for (std::size_t k = 0; k < lanes.size(); ++k) {
      if (distance_to(lanes[k].points, at) > lanes[k].width_m / 2) continue;
      lane_cells_[i] = static_cast<std::uint16_t>(k + 1);
      lane_m2_[k] += 1;
    }
  }
}

std::optional<std::size_t> Watch::cell_of(double x, double y) const {
  const DensityMap& map = phase_.map;
  const double column = (x - map.origin.x) / kCell_m;
  const double row = (y - map.origin.y) / kCell_m;
  if (!(column >= 0 && row >= 0 && column < map.columns && row < map.rows)) return std::nullopt;
  return static_cast<std::size_t>(row) * map.columns + static_cast<std::size_t>(column);
}

void Watch::look(const crowd::Simulation& simulation) {
  const double time_s = simulation.time_s();
  now_s_ = phase_.begin_s + time_s;
  constexpr double kSlip = 1e-6;
  if (time_s + kSlip < next_second_s_) return;
  next_second_s_ += 1;
  every_second(simulation);
  if (time_s + kSlip >= next_density_s_) {
    next_density_s_ += kDensityEvery_s;
    densities(simulation);
  }
  if (time_s + kSlip >= next_minute_s_) {
    next_minute_s_ += 60;
    every_minute(simulation);
  }
}

void Watch::every_second(const crowd::Simulation& simulation) {
  if (phase_.what == Phase::What::ingress) {
    gates(simulation.walking());
    seated(simulation);
  }
  lanes(simulation);
}

void Watch::gates(const crowd::Columns& walking) {
  std::vector<std::uint32_t> queue(phase_.gates.size(), 0);
  std::vector<std::uint32_t> beside(phase_.gates.size(), 0);
  for (std::size_t i = 0; i < walking.size; ++i) {
    const std::uint32_t person = walking.person[i];
    const Spectator& who = scene_.people[who_[person]];
    if (who.gate == kNone || through_[person] != 0) continue;
    GateOutcome& gate = phase_.gates[who.gate];
    const ExactPlace at{walking.x[i], walking.y[i]};
    const bool seen = last_x_[person] != kUnseen;
    if (seen && gates_[who.gate].crossed({last_x_[person], last_y_[person]}, at)) {
      through_[person] = 1;
      if (gate.passed++ == 0) gate.first_s = now_s_;
      gate.last_s = now_s_;
      gate.mean_wait_s += waited_s_[person];  // the sum, until the end
      gate.longest_wait_s = std::max(gate.longest_wait_s, double{waited_s_[person]});
      continue;
    }
    last_x_[person] = at[0];
    last_y_[person] = at[1];
    if (!seen || std::hypot(walking.vx[i], walking.vy[i]) > kHardly_mps) continue;
    waited_s_[person] += 1;
    ++queue[who.gate];
    if (stands_beside(scene_.said->gates[who.gate], metres(at))) ++beside[who.gate];
  }
  for (std::size_t g = 0; g < queue.size(); ++g) {
    GateOutcome& gate = phase_.gates[g];
    gate.beside_queue = std::max(gate.beside_queue, beside[g]);
    if (queue[g] <= gate.longest_queue) continue;
    gate.longest_queue = queue[g];
    gate.longest_queue_s = now_s_;
  }
}

void Watch::seated(const crowd::Simulation& simulation) {
  const crowd::Columns& standing = simulation.standing();
  if (standing.size == phase_.seated) return;
  for (std::size_t i = 0; i < standing.size; ++i) {
    const std::uint32_t person = standing.person[i];
    if (is_seated_[person] != 0) continue;
    is_seated_[person] = 1;
    seated_s_[person] = static_cast<float>(simulation.time_s());
    ++phase_.seated;
    if (now_s_ <= scene_.said->seated_by.seconds()) ++phase_.seated_in_time;
  }
}

/// Those who hardly move: who stands, sits, or waits before a gate.
void Watch::count_in_lanes(const crowd::Columns& people, bool walk,
                           std::vector<std::uint32_t>& count) const {
  const DensityMap& map = phase_.map;
  const auto columns = static_cast<std::size_t>(map.columns * kCell_m);
  const auto rows = static_cast<std::size_t>(map.rows * kCell_m);
  for (std::size_t i = 0; i < people.size; ++i) {
    if (walk && std::hypot(people.vx[i], people.vy[i]) > kHardly_mps) continue;
    const double x = crowd::to_metres(people.x[i]) - map.origin.x;
    const double y = crowd::to_metres(people.y[i]) - map.origin.y;
    if (x < 0 || y < 0) continue;
    const auto column = static_cast<std::size_t>(x);
    const auto row = static_cast<std::size_t>(y);
    if (column >= columns || row >= rows) continue;
    if (const std::uint16_t lane = lane_cells_[row * columns + column]) ++count[lane - 1U];
  }
}

void Watch::lanes(const crowd::Simulation& simulation) {
  if (phase_.lanes.empty()) return;
  std::vector<std::uint32_t> count(phase_.lanes.size(), 0);
  count_in_lanes(simulation.walking(), true, count);
  count_in_lanes(simulation.standing(), false, count);
  for (std::size_t k = 0; k < count.size(); ++k) {
    LaneOutcome& lane = phase_.lanes[k];
    if (count[k] > lane.most) {
      lane.most = count[k];
      lane.most_s = now_s_;
    }
    if (count[k] <= kBlocking * options_.share * lane_m2_[k] || lane_m2_[k] == 0) {
      continue;
    }
    if (!lane_since_s_[k] || now_s_ - lane_last_s_[k] > kMovesUp_s) lane_since_s_[k] = now_s_;
    lane_last_s_[k] = now_s_;
    const double lasts_s = now_s_ - *lane_since_s_[k];
    if (lasts_s <= lane.blocked_s) continue;
    lane.blocked_s = lasts_s;
    lane.blocked_from_s = *lane_since_s_[k];
  }
}

void Watch::add_density(const crowd::Columns& people, bool walk) {
  for (std::size_t i = 0; i < people.size; ++i) {
    const auto cell = cell_of(crowd::to_metres(people.x[i]), crowd::to_metres(people.y[i]));
    if (!cell) continue;
    ++count_[*cell];
    if (!walk) continue;
    ++walk_[*cell];
    vx_[*cell] += people.vx[i];
    vy_[*cell] += people.vy[i];
    vv_[*cell] += people.vx[i] * people.vx[i] + people.vy[i] * people.vy[i];
  }
}

void Watch::densities(const crowd::Simulation& simulation) {
  std::fill(count_.begin(), count_.end(), std::uint16_t{0});
  std::fill(walk_.begin(), walk_.end(), std::uint16_t{0});
  std::fill(vx_.begin(), vx_.end(), 0.0F);
  std::fill(vy_.begin(), vy_.end(), 0.0F);
  std::fill(vv_.begin(), vv_.end(), 0.0F);
  add_density(simulation.walking(), true);
  add_density(simulation.standing(), false);
  DensityMap& map = phase_.map;
  for (std::size_t c = 0; c < count_.size(); ++c) {
    if (map.most[c] < 0) continue;
    const float density = static_cast<float>(count_[c]) / room_m2_[c];
    map.most[c] = std::max(map.most[c], density);
    if (walk_[c] > 1) {
      const auto n = static_cast<float>(walk_[c]);
      const float variance = std::max(0.0F, (vv_[c] - (vx_[c] * vx_[c] + vy_[c] * vy_[c]) / n) / n);
      map.pressure[c] = std::max(map.pressure[c], density * variance);
    }
    if (in_zone_[c] != 0 && walk_[c] == 0) continue;
    if (in_zone_[c] == 0 && density > phase_.most_dense) {
      phase_.most_dense = density;
      phase_.most_dense_s = now_s_;
      phase_.most_dense_at =
          map.origin + Vec2{(static_cast<double>(c % map.columns) + 0.5) * kCell_m,
                            (static_cast<double>(c / map.columns) + 0.5) * kCell_m};
    }
    spells_.see(c, now_s_, density);
  }
}

void Watch::every_minute(const crowd::Simulation& simulation) {
  const crowd::Counts counts = simulation.counts();
  phase_.inside.push_back(static_cast<std::uint32_t>(counts.inside()));
  std::vector<std::uint32_t> queue(phase_.gates.size(), 0);
  if (phase_.what == Phase::What::ingress) {
    const crowd::Columns& walking = simulation.walking();
    for (std::size_t i = 0; i < walking.size; ++i) {
      const std::uint32_t person = walking.person[i];
      const Spectator& who = scene_.people[who_[person]];
      const bool waits = who.gate != kNone && through_[person] == 0 &&
                         std::hypot(walking.vx[i], walking.vy[i]) <= kHardly_mps;
      if (waits) ++queue[who.gate];
    }
  }
  for (std::size_t g = 0; g < queue.size(); ++g) {
    phase_.gates[g].queue.push_back(queue[g]);
    phase_.gates[g].through.push_back(static_cast<std::uint32_t>(phase_.gates[g].passed));
  }
  const auto exits = simulation.exits();
  for (std::size_t e = 0; e < exits.size(); ++e) {
    Curve& through = phase_.exits[e].through;
    const auto now = static_cast<std::uint32_t>(exits[e].persons);
    const std::uint32_t before = through.empty() ? 0 : through.back();
    phase_.exits[e].most_a_minute = std::max(phase_.exits[e].most_a_minute, now - before);
    through.push_back(now);
  }
  std::vector<std::uint32_t> in(phase_.zones.size(), 0);
  const crowd::Columns& standing = simulation.standing();
  for (std::size_t i = 0; i < standing.size; ++i) {
    ++in[scene_.people[who_[standing.person[i]]].zone];
  }
  for (std::size_t z = 0; z < in.size(); ++z) phase_.zones[z].push_back(in[z]);
}

bool Watch::take_up(StateReader& reader) {
  const std::size_t people = who_.size();
  const std::size_t cells = count_.size();
  const std::size_t lanes = lane_since_s_.size();
  keep(reader);
  return reader.good() && last_x_.size() == people && last_y_.size() == people &&
         waited_s_.size() == people && through_.size() == people && is_seated_.size() == people &&
         seated_s_.size() == people && spells_.sound(cells) && lane_since_s_.size() == lanes &&
         lane_last_s_.size() == lanes;
}

void Watch::finish(const crowd::Simulation& simulation) {
  const DensityMap& map = phase_.map;
  every_second(simulation);
  every_minute(simulation);
  for (GateOutcome& gate : phase_.gates) {
    if (gate.passed > 0) gate.mean_wait_s /= static_cast<double>(gate.passed);
  }
  const auto exits = simulation.exits();
  for (std::size_t e = 0; e < exits.size(); ++e) {
    phase_.exits[e].passed = exits[e].persons;
    phase_.exits[e].first_s = phase_.begin_s + exits[e].first_s;
    phase_.exits[e].last_s = phase_.begin_s + exits[e].last_s;
  }
  std::vector<float> ends;
  if (phase_.what == Phase::What::ingress) {
    for (std::size_t p = 0; p < is_seated_.size(); ++p) {
      if (is_seated_[p] != 0) ends.push_back(seated_s_[p]);
    }
  } else {
    for (const float left_s : simulation.left_s()) {
      if (std::isfinite(left_s)) ends.push_back(left_s);
    }
  }
  std::sort(ends.begin(), ends.end());
  if (!ends.empty()) {
    phase_.last_s = phase_.begin_s + double{ends.back()};
    const auto rank = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(ends.size())));
    phase_.last_95_s = phase_.begin_s + double{ends[std::max<std::size_t>(rank, 1) - 1]};
  }
  phase_.spells = spells_.joined({map.origin, map.cell_m, map.columns, map.rows});
}

}  // namespace defilada::spectators
