// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/finding.hpp"
#include "defilada/guests/day.hpp"
#include "defilada/movement/motion.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/programme/network.hpp"
#include "defilada/programme/what_if.hpp"
#include "defilada/show/model.hpp"

/// From a show and its motions to a simple temporal network, and what each of its constraints means
/// to a person.
namespace defilada::plan {

/// One way to give way: a value of the show file that could be larger or smaller.
struct Knob {
  std::vector<programme::Move> moves;    ///< constraints that follow the amount
  std::function<Phrase(Duration)> text;  ///< "let the speech begin 30 s later"
  std::function<Edit(Duration)> edit;  ///< the change of the file; empty: cannot be written as one
  Duration most{programme::kMostBound};  ///< a length of time cannot become negative
};

/// How a sentence is taken out of the show file.
struct Removal {
  Phrase text;  ///< "let navy start without waiting for army"
  std::vector<Edit> edits;
};

/// A sentence of the planner, or a fact of movement.
struct Told {
  Phrase text;
  Span span;
  bool physics = false;
  std::vector<Knob> knobs;
  bool exact_lengths =
      false;  ///< a movement: each of its constraints says how long it is between two moments
  std::optional<Removal> removal{};  ///< offered where waiting goes round in a ring
};

/// Indices of everything that a cue can be.
struct Compiled {
  programme::Network network;
  std::vector<Told> told;                     ///< (statement)
  std::vector<Cue> cues;                      ///< (cue - 1) without times
  std::vector<programme::CueId> item_start;   ///< (item)
  std::vector<programme::CueId> item_end;     ///< (item)
  std::vector<programme::CueId> step_off;     ///< (contingent) midnight for those in place
  std::vector<programme::CueId> enters_hold;  ///< (contingent) midnight for those without one
  struct Station {
    show::StationId station;
    programme::CueId head;
    programme::CueId tail;
  };
  std::vector<std::vector<Station>> stations;  ///< (contingent) on its way, in order
  /// Wishes: an item with a tolerance would rather start at its own time. In file order.
  struct Wish {
    programme::CueId cue;
    Time time;
    programme::StatementId statement;
  };
  std::vector<Wish> wishes;
  std::vector<programme::CueId> published_from;  ///< (published) midnight when it has none
  std::vector<programme::CueId> published_to;    ///< (published)
  std::vector<Finding> findings;
  programme::CueId wanted_from;
  programme::CueId wanted_to;
};

[[nodiscard]] Compiled compile(const show::Show& show, const movement::Motions& motions,
                               const guests::Day& day);

/// The one ahead that this contingent must keep its distance from: the one before it in its order,
/// or the last of the procession that it follows; in the air the nearest of those whose height is
/// too near.
[[nodiscard]] std::optional<show::ContingentId> contingent_ahead(const show::Show& show,
                                                                 show::ContingentId contingent);

}  // namespace defilada::plan
