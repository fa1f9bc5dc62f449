// SPDX-License-Identifier: MIT
#include "studio/density_film.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/crowd/ground.hpp"

namespace defilada::app::studio {
namespace {

constexpr double kCell_m = 4;
constexpr double kLargest_m = 12;
constexpr double kMostCells = 1U << 24U;  ///< a frame has the number of a cell in 24 bits
constexpr double kLeastRoom = 0.2;  ///< of a cell: on a sliver of ground one person is no crowd

struct Box {
  geo::Vec2 least{1e9, 1e9};
  geo::Vec2 most{-1e9, -1e9};
  void hold(const geo::Polygon& polygon) {
    for (const geo::Vec2& point : polygon.outer) {
      least = {std::min(least.x, point.x), std::min(least.y, point.y)};
      most = {std::max(most.x, point.x), std::max(most.y, point.y)};
    }
  }
};

void put(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>((value >> shift) & 0xFFU);
}

}  // namespace

DensityFilm::DensityFilm(const spectators::Scene& scene, double share)
    : scene_(scene), share_(share) {
  Box box;
  for (const geo::Polygon& each : scene.ground.levels.at(0).walkable) box.hold(each);
  for (const crowd::Stair& each : scene.ground.stairs) box.hold(each.polygon);
  // The grain of a share: a cell that one person fills to at most a third of a person per m2.
  grid_.cell_m = std::clamp(std::ceil(std::sqrt(3 / share)), kCell_m, kLargest_m);
  grid_.origin = box.least;
  const auto cells = [&](double length_m) {
    return std::max(1.0, std::ceil(length_m / grid_.cell_m));
  };
  const geo::Vec2 size = box.most - box.least;
  while (cells(size.x) * cells(size.y) > kMostCells) grid_.cell_m *= 2;
  grid_.columns = static_cast<std::uint32_t>(cells(size.x));
  grid_.rows = static_cast<std::uint32_t>(cells(size.y));
  counts_.assign(std::size_t{grid_.columns} * grid_.rows, 0);
}

/// Of the nine middles of its parts, those that are ground.
double DensityFilm::room_m2(std::uint32_t cell) {
  const auto found = room_m2_.find(cell);
  if (found != room_m2_.end()) return found->second;
  constexpr int kParts = 3;
  int ground = 0;
  for (int i = 0; i < kParts * kParts; ++i) {
    const double x = cell % grid_.columns + (i % kParts + 0.5) / kParts;
    const double y = cell / grid_.columns + (i / kParts + 0.5) / kParts;
    const geo::Vec2 at{grid_.origin.x + x * grid_.cell_m, grid_.origin.y + y * grid_.cell_m};
    if (crowd::walkable(scene_.ground, 0, at)) ++ground;
  }
  const double part = std::max(kLeastRoom, static_cast<double>(ground) / (kParts * kParts));
  return room_m2_[cell] = part * grid_.cell_m * grid_.cell_m;
}

void DensityFilm::count(geo::Vec2 place) {
  const double x = (place.x - grid_.origin.x) / grid_.cell_m;
  const double y = (place.y - grid_.origin.y) / grid_.cell_m;
  if (!(x >= 0 && y >= 0 && x < grid_.columns && y < grid_.rows)) return;
  const std::uint32_t cell =
      static_cast<std::uint32_t>(y) * grid_.columns + static_cast<std::uint32_t>(x);
  if (counts_[cell]++ == 0) taken_.push_back(cell);
}

void DensityFilm::count(const crowd::Columns& people) {
  for (std::size_t i = 0; i < people.size; ++i) {
    count({crowd::to_metres(people.x[i]), crowd::to_metres(people.y[i])});
  }
}

void DensityFilm::begin(std::size_t phase, double time_s) {
  if (phase >= phases_.size()) {
    phases_.resize(phase + 1);
    phases_[phase].begin_s = time_s;
  }
  taken_.clear();
}

void DensityFilm::finish(std::size_t phase) {
  std::sort(taken_.begin(), taken_.end());
  Frame cells;
  cells.reserve(taken_.size());
  for (const std::uint32_t cell : taken_) {
    const double density = counts_[cell] / share_ / room_m2(cell);
    counts_[cell] = 0;
    const auto step =
        static_cast<std::uint32_t>(std::clamp(std::round(density * kSteps), 1.0, 255.0));
    cells.push_back(cell << 8U | step);
  }
  phases_[phase].frames.push_back(std::move(cells));
}

void DensityFilm::add(std::size_t phase, const spectators::RunOptions::Frame& frame) {
  begin(phase, frame.time_s);
  count(frame.walking);
  count(frame.standing);
  finish(phase);
}

void DensityFilm::add(std::size_t phase, double time_s, std::span<const geo::Vec2> people) {
  begin(phase, time_s);
  for (const geo::Vec2& each : people) count(each);
  finish(phase);
}

std::string DensityFilm::chunk(std::size_t phase, std::size_t chunk) const {
  std::string out;
  if (phase >= phases_.size()) return out;
  const std::vector<Frame>& frames = phases_[phase].frames;
  const std::size_t begin = std::min(frames.size(), chunk * kChunk);
  const std::size_t end = std::min(frames.size(), begin + kChunk);
  for (std::size_t i = begin; i < end; ++i) {
    put(out, static_cast<std::uint32_t>(frames[i].size()));
    for (const std::uint32_t cell : frames[i]) put(out, cell);
  }
  return out;
}

}  // namespace defilada::app::studio
