// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "compiler.hpp"
#include "defilada/core/slug.hpp"

/// The review: its moments are lengths after the drive's stepping off, and whoever it passes waits.
namespace defilada::plan {

CueId Compiler::abeam(show::ContingentId party, show::ContingentId passed, bool again) {
  const auto key =
      std::tuple(party.value, static_cast<int>(Cue::What::abeam), again ? 1 : 0, passed.value);
  const auto found = crossings_.find(key);
  if (found != crossings_.end()) return found->second;
  const movement::Motion& motion = motions_[party];
  double at_m = motion.end_m();  // of whom it does not come by: movement has told it
  for (const movement::ReviewWay& way : motions_.reviews) {
    if (!(show_[way.item].review->drive == show_[party].procession)) continue;
    for (const movement::Pass& pass : way.passes) {
      if (pass.contingent == passed && pass.again == again) at_m = pass.middle_m;
    }
  }
  Cue cue;
  cue.what = Cue::What::abeam;
  cue.contingent = party;
  cue.span = show_[party].span;
  cue.id = fmt::format("{}.passes@{}{}", slug(show_[party].name), slug(show_[passed].name),
                       again ? "-again" : "");
  cue.said = again ? phrase("{} passes {} again", show_[party].name, show_[passed].name)
                   : phrase("{} passes {}", show_[party].name, show_[passed].name);
  return crossings_.emplace(key, add_moved(party, std::move(cue), motion.head_at(at_m)))
      .first->second;
}

void Compiler::review(show::ItemId id) {
  const show::Item& item = show_[id];
  const show::ContingentId party = show_[item.review->drive].order.front();
  const movement::Motion& motion = motions_[party];
  for (const movement::ReviewWay& way : motions_.reviews) {
    if (!(way.item == id)) continue;
    for (const movement::Pass& pass : way.passes) abeam(party, pass.contingent, pass.again);
    for (const movement::ReviewPlace& place : way.places) {
      const show::ReviewStop& stop = item.review->stops[place.stop];
      if (stop.lasts.us == 0) continue;  // a greeting in passing is the cue of passing
      Cue cue;
      cue.what = Cue::What::halts;
      cue.contingent = party;
      cue.span = stop.span;
      cue.id = fmt::format("{}.halts-{}", slug(item.name), place.stop + 1);
      cue.said = stop.station.valid()
                     ? phrase("{} halts at {}", show_[party].name, show_[stop.station].name)
                     : phrase("{} halts abeam of {}", show_[party].name, show_[stop.abeam].name);
      const double arrives = motion.head_at(place.at_m);
      add_moved(party, cue, arrives);
      cue.what = Cue::What::drives_on;
      cue.id += ".ends";
      cue.said = phrase("{} drives on", cue.said);
      add_moved(party, std::move(cue), arrives + stop.lasts.seconds());
    }
  }
  for (const show::ProcessionId past : item.review->past) {
    const StatementId statement =
        tell({phrase("nobody of {} steps off before {} ends", show_[past].name, item.name),
              item.review->span,
              false,
              {}});
    for (const show::ContingentId member : show_[past].order) {
      out_.network.at_least(out_.item_end[id.value], out_.step_off[member.value], {}, statement);
    }
  }
}

}  // namespace defilada::plan
