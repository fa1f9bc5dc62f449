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
///   figure.mirrored            placed for nobody's eyes, and from the stands it is the mirror
///   image figure.upside-down         … upside down figure.reads-from-nowhere  … nothing that
///   reads; fix of these three: `reads from` the largest
///                              stand, at the distance at which it reads for most
///
/// Spectators are taken to be in the middles of the stands; a show without stands has no readers.
/// Each fix was applied to a copy of the show and found to mend its fault. A pure function. Cost:
/// the Measure of each figure (30 ms for "80") and one reading; 1 s more for a figure that is
/// placed for nobody.
[[nodiscard]] std::vector<Finding> find_faults(const show::Show& show);

}  // namespace defilada::figures
