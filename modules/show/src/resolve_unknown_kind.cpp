// SPDX-License-Identifier: MIT
// A kind that is not there: which one was meant, and where there is one of its name.

#include <algorithm>

#include "resolver.hpp"

namespace defilada::show {
namespace {

/// Of the files that lie at hand and could be catalogues, so many are looked into.
constexpr std::size_t kLookedInto = 300;

constexpr std::string_view kVersionKey = "defilada catalogue";

/// "foot" of "foot/china"; all of a name without a slash.
std::string_view family(std::string_view name) {
  return name.substr(0, name.find('/'));
}

/// "'a', 'b', 'c' and 4 more".
Phrase some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 8;
  std::vector<Phrase> quoted;
  for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i) {
    quoted.push_back(in_quotes(names[i]));
  }
  const Phrase list = Phrase::joined(quoted, ", ");
  return names.size() > kShown ? phrase("{} and {} more", list, names.size() - kShown) : list;
}

void collect_kinds(const Node& catalogue, const std::string& name,
                   std::map<std::string, Resolver::Elsewhere>& found) {
  if (!catalogue.is_mapping() || catalogue.find(kVersionKey) == nullptr) return;
  const Node* kinds = catalogue.find("kinds");
  if (kinds == nullptr || !kinds->is_mapping()) return;
  for (const Node::Member& kind : kinds->members) {
    found.try_emplace(collapsed(kind.key), Resolver::Elsewhere{name, kind.key_span});
  }
}

}  // namespace

const std::map<std::string, Resolver::Elsewhere>& Resolver::kinds_elsewhere() {
  if (kinds_elsewhere_) return *kinds_elsewhere_;
  kinds_elsewhere_.emplace();
  std::vector<std::string> at_hand = files.catalogue_names();
  at_hand.resize(std::min(at_hand.size(), kLookedInto));
  for (const std::string& name : at_hand) {
    const auto file = files.catalogue(name);
    if (!file || sources.text(*file).find(kVersionKey) == std::string_view::npos) continue;
    Diagnostics unheard;  // it is not used: its faults are nobody's business now
    collect_kinds(read_yaml(*file, sources, unheard), name, *kinds_elsewhere_);
  }
  return *kinds_elsewhere_;
}

std::vector<std::string> Resolver::kinds_that(std::optional<bool> fly,
                                              std::string_view written) const {
  std::vector<std::string> fitting;
  for (const std::string& name : kinds.all(Named::kind)) {
    const Kind& kind = show.kinds[kinds.find(name)->index];
    if (!fly || flies(kind.category) == *fly) fitting.push_back(name);
  }
  std::vector<std::string> relatives;
  std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(relatives),
               [&](const std::string& name) { return family(name) == family(written); });
  return relatives.empty() ? fitting : relatives;
}

const Name* Resolver::kind(const View& view, std::optional<bool> fly) {
  const auto written = view.text();
  if (!written || kinds.find(*written) != nullptr || lacks_catalogue)
    return reference(kinds, view, Named::kind);
  const Phrase message = phrase("there is no kind {}", in_quotes(*written));
  const auto& elsewhere = kinds_elsewhere();
  if (const auto found = elsewhere.find(collapsed(*written)); found != elsewhere.end()) {
    const Elsewhere& there = found->second;
    error("show.unknown-name", view.scalar_span(), message,
          phrase("'{}' under 'use': that catalogue has it", there.catalogue))
        .notes.push_back({phrase("the catalogue defines it here"), there.span});
    return nullptr;
  }
  std::string near = kinds.nearest(*written, {Named::kind});
  Phrase expected = near.empty() ? some_of(kinds_that(fly, *written)) : Phrase();
  if (near.empty() && expected.empty()) {
    expected = phrase("a kind of 'kinds', or of a catalogue under 'use'");
  } else if (!expected.empty()) {
    expected = phrase("one of {}", expected);
  }
  error("show.unknown-name", view.scalar_span(), message, std::move(expected), std::move(near));
  return nullptr;
}

}  // namespace defilada::show
