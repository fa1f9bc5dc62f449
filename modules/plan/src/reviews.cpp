// SPDX-License-Identifier: MIT
#include <algorithm>

#include "stages.hpp"

namespace defilada::plan {
namespace {

double greatest_speed(const movement::Motion& motion) {
  double most = 0;
  for (const auto& phase : motion.profile_of(0).profile->phases()) {
    most = std::max({most, phase.v0_mps, phase.v0_mps + phase.a_mps2 * phase.duration_s});
  }
  return most;
}

ReviewPlan review_of(const show::Show& show, const movement::Motions& motions,
                     const movement::ReviewWay& way, const Compiled& compiled,
                     const std::vector<Time>& times) {
  const show::Review& review = *show[way.item].review;
  const auto& order = show[review.drive].order;
  const movement::Motion& first = motions[order.front()];
  const movement::Motion& last = motions[order.back()];
  const auto after = [&](show::ContingentId id, double seconds) {
    return times[compiled.step_off[id.value].value] + duration_from_seconds(seconds);
  };
  ReviewPlan plan;
  plan.item = way.item;
  plan.length_m = first.end_m() - first.start_m();
  plan.speed_mps = greatest_speed(first);
  plan.clearance_m = way.clearance_m;
  plan.nearest = way.nearest;
  for (const movement::Pass& pass : way.passes) {
    // A tail that stays abeam never leaves.
    const double leaves = std::min(last.tail_at(pass.to_m), last.duration_s());
    plan.passes.push_back(
        {pass.contingent, pass.again, after(order.front(), first.head_at(pass.from_m)),
         after(order.front(), first.head_at(pass.middle_m)), after(order.back(), leaves)});
  }
  for (const movement::ReviewPlace& place : way.places) {
    const Time arrives = after(order.front(), first.head_at(place.at_m));
    plan.halts.push_back({place.stop, arrives, arrives + review.stops[place.stop].lasts});
  }
  std::stable_sort(plan.halts.begin(), plan.halts.end(),
                   [](const ReviewHalt& a, const ReviewHalt& b) { return a.arrives < b.arrives; });
  return plan;
}

}  // namespace

void fill_reviews(const show::Show& show, const movement::Motions& motions,
                  const Compiled& compiled, const std::vector<Time>& times, Plan& plan) {
  for (const movement::ReviewWay& way : motions.reviews) {
    if (way.passes.empty()) continue;
    plan.reviews.push_back(review_of(show, motions, way, compiled, times));
  }
}

}  // namespace defilada::plan
