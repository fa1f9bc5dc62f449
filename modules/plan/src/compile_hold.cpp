// SPDX-License-Identifier: MIT

#include <cmath>

#include "compiler.hpp"
#include "defilada/core/slug.hpp"
#include "defilada/movement/hold.hpp"
#include "defilada/show/print.hpp"

namespace defilada::plan {

using show::print_duration;

namespace {

/// Up to whole seconds: what is told is never too little.
Duration told_up(double seconds) {
  return duration_from_seconds(std::ceil(seconds));
}

}  // namespace

void Compiler::hold(show::ContingentId id) {
  const show::Contingent& who = show_[id];
  const show::Hold& hold = *who.hold;
  const movement::Racetrack track = movement::racetrack_of(show_, motions_[id]);
  Cue cue;
  cue.what = Cue::What::enters_hold;
  cue.contingent = id;
  cue.station = hold.fix;
  cue.span = hold.span;
  cue.id = slug(who.name) + ".enters-hold";
  cue.said = phrase("{} enters its hold", who.name);
  const CueId enters = add_cue(std::move(cue));
  const CueId leaves = out_.step_off[id.value];
  out_.enters_hold[id.value] = enters;
  out_.network.at_least(programme::kMidnight, enters, {}, day_);

  const StatementId least =
      tell({phrase("once round the hold of {} takes at least {}, two turns without legs", who.name,
                   Measure{print_duration(told_up(track.shortest_s()))}),
            hold.span,
            true,
            {}});
  out_.network.at_least(enters, leaves, duration_from_seconds(track.shortest_s()), least);
  if (hold.from) {
    clock_time(enters, {*hold.from, {}, hold.amount_span},
               phrase("{} is in its hold from", who.name));
    return;
  }
  show::Window lasts;
  lasts.least = lasts.most =
      hold.lasts ? *hold.lasts : duration_from_seconds(*hold.circuits * track.circuit_s());
  const Measure circuit{print_duration(told_up(track.circuit_s()))};
  const Phrase text =
      hold.lasts ? phrase("{} holds for {}", who.name, Measure{print_duration(*hold.lasts)})
      : *hold.circuits == 1
          ? phrase("{} flies a circuit of {} in its hold", who.name, circuit)
          : phrase("{} flies {} circuits of {} in its hold", who.name, *hold.circuits, circuit);
  const StatementId statement = tell({text, hold.amount_span, false, {}});
  const Bounds bounds = window(enters, leaves, lasts, statement);
  if (hold.lasts) {
    out_.told[statement.value].knobs =
        window_knobs(bounds, lasts, hold.amount_span, phrase("{} holds for", who.name));
  }
}

}  // namespace defilada::plan
