// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "defilada/figures/flown.hpp"

/// The figure as it reads for most: where to aim it, how high, how large.
namespace defilada::figures {

/// What a figure is placed by.
struct Choice {
  show::AreaId stand;    ///< whose middle it reads from
  show::StationId at;    ///< the station near which it reads
  double before_m = 0;   ///< so far before that station is its middle then
  double height_m = 0;   ///< of the flight, above the datum
  double spacing_m = 0;  ///< least, of two slots
  bool operator==(const Choice&) const = default;
};

struct Rated {
  Choice choice;
  double spectators = 0;  ///< for whom it reads upright for kLeastSeconds or longer
  double seconds = 0;     ///< sum over them, which decides between equals
  double depth_m = 0;     ///< of the slots, along the flight
  double width_m = 0;     ///< across it
};

struct Limits {
  double lowest_m = 0;   ///< of the flight
  double highest_m = 0;  ///< lowest_m = highest_m: the height is kept
  double closest_m = 0;  ///< of two slots
  double widest_m = 0;   ///< the same
  double deepest = kDeepest;
};
/// From the show: not lower than it flies and up to twice as high; not closer than its spacing (or
/// the separation of its kind, where that is more) and up to twice that; not deeper than kDeepest.
[[nodiscard]] Limits limits_of(const show::Show& show, FigureId id);

struct SearchOptions {
  int places = 40;  ///< of each stand
  /// Called with the share done; returning false interrupts.
  std::function<bool(double)> progress;
};

/// Rates a choice as make_report() would if the flight goes straight on at its speed: by how much
/// of the footprint passes over each place. Nothing where the figure cannot be placed so.
[[nodiscard]] std::optional<Rated> rate(const show::Show& show, FigureId id,
                                        const legibility::Measure& measure, const Choice& choice,
                                        int places);

/// The best choices, the best first: every stand and every distance at the height and spacing of
/// the show and at the greatest height, then other heights, then spacings, then finer distances
/// about the best. Empty where no
/// choice reads to anybody. How much longer the figure is stretched along the flight than it looks
/// follows from the choice.
///
/// Errors: interrupted. A pure function. Cost: some 80 ratings of 0.1 to 0.3 s.
[[nodiscard]] Result<std::vector<Rated>> search(const show::Show& show, FigureId id,
                                                const legibility::Measure& measure,
                                                const Limits& limits,
                                                const SearchOptions& options = {});

/// A copy of the show in which the figure is placed by the choice. Errors: as place_for().
[[nodiscard]] Result<show::Show> with_choice(const show::Show& show, FigureId id,
                                             const Choice& choice);

/// The edits of the show file that make the choice: `reads from`, and where they differ from the
/// show's `spacing` and `height`. Nothing where one of the values does not stand in the file by
/// itself (it comes from defaults, or is above sea level).
[[nodiscard]] std::optional<Fix> fix_of(const show::Show& show, FigureId id, const Choice& choice);

}  // namespace defilada::figures
