// SPDX-License-Identifier: MIT
// The spectators of a run as the playback shows them: densities, nobody by name.
#include <algorithm>
#include <cmath>

#include "studio/crowd_runs.hpp"

namespace defilada::app::studio {
namespace {

constexpr std::size_t kNormalDay = 2;  ///< phases: people come, people leave

/// A zone's people at their places at an instant of the phase.
std::uint32_t seated_at(const spectators::Curve& zone, double since_begin_s, double share) {
  if (zone.empty()) return 0;
  const auto minute = static_cast<std::size_t>(std::max(0.0, since_begin_s / 60));
  const double people = zone[std::min(minute, zone.size() - 1)];
  return static_cast<std::uint32_t>(std::llround(people / share));
}

}  // namespace

playback::Crowd crowd_to_hand_over(const CrowdRun& run) {
  const DensityFilm& film = *run.film;
  playback::Crowd out;
  out.origin = film.grid().origin;
  out.cell_m = film.grid().cell_m;
  out.columns = film.grid().columns;
  out.rows = film.grid().rows;
  out.steps = static_cast<std::uint32_t>(DensityFilm::kSteps);
  for (const show::Zone& zone : run.work.show->spectators->zones) {
    out.zones.push_back({zone.area.value, static_cast<std::uint32_t>(zone.people)});
  }
  for (std::size_t k = 0; k < std::min(kNormalDay, film.phases()); ++k) {
    const spectators::Phase& phase = run.phases[k];
    for (std::size_t f = 0; f < film.frames(k); ++f) {
      playback::Crowd::Frame& frame = out.frames.emplace_back();
      frame.time_s = film.begin_s(k) + static_cast<double>(f) * DensityFilm::kEvery_s;
      const auto cells = film.cells(k, f);
      frame.cells.assign(cells.begin(), cells.end());
      for (const spectators::Curve& zone : phase.zones) {
        frame.seated.push_back(seated_at(zone, frame.time_s - phase.begin_s, run.share));
      }
    }
  }
  if (!out.frames.empty()) {  // and then nobody is there
    out.frames.push_back({out.frames.back().time_s + DensityFilm::kEvery_s,
                          {},
                          std::vector<std::uint32_t>(out.zones.size(), 0)});
  }
  return out;
}

}  // namespace defilada::app::studio
