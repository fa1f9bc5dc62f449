// SPDX-License-Identifier: MIT
#include "crowd_film.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "defilada/crowd/recording.hpp"
#include "studio/density_film.hpp"

namespace defilada::app {
namespace {

constexpr double kIngressEvery_s = 30;
constexpr double kMeanwhileEvery_s = 60;
constexpr double kEgressEvery_s = 10;
constexpr std::uint8_t kStands = 1;  ///< the recording's state of who is at a place

class FilmMaker {
 public:
  FilmMaker(const Work& work, double share)
      : scene_(work.crowd->scene), share_(share), film_(scene_, share) {
    for (const show::Zone& zone : scene_.said->zones) {
      out_.zones.push_back({zone.area.value, static_cast<std::uint32_t>(zone.people)});
    }
  }

  /// Until then.
  Status add(std::size_t phase, const std::filesystem::path& path, double every_s, double until_s) {
    auto reader = crowd::RecordingReader::open(path);
    if (!reader) return tl::unexpected(reader.error());
    double next_s = -1e18;
    for (std::size_t frame = 0; frame < reader->frames(); ++frame) {
      const double time_s = reader->time_s(frame);
      if (time_s > until_s) break;
      if (time_s + 1e-6 < next_s) continue;
      next_s = time_s + every_s;
      const auto people = reader->frame(frame);
      if (!people) return tl::unexpected(people.error());
      take(phase, time_s, *people);
    }
    return {};
  }

  /// How the ingress ended, which is between two frames of its recording.
  void end(const spectators::Phase& ingress) {
    std::vector<geo::Vec2> places;
    for (const spectators::Place& each : ingress.places) {
      places.push_back({crowd::to_metres(each.x), crowd::to_metres(each.y)});
    }
    std::vector<std::uint32_t> seated;
    for (const spectators::Curve& each : ingress.zones) {
      seated.push_back(each.empty() ? 0 : each.back());
    }
    append(0, ingress.end_s, places, seated);
  }

  playback::Crowd finish() && {
    const studio::DensityFilm::Grid& grid = film_.grid();
    out_.origin = grid.origin;
    out_.cell_m = grid.cell_m;
    out_.columns = grid.columns;
    out_.rows = grid.rows;
    out_.steps = static_cast<std::uint32_t>(studio::DensityFilm::kSteps);
    if (!out_.frames.empty()) {  // and then nobody is there
      out_.frames.push_back({out_.frames.back().time_s + kEgressEvery_s,
                             {},
                             std::vector<std::uint32_t>(out_.zones.size(), 0)});
    }
    return std::move(out_);
  }

 private:
  void take(std::size_t phase, double time_s, const std::vector<crowd::RecordedPerson>& people) {
    std::vector<geo::Vec2> places;
    std::vector<std::uint32_t> seated(out_.zones.size(), 0);
    for (const crowd::RecordedPerson& each : people) {
      places.push_back({each.x, each.y});
      if (each.state == kStands && each.id < scene_.people.size()) {
        ++seated[scene_.people[each.id].zone];
      }
    }
    append(phase, time_s, places, seated);
  }

  void append(std::size_t phase, double time_s, const std::vector<geo::Vec2>& places,
              const std::vector<std::uint32_t>& seated) {
    film_.add(phase, time_s, places);
    const auto cells = film_.cells(phase, film_.frames(phase) - 1);
    playback::Crowd::Frame& frame = out_.frames.emplace_back();
    frame.time_s = time_s;
    frame.cells.assign(cells.begin(), cells.end());
    for (const std::uint32_t each : seated) {
      frame.seated.push_back(static_cast<std::uint32_t>(std::llround(each / share_)));
    }
  }

  const spectators::Scene& scene_;
  double share_;
  studio::DensityFilm film_;
  playback::Crowd out_;
};

}  // namespace

std::filesystem::path recording_path(const std::filesystem::path& folder,
                                     const spectators::Scene& scene, std::size_t phase) {
  return folder / fmt::format("crowd-{}.recording", spectators::phase_slugs(*scene.said).at(phase));
}

Result<playback::Crowd> film_of(const std::filesystem::path& folder, const Work& work) {
  const spectators::Scene& scene = work.crowd->scene;
  const double share = static_cast<double>(scene.people.size()) /
                       static_cast<double>(std::max<std::int64_t>(1, scene.said->people));
  FilmMaker maker(work, share);
  constexpr double kForever = 1e18;
  const auto add = [&](std::size_t phase, std::size_t recording, double every_s, double until_s) {
    return maker.add(phase, recording_path(folder, scene, recording), every_s, until_s);
  };
  if (Status status = add(0, 0, kIngressEvery_s, kForever); !status) {
    return tl::unexpected(status.error());
  }
  const spectators::Phase& ingress = work.crowd->phases.front();
  maker.end(ingress);
  if (work.crowd->circulation) {
    // Those who are away when all get up are at their places again: each phase begins there.
    const double leave_s = work.crowd->phases[1].begin_s;
    if (Status status = add(0, spectators::phases_of(scene), kMeanwhileEvery_s, leave_s - 1);
        !status) {
      return tl::unexpected(status.error());
    }
  }
  if (Status status = add(1, 1, kEgressEvery_s, kForever); !status) {
    return tl::unexpected(status.error());
  }
  return std::move(maker).finish();
}

}  // namespace defilada::app
