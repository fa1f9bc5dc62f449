// SPDX-License-Identifier: MIT
// Emergency lanes that something stands in.
//
//      .---------.
//      |  stand  |
//   ===|=========|===========  lane: blocked where the outline is nearer to its middle
//      `---------'             than half its width
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "defilada/geo/polygon.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using geo::Vec2;

constexpr double kTouch = 1e-6;  // m: what touches the edge does not stand in the lane

struct Near {
  double distance_m = std::numeric_limits<double>::infinity();
  Vec2 place;  ///< on the lane's middle
};

Near nearest_on(Vec2 a, Vec2 b, Vec2 p) {
  const Vec2 d = b - a;
  const double share = std::clamp(geo::dot(p - a, d) / geo::dot(d, d), 0.0, 1.0);
  const Vec2 place = a + share * d;
  return {geo::length(p - place), place};
}

void keep_nearer(const Near& other, Near& best) {
  if (other.distance_m < best.distance_m) best = other;
}

/// Of two straight lines: 0 where they cross, else from an end of one of them.
Near nearest_between(Vec2 a, Vec2 b, Vec2 p, Vec2 q) {
  const double turn = geo::cross(b - a, q - p);
  if (turn != 0) {
    const double along = geo::cross(p - a, q - p) / turn;
    const double across = geo::cross(p - a, b - a) / turn;
    if (along >= 0 && along <= 1 && across >= 0 && across <= 1) return {0, a + along * (b - a)};
  }
  Near best = nearest_on(a, b, p);
  keep_nearer(nearest_on(a, b, q), best);
  for (const Vec2 end : {a, b}) keep_nearer({nearest_on(p, q, end).distance_m, end}, best);
  return best;
}

Near nearest_to_outline(const show::EmergencyLane& lane, const geo::Polygon& polygon) {
  Near best;
  const auto ring = [&](const std::vector<Vec2>& points) {
    for (std::size_t i = 1; i < lane.points.size(); ++i) {
      for (std::size_t k = 0; k < points.size(); ++k) {
        keep_nearer(nearest_between(lane.points[i - 1], lane.points[i], points[k],
                                    points[(k + 1) % points.size()]),
                    best);
      }
    }
  };
  for (const Vec2 corner : lane.points) {
    if (geo::contains(polygon, corner)) return {0, corner};
  }
  ring(polygon.outer);
  for (const auto& hole : polygon.holes) ring(hole);
  return best;
}

Near nearest_to_point(const show::EmergencyLane& lane, Vec2 point) {
  Near best;
  for (std::size_t i = 1; i < lane.points.size(); ++i) {
    keep_nearer(nearest_on(lane.points[i - 1], lane.points[i], point), best);
  }
  return best;
}

Finding blocked(const show::EmergencyLane& lane, const char* code, Severity severity, Vec2 place,
                Phrase message) {
  Finding finding;
  finding.severity = severity;
  finding.code = code;
  finding.span = lane.span;
  finding.place = {place.x, place.y, 0};
  finding.message = std::move(message);
  return finding;
}

void find_outlines(const show::Show& show, const show::EmergencyLane& lane, Plan& plan) {
  for (const show::Area& area : show.site.areas) {
    if (area.use == show::AreaUse::area) continue;
    const Near near = nearest_to_outline(lane, area.polygon);
    const double short_by = lane.width_m / 2 - near.distance_m;
    if (short_by <= kTouch) continue;
    plan.findings.push_back(blocked(
        lane, "plan.lane-blocked", Severity::error, near.place,
        phrase("{} stands in the emergency lane {}, which asks for {:.1f} m: it is {:.1f} m "
               "from the lane's middle; lead the lane round it, or move it",
               area.name, lane.name, lane.width_m, near.distance_m)));
  }
}

/// Where a contingent's bodies block the lane at an instant: the nearest of them.
Near nearest_body(const show::Show& show, const show::EmergencyLane& lane, const Plan& plan,
                  const track::Group& group, double t_s) {
  Near best;
  for (std::uint32_t m = group.first_mover; m < group.first_mover + group.mover_count; ++m) {
    const track::Mover& mover = plan.tracks.movers[m];
    const auto state = plan.tracks.at(mover, t_s);
    if (!state) continue;
    Near near = nearest_to_point(lane, {state->position_m[0], state->position_m[1]});
    near.distance_m -= show.kinds[mover.kind].length_m / 2;
    keep_nearer(near, best);
  }
  return best;
}

/// Contingents of one march that stand in a lane, or one performer in place.
struct Standing {
  bool march = false;
  Near nearest;
  std::optional<Time> begin;
  std::optional<Time> end;
  std::vector<std::string> who;
};

void report(const show::EmergencyLane& lane, const std::string& name, Standing standing,
            Plan& plan) {
  Phrase message =
      standing.march
          ? phrase(
                "the line-up of {} stands in the emergency lane {}, which asks for {:.1f} m: "
                "lead the lane round it, or leave a gap for it",
                name, lane.name, lane.width_m)
          : phrase(
                "{} performs in the emergency lane {}, which asks for {:.1f} m: lead the lane "
                "round it, or move it",
                name, lane.name, lane.width_m);
  Finding finding = blocked(lane, "plan.lane-stood-in", Severity::warning, standing.nearest.place,
                            std::move(message));
  finding.begin = standing.begin;
  finding.end = standing.end;
  finding.who = std::move(standing.who);
  plan.findings.push_back(std::move(finding));
}

void find_bodies(const show::Show& show, const show::EmergencyLane& lane, Plan& plan) {
  std::map<std::string, Standing> by_name;
  for (const track::Group& group : plan.tracks.groups) {
    const show::Contingent& contingent = show.contingents[group.contingent];
    const ContingentPlan& card = plan.contingents[group.contingent];
    const bool march = contingent.procession.valid();
    if (march && (show[contingent.procession].air || !card.steps_off)) continue;
    const double t_s = march ? card.steps_off->seconds() : plan.start.seconds();
    const Near near = nearest_body(show, lane, plan, group, t_s);
    if (near.distance_m >= lane.width_m / 2 - kTouch) continue;
    Standing& standing = by_name[march ? show[contingent.procession].name : contingent.name];
    standing.march = march;
    keep_nearer(near, standing.nearest);
    standing.who.push_back(contingent.name);
    if (!march) continue;
    const Time from = card.forms_up.value_or(*card.steps_off);
    standing.begin = std::min(standing.begin.value_or(from), from);
    standing.end = std::max(standing.end.value_or(*card.steps_off), *card.steps_off);
  }
  for (auto& [name, standing] : by_name) report(lane, name, std::move(standing), plan);
}

}  // namespace

void find_blocked_lanes(const show::Show& show, Plan& plan) {
  for (const show::EmergencyLane& lane : show.site.safety.lanes) {
    find_outlines(show, lane, plan);
    if (!plan.tracks.groups.empty()) find_bodies(show, lane, plan);
  }
}

}  // namespace defilada::plan
