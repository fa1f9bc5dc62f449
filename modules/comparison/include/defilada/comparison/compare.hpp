// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/comparison/issue.hpp"
#include "defilada/core/phrase.hpp"

/// What changed between two issues of a plan, told to those whom it concerns.
namespace defilada::comparison {

/// How the two values of a change are to be read.
enum class Unit { clock, seconds, metres, count, text };

struct Change {
  Phrase about;  ///< "steps off", "head at salute line", "gap at salute line", "people"
  Unit unit = Unit::text;
  std::optional<double> before;  ///< none: was not there. Of Unit::text: see the texts
  std::optional<double> after;   ///< none: is not there any more
  std::string before_text;
  std::string after_text;

  [[nodiscard]] std::optional<double> difference() const;  ///< after - before, of numbers
};

enum class Fate { same, added, removed, changed };

/// Clock times one after the other on a contingent's way that moved by the same, to a twentieth of
/// a second.
struct Move {
  Phrase from;  ///< "steps off"
  Phrase to;    ///< "disperses"; equal to `from` where it is one
  double shift_s = 0;
  bool all = false;  ///< every clock time that it has

  bool operator==(const Move&) const = default;
};

struct ContingentChange {
  std::string name;
  std::string label;
  std::string procession;  ///< after, else before
  Fate fate = Fate::same;
  std::vector<Move> moves;      ///< of its clock times, in the order of its way
  std::vector<Change> changes;  ///< of all else; clock times that are on one side only
};

struct ItemChange {
  std::string name;
  std::string label;
  Fate fate = Fate::same;
  std::vector<Change> changes;
};

struct Difference {
  std::string before_show;
  std::string after_show;
  std::vector<Change> of_show;    ///< title, date
  std::vector<ItemChange> items;  ///< that are not the same; in the order of the time after
  /// That are not the same: procession by procession, by the order after, then those removed.
  std::vector<ContingentChange> contingents;
  std::size_t same_items = 0;
  std::size_t same_contingents = 0;

  [[nodiscard]] bool nothing() const {
    return of_show.empty() && items.empty() && contingents.empty();
  }
};

struct Tolerance {
  double time_s = 0.5;    ///< clock times and headways that differ by less are the same
  double length_m = 0.5;  ///< lengths, gaps, heights likewise
};

/// Contingents and items are the same when their names are. A contingent that has the same one
/// ahead keeps its place, whatever number it has. Laws: compare(a, a) says nothing; swapping the
/// issues swaps before and after, added and removed. Cost: O(n log n).
[[nodiscard]] Difference compare(const Issue& before, const Issue& after, Tolerance tolerance = {});

}  // namespace defilada::comparison
