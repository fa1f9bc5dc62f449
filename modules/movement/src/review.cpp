// SPDX-License-Identifier: MIT
#include "review.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

namespace defilada::movement {
namespace {

using geo::Vec2;

Vec2 plus(Vec2 a, Vec2 b, double times) {
  return a + times * b;
}
double distance(Vec2 a, Vec2 b) {
  return geo::length(a - b);
}

/// A contingent as it stands in line.
struct Stand {
  Vec2 head;  ///< on its own axis, at the nose
  Vec2 tail;
  Vec2 along;                   ///< unit, from tail to head
  std::array<Vec2, 4> corners;  ///< of its bodies' outline
};

Stand stand_of(const Motion& motion) {
  const double lane = motion.lane_at(0);
  const auto on_axis = [&](double s) {
    const auto pose = motion.route().at(s);
    return plus(pose.position, geo::left_of(pose.direction), lane);
  };
  Stand stand{on_axis(motion.head_s(0)), on_axis(motion.tail_s(0)), {}, {}};
  stand.along = (1 / distance(stand.head, stand.tail)) * (stand.head - stand.tail);
  const Vec2 left = geo::left_of(stand.along);
  const Arrangement& bodies = motion.arrangement();
  stand.corners = {plus(stand.head, left, bodies.left_m), plus(stand.head, left, -bodies.right_m),
                   plus(stand.tail, left, -bodies.right_m), plus(stand.tail, left, bodies.left_m)};
  return stand;
}

/// An arc of a route about its centre.
struct Arc {
  Vec2 centre;
  double radius = 0;
  double from_rad = 0;  ///< angle of its first point as seen from the centre
  double sense = 1;     ///< +1 anticlockwise

  explicit Arc(const geo::Route::Element& element) {
    sense = element.curvature > 0 ? 1 : -1;
    radius = 1 / std::abs(element.curvature);
    from_rad = element.heading - sense * std::numbers::pi / 2;
    centre = plus(element.begin, {std::cos(from_rad), std::sin(from_rad)}, -radius);
  }
  /// Length along it to a point at this angle, in [0, a full circle).
  [[nodiscard]] double length_to(double angle_rad) const {
    constexpr double kRound = 2 * std::numbers::pi;
    double turned = std::fmod(sense * (angle_rad - from_rad), kRound);
    if (turned < 0) turned += kRound;
    return turned * radius;
  }
};

/// Arc lengths in [from, to] at which a route crosses the line through `point` that is normal to
/// `along`, not farther than kAbeamM from the point; rising.
std::vector<double> abeam(const geo::Route& route, double from, double to, Vec2 point, Vec2 along) {
  std::vector<double> found;
  const auto add = [&](const geo::Route::Element& element, double u) {
    constexpr double kJoint = 1e-9;
    if (u < -kJoint || u > element.length + kJoint) return;
    const double s = element.s0 + u;
    if (s < from - kJoint || s > to + kJoint) return;
    if (distance(route.at(s).position, point) <= kAbeamM) found.push_back(s);
  };
  for (const auto& element : route.elements()) {
    if (element.curvature == 0) {
      const Vec2 direction{std::cos(element.heading), std::sin(element.heading)};
      const double rate = dot(direction, along);
      if (std::abs(rate) < 1e-12) continue;
      add(element, (dot(point, along) - dot(element.begin, along)) / rate);
      continue;
    }
    const Arc arc(element);
    const double share = (dot(point, along) - dot(arc.centre, along)) / arc.radius;
    if (std::abs(share) > 1) continue;
    const double middle = std::atan2(along.y, along.x);
    for (const double side : {-1.0, 1.0}) {
      add(element, arc.length_to(middle + side * std::acos(share)));
    }
  }
  std::sort(found.begin(), found.end());
  const auto same = [](double a, double b) { return b - a < 1e-6; };  // at a joint of elements
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

double nearest_to(const std::vector<double>& places, double s, double otherwise) {
  double best = otherwise;
  double least = std::numeric_limits<double>::infinity();
  for (const double place : places) {
    if (std::abs(place - s) >= least) continue;
    least = std::abs(place - s);
    best = place;
  }
  return best;
}

Finding finding_of(std::string code, Span span, Phrase message, std::string who) {
  Finding finding;
  finding.severity = Severity::error;
  finding.code = std::move(code);
  finding.span = span;
  finding.message = std::move(message);
  finding.who = {std::move(who)};
  return finding;
}

class ReviewFinder {
 public:
  ReviewFinder(const show::Show& show, show::ItemId item, Motions& motions)
      : show_(show),
        review_(*show[item].review),
        drive_(show[review_.drive]),
        route_(show[drive_.route].geometry),
        motions_(motions) {
    way_.item = item;
    from_m_ =
        drive_.line_up && drive_.line_up->station.valid() ? show[drive_.line_up->station].s_m : 0;
    to_m_ = drive_.stays ? show[drive_.stays->station].s_m
            : drive_.end ? show[*drive_.end].s_m
                         : route_.length();
  }

  std::vector<SpeedProfile::Stop> find() {
    for (const show::ProcessionId past : review_.past) {
      for (const show::ContingentId member : show_[past].order) pass(member);
    }
    std::stable_sort(way_.passes.begin(), way_.passes.end(),
                     [](const Pass& a, const Pass& b) { return a.middle_m < b.middle_m; });
    std::vector<SpeedProfile::Stop> stops;
    for (std::size_t i = 0; i < review_.stops.size(); ++i) stop(i, stops);
    std::sort(stops.begin(), stops.end(),
              [](const auto& a, const auto& b) { return a.at_m < b.at_m; });
    motions_.reviews.push_back(std::move(way_));
    return stops;
  }

 private:
  [[nodiscard]] std::vector<double> places(Vec2 point, Vec2 along) const {
    return abeam(route_, from_m_, to_m_, point, along);
  }

  void pass(show::ContingentId id) {
    const Stand stand = stand_of(motions_[id]);
    const Vec2 middle = 0.5 * (stand.head + stand.tail);
    const auto middles = places(middle, stand.along);
    if (middles.empty()) {
      motions_.findings.push_back({finding_of(
          "movement.review-misses", review_.span,
          phrase("{} does not come past {} within {:.0f} m: its drive goes along {} from {:.0f} "
                 "m to {:.0f} m",
                 drive_.name, show_[id].name, kAbeamM, show_[drive_.route].name, from_m_, to_m_),
          show_[id].name)});
      return;
    }
    const auto heads = places(stand.head, stand.along);
    const auto tails = places(stand.tail, stand.along);
    const std::size_t times = middles.size() > 1 ? 2 : 1;
    for (std::size_t i = 0; i < times; ++i) {
      const double s = i == 0 ? middles.front() : middles.back();
      const double head = nearest_to(heads, s, s);
      const double tail = nearest_to(tails, s, s);
      way_.passes.push_back({id, i > 0, std::min(head, tail), s, std::max(head, tail)});
    }
  }

  void stop(std::size_t index, std::vector<SpeedProfile::Stop>& stops) {
    const show::ReviewStop& stop = review_.stops[index];
    std::optional<double> at;
    if (stop.station.valid()) {
      at = show_[stop.station].s_m;
    } else {
      const Stand stand = stand_of(motions_[stop.abeam]);
      const Vec2 middle = 0.5 * (stand.head + stand.tail);
      const Vec2 where = stop.where == show::ReviewStop::Where::head   ? stand.head
                         : stop.where == show::ReviewStop::Where::tail ? stand.tail
                                                                       : middle;
      const auto found = places(where, stand.along);
      if (!found.empty() && (!stop.again || found.size() > 1)) {
        at = stop.again ? found.back() : found.front();
      }
    }
    if (!at || *at <= from_m_ || *at >= to_m_) {
      report_outside(stop, at);
      return;
    }
    way_.places.push_back({index, *at});
    if (stop.lasts.us > 0) stops.push_back({*at, stop.lasts.seconds()});
  }

  void report_outside(const show::ReviewStop& stop, std::optional<double> at) {
    const Phrase where = stop.station.valid() ? Phrase::verbatim(show_[stop.station].name)
                                              : phrase("abeam of {}", show_[stop.abeam].name);
    const auto outside = [&] {
      return phrase(
          "{} cannot stop {}: that is {:.0f} m along {}, and it drives from {:.0f} m to {:.0f} m",
          drive_.name, where, *at, show_[drive_.route].name, from_m_, to_m_);
    };
    const auto never = [&] {
      return stop.again
                 ? phrase("{} does not come {} a second time: leave the stop out, or drive farther",
                          drive_.name, where)
                 : phrase("{} does not come {}: leave the stop out, or drive farther", drive_.name,
                          where);
    };
    motions_.findings.push_back(
        {finding_of("movement.review-stop", stop.span, at ? outside() : never(), drive_.name)});
  }

  const show::Show& show_;
  const show::Review& review_;
  const show::Procession& drive_;
  const geo::Route& route_;
  Motions& motions_;
  ReviewWay way_;
  double from_m_ = 0;
  double to_m_ = 0;
};

// ---- clearance

double point_to_segment(Vec2 point, Vec2 a, Vec2 b) {
  const Vec2 along = b - a;
  const double length2 = dot(along, along);
  const Vec2 from = point - a;
  const double share = length2 > 0 ? std::clamp(dot(from, along) / length2, 0.0, 1.0) : 0;
  return distance(point, plus(a, along, share));
}

/// 0 inside. The corners go round clockwise or anticlockwise.
double point_to_outline(Vec2 point, const std::array<Vec2, 4>& corners) {
  double least = std::numeric_limits<double>::infinity();
  int left = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Vec2 a = corners[i];
    const Vec2 b = corners[(i + 1) % 4];
    least = std::min(least, point_to_segment(point, a, b));
    const double side = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
    left += side >= 0 ? 1 : 0;
  }
  return left == 0 || left == 4 ? 0 : least;
}

bool segments_cross(Vec2 a, Vec2 b, Vec2 c, Vec2 d) {
  const auto side = [](Vec2 p, Vec2 q, Vec2 r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/// A straight and a convex outline are nearest at a corner of one of them, or they cross.
double straight_to_outline(const geo::Route::Element& element, const std::array<Vec2, 4>& corners) {
  const Vec2 end =
      plus(element.begin, {std::cos(element.heading), std::sin(element.heading)}, element.length);
  double least = std::min(point_to_outline(element.begin, corners), point_to_outline(end, corners));
  for (std::size_t i = 0; i < 4; ++i) {
    const Vec2 a = corners[i];
    const Vec2 b = corners[(i + 1) % 4];
    if (segments_cross(element.begin, end, a, b)) return 0;
    least = std::min(least, point_to_segment(a, element.begin, end));
  }
  return least;
}

/// An arc is nearest to an outline at one of its ends, on the ray from its centre to a corner, or
/// where it runs along an edge; or it crosses an edge.
double arc_to_outline(const geo::Route::Element& element, const std::array<Vec2, 4>& corners) {
  const Arc arc(element);
  const auto at = [&](double u) {
    const double angle = arc.from_rad + arc.sense * u / arc.radius;
    return plus(arc.centre, {std::cos(angle), std::sin(angle)}, arc.radius);
  };
  double least =
      std::min(point_to_outline(at(0), corners), point_to_outline(at(element.length), corners));
  const auto look = [&](double angle) {
    const double u = arc.length_to(angle);
    if (u <= element.length) least = std::min(least, point_to_outline(at(u), corners));
  };
  for (std::size_t i = 0; i < 4; ++i) {
    const Vec2 a = corners[i];
    const Vec2 edge = corners[(i + 1) % 4] - a;
    const Vec2 from = a - arc.centre;
    look(std::atan2(from.y, from.x));
    const double across = std::atan2(edge.x, -edge.y);
    look(across);
    look(across + std::numbers::pi);
    // |from + share edge| = radius
    const double qa = dot(edge, edge);
    const double qb = dot(from, edge);
    const double root = qb * qb - qa * (dot(from, from) - arc.radius * arc.radius);
    if (qa == 0 || root < 0) continue;
    for (const double sign : {-1.0, 1.0}) {
      const double share = (-qb + sign * std::sqrt(root)) / qa;
      if (share < 0 || share > 1) continue;
      const Vec2 point = plus(from, edge, share);
      look(std::atan2(point.y, point.x));
    }
  }
  return least;
}

}  // namespace

std::vector<SpeedProfile::Stop> review_stops(const show::Show& show, show::ItemId item,
                                             Motions& motions) {
  return ReviewFinder(show, item, motions).find();
}

void measure_clearance(const show::Show& show, ReviewWay& review, Motions& motions) {
  const show::Review& asked = *show[review.item].review;
  double half_width = 0;
  double from_m = std::numeric_limits<double>::infinity();
  double to_m = 0;
  for (const show::ContingentId member : show[asked.drive].order) {
    const Motion& motion = motions[member];
    half_width = std::max({half_width, motion.arrangement().left_m, motion.arrangement().right_m});
    from_m = std::min(from_m, motion.tail_s(0));
    to_m = std::max(to_m, motion.head_s(motion.duration_s()));
  }
  const geo::Route& route = show[show[asked.drive].route].geometry;
  review.clearance_m = std::numeric_limits<double>::infinity();
  for (const show::ProcessionId past : asked.past) {
    for (const show::ContingentId member : show[past].order) {
      const Stand stand = stand_of(motions[member]);
      for (const auto& element : route.elements()) {
        if (element.s0 >= to_m || element.s0 + element.length <= from_m) continue;
        const double apart = (element.curvature == 0 ? straight_to_outline(element, stand.corners)
                                                     : arc_to_outline(element, stand.corners)) -
                             half_width;
        if (apart >= review.clearance_m) continue;
        review.clearance_m = apart;
        review.nearest = member;
      }
    }
  }
  if (review.clearance_m >= asked.clearance_m - 1e-6) return;
  motions.findings.push_back({finding_of(
      "movement.review-too-near", asked.clearance_span,
      phrase("{} passes {} {:.1f} m from its bodies; {:g} m are wanted: line up farther aside "
             "('left' of the line-up), or drive farther out",
             show[asked.drive].name, show[review.nearest].name, std::max(0.0, review.clearance_m),
             asked.clearance_m),
      show[review.nearest].name)});
}

}  // namespace defilada::movement
