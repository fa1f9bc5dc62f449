// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/core/diagnostics.hpp"
#include "node.hpp"
#include "variant_names.hpp"

/// What a variant does without: names and paths, and all that goes with them.
///
///     a procession      its contingents, the items that run it; its place in `past`
///     a motorcade       the items that run it
///     a delegation      its place in `participants`, `guests`, `together`, `kept`
///     anything else     alone
///
/// Whatever else names it (a cue, a rule, `like`, `behind`) is told when the variant is resolved.
namespace defilada::show {

/// Takes away what `without` of `variant` says, and the rules on it where the variant says so.
/// Adds to `taken`.
void take_away(Node& root, const Node& variant, Taken& taken, Diagnostics& diagnostics);

/// The path of a variant leads into what a variant may change; reported where it does not, or where
/// it leads nowhere.
[[nodiscard]] std::optional<Place> place_of(Node& root, const Path& path, Diagnostics& diagnostics);

}  // namespace defilada::show
