// SPDX-License-Identifier: MIT
// read_show_text never crashes. Either it gives a show whose ids and numbers are sound, or an
// error; all places lie in the texts, and all messages can be shown.
#include <cmath>
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/show/read.hpp"

namespace defilada::show {
namespace {

constexpr const char* kWalkers = R"(defilada catalogue: 1
gaits:
  quick march: {pace: 0.75 m, cadence: 112 /min}
  slow march: {pace: 0.75 m, cadence: 60 /min}
kinds:
  walker: {category: foot, body: {length: 0.35 m, width: 0.55 m, height: 1.75 m}, gaits: [quick march], speed: {max: 3 m/s}, acceleration: 1.5 m/s2, separation: 0.5 m}
  lorry: {category: vehicle, body: {length: 8 m, width: 2.5 m, height: 3 m}, gaits: [10 km/h], speed: {max: 15 m/s}, acceleration: 0.5 m/s2, separation: 5 m}
  jet: {category: aeroplane, body: {length: 18 m, width: 13 m, height: 5 m}, gaits: [450 km/h], speed: {min: 300 km/h, max: 900 km/h}, acceleration: 3 m/s2, bank: 60 deg, climb: 30 m/s, separation: {horizontal: 15 m, vertical: 10 m}}
)";

void check_place(Span span, const Sources& sources) {
  DEFILADA_CHECK(span.known() && span.begin <= span.end);
  DEFILADA_CHECK(span.end <= sources.text(span.file).size());
}

bool is_gait(const Gait& gait) {
  return std::isfinite(gait.speed_mps) && gait.speed_mps > 0;
}

void check_site(const Show& show) {
  for (const Route& route : show.site.routes) DEFILADA_CHECK(route.geometry.length() > 0);
  for (const Station& station : show.site.stations) {
    DEFILADA_CHECK(station.route.value < show.site.routes.size());
    DEFILADA_CHECK(station.s_m >= 0 && station.s_m <= show[station.route].geometry.length());
    DEFILADA_CHECK(std::isfinite(station.position.x) && std::isfinite(station.position.y));
  }
  for (const Area& area : show.site.areas) DEFILADA_CHECK(geo::area(area.polygon) > 0);
}

void check_contingent(const Show& show, const Contingent& contingent) {
  DEFILADA_CHECK(!contingent.parts.empty());
  for (const Part& part : contingent.parts) {
    DEFILADA_CHECK(part.kind.value < show.kinds.size());
    DEFILADA_CHECK(formation::layout(part.formation).has_value());
    DEFILADA_CHECK(part.behind_m >= 0 && std::isfinite(part.left_m));
  }
  if (contingent.in_place) {
    DEFILADA_CHECK(!contingent.procession.valid() &&
                   std::isfinite(contingent.in_place->facing_rad));
    return;
  }
  const Procession& procession = show[contingent.procession];
  DEFILADA_CHECK(contingent.base_gait ? is_gait(*contingent.base_gait)
                                      : is_gait(procession.base_gait));
  double behind_m = 0;
  for (const GaitZone& zone : contingent.zones) {
    DEFILADA_CHECK(is_gait(zone.gait) && zone.from_m >= behind_m - 1e-3 && zone.to_m > zone.from_m);
    behind_m = zone.to_m;
  }
  DEFILADA_CHECK(behind_m <= show[procession.route].geometry.length() + 1e-3);
  if (contingent.height_m) DEFILADA_CHECK(*contingent.height_m > 0);
}

void check_processions(const Show& show) {
  for (const Procession& procession : show.processions) {
    DEFILADA_CHECK(!procession.order.empty());
    DEFILADA_CHECK(show[procession.route].air == procession.air);
    if (procession.air) {
      DEFILADA_CHECK(procession.over.value < show.site.stations.size() && procession.height_m > 0);
    }
  }
}

void check_cue(const Show& show, const CueRef& cue) {
  if (cue.what == CueRef::What::item_starts || cue.what == CueRef::What::item_ends) {
    DEFILADA_CHECK(cue.item.value < show.items.size());
    return;
  }
  DEFILADA_CHECK(cue.contingent.value < show.contingents.size());
  DEFILADA_CHECK(show[cue.contingent].procession.valid());
  if (cue.what == CueRef::What::abeam) {
    DEFILADA_CHECK(cue.passed.value < show.contingents.size());
    return;
  }
  if (cue.what == CueRef::What::evolution_starts || cue.what == CueRef::What::evolution_ends) {
    DEFILADA_CHECK(cue.evolution < show[cue.contingent].drill.size());
    return;
  }
  DEFILADA_CHECK(cue.station.value < show.site.stations.size());
  DEFILADA_CHECK((cue.what == CueRef::What::rank) == (cue.rank > 0));
}

void check_programme(const Show& show) {
  for (const Item& item : show.items) {
    for (const Item::After& after : item.after) check_cue(show, after.cue);
    const bool ordered =
        !item.lasts.least || !item.lasts.most || *item.lasts.least <= *item.lasts.most;
    DEFILADA_CHECK(ordered);
  }
  for (const Rule& rule : show.rules) {
    check_cue(show, rule.cue);
    if (rule.then) check_cue(show, *rule.then);
    DEFILADA_CHECK(rule.later.least || rule.later.most);
  }
  for (const Published& figure : show.published) {
    if (figure.from) check_cue(show, *figure.from);
    if (figure.to) check_cue(show, *figure.to);
    DEFILADA_CHECK(figure.from.has_value() == figure.count.empty());
  }
}

}  // namespace
}  // namespace defilada::show

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace show = defilada::show;
  static const std::vector<show::NamedText> kCatalogues{{"walkers", show::kWalkers}};
  defilada::Sources sources;
  defilada::Diagnostics diagnostics;
  const auto read = show::read_show_text(std::string(reinterpret_cast<const char*>(data), size),
                                         "show.yaml", kCatalogues, sources, diagnostics);
  DEFILADA_CHECK(read.has_value() == !diagnostics.has_errors());
  for (const defilada::Diagnostic& each : diagnostics.all()) {
    show::check_place(each.span, sources);
    for (const auto& note : each.notes) show::check_place(note.span, sources);
    DEFILADA_CHECK(!render(each, sources, false).empty());
  }
  if (!read) return 0;
  show::check_site(*read);
  show::check_processions(*read);
  for (const show::Contingent& each : read->contingents) show::check_contingent(*read, each);
  show::check_programme(*read);
  for (const show::Item& each : read->items) show::check_place(each.span, sources);
  for (const show::Contingent& each : read->contingents) show::check_place(each.span, sources);
  for (const show::Published& each : read->published) show::check_place(each.span, sources);
  for (const show::Provenance& each : read->provenance) show::check_place(each.span, sources);
  return 0;
}
