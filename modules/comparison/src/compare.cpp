// SPDX-License-Identifier: MIT
#include "defilada/comparison/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace defilada::comparison {
namespace {

/// Collects the changes between two values of one thing.
class Changes {
 public:
  Changes(Tolerance tolerance) : tolerance_(tolerance) {}

  void number(Phrase about, Unit unit, std::optional<double> before, std::optional<double> after) {
    if (!before && !after) return;
    const bool both = before && after;
    if (unit == Unit::clock && both) {
      clocks_.push_back({std::move(about), {}, *after - *before, false});
    } else if (!both || std::abs(*after - *before) > least(unit) + kRounding) {
      all_.push_back({std::move(about), unit, before, after, {}, {}});
    }
  }
  /// A clock time that is told with both its values.
  void time(Phrase about, std::optional<double> before, std::optional<double> after) {
    const bool both = before && after;
    if (both && std::abs(*after - *before) <= tolerance_.time_s + kRounding) return;
    all_.push_back({std::move(about), Unit::clock, before, after, {}, {}});
  }
  void text(Phrase about, const std::string& before, const std::string& after) {
    if (before == after) return;
    all_.push_back({std::move(about), Unit::text, {}, {}, before, after});
  }

  /// Neighbours that moved by the same as one; what moved within the tolerance did not move.
  [[nodiscard]] std::vector<Move> moves() const {
    constexpr double kSame_s = 0.05;
    std::vector<Move> runs;
    for (const Move& clock : clocks_) {
      if (runs.empty() || std::abs(clock.shift_s - runs.back().shift_s) > kSame_s) {
        runs.push_back(clock);
      }
      runs.back().to = clock.from;
    }
    if (runs.size() == 1) runs.front().all = true;
    std::erase_if(runs, [&](const Move& run) {
      return std::abs(run.shift_s) <= tolerance_.time_s + kRounding;
    });
    return runs;
  }
  [[nodiscard]] std::vector<Change> take() { return std::move(all_); }

 private:
  [[nodiscard]] double least(Unit unit) const {
    switch (unit) {
      case Unit::clock:
      case Unit::seconds: return tolerance_.time_s;
      case Unit::metres: return tolerance_.length_m;
      case Unit::count:
      case Unit::text: break;
    }
    return 0;
  }
  static constexpr double kRounding = 2e-6;  // 51.3 s - 50.8 s is no more than 0.5 s

  Tolerance tolerance_;
  std::vector<Change> all_;
  std::vector<Move> clocks_;
};

const Passing* passing_at(const IssuedContingent& who, std::string_view station) {
  const auto found = std::find_if(who.passings.begin(), who.passings.end(),
                                  [&](const Passing& each) { return each.station == station; });
  return found == who.passings.end() ? nullptr : &*found;
}

void compare_passing(const std::string& station, const Passing* before, const Passing* after,
                     Changes& changes) {
  const auto value = [](const Passing* passing, auto member) {
    return passing == nullptr ? std::nullopt : std::optional<double>(passing->*member);
  };
  const auto maybe = [](const Passing* passing, auto member) {
    return passing == nullptr ? std::optional<double>() : passing->*member;
  };
  changes.number(phrase("head at {}", station), Unit::clock, value(before, &Passing::head_s),
                 value(after, &Passing::head_s));
  changes.number(phrase("tail at {}", station), Unit::clock, value(before, &Passing::tail_s),
                 value(after, &Passing::tail_s));
  changes.number(phrase("headway at {}", station), Unit::seconds,
                 maybe(before, &Passing::headway_s), maybe(after, &Passing::headway_s));
  changes.number(phrase("gap at {}", station), Unit::metres, maybe(before, &Passing::gap_m),
                 maybe(after, &Passing::gap_m));
}

void compare_passings(const IssuedContingent& before, const IssuedContingent& after,
                      Changes& changes) {
  for (const Passing& passing : after.passings) {
    compare_passing(passing.station, passing_at(before, passing.station), &passing, changes);
  }
  for (const Passing& passing : before.passings) {
    if (passing_at(after, passing.station) == nullptr) {
      compare_passing(passing.station, &passing, nullptr, changes);
    }
  }
}

ContingentChange compare_contingent(const IssuedContingent& before, const IssuedContingent& after,
                                    Tolerance tolerance) {
  Changes changes(tolerance);
  changes.text(phrase("label"), before.label, after.label);
  changes.text(phrase("procession"), before.procession, after.procession);
  changes.text(phrase("behind"), before.ahead, after.ahead);
  changes.number(phrase("people"), Unit::count, static_cast<double>(before.people),
                 static_cast<double>(after.people));
  changes.number(phrase("movers"), Unit::count, static_cast<double>(before.movers),
                 static_cast<double>(after.movers));
  changes.number(phrase("depth"), Unit::metres, before.depth_m, after.depth_m);
  changes.number(phrase("width"), Unit::metres, before.width_m, after.width_m);
  changes.number(phrase("height"), Unit::metres, before.height_m, after.height_m);
  changes.number(phrase("forms up"), Unit::clock, before.forms_up_s, after.forms_up_s);
  changes.number(phrase("steps off"), Unit::clock, before.steps_off_s, after.steps_off_s);
  changes.number(phrase("over target"), Unit::clock, before.over_target_s, after.over_target_s);
  compare_passings(before, after, changes);
  changes.number(phrase("disperses"), Unit::clock, before.disperses_s, after.disperses_s);

  ContingentChange change;
  change.name = after.name;
  change.label = after.label;
  change.procession = after.procession;
  change.moves = changes.moves();
  change.changes = changes.take();
  if (!change.moves.empty() || !change.changes.empty()) change.fate = Fate::changed;
  return change;
}

/// One that is on one side only: everything that was told of it.
ContingentChange one_sided(const IssuedContingent& who, Fate fate, Tolerance tolerance) {
  IssuedContingent nobody;
  nobody.label = who.label;
  nobody.procession = who.procession;
  ContingentChange change = fate == Fate::added ? compare_contingent(nobody, who, tolerance)
                                                : compare_contingent(who, nobody, tolerance);
  change.name = who.name;
  change.fate = fate;
  return change;
}

ItemChange compare_item(const IssuedItem* before, const IssuedItem* after, Tolerance tolerance) {
  const IssuedItem& known = after != nullptr ? *after : *before;
  const auto value = [](const IssuedItem* item, double IssuedItem::*member) {
    return item == nullptr ? std::nullopt : std::optional(item->*member);
  };
  Changes changes(tolerance);
  if (before != nullptr && after != nullptr)
    changes.text(phrase("label"), before->label, after->label);
  changes.time(phrase("starts"), value(before, &IssuedItem::start_s),
               value(after, &IssuedItem::start_s));
  changes.time(phrase("ends"), value(before, &IssuedItem::end_s), value(after, &IssuedItem::end_s));
  ItemChange change{known.name, known.label, Fate::same, changes.take()};
  if (before == nullptr) {
    change.fate = Fate::added;
  } else if (after == nullptr) {
    change.fate = Fate::removed;
  } else if (!change.changes.empty()) {
    change.fate = Fate::changed;
  }
  return change;
}

template <typename Named>
std::map<std::string_view, const Named*> by_name(const std::vector<Named>& all) {
  std::map<std::string_view, const Named*> map;
  for (const Named& each : all) map.emplace(each.name, &each);
  return map;
}

void compare_items(const Issue& before, const Issue& after, Tolerance tolerance,
                   Difference& difference) {
  const auto earlier = by_name(before.items);
  const auto later = by_name(after.items);
  const auto add = [&](ItemChange change) {
    if (change.fate == Fate::same) {
      ++difference.same_items;
    } else {
      difference.items.push_back(std::move(change));
    }
  };
  for (const IssuedItem& item : after.items) {
    const auto found = earlier.find(item.name);
    add(compare_item(found == earlier.end() ? nullptr : found->second, &item, tolerance));
  }
  for (const IssuedItem& item : before.items) {
    if (later.find(item.name) == later.end()) add(compare_item(&item, nullptr, tolerance));
  }
}

/// Those of a procession together, in the order in which processions first appear.
void by_procession(std::vector<ContingentChange>& all) {
  std::map<std::string, std::size_t> rank;
  for (const ContingentChange& each : all) rank.emplace(each.procession, rank.size());
  std::stable_sort(all.begin(), all.end(),
                   [&](const ContingentChange& a, const ContingentChange& b) {
                     return rank.at(a.procession) < rank.at(b.procession);
                   });
}

void compare_contingents(const Issue& before, const Issue& after, Tolerance tolerance,
                         Difference& difference) {
  const auto earlier = by_name(before.contingents);
  const auto later = by_name(after.contingents);
  for (const IssuedContingent& who : after.contingents) {
    const auto found = earlier.find(who.name);
    ContingentChange change = found == earlier.end()
                                  ? one_sided(who, Fate::added, tolerance)
                                  : compare_contingent(*found->second, who, tolerance);
    if (change.fate == Fate::same) {
      ++difference.same_contingents;
    } else {
      difference.contingents.push_back(std::move(change));
    }
  }
  for (const IssuedContingent& who : before.contingents) {
    if (later.find(who.name) == later.end()) {
      difference.contingents.push_back(one_sided(who, Fate::removed, tolerance));
    }
  }
  by_procession(difference.contingents);
}

}  // namespace

std::optional<double> Change::difference() const {
  if (unit == Unit::text || !before || !after) return std::nullopt;
  return *after - *before;
}

Difference compare(const Issue& before, const Issue& after, Tolerance tolerance) {
  Difference difference;
  difference.before_show = before.show;
  difference.after_show = after.show;
  Changes of_show(tolerance);
  of_show.text(phrase("title"), before.title, after.title);
  of_show.text(phrase("date"), before.midnight, after.midnight);
  difference.of_show = of_show.take();
  compare_items(before, after, tolerance, difference);
  compare_contingents(before, after, tolerance, difference);
  return difference;
}

}  // namespace defilada::comparison
