// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "defilada/formation/layout.hpp"

namespace defilada::formation {

/// What each of a block or column is to the others when they align themselves:
///
///     F  F  C  F  B    B base, the right marker: the right-hand man of the first rank
///     F  .  C  .  R    R right guides: the right-hand men of the other ranks, whom their rank
///     F  .  C  .  R      follows
///     F  F  C  F  R    C the middle file, which sets the cadence   F the outer frame
///
/// Source: docs/facts (S56b): the right-hand man of each rank is its base, the outer frame holds
/// the shape, the middle file sets the cadence.
enum class AlignmentRole : std::uint8_t { none, base, right_guide, frame, cadence };
[[nodiscard]] std::string_view to_string(AlignmentRole role) noexcept;

/// (slot) Of a block or column, behind its leaders; in other shapes nobody has one. Base before
/// right guide before cadence before frame. Of an even number of files the middle one is the right
/// of the two. Laws (tested): one base; one right guide in each further rank; one of the cadence in
/// each rank of three files or more. Cost: O(slots).
[[nodiscard]] std::vector<AlignmentRole> alignment_roles(const Spec& spec, const Layout& layout);

}  // namespace defilada::formation
