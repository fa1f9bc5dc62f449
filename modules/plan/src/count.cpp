// SPDX-License-Identifier: MIT
#include "stages.hpp"

namespace defilada::plan {
namespace {

void add(const show::Show& show, const show::Contingent& contingent,
         const movement::Arrangement& arrangement, Counts& counts) {
  for (const auto& placed : arrangement.slots) {
    const show::Part& part = contingent.parts[placed.part];
    const show::Kind& kind = show[placed.kind];
    const int people = part.crew.value_or(kind.crew);
    counts.movers += 1;
    counts.people += people;
    if (people > 0) counts.people_by_role[part.role.empty() ? kind.role : part.role] += people;
    switch (kind.category) {
      case show::Category::foot: break;
      case show::Category::mounted: counts.mounted += 1; break;
      case show::Category::vehicle: counts.vehicles += 1; break;
      case show::Category::aeroplane: counts.aeroplanes += 1; break;
      case show::Category::helicopter: counts.helicopters += 1; break;
      case show::Category::drone: counts.drones += 1; break;
    }
  }
}

}  // namespace

Counts count(const show::Show& show, const movement::Motions& motions) {
  Counts counts;
  for (std::size_t c = 0; c < show.contingents.size(); ++c) {
    const show::Contingent& contingent = show.contingents[c];
    if (show.counts(contingent)) counts.contingents += 1;
    if (motions.by_contingent[c]) {
      add(show, contingent, motions.by_contingent[c]->arrangement(), counts);
    } else if (motions.in_place[c]) {
      add(show, contingent, *motions.in_place[c], counts);
    }
  }
  for (const show::Area& area : show.site.areas) {
    if (area.use == show::AreaUse::stand) counts.spectators += area.capacity.value_or(0);
  }
  if (show.spectators) counts.spectators = show.spectators->people;
  if (show.guests) {
    counts.guests = show.guests->people();
    counts.delegations = static_cast<std::int64_t>(show.guests->delegations.size());
  }
  return counts;
}

}  // namespace defilada::plan
