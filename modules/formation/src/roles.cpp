// SPDX-License-Identifier: MIT
#include "defilada/formation/roles.hpp"

#include <algorithm>

namespace defilada::formation {

std::string_view to_string(AlignmentRole role) noexcept {
  switch (role) {
    case AlignmentRole::none: return "";
    case AlignmentRole::base: return "base";
    case AlignmentRole::right_guide: return "right guide";
    case AlignmentRole::frame: return "frame";
    case AlignmentRole::cadence: return "cadence";
  }
  return "";
}

std::vector<AlignmentRole> alignment_roles(const Spec& spec, const Layout& layout) {
  std::vector<AlignmentRole> roles(layout.slots.size(), AlignmentRole::none);
  if (spec.shape != Shape::block && spec.shape != Shape::column) return roles;
  std::vector<int> files(static_cast<std::size_t>(layout.ranks), 0);
  int first = layout.ranks;
  for (const Slot& slot : layout.slots) {
    if (slot.leader) continue;
    files[static_cast<std::size_t>(slot.rank)] =
        std::max(files[static_cast<std::size_t>(slot.rank)], slot.file + 1);
    first = std::min(first, slot.rank);
  }
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const Slot& slot = layout.slots[i];
    if (slot.leader) continue;
    const int last_file = files[static_cast<std::size_t>(slot.rank)] - 1;
    if (slot.file == 0) {
      roles[i] = slot.rank == first ? AlignmentRole::base : AlignmentRole::right_guide;
    } else if (last_file > 1 && slot.file == last_file / 2) {
      roles[i] = AlignmentRole::cadence;
    } else if (slot.file == last_file || slot.rank == first || slot.rank == layout.ranks - 1) {
      roles[i] = AlignmentRole::frame;
    }
  }
  return roles;
}

}  // namespace defilada::formation
