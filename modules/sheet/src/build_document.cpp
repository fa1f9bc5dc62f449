// SPDX-License-Identifier: MIT
#include "build.hpp"
#include "front.hpp"

namespace defilada::sheet {
namespace {

template <typename T>
void append(std::vector<Section>& sections, T section) {
  if constexpr (std::is_same_v<T, Section>) {
    sections.push_back(std::move(section));
  } else if constexpr (std::is_same_v<T, std::optional<Section>>) {
    if (section) sections.push_back(std::move(*section));
  } else {
    for (Section& each : section) sections.push_back(std::move(each));
  }
}

}  // namespace

Document front_of(const Context& context, Msg kind) {
  const Words& words = context.words;
  Document document{.language = words.language(),
                    .title = context.label(context.show.title, context.show.name),
                    .created = context.show.clock.iso8601(Time{}),
                    .author = words(Msg::made_by),
                    .words = {.kind = words(kind),
                              .contents = words(Msg::contents),
                              .page_of = words(Msg::page_of, "{0}", "{1}")}};
  document.footer = words(Msg::footer, words(kind), context.format.date());
  document.subtitle.add(context.format.date(), Emphasis::strong);
  if (context.plan.feasible) {
    document.subtitle.add(" · " + words(Msg::from_to, context.format.clock(context.plan.start),
                                        context.format.clock(context.plan.end)),
                          Emphasis::strong);
  }
  document.subtitle.add(
      " · " + std::string(context.show.clock.zone()) + " · " +
      context.format.position(context.show.site.origin.lat_deg, context.show.site.origin.lon_deg));
  return document;
}

Document build_document(const Context& context) {
  Document document = front_of(context, Msg::run_sheet);
  std::vector<Section>& sections = document.sections;
  append(sections, build_cover(context));
  if (!context.plan.feasible) append(sections, build_conflicts(context));
  if (context.plan.feasible) {
    append(sections, build_programme(context));
    append(sections, build_guests(context));
  }
  append(sections, build_order(context));
  if (context.plan.feasible) {
    append(sections, build_cards(context));
    append(sections, build_flypasts(context));
    append(sections, build_flight_cards(context));
    append(sections, build_diagrams(context));
    append(sections, build_nearness(context));
  }
  append(sections, build_variants(context));
  append(sections, build_findings(context));
  append(sections, build_published(context));
  append(sections, build_provenance(context));
  return document;
}

}  // namespace defilada::sheet
