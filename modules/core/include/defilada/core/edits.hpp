// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"

/// Edits of a text, applied together.
namespace defilada {

/// Whether two edits cannot both be applied: they are of the same file, are not the same edit, and
/// share a byte, or one inserts inside the stretch of the other or at its beginning. Symmetric.
[[nodiscard]] bool overlaps(const Edit& a, const Edit& b) noexcept;

/// Whether two edits do the same to the same place.
[[nodiscard]] bool same(const Edit& a, const Edit& b) noexcept;

/// `text` with all edits, whose offsets are those of `text` as it is; the file of an edit is not
/// looked at. The same edit twice counts once. Requires that no two overlap and that all lie
/// within the text. Laws (property-tested): equals applying them one by one from the last place to
/// the first; any order of `edits` gives the same; no edits give `text`.
/// Cost: O(text + n log n).
[[nodiscard]] std::string edited(std::string_view text, std::vector<Edit> edits);

}  // namespace defilada
