// SPDX-License-Identifier: MIT
#include "detours.hpp"

#include <algorithm>
#include <cmath>

namespace defilada::crowd {
namespace {

constexpr std::size_t kNodes = 120'000;
/// Nobody turns by less.
constexpr float kStraightOn = 0.9986F;  // cosine of 3 degrees

std::int16_t packed(float value) {
  return static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0F, 1.0F) * 32767));
}

/// Nodes from which the coarse grid's way takes as long as the fine one's, within a tenth and a few
/// cells: elsewhere a narrow door was lost between cells.
std::vector<bool> known_ways(const Field& coarse, const Field& fine) {
  const FieldGrid& grid = coarse.grid();
  std::vector<bool> known(grid.size());
  for (FieldGrid::Node node = 0; node < grid.size(); ++node) {
    const double time = coarse.times()[node];
    if (!std::isfinite(time) || !grid.is_ground(node)) continue;
    const Vec2 at = grid.centre(node);
    const double exact =
        fine.time(grid.level(node), static_cast<float>(at.x), static_cast<float>(at.y));
    known[node] = std::abs(time - exact) <= 0.1 * exact + 4 * grid.cell_m();
  }
  return known;
}

}  // namespace

Result<Detours> Detours::make(const Ground& open, const GridOptions& options,
                              std::vector<Destination> destinations,
                              std::span<const Field* const> fine) {
  GridOptions coarse = options;
  coarse.cell_m = 0;
  coarse.nodes_max = std::min(coarse.nodes_max, kNodes);
  auto grid = FieldGrid::make(open, coarse);
  if (!grid) return tl::unexpected(grid.error());
  Detours result;
  result.grid_ = std::make_unique<FieldGrid>(std::move(*grid));
  result.destinations_ = std::move(destinations);
  for (auto& field : travel_times(*result.grid_, result.destinations_)) {
    const std::size_t k = result.empty_.size();
    result.empty_.push_back(field ? std::make_unique<Field>(std::move(*field)) : nullptr);
    result.known_.emplace_back();
    if (result.empty_.back() != nullptr && fine[k] != nullptr) {
      result.known_.back() = known_ways(*result.empty_.back(), *fine[k]);
    }
  }
  result.turns_.resize(result.destinations_.size());
  return result;
}

void Detours::solve(std::span<const float> speed_scale) {
  // Below this nothing is gained by another way that is longer at all.
  constexpr float kJam = 0.7F;
  const bool jammed =
      std::any_of(speed_scale.begin(), speed_scale.end(), [](float scale) { return scale < kJam; });
  if (!jammed) {
    for (auto& turns : turns_) turns.clear();
    return;
  }
  auto fields = travel_times(*grid_, destinations_, speed_scale);
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (fields[k] && !known_[k].empty()) look_for_turns(k, *fields[k]);
  }
}

void Detours::look_for_turns(std::size_t destination, const Field& quickest) {
  const std::vector<bool>& known = known_[destination];
  std::vector<PackedDirection>& turns = turns_[destination];
  turns.assign(grid_->size(), {});
  const auto straight = empty_[destination]->directions();
  const auto round = quickest.directions();
  for (std::size_t node = 0; node < turns.size(); ++node) {
    if (!known[node]) continue;
    const Direction a = straight[node].unpacked();
    const Direction b = round[node].unpacked();
    if ((a.x == 0 && a.y == 0) || (b.x == 0 && b.y == 0)) continue;
    const float cosine = a.x * b.x + a.y * b.y;
    if (cosine > kStraightOn) continue;
    turns[node] = {packed(cosine), packed(a.x * b.y - a.y * b.x)};
  }
}

}  // namespace defilada::crowd
