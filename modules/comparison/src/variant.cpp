// SPDX-License-Identifier: MIT
#include "defilada/comparison/variant.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "defilada/show/print.hpp"

namespace defilada::comparison {
namespace {

constexpr std::size_t kToldStatements = 4;

bool is_same(const Finding& a, const Finding& b) {
  return a.code == b.code && a.message == b.message && a.who == b.who;
}

std::vector<Finding> new_errors(const std::vector<Finding>& base,
                                const std::vector<Finding>& variant) {
  std::vector<Finding> out;
  for (const Finding& finding : variant) {
    if (finding.severity != Severity::error) continue;
    const bool known = std::any_of(base.begin(), base.end(),
                                   [&](const Finding& other) { return is_same(finding, other); });
    if (!known) out.push_back(finding);
  }
  return out;
}

/// The head of each delegation, by its name.
struct Guest {
  const show::Delegation* delegation = nullptr;
  const plan::GuestCard* card = nullptr;
};
std::vector<Guest> heads(const show::Show& show, const plan::Plan& plan) {
  std::vector<Guest> out;
  for (const plan::GuestCard& card : plan.guests.guests) {
    if (card.place == 0) out.push_back({&show[card.delegation], &card});
  }
  return out;
}

const Guest* named(const std::vector<Guest>& guests, const std::string& name) {
  const auto found = std::find_if(guests.begin(), guests.end(),
                                  [&](const Guest& each) { return each.delegation->name == name; });
  return found == guests.end() ? nullptr : &*found;
}

void add_time(Phrase about, const plan::GuestCard* before, const plan::GuestCard* after,
              std::optional<Time> plan::GuestCard::*time, double within_s,
              std::vector<Change>& changes) {
  const auto of = [&](const plan::GuestCard* card) -> std::optional<double> {
    if (card == nullptr || !(card->*time)) return std::nullopt;
    return (card->*time)->seconds();
  };
  const auto was = of(before);
  const auto is = of(after);
  if (!was && !is) return;
  if (was && is && std::abs(*is - *was) <= within_s + 2e-6) return;
  changes.push_back({std::move(about), Unit::clock, was, is, {}, {}});
}

std::vector<Change> times_of(const plan::GuestCard* before, const plan::GuestCard* after,
                             double within_s) {
  std::vector<Change> changes;
  const auto add = [&](Phrase about, std::optional<Time> plan::GuestCard::*time) {
    add_time(std::move(about), before, after, time, within_s, changes);
  };
  add(phrase("arrives"), &plan::GuestCard::arrives);
  add(phrase("is greeted"), &plan::GuestCard::greeted);
  add(phrase("is seated"), &plan::GuestCard::seated);
  add(phrase("leaves"), &plan::GuestCard::leaves);
  return changes;
}

void add_changes(const std::string& whom, const std::string& name,
                 const std::vector<Change>& changes, std::vector<plan::VariantRow::Change>& out) {
  for (const Change& change : changes) {
    out.push_back({whom, name, change.about.english(), change.before, change.after,
                   change.before_text, change.after_text});
  }
}

std::string_view fate_word(Fate fate) {
  return fate == Fate::added ? "is new" : "is gone";
}

/// To the millisecond above: with less than that it would still not do.
Measure told_up(Duration short_by) {
  const std::int64_t us = (short_by.us + 999) / 1000 * 1000;
  return {show::print_duration({us})};
}

}  // namespace

Phrase VariantOutcome::why() const {
  if (feasible) {
    if (breaks.empty()) return {};
    Phrase text = breaks.front().message;
    if (breaks.size() > 1) text += phrase("; and {} more", breaks.size() - 1);
    return text;
  }
  if (conflicts.empty()) return phrase("its programme has no solution");
  const plan::Conflict& conflict = conflicts.front();
  std::vector<Phrase> statements;
  for (std::size_t i = 0; i < std::min(conflict.statements.size(), kToldStatements); ++i) {
    statements.push_back(conflict.statements[i].text);
  }
  const Phrase told = Phrase::joined(statements, "; ");
  Phrase text = conflict.ring ? phrase("these wait for each other: {}", told)
                              : phrase("it misses by {}: {}", told_up(conflict.short_by), told);
  if (conflict.statements.size() > kToldStatements) {
    text += phrase("; and {} more", conflict.statements.size() - kToldStatements);
  }
  return text;
}

VariantOutcome outcome_of(const show::Show& base, const plan::Plan& base_plan,
                          const show::Show& variant, const plan::Plan& plan, Tolerance tolerance) {
  VariantOutcome out;
  out.variant = *variant.variant;
  out.feasible = plan.feasible;
  out.conflicts = plan.conflicts;
  for (const Finding& finding : plan.findings) {
    ++out.findings[static_cast<std::size_t>(finding.severity)];
  }
  if (!plan.feasible) return out;
  out.start = plan.start;
  out.end = plan.end;
  const Proper proper = show_proper(variant, plan);
  out.begins = proper.begins;
  out.ends = proper.ends;
  out.breaks = new_errors(base_plan.findings, plan.findings);
  const Issue before = issue_of(base, base_plan);
  Issue after = issue_of(variant, plan);
  after.title = before.title;  // that it is a variant is no change
  out.difference = compare(before, after, tolerance);
  out.guests = compare_guests(base, base_plan, variant, plan, tolerance);
  return out;
}

Proper show_proper(const show::Show& show, const plan::Plan& plan) {
  const auto performs = [&](const show::Item& item) {
    return std::any_of(show.items.begin(), show.items.end(), [&](const show::Item& other) {
      return other.procession && other.part == item.part;
    });
  };
  std::optional<Proper> proper;
  for (const plan::ItemPlan& item : plan.items) {
    if (!performs(show[item.item])) continue;
    if (!proper) proper = Proper{item.start, item.end};
    proper->begins = std::min(proper->begins, item.start);
    proper->ends = std::max(proper->ends, item.end);
  }
  return proper.value_or(Proper{plan.start, plan.end});
}

std::vector<GuestChange> compare_guests(const show::Show& before, const plan::Plan& before_plan,
                                        const show::Show& after, const plan::Plan& after_plan,
                                        Tolerance tolerance) {
  const std::vector<Guest> was = heads(before, before_plan);
  const std::vector<Guest> is = heads(after, after_plan);
  std::vector<GuestChange> out;
  for (const Guest& guest : is) {
    const Guest* other = named(was, guest.delegation->name);
    auto changes = times_of(other == nullptr ? nullptr : other->card, guest.card, tolerance.time_s);
    if (other != nullptr && changes.empty()) continue;
    out.push_back({guest.delegation->name, guest.delegation->label.en(),
                   other == nullptr ? Fate::added : Fate::changed, std::move(changes)});
  }
  for (const Guest& guest : was) {
    if (named(is, guest.delegation->name) != nullptr) continue;
    out.push_back({guest.delegation->name, guest.delegation->label.en(), Fate::removed,
                   times_of(guest.card, nullptr, tolerance.time_s)});
  }
  return out;
}

plan::VariantRow row_of(const VariantOutcome& outcome) {
  plan::VariantRow row;
  row.name = outcome.variant.name;
  row.slug = outcome.variant.slug;
  row.label = outcome.variant.label.en();
  if (outcome.variant.because) row.because = outcome.variant.because->en();
  row.feasible = outcome.feasible;
  row.holds = outcome.holds();
  row.why = outcome.why().english();
  if (outcome.feasible) {
    row.start = outcome.start;
    row.end = outcome.end;
  }
  row.findings = outcome.findings;
  const auto fate = [&](const std::string& whom, const std::string& name, Fate what) {
    if (what == Fate::added || what == Fate::removed) {
      row.changes.push_back({whom, name, std::string(fate_word(what)), {}, {}, {}, {}});
    }
  };
  for (const ItemChange& item : outcome.difference.items) {
    fate("item", item.name, item.fate);
    add_changes("item", item.name, item.changes, row.changes);
  }
  for (const ContingentChange& who : outcome.difference.contingents) {
    fate("contingent", who.name, who.fate);
    for (const Move& move : who.moves) {
      const std::string about = move.from == move.to
                                    ? move.from.english()
                                    : move.from.english() + " to " + move.to.english();
      row.changes.push_back({"contingent", who.name, "later: " + about, {}, move.shift_s, {}, {}});
    }
    add_changes("contingent", who.name, who.changes, row.changes);
  }
  for (const GuestChange& guest : outcome.guests) {
    fate("guest", guest.name, guest.fate);
    add_changes("guest", guest.name, guest.changes, row.changes);
  }
  return row;
}

}  // namespace defilada::comparison
