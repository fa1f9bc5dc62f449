// SPDX-License-Identifier: MIT
#include "defilada/figures/flown.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/core/check.hpp"
#include "defilada/formation/perspective.hpp"

namespace defilada::figures {
namespace {

constexpr int kMostSteps = 24;    // towards the middle of the picture; each gains a digit or so
constexpr double kThere = 1e-10;  // of the picture's height

Point middle_of(std::span<const Point> picture) {
  const legibility::Box box = legibility::box_of(picture);
  return {(box.low.x + box.high.x) / 2, (box.low.y + box.high.y) / 2};
}

bool high_enough(const Eye& eye, Spot spot) {
  const double level = std::hypot(spot.back_m + eye.ahead_m, spot.left_m - eye.left_m);
  return std::atan2(eye.below_m, level) >= formation::kLowest_rad;
}

formation::Figure drawn(const formation::Spec& spec) {
  auto figure = spec.drawing.empty() ? formation::figure(spec.text, spec.count)
                                     : formation::figure(spec.drawing, spec.count);
  DEFILADA_CHECK(figure.has_value());  // the reader has laid it out
  return std::move(*figure);
}

}  // namespace

std::vector<FigureId> figures_of(const show::Show& show) {
  std::vector<FigureId> ids;
  for (const show::Procession& procession : show.processions) {
    if (!procession.air) continue;
    for (const show::ContingentId contingent : procession.order) {
      const auto& parts = show[contingent].parts;
      for (std::uint16_t p = 0; p < parts.size(); ++p) {
        if (parts[p].formation.shape == formation::Shape::figure) ids.push_back({contingent, p});
      }
    }
  }
  return ids;
}

const show::Part& part_of(const show::Show& show, FigureId id) {
  return show[id.contingent].parts[id.part];
}

const std::string& name_of(const show::Show& show, FigureId id) {
  return part_of(show, id).formation.text;
}

double height_m(const show::Show& show, FigureId id) {
  const show::Contingent& contingent = show[id.contingent];
  return contingent.height_m.value_or(show[contingent.procession].height_m);
}

legibility::Measure measure_of(const show::Show& show, FigureId id,
                               legibility::Measure::Rivals rivals) {
  const formation::Spec& spec = part_of(show, id).formation;
  return {drawn(spec), spec.drawing.empty() ? spec.text : "", rivals};
}

Plan plan_of(const show::Show& show, FigureId id) {
  const formation::Spec& spec = part_of(show, id).formation;
  const auto layout = formation::layout(spec);
  DEFILADA_CHECK(layout.has_value());
  Plan plan;
  for (const formation::Slot& slot : layout->slots)
    plan.spots.push_back({slot.back_m, slot.left_m});
  plan.aim = spec.read_from ? layout->aim : Spot{layout->depth_m / 2, 0};
  return plan;
}

double flat_height_m(const show::Show& show, FigureId id) {
  const formation::Spec& spec = part_of(show, id).formation;
  return formation::least_height_m(drawn(spec), spec.spacing_m);
}

Size size_of(std::span<const Spot> spots) {
  Spot low = spots.front();
  Spot high = low;
  for (const Spot s : spots) {
    low = {std::min(low.back_m, s.back_m), std::min(low.left_m, s.left_m)};
    high = {std::max(high.back_m, s.back_m), std::max(high.left_m, s.left_m)};
  }
  return {high.back_m - low.back_m, high.left_m - low.left_m};
}

std::optional<std::vector<Point>> picture_of(const Eye& eye, std::span<const Spot> spots) {
  if (spots.empty() || !(eye.below_m > 0)) return std::nullopt;
  Spot aim{};
  for (const Spot spot : spots) {
    if (!high_enough(eye, spot)) return std::nullopt;
    aim.back_m += spot.back_m / static_cast<double>(spots.size());
    aim.left_m += spot.left_m / static_cast<double>(spots.size());
  }
  std::vector<Point> picture;
  for (int step = 0; step < kMostSteps; ++step) {
    const formation::Sight sight(eye, aim);
    picture.clear();
    for (const Spot spot : spots) {
      const auto point = sight.picture(spot);
      if (!point) return std::nullopt;
      picture.push_back(*point);
    }
    const Point middle = middle_of(picture);
    const double height = legibility::box_of(picture).height();
    if (std::hypot(middle.x, middle.y) <= kThere * height) break;
    const auto better = sight.spot(middle);
    if (!better) return std::nullopt;
    aim = *better;
  }
  const legibility::Box box = legibility::box_of(picture);
  const double widest = 2 * std::tan(kWidest_rad / 2);
  if (box.width() > widest || box.height() > widest) return std::nullopt;
  return picture;
}

Eye eye_at(geo::Vec2 place, geo::Vec2 origin, geo::Vec2 direction, double below_m) {
  const geo::Vec2 to{place.x - origin.x, place.y - origin.y};
  return {to.x * direction.x + to.y * direction.y, to.y * direction.x - to.x * direction.y,
          below_m};
}

}  // namespace defilada::figures
