// SPDX-License-Identifier: MIT
#include "site_watch.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/crowd/measure.hpp"
#include "stuck.hpp"

namespace defilada::crowd {
namespace {

/// Densities are of squares of so much: as those of a show's crowd.
constexpr double kCell_m = 3;
constexpr float kLeastRoom_m2 = 3;
constexpr double kDensityEvery_s = 10;
/// Who has come this much nearer gets on; who is this far from where he was then, too: he goes
/// another way.
constexpr float kNearer_s = 0.5F;
constexpr double kElsewhere_m = 2;

}  // namespace

SiteWatch::SiteWatch(const Simulation& simulation, const SiteLimits& limits, std::size_t people)
    : people_(people) {
  const FieldGrid& grid = simulation.grid();
  raster_.origin = grid.origin();
  raster_.cell_m = std::max(kCell_m, grid.cell_m());
  raster_.columns =
      static_cast<std::uint32_t>(std::ceil(grid.columns() * grid.cell_m() / raster_.cell_m));
  raster_.rows =
      static_cast<std::uint32_t>(std::ceil(grid.rows() * grid.cell_m() / raster_.cell_m));
  raster_.levels = grid.levels();
  const std::size_t cells = raster_.size();
  room_m2_.assign(cells, 0);
  in_wait_.assign(cells, 0);
  for (auto* counts : {&all_, &walk_, &ways_}) counts->assign(cells, 0);
  const auto piece = static_cast<float>(grid.cell_m() * grid.cell_m());
  for (FieldGrid::Node node = 0; node < grid.size(); ++node) {
    if (!grid.is_ground(node)) continue;
    const Vec2 at = grid.centre(node);
    const std::size_t cell = raster_.cell(grid.level(node), at.x, at.y);
    if (cell != CellRaster::kNone) room_m2_[cell] += piece;
  }
  for (const WaitingArea& wait : simulation.ground().waits) mark(wait);
  dense_ = Spells(cells, limits.density, limits.density_for_s);
  any_service_ = limits.service && *limits.service != LevelOfService::f;
  if (any_service_) poor_ = Spells(cells, most_dense(*limits.service), limits.density_for_s);
}

/// Cells whose middle lies in it.
void SiteWatch::mark(const WaitingArea& wait) {
  Vec2 least = wait.polygon.outer.front();
  Vec2 most = least;
  for (const Vec2& p : wait.polygon.outer) {
    least = {std::min(least.x, p.x), std::min(least.y, p.y)};
    most = {std::max(most.x, p.x), std::max(most.y, p.y)};
  }
  for (double y = least.y; y < most.y + raster_.cell_m; y += raster_.cell_m) {
    for (double x = least.x; x < most.x + raster_.cell_m; x += raster_.cell_m) {
      const std::size_t cell = raster_.cell(wait.level, x, y);
      if (cell != CellRaster::kNone && geo::contains(wait.polygon, raster_.middle(cell))) {
        in_wait_[cell] = 1;
      }
    }
  }
}

void SiteWatch::look(const Simulation& simulation) {
  constexpr double kSlip = 1e-6;
  progress(simulation);
  if (simulation.time_s() + kSlip < next_density_s_) return;
  next_density_s_ += kDensityEvery_s;
  densities(simulation);
}

void SiteWatch::densities(const Simulation& simulation) {
  for (auto* counts : {&all_, &walk_, &ways_}) std::fill(counts->begin(), counts->end(), 0);
  const auto cell_of = [&](const Columns& c, std::size_t i) {
    return raster_.cell(c.level[i], to_metres(c.x[i]), to_metres(c.y[i]));
  };
  const Columns& walking = simulation.walking();
  for (std::size_t i = 0; i < walking.size; ++i) {
    const std::size_t cell = cell_of(walking, i);
    if (cell == CellRaster::kNone) continue;
    ++all_[cell];
    ++walk_[cell];
    if (any_service_ && !simulation.waits_at(walking.person[i])) ++ways_[cell];
  }
  const Columns& standing = simulation.standing();
  for (std::size_t i = 0; i < standing.size; ++i) {
    const std::size_t cell = cell_of(standing, i);
    if (cell != CellRaster::kNone) ++all_[cell];
  }
  const double now_s = simulation.time_s();
  for (std::size_t c = 0; c < all_.size(); ++c) {
    if (room_m2_[c] < kLeastRoom_m2) continue;
    // In a waiting area people stand as close as its places are.
    if (in_wait_[c] == 0 || walk_[c] > 0) {
      dense_.see(c, now_s, static_cast<float>(all_[c]) / room_m2_[c]);
    }
    if (any_service_) poor_.see(c, now_s, static_cast<float>(ways_[c]) / room_m2_[c]);
  }
}

/// Whether the gate has let somebody in of late, or is yet to open: who waits there is served.
bool SiteWatch::moves_up(const Simulation& simulation, std::size_t gate) const {
  const Gate& it = simulation.ground().gates[gate];
  if (holds(it.shut, simulation.time_s())) return true;
  const Passage& passage = simulation.gates()[gate];
  const double last_s = passage.persons > 0 ? passage.last_s : 0;
  return simulation.time_s() - last_s <= std::max(kStuck_s, 3 * it.service_s);
}

void SiteWatch::progress(const Simulation& simulation) {
  const Columns& c = simulation.walking();
  const FieldGrid& grid = simulation.grid();
  const auto now_s = static_cast<float>(simulation.time_s());
  for (std::size_t i = 0; i < c.size; ++i) {
    Progress& one = people_[c.person[i]];
    const Field* const way = simulation.way(i);
    const FieldGrid::Node node = grid.node(c.level[i], to_metres(c.x[i]), to_metres(c.y[i]));
    const float to_go = way == nullptr || node == FieldGrid::kNone ? INFINITY : way->times()[node];
    const auto gate = simulation.waits_at(c.person[i]);
    const double moved = std::hypot(to_metres(c.x[i] - one.x), to_metres(c.y[i] - one.y));
    const bool gets_on = one.since_s < 0 || one.errand != c.errand[i] ||
                         to_go < one.least_to_go_s - kNearer_s || moved > kElsewhere_m ||
                         (gate && moves_up(simulation, *gate));
    if (gets_on) one = {to_go, c.x[i], c.y[i], now_s, c.errand[i]};
  }
  const Columns& standing = simulation.standing();
  for (std::size_t i = 0; i < standing.size; ++i) people_[standing.person[i]].since_s = -1;
}

void SiteWatch::finish(const Simulation& simulation, SiteRun& run) const {
  run.dense = dense_.joined(raster_);
  if (any_service_) run.poor_service = poor_.joined(raster_);
  std::vector<Still> still;
  const Columns& c = simulation.walking();
  for (std::size_t i = 0; i < c.size; ++i) {
    const float since_s = people_[c.person[i]].since_s;
    if (since_s < 0 || simulation.time_s() - double{since_s} < kHeldUp_s) continue;
    still.push_back({static_cast<std::uint32_t>(i), double{since_s}});
  }
  run.stuck = who_is_stuck(simulation, still);
}

std::string SiteWatch::save() const {
  StateWriter writer;
  SiteWatch copy = *this;
  copy.keep(writer);
  return std::move(writer).take();
}

bool SiteWatch::load(std::string_view saved) {
  const std::size_t people = people_.size();
  StateReader reader(saved);
  keep(reader);
  return reader.whole() && dense_.sound(raster_.size()) &&
         poor_.sound(any_service_ ? raster_.size() : 0) && people_.size() == people;
}

}  // namespace defilada::crowd
