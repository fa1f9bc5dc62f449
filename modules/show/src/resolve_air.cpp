// SPDX-License-Identifier: MIT
// What is said of flights only: wind, holds, joins.
#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "movement.hpp"

namespace defilada::show {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kSameCourse = 2 * kPi / 180;  ///< rad: an inbound course that leads on to the way
constexpr double kWindLimitMps = 150;

/// Clockwise from north, as a planner writes it.
double bearing_deg(double heading_rad) {
  const double bearing = std::fmod(450 - heading_rad * 180 / kPi, 360);
  return std::round(bearing) >= 360 ? 0 : bearing;
}

void check_inbound(Resolver& r, const View& view, const Resolver::OnRoute& fix, RouteId way) {
  const auto inbound = r.direction_rad(view);
  if (!inbound) return;
  const geo::Vec2 onward = r.show[way].geometry.at(fix.s_m).direction;
  const double leads = std::atan2(onward.y, onward.x);
  if (std::abs(std::remainder(*inbound - leads, 2 * kPi)) <= kSameCourse) return;
  r.error("show.hold-course", view.span(),
          phrase("the inbound course is {:.0f} degrees, and {} leads on at {:.0f} from {}",
                 bearing_deg(*inbound), in_quotes(r.show[way].name), bearing_deg(leads),
                 in_quotes(r.show[fix.station].name)),
          phrase("a hold whose inbound leg leads onto the way"),
          fmt::format("{{bearing: {:.0f} deg}}", bearing_deg(leads)));
}

}  // namespace

void resolve_wind(Resolver& r, const View& view) {
  if (!view.given()) return;
  const auto from = r.direction_rad(view["from"]);
  const auto speed = r.speed_mps(view["speed"]);
  if (!from || !speed) return;
  if (*speed > kWindLimitMps) {
    r.error("show.wind", view["speed"].scalar_span(), phrase("a wind in which nobody flies"),
            phrase("at most {:.0f} m/s", kWindLimitMps));
    return;
  }
  r.show.site.wind = Wind{view.span(), *from + kPi, *speed};
}

std::optional<Hold> read_hold(Resolver& r, const View& view, RouteId way) {
  if (!view.given()) return std::nullopt;
  const auto fix = r.station_on(view["station"], way);
  Hold hold;
  hold.span = view.span();
  hold.bank_rad = r.bank_rad(view["bank"]).value_or(0);
  hold.left = view["turn"].word() == "left";
  hold.leg_time = r.duration(view["leg"]);
  hold.leg_m = r.length_m(view["leg length"]);
  hold.lasts = r.duration(view["lasts"]);
  if (view["from"].given()) hold.from = r.clock_time(view["from"]);
  if (const auto circuits = r.count(view["circuits"], kHoldCircuitLimit)) {
    hold.circuits = static_cast<int>(*circuits);
  }
  for (const std::string_view key : {"from", "lasts", "circuits"}) {
    if (view[key].given()) hold.amount_span = view[key].scalar_span();
  }
  const bool leg = hold.leg_time.has_value() || hold.leg_m.has_value();
  const bool amount = hold.from || hold.lasts || hold.circuits;
  if (!fix || !leg || !amount || hold.bank_rad == 0) return std::nullopt;
  if (view["inbound"].given()) check_inbound(r, view["inbound"], *fix, way);
  hold.fix = fix->station;
  return hold;
}

std::optional<Joins> read_joins(Resolver& r, const View& view, ProcessionId id) {
  if (!view.given()) return std::nullopt;
  const Name* name = r.reference(r.lines, view["from"], Named::route);
  const auto place = r.station_of(view["station"], id);
  if (name == nullptr) return std::nullopt;
  const RouteId from{name->index};
  if (!r.show[from].air) {
    r.error("show.wrong-route", view["from"].scalar_span(),
            phrase("{} is on the ground", in_quotes(name->text)),
            phrase("an air line: flights come along one"))
        .notes.push_back({phrase("defined here"), name->span});
    return std::nullopt;
  }
  if (!place || !r.route_is_sound[from.value]) return std::nullopt;
  const Procession& procession = r.show[id];
  if (from == procession.route) {
    r.error("show.joins", view["from"].scalar_span(),
            phrase("{} is the line that it joins", in_quotes(name->text)),
            phrase("'starts: STATION' for a flight that begins on the line itself"));
    return std::nullopt;
  }
  const auto over_m =
      procession.over.valid() ? r.arc_length(procession.over, procession.route) : std::nullopt;
  if (over_m && place->s_m > *over_m) {
    r.error("show.starts", view["station"].scalar_span(),
            phrase("it joins the line behind {}, where its time over target counts",
                   in_quotes(r.show[procession.over].name)));
    return std::nullopt;
  }
  return Joins{view.span(), from, place->station};
}

}  // namespace defilada::show
