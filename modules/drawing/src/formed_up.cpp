// SPDX-License-Identifier: MIT
#include "defilada/drawing/formed_up.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace defilada::drawing {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::optional<FormedUp> formed_up_at(const Context& context, const track::Group& group,
                                     double t_s) {
  const track::TrackSet& tracks = context.plan.tracks;
  double heading = 0;
  bool any = false;
  // Along and across, from the show's origin.
  double u0 = kInfinity, u1 = -kInfinity, v0 = kInfinity, v1 = -kInfinity;
  for (std::uint32_t m = group.first_mover; m < group.first_mover + group.mover_count; ++m) {
    const auto state = tracks.at(tracks.movers[m], t_s);
    if (!state) continue;
    if (!any) heading = state->heading_rad;
    any = true;
    const show::Kind& kind = context.show.kinds[tracks.movers[m].kind];
    const auto& [x, y, z] = state->position_m;
    const double u = x * std::cos(heading) + y * std::sin(heading);
    const double v = y * std::cos(heading) - x * std::sin(heading);
    u0 = std::min(u0, u - kind.length_m / 2), u1 = std::max(u1, u + kind.length_m / 2);
    v0 = std::min(v0, v - kind.width_m / 2), v1 = std::max(v1, v + kind.width_m / 2);
  }
  if (!any) return std::nullopt;
  const auto corner = [&](double u, double v) {
    return geo::Vec2{u * std::cos(heading) - v * std::sin(heading),
                     u * std::sin(heading) + v * std::cos(heading)};
  };
  return FormedUp{.contingent = {group.contingent},
                  .corners = {corner(u1, v1), corner(u0, v1), corner(u0, v0), corner(u1, v0)},
                  .along_m = u1 - u0,
                  .across_m = v1 - v0};
}

}  // namespace

std::vector<FormedUp> formed_up(const Context& context) {
  std::vector<FormedUp> all;
  for (const track::Group& group : context.plan.tracks.groups) {
    const show::ContingentId id{group.contingent};
    const show::Contingent& contingent = context.show[id];
    if (!contingent.procession.valid() || context.show[contingent.procession].air) continue;
    const plan::ContingentPlan* timed = context.plan_of(id);
    if (timed == nullptr || !timed->steps_off) continue;
    if (auto one = formed_up_at(context, group, timed->steps_off->seconds())) all.push_back(*one);
  }
  return all;
}

}  // namespace defilada::drawing
