// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/show/model.hpp"
#include "namespace.hpp"

namespace defilada::show {

/// Bytes [begin, end) of a cue's text.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// One way to read a cue's text. All names are declared; whether they go together (a station on the
/// contingent's route, `over` for aircraft) is the resolver's to see.
struct CueReading {
  CueRef ref;  ///< without span and text
  TextRange subject;
  TextRange verb;
  TextRange station;
  TextRange rank;
  Evolution::What evolution = Evolution::What::mark_time;  ///< of What::evolution_*: `again` says
                                                           ///< which of these
};

struct CueFault {
  TextRange where;
  std::string code;
  Phrase message;
  Phrase expected;
  std::string suggestion;
  std::vector<Diagnostic::Note> notes;
};

/// Either one reading, or why there is none or more than one.
struct CueParse {
  std::vector<CueReading> readings;
  std::vector<CueFault> faults;  ///< empty if and only if there is exactly one reading
};

/// What a cue can name.
struct KnownNames {
  const Namespace& names;
  const Show& show;  ///< the names of its items, and the order of each procession
  const std::vector<std::vector<ItemId>>& items_of_procession;
};

/// Reads
///
///     cue := (head | tail | rank N) of CONTINGENT (crosses | clears | over) STATION
///          | CONTINGENT passes CONTINGENT [again]     of a review; again: on the way back
///          | CONTINGENT EVOLUTION [again] [starts | ends]     again: the last of these in its
///          drill | ITEM (starts | ends) | ITEM                      the instant that `bare` says
///     CONTINGENT := a contingent's name | (first | last) of PROCESSION
///     EVOLUTION := opens order | closes order | countermarches | wheels | forms line | forms
///     column
///          | dresses | marks time                  without starts or ends: the instant of `bare`
///     ITEM := an item's name | the name of a procession that exactly one item runs
///
/// Names may hold blanks and words of the grammar: every split of the text is tried, so that no
/// name is taken for the beginning of a longer one, and a text with two readings is a fault. `show`
/// needs the order of each procession and the procession of each item. Cost: O(words^2) look-ups; a
/// text of more than kCueLimit bytes is refused.
[[nodiscard]] CueParse parse_cue(std::string_view text, CueRef::What bare, const KnownNames& known);

inline constexpr std::size_t kCueLimit = 600;

}  // namespace defilada::show
