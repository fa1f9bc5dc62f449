// SPDX-License-Identifier: MIT
// The page of the variants: for each, whether it holds, its times, and what changes for whom.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "build.hpp"
#include "defilada/comparison/variant.hpp"

namespace defilada::sheet {
namespace {

using comparison::Change;
using comparison::ContingentChange;
using comparison::Fate;
using comparison::GuestChange;
using comparison::ItemChange;
using comparison::Move;
using comparison::Unit;
using comparison::VariantOutcome;

constexpr std::string_view kNone = "–";

class VariantPages {
 public:
  explicit VariantPages(const Context& context, const std::vector<VariantOutcome>& outcomes)
      : context_(context), words_(context.words), outcomes_(outcomes) {}

  Section build() {
    Section section{.id = "variants", .title = words_(Msg::variants), .new_page = true};
    section.blocks.emplace_back(
        Paragraph{.kind = Paragraph::Kind::note, .text = Rich(words_(Msg::variants_intro))});
    section.blocks.emplace_back(overview());
    for (const VariantOutcome& outcome : outcomes_) one(outcome, section.blocks);
    return section;
  }

 private:
  [[nodiscard]] std::string label(const show::Text& text, const std::string& name) const {
    return context_.label(text, name);
  }
  [[nodiscard]] std::string id(const VariantOutcome& outcome) const {
    return "variant-" + outcome.variant.slug;
  }

  // ---- all of them

  Rich verdict(const VariantOutcome& outcome) const {
    if (!outcome.feasible) return {words_(Msg::variant_fails), Emphasis::alarm};
    if (!outcome.holds()) return {words_(Msg::variant_breaks), Emphasis::alarm};
    return {words_(Msg::variant_holds), Emphasis::strong};
  }

  Rich changes(const VariantOutcome& outcome) const {
    Rich text;
    const auto add = [&](Msg message, std::size_t n) {
      if (n > 0) text.line().add(words_(message, static_cast<std::int64_t>(n)));
    };
    add(Msg::n_items_change, outcome.difference.items.size());
    add(Msg::n_contingents_change, outcome.difference.contingents.size());
    add(Msg::n_guests_change, outcome.guests.size());
    return text;
  }

  Table overview() const {
    Table table{.label = words_(Msg::variants),
                .columns = {{.heading = words_(Msg::col_variant), .flex = 3},
                            {.heading = words_(Msg::col_verdict)},
                            {.heading = words_(Msg::col_start), .align = Align::end},
                            {.heading = words_(Msg::col_end), .align = Align::end},
                            {.heading = words_(Msg::col_change), .flex = 2}}};
    const comparison::Proper base = comparison::show_proper(context_.show, context_.plan);
    table.rows.push_back({.cells = {{Rich(words_(Msg::the_base), Emphasis::strong)},
                                    {Rich()},
                                    {context_.format.clock(base.begins)},
                                    {context_.format.clock(base.ends)},
                                    {Rich()}}});
    for (const VariantOutcome& outcome : outcomes_) {
      Rich name;
      name.add(label(outcome.variant.label, outcome.variant.name), Emphasis::strong,
               "#" + id(outcome));
      if (outcome.variant.because) {
        name.line().add(label(*outcome.variant.because, ""), Emphasis::small);
      }
      const bool timed = outcome.feasible;
      table.rows.push_back(
          {.cells = {{std::move(name)},
                     {verdict(outcome)},
                     {timed ? context_.format.clock(outcome.begins) : std::string(kNone)},
                     {timed ? context_.format.clock(outcome.ends) : std::string(kNone)},
                     {changes(outcome)}},
           .marked = !outcome.holds()});
    }
    return table;
  }

  // ---- one

  void one(const VariantOutcome& outcome, std::vector<Block>& blocks) const {
    blocks.emplace_back(Heading{id(outcome), label(outcome.variant.label, outcome.variant.name)});
    if (!outcome.holds()) {
      Rich text = verdict(outcome);
      text.add(": " + words_(outcome.why()));
      blocks.emplace_back(Paragraph{.kind = Paragraph::Kind::alarm, .text = std::move(text)});
    }
    if (!outcome.difference.items.empty()) blocks.emplace_back(items(outcome.difference.items));
    if (!outcome.guests.empty()) blocks.emplace_back(guests(outcome.guests));
    if (!outcome.difference.contingents.empty()) {
      blocks.emplace_back(contingents(outcome.difference.contingents));
    }
  }

  [[nodiscard]] std::string shift(double seconds) const {
    const Duration by{std::llround(std::abs(seconds) * 10) * 100'000};
    return words_(seconds < 0 ? Msg::earlier_by : Msg::later_by, context_.format.duration(by));
  }
  [[nodiscard]] std::string clock(const std::optional<double>& seconds) const {
    return seconds ? context_.format.clock(time_from_seconds(*seconds)) : std::string(kNone);
  }

  Table items(const std::vector<ItemChange>& changed) const {
    Table table{.label = words_(Msg::col_item),
                .columns = {{.heading = words_(Msg::col_item), .flex = 3},
                            {.heading = words_(Msg::the_base), .align = Align::end},
                            {.heading = words_(Msg::col_variant), .align = Align::end},
                            {.heading = words_(Msg::col_change), .flex = 2}},
                .compact = true};
    for (const ItemChange& item : changed) {
      for (const Change& change : item.changes) {
        if (change.unit != Unit::clock) continue;
        const bool ends = change.about == "ends";
        if (ends && item.fate != Fate::changed) continue;
        std::string name = item_label(item);
        if (ends) name = words_(Msg::end_of, name);
        table.rows.push_back({.cells = {{std::move(name)},
                                        {clock(change.before)},
                                        {clock(change.after)},
                                        {fate_or_shift(item.fate, change)}}});
      }
    }
    return table;
  }

  Rich fate_or_shift(Fate fate, const Change& change) const {
    if (fate == Fate::removed) return {words_(Msg::variant_gone), Emphasis::tag};
    if (fate == Fate::added) return {words_(Msg::variant_new), Emphasis::tag};
    return change.difference() ? Rich(shift(*change.difference())) : Rich();
  }

  [[nodiscard]] std::string item_label(const ItemChange& item) const {
    const auto& items = context_.show.items;
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      if (items[i].name == item.name) return context_.label(show::ItemId{i});
    }
    return item.label.empty() ? item.name : item.label;
  }

  // ---- guests: those one after the other for whom everything moves alike are told together

  Table guests(const std::vector<GuestChange>& changed) const {
    Table table{.label = words_(Msg::col_guest),
                .columns = {{.heading = words_(Msg::col_guest), .flex = 2},
                            {.heading = words_(Msg::col_change), .flex = 4}},
                .compact = true};
    for (std::size_t i = 0; i < changed.size();) {
      std::size_t end = i + 1;
      while (end < changed.size() && alike(changed[i], changed[end])) ++end;
      std::string who = guest_label(changed[i]);
      if (end - i > 1) {
        who = words_(Msg::first_to_last, who, guest_label(changed[end - 1]),
                     static_cast<std::int64_t>(end - i));
      }
      table.rows.push_back({.cells = {{std::move(who)}, {guest_words(changed[i], end - i == 1)}}});
      i = end;
    }
    return table;
  }

  static bool alike(const GuestChange& a, const GuestChange& b) {
    return a.fate == b.fate && a.fate == Fate::changed &&
           std::equal(a.changes.begin(), a.changes.end(), b.changes.begin(), b.changes.end(),
                      [](const Change& x, const Change& y) {
                        return x.about == y.about && x.difference() && y.difference() &&
                               std::abs(*x.difference() - *y.difference()) < 0.05;
                      });
  }

  Rich guest_words(const GuestChange& guest, bool with_times) const {
    Rich text;
    if (guest.fate == Fate::removed) return {words_(Msg::variant_gone), Emphasis::tag};
    if (guest.fate == Fate::added) text.add(words_(Msg::variant_new), Emphasis::tag);
    for (const Change& change : guest.changes) {
      std::string told = change.difference() ? shift(*change.difference()) : clock(change.after);
      if (with_times && change.difference()) {
        told = words_(Msg::changed_by, clock(change.after), clock(change.before), told);
      }
      text.line().add(words_(change.about) + ": " + told);
    }
    return text;
  }

  [[nodiscard]] std::string guest_label(const GuestChange& guest) const {
    if (context_.show.guests) {
      for (const show::Delegation& each : context_.show.guests->delegations) {
        if (each.name == guest.name) return context_.label(each.label, each.name);
      }
    }
    return guest.label;
  }

  // ---- contingents: likewise

  Table contingents(const std::vector<ContingentChange>& changed) const {
    Table table{.label = words_(Msg::col_contingent),
                .columns = {{.heading = words_(Msg::col_contingent), .flex = 2},
                            {.heading = words_(Msg::col_change), .flex = 4}},
                .compact = true};
    const std::string* procession = nullptr;
    for (std::size_t i = 0; i < changed.size();) {
      if (procession == nullptr || *procession != changed[i].procession) {
        procession = &changed[i].procession;
        table.rows.push_back(
            {.kind = Row::Kind::group,
             .cells = {{Rich(procession->empty() ? words_(Msg::in_place) : *procession)}}});
      }
      std::size_t end = i + 1;
      while (end < changed.size() && alike(changed[i], changed[end])) ++end;
      std::string who = contingent_label(changed[i]);
      if (end - i > 1) {
        who = words_(Msg::first_to_last, who, contingent_label(changed[end - 1]),
                     static_cast<std::int64_t>(end - i));
      }
      table.rows.push_back({.cells = {{std::move(who)}, {contingent_words(changed[i])}}});
      i = end;
    }
    return table;
  }

  static bool alike(const ContingentChange& a, const ContingentChange& b) {
    if (a.procession != b.procession || a.fate != b.fate) return false;
    if (a.fate != Fate::changed) return true;
    return a.changes.empty() && b.changes.empty() &&
           std::equal(a.moves.begin(), a.moves.end(), b.moves.begin(), b.moves.end(),
                      [](const Move& x, const Move& y) {
                        return x.from == y.from && x.to == y.to &&
                               std::abs(x.shift_s - y.shift_s) < 0.05;
                      });
  }

  Rich contingent_words(const ContingentChange& who) const {
    if (who.fate == Fate::removed) return {words_(Msg::variant_gone), Emphasis::tag};
    if (who.fate == Fate::added) return {words_(Msg::variant_new), Emphasis::tag};
    Rich text;
    for (const Move& move : who.moves) {
      std::string where;
      if (!move.all) {
        where = move.from == move.to
                    ? words_(move.from)
                    : words_(Msg::about_stretch, words_(move.from), words_(move.to));
        where += ": ";
      }
      text.line().add(where + shift(move.shift_s));
    }
    for (const Change& change : who.changes) text.line().add(change_words(change));
    return text;
  }

  [[nodiscard]] std::string change_words(const Change& change) const {
    return words_(change.about) + ": " +
           words_(Msg::changed_from, side(change, change.after, change.after_text),
                  side(change, change.before, change.before_text));
  }

  [[nodiscard]] std::string side(const Change& change, const std::optional<double>& number,
                                 const std::string& text) const {
    if (change.unit == Unit::text) {
      return text.empty() ? std::string(kNone) : contingent_name(text);
    }
    if (!number) return std::string(kNone);
    switch (change.unit) {
      case Unit::clock: return clock(number);
      case Unit::seconds:
        return context_.format.duration(Duration{std::llround(*number * 10) * 100'000});
      case Unit::metres: return context_.format.length(std::round(*number * 10) / 10);
      default: return context_.format.count(std::llround(*number));
    }
  }

  [[nodiscard]] std::string contingent_label(const ContingentChange& who) const {
    const std::string known = contingent_name(who.name);
    return known == who.name && !who.label.empty() ? who.label : known;
  }

  /// As the sheet calls the base's contingent of that name; else the name.
  [[nodiscard]] std::string contingent_name(const std::string& name) const {
    const auto& contingents = context_.show.contingents;
    for (std::uint32_t i = 0; i < contingents.size(); ++i) {
      if (contingents[i].name == name) return context_.label(show::ContingentId{i});
    }
    return name;
  }

  const Context& context_;
  const Words& words_;
  const std::vector<VariantOutcome>& outcomes_;
};

}  // namespace

std::optional<Section> build_variants(const Context& context) {
  if (context.variants == nullptr || context.variants->empty()) return std::nullopt;
  return VariantPages(context, *context.variants).build();
}

}  // namespace defilada::sheet
