// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/figures/flown.hpp"

namespace defilada::figures {

/// What is wrong with the figures of a show, in the order of figures_of(); times are not known yet.
///
///   figure.too-close           slots nearer than the separation of their kind; fix: the separation
///   figure.illegible           the flat drawing itself does not read: too few slots; says how many
///                              would do
///   figure.too-wide            from the eyes that it is placed for it is wider than kWidest_rad
///   figure.too-deep            it is longer than kDeepest times what it is high, drawn flat
///   figure.mirrored            placed for nobody's eyes, it is its mirror image from below
///   figure.upside-down         likewise upside down
///   figure.reads-from-nowhere  likewise nothing that reads; fix of these three: `reads from` the
///                              largest stand, about two heights before it comes over
///
/// Spectators are taken to be in the middles of the stands; a show without stands has no readers.
/// Each fix was applied to a copy of the show, where the figure is seen as it is drawn. A pure
/// function. Cost: 6 ms for a "80" that is placed for a stand (2 vCPU EPYC), up to some 20 ms a
/// stand for one that is placed for nobody.
[[nodiscard]] std::vector<Finding> find_faults(const show::Show& show);

}  // namespace defilada::figures
