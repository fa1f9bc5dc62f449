// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "defilada/core/source.hpp"
#include "defilada/formation/perspective.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/geo/route.hpp"
#include "defilada/show/ids.hpp"

/// What a show says of a figure in the air besides its formation.
namespace defilada::show {

struct Show;
struct Procession;
struct Part;

/// Whose eyes a figure is placed for.
struct ReadsFrom {
  Span span;                    ///< of the value
  std::optional<AreaId> stand;  ///< its middle, or
  geo::Vec2 position;           ///< this place
  double eye_m = 0;             ///< above the datum
  StationId at;                 ///< where the middle of the figure's picture is at that moment, or
  double before_m = 0;          ///< so far before it on the line
  bool own = true;              ///< said by the figure itself; else by its defaults
};

/// Where in the file a fix can write.
struct FigureSpans {
  Span spacing;           ///< the value, where the figure itself says it
  Span first_key;         ///< empty: another key can stand here, followed by
  std::string separator;  ///< ", " or a line's end with the indentation
};

/// Where the middle of the picture is when the figure reads, and the direction of flight there.
[[nodiscard]] geo::Route::Pose aim_of(const Show& show, const Procession& procession,
                                      const ReadsFrom& from);

/// The eyes of a part's `reads_from`, in the frame of its flight, at that moment. Requires
/// part.reads_from.
[[nodiscard]] formation::Eye eye_of(const Show& show, const Procession& procession,
                                    const Part& part, double height_m);

}  // namespace defilada::show
