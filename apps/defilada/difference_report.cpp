// SPDX-License-Identifier: MIT
#include "difference_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "defilada/core/terminal.hpp"
#include "palette.hpp"
#include "words.hpp"

namespace defilada::app {
namespace {

using comparison::Change;
using comparison::ContingentChange;
using comparison::Difference;
using comparison::Fate;
using comparison::ItemChange;
using comparison::Move;
using comparison::Unit;
using Json = nlohmann::ordered_json;

std::int64_t tenths(double seconds) {
  return std::llround(seconds * 10);
}

/// "09:47:03.5" of seconds of the day.
std::string clock_text(double seconds) {
  const std::int64_t all = tenths(std::abs(seconds));
  return fmt::format("{}{:02}:{:02}:{:02}.{}", seconds < 0 ? "-" : "", all / 36'000, all / 600 % 60,
                     all / 10 % 60, all % 10);
}

/// "18.0 s", "1 min 30.0 s"; without a sign.
Measure length_text(double seconds) {
  const std::int64_t all = tenths(std::abs(seconds));
  if (all < 1200) return {fmt::format("{}.{} s", all / 10, all % 10)};
  return {fmt::format("{} min {}.{} s", all / 600, all / 10 % 60, all % 10)};
}

Phrase shift_text(double seconds) {
  return seconds < 0 ? phrase("{} earlier", length_text(seconds))
                     : phrase("{} later", length_text(seconds));
}

Phrase value_text(Unit unit, double value) {
  switch (unit) {
    case Unit::clock: return Phrase::verbatim(clock_text(value));
    case Unit::seconds: return phrase("{}", length_text(value));
    case Unit::metres: return phrase("{:.1f} m", value);
    case Unit::count:
    case Unit::text: break;
  }
  return phrase("{}", Count{std::llround(value)});
}

/// "+9.0 m", "18.0 s later"; nothing where there is no difference to tell.
Phrase difference_of(const Change& change) {
  const auto difference = change.difference();
  if (!difference) return {};
  if (change.unit == Unit::clock) return shift_text(*difference);
  const Phrase size = value_text(change.unit, std::abs(*difference));
  return phrase("{}{}", *difference < 0 ? "-" : "+", size);
}

Phrase side(const Change& change, const std::optional<double>& number, const std::string& text) {
  if (change.unit == Unit::text) {
    return text.empty() ? phrase("nobody") : Phrase::verbatim(printable(text));
  }
  return number ? value_text(change.unit, *number) : phrase("none");
}

/// "gap at salute line: 51.0 m, was 42.0 m (+9.0 m)".
Phrase change_text(const Change& change) {
  const Phrase after = side(change, change.after, change.after_text);
  const Phrase before = side(change, change.before, change.before_text);
  const Phrase difference = difference_of(change);
  return difference.empty()
             ? phrase("{}: {}, was {}", change.about, after, before)
             : phrase("{}: {}, was {} ({})", change.about, after, before, difference);
}

/// Of one that was not there, or is not any more: the clock times that were said of it.
Phrase facts_text(const std::vector<Change>& changes) {
  std::vector<Phrase> facts;
  for (const Change& change : changes) {
    const auto& number = change.after ? change.after : change.before;
    const bool tail = change.about.pattern() == "tail at {}";
    if (!number || change.unit != Unit::clock || tail) continue;
    facts.push_back(phrase("{} {}", change.about, value_text(change.unit, *number)));
  }
  return Phrase::joined(facts, ", ");
}

/// "18.0 s later"; "forms up to steps off 30.8 s earlier, head at line-up to disperses 45.3 s
/// earlier".
Phrase moves_text(const std::vector<Move>& moves) {
  std::vector<Phrase> parts;
  for (const Move& move : moves) {
    const Phrase shift = shift_text(move.shift_s);
    parts.push_back(move.all               ? shift
                    : move.from == move.to ? phrase("{} {}", move.from, shift)
                                           : phrase("{} to {} {}", move.from, move.to, shift));
  }
  return Phrase::joined(parts, ", ");
}

class DifferenceText {
 public:
  DifferenceText(bool colour, const language::Words& say)
      : palette_(palette_of(colour)), say_(say) {}

  std::string of(const Difference& difference, const std::vector<comparison::GuestChange>& guests) {
    if (!difference.nothing() || guests.empty()) heading(difference);
    for (const Change& change : difference.of_show) line(change_text(change));
    if (!difference.items.empty()) title(phrase("programme"));
    for (const ItemChange& item : difference.items) one(item);
    if (!guests.empty()) title(phrase("guests"));
    for (const comparison::GuestChange& guest : guests) one(guest);
    contingents(difference.contingents);
    return std::move(out_);
  }

 private:
  void heading(const Difference& difference) {
    const auto items = [](std::size_t n) { return counted_items(static_cast<std::int64_t>(n)); };
    const auto contingents = [](std::size_t n) {
      return counted_contingents(static_cast<std::int64_t>(n));
    };
    const Phrase same_items = items(difference.same_items);
    const Phrase same_contingents = contingents(difference.same_contingents);
    out_ = say_(difference.nothing()
                    ? phrase("nothing changed: {} and {} as before", same_items, same_contingents)
                    : phrase("changed: {}, {}; as before: {}, {}", items(difference.items.size()),
                             contingents(difference.contingents.size()), same_items,
                             same_contingents)) +
           "\n";
  }
  void title(const Phrase& text) {
    out_ += fmt::format("{}{}{}\n", palette_.bold, printable(say_(text)), palette_.off);
  }
  void line(const Phrase& text) { out_ += "  " + printable(say_(text)) + "\n"; }

  template <typename Changed>
  void sided(const Changed& change) {
    const Phrase facts = facts_text(change.changes);
    const Phrase fate = change.fate == Fate::added ? phrase("{} is new", change.name)
                                                   : phrase("{} is gone", change.name);
    line(facts.empty() ? fate : phrase("{}: {}", fate, facts));
  }
  void one(const ItemChange& item) {
    if (item.fate != Fate::changed) return sided(item);
    for (const Change& change : item.changes) {
      line(phrase("{} {}", item.name, change_text(change)));
    }
  }
  void one(const comparison::GuestChange& guest) {
    if (guest.fate != Fate::changed) return sided(guest);
    for (const Change& change : guest.changes) {
      line(phrase("{} {}", guest.name, change_text(change)));
    }
  }
  void one(const ContingentChange& who) {
    if (who.fate != Fate::changed) return sided(who);
    if (!who.moves.empty()) line(phrase("{}: {}", who.name, moves_text(who.moves)));
    for (const Change& change : who.changes) {
      line(phrase("{} {}", who.name, change_text(change)));
    }
  }
  /// Neighbours that did nothing but move alike are told in one line.
  void contingents(const std::vector<ContingentChange>& all) {
    const std::string* procession = nullptr;
    for (std::size_t i = 0; i < all.size();) {
      if (procession == nullptr || *procession != all[i].procession) {
        procession = &all[i].procession;
        title(procession->empty() ? phrase("in place") : Phrase::verbatim(*procession));
      }
      const std::size_t end = end_of_run(all, i);
      if (end - i < 2) {
        one(all[i]);
      } else {
        line(phrase("{} to {} ({}): {}", all[i].name, all[end - 1].name, end - i,
                    moves_text(all[i].moves)));
      }
      i = std::max(end, i + 1);
    }
  }
  static bool only_moved(const ContingentChange& who) {
    return who.fate == Fate::changed && !who.moves.empty() && who.changes.empty();
  }
  static bool alike(const std::vector<Move>& a, const std::vector<Move>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Move& x, const Move& y) {
      return x.from == y.from && x.to == y.to && tenths(x.shift_s) == tenths(y.shift_s);
    });
  }
  static std::size_t end_of_run(const std::vector<ContingentChange>& all, std::size_t begin) {
    std::size_t end = begin;
    while (end < all.size() && only_moved(all[end]) &&
           all[end].procession == all[begin].procession &&
           alike(all[end].moves, all[begin].moves)) {
      ++end;
    }
    return end;
  }

  const Palette& palette_;
  const language::Words& say_;
  std::string out_;
};

std::string_view name_of(Unit unit) {
  switch (unit) {
    case Unit::clock: return "time_s";
    case Unit::seconds: return "s";
    case Unit::metres: return "m";
    case Unit::count: return "count";
    case Unit::text: break;
  }
  return "text";
}

std::string_view name_of(Fate fate) {
  switch (fate) {
    case Fate::added: return "added";
    case Fate::removed: return "removed";
    case Fate::changed: return "changed";
    case Fate::same: break;
  }
  return "same";
}

/// To the microsecond, which is what a plan holds.
Json number(const std::optional<double>& value) {
  return value ? Json(std::round(*value * 1e6) / 1e6) : Json(nullptr);
}

Json change_json(const Change& change) {
  const bool text = change.unit == Unit::text;
  return {{"about", change.about.english()},
          {"unit", name_of(change.unit)},
          {"before", text ? Json(change.before_text) : number(change.before)},
          {"after", text ? Json(change.after_text) : number(change.after)}};
}

Json changes_json(const std::vector<Change>& changes) {
  Json json = Json::array();
  for (const Change& change : changes) json.push_back(change_json(change));
  return json;
}

Json moves_json(const std::vector<Move>& moves) {
  Json json = Json::array();
  for (const Move& move : moves) {
    json.push_back({{"from", move.from.english()},
                    {"to", move.to.english()},
                    {"shift_s", number(move.shift_s)}});
  }
  return json;
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string difference_text(const Difference& difference,
                            const std::vector<comparison::GuestChange>& guests, bool colour,
                            const language::Words& say) {
  return DifferenceText(colour, say).of(difference, guests);
}

std::string difference_json(const Difference& difference,
                            const std::vector<comparison::GuestChange>& guests) {
  Json items = Json::array();
  for (const ItemChange& item : difference.items) {
    items.push_back({{"name", item.name},
                     {"fate", name_of(item.fate)},
                     {"changes", changes_json(item.changes)}});
  }
  Json contingents = Json::array();
  for (const ContingentChange& who : difference.contingents) {
    contingents.push_back({{"name", who.name},
                           {"label", who.label},
                           {"procession", who.procession},
                           {"fate", name_of(who.fate)},
                           {"moves", moves_json(who.moves)},
                           {"changes", changes_json(who.changes)}});
  }
  Json of_guests = Json::array();
  for (const comparison::GuestChange& guest : guests) {
    of_guests.push_back({{"name", guest.name},
                         {"label", guest.label},
                         {"fate", name_of(guest.fate)},
                         {"changes", changes_json(guest.changes)}});
  }
  return dumped(
      {{"format", "defilada-diff/1"},
       {"before", difference.before_show},
       {"after", difference.after_show},
       {"show", changes_json(difference.of_show)},
       {"items", std::move(items)},
       {"contingents", std::move(contingents)},
       {"guests", std::move(of_guests)},
       {"same", {{"items", difference.same_items}, {"contingents", difference.same_contingents}}}});
}

std::string rehearsal_text(const std::vector<comparison::Held>& held, const Work& work, bool colour,
                           const language::Words& say) {
  const Palette& palette = palette_of(colour);
  std::string out =
      fmt::format("{}{:<11} {:<11} {:<16} {:<14} {}{}\n", palette.label, say(phrase("planned")),
                  say(phrase("measured")), say(phrase("difference")), say(phrase("slower since")),
                  say(phrase("cue")), palette.off);
  std::int64_t outside = 0;
  for (const comparison::Held& each : held) {
    const Phrase late = each.late.us == 0 ? phrase("as planned") : shift_text(each.late.seconds());
    const Phrase slower = each.slower ? phrase("{}{}", each.slower->us < 0 ? "-" : "+",
                                               length_text(each.slower->seconds()))
                                      : Phrase();
    out +=
        fmt::format("{:<11} {:<11} {:<16} {:<14} {}", work.show->clock.wall_clock(each.planned, 1),
                    work.show->clock.wall_clock(each.measured, 1), say(late), say(slower),
                    printable(work.plan.cues[each.cue].label));
    if (each.beyond.us != 0) {
      ++outside;
      out += fmt::format(
          "  {}{}{}", palette.error,
          say(phrase("{} beyond what the plan can take", length_text(each.beyond.seconds()))),
          palette.off);
    }
    if (!each.note.empty()) out += "  (" + printable(each.note) + ")";
    out += "\n";
  }
  return out +
         say(phrase("{} measured, {} beyond what the plan can take",
                    counted_cues(static_cast<std::int64_t>(held.size())), Count{outside})) +
         "\n";
}

std::string rehearsal_json(const std::vector<comparison::Held>& held, const Work& work) {
  Json cues = Json::array();
  for (const comparison::Held& each : held) {
    cues.push_back({{"id", work.plan.cues[each.cue].id},
                    {"planned", work.show->clock.iso8601(each.planned)},
                    {"measured", work.show->clock.iso8601(each.measured)},
                    {"late_s", each.late.seconds()},
                    {"beyond_s", each.beyond.seconds()},
                    {"slower_s", each.slower ? Json(each.slower->seconds()) : Json(nullptr)},
                    {"note", each.note}});
  }
  return dumped(
      {{"format", "defilada-rehearsal/1"}, {"show", work.show->name}, {"cues", std::move(cues)}});
}

}  // namespace defilada::app
