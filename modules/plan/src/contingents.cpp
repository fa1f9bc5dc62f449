// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/movement/limits.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

/// Name of the gait that holds where the head is at s.
std::string gait_at(const show::Show& show, const movement::Motion& motion, double s_m) {
  const show::Contingent& contingent = show[motion.contingent()];
  for (const auto& zone : motion.zones()) {
    if (s_m >= zone.from_m - 1e-6 && s_m < zone.to_m - 1e-6) return zone.gait.name;
  }
  return contingent.base_gait ? contingent.base_gait->name
                              : show[contingent.procession].base_gait.name;
}

class Cards {
 public:
  Cards(const show::Show& show, const movement::Motions& motions, const Compiled& compiled,
        const std::vector<Time>& times, Plan& plan)
      : show_(show), motions_(motions), compiled_(compiled), times_(times), plan_(plan) {}

  void run() {
    plan_.contingents.resize(show_.contingents.size());
    for (std::uint32_t c = 0; c < show_.contingents.size(); ++c) {
      ContingentPlan& card = plan_.contingents[c];
      card.contingent = show::ContingentId{c};
      const auto& motion = motions_.by_contingent[c];
      size(card, motion ? motion->arrangement() : *motions_.in_place[c]);
    }
    for (const auto& procession : show_.processions) order(procession);
  }

 private:
  void size(ContingentPlan& card, const movement::Arrangement& arrangement) const {
    card.depth_m = arrangement.depth_m();
    card.width_m = arrangement.width_m();
    card.movers = static_cast<std::int64_t>(arrangement.slots.size());
    for (const auto& placed : arrangement.slots) {
      card.people +=
          show_[card.contingent].parts[placed.part].crew.value_or(show_[placed.kind].crew);
    }
  }

  void order(const show::Procession& procession) {
    for (std::size_t i = 0; i < procession.order.size(); ++i) {
      ContingentPlan& card = plan_.contingents[procession.order[i].value];
      card.place = static_cast<int>(i) + 1;
      if (i > 0) card.ahead = procession.order[i - 1];
      if (i == 0 && procession.follows) card.ahead = show_[*procession.follows].order.back();
      if (card.ahead) plan_.contingents[card.ahead->value].behind = card.contingent;
      moves(procession, card);
    }
  }

  void moves(const show::Procession& procession, ContingentPlan& card) {
    const movement::Motion& motion = motions_[card.contingent];
    const Time start = times_[compiled_.step_off[card.contingent.value].value];
    card.steps_off = start;
    if (!procession.air) card.forms_up = start - duration_from_seconds(procession.form_up_lead_s);
    if (show_[card.contingent].hold) {
      card.forms_up = times_[compiled_.enters_hold[card.contingent.value].value];
    }
    if (!procession.air && card.forms_up && card.ahead)
      card.forms_up = std::max(*card.forms_up, free_from(card));
    (motion.stays() ? card.stands : card.disperses) =
        start + duration_from_seconds(motion.duration_s());
    if (procession.air) {
      card.height_m = movement::height_m(show_, card.contingent);
      const double s = movement::station_on(show_, motion, procession.over);
      card.over_target = start + duration_from_seconds(motion.head_at(s));
    }
    const movement::WheelPaces paces = movement::wheel_paces(show_, motion);
    card.pace_outer_m = paces.outer_m;
    card.pace_inner_m = paces.inner_m;
    least_gap(card);
    crossings(card);
    drill(card, start);
    lines(card, start);
  }

  void drill(ContingentPlan& card, Time start) const {
    for (const movement::Drilled& each : motions_[card.contingent].drill()) {
      EvolutionPlan out;
      out.evolution = each.evolution;
      out.begin = start + duration_from_seconds(each.t0_s);
      out.end = start + duration_from_seconds(each.t1_s);
      std::vector<int> files(each.after.backs_m.size(), 0);
      for (std::size_t i = 0; i < each.after.slots.size(); ++i) {
        if (!each.after.slots[i].slot.leader) ++files[each.after.rank_of[i]];
      }
      out.files = *std::max_element(files.begin(), files.end());
      out.ranks = static_cast<int>(
          std::count_if(files.begin(), files.end(), [](int count) { return count > 0; }));
      out.width_m = each.after.width_m();
      out.depth_m = each.after.depth_m();
      card.drill.push_back(out);
    }
  }

  /// Whoever starts farther down the route than the one ahead waits aside until its tail has
  /// passed.
  Time free_from(const ContingentPlan& card) const {
    const movement::Motion& own = motions_[card.contingent];
    const movement::Motion& ahead = motions_[*card.ahead];
    const double needed = own.start_m() + show_[show_[card.contingent].procession].gap_min_m;
    if (ahead.tail_s(0) >= own.start_m() ||
        movement::shared_way(show_, ahead, own).to_m <= own.start_m()) {
      return Time{std::numeric_limits<std::int64_t>::min()};
    }
    const Time passed = step_off(*card.ahead) + duration_from_seconds(ahead.tail_at(needed));
    return std::min(passed, step_off(card.contingent));
  }

  Time step_off(show::ContingentId id) const { return times_[compiled_.step_off[id.value].value]; }

  void least_gap(ContingentPlan& card) const {
    if (!card.ahead) return;
    const movement::Motion& ahead = motions_[*card.ahead];
    const movement::Motion& own = motions_[card.contingent];
    const double delay = (step_off(card.contingent) - step_off(*card.ahead)).seconds();
    const auto least =
        movement::least_gap(ahead, own, delay, movement::shared_way(show_, ahead, own));
    if (!least) return;
    card.least_gap_m = least->gap_m;
    card.least_gap_at_s_m = least->head_at_m;
  }

  void crossings(ContingentPlan& card) {
    const movement::Motion& own = motions_[card.contingent];
    for (const auto& station : compiled_.stations[card.contingent.value]) {
      Crossing crossing;
      crossing.station = station.station;
      crossing.s_m = movement::station_on(show_, own, station.station);
      crossing.head = times_[station.head.value];
      crossing.tail = times_[station.tail.value];
      crossing.speed_mps = own.head_speed_at(crossing.s_m);
      crossing.gait = gait_at(show_, own, crossing.s_m);
      if (card.ahead) from_the_one_ahead(*card.ahead, crossing);
      card.crossings.push_back(std::move(crossing));
    }
  }

  void from_the_one_ahead(show::ContingentId ahead, Crossing& crossing) const {
    for (const auto& station : compiled_.stations[ahead.value]) {
      if (station.station != crossing.station) continue;
      crossing.headway = crossing.head - times_[station.head.value];
      crossing.gap = crossing.head - times_[station.tail.value];
      const movement::Motion& motion = motions_[ahead];
      const double t = (crossing.head - step_off(ahead)).seconds();
      if (t <= motion.duration_s()) {
        crossing.gap_m = motion.tail_s(t) - movement::station_on(show_, motion, crossing.station);
      }
    }
  }

  void lines(ContingentPlan& card, Time start) const {
    const movement::Motion& own = motions_[card.contingent];
    const double begin = start.seconds();
    const auto add = [&](std::vector<double> corners, bool head,
                         std::vector<std::array<double, 2>>& line) {
      corners.push_back(own.duration_s());
      std::sort(corners.begin(), corners.end());
      if (card.forms_up && *card.forms_up < start) {
        line.push_back({card.forms_up->seconds(), head ? own.head_s(0) : own.tail_s(0)});
      }
      for (const double t : corners) {
        if (t > own.duration_s()) break;
        const double s = head ? own.head_s(t) : own.tail_s(t);
        if (line.empty() || line.back()[0] < begin + t) line.push_back({begin + t, s});
      }
    };
    add(own.head_times(), true, card.head_line);
    add(own.tail_times(), false, card.tail_line);
  }

  const show::Show& show_;
  const movement::Motions& motions_;
  const Compiled& compiled_;
  const std::vector<Time>& times_;
  Plan& plan_;
};

}  // namespace

void fill_contingents(const show::Show& show, const movement::Motions& motions,
                      const Compiled& compiled, const std::vector<Time>& times, Plan& plan) {
  Cards(show, motions, compiled, times, plan).run();
}

}  // namespace defilada::plan
