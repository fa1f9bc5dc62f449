// SPDX-License-Identifier: MIT
#include "defilada/movement/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <set>

#include "defilada/movement/wind.hpp"

namespace defilada::movement {
namespace {

constexpr double kGravity = 9.80665;
constexpr double kKmh = 3.6;
constexpr double kTolerance = 1e-9;

double degrees(double radians) {
  return radians * 180 / std::numbers::pi;
}

/// The speeds a contingent is asked for: its base gait, then those of its zones.
std::vector<show::Gait> gaits_of(const show::Show& show, const show::Contingent& contingent) {
  std::vector<show::Gait> gaits{contingent.base_gait ? *contingent.base_gait
                                                     : show[contingent.procession].base_gait};
  for (const auto& zone : contingent.zones) gaits.push_back(zone.gait);
  return gaits;
}

/// An arc that somebody of the contingent goes through.
bool touches(const Motion& motion, const geo::Route::Element& element) {
  return element.curvature != 0 && !motion.countermarches_in(element) &&
         element.s0 < motion.end_m() &&
         element.s0 + element.length > motion.start_m() - motion.arrangement().depth_m();
}

/// The tightest turn that the contingent goes through between start and end; null: it goes
/// straight.
const geo::Route::Element* tightest_turn(const Motion& motion) {
  const geo::Route::Element* tightest = nullptr;
  for (const auto& element : motion.route().elements()) {
    if (!touches(motion, element)) continue;
    if (tightest == nullptr || std::abs(element.curvature) > std::abs(tightest->curvature)) {
      tightest = &element;
    }
  }
  return tightest;
}

/// The gaits in force while anybody of the contingent is on an arc.
std::vector<show::Gait> gaits_on(const show::Show& show, const Motion& motion,
                                 const geo::Route::Element& arc) {
  const show::Contingent& contingent = show[motion.contingent()];
  const double from = arc.s0;
  const double to = arc.s0 + arc.length + motion.arrangement().depth_m();
  std::vector<show::Gait> gaits;
  double covered = from;  // zones are in order
  for (const auto& zone : motion.zones()) {
    if (zone.to_m <= from || zone.from_m >= to) continue;
    gaits.push_back(zone.gait);
    if (zone.from_m <= covered) covered = std::max(covered, zone.to_m);
  }
  if (covered < to) gaits.push_back(gaits_of(show, contingent).front());
  return gaits;
}

/// The slot whose middle is farthest from the axis.
std::size_t widest_slot(const Arrangement& arrangement) {
  std::size_t widest = 0;
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    const auto left = [&](std::size_t slot) {
      return std::abs(arrangement.slots[slot].slot.left_m);
    };
    if (left(i) > left(widest)) widest = i;
  }
  return widest;
}

/// Largest distance of a slot's middle from the axis.
double half_width_of_slots(const Arrangement& arrangement) {
  return std::abs(arrangement.slots[widest_slot(arrangement)].slot.left_m);
}

/// As findings name a mover.
std::string slot_name(const show::Contingent& contingent, std::size_t slot) {
  return fmt::format("{}/{}", contingent.name, slot + 1);
}

MotionFinding error_of(const show::Contingent& contingent, std::string code, Phrase message) {
  MotionFinding found;
  found.finding.severity = Severity::error;
  found.finding.code = std::move(code);
  found.finding.message = std::move(message);
  found.finding.span = contingent.span;
  found.finding.who = {contingent.name};
  return found;
}

class Check {
 public:
  Check(const show::Show& show, const Motion& motion, std::vector<MotionFinding>& findings)
      : show_(show),
        motion_(motion),
        contingent_(show[motion.contingent()]),
        procession_(show[contingent_.procession]),
        findings_(findings) {}

  void run() {
    std::set<std::uint32_t> kinds;
    for (const show::Part& part : contingent_.parts) {
      if (kinds.insert(part.kind.value).second) kind(show_[part.kind]);
    }
    if (!procession_.air) {
      wheel();
      width();
    }
  }

 private:
  /// Where on its way, by the nose, and by which slot, what is found comes about.
  struct Stretch {
    double from_m = 0;
    double to_m = 0;
    std::optional<std::size_t> slot = {};
  };
  [[nodiscard]] Stretch whole_way() const { return {motion_.start_m(), motion_.end_m()}; }
  [[nodiscard]] Stretch zone(const show::GaitZone& zone) const { return {zone.from_m, zone.to_m}; }
  /// The outermost slot in a turn.
  [[nodiscard]] Stretch turn(const geo::Route::Element& arc) const {
    return {std::max(arc.s0, motion_.start_m()), arc.s0 + arc.length,
            widest_slot(motion_.arrangement())};
  }

  void kind(const show::Kind& kind) {
    const std::vector<show::Gait> gaits = gaits_of(show_, contingent_);
    for (std::size_t i = 0; i < gaits.size(); ++i) {
      stretch_ = i == 0 ? whole_way() : zone(motion_.zones()[i - 1]);
      speed(kind, gaits[i]);
      if (procession_.air) air(kind, gaits[i].speed_mps);
    }
    if (kind.category == show::Category::vehicle) turning_circle(kind);
  }

  void speed(const show::Kind& kind, const show::Gait& gait) {
    if (kind.speed_max_mps > 0 && gait.speed_mps > kind.speed_max_mps + kTolerance) {
      report("movement.too-fast", phrase("{} is asked for {:.1f} km/h ({}); {} can do {:.1f} km/h",
                                         contingent_.name, gait.speed_mps * kKmh, gait.name,
                                         kind.label.said(), kind.speed_max_mps * kKmh));
    }
    if (procession_.air && gait.speed_mps < kind.speed_min_mps - kTolerance) {
      report("movement.too-slow",
             phrase("{} is asked for {:.0f} km/h; {} flies no slower than {:.0f} km/h",
                    contingent_.name, gait.speed_mps * kKmh, kind.label.said(),
                    kind.speed_min_mps * kKmh));
    }
    if (kind.pace_max_m > 0 && gait.pace_m > kind.pace_max_m + kTolerance) {
      report("movement.pace-too-long",
             phrase("{} of {} has paces of {:.2f} m; {} steps {:.2f} m at most", gait.name,
                    contingent_.name, gait.pace_m, kind.label.said(), kind.pace_max_m));
    }
  }

  void air(const show::Kind& kind, double speed) {
    // The outermost aircraft of a formation turns on the same angle rate at another radius.
    if (const auto* arc = tightest_turn(motion_)) {
      const double radius = std::abs(1 / arc->curvature);
      stretch_ = turn(*arc);
      const double inner = radius - half_width_of_slots(motion_.arrangement());
      const double outer = radius + half_width_of_slots(motion_.arrangement());
      const double entry = arc->heading;
      const double ground = Wind(show_).fastest_mps(speed, entry, arc->curvature * arc->length);
      const double rate = ground / radius;
      const double bank = std::atan(rate * rate * outer / kGravity);
      if (inner <= 0) {
        report(
            "movement.turn-too-tight",
            phrase("{} turns at {:.0f} m, less than half its own width", contingent_.name, radius));
      } else if (kind.bank_max_rad > 0 && bank > kind.bank_max_rad + kTolerance) {
        report(
            "movement.bank-too-steep",
            phrase("{} must bank {:.0f} degrees in its turn at {:.0f} m; {} banks {:.0f} at most",
                   contingent_.name, degrees(bank), radius, kind.label.said(),
                   degrees(kind.bank_max_rad)));
      }
    }
    if (procession_.break_off && kind.climb_max_mps > 0 &&
        procession_.break_off->climb_mps > kind.climb_max_mps + kTolerance) {
      stretch_ = {motion_.leaves_line_m(), motion_.end_m()};
      report("movement.climb-too-steep",
             phrase("{} breaks off climbing {:.1f} m/s; {} climbs {:.1f} m/s at most",
                    contingent_.name, procession_.break_off->climb_mps, kind.label.said(),
                    kind.climb_max_mps));
    }
  }

  void turning_circle(const show::Kind& kind) {
    const auto* arc = tightest_turn(motion_);
    if (arc == nullptr) return;
    const double inner = std::abs(1 / arc->curvature) - half_width_of_slots(motion_.arrangement());
    if (inner < kind.turning_radius_m - kTolerance) {
      stretch_ = turn(*arc);
      report("movement.turning-circle",
             phrase("the inner file of {} turns at {:.1f} m; {} needs {:.1f} m", contingent_.name,
                    inner, kind.label.said(), kind.turning_radius_m));
    }
  }

  void wheel() {
    const auto* arc = tightest_turn(motion_);
    if (arc == nullptr) return;
    stretch_ = turn(*arc);
    const double radius = std::abs(1 / arc->curvature);
    const double half = half_width_of_slots(motion_.arrangement_at(arc->s0));
    if (radius < half - kTolerance) {
      report(
          "movement.wheel-too-tight",
          phrase("{} wheels at {:.1f} m but is {:.1f} m from its axis to its outer file: the inner "
                 "file would walk backwards; a corner radius of {:.0f} m lets it mark time",
                 contingent_.name, radius, half, std::ceil(half)));
      return;
    }
    const WheelPaces paces = wheel_paces(show_, motion_);
    for (const show::Part& part : contingent_.parts) {
      const show::Kind& kind = show_[part.kind];
      if (kind.pace_max_m > 0 && paces.outer_m > kind.pace_max_m + kTolerance) {
        report("movement.outer-file-pace",
               phrase("in the wheel the outer file of {} must step {:.2f} m; {} steps {:.2f} m at "
                      "most: a radius of {:.0f} m would do",
                      contingent_.name, paces.outer_m, kind.label.said(), kind.pace_max_m,
                      radius_for(kind)));
        return;
      }
    }
  }

  /// Radius at which the outer file's pace is the kind's longest, in the longest gait of its
  /// wheels.
  double radius_for(const show::Kind& kind) const {
    double pace = 0;
    for (const auto& element : motion_.route().elements()) {
      if (!touches(motion_, element)) continue;
      for (const auto& gait : gaits_on(show_, motion_, element)) pace = std::max(pace, gait.pace_m);
    }
    const double half = half_width_of_slots(motion_.arrangement());
    const double share = kind.pace_max_m / pace - 1;
    return share <= 0 ? std::numeric_limits<double>::infinity() : std::ceil(half / share - 1e-6);
  }

  void width() {
    const double route = show_[procession_.route].width_m;
    const double own = 2 * std::max(motion_.arrangement().left_m, motion_.arrangement().right_m);
    if (route > 0 && own > route + kTolerance) {
      stretch_ = whole_way();
      report("movement.too-wide",
             phrase("{} is {:.1f} m wide about its axis; {} is {:.1f} m wide", contingent_.name,
                    own, show_[procession_.route].name, route) += narrower(own - route));
    }
  }

  /// What would make it so much narrower: of one block, fewer files or a smaller interval.
  [[nodiscard]] Phrase narrower(double by_m) const {
    const formation::Spec& spec = contingent_.parts.front().formation;
    if (contingent_.parts.size() > 1 || spec.shape != formation::Shape::block ||
        spec.interval_m <= 0 || spec.files < 2) {
      return phrase("; a narrower formation, or a wider route");
    }
    const int files = spec.files - static_cast<int>(std::ceil(by_m / spec.interval_m - 1e-9));
    const double interval_m = std::floor((spec.interval_m - by_m / (spec.files - 1)) * 100) / 100;
    const bool closer = interval_m >= show_[contingent_.parts.front().kind].separation_m;
    if (files < 1) return phrase("; a wider route");
    if (!closer) return phrase("; {} abreast at most, or a wider route", files);
    return phrase("; {} abreast at most, or an interval of {:.2f} m, or a wider route", files,
                  interval_m);
  }

  void report(std::string code, Phrase message) {
    MotionFinding found = error_of(contingent_, std::move(code), std::move(message));
    if (stretch_.slot) found.finding.who = {slot_name(contingent_, *stretch_.slot)};
    const geo::Vec2 place = motion_.route().at(stretch_.from_m).position;
    found.finding.place = {place.x, place.y, height_m(show_, motion_.contingent())};
    found.contingent = motion_.contingent();
    found.t0_s = motion_.head_at(stretch_.from_m);
    found.t1_s = motion_.tail_at(stretch_.to_m);
    findings_.push_back(std::move(found));
  }

  const show::Show& show_;
  const Motion& motion_;
  const show::Contingent& contingent_;
  const show::Procession& procession_;
  std::vector<MotionFinding>& findings_;
  Stretch stretch_;  ///< of what is being looked at
};

/// A figure is drawn with the spacing that it says: more of it, or fewer slots, would do.
void tell_of_figure(const show::Contingent& contingent, const PlacedSlot& slot, double asked_m,
                    Finding& finding) {
  const show::Part& part = contingent.parts[slot.part];
  if (part.formation.shape != formation::Shape::figure) return;
  if (part.formation_span.known()) finding.span = part.formation_span;
  finding.message += phrase("; a 'spacing' of {:g} m, with which the figure of {} is larger",
                            std::ceil(asked_m * 10 - 1e-9) / 10, part.formation.count);
}

/// Least distance between two slots of one kind or another, and the separation that the two kinds
/// ask for. Slots are sorted by depth, so that only neighbours within the largest separation are
/// compared.
void check_slots(const show::Show& show, const show::Contingent& contingent,
                 const Arrangement& arrangement, std::vector<MotionFinding>& findings) {
  std::vector<std::uint32_t> order(arrangement.slots.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return arrangement.slots[a].slot.back_m < arrangement.slots[b].slot.back_m;
  });
  double largest = 0;
  for (const auto& part : contingent.parts)
    largest = std::max(largest, show[part.kind].separation_m);
  double missing = 0;
  double found = 0;
  double asked = 0;
  std::array<std::size_t, 2> nearest{};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const PlacedSlot& a = arrangement.slots[order[i]];
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const PlacedSlot& b = arrangement.slots[order[j]];
      if (b.slot.back_m - a.slot.back_m >= largest) break;
      const double distance =
          std::hypot(b.slot.back_m - a.slot.back_m, b.slot.left_m - a.slot.left_m);
      const double wanted = std::max(show[a.kind].separation_m, show[b.kind].separation_m);
      if (wanted - distance > missing + kTolerance) {
        missing = wanted - distance;
        found = distance;
        asked = wanted;
        nearest = {order[i], order[j]};
      }
    }
  }
  if (missing <= 1e-6) return;
  MotionFinding found_near =
      error_of(contingent, "movement.slots-too-near",
               phrase("two slots of {} are {:.2f} m apart; {:.2f} m are wanted between its bodies",
                      contingent.name, found, asked));
  found_near.finding.who = {slot_name(contingent, nearest[0]), slot_name(contingent, nearest[1])};
  tell_of_figure(contingent, arrangement.slots[nearest[0]], asked, found_near.finding);
  findings.push_back(std::move(found_near));
}

/// They are too near all the time: from where it starts to the end of its way.
void place_slots(const show::Show& show, const Motion& motion, MotionFinding& found) {
  const geo::Vec2 place = motion.route().at(motion.start_m()).position;
  found.finding.place = {place.x, place.y, height_m(show, motion.contingent())};
  found.contingent = motion.contingent();
  found.t1_s = motion.duration_s();
}

void check_dispersal(const show::Show& show, const Motions& motions,
                     std::vector<MotionFinding>& findings) {
  for (const show::Procession& procession : show.processions) {
    if (!procession.disperse_to || !show[*procession.disperse_to].capacity) continue;
    const show::Area& area = show[*procession.disperse_to];
    std::int64_t people = 0;
    std::optional<show::ContingentId> overflows;
    for (const show::ContingentId member : procession.order) {
      for (const PlacedSlot& placed : motions[member].arrangement().slots) {
        people += show[member].parts[placed.part].crew.value_or(show[placed.kind].crew);
      }
      if (!overflows && people > *area.capacity) overflows = member;
    }
    if (!overflows) continue;
    const Motion& motion = motions[*overflows];
    MotionFinding found = error_of(show[*overflows], "movement.dispersal-full",
                                   phrase("{} brings {} into {}, which holds {}", procession.name,
                                          people, area.name, *area.capacity));
    found.finding.span = procession.span;
    const geo::Vec2 place = motion.route().at(motion.end_m()).position;
    found.finding.place = {place.x, place.y, 0};
    found.contingent = overflows;
    found.t0_s = found.t1_s = motion.duration_s();
    findings.push_back(std::move(found));
  }
}

}  // namespace

WheelPaces wheel_paces(const show::Show& show, const Motion& motion) {
  WheelPaces paces;
  for (const auto& element : motion.route().elements()) {
    if (!touches(motion, element)) continue;
    const double half = half_width_of_slots(motion.arrangement_at(element.s0));
    const double share = half * std::abs(element.curvature);
    for (const show::Gait& gait : gaits_on(show, motion, element)) {
      if (gait.pace_m == 0) continue;
      const double inner = gait.pace_m * std::max(0.0, 1 - share);
      paces.inner_m = paces.outer_m == 0 ? inner : std::min(paces.inner_m, inner);
      paces.outer_m = std::max(paces.outer_m, gait.pace_m * (1 + share));
    }
  }
  return paces;
}

std::vector<MotionFinding> check_limits(const show::Show& show, const Motions& motions) {
  std::vector<MotionFinding> findings;
  for (std::size_t c = 0; c < show.contingents.size(); ++c) {
    if (motions.by_contingent[c]) {
      Check(show, *motions.by_contingent[c], findings).run();
      const std::size_t before = findings.size();
      check_slots(show, show.contingents[c], motions.by_contingent[c]->arrangement(), findings);
      if (findings.size() > before) {
        place_slots(show, *motions.by_contingent[c], findings.back());
      }
    } else if (motions.in_place[c]) {
      const std::size_t before = findings.size();
      check_slots(show, show.contingents[c], *motions.in_place[c], findings);
      const geo::Vec2 place = show.contingents[c].in_place->position;
      if (findings.size() > before) findings.back().finding.place = {place.x, place.y, 0};
    }
  }
  check_dispersal(show, motions, findings);
  return findings;
}

}  // namespace defilada::movement
