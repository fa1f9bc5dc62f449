// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "changes.hpp"
#include "course.hpp"
#include "defilada/core/check.hpp"
#include "defilada/movement/motion.hpp"

/// A contingent that drills has a frame, which goes by the profile and stands at each station of an
/// evolution. In the frame everybody has a place, and changes it in evolutions.
///
///   frame  s(t)   /______/     head   s(t) + moves of the slot that is the nose
///                              tail   s(t) - depth + moves of the slot that is the tail
namespace defilada::movement {
namespace {

/// Zones with those of the wheels among them, in order; one that holds a wheel is cut in two.
std::vector<show::GaitZone> with_wheels(std::vector<show::GaitZone> zones,
                                        const std::vector<show::GaitZone>& wheels) {
  for (const show::GaitZone& wheel : wheels) {
    std::vector<show::GaitZone> cut;
    for (const show::GaitZone& zone : zones) {
      const bool holds = zone.from_m <= wheel.from_m && zone.to_m >= wheel.to_m;
      if (!holds) {
        cut.push_back(zone);
        continue;
      }
      show::GaitZone before = zone;
      show::GaitZone after = zone;
      before.to_m = wheel.from_m;
      after.from_m = wheel.to_m;
      if (before.to_m > before.from_m) cut.push_back(before);
      if (after.to_m > after.from_m) cut.push_back(after);
    }
    cut.push_back(wheel);
    std::sort(cut.begin(), cut.end(),
              [](const auto& a, const auto& b) { return a.from_m < b.from_m; });
    zones = std::move(cut);
  }
  return zones;
}

/// Moves of one slot along the way in one evolution, phase by phase.
void add_moves(const Evolved& evolved, std::size_t slot, double t0_s,
               std::vector<SpeedProfile::Insertion>& insertions) {
  for (const DrillPhase& phase : evolved.phases) {
    const geo::Vec2 by = phase.by_m[slot];
    if (by.x == 0) continue;
    DEFILADA_CHECK(by.y == 0);
    SpeedProfile::Insertion insertion{t0_s + phase.t0_s, way_of(evolved, phase, slot)};
    if (by.x < 0) {
      for (auto& move : insertion.moves) {
        move.s0_m = -move.s0_m;
        move.v0_mps = -move.v0_mps;
        move.a_mps2 = -move.a_mps2;
      }
    }
    insertions.push_back(std::move(insertion));
  }
}

}  // namespace

void Motion::drill(const show::Show& show, DrillCourse course) {
  const show::Contingent& who = show[contingent_];
  drilled_ = std::move(course.drilled);
  drill_notes_ = std::move(course.notes);
  zones_ = with_wheels(std::move(zones_), course.wheels);
  changes_.assign(zones_.size(), show::Change::contingent);
  std::vector<show::GaitZone> of_frame = zones_;
  for (show::GaitZone& zone : of_frame) {
    const double ahead = ahead_at(zone.from_m);
    zone.from_m -= ahead;
    zone.to_m -= ahead;
  }
  double deepest = arrangement_.depth_m();
  for (const Drilled& each : drilled_) deepest = std::max(deepest, each.after.depth_m());
  const double ahead = drilled_.empty() ? 0 : drilled_.back().ahead_m;
  const double last_end = std::max(end_m_, start_m_ + 1) - ahead;
  auto stops = std::move(course.stops);
  stops.insert(stops.end(), standing_.stops.begin(), standing_.stops.end());
  auto asked = course_of(show, who, of_frame, changes_, stops, start_m_,
                         std::max(start_m_ + 1e-3, stays_ ? last_end : last_end + deepest), 0);
  asked.ends_at_rest = stays_;
  profiles_.emplace_back(asked);
  if (!drilled_.empty()) time_drill(show);
}

void Motion::time_drill(const show::Show& show) {
  const SpeedProfile& frame = profiles_.front();
  std::vector<SpeedProfile::Insertion> nose;
  std::vector<SpeedProfile::Insertion> tail;
  const Arrangement* now = &arrangement_;
  double ahead = 0;
  for (std::size_t i = 0; i < drilled_.size(); ++i) {
    Drilled& each = drilled_[i];
    if (each.halted) {
      const bool goes_on =
          i > 0 && drilled_[i - 1].halted && std::abs(drilled_[i - 1].at_m - each.at_m) < 1e-6;
      if (!goes_on) {
        const auto stop = frame.standing_at(each.at_m - ahead);
        DEFILADA_CHECK(stop.has_value());
        each.t0_s = stop->t0_s;
      } else {
        each.t0_s = drilled_[i - 1].t1_s;
      }
      each.t1_s = each.t0_s + each.halted->duration_s;
      const Ends ends = ends_of(show, *now, *each.halted);
      add_moves(*each.halted, ends.nose, each.t0_s, nose);
      add_moves(*each.halted, ends.tail, each.t0_s, tail);
    }
    ahead = each.ahead_m;
    now = &each.after;
  }
  ends_ = {frame.with_moves(nose), frame.with_moves(tail)};
  for (Drilled& each : drilled_) {
    if (!each.bend) continue;
    each.t0_s = head_at(each.bend->from_m);
    each.t1_s = tail_at(each.bend->to_m);
  }
}

double Motion::drilled_rank_at(std::size_t rank, double s_m) const {
  const Arrangement* now = &arrangement_;
  double ahead = 0;
  double begin = 0;
  const auto there = [&] {
    const double back = now->backs_m[std::min(rank, now->backs_m.size() - 1)];
    return std::max(begin, profiles_.front().time_at(s_m + arrangement_.front_m + back - ahead));
  };
  for (const Drilled& each : drilled_) {
    if (each.halted) {
      if (const double t = there(); t <= each.t0_s) return t;
      begin = each.t1_s;
    }
    now = &each.after;
    ahead = each.ahead_m;
  }
  return there();
}

double Motion::ahead_at(double s_m) const {
  double ahead = 0;
  for (const Drilled& each : drilled_) {
    if (each.at_m < s_m - 1e-6) ahead = each.ahead_m;
  }
  return ahead;
}

const Arrangement& Motion::arrangement_at(double s_m) const {
  const Arrangement* now = &arrangement_;
  for (const Drilled& each : drilled_) {
    if (each.at_m < s_m - 1e-6) now = &each.after;
  }
  return *now;
}

bool Motion::countermarches_in(const geo::Route::Element& element) const {
  return std::any_of(drilled_.begin(), drilled_.end(), [&](const Drilled& each) {
    return each.turns_back && element.s0 >= each.bend->from_m - 1e-9 &&
           element.s0 + element.length <= each.bend->to_m + 1e-9;
  });
}

void tell_drill(const show::Show& show, const Motion& motion,
                std::vector<MotionFinding>& findings) {
  const show::Contingent& who = show[motion.contingent()];
  for (const DrillNote& note : motion.drill_notes()) {
    const show::Evolution& evolution = who.drill[note.evolution];
    MotionFinding found;
    found.finding.severity = Severity::error;
    found.finding.code = note.fault.code;
    found.finding.message = note.fault.message;
    found.finding.span = evolution.span;
    found.finding.who = {who.name};
    const geo::Vec2 place = motion.route().at(evolution.s_m).position;
    found.finding.place = {place.x, place.y, 0};
    found.contingent = motion.contingent();
    found.t0_s = found.t1_s = motion.head_at(evolution.s_m);
    findings.push_back(std::move(found));
  }
}

std::optional<Meeting> meets_coming_back(const Motion& back, const Motion& behind, double delay_s) {
  for (const Drilled& each : back.drill()) {
    if (!each.turns_back) continue;
    const Bend& bend = *each.bend;
    const Arrangement& out = back.arrangement_at(bend.from_m);
    const Arrangement& next = behind.arrangement();
    const bool beside =
        bend.aside_m - out.right_m >= next.left_m || bend.aside_m + out.left_m <= -next.right_m;
    if (beside) continue;
    // How far the head behind is beyond the one that comes back; it never falls while they near.
    const auto beyond = [&](double t) {
      const double place = bend.from_m - (back.head_s(t) - bend.to_m);
      return std::min(behind.head_s(t - delay_s), bend.from_m) - place;
    };
    double low = back.head_at(bend.to_m);
    double high = back.duration_s();
    if (beyond(high) < 0) continue;
    if (beyond(low) > 0) high = low;
    while (high - low > 1e-6) {
      const double middle = 0.5 * (low + high);
      (beyond(middle) < 0 ? low : high) = middle;
    }
    return Meeting{high, std::min(behind.head_s(high - delay_s), bend.from_m)};
  }
  return std::nullopt;
}

}  // namespace defilada::movement
