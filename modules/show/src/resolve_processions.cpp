// SPDX-License-Identifier: MIT
// Sections `marches` and `flypasts`: the way, the order, how they stand before and after.

#include <algorithm>
#include <cmath>
#include <utility>

#include "movement.hpp"
#include "resolver.hpp"

namespace defilada::show {
namespace {

class ProcessionResolver {
 public:
  ProcessionResolver(Resolver& resolver, ProcessionId id)
      : r_(resolver),
        id_(id),
        procession_(resolver.show.processions[id.value]),
        course_(resolver.courses[id.value]),
        view_(resolver.procession_views[id.value]) {}

  /// The route with its beginning and end, on which all stations are looked for.
  void resolve_course() {
    if (procession_.air) {
      resolve_line();
    } else {
      resolve_route();
    }
  }

  void resolve() {
    if (procession_.air) {
      resolve_flight();
    } else {
      resolve_march();
    }
    procession_.gap_min_m = r_.length_m(view_["least gap"]).value_or(0);
    if (view_["least gap"].given()) procession_.gap_min_span = view_["least gap"].scalar_span();
    procession_.spacing = read_spacing(r_, id_, view_);
    course_.gaits = read_gaits(r_, id_, view_["gait"]);
    if (procession_.air && view_["speed"].given()) {
      course_.gaits.base = r_.gait_of_speed(view_["speed"]);
      course_.gaits.base_span = view_["speed"].scalar_span();
    }
    if (course_.gaits.base) procession_.base_gait = *course_.gaits.base;
    resolve_members(r_, id_);
  }

 private:
  bool take_route(std::string_view key, bool air) {
    const Name* name = r_.reference(r_.lines, view_[key], Named::route);
    if (name == nullptr) return false;
    const RouteId route{name->index};
    if (r_.show[route].air != air) {
      r_.error("show.wrong-route", view_[key].scalar_span(),
               air ? phrase("{} is on the ground", in_quotes(name->text))
                   : phrase("{} is an air line", in_quotes(name->text)),
               air ? phrase("an air line: flypasts fly along one")
                   : phrase("a route: marches go along one"))
          .notes.push_back({phrase("defined here"), name->span});
      return false;
    }
    procession_.route = route;
    if (!r_.route_is_sound[route.value]) return false;
    course_.end_m = r_.show[route].geometry.length();
    course_.end_name = phrase("the end of {}", in_quotes(r_.show[route].name));
    return true;
  }

  // ---- on the ground

  void resolve_route() {
    if (!take_route("route", false)) {
      static_cast<void>(r_.station(view_["ends"]));
      static_cast<void>(r_.station(view_["stays"]["station"]));
      for (const std::string_view key : {"station", "back to"}) {
        static_cast<void>(r_.station(view_["line-up"][key]));
      }
      return;
    }
    const View stays = view_["stays"];
    const auto end =
        r_.station_on(stays.given() ? stays["station"] : view_["ends"], procession_.route);
    if (end) {
      procession_.end = end->station;
      course_.end_m = end->s_m;
      course_.end_name = in_quotes(r_.show[end->station].name);
      if (stays.given()) resolve_stays(stays, end->station);
    }
    course_.sound = true;
    resolve_line_up();
  }

  void resolve_stays(const View& view, StationId station) {
    Stays& stays = procession_.stays.emplace();
    stays.span = view["station"].scalar_span();
    stays.station = station;
    stays.gap_m = r_.length_m(view["gap"]).value_or(0);
    stays.distance_m = r_.length_m(view["distance"]);
    if (view["facing"].given()) stays.facing_rad = r_.direction_rad(view["facing"]);
  }

  void resolve_line_up() {
    const View view = view_["line-up"];
    if (!view.given()) return;
    LineUp& line_up = procession_.line_up.emplace();
    line_up.span = view["gap"].given() ? view["gap"].scalar_span() : view.span();
    line_up.gap_m = r_.length_m(view["gap"]).value_or(0);
    if (view["facing"].given()) line_up.facing_rad = r_.direction_rad(view["facing"]);
    resolve_layout(view, line_up);
    const auto head = r_.station_on(view["station"], procession_.route);
    if (!head) return;
    line_up.station = head->station;
    if (head->s_m >= course_.end_m) {
      r_.error("show.line-up", view["station"].scalar_span(),
               phrase("{} lines up where it has ended already", in_quotes(procession_.name)),
               phrase("a station before {}", course_.end_name));
      return;
    }
    course_.begin_m = head->s_m;
    course_.begin_name = in_quotes(r_.show[head->station].name);
  }

  /// The line-up as a layout of its own.
  void resolve_layout(const View& view, LineUp& line_up) {
    const auto back = r_.station_on(view["back to"], procession_.route);
    if (back) line_up.back_to = back->station;
    line_up.distance_m = r_.length_m(view["distance"]);
    line_up.abreast = static_cast<int>(r_.count(view["abreast"], kAbreastLimit).value_or(1));
    line_up.lane_m = r_.length_m(view["lane"]).value_or(0);
    line_up.left_m = r_.coordinate_m(view["left"]).value_or(0);
    // Six times as far along as aside: 14 degrees at most, 3 % more of the way.
    constexpr double kAlongPerAside = 6;
    const double aside = std::abs(line_up.left_m) + 0.5 * (line_up.abreast - 1) * line_up.lane_m;
    line_up.merge_m = r_.length_m(view["merge"]).value_or(kAlongPerAside * aside);
  }

  void resolve_march() {
    procession_.form_up_lead_s = r_.duration(view_["forms up"]).value_or(Duration{}).seconds();
    if (view_["line-up"]["behind"].given()) {
      const auto behind = other_march(view_["line-up"]["behind"], false);
      if (behind && procession_.line_up) procession_.line_up->behind = behind;
    }
    if (view_["follows"].given()) procession_.follows = other_march(view_["follows"], true);
    for (const View& each : view_["halts"].items()) {
      const auto place = r_.station_of(each["station"], id_);
      const auto lasts = r_.duration(each["lasts"]);
      if (place && lasts) {
        procession_.halts.push_back({each["lasts"].scalar_span(), place->station, *lasts});
        if (each["facing"].given()) {
          procession_.halts.back().facing_rad = r_.direction_rad(each["facing"]);
        }
      }
    }
    resolve_dispersal();
    require_line_up();
    if (!procession_.stays || !view_["least gap"].given()) return;
    const double least = r_.length_m(view_["least gap"]).value_or(0);
    if (procession_.order.size() < 2 || procession_.stays->gap_m >= least) return;
    const View gap = view_["stays"]["gap"];
    r_.error("show.stays", gap.given() ? gap.scalar_span() : procession_.stays->span,
             phrase("contingents of {} stay {:g} m apart, nearer than their least gap of {:g} m",
                    in_quotes(procession_.name), procession_.stays->gap_m, least),
             phrase("'gap: {:g} m' or more", least))
        .notes.push_back({phrase("the least gap"), view_["least gap"].scalar_span()});
  }

  std::optional<ProcessionId> other_march(const View& view, bool follows) {
    const Name* name = r_.reference(r_.names, view, Named::procession);
    if (name == nullptr) return std::nullopt;
    const ProcessionId other{name->index};
    if (r_.show[other].air) {
      r_.error("show.wrong-procession", view.scalar_span(),
               phrase("{} is a flypast", in_quotes(name->text)), phrase("a march"))
          .notes.push_back({phrase("defined here"), name->span});
      return std::nullopt;
    }
    if (!course_.sound || !r_.courses[other.value].sound) return other;
    const RouteId route = procession_.route;
    if (route != r_.show[other].route && r_.shared_m(route, r_.show[other].route) <= 0) {
      const Phrase own = in_quotes(procession_.name);
      const Phrase there = in_quotes(name->text);
      const Phrase own_route = in_quotes(r_.show[route].name);
      const Phrase its_route = in_quotes(r_.show[r_.show[other].route].name);
      r_.error("show.no-shared-route", view.scalar_span(),
               follows ? phrase("{} cannot follow {}: {} and {} share nothing", own, there,
                                own_route, its_route)
                       : phrase("{} cannot stand behind {}: {} and {} share nothing", own, there,
                                own_route, its_route),
               phrase("a march on the same route, or on one that shares its beginning"));
      return std::nullopt;
    }
    return other;
  }

  void resolve_dispersal() {
    const View view = view_["disperse to"];
    const Name* name = r_.reference(r_.areas, view, Named::area);
    if (name == nullptr) return;
    const Area& area = r_.show.site.areas[name->index];
    if (area.use != AreaUse::area) {
      r_.error("show.wrong-area", view.scalar_span(),
               area.use == AreaUse::stand ? phrase("{} is a stand", in_quotes(name->text))
                                          : phrase("{} is an obstacle", in_quotes(name->text)),
               phrase("an area"))
          .notes.push_back({phrase("defined here"), name->span});
      return;
    }
    procession_.disperse_to = AreaId{name->index};
    if (!course_.sound || !r_.area_is_sound[name->index]) return;
    const geo::Vec2 end = r_.show[procession_.route].geometry.at(course_.end_m).position;
    if (geo::contains(area.polygon, end)) return;
    r_.error("show.disperse", view.scalar_span(),
             phrase("{} ends at {}, which does not lie in area {}", in_quotes(procession_.name),
                    course_.end_name, in_quotes(name->text)),
             phrase("an area that holds the end"))
        .notes.push_back({phrase("the area is defined here"), name->span});
  }

  /// Who moves must stand somewhere before.
  void require_line_up() {
    if (view_["line-up"].given()) return;
    for (const ContingentId member : procession_.order) {
      const Line& line = r_.order_lines[r_.line_of_contingent[member.value]];
      if (line.view["starts"].given() || line.defaults["starts"].given()) continue;
      r_.error(
          "show.no-line-up", procession_.span,
          phrase("nothing says where {} stands before it steps off", in_quotes(procession_.name)),
          phrase("'line-up: {{station: …, gap: …}}', or 'starts' of every contingent"));
      return;
    }
  }

  // ---- in the air

  void resolve_line() {
    if (!take_route("line", true)) {
      for (const std::string_view key : {"over", "starts"}) {
        static_cast<void>(r_.station(view_[key]));
      }
      static_cast<void>(r_.station(view_["break-off"]["station"]));
      return;
    }
    course_.sound = true;
    if (const auto start = r_.station_on(view_["starts"], procession_.route)) {
      course_.begin_m = start->s_m;
      course_.begin_name = in_quotes(r_.show[start->station].name);
    }
    const auto leave = r_.station_on(view_["break-off"]["station"], procession_.route);
    if (leave) {
      course_.end_m = leave->s_m;
      course_.end_name = in_quotes(r_.show[leave->station].name);
    }
    if (const auto over = r_.station_of(view_["over"], id_)) procession_.over = over->station;
    if (leave) resolve_break_off(leave->station);
  }

  void resolve_break_off(StationId leave) {
    const View view = view_["break-off"];
    BreakOff& out = procession_.break_off.emplace();
    out.span = view.span();
    out.station = leave;
    out.turn_rad = view["turn"].turn_rad().value_or(0);
    out.alternating = view["sides"].word() == "alternating";
    out.bank_rad = r_.bank_rad(view["bank"]).value_or(0);
    out.climb_mps = r_.speed_mps(view["climb"]).value_or(0);
    out.then_m = r_.length_m(view["then"]).value_or(0);
    constexpr double kRound = 2 * 3.14159265358979;
    if (view["turn"].turn_rad() && (out.turn_rad == 0 || std::abs(out.turn_rad) > kRound + 1e-9)) {
      r_.error("show.turn", view["turn"].scalar_span(),
               out.turn_rad == 0 ? phrase("a turn by nothing")
                                 : phrase("a turn by more than 360 degrees"),
               phrase("a turn such as 'left 60 deg'"));
    }
  }

  /// A flight that joins from a line of its own turns onto this one.
  [[nodiscard]] bool comes_round_a_corner() const {
    return std::any_of(procession_.order.begin(), procession_.order.end(), [&](ContingentId id) {
      const Line& line = r_.order_lines[r_.line_of_contingent[id.value]];
      return line.view["joins"].given() || line.defaults["joins"].given();
    });
  }

  void resolve_flight() {
    procession_.height_m = r_.height_m(view_["height"]).value_or(0);
    if (view_["height"].given() && !view_["stack"].given()) {
      procession_.height_span = view_["height"].span();
    }
    procession_.turn_bank_rad = r_.bank_rad(view_["turn bank"]).value_or(0);
    if (const auto point = r_.station_of(view_["initial point"], id_)) {
      procession_.initial_point = point->station;
    }
    const bool turns =
        course_.sound && (comes_round_a_corner() ||
                          std::isfinite(r_.show[procession_.route].geometry.least_radius()));
    if (turns && !view_["turn bank"].given()) {
      r_.error("show.turn-bank", procession_.span,
               phrase("{} turns at corners of {} or onto it, and does not say how",
                      in_quotes(procession_.name), in_quotes(r_.show[procession_.route].name)),
               phrase("'turn bank: ANGLE'"));
    }
  }

  Resolver& r_;
  ProcessionId id_;
  Procession& procession_;
  Course& course_;
  View view_;
};

using Ahead = std::optional<ProcessionId> (*)(const Procession&);

/// Marches that stand or go behind each other in a ring: none of them is first.
void report_rings(Resolver& r, bool follows, Ahead ahead_of, View (*where)(const View& march)) {
  const auto n = static_cast<std::uint32_t>(r.show.processions.size());
  std::vector<std::uint32_t> seen_from(n, UINT32_MAX);
  for (std::uint32_t start = 0; start < n; ++start) {
    std::uint32_t at = start;
    while (seen_from[at] == UINT32_MAX) {
      seen_from[at] = start;
      const auto ahead = ahead_of(r.show.processions[at]);
      if (!ahead) break;
      const std::uint32_t last = std::exchange(at, ahead->value);
      if (seen_from[at] != start) continue;
      Phrase chain = in_quotes(r.show.processions[at].name);
      std::uint32_t each = at;
      do {
        each = ahead_of(r.show.processions[each])->value;
        const Phrase next = in_quotes(r.show.processions[each].name);
        chain = follows ? phrase("{} follows {}", chain, next)
                        : phrase("{} stands behind {}", chain, next);
      } while (each != at);
      r.error("show.order-cycle", where(r.procession_views[last]).scalar_span(),
              phrase("marches that wait for each other: {}", chain));
    }
  }
}

}  // namespace

void resolve_processions(Resolver& r) {
  const auto n = static_cast<std::uint32_t>(r.show.processions.size());
  for (std::uint32_t i = 0; i < n; ++i) ProcessionResolver(r, {i}).resolve_course();
  for (std::uint32_t i = 0; i < n; ++i) ProcessionResolver(r, {i}).resolve();
  report_rings(
      r, true, [](const Procession& p) { return p.follows; },
      [](const View& march) { return march["follows"]; });
  report_rings(
      r, false, [](const Procession& p) { return p.line_up ? p.line_up->behind : std::nullopt; },
      [](const View& march) { return march["line-up"]["behind"]; });
  resolve_in_place(r);
}

}  // namespace defilada::show
