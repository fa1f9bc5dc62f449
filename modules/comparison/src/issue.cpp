// SPDX-License-Identifier: MIT
#include "defilada/comparison/issue.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "ahead.hpp"

namespace defilada::comparison {
namespace {

std::optional<double> seconds(const std::optional<Time>& time) {
  return time ? std::optional(time->seconds()) : std::nullopt;
}

Passing passing_of(const show::Show& show, const plan::Crossing& crossing) {
  Passing passing;
  passing.station = show[crossing.station].name;
  passing.head_s = crossing.head.seconds();
  passing.tail_s = crossing.tail.seconds();
  if (crossing.headway) passing.headway_s = crossing.headway->seconds();
  passing.gap_m = crossing.gap_m;
  return passing;
}

IssuedContingent contingent_of(const show::Show& show, const plan::ContingentPlan& card) {
  const show::Contingent& who = show[card.contingent];
  IssuedContingent issued;
  issued.name = who.name;
  issued.label = who.label.en();
  if (who.procession.valid()) {
    issued.procession = show[who.procession].name;
    issued.place = card.place;
  }
  issued.people = card.people;
  issued.movers = card.movers;
  issued.depth_m = card.depth_m;
  issued.width_m = card.width_m;
  issued.forms_up_s = seconds(card.forms_up);
  issued.steps_off_s = seconds(card.steps_off);
  issued.disperses_s = seconds(card.disperses);
  issued.over_target_s = seconds(card.over_target);
  issued.height_m = card.height_m;
  for (const plan::Crossing& crossing : card.crossings) {
    issued.passings.push_back(passing_of(show, crossing));
  }
  return issued;
}

}  // namespace

void name_those_ahead(std::vector<IssuedContingent>& contingents) {
  std::map<std::pair<std::string, int>, std::string> at;
  for (const IssuedContingent& each : contingents) {
    if (each.place > 0) at[{each.procession, each.place}] = each.name;
  }
  for (IssuedContingent& each : contingents) {
    const auto ahead = at.find({each.procession, each.place - 1});
    each.ahead = each.place > 1 && ahead != at.end() ? ahead->second : std::string();
  }
}

Issue issue_of(const show::Show& show, const plan::Plan& plan) {
  Issue issue;
  issue.show = show.name;
  issue.title = show.title.en();
  issue.midnight = show.clock.iso8601(Time{});
  for (const plan::ContingentPlan& card : plan.contingents) {
    issue.contingents.push_back(contingent_of(show, card));
  }
  name_those_ahead(issue.contingents);
  for (const plan::ItemPlan& item : plan.items) {
    const show::Item& what = show[item.item];
    issue.items.push_back({what.name, what.label.en(), item.start.seconds(), item.end.seconds()});
  }
  std::sort(issue.items.begin(), issue.items.end(), [](const IssuedItem& a, const IssuedItem& b) {
    return a.start_s != b.start_s ? a.start_s < b.start_s : a.name < b.name;
  });
  return issue;
}

}  // namespace defilada::comparison
