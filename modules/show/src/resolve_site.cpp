// SPDX-License-Identifier: MIT
// Section `site`: the frame, routes and air lines, stations.
//
//   a route that follows another shares its corners up to the branch, so that both have the same
//   elements:
//
//     avenue   o-----------o--------------------o
//                           .    branch
//     foot way o-----------o-------x.              x: the station, a corner of the follower
//                                    `---o
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "gcj02.hpp"
#include "resolver.hpp"

namespace defilada::show {
namespace {

/// Radius with which corners of an air line are drawn; flights turn by their own.
constexpr double kNominalAirRadiusM = 1000;
/// How far beside the edge of its route a station may be given: a stand, a pavement, a building.
constexpr double kAbeamM = 100;

/// What the arcs of a polyline's corners take of its arc length: [begin, end] of each corner.
struct Extent {
  double begin_m = 0;
  double end_m = 0;
};

double turn_at(const std::vector<geo::Vec2>& points, std::size_t i) {
  const geo::Vec2 in = points[i] - points[i - 1];
  const geo::Vec2 out = points[i + 1] - points[i];
  return std::abs(std::atan2(geo::cross(in, out), geo::dot(in, out)));
}

std::vector<Extent> corner_extents(const std::vector<geo::Vec2>& points,
                                   const std::vector<double>& radii) {
  std::vector<Extent> extents(points.size());
  double s_m = 0;
  double taken_m = 0;  // of the leg, by the corner before it
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double leg_m = geo::length(points[i] - points[i - 1]);
    const bool corner = i + 1 < points.size();
    const double turn = corner ? turn_at(points, i) : 0;
    const double tangent_m = corner ? radii[i] * std::tan(turn / 2) : 0;
    s_m += leg_m - taken_m - tangent_m;
    extents[i] = {s_m, s_m + (corner ? radii[i] * turn : 0)};
    s_m = extents[i].end_m;
    taken_m = tangent_m;
  }
  return extents;
}

class SiteResolver {
 public:
  explicit SiteResolver(Resolver& resolver) : r_(resolver), site_(resolver.root["site"]) {}

  void resolve() {
    resolve_frame();
    collect("routes", false);
    collect("air lines", true);
    const std::size_t n = r_.show.site.routes.size();
    states_.assign(n, State::untouched);
    radii_.resize(n);
    r_.route_is_sound.assign(n, false);
    stations_ = site_["stations"].named();
    station_states_.assign(stations_.size(), State::untouched);
    for (std::uint32_t i = 0; i < n; ++i) resolve_route({i});
    for (std::uint32_t i = 0; i < stations_.size(); ++i) resolve_station({i});
  }

 private:
  enum class State { untouched, begun, done };

  void resolve_frame() {
    const auto origin = r_.place_on_earth(site_["origin"]);
    if (origin) {
      auto frame = geo::LocalFrame::make(*origin);
      if (frame) {
        r_.frame = *frame;
        r_.show.site.origin = *origin;
      } else {
        r_.error("show.origin", site_["origin"].span(), frame.error().message);
      }
    }
    r_.show.site.datum = Resolver::text(site_["datum"]);
    resolve_wind(r_, site_["wind"]);
    declination(site_["declination"]);
    if (const auto ground = r_.coordinate_m(site_["ground"]["amsl"])) {
      r_.show.site.ground_amsl_m = *ground;
    }
  }

  void declination(const View& view) {
    const bool east = view["east"].given();
    const View angle = view[east ? "east" : "west"];
    const auto rad = angle.angle_rad();
    if (!rad) return;
    if (*rad < 0 || *rad > std::numbers::pi) {
      r_.error("show.declination", angle.scalar_span(), phrase("a declination that no compass has"),
               phrase("0 to 180 degrees, east or west"));
      return;
    }
    r_.show.site.declination_rad = east ? *rad : -*rad;
  }

  void collect(std::string_view key, bool air) {
    for (const NamedView& each : site_[key].named()) {
      const auto index = static_cast<std::uint32_t>(r_.show.site.routes.size());
      r_.lines.declare({Named::route, index, std::string(each.name), each.name_span},
                       r_.diagnostics);
      Route& route = r_.show.site.routes.emplace_back();
      route.name = collapsed(each.name);
      route.span = each.value.span();
      route.air = air;
      views_.push_back(each.value);
    }
  }

  // ---- routes

  /// How a route came to be needed: "'lane' follows 'street'".
  struct Need {
    RouteId route;
    Phrase reason;
  };

  /// False when it is not sound. `where` says that it is needed, and `reason` why.
  bool resolve_route(RouteId id, Span where = {}, Phrase reason = {}) {
    State& state = states_[id.value];
    if (state == State::begun) {
      report_cycle(id, where, reason);
      return false;
    }
    if (state == State::untouched) {
      state = State::begun;
      path_.push_back({id, std::move(reason)});
      r_.route_is_sound[id.value] = build(id);
      path_.pop_back();
      states_[id.value] = State::done;
    }
    return r_.route_is_sound[id.value];
  }

  void report_cycle(RouteId id, Span where, const Phrase& reason) {
    const auto begin = std::find_if(path_.begin(), path_.end(),
                                    [&](const Need& each) { return each.route == id; });
    std::vector<Phrase> chain;
    for (auto each = std::next(begin); each != path_.end(); ++each) chain.push_back(each->reason);
    chain.push_back(reason);
    r_.error("show.follow-cycle", where,
             phrase("route {} needs its own geometry: {}", in_quotes(r_.show[id].name),
                    Phrase::joined(chain, ", ")));
  }

  bool build(RouteId id) {
    const View& view = views_[id.value];
    Route& route = r_.show.site.routes[id.value];
    if (route.air) return build_air(id, view);
    if (view["width"].given()) route.width_m = r_.length_m(view["width"]).value_or(0);
    bool sound = true;
    std::vector<double> radii;
    if (view["follow"].given()) {
      sound = follow(id, view, radii);
    } else if (view["geojson"].given()) {
      sound = points_of_feature(view, route.points);
    } else {
      route.points = r_.points(view["points"], sound);
    }
    double radius_m = 0;
    if (view["corner radius"].given()) {
      const auto given = r_.length_m(view["corner radius"]);
      sound = sound && given.has_value();
      radius_m = given.value_or(0);
    }
    radii.resize(route.points.size(), radius_m);
    return sound && make_geometry(id, view, std::move(radii));
  }

  bool make_geometry(RouteId id, const View& view, std::vector<double> radii) {
    Route& route = r_.show.site.routes[id.value];
    if (route.points.size() < 2) return false;  // reported: a list that is too short
    auto geometry = geo::Route::make(route.points, radii);
    if (!geometry) {
      const View where = first_given(view, {"points", "then", "geojson"});
      r_.error("show.route-geometry", where.span(), geometry.error().message);
      return false;
    }
    route.geometry = std::move(*geometry);
    radii_[id.value] = std::move(radii);
    return true;
  }

  static View first_given(const View& view, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
      if (view[key].given()) return view[key];
    }
    return view;
  }

  bool build_air(RouteId id, const View& view) {
    bool sound = true;
    std::vector<geo::Vec2>& points = r_.show.site.routes[id.value].points;
    points = r_.points(view["points"], sound);
    heights(view, r_.show.site.routes[id.value]);
    if (!sound) return false;
    std::vector<double> radii(points.size(), kNominalAirRadiusM);
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
      const double nearest_m =
          std::min(geo::length(points[i] - points[i - 1]), geo::length(points[i + 1] - points[i]));
      const double slope = std::tan(turn_at(points, i) / 2);
      if (slope > 0) radii[i] = std::min(kNominalAirRadiusM, 0.45 * nearest_m / slope);
    }
    return make_geometry(id, view, std::move(radii));
  }

  void heights(const View& view, Route& route) {
    route.floor_m = r_.height_m(view["floor"]);
    route.ceiling_m = r_.height_m(view["ceiling"]);
    if (!route.floor_m || !route.ceiling_m || *route.floor_m < *route.ceiling_m) return;
    r_.error("show.height", view["ceiling"].span(),
             phrase("the ceiling of {} is not above its floor", route.name),
             phrase("a height above {:g} m", *route.floor_m));
  }

  bool points_of_feature(const View& view, std::vector<geo::Vec2>& points) {
    const auto found = r_.feature(view["geojson"], view["feature"], geo::Feature::Geometry::line);
    if (!found) return false;
    const auto& line = found->feature->rings.front();
    if (line.size() > kPointLimit) {
      r_.error("show.too-large", view["feature"].scalar_span(),
               phrase("a line of more than {} points", kPointLimit));
      return false;
    }
    for (const geo::Vec2 position : line) {
      const auto point = r_.local(position, found->metres);
      if (!point) {
        if (found->metres || r_.frame) {
          r_.error("show.too-large", view["feature"].scalar_span(),
                   phrase("a line more than 1000 km from the origin"));
        }
        return false;
      }
      points.push_back(*point);
    }
    return true;
  }

  /// The corners shared with the route that is followed, with their radii, then this one's own.
  bool follow(RouteId id, const View& view, std::vector<double>& radii) {
    const Name* name = r_.reference(r_.lines, view["follow"], Named::route);
    const auto until = r_.station(view["until"]);
    bool sound = true;
    const std::vector<geo::Vec2> then = r_.points(view["then"], sound);
    if (name == nullptr || !until || !sound) return false;
    const RouteId followed{name->index};
    if (r_.show[followed].air) {
      r_.error("show.wrong-route", view["follow"].scalar_span(),
               phrase("{} is an air line", in_quotes(name->text)), phrase("a route on the ground"));
      return false;
    }
    if (path_.size() > static_cast<std::size_t>(kFollowDepthLimit)) {
      r_.error("show.too-deep", view["follow"].scalar_span(),
               phrase("routes that follow each other more than {} deep", kFollowDepthLimit));
      return false;
    }
    const Route& route = r_.show[id];
    if (!resolve_route(
            followed, view["follow"].scalar_span(),
            phrase("{} follows {}", in_quotes(route.name), in_quotes(r_.show[followed].name))) ||
        !resolve_station(*until, view["until"].scalar_span(), route.name)) {
      return false;
    }
    const auto branch_m = r_.arc_length(*until, followed);
    if (!branch_m) {
      r_.report_off_route(view["until"].scalar_span(), *until, followed);
      return false;
    }
    if (!take_corners(followed, *branch_m, view["until"], id, radii)) return false;
    std::vector<geo::Vec2>& points = r_.show.site.routes[id.value].points;
    points.insert(points.end(), then.begin(), then.end());
    return true;
  }

  bool take_corners(RouteId followed, double branch_m, const View& until, RouteId id,
                    std::vector<double>& radii) {
    const Route& leader = r_.show[followed];
    std::vector<geo::Vec2>& points = r_.show.site.routes[id.value].points;
    const auto extents = corner_extents(leader.points, radii_[followed.value]);
    const geo::Vec2 branch = leader.geometry.at(branch_m).position;
    for (std::size_t i = 0; i < leader.points.size(); ++i) {
      if (extents[i].end_m > branch_m - 1e-6) {
        const bool in_bend = i + 1 < leader.points.size() && i > 0 &&
                             extents[i].begin_m < branch_m - 1e-6 &&
                             branch_m + 1e-6 < extents[i].end_m;
        if (in_bend) {
          r_.error("show.branch-in-bend", until.scalar_span(),
                   phrase("{} lies in a bend of {}", in_quotes(until.text().value_or("")),
                          in_quotes(leader.name)),
                   phrase("a station on a straight: a route leaves another there"));
          return false;
        }
        break;
      }
      points.push_back(leader.points[i]);
      radii.push_back(radii_[followed.value][i]);
    }
    if (points.empty()) {
      r_.error("show.route-geometry", until.scalar_span(),
               phrase("{} is where {} begins: nothing is shared",
                      in_quotes(until.text().value_or("")), in_quotes(leader.name)));
      return false;
    }
    points.push_back(branch);
    return true;
  }

  // ---- stations

  /// `where` and `leaving`: the route that leaves another there, if one does.
  bool resolve_station(StationId id, Span where = {}, const std::string& leaving = {}) {
    State& state = station_states_[id.value];
    if (state == State::untouched) {
      state = State::begun;
      const bool sound = place(id, stations_[id.value].value, where, leaving);
      r_.station_is_sound[id.value] = sound;
      station_states_[id.value] = State::done;
    }
    return r_.station_is_sound[id.value];
  }

  bool place(StationId id, const View& view, Span where, const std::string& leaving) {
    const Name* name = r_.reference(r_.lines, view["route"], Named::route);
    Station& station = r_.show.site.stations[id.value];
    if (name != nullptr) station.route = {name->index};
    const View along = view["along"];
    const auto s_m = r_.length_m(along);
    const auto abeam = r_.point(view["abeam"]);
    if (name == nullptr) return false;
    const Phrase reason = phrase("{} goes until {}, which lies on {}", in_quotes(leaving),
                                 in_quotes(station.name), in_quotes(name->text));
    if (!resolve_route(station.route, where, reason)) return false;
    const Route& route = r_.show[station.route];
    if (abeam) return project(station, view["abeam"], *abeam);
    if (!s_m) return false;
    if (*s_m > route.geometry.length() + 1e-6) {
      r_.error("show.station-off-route", along.scalar_span(),
               phrase("station {} lies behind the end of {}, which is {:.1f} m long",
                      in_quotes(station.name), in_quotes(route.name), route.geometry.length()));
      return false;
    }
    station.s_m = std::min(*s_m, route.geometry.length());
    station.position = route.geometry.at(station.s_m).position;
    return true;
  }

  bool project(Station& station, const View& view, geo::Vec2 point) {
    const Route& route = r_.show[station.route];
    const auto nearest = route.geometry.project(point);
    const auto pose = route.geometry.at(nearest.s);
    const double past_m = geo::dot(point - pose.position, pose.direction);
    const bool at_begin = nearest.s <= 1e-9;
    const bool at_end = nearest.s >= route.geometry.length() - 1e-9;
    if ((at_begin && past_m < -0.5) || (at_end && past_m > 0.5)) {
      r_.error("show.station-off-route", view.span(),
               at_end ? phrase("station {} lies {:.1f} m past the end of {}",
                               in_quotes(station.name), std::abs(past_m), in_quotes(route.name))
                      : phrase("station {} lies {:.1f} m before the beginning of {}",
                               in_quotes(station.name), std::abs(past_m), in_quotes(route.name)),
               phrase("a point abeam of the route"));
      return false;
    }
    station.s_m = nearest.s;
    station.position = pose.position;
    if (!warn_of_gcj02(station, view, nearest.distance)) {
      warn_of_distance(station, view, nearest.distance);
    }
    return true;
  }

  /// A point beside a street that is nowhere near it is a slip of the pen, most often of a sign. An
  /// air line is seen from afar: its stations may be named after anything abeam.
  void warn_of_distance(const Station& station, const View& view, double distance_m) {
    const Route& route = r_.show[station.route];
    if (route.air || distance_m <= route.width_m / 2 + kAbeamM) return;
    r_.warning(
        "show.station-far", view.span(),
        phrase("station {} is given {:.0f} m off {}; it is taken for the nearest point "
               "of the route, at [{:.0f} m, {:.0f} m]",
               in_quotes(station.name), distance_m, in_quotes(route.name), station.position.x,
               station.position.y),
        phrase("a point on the route or beside it, within {:.0f} m", route.width_m / 2 + kAbeamM));
  }

  /// A place far off its route that would be near it as a place of a Chinese map service.
  bool warn_of_gcj02(const Station& station, const View& view, double distance_m) {
    if (!view.is_mapping() || distance_m < 100) return false;
    const auto place = r_.place_on_earth(view);
    if (!place) return false;
    const geo::LatLon meant = gcj02_to_wgs84(*place);
    const geo::Vec2 point = r_.frame->to_local(meant);
    const double then_m = r_.show[station.route].geometry.project(point).distance;
    if (then_m > distance_m / 3) return false;
    r_.warning(
        "show.map-service", view.span(),
        phrase("station {} lies {:.0f} m off {}, but {:.0f} m if this is a place of a Chinese "
               "map service (GCJ-02)",
               in_quotes(station.name), distance_m, in_quotes(r_.show[station.route].name), then_m),
        phrase("WGS-84"),
        fmt::format("{{lat: {:.5f}, lon: {:.5f}}}", meant.lat_deg, meant.lon_deg));
    return true;
  }

  Resolver& r_;
  View site_;
  std::vector<View> views_;  ///< of routes and air lines
  std::vector<State> states_;
  std::vector<std::vector<double>> radii_;  ///< of each sound route's corners
  std::vector<Need> path_;                  ///< routes that are being built
  std::vector<NamedView> stations_;
  std::vector<State> station_states_;
};

}  // namespace

void resolve_site(Resolver& r) {
  SiteResolver(r).resolve();
}

}  // namespace defilada::show
