// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace defilada {

/// Damerau-Levenshtein distance (optimal string alignment), over bytes, case-insensitive in ASCII.
/// Cost: O(a.size() * b.size()).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, if near enough to be meant (at most a third of its length, at
/// least one edit allowed); else the first that has all its words in their order, two at least,
/// each whole or cut ("N. Korea" for "North Korea"); "" if none. Ties go to the earlier candidate.
/// A word of more than 100 bytes has none, so that a hostile text costs little.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace defilada
