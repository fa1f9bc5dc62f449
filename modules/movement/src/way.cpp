// SPDX-License-Identifier: MIT
#include "way.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "changes.hpp"
#include "defilada/movement/wind.hpp"

/// The way of a flight:
///
///   own line  o-------.  joins          break-off
///                      `.--------- over ---x-.
///   line   o------------+--------------------- `. then straight on
namespace defilada::movement {
namespace {

constexpr double kSamePlaceM = 1;
constexpr double kKmh = 3.6;

double heading(geo::Vec2 from, geo::Vec2 to) {
  return std::atan2(to.y - from.y, to.x - from.x);
}

/// Corner points of a flight's way, and from which of them on it is on the line.
struct Course {
  std::vector<geo::Vec2> points;
  std::size_t joins = 0;
  double at_m = 0;  ///< of points[joins], along the line's corner points
};

/// The line from its own place nearest to `station` on, behind the points of the flight's own line.
Course joined(const show::Route& line, const show::Route& own, geo::Vec2 station) {
  std::size_t leg = 0;
  geo::Vec2 place;
  double at = 0;
  double nearest = std::numeric_limits<double>::infinity();
  double begin = 0;
  for (std::size_t i = 0; i + 1 < line.points.size(); ++i) {
    const geo::Vec2 along = line.points[i + 1] - line.points[i];
    const double length = geo::length(along);
    const double s = std::clamp(geo::dot(station - line.points[i], along) / length, 0.0, length);
    const geo::Vec2 here = line.points[i] + (s / length) * along;
    if (geo::length(station - here) < nearest) {
      nearest = geo::length(station - here);
      leg = i;
      place = here;
      at = begin + s;
    }
    begin += length;
  }
  Course course;
  course.points = own.points;
  while (course.points.size() > 1 && geo::length(course.points.back() - place) < kSamePlaceM) {
    course.points.pop_back();
  }
  course.joins = course.points.size();
  course.at_m = at;
  course.points.push_back(place);
  for (std::size_t i = leg + 1; i < line.points.size(); ++i) {
    if (geo::length(line.points[i] - course.points.back()) >= kSamePlaceM) {
      course.points.push_back(line.points[i]);
    }
  }
  return course;
}

std::vector<double> radii_of(const std::vector<geo::Vec2>& points, const Wind& wind, double air_mps,
                             double bank_rad) {
  std::vector<double> radii(points.size(), 0);
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const double in = heading(points[i - 1], points[i]);
    const double turn = std::remainder(heading(points[i], points[i + 1]) - in, 2 * M_PI);
    radii[i] = turn_radius_m(wind, air_mps, bank_rad, in, turn);
  }
  return radii;
}

/// To the side that is this contingent's.
double break_off_turn(const show::Procession& procession, const show::Contingent& contingent,
                      const show::Show& show) {
  const show::BreakOff& off = *procession.break_off;
  const auto place = std::find_if(procession.order.begin(), procession.order.end(),
                                  [&](show::ContingentId id) { return &show[id] == &contingent; });
  const bool other = off.alternating && (place - procession.order.begin()) % 2 == 1;
  return other ? -off.turn_rad : off.turn_rad;
}

Result<Way> on_the_line(const show::Show& show, const show::Contingent& contingent,
                        const Wind& wind) {
  const show::Procession& procession = show[contingent.procession];
  const show::Route& line = show[procession.route];
  if (procession.turn_bank_rad <= 0) return Way{line.geometry};
  const Course course = contingent.joins ? joined(line, show[contingent.joins->from],
                                                  show[contingent.joins->station].position)
                                         : Course{line.points};
  if (course.joins + 1 >= course.points.size()) {
    return fail(Errc::bad_input, phrase("it joins the line at its very end"));
  }
  const std::vector<double> radii =
      radii_of(course.points, wind, base_speed_mps(show, contingent), procession.turn_bank_rad);
  auto flown = geo::Route::make(course.points, radii);
  if (!flown) return tl::unexpected(flown.error());
  return Way{std::move(*flown), LineMap(course.points, radii, course.joins, course.at_m)};
}

}  // namespace

Result<Way> way_of(const show::Show& show, const show::Contingent& contingent) {
  const show::Procession& procession = show[contingent.procession];
  if (!procession.air) return Way{show[procession.route].geometry};
  const Wind wind(show);
  auto way = on_the_line(show, contingent, wind);
  if (!way || !procession.break_off) return way;
  const show::BreakOff& off = *procession.break_off;
  const double begin = std::max(0.0, way->line.own_m(way->line.begin_m()));
  const auto at = way->route.project(show[off.station].position, begin, way->route.length());
  way->leaves_line_m = at.s;
  const geo::Vec2 track = way->route.at(at.s).direction;
  const double turn = break_off_turn(procession, contingent, show);
  const double radius = turn_radius_m(wind, base_speed_mps(show, contingent), off.bank_rad,
                                      std::atan2(track.y, track.x), turn);
  way->route = way->route.cut_and_turn(at.s, turn, radius, off.then_m);
  return way;
}

void tell_wind(const show::Show& show, const Motion& motion, std::vector<MotionFinding>& findings) {
  const Wind wind(show);
  const show::Contingent& who = show[motion.contingent()];
  if (!wind.blows() || !show[who.procession].air) return;
  const double air = base_speed_mps(show, who);
  for (const auto& element : motion.route().elements()) {
    if (element.s0 + element.length <= motion.start_m()) continue;
    const auto pose = motion.route().at(element.s0 + 0.5 * element.length);
    if (wind.gets_along(air, pose.direction)) continue;
    MotionFinding found;
    found.finding.severity = Severity::error;
    found.finding.code = "movement.wind-too-strong";
    found.finding.message = phrase(
        "{} flies {:.0f} km/h through the air, and the wind of {:.0f} km/h does not let it get "
        "along "
        "its way: a faster gait, or another line",
        who.name, air * kKmh, geo::length(wind.velocity_mps()) * kKmh);
    found.finding.span = show.site.wind->span;
    found.finding.who = {who.name};
    found.finding.place = {pose.position.x, pose.position.y, height_m(show, motion.contingent())};
    findings.push_back(std::move(found));
    return;
  }
}

}  // namespace defilada::movement
