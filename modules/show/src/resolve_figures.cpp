// SPDX-License-Identifier: MIT
// Figures: the drawings they are made of, and whose eyes they are placed for.

#include <algorithm>
#include <utility>

#include "defilada/formation/layout.hpp"
#include "defilada/svg/read_svg.hpp"
#include "resolver.hpp"

namespace defilada::show {

std::optional<std::vector<formation::Stroke>> Resolver::drawing(const View& view) {
  const auto path = view.text();
  if (!path) return std::nullopt;
  const auto [at, added] = drawings_.try_emplace(std::string(*path));
  if (!added) return at->second;
  const auto file = files.beside(at->first);
  if (!file) {
    error("show.file", view.scalar_span(), file.error().message, file.error().expected);
    return std::nullopt;
  }
  auto strokes = svg::read_svg(*file, sources, diagnostics);
  if (!strokes.empty()) at->second = std::move(strokes);
  return at->second;
}

namespace {

constexpr double kEyes_m = 1.6;      // of somebody who stands
constexpr double kLeastBelow_m = 5;  // nearer to the flight nobody looks

/// The `reads from` of one line's figures, for each contingent of the line.
class FigureReader {
 public:
  FigureReader(Resolver& resolver, Line& line) : r_(resolver), line_(line) {}

  void read(const Line::Viewed& viewed) {
    const ProcessionId id = line_.procession;
    if (!id.valid() || !r_.show[id].air) {
      r_.error("show.reads-from", viewed.view.span(),
               phrase("only a figure in a flypast is placed for somebody's eyes"));
      return;
    }
    auto from = place(viewed.view, r_.show[id]);
    if (from) from->own = viewed.own;
    if (!from || !r_.courses[id.value].sound) return;
    int fewer_ranks = 0;
    for (std::uint32_t i = 0; i < line_.times; ++i) {
      Contingent& contingent = r_.show.contingents[line_.first + i];
      if (viewed.part >= contingent.parts.size()) return;
      Part& part = contingent.parts[viewed.part];
      const auto ranks = put(contingent, part, r_.show[id], *from);
      if (!ranks) return;
      fewer_ranks = i == 0 ? *ranks : std::min(fewer_ranks, *ranks);
    }
    line_.ranks += fewer_ranks;
  }

 private:
  std::optional<ReadsFrom> place(const View& view, const Procession& procession) {
    ReadsFrom from;
    from.span = view.span();
    from.eye_m = view["eye height"].given() ? r_.length_m(view["eye height"]).value_or(0) : kEyes_m;
    from.at = procession.over;
    if (view["at"].given()) {
      const auto at = r_.station_on(view["at"], procession.route);
      if (!at) return std::nullopt;
      from.at = at->station;
    }
    if (!from.at.valid() || !r_.station_is_sound[from.at.value]) return std::nullopt;
    from.before_m = view["before"].given() ? r_.length_m(view["before"]).value_or(0) : 0;
    if (view["point"].given()) {
      const auto point = r_.point(view["point"]);
      if (!point) return std::nullopt;
      from.position = *point;
      return from;
    }
    return at_stand(view.is_mapping() ? view["stand"] : view, from);
  }

  std::optional<ReadsFrom> at_stand(const View& view, ReadsFrom from) {
    const Name* name = r_.reference(r_.areas, view, Named::area);
    if (name == nullptr || !r_.area_is_sound[name->index]) return std::nullopt;
    const Area& area = r_.show.site.areas[name->index];
    if (area.use != AreaUse::stand) {
      r_.error("show.wrong-area", view.scalar_span(),
               phrase("{} is no stand", in_quotes(area.name)), phrase("the name of a stand"))
          .notes.push_back({phrase("defined here"), area.span});
      return std::nullopt;
    }
    from.stand = AreaId{name->index};
    from.position = geo::centroid(area.polygon);
    return from;
  }

  /// Places the figure; how many ranks it has more than before.
  std::optional<int> put(const Contingent& contingent, Part& part, const Procession& procession,
                         const ReadsFrom& from) {
    const double height_m = contingent.height_m.value_or(procession.height_m);
    if (height_m == 0) return std::nullopt;  // told where it is said
    if (height_m < from.eye_m + kLeastBelow_m) {
      r_.error("show.reads-from", from.span,
               phrase("{} flies at {:.0f} m, and the eyes are at {:.1f} m",
                      in_quotes(contingent.name), height_m, from.eye_m));
      return std::nullopt;
    }
    part.reads_from = from;
    const auto before = formation::layout(part.formation);
    part.formation.read_from = eye_of(r_.show, procession, part, height_m);
    const auto layout = formation::layout(part.formation);
    if (layout && before) return layout->ranks - before->ranks;
    if (!layout) {
      r_.error("show.reads-from", from.span, field_and_reason(layout.error().message).second);
    }
    part.formation.read_from.reset();
    return std::nullopt;
  }

  Resolver& r_;
  Line& line_;
};

}  // namespace

geo::Route::Pose aim_of(const Show& show, const Procession& procession, const ReadsFrom& from) {
  const geo::Route& line = show[procession.route].geometry;
  return line.at(std::max(0.0, show[from.at].s_m - from.before_m));
}

formation::Eye eye_of(const Show& show, const Procession& procession, const Part& part,
                      double height_m) {
  const ReadsFrom& from = *part.reads_from;
  const geo::Route::Pose pose = aim_of(show, procession, from);
  const geo::Vec2 to{from.position.x - pose.position.x, from.position.y - pose.position.y};
  return {to.x * pose.direction.x + to.y * pose.direction.y,
          to.y * pose.direction.x - to.x * pose.direction.y - part.left_m, height_m - from.eye_m};
}

void resolve_figures(Resolver& r) {
  for (Line& line : r.order_lines) {
    if (!line.sound) continue;
    for (const Line::Viewed& viewed : line.viewed) FigureReader(r, line).read(viewed);
  }
}

}  // namespace defilada::show
