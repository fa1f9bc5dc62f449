// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_figure_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "defilada/formation/perspective.hpp"
#include "defilada/legibility/joined.hpp"

namespace defilada::drawing {
namespace {

using figures::Eye;
using formation::Spot;

constexpr double kDegree = std::numbers::pi / 180;
constexpr double kMargin = 0.22;  // about the figure, of its larger side
constexpr double kTextMm = 2.2;
constexpr double kLeastBodyMm = 3.2;  // of its longer side: a smaller one is no aircraft on paper
constexpr double kGroundMm = 7;       // under the horizon
constexpr double kLowSky = 50;        // degrees: up to here the horizon is shown
constexpr int kRound = 20;            // corners of a rotor

/// From the figure's frame in metres to millimetres on paper, by way of the eye.
class Lens {
 public:
  Lens(const Eye& eye, const std::vector<Spot>& spots) : sight_(eye, aim_of(eye, spots)) {
    std::vector<formation::Point> points;
    for (const Spot spot : spots)
      points.push_back(sight_.picture(spot).value_or(formation::Point{}));
    box_ = legibility::box_of(points);
  }

  /// Fits the figure, and the horizon where the figure is low, into the frame.
  void fit(double width_mm, double height_mm) {
    const double horizon = -std::tan(sight_.elevation_rad());
    const double side = std::max(box_.width(), box_.height());
    double low = box_.low.y - kMargin * side;
    const double high = box_.high.y + kMargin * side;
    with_horizon_ = sight_.elevation_rad() < kLowSky * kDegree;
    double room_mm = height_mm;
    if (with_horizon_) {
      low = std::min(low, horizon);
      room_mm -= kGroundMm;
    }
    scale_ = std::min(width_mm / (box_.width() + 2 * kMargin * side), room_mm / (high - low));
    origin_ = {width_mm / 2 - scale_ * (box_.low.x + box_.high.x) / 2,
               with_horizon_ ? room_mm + scale_ * std::max(low, horizon)
                             : height_mm / 2 + scale_ * (low + high) / 2};
    horizon_mm_ = origin_.y - scale_ * horizon;
  }

  [[nodiscard]] Point paper(formation::Point p) const {
    return {origin_.x + scale_ * p.x, origin_.y - scale_ * p.y};
  }
  [[nodiscard]] Point paper(Spot spot) const {
    return paper(sight_.picture(spot).value_or(formation::Point{}));
  }
  [[nodiscard]] const formation::Sight& sight() const { return sight_; }
  [[nodiscard]] bool with_horizon() const { return with_horizon_; }
  [[nodiscard]] double horizon_mm() const { return horizon_mm_; }
  [[nodiscard]] double scale() const { return scale_; }  ///< mm of a length of 1 in the picture
  /// Height on paper, in the middle of the picture, of an elevation.
  [[nodiscard]] double elevation_mm(double rad) const {
    return origin_.y - scale_ * std::tan(rad - sight_.elevation_rad());
  }

 private:
  /// Towards the middle of the picture, by steps.
  static Spot aim_of(const Eye& eye, const std::vector<Spot>& spots) {
    Spot aim{};
    for (const Spot spot : spots) {
      aim.back_m += spot.back_m / static_cast<double>(spots.size());
      aim.left_m += spot.left_m / static_cast<double>(spots.size());
    }
    for (int step = 0; step < 6; ++step) {
      const formation::Sight sight(eye, aim);
      std::vector<formation::Point> points;
      for (const Spot spot : spots)
        points.push_back(sight.picture(spot).value_or(formation::Point{}));
      const legibility::Box box = legibility::box_of(points);
      aim = sight.spot({(box.low.x + box.high.x) / 2, (box.low.y + box.high.y) / 2}).value_or(aim);
    }
    return aim;
  }

  formation::Sight sight_;
  legibility::Box box_{};
  double scale_ = 1;
  Point origin_;
  bool with_horizon_ = false;
  double horizon_mm_ = 0;
};

/// Outlines of a body in its own frame, forward and left, m, about its middle.
struct Outline {
  std::vector<std::vector<Spot>> lines;  ///< back_m is counted backwards, as everywhere
  std::vector<std::vector<Spot>> discs;
};

std::vector<Spot> ellipse(Spot middle, double along_m, double across_m) {
  std::vector<Spot> points;
  for (int i = 0; i < kRound; ++i) {
    const double angle = 2 * std::numbers::pi * i / kRound;
    points.push_back(
        {middle.back_m + along_m * std::cos(angle), middle.left_m + across_m * std::sin(angle)});
  }
  return points;
}

Outline outline_of(const show::Kind& kind) {
  const double half = kind.length_m / 2;
  const double wing = kind.width_m / 2;
  Outline outline;
  if (kind.category == show::Category::aeroplane) {
    outline.lines.push_back(ellipse({0, 0}, half, 0.06 * kind.length_m));
    const double root = -0.12 * kind.length_m;
    const double tip = root + 0.18 * kind.length_m;
    const double chord = 0.16 * kind.length_m;
    outline.lines.push_back({{root, 0},
                             {tip, wing},
                             {tip + chord / 2, wing},
                             {root + chord * 1.4, 0},
                             {tip + chord / 2, -wing},
                             {tip, -wing}});
    outline.lines.push_back({{0.7 * half, 0},
                             {0.95 * half, 0.35 * wing},
                             {half, 0.35 * wing},
                             {0.9 * half, 0},
                             {half, -0.35 * wing},
                             {0.95 * half, -0.35 * wing}});
    return outline;
  }
  // A cabin, a boom with its fin, and the disc of the rotor.
  outline.lines.push_back(
      ellipse({-0.18 * kind.length_m, 0}, 0.26 * kind.length_m, 0.09 * kind.length_m));
  const double boom = 0.022 * kind.length_m;
  outline.lines.push_back({{0, boom}, {half, boom}, {half, -boom}, {0, -boom}});
  const double fin = 0.09 * kind.length_m;
  outline.lines.push_back({{half - 0.05 * kind.length_m, fin},
                           {half, fin},
                           {half, -fin},
                           {half - 0.05 * kind.length_m, -fin}});
  outline.discs.push_back(ellipse({-0.12 * kind.length_m, 0}, wing, wing));
  return outline;
}

class View {
 public:
  View(const Context& context, const figures::Report& report, std::size_t stand, double width_mm,
       double height_mm)
      : context_(context),
        report_(report),
        stand_(report.stands[stand]),
        part_(figures::part_of(context.show, report.figure)),
        lens_(stand_.eye, report.instant.spots) {
    drawing_.width_mm = width_mm;
    drawing_.height_mm = height_mm;
    lens_.fit(width_mm, height_mm);
  }

  FigureView draw() {
    name();
    sky();
    joined();
    bodies();
    marks();
    return {std::move(drawing_), caption()};
  }

 private:
  [[nodiscard]] std::string degrees(double rad) const {
    return context_.format.decimal(rad / kDegree, 0);
  }

  void name() {
    const std::string& stand = context_.show[stand_.stand].name;
    drawing_.id = fmt::format("figure-view-{}-{}-{}", report_.figure.contingent.value,
                              report_.figure.part, stand_.stand.value);
    drawing_.title = context_.words(Msg::figure_view_title, part_.formation.text, stand);
    drawing_.description = context_.words(Msg::figure_view_description, part_.formation.count,
                                          degrees(lens_.sight().elevation_rad()),
                                          context_.format.length(lens_.sight().distance_m()));
  }

  void sky() {
    const Box whole{{0, 0}, {drawing_.width_mm, drawing_.height_mm}};
    drawing_.shapes.emplace_back(rectangle(whole, {.fill = Ink::tint}));
    if (!lens_.with_horizon()) return;
    const double y = lens_.horizon_mm();
    drawing_.shapes.emplace_back(
        rectangle({{0, y}, {drawing_.width_mm, drawing_.height_mm}}, {.fill = Ink::shade}));
    drawing_.shapes.emplace_back(
        line({{0, y}, {drawing_.width_mm, y}}, {.stroke = Ink::faint, .width_mm = 0.25}));
    drawing_.shapes.emplace_back(Label{.at = {drawing_.width_mm - 1.5, y + 3},
                                       .text = context_.words(Msg::figure_view_horizon),
                                       .size_mm = kTextMm,
                                       .anchor = Anchor::end,
                                       .ink = Ink::faint});
  }

  void joined() {
    const auto picture = figures::picture_of(stand_.eye, report_.instant.spots);
    if (!picture) return;
    Path path{.style = {.stroke = Ink::rule, .width_mm = 0.3, .dash = Dash::dotted}};
    for (const auto& [a, b] : legibility::join(*picture).edges) {
      path.lines.push_back(
          {lens_.paper(report_.instant.spots[a]), lens_.paper(report_.instant.spots[b])});
    }
    if (!path.lines.empty()) drawing_.shapes.emplace_back(std::move(path));
  }

  /// How many times larger than life, so that the body of the middle prints.
  [[nodiscard]] double enlarged(const show::Kind& kind) const {
    const double body_m = std::max(kind.length_m, kind.width_m);
    const double body_mm = body_m / lens_.sight().distance_m() * lens_.scale();
    return std::max(1.0, kLeastBodyMm / body_mm);
  }

  void bodies() {
    const show::Kind& kind = context_.show[part_.kind];
    const double times = enlarged(kind);
    larger_ = times > 1.001;
    const Outline outline = outline_of(kind);
    Path solid{.closed = true, .style = {.fill = Ink::text}};
    Path discs{
        .closed = true,
        .style = {.fill = Ink::text, .fill_opacity = 0.14, .stroke = Ink::text, .width_mm = 0.1}};
    const auto put = [&](const std::vector<Spot>& shape, Spot at, Path& path) {
      std::vector<Point> points;
      for (const Spot p : shape) {
        points.push_back(
            lens_.paper(Spot{at.back_m + times * p.back_m, at.left_m + times * p.left_m}));
      }
      path.lines.push_back(std::move(points));
    };
    for (const Spot at : report_.instant.spots) {
      for (const auto& shape : outline.discs) put(shape, at, discs);
    }
    if (!discs.lines.empty()) drawing_.shapes.emplace_back(std::move(discs));
    // One path a shape: even-odd filling would hollow out where a body's shapes overlap.
    for (const auto& shape : outline.lines) {
      Path path = solid;
      for (const Spot at : report_.instant.spots) put(shape, at, path);
      drawing_.shapes.emplace_back(std::move(path));
    }
  }

  /// Degrees above the horizon at the left side, a bar of ten at the foot. Where the sky is low the
  /// numbers crowd at the horizon: those that have no room above the one before are left out.
  void marks() {
    const double top = 4;
    double free = lens_.with_horizon() ? lens_.horizon_mm() : drawing_.height_mm - 4;
    Path ticks{.style = {.stroke = Ink::faint, .width_mm = 0.2}};
    for (int degree = 0; degree <= 80; degree += 10) {
      const double y = lens_.elevation_mm(degree * kDegree);
      // Beside its tick; that of the horizon stands on the line that it names.
      const double baseline = degree == 0 ? y - 0.7 : y + 0.8;
      if (y < top || baseline > free) continue;
      ticks.lines.push_back({{0, y}, {1.6, y}});
      drawing_.shapes.emplace_back(Label{.at = {2.2, baseline},
                                         .text = fmt::format("{}°", degree),
                                         .size_mm = kTextMm,
                                         .ink = Ink::faint});
      free = baseline - 1.4 * kTextMm;
    }
    if (!ticks.lines.empty()) drawing_.shapes.emplace_back(std::move(ticks));
    bar();
  }

  void bar() {
    const double length = 2 * lens_.scale() * std::tan(5 * kDegree);
    const double y = drawing_.height_mm - 2.2;
    if (length > 0.6 * drawing_.width_mm) return;
    const Point from{8, y};
    const Point to{8 + length, y};
    drawing_.shapes.emplace_back(
        Path{.lines = {{from - Point{0, 0.8}, from, to, to - Point{0, 0.8}}},
             .style = {.stroke = Ink::text, .width_mm = 0.25}});
    drawing_.shapes.emplace_back(Label{.at = to + Point{1.2, 0.3},
                                       .text = context_.words(Msg::figure_view_bar),
                                       .size_mm = kTextMm,
                                       .ink = Ink::faint});
  }

  [[nodiscard]] std::string caption() const {
    const figures::Instant& now = report_.instant;
    // From the eye to the middle of the picture, in the frame of the flight, then of the site.
    const auto aim = lens_.sight().spot({});
    const double ahead = -(aim ? aim->back_m : 0) - stand_.eye.ahead_m;
    const double left = (aim ? aim->left_m : 0) - stand_.eye.left_m;
    const double heading = std::atan2(now.direction.y, now.direction.x) + std::atan2(left, ahead);
    return context_.words(larger_ ? Msg::figure_view_caption : Msg::figure_view_true_size,
                          context_.format.clock(*report_.moment),
                          context_.format.length(figures::kEyes_m),
                          context_.format.compass(heading), degrees(lens_.sight().elevation_rad()),
                          context_.format.length(lens_.sight().distance_m()));
  }

  const Context& context_;
  const figures::Report& report_;
  const figures::StandReading& stand_;
  const show::Part& part_;
  Lens lens_;
  Drawing drawing_;
  bool larger_ = false;
};

}  // namespace

std::optional<FigureView> draw_figure_view(const Context& context, const figures::Report& report,
                                           std::size_t stand, double width_mm, double height_mm) {
  const figures::StandReading& from = report.stands.at(stand);
  if (!report.moment || !figures::picture_of(from.eye, report.instant.spots)) return std::nullopt;
  return View(context, report, stand, width_mm, height_mm).draw();
}

std::optional<std::size_t> main_stand(const Context& context, const figures::Report& report) {
  const auto& from = figures::part_of(context.show, report.figure).reads_from;
  const auto spectators = [&](std::size_t i) {
    return context.show[report.stands[i].stand].capacity.value_or(0);
  };
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < report.stands.size(); ++i) {
    if (from && from->stand == report.stands[i].stand) return i;
    if (!best || spectators(i) > spectators(*best)) best = i;
  }
  return best;
}

std::vector<FigureView> draw_figure_views(const Context& context, show::ProcessionId flypast,
                                          double width_mm, double height_mm) {
  std::vector<FigureView> views;
  for (const figures::FigureId id : figures::figures_of(context.show)) {
    const plan::ContingentPlan* timed = context.plan_of(id.contingent);
    if (context.show[id.contingent].procession != flypast || timed == nullptr) continue;
    if (!timed->over_target) continue;
    const figures::Report report =
        figures::glance(context.show, context.plan.tracks, id, *timed->over_target);
    const auto stand = main_stand(context, report);
    if (!stand || !report.moment) continue;
    auto view = draw_figure_view(context, report, *stand, width_mm, height_mm);
    if (view) views.push_back(std::move(*view));
  }
  return views;
}

}  // namespace defilada::drawing
