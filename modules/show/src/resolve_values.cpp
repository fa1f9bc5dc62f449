// SPDX-License-Identifier: MIT
// Values: sensible caps, places in the show's frame, heights above its datum, directions, gaits.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "defilada/core/suggest.hpp"
#include "resolver.hpp"

namespace defilada::show {
namespace {

constexpr double kPi = std::numbers::pi;

constexpr std::array<std::string_view, 8> kCompass{"north", "north-east", "east", "south-east",
                                                   "south", "south-west", "west", "north-west"};

/// Clockwise from north to anticlockwise from east, in (-pi, pi].
double heading_of_bearing(double bearing_rad) {
  double heading = std::remainder(kPi / 2 - bearing_rad, 2 * kPi);
  if (heading <= -kPi) heading += 2 * kPi;
  return heading;
}

bool is_earthly(double lat, double lon) {
  return std::abs(lat) <= 90 && std::abs(lon) <= 180;
}

/// The number that a scalar holds, whether or not its range was right.
std::optional<double> any_number(const View& view) {
  if (view.node() == nullptr || !view.node()->is_scalar()) return std::nullopt;
  const auto number = parse_plain_number(view.node()->text);
  return number ? std::optional(*number) : std::nullopt;
}

}  // namespace

std::optional<double> Resolver::length_m(const View& view) {
  const auto length = view.length_m();
  if (length && *length > kLengthLimitM) {
    error("show.too-large", view.scalar_span(), phrase("a length of more than 1000 km"));
    return std::nullopt;
  }
  return length;
}

std::optional<double> Resolver::coordinate_m(const View& view) {
  const auto length = view.coordinate_m();
  if (length && std::abs(*length) > kLengthLimitM) {
    error("show.too-large", view.scalar_span(), phrase("a length of more than 1000 km"));
    return std::nullopt;
  }
  return length;
}

std::optional<double> Resolver::speed_mps(const View& view) {
  const auto speed = view.speed_mps();
  if (speed && *speed > kSpeedLimitMps) {
    error("show.too-large", view.scalar_span(), phrase("a speed of more than 1000 m/s"));
    return std::nullopt;
  }
  return speed;
}

std::optional<Duration> Resolver::duration(const View& view) {
  const auto duration = view.duration();
  if (duration && *duration > kDurationLimit) {
    error("show.too-large", view.scalar_span(), phrase("a length of time of more than 48 h"));
    return std::nullopt;
  }
  return duration;
}

std::optional<Window> Resolver::window(const View& view) {
  const auto window = view.window();
  if (!window) return std::nullopt;
  if (std::max(window->least, window->most) > kDurationLimit) {
    error("show.too-large", view.scalar_span(), phrase("a length of time of more than 48 h"));
    return std::nullopt;
  }
  return Window{window->least, window->most};
}

std::optional<std::int64_t> Resolver::count(const View& view, std::int64_t limit) {
  const auto count = view.count();
  if (count && *count > limit) {
    error("show.too-large", view.scalar_span(), phrase("a count of more than {}", limit));
    return std::nullopt;
  }
  return count;
}

namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;

/// The nearest whole minute before or after that is on the clock once; within half a day.
std::optional<std::int64_t> nearest_minute(const Clock& clock, std::int64_t us, int step) {
  std::int64_t at = us / kMinuteUs * kMinuteUs;
  for (int i = 0; i < 720; ++i) {
    at += step * kMinuteUs;
    if (at < 0) return std::nullopt;
    if (clock.at_wall_clock(at)) return at;
  }
  return std::nullopt;
}

std::string minute_text(std::int64_t us) {
  return fmt::format("{:02}:{:02}", us / (60 * kMinuteUs), us / kMinuteUs % 60);
}

}  // namespace

std::optional<Time> Resolver::clock_time(const View& view) {
  const auto us = view.clock_us();
  if (!us || !clock_is_sound) return std::nullopt;
  const auto time = show.clock.at_wall_clock(*us);
  if (!time) {
    const auto before = nearest_minute(show.clock, *us, -1);
    const auto after = nearest_minute(show.clock, *us, +1);
    error("show.clock-time", view.scalar_span(), time.error().message,
          before && after ? phrase("{} at the latest, or {} at the earliest", minute_text(*before),
                                   minute_text(*after))
                          : Phrase(),
          after ? minute_text(*after) : std::string());
    return std::nullopt;
  }
  return *time;
}

std::optional<double> Resolver::bank_rad(const View& view) {
  const auto bank = view.angle_rad();
  if (bank && (*bank <= 0 || *bank >= 80 * kPi / 180)) {
    error("show.bank", view.scalar_span(), phrase("a bank that no turn is flown at"),
          phrase("more than 0 and less than 80 degrees"));
    return std::nullopt;
  }
  return bank;
}

std::optional<geo::LatLon> Resolver::place_on_earth(const View& view) {
  const View lat_view = view["lat"];
  const View lon_view = view["lon"];
  const auto lat = lat_view.plain_number();
  const auto lon = lon_view.plain_number();
  if (lat && lon) return geo::LatLon{*lat, *lon};
  const auto any_lat = any_number(lat_view);
  const auto any_lon = any_number(lon_view);
  if (any_lat && any_lon && is_earthly(*any_lon, *any_lat)) {
    warning("show.swapped-degrees", view.span(), phrase("latitude and longitude may be swapped"),
            {}, fmt::format("{{lat: {}, lon: {}}}", *any_lon, *any_lat));
  }
  return std::nullopt;
}

std::optional<geo::Vec2> Resolver::local(geo::Vec2 position, bool metres) const {
  if (!metres && !frame) return std::nullopt;
  const geo::Vec2 point = metres ? position : frame->to_local({position.y, position.x});
  if (!(std::abs(point.x) <= kLengthLimitM && std::abs(point.y) <= kLengthLimitM)) {
    return std::nullopt;
  }
  return point;
}

std::optional<geo::Vec2> Resolver::point(const View& view) {
  if (view.is_list()) {
    const auto axes = view.items();
    if (axes.size() != 2) return std::nullopt;
    const auto x = coordinate_m(axes[0]);
    const auto y = coordinate_m(axes[1]);
    return x && y ? std::optional(geo::Vec2{*x, *y}) : std::nullopt;
  }
  const auto place = place_on_earth(view);
  if (!place || !frame) return std::nullopt;
  const auto point = local({place->lon_deg, place->lat_deg}, false);
  if (point) return point;
  // Europe's and Africa's degrees are sound both ways: the distance tells.
  const bool swapped = is_earthly(place->lon_deg, place->lat_deg) &&
                       local({place->lat_deg, place->lon_deg}, false).has_value();
  error("show.too-large", view.span(),
        swapped ? phrase("more than 1000 km from the origin: latitude and longitude may be swapped")
                : phrase("more than 1000 km from the origin"),
        {},
        swapped ? fmt::format("{{lat: {}, lon: {}}}", place->lon_deg, place->lat_deg)
                : std::string{});
  return std::nullopt;
}

std::vector<geo::Vec2> Resolver::points(const View& view, bool& sound) {
  std::vector<geo::Vec2> out;
  const auto items = view.items();
  if (items.size() > kPointLimit) {
    error("show.too-large", view.span(), phrase("more than {} points", kPointLimit));
    sound = false;
    return out;
  }
  for (const View& item : items) {
    const auto place = point(item);
    sound = sound && place.has_value();
    if (place) out.push_back(*place);
  }
  return out;
}

std::optional<double> Resolver::height_m(const View& view) {
  if (!view.given()) return std::nullopt;
  std::optional<double> height;
  if (view["agl"].given()) {
    height = coordinate_m(view["agl"]);
  } else if (view["amsl"].given()) {
    height = coordinate_m(view["amsl"]);
    if (height && std::isnan(show.site.ground_amsl_m)) {
      error("show.height", view.span(),
            phrase("a height above sea level, but the site does not say where its ground is"),
            phrase("'ground: {{amsl: …}}' in the site, or a height above ground (agl)"));
      return std::nullopt;
    }
    if (height) *height -= show.site.ground_amsl_m;
  }
  if (height && *height <= 0) {
    error("show.height", view.span(),
          *height < 0 ? phrase("this is {:.1f} m below the ground", -*height)
                      : phrase("this is on the ground"),
          phrase("a height at which something can fly"));
    return std::nullopt;
  }
  if (height && *height > kHeightLimitM) {
    error("show.too-large", view.span(), phrase("a height of more than 30 km"));
    return std::nullopt;
  }
  return height;
}

std::optional<double> Resolver::direction_rad(const View& view) {
  if (const auto word = view.word()) {
    for (std::size_t i = 0; i < kCompass.size(); ++i) {
      if (kCompass[i] == *word) return heading_of_bearing(static_cast<double>(i) * kPi / 4);
    }
  }
  if (!view.is_mapping()) return std::nullopt;
  const auto bearing = view["bearing"].angle_rad();
  if (bearing && *bearing > 2 * kPi + 1e-9) {
    error("show.bearing", view["bearing"].scalar_span(),
          phrase("a bearing of more than 360 degrees"));
    return std::nullopt;
  }
  return bearing ? std::optional(heading_of_bearing(*bearing)) : std::nullopt;
}

std::optional<Gait> Resolver::gait_of_speed(const View& view) {
  const auto speed = speed_mps(view);
  if (!speed || *speed <= 0) return std::nullopt;
  return Gait{collapsed(sources.text(view.scalar_span())), *speed, 0, 0};
}

std::optional<Gait> Resolver::gait(const View& view) {
  if (view.reads_as(Dimension::speed)) return gait_of_speed(view);
  const Name* name = reference(gait_names, view, Named::gait);
  if (name == nullptr || gaits[name->index].speed_mps <= 0) return std::nullopt;
  return gaits[name->index];
}

std::string Resolver::text(const View& view) {
  return std::string(view.text().value_or(""));
}

Text Resolver::label(const View& view, std::string_view otherwise) {
  Text out;
  if (const auto text = view.text()) {
    out.by_language["en"] = *text;
  } else if (view.is_mapping()) {
    for (const NamedView& each : view.named()) {
      if (const auto said = each.value.text()) out.by_language[std::string(each.name)] = *said;
    }
  }
  out.by_language.try_emplace("en", otherwise);
  return out;
}

std::optional<Resolver::FoundFeature> Resolver::feature(const View& geojson, const View& name,
                                                        geo::Feature::Geometry wanted) {
  const auto path = geojson.text();
  const auto called = name.text();
  if (!path || !called) return std::nullopt;
  const auto [at, added] = geojson_.try_emplace(std::string(*path));
  if (added) {
    const auto file = files.beside(at->first);
    if (!file) {
      error("show.file", geojson.scalar_span(), file.error().message, file.error().expected);
      return std::nullopt;
    }
    const std::size_t errors = diagnostics.errors();
    geo::FeatureCollection collection = geo::read_geojson(*file, sources, diagnostics);
    if (diagnostics.errors() == errors) at->second = std::move(collection);
  }
  if (!at->second) return std::nullopt;  // reported when it was read
  const geo::Feature* found = nullptr;
  std::size_t matches = 0;
  for (const geo::Feature& each : at->second->features) {
    if (each.geometry != wanted || each.name != *called) continue;
    ++matches;
    if (found == nullptr) found = &each;
  }
  const bool line = wanted == geo::Feature::Geometry::line;
  if (matches == 1) return FoundFeature{found, at->second->metres};
  if (matches == 0) {
    std::vector<std::string> others;
    for (const geo::Feature& each : at->second->features) {
      if (each.geometry == wanted) others.push_back(each.name);
    }
    error("show.feature", name.scalar_span(),
          line ? phrase("{} has no line of the name {}", in_quotes(*path), in_quotes(*called))
               : phrase("{} has no polygon of the name {}", in_quotes(*path), in_quotes(*called)),
          {}, nearest(*called, others));
  } else {
    error("show.feature", name.scalar_span(),
          line ? phrase("{} has {} lines of the name {}", in_quotes(*path), matches,
                        in_quotes(*called))
               : phrase("{} has {} polygons of the name {}", in_quotes(*path), matches,
                        in_quotes(*called)),
          line ? phrase("a feature that is one line") : phrase("a feature that is one polygon"));
  }
  return std::nullopt;
}

}  // namespace defilada::show
