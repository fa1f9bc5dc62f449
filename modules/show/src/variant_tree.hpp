// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/core/diagnostics.hpp"
#include "node.hpp"
#include "variant_names.hpp"

/// A variant as a text of its own: the base's tree with what the variant says differs. All that
/// follows (validate, resolve) sees an ordinary show; what the variant wrote keeps its place in the
/// variant's lines, all else its place in the base's.
///
///     base ──► what it is like ──► set ──► add ──► late ──► without ──► the variant's tree
///
/// `published` figures are of the day as it was: a variant has none but those that it adds.
namespace defilada::show {

struct VariantTree {
  Node root;
  Taken taken;  ///< what is taken away, what goes with it too, and where that is said
};

/// More variants than this are a mistake or an attack.
inline constexpr std::size_t kVariantLimit = 30;

/// The tree of `variant`, a member of `variants` in `base`. `base` must have no error: faults of it
/// are told once, not once a variant. nullopt after a report. Law: a variant that says nothing of a
/// part of the text leaves it as it is. Cost: a copy of the base.
[[nodiscard]] std::optional<VariantTree> variant_tree(const Node& base, const Node::Member& variant,
                                                      Diagnostics& diagnostics);

}  // namespace defilada::show
