// SPDX-License-Identifier: MIT
#include "defilada/movement/stalled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "changes.hpp"
#include "defilada/core/check.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/movement/motion.hpp"
#include "defilada/show/print.hpp"

namespace defilada::movement {
namespace {

const formation::Slot& slot_of(const Arrangement& arrangement, std::size_t slot) {
  return arrangement.slots[slot].slot;
}

/// The slot in rank `rank` (from 0, over all parts) that is `file`-th from the right.
std::size_t find_slot(const show::Contingent& contingent, const Arrangement& arrangement,
                      std::size_t rank, std::size_t file) {
  std::size_t part = 0;
  for (; part < contingent.parts.size(); ++part) {
    const auto layout = formation::layout(contingent.parts[part].formation);
    DEFILADA_CHECK(layout.has_value());  // the reader has laid it out before
    const auto ranks = static_cast<std::size_t>(layout->ranks);
    if (rank < ranks) break;
    rank -= ranks;
  }
  std::vector<std::size_t> abreast;
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    const PlacedSlot& placed = arrangement.slots[i];
    if (placed.part == part && static_cast<std::size_t>(placed.slot.rank) == rank) {
      abreast.push_back(i);
    }
  }
  std::stable_sort(abreast.begin(), abreast.end(), [&](std::size_t a, std::size_t b) {
    return slot_of(arrangement, a).left_m < slot_of(arrangement, b).left_m;
  });
  DEFILADA_CHECK(file < abreast.size());
  return abreast[file];
}

/// Least distance of the middles of two bodies side by side, and one behind the other.
double beside_m(const show::Kind& a, const show::Kind& b) {
  return std::max({0.5 * (a.width_m + b.width_m) + kPassingRoom_m, a.separation_m, b.separation_m});
}

double behind_m(const show::Kind& a, const show::Kind& b, double room_m) {
  return std::max({0.5 * (a.length_m + b.length_m) + room_m, a.separation_m, b.separation_m});
}

/// The lane beside all others, on one side.
double passing_lane_m(const show::Show& show, const Arrangement& arrangement, std::size_t recovery,
                      bool right) {
  const show::Kind& own = show[arrangement.slots[recovery].kind];
  const double sign = right ? -1 : 1;
  double lane = sign * slot_of(arrangement, recovery).left_m;
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    if (i == recovery) continue;
    const PlacedSlot& placed = arrangement.slots[i];
    lane = std::max(lane, sign * placed.slot.left_m + beside_m(own, show[placed.kind]));
  }
  return sign * lane;
}

constexpr double kLeastRun_m = 0.5;

void append(std::vector<SpeedProfile::Phase>& phases,
            const std::vector<SpeedProfile::Phase>& more) {
  if (more.empty()) return;
  double t = 0;
  double s = 0;
  if (!phases.empty()) {
    const SpeedProfile::Phase& last = phases.back();
    t = last.t0_s + last.duration_s;
    s = last.s0_m + last.duration_s * (last.v0_mps + 0.5 * last.a_mps2 * last.duration_s);
  }
  for (SpeedProfile::Phase phase : more) {
    phase.t0_s += t;
    phase.s0_m += s;
    phases.push_back(phase);
  }
}

}  // namespace

double lane_at(const std::vector<LaneShift>& shifts, double t_s) noexcept {
  double lane = shifts.empty() ? 0 : shifts.front().from_m;
  for (const LaneShift& shift : shifts) {
    if (t_s < shift.t0_s) break;
    const double h = shift.t1_s - shift.t0_s;
    const double u = h > 0 ? std::min(1.0, (t_s - shift.t0_s) / h) : 1;
    lane = shift.from_m + (shift.to_m - shift.from_m) * u * u * (3 - 2 * u);
  }
  return lane;
}

RecoveryWay plan_recovery(const show::Show& show, const Arrangement& arrangement,
                          std::size_t stalled_slot, std::size_t slot, bool right, double speed_mps,
                          double acceleration_mps2) {
  const show::Kind& own = show[arrangement.slots[slot].kind];
  const show::Kind& other = show[arrangement.slots[stalled_slot].kind];
  const formation::Slot& from = slot_of(arrangement, slot);
  const formation::Slot& to = slot_of(arrangement, stalled_slot);
  Recovery out;
  out.slot = slot;
  out.lane_m = passing_lane_m(show, arrangement, slot, right);
  const double radius = std::max(1.0, own.turning_radius_m);
  out.change_out_m = std::sqrt(6 * std::abs(out.lane_m - from.left_m) * radius);
  out.change_in_m = std::sqrt(6 * std::abs(out.lane_m - to.left_m) * radius);

  // So far it can go until it must be beside those ahead of it.
  double room = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    if (i == slot) continue;
    const PlacedSlot& placed = arrangement.slots[i];
    room = std::min(
        room, from.back_m - placed.slot.back_m - behind_m(own, show[placed.kind], kPassingRoom_m));
  }
  // At a walk it needs the change of lane and next to nothing to speed up.
  const double run = room - out.change_out_m;
  if (run < kLeastRun_m) return {std::nullopt, kLeastRun_m - run};
  out.speed_mps = std::min(speed_mps, std::sqrt(2 * acceleration_mps2 * run));
  const double speeds_up_m = out.speed_mps * out.speed_mps / (2 * acceleration_mps2);

  const double to_other = from.back_m - to.back_m;
  const double changes_in = to_other + behind_m(own, other, kPassingRoom_m);
  out.ahead_m = changes_in + out.change_in_m + speeds_up_m;
  out.back_m = out.ahead_m - (to_other + behind_m(own, other, kTowBar_m));
  append(out.moves, SpeedProfile::move(out.ahead_m, out.speed_mps, acceleration_mps2));
  append(out.moves, SpeedProfile::move(-out.back_m, std::min(out.speed_mps, kBackingSpeed_mps),
                                       acceleration_mps2));
  const SpeedProfile::Phase& last = out.moves.back();
  out.drives_s = last.t0_s + last.duration_s;
  const double speeds_up_s = out.speed_mps / acceleration_mps2;
  const double in_s = speeds_up_s + (changes_in - speeds_up_m) / out.speed_mps;
  out.shifts = {
      {speeds_up_s, speeds_up_s + out.change_out_m / out.speed_mps, 0, out.lane_m - from.left_m},
      {in_s, in_s + out.change_in_m / out.speed_mps, out.lane_m - from.left_m,
       to.left_m - from.left_m}};
  return {std::move(out), 0};
}

Stall plan_stall(const show::Show& show, const show::Contingent& contingent,
                 const Arrangement& arrangement, const geo::Route& route, double speed_mps,
                 double acceleration_mps2) {
  const show::Stalled& stalled = *contingent.stalled;
  Stall stall;
  stall.slot = find_slot(contingent, arrangement, stalled.rank, stalled.file);
  stall.rank = arrangement.rank_of[stall.slot];
  stall.at_m = stalled.at_m;
  stall.lasts_s = stalled.lasts.seconds();
  stall.begin_s = std::numeric_limits<double>::infinity();
  if (!stalled.towed) return stall;
  std::size_t slot = 0;
  while (arrangement.slots[slot].part != stalled.towed->part) ++slot;
  RecoveryWay way = plan_recovery(show, arrangement, stall.slot, slot, stalled.towed->right,
                                  speed_mps, acceleration_mps2);
  stall.lacks_m = way.lacks_m;
  if (!way.recovery) return stall;
  const double begin =
      stall.at_m + slot_of(arrangement, stall.slot).back_m - slot_of(arrangement, slot).back_m;
  for (const auto& element : route.elements()) {
    const bool touched =
        element.s0 < begin + way.recovery->ahead_m && element.s0 + element.length > begin;
    stall.in_bend = stall.in_bend || (touched && element.curvature != 0);
  }
  if (stall.in_bend) return stall;
  stall.lasts_s += way.recovery->drives_s;
  stall.recovery = std::move(way.recovery);
  return stall;
}

namespace {

/// What of a stall cannot be done as asked; "" : all of it can.
struct Fault {
  const char* code = "";
  Phrase message;
};

Fault fault_of(const show::Show& show, const Motion& motion) {
  const Stall& stall = *motion.stall();
  const show::Contingent& who = show[motion.contingent()];
  const bool merged = motion.standing().lane_m == 0 || motion.merge_times()[1] < stall.begin_s;
  if (!std::isfinite(stall.begin_s) || !merged) {
    return {"movement.stalled-outside",
            phrase("the vehicle of {} that stops never comes to {:.0f} m along {} in its place in "
                   "the formation",
                   who.name, stall.at_m, show[show[who.procession].route].name)};
  }
  if (stall.lacks_m > 0) {
    const double behind_m = who.parts[who.stalled->towed->part].behind_m + stall.lacks_m;
    return {"movement.recovery-too-close",
            phrase("the recovery vehicle of {} stands too near to the last rank to come past it: "
                   "'behind' must be {:.1f} m at least",
                   who.name, std::ceil(behind_m * 10) / 10)};
  }
  if (stall.in_bend) {
    return {"movement.recovery-in-bend",
            phrase("the recovery vehicle of {} would change lanes in a bend: it is planned "
                   "without; let the vehicle stop where the way is straight",
                   who.name)};
  }
  if (!stall.recovery) return {};
  const show::Kind& recovery = show[motion.arrangement().slots[stall.recovery->slot].kind];
  const double reach_m = std::abs(stall.recovery->lane_m) + 0.5 * recovery.width_m;
  const double half_m = 0.5 * show[show[who.procession].route].width_m;
  if (reach_m > half_m) {
    return {"movement.recovery-too-wide",
            phrase("the recovery vehicle of {} passes {:.1f} m beside the axis of {}, which is "
                   "{:.1f} m wide to each side: the other side, or fewer abreast",
                   who.name, reach_m, show[show[who.procession].route].name, half_m)};
  }
  return {};
}

}  // namespace

void tell_stall(const show::Show& show, const Motion& motion,
                std::vector<MotionFinding>& findings) {
  if (!motion.stall()) return;
  const Stall& stall = *motion.stall();
  const show::Contingent& who = show[motion.contingent()];
  MotionFinding found;
  found.finding.span = who.stalled->span;
  found.finding.who = {fmt::format("{}/{}", who.name, stall.slot + 1)};
  const geo::Vec2 place = motion.route().at(stall.at_m).position;
  found.finding.place = {place.x, place.y, 0};
  if (std::isfinite(stall.begin_s)) {
    found.contingent = motion.contingent();
    found.t0_s = stall.begin_s;
    found.t1_s = stall.begin_s + stall.lasts_s;
  }
  Fault fault = fault_of(show, motion);
  found.finding.severity = *fault.code == '\0' ? Severity::note : Severity::error;
  found.finding.code = *fault.code == '\0' ? "movement.stalled" : fault.code;
  found.finding.message = std::move(fault.message);
  if (found.finding.message.empty()) {
    const Measure lasts{show::print_duration(duration_from_seconds(std::round(stall.lasts_s)))};
    found.finding.message =
        stall.recovery
            ? phrase(
                  "a vehicle in rank {} of {} stops: its rank and all behind it stand for {}, "
                  "until {} has come past them and has taken it in tow",
                  who.stalled->rank + 1, who.name, lasts,
                  show[motion.arrangement().slots[stall.recovery->slot].kind].label.said())
            : phrase("a vehicle in rank {} of {} stops: its rank and all behind it stand for {}",
                     who.stalled->rank + 1, who.name, lasts);
  }
  findings.push_back(std::move(found));
}

}  // namespace defilada::movement
