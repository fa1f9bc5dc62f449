// SPDX-License-Identifier: MIT
#include "defilada/drawing/context.hpp"

#include <algorithm>
#include <map>

#include "defilada/core/slug.hpp"

namespace defilada::drawing {

Tally& Tally::operator+=(const Tally& other) noexcept {
  contingents += other.contingents;
  people += other.people;
  mounted += other.mounted;
  vehicles += other.vehicles;
  aeroplanes += other.aeroplanes;
  helicopters += other.helicopters;
  drones += other.drones;
  return *this;
}

Context::Context(const show::Show& the_show, const plan::Plan& the_plan,
                 const std::string& language)
    : show(the_show), plan(the_plan), words(language), format(words, show.clock) {
  name_ids();
  place_parts();
  choose_inks();
}

void Context::name_ids() {
  Slugs slugs;
  for (const show::Contingent& contingent : show.contingents) {
    card_ids_.push_back("card-" + slugs.add(contingent.name));
  }
  for (const show::Procession& procession : show.processions) {
    procession_ids_.push_back("order-" + slugs.add(procession.name));
  }
}

namespace {

void count_part(Tally& tally, const show::Kind& kind, const show::Part& part, std::int64_t slots) {
  tally.people += slots * part.crew.value_or(kind.crew);
  switch (kind.category) {
    case show::Category::foot: break;
    case show::Category::mounted: tally.mounted += slots; break;
    case show::Category::vehicle: tally.vehicles += slots; break;
    case show::Category::aeroplane: tally.aeroplanes += slots; break;
    case show::Category::helicopter: tally.helicopters += slots; break;
    case show::Category::drone: tally.drones += slots; break;
  }
}

}  // namespace

void Context::place_parts() {
  for (std::size_t i = 0; i < show.contingents.size(); ++i) {
    std::vector<PlacedPart>& placed = parts_.emplace_back();
    // "45 contingents" are those that march or fly; a band in its place is not one of them.
    Tally& tally =
        tallies_.emplace_back(Tally{.contingents = show.counts(show.contingents[i]) ? 1 : 0});
    double tail_m = 0;
    for (const show::Part& part : show.contingents[i].parts) {
      // The reader has refused formations that cannot be laid out; one that fails here is not
      // drawn.
      formation::Layout layout = formation::layout(part.formation).value_or(formation::Layout{});
      const double back_m = placed.empty() ? 0 : tail_m + part.behind_m;
      tail_m = back_m + layout.depth_m;
      count_part(tally, show[part.kind], part, static_cast<std::int64_t>(layout.slots.size()));
      placed.push_back({&part, std::move(layout), back_m});
    }
    const show::ContingentId id{static_cast<std::uint32_t>(i)};
    if (const plan::ContingentPlan* timed = plan_of(id)) tally.people = timed->people;
  }
}

void Context::choose_inks() {
  std::map<std::string, Ink> by_branch;
  for (const show::Contingent& contingent : show.contingents) {
    const auto found = contingent.attributes.find("branch");
    const std::string branch = found == contingent.attributes.end() ? "" : found->second;
    if (by_branch.try_emplace(branch, series(by_branch.size())).second) {
      ink_meanings_.push_back(
          {by_branch.at(branch), branch.empty() ? words(Msg::not_stated) : branch});
    }
    ink_of_.push_back(by_branch.at(branch));
  }
  if (by_branch.size() > 1 && by_branch.size() <= kSeries) return;
  ink_meanings_.clear();
  for (std::size_t p = 0; p < show.processions.size(); ++p) {
    ink_meanings_.push_back({series(p), show.processions[p].name, {static_cast<std::uint32_t>(p)}});
  }
  for (std::size_t i = 0; i < show.contingents.size(); ++i) {
    const show::ProcessionId procession = show.contingents[i].procession;
    ink_of_[i] = series(procession.valid() ? procession.value : show.processions.size());
  }
  if (std::any_of(show.contingents.begin(), show.contingents.end(),
                  [](const show::Contingent& c) { return !c.procession.valid(); })) {
    ink_meanings_.push_back({series(show.processions.size()), words(Msg::in_place)});
  }
}

std::string Context::label(const show::Text& text, const std::string& name) const {
  const auto& texts = text.by_language;
  auto found = texts.find(words.language());
  if (found == texts.end()) found = texts.find("en");
  return found == texts.end() || found->second.empty() ? name : found->second;
}

std::string Context::label(show::ContingentId id) const {
  return label(show[id].label, show[id].name);
}

std::string Context::label(show::ItemId id) const {
  return label(show[id].label, show[id].name);
}

const std::string& Context::card_id(show::ContingentId id) const {
  return card_ids_[id.value];
}

const std::string& Context::procession_id(show::ProcessionId id) const {
  return procession_ids_[id.value];
}

const plan::ContingentPlan* Context::plan_of(show::ContingentId id) const {
  return id.value < plan.contingents.size() ? &plan.contingents[id.value] : nullptr;
}

const plan::ItemPlan* Context::plan_of(show::ItemId id) const {
  return id.value < plan.items.size() ? &plan.items[id.value] : nullptr;
}

const plan::Crossing* Context::crossing(show::ContingentId id, show::StationId at) const {
  const plan::ContingentPlan* timed = plan_of(id);
  if (timed == nullptr) return nullptr;
  for (const plan::Crossing& crossing : timed->crossings) {
    if (crossing.station == at) return &crossing;
  }
  return nullptr;
}

show::StationId Context::key_station(show::ProcessionId id) const {
  const show::Procession& procession = show[id];
  if (procession.air) return procession.over;
  for (const show::Item& item : show.items) {
    if (item.procession == id && item.from) return *item.from;
  }
  if (procession.spacing) return procession.spacing->station;
  for (const show::ContingentId contingent : procession.order) {
    const plan::ContingentPlan* timed = plan_of(contingent);
    if (timed != nullptr && !timed->crossings.empty()) return timed->crossings.front().station;
  }
  return {};
}

const std::vector<PlacedPart>& Context::parts(show::ContingentId id) const {
  return parts_[id.value];
}

const Tally& Context::tally(show::ContingentId id) const {
  return tallies_[id.value];
}

const show::Kind& Context::kind(show::ContingentId id) const {
  return show[show[id].parts.front().kind];
}

std::string Context::attribute(show::ContingentId id, const std::string& key) const {
  const auto& attributes = show[id].attributes;
  const auto found = attributes.find(key);
  return found == attributes.end() ? "" : found->second;
}

Ink Context::ink(show::ContingentId id) const {
  return ink_of_[id.value];
}

}  // namespace defilada::drawing
