// SPDX-License-Identifier: MIT
#include "defilada/drawing/pictures.hpp"

#include <algorithm>
#include <cmath>

#include "clip.hpp"
#include "defilada/core/slug.hpp"
#include "defilada/drawing/draw_air.hpp"
#include "defilada/drawing/draw_figure_view.hpp"
#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_gantt.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/drawing/draw_nearness.hpp"
#include "defilada/drawing/draw_time_distance.hpp"
#include "placed.hpp"

namespace defilada::drawing {
namespace {

constexpr double kMargin = 10;   // mm around a picture
constexpr double kHeading = 14;  // of its title
constexpr double kNote = 8;      // of the line below it
constexpr double kWide = 400;    // A3 across, less margins
constexpr double kWideHeight = 260;
constexpr double kNarrow = 277;  // A4 across
constexpr double kFormation = 130;
constexpr double kFigureHeight = 150;
constexpr std::size_t kAirRows = 60;

/// A page round a drawing: title above, show and note below.
Drawing on_page(const Context& context, Drawing inner, const std::string& note) {
  Drawing page{.id = inner.id,
               .title = inner.title,
               .description = inner.description,
               .width_mm = inner.width_mm + 2 * kMargin,
               .height_mm = inner.height_mm + kHeading + kNote + 2 * kMargin};
  page.shapes.emplace_back(Label{.at = {kMargin, kMargin + 5},
                                 .text = fit_text(inner.title, 5.4, inner.width_mm, true),
                                 .size_mm = 5.4,
                                 .bold = true});
  append_at(inner, {kMargin, kMargin + kHeading}, 1, page);
  const std::string show =
      context.label(context.show.title, context.show.name) + " \u00b7 " + context.format.date();
  const double baseline = page.height_mm - kMargin;
  const std::string shown = fit_text(show, 2.4, 0.48 * inner.width_mm);
  page.shapes.emplace_back(Label{.at = {kMargin + inner.width_mm, baseline},
                                 .text = shown,
                                 .size_mm = 2.4,
                                 .anchor = Anchor::end,
                                 .ink = Ink::faint});
  const double room = inner.width_mm - text_width_mm(shown, 2.4) - 6;
  page.shapes.emplace_back(Label{.at = {kMargin, baseline},
                                 .text = fit_text(note, 2.4, room),
                                 .size_mm = 2.4,
                                 .ink = Ink::faint});
  return page;
}

std::string scale_note(const Context& context, const MapView& view) {
  return context.words(context.plan.tracks.groups.empty() ? Msg::map_note_empty : Msg::map_note,
                       context.format.count(std::llround(view.scale)));
}

void add_site(const Context& context, std::vector<Picture>& pictures) {
  const auto view = ground_view(context, kWide, kWideHeight);
  if (!view) return;
  const auto core = detail_view(context, *view, kWideHeight);
  MapRequest request{
      .id = "site", .title = context.words(Msg::map_site), .formed_up = true, .far_places = true};
  if (core) request.inset = core->view;
  pictures.push_back(
      {"site", What::site,
       on_page(context, draw_map(context, *view, request).drawing, scale_note(context, *view))});
  if (!core) return;
  const MapRequest near{.id = "site-core",
                        .title = context.words(Msg::map_core, context.show[core->station].name),
                        .formed_up = true,
                        .far_places = true};
  pictures.push_back({"site-core", What::site,
                      on_page(context, draw_map(context, core->view, near).drawing,
                              scale_note(context, core->view))});
}

void add_time_distance(const Context& context, std::vector<Picture>& pictures) {
  Slugs slugs;
  for (const RouteGroup& group : route_groups(context)) {
    const std::string name = "time-distance-" + slugs.add(context.show[group.main].name);
    TimeDistance diagram = draw_time_distance(context, group, name, kWide, kWideHeight);
    if (diagram.drawing.shapes.empty()) continue;
    std::string note = context.words(Msg::diagram_caption);
    if (diagram.numbered) note += context.words(Msg::diagram_numbered);
    pictures.push_back(
        {name, What::time_distance, on_page(context, std::move(diagram.drawing), note)});
  }
}

void add_gantt(const Context& context, std::vector<Picture>& pictures) {
  Slugs slugs;
  for (const GanttPart& part : gantt_parts(context)) {
    const std::string name = part.name.empty() ? "gantt" : "gantt-" + slugs.add(part.name);
    pictures.push_back({name, What::gantt,
                        on_page(context, draw_gantt(context, part, name, kNarrow).drawing,
                                context.words(Msg::gantt_note))});
  }
}

void add_formations(const Context& context, std::vector<Picture>& pictures) {
  Slugs processions;
  for (std::uint32_t p = 0; p < context.show.processions.size(); ++p) {
    const show::Procession& procession = context.show.processions[p];
    if (procession.order.empty()) continue;
    const std::string name = "order-" + processions.add(procession.name);
    Drawing drawing = draw_procession(context, {p}, kNarrow);
    drawing.title = context.words(Msg::order_of, procession.name);
    pictures.push_back({name, What::formations,
                        on_page(context, std::move(drawing), context.words(Msg::order_note))});
  }
  Slugs contingents;
  for (std::uint32_t c = 0; c < context.show.contingents.size(); ++c) {
    const std::string name = "formation-" + contingents.add(context.show.contingents[c].name);
    Drawing drawing = draw_formation(context, {c}, kFormation, kFormation, Key::below);
    drawing.title = context.label(show::ContingentId{c});
    const std::string note = context.formation_words({c});
    pictures.push_back({name, What::formations, on_page(context, std::move(drawing), note)});
  }
}

void add_air(const Context& context, std::vector<Picture>& pictures) {
  Drawing drawing = draw_air_picture(context, "air", kNarrow, kAirRows);
  if (!drawing.shapes.empty()) {
    pictures.push_back({"air", What::air, on_page(context, std::move(drawing), "")});
  }
  const auto view = air_view(context, kNarrow, 150);
  if (!view) return;
  Map map = draw_map(context, *view,
                     {.id = "air-map", .title = context.words(Msg::air_map), .air = true});
  pictures.push_back({"air-map", What::air,
                      on_page(context, std::move(map.drawing),
                              context.words(Msg::map_air_caption,
                                            context.format.count(std::llround(view->scale))))});
}

void add_figures(const Context& context, std::vector<Picture>& pictures) {
  Slugs slugs;
  for (std::uint32_t p = 0; p < context.show.processions.size(); ++p) {
    const show::Procession& flypast = context.show.processions[p];
    if (!flypast.air) continue;
    for (FigureView& view : draw_figure_views(context, {p}, kNarrow, kFigureHeight)) {
      pictures.push_back({"figure-" + slugs.add(flypast.name), What::figures,
                          on_page(context, std::move(view.drawing), view.caption)});
    }
  }
}

}  // namespace

std::vector<Picture> draw_pictures(const Context& context, What what) {
  std::vector<Picture> pictures;
  const auto named = std::find_if(kWhats.begin(), kWhats.end(),
                                  [&](const WhatName& each) { return each.what == what; });
  if (named->needs_times && !context.plan.feasible) return pictures;
  switch (what) {
    case What::site: add_site(context, pictures); break;
    case What::time_distance: add_time_distance(context, pictures); break;
    case What::gantt: add_gantt(context, pictures); break;
    case What::formations: add_formations(context, pictures); break;
    case What::air: add_air(context, pictures); break;
    case What::figures: add_figures(context, pictures); break;
    case What::nearness: break;  // who they are is for the caller to find
    case What::poster: pictures.push_back({"poster", what, draw_poster(context)}); break;
  }
  return pictures;
}

std::vector<Picture> draw_nearness_pictures(const Context& context,
                                            std::span<const plan::Nearness> pairs) {
  std::vector<Picture> pictures;
  Drawing drawing = draw_nearness(context, pairs, "nearness", kNarrow).drawing;
  if (drawing.shapes.empty()) return pictures;
  pictures.push_back(
      {"nearness", What::nearness,
       on_page(context, std::move(drawing),
               context.words(phrase(
                   "Centre to centre on the ground, where heights do not keep them apart; dashed: "
                   "the limit. The dot is proven to 1 cm; each row has its own times.")))});
  const auto marks = nearness_marks(pairs);
  const auto add_map = [&](const std::string& name, const MapView& view, bool air) {
    const bool any = std::any_of(marks.begin(), marks.end(), [&](const MapMark& mark) {
      return inside(view.frame(), view.paper(mark.at));
    });
    if (!any) return;
    Map map = draw_map(context, view,
                       {.id = name,
                        .title = context.words(phrase("Where they come near each other")),
                        .air = air,
                        .marks = marks});
    const Drawing key = draw_nearness_key(context, pairs, view.width_mm);
    const Point below{0, map.drawing.height_mm + 4};
    append_at(key, below, 1, map.drawing);
    map.drawing.height_mm = below.y + key.height_mm;
    pictures.push_back(
        {name, What::nearness,
         on_page(context, std::move(map.drawing),
                 context.words(
                     phrase("1 : {}. Numbers are those of the picture of who comes near whom.",
                            context.format.count(std::llround(view.scale)))))});
  };
  const auto ground = ground_view(context, kWide, kWideHeight);
  if (ground) {
    const auto near = marks_view(*ground, marks, kWide, kWideHeight);
    add_map("nearness-map", near.value_or(*ground), false);
  }
  const bool all_seen = ground && std::all_of(marks.begin(), marks.end(), [&](const MapMark& mark) {
                          return inside(ground->frame(), ground->paper(mark.at));
                        });
  const auto air = all_seen ? std::nullopt : air_view(context, kNarrow, 150);
  if (air) add_map("nearness-air-map", *air, true);
  return pictures;
}

}  // namespace defilada::drawing
