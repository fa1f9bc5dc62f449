// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "node.hpp"

/// Edits that take something out of a text and leave one that reads.
namespace defilada::show {

/// Takes the members with these keys out of a mapping, in flow and in block style, those that are
/// not there being no matter. None where nothing would be left, or a value stands elsewhere (an
/// alias).
///
///     {at: 12:00, after: a, later: 5 s, lasts: 1 min}
///                 ^^^^^^^^^^^^^^^^^^^^^^               up to the next key, or from the value
///                 before
[[nodiscard]] std::vector<Edit> without_keys(const Node& mapping,
                                             const std::vector<std::string_view>& keys);

/// Takes one item out of a list of plain texts by writing the rest anew: "[a, b, c]" becomes
/// "[a, c]", "[a, b]" becomes "b". None where a text needs quotes.
[[nodiscard]] std::vector<Edit> without_one(const Sources& sources, const Node& list,
                                            std::size_t left_out);

}  // namespace defilada::show
