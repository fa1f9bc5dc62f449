// SPDX-License-Identifier: MIT
// Sections `guests` and `day`: delegations by precedence, where they stand, sit and ride.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "resolver.hpp"

namespace defilada::show {
namespace {

/// A road that ends so near to a venue leads to it.
constexpr double kReachM = 50;
constexpr std::int64_t kGuestLimit = 2'000;
constexpr std::int64_t kRowLimit = 1'000;

double distance_to_edges(const geo::Polygon& polygon, geo::Vec2 point) {
  double least = std::numeric_limits<double>::infinity();
  const auto& ring = polygon.outer;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geo::Vec2 a = ring[i];
    const geo::Vec2 along = ring[(i + 1) % ring.size()] - a;
    const double length2 = along.x * along.x + along.y * along.y;
    const geo::Vec2 to = point - a;
    const double share =
        length2 > 0 ? std::clamp((to.x * along.x + to.y * along.y) / length2, 0.0, 1.0) : 0.0;
    least = std::min(least, std::hypot(to.x - share * along.x, to.y - share * along.y));
  }
  return least;
}

double distance_m(const geo::Polygon& area, geo::Vec2 point) {
  return geo::contains(area, point) ? 0 : distance_to_edges(area, point);
}

class GuestResolver {
 public:
  explicit GuestResolver(Resolver& resolver) : r_(resolver), view_(resolver.root["guests"]) {}

  void resolve() {
    if (!view_.is_mapping()) return;
    r_.show.guests.emplace();
    Guests& guests = *r_.show.guests;
    guests.span = view_.span();
    guests.host = Resolver::label(view_["host"], "host");
    guests.on_foot = kind("on foot", Category::foot);
    guests.car = kind("car", Category::vehicle);
    precedence();
    arrival();
    greeting();
    guests.photograph = places(view_["photograph"]);
    guests.seats = places(view_["seats"]);
    walk();
    for (const NamedView& each : view_["motorcades"].named()) motorcade(each);
  }

 private:
  Guests& guests() { return *r_.show.guests; }

  KindId kind(std::string_view key, Category wanted) {
    const View view = view_[key];
    const Name* name = r_.reference(r_.kinds, view, Named::kind);
    if (name == nullptr || !r_.kind_is_sound[name->index]) return {};
    const Kind& kind = r_.show.kinds[name->index];
    if (kind.category != wanted) {
      r_.error("show.wrong-kind", view.scalar_span(),
               phrase("kind {} is of category {}", in_quotes(kind.name), to_string(kind.category)),
               phrase("a kind of category {}", to_string(wanted)))
          .notes.push_back({phrase("defined here"), kind.span});
      return {};
    }
    if (kind.acceleration_mps2 <= 0 || kind.gaits.empty()) {
      r_.error("show.kind-incomplete", kind.span,
               phrase("kind {} moves, but does not say its 'acceleration' and 'gaits'",
                      in_quotes(kind.name)))
          .notes.push_back({phrase("it moves here"), view.scalar_span()});
      return {};
    }
    return {name->index};
  }

  void precedence() {
    std::int64_t people = 0;
    for (const NamedView& each : view_["precedence"].named()) {
      const auto index = static_cast<std::uint32_t>(guests().delegations.size());
      const bool declared = r_.delegations.declare(
          {Named::delegation, index, std::string(each.name), each.name_span}, r_.diagnostics);
      if (!declared) continue;
      Delegation& delegation = guests().delegations.emplace_back();
      delegation.name = collapsed(each.name);
      delegation.span = Resolver::statement(each.name_span, each.value);
      delegation.label = Resolver::label(each.value["label"], delegation.name);
      delegation.head = Resolver::label(each.value["head"], "");
      delegation.country = Resolver::text(each.value["country"]);
      delegation.size = static_cast<int>(r_.count(each.value["size"], kGuestLimit).value_or(1));
      delegation.late = r_.duration(each.value["late"]).value_or(Duration{});
      delegation.late_span = each.value["late"].scalar_span();
      delegation.greeted_last = each.value["greeted"].word().value_or("in turn") == "last";
      people += delegation.size;
    }
    if (people > kGuestLimit) {
      r_.error("show.too-large", view_["precedence"].span(),
               phrase("more than {} guests", kGuestLimit));
    }
  }

  std::optional<RouteId> street(const View& view) {
    const Name* name = r_.reference(r_.lines, view, Named::route);
    if (name == nullptr) return std::nullopt;
    const RouteId id{name->index};
    if (r_.show[id].air) {
      r_.error("show.wrong-route", view.scalar_span(),
               phrase("{} is an air line", in_quotes(name->text)), phrase("a route on the ground"))
          .notes.push_back({phrase("defined here"), name->span});
      return std::nullopt;
    }
    return r_.route_is_sound[id.value] ? std::optional(id) : std::nullopt;
  }

  [[nodiscard]] double speed_of_car(const View& view) {
    if (const auto speed = r_.speed_mps(view)) return *speed;
    return guests().car.valid() ? r_.show[guests().car].gaits.front().speed_mps : 0;
  }

  void arrival() {
    const View view = view_["arrival"];
    if (!view.is_mapping()) return;
    GuestArrival out;
    out.span = view.span();
    const auto route = street(view["route"]);
    const auto every = r_.duration(view["every"]);
    const auto place = r_.point(view["line"]["place"]);
    const auto facing = r_.direction_rad(view["line"]["facing"]);
    out.stop = r_.duration(view["stop"]).value_or(Duration{10'000'000});
    out.speed_mps = speed_of_car(view["speed"]);
    out.distance_m = r_.length_m(view["line"]["distance"]).value_or(1.5);
    if (every && out.stop >= *every) {
      r_.error("show.too-soon", view["every"].scalar_span(),
               phrase("the next car comes before the one ahead has gone"),
               phrase("more time from car to car than a car stands"));
    }
    if (!route) return;
    const auto station = r_.station_on(view["at"], *route);
    if (!station || !every || !place || !facing) return;
    out.route = *route;
    out.station = station->station;
    out.every = *every;
    out.every_span = view["every"].scalar_span();
    out.line = *place;
    out.facing_rad = *facing;
    guests().arrival = out;
  }

  void greeting() {
    const View view = view_["greeting"];
    if (!view.is_mapping()) return;
    Greeting out;
    out.span = view.span();
    const auto place = r_.point(view["place"]);
    const auto facing = r_.direction_rad(view["facing"]);
    const auto every = r_.duration(view["every"]);
    const auto handshake = r_.duration(view["handshake"]);
    if (every && handshake && *handshake >= *every) {
      r_.error("show.too-soon", view["every"].scalar_span(),
               phrase("the next guest comes before the one ahead has gone"),
               phrase("more time from handshake to handshake than one lasts"));
    }
    if (!place || !facing || !every || !handshake) return;
    out.host = *place;
    out.facing_rad = *facing;
    out.every = *every;
    out.every_span = view["every"].scalar_span();
    out.handshake = *handshake;
    guests().greeting = out;
  }

  std::optional<PlaceRows> places(const View& view) {
    if (!view.is_mapping()) return std::nullopt;
    PlaceRows out;
    out.span = view.span();
    out.rows_span = view["rows"].span();
    const auto place = r_.point(view["place"]);
    const auto facing = r_.direction_rad(view["facing"]);
    out.interval_m = r_.length_m(view["interval"]).value_or(1);
    out.distance_m = r_.length_m(view["distance"]).value_or(1.2);
    if (view["height"].given()) out.height_m = r_.height_m(view["height"]).value_or(0);
    out.honour_left = view["honour"].word().value_or("right") == "left";
    for (const View& row : view["rows"].items()) {
      const auto count = r_.count(row, kRowLimit);
      if (!count) return std::nullopt;
      out.rows.push_back(static_cast<int>(*count));
    }
    if (!place || !facing || out.rows.empty()) return std::nullopt;
    out.front = *place;
    out.facing_rad = *facing;
    if (out.rows.front() % 2 == 0) {
      r_.error("show.no-middle", view["rows"].items().front().scalar_span(),
               phrase("a front row of {} has no middle for the host", out.rows.front()),
               phrase("an odd number"), fmt::format("{}", out.rows.front() + 1));
    }
    enough(out);
    keep(view["kept"], out);
    return out;
  }

  /// More guests than places: the last row would have to be so much longer.
  void enough(const PlaceRows& out) {
    int places = -1;  // the host's
    for (const int row : out.rows) places += row;
    const int people = guests().people();
    if (places >= people) return;
    std::string rows = "[";
    for (std::size_t i = 0; i + 1 < out.rows.size(); ++i) rows += fmt::format("{}, ", out.rows[i]);
    int last = out.rows.back() + people - places;
    if (out.rows.size() == 1 && last % 2 == 0) ++last;
    rows += fmt::format("{}]", last);
    r_.error("show.too-few-places", out.rows_span,
             phrase("{} guests and the host have {} places", people, places + 1),
             phrase("{} more", people - places), rows);
  }

  void keep(const View& list, PlaceRows& out) {
    for (const View& view : list.items()) {
      const Name* name = r_.reference(r_.delegations, view["who"], Named::delegation);
      const auto row = r_.count(view["row"], kRowLimit);
      const auto side = r_.count(view[view["left"].given() ? "left" : "right"], kRowLimit);
      if (name == nullptr || !row || !side) continue;
      PlaceRows::Kept kept{DelegationId{name->index}, static_cast<int>(*row) - 1,
                           static_cast<int>(view["left"].given() ? -*side : *side), view.span()};
      if (is_place(kept, out)) taken(kept, name->text, out);
    }
  }

  bool is_place(const PlaceRows::Kept& kept, const PlaceRows& out) {
    const auto rows = static_cast<int>(out.rows.size());
    if (kept.row >= rows) {
      r_.error("show.no-place", kept.span, phrase("there is no row {}", kept.row + 1),
               phrase("1 to {}", rows));
      return false;
    }
    const int count = out.rows[static_cast<std::size_t>(kept.row)];
    const bool middle = kept.column == 0;
    if (middle && (kept.row == 0 || count % 2 == 0)) {
      r_.error("show.no-place", kept.span,
               kept.row == 0 ? phrase("the middle of the front row is the host's")
                             : phrase("row {} has no middle place", kept.row + 1));
      return false;
    }
    if (std::abs(kept.column) > count / 2) {
      r_.error("show.no-place", kept.span,
               phrase("places on each side of row {}: {}", kept.row + 1, count / 2));
      return false;
    }
    return true;
  }

  void taken(const PlaceRows::Kept& kept, const std::string& who, PlaceRows& out) {
    for (const PlaceRows::Kept& other : out.kept) {
      const bool same_guest = other.who == kept.who;
      if (!same_guest && (other.row != kept.row || other.column != kept.column)) continue;
      r_.error("show.place-twice", kept.span,
               same_guest
                   ? phrase("{} has two places", in_quotes(who))
                   : phrase("the place of {} is given twice", in_quotes(r_.show[other.who].name)),
               same_guest ? phrase("one of the two") : phrase("another place"))
          .notes.push_back({phrase("the other is here"), other.span});
      return;
    }
    out.kept.push_back(kept);
  }

  void walk() {
    const View view = view_["walk"];
    if (!view.is_mapping()) return;
    const auto route = street(view["route"]);
    if (!route) return;
    GuestWalk out;
    out.span = view.span();
    out.route = *route;
    out.abreast = static_cast<int>(r_.count(view["abreast"], kRowLimit).value_or(1));
    out.interval_m = r_.length_m(view["interval"]).value_or(1);
    out.distance_m = r_.length_m(view["distance"]).value_or(1.5);
    guests().walk = out;
  }

  // ---- motorcades

  void motorcade(const NamedView& named) {
    const View& view = named.value;
    const auto index = static_cast<std::uint32_t>(guests().motorcades.size());
    const bool declared = r_.motorcades.declare(
        {Named::motorcade, index, std::string(named.name), named.name_span}, r_.diagnostics);
    if (!declared) return;
    Motorcade& out = guests().motorcades.emplace_back();
    out.name = collapsed(named.name);
    out.span = Resolver::statement(named.name_span, view);
    out.gap_m = r_.length_m(view["gap"]).value_or(8);
    out.speed_mps = speed_of_car(view["speed"]);
    out.boarding = r_.duration(view["boarding"]).value_or(Duration{20'000'000});
    if (view["walk"].given()) out.walk = street(view["walk"]);
    cars(view, out);
    const auto route = street(view["route"]);
    const Name* area = r_.reference(r_.areas, view["to"], Named::area);
    if (!route || area == nullptr) return;
    out.route = *route;
    out.to = {area->index};
    out.to_span = view["to"].scalar_span();
    if (const auto from = r_.station_on(view["from"], *route)) out.from = from->station;
    if (r_.area_is_sound[area->index]) road(view, out);
  }

  /// The road must lead to the venue.
  void road(const View& view, const Motorcade& out) {
    const Route& route = r_.show[out.route];
    const Area& area = r_.show[out.to];
    const double off =
        distance_m(area.polygon, route.geometry.at(route.geometry.length()).position);
    if (off <= kReachM) return;
    std::string other;
    for (const Route& each : r_.show.site.routes) {
      if (each.air || each.geometry.elements().empty() || &each == &route) continue;
      const geo::Vec2 end = each.geometry.at(each.geometry.length()).position;
      if (other.empty() && distance_m(area.polygon, end) <= kReachM) other = each.name;
    }
    r_.error("show.no-road", view["route"].scalar_span(),
             phrase("no road to {}: {} ends {:.0f} m from it", in_quotes(area.name),
                    in_quotes(route.name), off),
             phrase("a route that ends at the venue"), other)
        .notes.push_back({phrase("the venue is defined here"), area.span});
  }

  void cars(const View& view, Motorcade& out) {
    std::vector<Span> spans;
    std::vector<DelegationId> who;
    if (view["guests"].given()) {
      who = delegations_of(r_, view["guests"], spans);
    } else {
      for (std::uint32_t i = 0; i < guests().delegations.size(); ++i) {
        who.push_back({i});
        spans.push_back(out.span);
      }
    }
    std::vector<int> car_of(guests().delegations.size(), -1);
    for (std::size_t i = 0; i < who.size(); ++i) {
      if (car_of[who[i].value] >= 0) continue;
      const auto shared = sharing(view, who[i], who);
      for (const DelegationId each : shared) {
        car_of[each.value] = static_cast<int>(out.cars.size());
      }
      out.cars.push_back(shared);
      out.car_spans.push_back(spans[i]);
    }
    for (const View& list : view["together"].items()) together(list, who, out, car_of);
  }

  /// Those who share a car with `who`, in the order in which they are named; alone, itself.
  std::vector<DelegationId> sharing(const View& view, DelegationId who,
                                    const std::vector<DelegationId>& going) {
    for (const View& list : view["together"].items()) {
      std::vector<DelegationId> names;
      for (const View& each : list.items()) {
        const auto text = each.text();
        const Name* name = text ? r_.delegations.find(*text) : nullptr;
        if (name != nullptr) names.push_back({name->index});
      }
      if (std::find(names.begin(), names.end(), who) == names.end()) continue;
      std::erase_if(names, [&](DelegationId id) {
        return std::find(going.begin(), going.end(), id) == going.end();
      });
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      return names;
    }
    return {who};
  }

  /// Each name of a shared car goes along, and rides in one car.
  void together(const View& list, const std::vector<DelegationId>& going, Motorcade& out,
                const std::vector<int>& car_of) {
    std::set<DelegationId> seen;
    int car = -1;
    for (const View& each : list.items()) {
      const Name* name = r_.reference(r_.delegations, each, Named::delegation);
      if (name == nullptr) continue;
      const DelegationId id{name->index};
      if (std::find(going.begin(), going.end(), id) == going.end()) {
        r_.error(
            "show.not-going", each.scalar_span(),
            phrase("{} does not go with motorcade {}", in_quotes(name->text), in_quotes(out.name)),
            phrase("one of its guests"));
        continue;
      }
      if (car < 0) car = car_of[id.value];
      if (!seen.insert(id).second || car_of[id.value] != car) {
        r_.error("show.guest-twice", each.scalar_span(),
                 phrase("{} would ride in two cars", in_quotes(name->text)), phrase("one car"));
      }
      if (car >= 0) out.car_spans[static_cast<std::size_t>(car)] = list.span();
    }
  }

  Resolver& r_;
  View view_;
};

void resolve_day(Resolver& r) {
  for (const NamedView& each : r.root["day"].named()) {
    const auto index = static_cast<std::uint32_t>(r.show.day.size());
    const bool declared = r.day_parts.declare(
        {Named::day_part, index, std::string(each.name), each.name_span}, r.diagnostics);
    if (!declared) continue;
    DayPart& part = r.show.day.emplace_back();
    part.name = collapsed(each.name);
    part.label = Resolver::label(each.value["label"], part.name);
    part.span = Resolver::statement(each.name_span, each.value);
  }
}

}  // namespace

std::vector<DelegationId> delegations_of(Resolver& r, const View& view, std::vector<Span>& spans) {
  std::vector<DelegationId> out;
  if (view.word() == "all" && r.show.guests) {
    for (std::uint32_t i = 0; i < r.show.guests->delegations.size(); ++i) {
      out.push_back({i});
      spans.push_back(view.scalar_span());
    }
    return out;
  }
  for (const View& each : view.items()) {
    const Name* name = r.reference(r.delegations, each, Named::delegation);
    if (name == nullptr) continue;
    const DelegationId id{name->index};
    if (std::find(out.begin(), out.end(), id) != out.end()) {
      r.error("show.guest-twice", each.scalar_span(),
              phrase("{} is named twice", in_quotes(name->text)), phrase("each once"));
      continue;
    }
    out.push_back(id);
    spans.push_back(each.scalar_span());
  }
  return out;
}

void resolve_guests(Resolver& r) {
  resolve_day(r);
  GuestResolver(r).resolve();
}

}  // namespace defilada::show
