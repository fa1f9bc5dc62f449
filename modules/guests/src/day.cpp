// SPDX-License-Identifier: MIT
#include "defilada/guests/day.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "defilada/core/check.hpp"
#include "reach.hpp"

namespace defilada::guests {
namespace {

constexpr double kNearestM = 1e-6;   ///< places nearer than this are one
constexpr double kHandshakeM = 1.0;  ///< from the host to the guest who is greeted
constexpr double kFileM = 1.5;       ///< between guests who walk to their cars
constexpr double kVenueM = 1.5;      ///< between guests at a venue
constexpr int kVenueRow = 6;

geo::Vec2 direction(double rad) {
  return {std::cos(rad), std::sin(rad)};
}

double heading(geo::Vec2 from, geo::Vec2 to) {
  return std::atan2(to.y - from.y, to.x - from.x);
}

struct Body {
  double speed_mps = 0;
  double acceleration_mps2 = 0;
};

/// From standing to standing.
movement::SpeedProfile stretch(double from_m, double to_m, const Body& body) {
  return movement::SpeedProfile({.start_m = from_m,
                                 .end_m = to_m + 1,
                                 .base_speed_mps = body.speed_mps,
                                 .acceleration_mps2 = body.acceleration_mps2,
                                 .zones = {},
                                 .stops = {{to_m, 1}}});
}

/// Where a guest is between stages.
struct Spot {
  bool known = false;
  geo::Vec2 position;
  double height_m = 0;
  double facing_rad = 0;
  Where where = Where::line;
};

class DayMaker {
 public:
  explicit DayMaker(const show::Show& show) : show_(show), guests_(*show.guests) {}

  Day run() {
    day_.people = people(guests_);
    turns_ = turns();
    spots_.resize(day_.people.size());
    const show::Kind& walker = show_[guests_.on_foot];
    walk_ = {walker.gaits.front().speed_mps, walker.acceleration_mps2};
    if (guests_.seats) day_.seats = assign(guests_, *guests_.seats);
    if (guests_.photograph) day_.photograph = assign(guests_, *guests_.photograph);
    if (guests_.arrival) arrival();
    if (guests_.greeting) greeting();
    if (guests_.photograph) photograph();
    if (guests_.seats) seats();
    for (std::uint32_t m = 0; m < guests_.motorcades.size(); ++m) motorcade({m});
    return std::move(day_);
  }

 private:
  // ---- stages

  std::optional<show::ItemId> item_of(show::GuestStage what) const {
    for (std::uint32_t i = 0; i < show_.items.size(); ++i) {
      if (show_.items[i].guests == what) return show::ItemId{i};
    }
    return std::nullopt;
  }

  std::optional<show::ItemId> item_of(show::MotorcadeId id) const {
    for (std::uint32_t i = 0; i < show_.items.size(); ++i) {
      if (show_.items[i].motorcade == id) return show::ItemId{i};
    }
    return std::nullopt;
  }

  /// Warns where nothing runs it.
  template <typename T>
  bool begin(Stage& stage, T what, const Phrase& name, Span span, const std::string& key) {
    stage.name = name;
    stage.ways.resize(day_.people.size());
    const auto item = item_of(what);
    if (item) {
      stage.item = *item;
      return true;
    }
    Finding finding;
    finding.code = "guests.idle";
    finding.span = span;
    finding.message = phrase("no item of the programme runs {}: give one '{}'", name, key);
    day_.findings.push_back(std::move(finding));
    return false;
  }

  void finish(Stage stage) {
    for (Way& way : stage.ways) {
      if (way.legs.empty()) continue;
      way.begins_s = way.legs.front().from_s;
      way.ends_s = way.legs.back().to_s;
      stage.length_s = std::max(stage.length_s, way.ends_s);
    }
    day_.stages.push_back(std::move(stage));
  }

  /// On foot straight to a place, from `from_s`; nothing where they stand there already.
  void go_straight(Way& way, Spot& spot, const Spot& to, double from_s) {
    const geo::Vec2 way_there = to.position - spot.position;
    const double length = std::hypot(way_there.x, way_there.y);
    if (length > kNearestM) {
      const auto route = geo::Route::make({spot.position, to.position}, 0.0);
      DEFILADA_CHECK(route.has_value());
      add(way, *route, stretch(0, length, walk_), length, from_s, 0, spot.height_m, to);
    }
    spot = to;
    spot.known = true;
  }

  void add(Way& way, const geo::Route& route, movement::SpeedProfile profile, double to_m,
           double from_s, double left_m, double from_height_m, const Spot& to, bool rides = false) {
    const double to_s = from_s + profile.time_at(to_m);
    way.legs.push_back({route, std::move(profile), from_s, to_s, left_m, from_height_m, to.height_m,
                        rides, to.where, to.facing_rad});
  }

  [[nodiscard]] double straight_s(geo::Vec2 from, geo::Vec2 to) const {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    return length > kNearestM ? stretch(0, length, walk_).time_at(length) : 0;
  }

  /// Who stands where in the line: by precedence, but for those who are late and greeted last.
  [[nodiscard]] std::vector<std::size_t> turns() const {
    std::vector<std::size_t> out(day_.people.size());
    std::size_t next = 0;
    for (const bool last : {false, true}) {
      for (std::size_t i = 0; i < out.size(); ++i) {
        if (guests_.delegations[day_.people[i].delegation.value].greeted_last == last) {
          out[i] = next++;
        }
      }
    }
    return out;
  }

  // ---- arrival

  void arrival() {
    const show::GuestArrival& plan = *guests_.arrival;
    Stage stage;
    stage.what = show::GuestStage::arrival;
    const bool runs =
        begin(stage, *stage.what, phrase("the arrival"), plan.span, "guests: arrival");
    const geo::Route& route = show_[plan.route].geometry;
    const double at_m = show_[plan.station].s_m;
    const double rolls_in_s = car_profile(plan, route, at_m).time_at(at_m);
    for (std::uint32_t d = 0; d < guests_.delegations.size(); ++d) {
      const double stops_s = d * plan.every.seconds() + guests_.delegations[d].late.seconds();
      Leg leg{
          route, car_profile(plan, route, at_m), stops_s - rolls_in_s, 0, 0, 0, 0, true, Where::car,
          0};
      leg.to_s = leg.from_s + leg.profile.time_at(route.length());
      stage.cars.push_back({{{d}}, std::move(leg), stops_s, stops_s + plan.stop.seconds(), 0});
    }
    for (std::size_t i = 0; i < day_.people.size(); ++i) get_off(stage, i, route, at_m);
    if (!runs) return;
    reach::cars_apart(show_, plan, stage.cars, day_.findings);
    reach::road_width(show_, plan.route, guests_.car, plan.span, day_.findings);
    finish(std::move(stage));
  }

  [[nodiscard]] movement::SpeedProfile car_profile(const show::GuestArrival& plan,
                                                   const geo::Route& route, double at_m) const {
    const double end_m = std::max(route.length(), at_m + 1);
    return movement::SpeedProfile({.start_m = 0,
                                   .end_m = end_m,
                                   .start_speed_mps = plan.speed_mps,
                                   .base_speed_mps = plan.speed_mps,
                                   .acceleration_mps2 = show_[guests_.car].acceleration_mps2,
                                   .zones = {},
                                   .stops = {{at_m, plan.stop.seconds()}}});
  }

  /// Those of one car get off one after the other while it stands.
  void get_off(Stage& stage, std::size_t i, const geo::Route& route, double at_m) {
    const show::GuestArrival& plan = *guests_.arrival;
    const Person& person = day_.people[i];
    const CarRun& car = stage.cars[person.delegation.value];
    Way& way = stage.ways[i];
    way.takes_part = true;
    Spot& spot = spots_[i];
    spot = {true, route.at(at_m).position, 0, heading_at(route, at_m), Where::car};
    way.legs.push_back(car.leg);
    way.legs.back().to_s = car.halts_s;
    way.legs.back().then_facing_rad = spot.facing_rad;
    const double share =
        (person.place + 1.0) / (guests_.delegations[person.delegation.value].size + 1.0);
    const geo::Vec2 place =
        plan.line - static_cast<double>(turns_[i]) * plan.distance_m * direction(plan.facing_rad);
    go_straight(way, spot, {true, place, 0, plan.facing_rad, Where::line},
                car.halts_s + share * plan.stop.seconds());
  }

  static double heading_at(const geo::Route& route, double s_m) {
    const geo::Vec2 along = route.at(s_m).direction;
    return std::atan2(along.y, along.x);
  }

  // ---- greeting, photograph, seats

  void greeting() {
    const show::Greeting& plan = *guests_.greeting;
    Stage stage;
    stage.what = show::GuestStage::greeting;
    if (!begin(stage, *stage.what, phrase("the greeting"), plan.span, "guests: greeting")) return;
    const geo::Vec2 before = plan.host + kHandshakeM * direction(plan.facing_rad);
    double first_s = 0;
    for (std::size_t i = 0; i < spots_.size(); ++i) {
      if (!spots_[i].known) continue;
      first_s = std::max(first_s, straight_s(spots_[i].position, before) -
                                      static_cast<double>(turns_[i]) * plan.every.seconds());
    }
    for (std::size_t i = 0; i < spots_.size(); ++i) {
      Way& way = stage.ways[i];
      Spot& spot = spots_[i];
      if (!spot.known) continue;
      way.takes_part = true;
      const Spot line = spot;
      const double there_s = first_s + static_cast<double>(turns_[i]) * plan.every.seconds();
      go_straight(way, spot, {true, before, 0, heading(before, plan.host), Where::host},
                  there_s - straight_s(spot.position, before));
      go_straight(way, spot, guests_.photograph ? photograph_spot(i) : line,
                  there_s + plan.handshake.seconds());
    }
    finish(std::move(stage));
  }

  [[nodiscard]] Spot photograph_spot(std::size_t i) const {
    const show::PlaceRows& rows = *guests_.photograph;
    return {true, position(rows, day_.photograph[i]), rows.height_m, rows.facing_rad,
            Where::photograph};
  }

  [[nodiscard]] Spot seat(std::size_t i) const {
    const show::PlaceRows& rows = *guests_.seats;
    return {true, position(rows, day_.seats[i]), rows.height_m, rows.facing_rad, Where::seat};
  }

  void photograph() {
    Stage stage;
    stage.what = show::GuestStage::photograph;
    stage.planned = true;
    if (!begin(stage, *stage.what, phrase("the photograph"), guests_.photograph->span,
               "guests: photograph")) {
      return;
    }
    for (std::size_t i = 0; i < spots_.size(); ++i) {
      stage.ways[i].takes_part = true;
      // Who was not greeted is in place from the beginning.
      if (spots_[i].where != Where::photograph) spots_[i] = photograph_spot(i);
    }
    finish(std::move(stage));
  }

  void seats() {
    if (guests_.walk) walk();
    for (std::size_t i = 0; i < spots_.size(); ++i) {
      if (!spots_[i].known) spots_[i] = seat(i);
    }
  }

  void walk() {
    const show::GuestWalk& plan = *guests_.walk;
    Stage stage;
    stage.what = show::GuestStage::walk;
    if (!begin(stage, *stage.what, phrase("the walk to the seats"), plan.span, "guests: walk"))
      return;
    const std::vector<std::size_t> order = by_rank(guests_);
    const geo::Route& route = show_[plan.route].geometry;
    const auto left = [&](std::size_t k) {
      return ((plan.abreast - 1) * 0.5 - static_cast<double>(k % plan.abreast)) * plan.interval_m;
    };
    const auto after_s = [&](std::size_t k) {
      return static_cast<double>(k / plan.abreast) * plan.distance_m / walk_.speed_mps;
    };
    double first_s = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
      if (!spots_[order[k]].known) continue;
      first_s = std::max(
          first_s, straight_s(spots_[order[k]].position, beside(route, 0, left(k))) - after_s(k));
    }
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::size_t i = order[k];
      if (!spots_[i].known) continue;
      stage.ways[i].takes_part = true;
      along(stage.ways[i], spots_[i], route, left(k), first_s + after_s(k), seat(i));
    }
    const double width =
        (std::min(plan.abreast, static_cast<int>(order.size())) - 1) * plan.interval_m +
        show_[guests_.on_foot].width_m;
    reach::width(show_, plan.route, width, phrase("the guests abreast"), plan.span, day_.findings);
    finish(std::move(stage));
  }

  static geo::Vec2 beside(const geo::Route& route, double s_m, double left_m) {
    const auto pose = route.at(s_m);
    return pose.position + left_m * geo::left_of(pose.direction);
  }

  /// To a route's beginning, along it, and on to `to`; at the beginning of the route at `there_s`.
  void along(Way& way, Spot& spot, const geo::Route& route, double left_m, double there_s,
             const Spot& to) {
    Spot gate{true, beside(route, 0, left_m), spot.height_m, heading_at(route, 0), Where::line};
    go_straight(way, spot, gate, there_s - straight_s(spot.position, gate.position));
    Spot top{true, beside(route, route.length(), left_m), to.height_m,
             heading_at(route, route.length()), Where::line};
    add(way, route, stretch(0, route.length(), walk_), route.length(), there_s, left_m,
        spot.height_m, top);
    spot = top;
    go_straight(way, spot, to, way.legs.back().to_s);
  }

  // ---- motorcades

  void motorcade(show::MotorcadeId id) {
    const show::Motorcade& plan = show_[id];
    Stage stage;
    stage.motorcade = id;
    if (!begin(stage, id, phrase("motorcade {}", plan.name), plan.span, "motorcade: " + plan.name))
      return;
    const double gone_s = board(plan, stage) + plan.boarding.seconds();
    for (std::size_t k = 0; k < plan.cars.size(); ++k) drive(plan, k, gone_s, stage);
    reach::road_width(show_, plan.route, guests_.car, plan.span, day_.findings);
    reach::line_of_cars(show_, plan, day_.findings);
    reach::together(show_, plan, day_.findings);
    finish(std::move(stage));
  }

  /// Everybody on foot to their car, one after the other; when the last is there.
  double board(const show::Motorcade& plan, Stage& stage) {
    double last_s = 0;
    double farthest_m = 0;
    std::size_t place = 0;
    const double first_s = first_at_gate(plan);
    for (std::size_t k = 0; k < plan.cars.size(); ++k) {
      for (const std::size_t i : riders(plan.cars[k])) {
        const Spot car = at_car(plan, reach::car_m(show_, plan, k));
        Way& way = stage.ways[i];
        way.takes_part = true;
        if (!spots_[i].known) spots_[i] = car;
        const double turn_s = static_cast<double>(place++) * kFileM / walk_.speed_mps;
        farthest_m = std::max(farthest_m, walk_to(plan, way, spots_[i], car, first_s + turn_s));
        if (!way.legs.empty()) last_s = std::max(last_s, way.legs.back().to_s);
      }
    }
    reach::cars_in_reach(plan, farthest_m, day_.findings);
    return last_s;
  }

  /// When the first is at the beginning of the way to the cars, so that nobody starts before 0.
  [[nodiscard]] double first_at_gate(const show::Motorcade& plan) const {
    double first_s = 0;
    if (!plan.walk) return first_s;
    const geo::Vec2 gate = show_[*plan.walk].geometry.at(0).position;
    std::size_t place = 0;
    for (const auto& car : plan.cars) {
      for (const std::size_t i : riders(car)) {
        const double turn_s = static_cast<double>(place++) * kFileM / walk_.speed_mps;
        if (spots_[i].known) {
          first_s = std::max(first_s, straight_s(spots_[i].position, gate) - turn_s);
        }
      }
    }
    return first_s;
  }

  /// Metres straight across, beside the way that is said.
  double walk_to(const show::Motorcade& plan, Way& way, Spot& spot, const Spot& car,
                 double from_s) {
    const auto metres = [](geo::Vec2 a, geo::Vec2 b) { return std::hypot(a.x - b.x, a.y - b.y); };
    if (!plan.walk) {
      const double across = metres(spot.position, car.position);
      go_straight(way, spot, car, from_s);
      return across;
    }
    const geo::Route& route = show_[*plan.walk].geometry;
    const double before = metres(spot.position, route.at(0).position);
    along(way, spot, route, 0, from_s, car);
    return std::max(before, metres(route.at(route.length()).position, car.position));
  }

  [[nodiscard]] Spot at_car(const show::Motorcade& plan, double s_m) const {
    const geo::Route& route = show_[plan.route].geometry;
    return {true, route.at(s_m).position, 0, heading_at(route, s_m), Where::car};
  }

  [[nodiscard]] std::vector<std::size_t> riders(const std::vector<show::DelegationId>& who) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < day_.people.size(); ++i) {
      if (std::find(who.begin(), who.end(), day_.people[i].delegation) != who.end()) {
        out.push_back(i);
      }
    }
    return out;
  }

  void drive(const show::Motorcade& plan, std::size_t k, double gone_s, Stage& stage) {
    const geo::Route& route = show_[plan.route].geometry;
    const double from_m = reach::car_m(show_, plan, k);
    const double to_m = from_m + route.length() - show_[plan.from].s_m;
    const Body body{plan.speed_mps, show_[guests_.car].acceleration_mps2};
    const Spot there = at_car(plan, to_m);
    Way ride;
    add(ride, route, stretch(from_m, to_m, body), to_m, gone_s, 0, 0, there, true);
    CarRun car{plan.cars[k], ride.legs.front(), 0, 0, 0.5 * show_[guests_.car].length_m};
    for (const std::size_t i : riders(car.who)) {
      stage.ways[i].legs.push_back(car.leg);
      spots_[i] = there;
      go_straight(stage.ways[i], spots_[i], venue(plan.to, i), car.leg.to_s);
    }
    stage.cars.push_back(std::move(car));
  }

  /// In rows about the middle of the area, by precedence.
  [[nodiscard]] Spot venue(show::AreaId area, std::size_t i) const {
    const geo::Vec2 middle = geo::centroid(show_[area].polygon);
    const auto rows = (day_.people.size() + kVenueRow - 1) / kVenueRow;
    const double x = static_cast<double>(i % kVenueRow) - 0.5 * (kVenueRow - 1);
    const double y = 0.5 * static_cast<double>(rows - 1) - static_cast<double>(i / kVenueRow);
    return {true, middle + geo::Vec2{x * kVenueM, y * kVenueM}, 0, heading({0, 0}, {0, -1}),
            Where::venue};
  }

  const show::Show& show_;
  const show::Guests& guests_;
  Body walk_;
  std::vector<Spot> spots_;
  std::vector<std::size_t> turns_;  ///< (person) place in the line
  Day day_;
};

}  // namespace

const Stage* Day::stage_of(show::ItemId item) const {
  for (const Stage& stage : stages) {
    if (stage.item == item) return &stage;
  }
  return nullptr;
}

Day make_day(const show::Show& show) {
  if (!show.guests || show.guests->delegations.empty()) return {};
  return DayMaker(show).run();
}

std::optional<double> least_delay_s(const Stage& previous, const Stage& next) {
  std::optional<double> least;
  for (std::size_t i = 0; i < next.ways.size(); ++i) {
    if (!previous.ways[i].takes_part || !next.ways[i].takes_part) continue;
    const double ends_s = previous.planned ? 0 : previous.ways[i].ends_s;
    const double needed_s = ends_s - next.ways[i].begins_s;
    least = std::max(least.value_or(needed_s), needed_s);
  }
  return least;
}

}  // namespace defilada::guests
