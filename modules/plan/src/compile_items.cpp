// SPDX-License-Identifier: MIT

#include <algorithm>
#include <cmath>

#include "compiler.hpp"
#include "defilada/core/check.hpp"
#include "defilada/core/slug.hpp"
#include "defilada/show/print.hpp"

namespace defilada::plan {

using programme::Move;
using show::print_duration;

void Compiler::item_cues(show::ItemId id) {
  const show::Item& item = show_[id];
  Cue cue;
  cue.item = id;
  cue.span = item.span;
  cue.what = Cue::What::item_start;
  cue.id = slug(item.name) + ".starts";
  cue.said = phrase("{} starts", item.name);
  out_.item_start[id.value] = add_cue(cue);
  cue.what = Cue::What::item_end;
  cue.id = slug(item.name) + ".ends";
  cue.said = phrase("{} ends", item.name);
  out_.item_end[id.value] = add_cue(cue);
  out_.network.at_least(programme::kMidnight, out_.item_start[id.value], {}, day_);
  out_.network.at_least(out_.item_start[id.value], out_.item_end[id.value], {},
                        programme::kNoStatement);
}

void Compiler::item(show::ItemId id) {
  const show::Item& item = show_[id];
  const guests::Stage* stage = guests_.stage_of(id);
  if (item.procession) {
    item_of_movement(id);
  } else if (stage != nullptr && !stage->planned) {
    length_of_guests(id, *stage);
  } else {
    length(id);
  }
  if (item.at) clock_time(out_.item_start[id.value], *item.at, phrase("{} starts at", item.name));
  if (item.ends_at)
    clock_time(out_.item_end[id.value], *item.ends_at, phrase("{} ends at", item.name));
  for (const auto& after : item.after) this->after(id, after);
}

void Compiler::item_of_movement(show::ItemId id) {
  const show::Item& item = show_[id];
  const show::Procession& procession = show_[*item.procession];
  const show::ContingentId first = procession.order.front();
  const show::ContingentId last = procession.order.back();
  const StatementId statement =
      tell({phrase("{} lasts as long as the movement of {}", item.name, procession.name),
            item.span,
            true,
            {}});
  out_.told.back().exact_lengths = true;
  std::optional<show::StationId> from = item.from;
  std::optional<show::StationId> to = item.to;
  if (procession.air) from = to = procession.over;
  const CueId begin =
      from ? crossing(first, Cue::What::head, 0, *from) : out_.step_off[first.value];
  CueId end{};
  if (!to && procession.stays) {
    end = stands(last);
  } else if (to) {
    end = crossing(last, Cue::What::tail, 0, *to);
  } else {
    Cue cue;
    cue.what = Cue::What::tail;
    cue.contingent = last;
    cue.span = show_[last].span;
    cue.id = slug(show_[last].name) + ".disperses";
    cue.said = phrase("{} disperses", show_[last].name);
    end = add_moved(last, std::move(cue), motions_[last].duration_s());
  }
  out_.network.exactly(begin, out_.item_start[id.value], {}, statement);
  out_.network.exactly(end, out_.item_end[id.value], {}, statement);
  if (item.review) review(id);
}

void Compiler::length(show::ItemId id) {
  const show::Item& item = show_[id];
  const Span span = item.lasts_span.known() ? item.lasts_span : item.span;
  show::Window lasts = item.lasts;
  if (!lasts.least && !lasts.most) lasts = {Duration{}, Duration{}};
  const Phrase text = phrase("{} lasts {}", item.name, window_phrase(lasts));
  const bool instant = lasts.most && lasts.most->us == 0;
  const StatementId statement = tell({text, span, instant, {}});
  const Bounds bounds =
      window(out_.item_start[id.value], out_.item_end[id.value], lasts, statement);
  // Rounds at an interval change by their count, not by a length.
  if (!instant && !item.shots) {
    out_.told[statement.value].knobs =
        window_knobs(bounds, lasts, item.lasts_span, phrase("{} lasts", item.name));
  }
}

void Compiler::clock_time(CueId cue, const show::Item::At& at, const Phrase& subject) {
  const Phrase text = at.within.us == 0 ? phrase("{} {}", subject, clock(at.time))
                                        : phrase("{} {}, within {}", subject, clock(at.time),
                                                 Measure{print_duration(at.within)});
  const StatementId statement = tell({text, at.span, false, {}});
  const std::uint32_t most = out_.network.at_most(programme::kMidnight, cue,
                                                  Duration{at.time.us + at.within.us}, statement);
  const std::uint32_t least = out_.network.at_least(programme::kMidnight, cue,
                                                    Duration{at.time.us - at.within.us}, statement);
  if (at.within.us > 0) out_.wishes.push_back({cue, at.time, statement});
  for (const int sign : {1, -1}) {
    // Knobs outlive the compiler, not the show.
    const auto moved_to = [show = &show_, at, sign](Duration d) {
      return clock_text(*show, {at.time.us + sign * d.us});
    };
    out_.told[statement.value].knobs.push_back(
        {{{most, sign}, {least, -sign}},
         [=](Duration d) {
           const Measure by{print_duration(d)};
           return sign > 0 ? phrase("{} {}, {} later", subject, moved_to(d), by)
                           : phrase("{} {}, {} earlier", subject, moved_to(d), by);
         },
         at.span.known() ? std::function<Edit(Duration)>([=, span = at.span](Duration d) {
           return Edit{span, moved_to(d)};
         })
                         : nullptr,
         sign > 0 ? Duration{programme::kMostBound} : Duration{at.time.us}});
  }
}

void Compiler::after(show::ItemId id, const show::Item::After& after) {
  const show::Item& item = show_[id];
  show::Window later = after.later;
  if (!later.least && !later.most) later.least = Duration{};
  const bool at_once = later.least && later.most && later.least->us == 0 && later.most->us == 0;
  const std::string& cue = after.cue.text;
  const bool some_time = later.most || later.least->us > 0;
  const Phrase text = at_once ? phrase("{} starts at the same moment as {}", item.name, cue)
                      : some_time
                          ? phrase("{} starts {} after {}", item.name, window_phrase(later), cue)
                          : phrase("{} starts after {}", item.name, cue);
  const StatementId statement = tell({text, after.span, false, {}});
  const Bounds bounds = window(node_of(after.cue), out_.item_start[id.value], later, statement);
  if (!after.drop.empty()) {
    out_.told[statement.value].removal = {
        phrase("let {} start without waiting for {}", item.name, cue), after.drop};
  }
  // Only an offset that the planner wrote can be another.
  if (after.later_span.known()) {
    out_.told[statement.value].knobs =
        window_knobs(bounds, later, after.later_span, phrase("{} starts after {}", item.name, cue));
  }
}

void Compiler::rule(const show::Rule& rule) {
  const StatementId statement =
      tell({rule.because.empty() ? Phrase::verbatim(rule.text)
                                 : phrase("{} (because {})", rule.text, rule.because),
            rule.span,
            false,
            {}});
  const CueId cue = node_of(rule.cue);
  if (rule.then) {
    const Bounds bounds = window(cue, node_of(*rule.then), rule.later, statement);
    out_.told[statement.value].knobs =
        window_knobs(bounds, rule.later, rule.later_span,
                     phrase("from {} to {}", rule.cue.text, rule.then->text));
    return;
  }
  clock_rule(rule, cue, statement);
}

void Compiler::clock_rule(const show::Rule& rule, CueId cue, StatementId statement) {
  const Bounds bounds = window(programme::kMidnight, cue, rule.later, statement);
  const bool least = bounds.least && !bounds.most;
  const bool exact = bounds.least && bounds.most && *rule.later.least == *rule.later.most;
  const auto knob = [&](std::vector<Move> moves, Duration bound, int sign) {
    const auto moved_to = [show = &show_, bound, sign](Duration d) {
      return clock_text(*show, {bound.us + sign * d.us});
    };
    out_.told[statement.value].knobs.push_back(
        {std::move(moves),
         [moved_to, now = clock({bound.us}), name = rule.cue.text, least](Duration d) {
           return least ? phrase("{} from {} on in place of {}", name, moved_to(d), now)
                        : phrase("{} by {} in place of {}", name, moved_to(d), now);
         },
         rule.later_span.known()
             ? std::function<Edit(Duration)>([=, span = rule.later_span](Duration d) {
                 return Edit{span, moved_to(d)};
               })
             : nullptr,
         sign > 0 ? Duration{programme::kMostBound} : Duration{bound.us}});
  };
  if (exact) {
    knob({{*bounds.most, 1}, {*bounds.least, -1}}, *rule.later.most, 1);
    knob({{*bounds.most, -1}, {*bounds.least, 1}}, *rule.later.most, -1);
  } else if (bounds.most && !bounds.least) {
    knob({{*bounds.most, 1}}, *rule.later.most, 1);
  } else if (least) {
    knob({{*bounds.least, 1}}, *rule.later.least, -1);
  }
}

}  // namespace defilada::plan
