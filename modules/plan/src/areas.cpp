// SPDX-License-Identifier: MIT
// Areas that hold fewer people than form up in them.
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "defilada/geo/polygon.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

/// People of one contingent who stand in an area until they step off.
struct Stay {
  std::uint32_t contingent = 0;
  std::int64_t people = 0;
  double from_s = 0;
  double to_s = 0;
};

/// Those of whom the first instant of their track is in the area.
std::vector<Stay> stays_in(const show::Show& show, const show::Area& area, const Plan& plan) {
  std::vector<Stay> stays;
  for (const track::Group& group : plan.tracks.groups) {
    const show::Contingent& who = show.contingents[group.contingent];
    if (!who.procession.valid() || show[who.procession].air) continue;
    Stay stay{group.contingent, 0, 0, 0};
    for (std::uint32_t i = 0; i < group.mover_count; ++i) {
      const track::Mover& mover = plan.tracks.movers[group.first_mover + i];
      stay.from_s = plan.tracks.interval(plan.tracks.paths[mover.path])[0];
      const auto state = plan.tracks.at(mover, stay.from_s);
      if (!state || !geo::contains(area.polygon, {state->position_m[0], state->position_m[1]})) {
        continue;
      }
      stay.people += who.parts[mover.part].crew.value_or(show.kinds[mover.kind].crew);
    }
    const auto& steps_off = plan.contingents[group.contingent].steps_off;
    stay.to_s = steps_off ? steps_off->seconds() : stay.from_s;
    if (stay.people > 0) stays.push_back(stay);
  }
  return stays;
}

}  // namespace

void find_crammed_areas(const show::Show& show, Plan& plan) {
  constexpr double kMostDense = 4.7;  // people per m2, docs/facts/crowd.md
  for (const show::Area& area : show.site.areas) {
    if (area.use == show::AreaUse::obstacle || !area.capacity) continue;
    const double m2 = geo::area(area.polygon);
    const auto most = static_cast<std::int64_t>(std::floor(kMostDense * m2));
    if (*area.capacity <= most) continue;
    Finding finding;
    finding.severity = Severity::warning;
    finding.code = "plan.capacity-too-large";
    finding.message = phrase("{} is said to hold {} people on {:.0f} m2; at {:g} per m2 {} fit",
                             area.name, Count{*area.capacity}, m2, kMostDense, Count{most});
    finding.span = area.span;
    const geo::Vec2 middle = geo::centroid(area.polygon);
    finding.place = {middle.x, middle.y, 0};
    plan.findings.push_back(std::move(finding));
  }
}

void find_full_areas(const show::Show& show, Plan& plan) {
  for (const show::Area& area : show.site.areas) {
    if (area.use != show::AreaUse::area || !area.capacity) continue;
    const std::vector<Stay> stays = stays_in(show, area, plan);
    // There are most when somebody has just come.
    const Stay* fills = nullptr;
    std::int64_t most = *area.capacity;
    for (const Stay& last : stays) {
      std::int64_t people = 0;
      for (const Stay& each : stays) {
        if (each.from_s <= last.from_s && last.from_s <= each.to_s) people += each.people;
      }
      if (people <= most) continue;
      most = people;
      fills = &last;
    }
    if (fills == nullptr) continue;
    Finding finding;
    finding.severity = Severity::error;
    finding.code = "plan.form-up-full";
    finding.message = phrase("{} people form up in {} at once, which holds {}", Count{most},
                             area.name, Count{*area.capacity});
    finding.span = show[show.contingents[fills->contingent].procession].span;
    finding.begin = time_from_seconds(fills->from_s);
    finding.end = time_from_seconds(fills->to_s);
    const geo::Vec2 middle = geo::centroid(area.polygon);
    finding.place = {middle.x, middle.y, 0};
    for (const Stay& each : stays) {
      if (finding.who.size() < 20) finding.who.push_back(show.contingents[each.contingent].name);
    }
    plan.findings.push_back(std::move(finding));
  }
}

}  // namespace defilada::plan
