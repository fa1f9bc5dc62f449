// SPDX-License-Identifier: MIT
#include "moments.hpp"

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

}  // namespace defilada::spectators
