// SPDX-License-Identifier: MIT
#include "defilada/movement/arrangement.hpp"

#include <algorithm>

#include "defilada/core/check.hpp"

namespace defilada::movement {
namespace {

constexpr double kSameRankM = 1e-9;  ///< slots this near in depth share a path

void measure_bodies(const show::Show& show, Arrangement& arrangement) {
  const double depth = arrangement.backs_m.back();
  arrangement.front_m = arrangement.rear_m = arrangement.left_m = arrangement.right_m = 0;
  for (const PlacedSlot& placed : arrangement.slots) {
    const show::Kind& kind = show[placed.kind];
    const double half_length = 0.5 * kind.length_m;
    const double half_width = 0.5 * kind.width_m;
    arrangement.front_m = std::max(arrangement.front_m, half_length - placed.slot.back_m);
    arrangement.rear_m = std::max(arrangement.rear_m, placed.slot.back_m + half_length - depth);
    arrangement.left_m = std::max(arrangement.left_m, placed.slot.left_m + half_width);
    arrangement.right_m = std::max(arrangement.right_m, half_width - placed.slot.left_m);
  }
}

}  // namespace

Result<Arrangement> arrange(const show::Show& show, const show::Contingent& contingent) {
  DEFILADA_CHECK(!contingent.parts.empty());
  Arrangement arrangement;
  double head = 0;
  for (std::size_t p = 0; p < contingent.parts.size(); ++p) {
    const show::Part& part = contingent.parts[p];
    const auto layout = formation::layout(part.formation);
    if (!layout) return tl::unexpected(layout.error());
    if (p > 0) head += part.behind_m;
    for (formation::Slot slot : layout->slots) {
      slot.back_m += head;
      slot.left_m += part.left_m;
      arrangement.slots.push_back({slot, static_cast<std::uint16_t>(p), part.kind});
    }
    head += layout->depth_m;
  }
  measure(show, arrangement);
  return arrangement;
}

void measure(const show::Show& show, Arrangement& arrangement) {
  std::vector<double>& backs = arrangement.backs_m;
  backs.clear();
  for (const PlacedSlot& placed : arrangement.slots) backs.push_back(placed.slot.back_m);
  std::sort(backs.begin(), backs.end());
  backs.erase(std::unique(backs.begin(), backs.end(),
                          [](double a, double b) { return b - a < kSameRankM; }),
              backs.end());
  arrangement.rank_of.clear();
  for (const PlacedSlot& placed : arrangement.slots) {
    const auto rank = std::upper_bound(backs.begin(), backs.end(), placed.slot.back_m + kSameRankM);
    arrangement.rank_of.push_back(static_cast<std::uint32_t>(rank - backs.begin() - 1));
  }
  measure_bodies(show, arrangement);
}

}  // namespace defilada::movement
