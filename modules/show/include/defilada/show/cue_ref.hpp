// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "defilada/core/source.hpp"
#include "defilada/show/ids.hpp"

/// Part of the model (model.hpp).
namespace defilada::show {

/// An instant, as the cue grammar names it.
struct CueRef {
  enum class What {
    item_starts,
    item_ends,
    head,
    tail,
    rank,
    abeam,
    evolution_starts,
    evolution_ends
  };
  enum class Passes { crosses, clears, over };  ///< clears: the tail's end; over: aircraft
  What what = What::item_starts;
  ItemId item;
  ContingentId contingent;
  int rank = 0;  ///< from 1, for What::rank
  Passes passes = Passes::crosses;
  StationId station;
  ContingentId passed;  ///< What::abeam: the head of `contingent` is abeam of the middle of this
                        ///< one, which stands in its line-up
  bool again = false;   ///< What::abeam: the last time, on the way back; else the first
  std::size_t evolution = 0;  ///< What::evolution_*: index in the contingent's drill
  Span span;
  std::string text;  ///< as written
};

}  // namespace defilada::show
