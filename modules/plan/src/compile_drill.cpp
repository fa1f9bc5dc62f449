// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "compiler.hpp"
#include "defilada/core/slug.hpp"

namespace defilada::plan {
namespace {

/// As the grammar of cues says it (show::verb_of), to be said in other languages.
Phrase said_of(show::Evolution::What what) {
  using What = show::Evolution::What;
  switch (what) {
    case What::open_order: return phrase("opens order");
    case What::close_order: return phrase("closes order");
    case What::form_line: return phrase("forms line");
    case What::form_column: return phrase("forms column");
    case What::dress: return phrase("dresses");
    case What::mark_time: return phrase("marks time");
    case What::wheel: return phrase("wheels");
    case What::countermarch: return phrase("countermarches");
  }
  return Phrase::verbatim(std::string(verb_of(what)));
}

}  // namespace

CueId Compiler::evolution(show::ContingentId id, std::size_t index, bool ends) {
  const auto what = ends ? Cue::What::evolution_ends : Cue::What::evolution_starts;
  const auto key = std::tuple(id.value, static_cast<int>(what), static_cast<int>(index), 0U);
  const auto found = crossings_.find(key);
  if (found != crossings_.end()) return found->second;
  const show::Contingent& who = show_[id];
  const show::Evolution& asked = who.drill[index];
  const auto same = [&](const show::Evolution& each) { return each.what == asked.what; };
  const auto place = who.drill.begin() + static_cast<std::ptrdiff_t>(index);
  const auto before = std::count_if(who.drill.begin(), place, same);
  const movement::Motion& motion = motions_[id];
  double at_s = motion.head_at(asked.s_m);  // one that cannot be done: movement has told it
  for (const movement::Drilled& each : motion.drill()) {
    if (each.evolution == index) at_s = ends ? each.t1_s : each.t0_s;
  }
  Cue cue;
  cue.what = what;
  cue.contingent = id;
  cue.station = asked.station;
  cue.evolution = asked.what;
  cue.span = asked.span;
  cue.id = fmt::format("{}.{}{}.{}", slug(who.name), slug(std::string(to_string(asked.what))),
                       before > 0 ? fmt::format("-{}", before + 1) : "", ends ? "ends" : "starts");
  cue.said = ends ? phrase("{} {} ends", who.name, said_of(asked.what))
                  : phrase("{} {} starts", who.name, said_of(asked.what));
  return crossings_.emplace(key, add_moved(id, std::move(cue), at_s)).first->second;
}

}  // namespace defilada::plan
