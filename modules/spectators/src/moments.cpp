// SPDX-License-Identifier: MIT
#include "moments.hpp"

#include <algorithm>
#include <limits>

namespace defilada::spectators {
namespace {

using What = show::CueRef::What;

std::optional<Time> passage(const plan::Plan& plan, const show::CueRef& cue) {
  for (const plan::Crossing& each : plan.contingents[cue.contingent.value].crossings) {
    if (each.station == cue.station) return cue.what == What::head ? each.head : each.tail;
  }
  return std::nullopt;
}

std::optional<Time> meeting(const plan::Plan& plan, const show::CueRef& cue) {
  for (const plan::ReviewPlan& review : plan.reviews) {
    for (const plan::ReviewPass& pass : review.passes) {
      if (pass.contingent == cue.passed && pass.again == cue.again) return pass.middle;
    }
  }
  return std::nullopt;
}

std::optional<Time> evolution(const plan::Plan& plan, const show::CueRef& cue) {
  for (const plan::EvolutionPlan& each : plan.contingents[cue.contingent.value].drill) {
    if (each.evolution != cue.evolution) continue;
    return cue.what == What::evolution_starts ? each.begin : each.end;
  }
  return std::nullopt;
}

/// Of the cues that the plan lists.
std::optional<Time> listed(const plan::Plan& plan, const show::CueRef& cue) {
  for (const plan::Cue& each : plan.cues) {
    if (each.contingent == cue.contingent && each.label == cue.text) return each.time;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Time> time_of(const plan::Plan& plan, const show::CueRef& cue) {
  std::optional<Time> time;
  switch (cue.what) {
    case What::item_starts: return plan.items[cue.item.value].start;
    case What::item_ends: return plan.items[cue.item.value].end;
    case What::head:
    case What::tail: time = passage(plan, cue); break;
    case What::abeam: time = meeting(plan, cue); break;
    case What::evolution_starts:
    case What::evolution_ends: time = evolution(plan, cue); break;
    case What::rank: break;
  }
  return time ? time : listed(plan, cue);
}

std::vector<DayPeriod> complement(std::vector<DayPeriod> periods) {
  constexpr double kForever = std::numeric_limits<double>::infinity();
  std::sort(periods.begin(), periods.end(),
            [](const DayPeriod& a, const DayPeriod& b) { return a.from_s < b.from_s; });
  std::vector<DayPeriod> rest;
  double at_s = -kForever;
  for (const DayPeriod& each : periods) {
    if (each.from_s > at_s) rest.push_back({at_s, each.from_s});
    at_s = std::max(at_s, each.to_s);
  }
  if (at_s < kForever) rest.push_back({at_s, kForever});
  return rest;
}

}  // namespace defilada::spectators
