// SPDX-License-Identifier: MIT
// Flights that come lower over people than is usual, where nothing in the show says how low they
// may.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "air_heights.hpp"
#include "defilada/geo/polygon.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

constexpr double kFeet_m = 0.3048;
/// docs/facts/drill-and-flight.md, C5: fly-bys of aviation events keep 500 ft from spectators (FAA
/// N 8900.488, S110); helicopters over the avenue of Paris fly at 400 ft (S86). Drones have rules
/// of their own, by distance.
constexpr double kAeroplane_m = 500 * kFeet_m;
constexpr double kHelicopter_m = 400 * kFeet_m;

constexpr double kStep_s = 0.5;
constexpr double kOver_m = 30;  ///< so near beside the flight one is below it, too
constexpr double kFar_m = 600;  ///< no contingent reaches so far from its first

double least_height_m(const show::Show& show, const show::Contingent& who) {
  double least = 0;
  for (const show::Part& part : who.parts) {
    const show::Category category = show[part.kind].category;
    if (category == show::Category::aeroplane) least = std::max(least, kAeroplane_m);
    if (category == show::Category::helicopter) least = std::max(least, kHelicopter_m);
  }
  return least;
}

bool over(const geo::Polygon& polygon, geo::Vec2 at) {
  if (geo::contains(polygon, at)) return true;
  const auto& ring = polygon.outer;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geo::Vec2 a = ring[i];
    const geo::Vec2 along = ring[(i + 1) % ring.size()] - a;
    const double square = along.x * along.x + along.y * along.y;
    const geo::Vec2 off = at - a;
    const double t =
        square > 0 ? std::clamp((off.x * along.x + off.y * along.y) / square, 0.0, 1.0) : 0;
    if (std::hypot(off.x - t * along.x, off.y - t * along.y) <= kOver_m) return true;
  }
  return false;
}

class LowFlights {
 public:
  LowFlights(const show::Show& show, Plan& plan) : show_(show), plan_(plan) {}

  void find() {
    for (const track::Group& group : plan_.tracks.groups) {
      const show::Contingent& who = show_.contingents[group.contingent];
      if (!who.procession.valid() || !show_[who.procession].air) continue;
      const double least = least_height_m(show_, who);
      const HeightLimits said = height_limits(show_, who, show_[who.procession].route);
      if (least > 0 && !std::isfinite(said.floor_m)) find(group, who, least);
    }
  }

 private:
  /// The first of them who is too low over somebody is told.
  void find(const track::Group& group, const show::Contingent& who, double least_m) {
    for (std::uint32_t m = 0; m < group.mover_count; ++m) {
      const track::Mover& mover = plan_.tracks.movers[group.first_mover + m];
      const auto [from, to] = plan_.tracks.interval(plan_.tracks.paths[mover.path]);
      for (double t = from; t <= to; t += kStep_s) {
        const auto state = plan_.tracks.at(mover, t);
        if (!state || state->position_m[2] >= least_m) continue;
        const auto below = name_below(t, {state->position_m[0], state->position_m[1]});
        if (!below) continue;
        tell(who, t, state->position_m, *below, least_m);
        return;
      }
    }
  }

  [[nodiscard]] std::optional<std::string> name_below(double t, geo::Vec2 at) const {
    for (const show::Area& area : show_.site.areas) {
      if (area.use == show::AreaUse::stand && over(area.polygon, at)) return area.name;
    }
    for (const track::Group& group : plan_.tracks.groups) {
      const show::Contingent& other = show_.contingents[group.contingent];
      if (other.procession.valid() && show_[other.procession].air) continue;
      for (std::uint32_t m = 0; m < group.mover_count; ++m) {
        const auto state = plan_.tracks.at(plan_.tracks.movers[group.first_mover + m], t);
        if (!state) break;
        const double away = std::hypot(state->position_m[0] - at.x, state->position_m[1] - at.y);
        if (away <= kOver_m) return other.name;
        if (away > kFar_m) break;
      }
    }
    return std::nullopt;
  }

  void tell(const show::Contingent& who, double t, const std::array<double, 3>& place,
            const std::string& below, double least_m) {
    const Time time = time_from_seconds(t);
    Finding finding;
    finding.severity = Severity::warning;
    finding.code = "plan.low-over-people";
    finding.message =
        phrase("{} passes {:.0f} m above {} at {}: nothing says how low it may; {:.0f} m are usual",
               who.name, place[2], below, show_.clock.wall_clock(time), least_m);
    finding.span = who.height_m ? who.height_span : show_[who.procession].height_span;
    if (!finding.span.known()) finding.span = who.span;
    finding.begin = time;
    finding.end = time;
    finding.place = place;
    finding.who = {who.name};
    plan_.findings.push_back(std::move(finding));
  }

  const show::Show& show_;
  Plan& plan_;
};

}  // namespace

void find_low_flights(const show::Show& show, Plan& plan) {
  LowFlights(show, plan).find();
}

}  // namespace defilada::plan
