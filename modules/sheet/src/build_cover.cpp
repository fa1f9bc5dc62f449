// SPDX-License-Identifier: MIT
#include <fmt/ranges.h>

#include <array>
#include <cmath>

#include "build.hpp"
#include "defilada/show/print.hpp"

namespace defilada::sheet {
namespace {

constexpr double kOverviewHeight = 70;  // mm, where a detail follows
constexpr double kDetailHeight = 92;
constexpr double kAloneHeight = 120;

KeyFigures key_figures(const Context& context) {
  const plan::Counts& counts = context.plan.counts;
  KeyFigures figures;
  const auto add = [&](Msg label, std::int64_t n) {
    if (n == 0) return;
    figures.entries.push_back({context.format.count(n), context.words.counted(label, n, "")});
  };
  add(Msg::key_contingents, counts.contingents);
  add(Msg::key_people, counts.people);
  add(Msg::key_mounted, counts.mounted);
  add(Msg::key_vehicles, counts.vehicles);
  add(Msg::key_aeroplanes, counts.aeroplanes);
  add(Msg::key_helicopters, counts.helicopters);
  add(Msg::key_drones, counts.drones);
  add(Msg::key_spectators, counts.spectators);
  return figures;
}

Rich finding_counts(const Context& context) {
  std::array<std::int64_t, 3> counts{};
  for (const Finding& finding : context.plan.findings) {
    ++counts[static_cast<std::size_t>(finding.severity)];
  }
  Rich text;
  std::string joined;
  constexpr std::array kNames{Msg::n_errors, Msg::n_warnings, Msg::n_notes};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    if (!joined.empty()) joined += ", ";
    joined += context.words.counted(kNames[i], counts[i], context.format.count(counts[i]));
  }
  if (joined.empty()) return text.add(context.words(Msg::no_findings));
  return text.add(joined, counts[0] > 0 ? Emphasis::alarm : Emphasis::plain, "#findings").add(".");
}

std::string length_against_wanted(const Context& context) {
  const auto over = context.plan.over;
  if (!over || !context.show.wanted) return "";
  const std::string wanted = context.format.duration(context.show.wanted->lasts);
  if (over->us == 0) return context.words(Msg::as_wanted, wanted);
  return over->us > 0 ? context.words(Msg::over_wanted, context.format.duration(*over), wanted)
                      : context.words(Msg::within_wanted, context.format.duration(-*over), wanted);
}

Paragraph status(const Context& context) {
  Paragraph paragraph;
  if (context.plan.feasible) {
    paragraph.text.add(context.words(Msg::programme_holds), Emphasis::strong);
    const std::string length = length_against_wanted(context);
    if (!length.empty()) paragraph.text.add(" " + length);
  } else {
    paragraph.kind = Paragraph::Kind::alarm;
    paragraph.text.add(context.words(Msg::programme_fails), Emphasis::strong);
    paragraph.text.add(
        " " + context.words(Msg::programme_fails_more, context.words(Msg::conflicts)),
        Emphasis::plain, "#conflicts");
  }
  paragraph.text.add(" ");
  const Rich counts = finding_counts(context);
  for (const Run& run : counts.runs()) {
    paragraph.text.add(run.text, run.emphasis, run.href);
  }
  return paragraph;
}

Paragraph roles(const Context& context) {
  Paragraph paragraph{.kind = Paragraph::Kind::note};
  std::string text;
  for (const auto& [role, people] : context.plan.counts.people_by_role) {
    if (people == 0) continue;
    if (!text.empty()) text += " · ";
    text += context.words(Msg::role_count, context.format.count(people),
                          context.words(show::print_role(role)));
  }
  if (text.empty()) return paragraph;
  paragraph.text.add(context.words(Msg::people_by_role), Emphasis::strong).add(text);
  return paragraph;
}

Figure map_figure(const Context& context, Map map, std::string caption) {
  if (!map.unlabelled.empty()) {
    caption +=
        context.words(Msg::map_unlabelled, fmt::format("{}", fmt::join(map.unlabelled, ", ")));
  }
  return {std::move(map.drawing), Rich(std::move(caption), Emphasis::small)};
}

std::string scale_words(const Context& context, const MapView& view) {
  return context.format.count(std::llround(view.scale));
}

void add_site_maps(const Context& context, std::vector<Block>& blocks) {
  auto view = ground_view(context, kPortraitWidth, kOverviewHeight);
  if (!view) return;
  const auto detail = detail_view(context, *view, kDetailHeight);
  if (!detail) view = ground_view(context, kPortraitWidth, kAloneHeight);
  // What happens near the salute line first, and large; then where on the site that is.
  if (detail) {
    const std::string& name = context.show[detail->station].name;
    blocks.emplace_back(map_figure(
        context,
        draw_map(context, detail->view,
                 {.id = "map-detail",
                  .title = context.words(Msg::map_detail_title, name),
                  .far_places = true}),
        context.words(Msg::map_detail_caption, name, scale_words(context, detail->view))));
  }
  MapRequest request{.id = "map", .title = context.words(Msg::map_title), .far_places = true};
  if (detail) request.inset = detail->view;
  blocks.emplace_back(map_figure(context, draw_map(context, *view, request),
                                 context.words(Msg::map_caption, scale_words(context, *view))));
}

}  // namespace

Section build_cover(const Context& context) {
  Section section{.id = "cover", .title = context.words(Msg::cover)};
  section.blocks.emplace_back(status(context));
  section.blocks.emplace_back(key_figures(context));
  if (Paragraph people = roles(context); !people.text.empty()) {
    section.blocks.emplace_back(std::move(people));
  }
  add_site_maps(context, section.blocks);
  if (!context.show.site.datum.empty()) {
    section.blocks.emplace_back(
        Paragraph{.kind = Paragraph::Kind::note,
                  .text = Rich(context.words(Msg::heights_above, context.show.site.datum))});
  }
  section.blocks.emplace_back(Contents{});
  return section;
}

}  // namespace defilada::sheet
