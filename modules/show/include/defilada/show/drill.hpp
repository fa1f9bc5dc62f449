// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "defilada/core/source.hpp"
#include "defilada/core/time.hpp"
#include "defilada/show/ids.hpp"

/// Of a contingent on the ground: what it does with its formation on the way. Part of the model
/// (model.hpp); how each evolution goes is movement's (movement/drill.hpp).
namespace defilada::show {

struct Evolution {
  enum class What {
    open_order,    ///< ranks come farther apart, at the halt
    close_order,   ///< ranks come nearer, at the halt
    countermarch,  ///< each file turns about by itself where the route turns back
    wheel,         ///< in a bend the outer file keeps its full pace, the inner one shortens it
    form_line,     ///< the parts of a column come up beside the leading one, at the halt
    form_column,   ///< a line breaks off into parts behind each other, at the halt
    dress,         ///< files align, or take another interval, at the halt
    mark_time,     ///< it steps on the spot
  };
  enum class Side { left, right, centre };
  Span span;  ///< of the whole statement
  What what = What::mark_time;
  Span value_span;    ///< of the value of the evolution's own key
  StationId station;  ///< where the nose halts or begins; a wheel, a countermarch: of the bend
  double s_m = 0;     ///< arc length of the station on the march's route
  double by_m = 0;    ///< open_order, close_order: change of the distance between ranks
  int stands = 0;     ///< open_order, close_order: this rank stands fast, from 1; 0: not said
  int files = 0;      ///< form_line, form_column: files afterwards
  /// form_line, form_column: on which side of the leading part the others stand in the line;
  /// dress: on whom they align, so who keeps his place.
  Side side = Side::left;
  std::optional<double> interval_m;  ///< dress: between files afterwards
  Duration lasts;                    ///< mark_time, dress: at least
};

/// "open order": the key of the show file.
[[nodiscard]] std::string_view to_string(Evolution::What what) noexcept;
/// "opens order": what a cue says of a contingent.
[[nodiscard]] std::string_view verb_of(Evolution::What what) noexcept;

}  // namespace defilada::show
