// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler.hpp"
#include "defilada/core/check.hpp"
#include "defilada/core/slug.hpp"
#include "defilada/show/print.hpp"

namespace defilada::plan {

using programme::Move;
using show::print_duration;

std::string clock_text(const show::Show& show, Time time) {
  const bool whole = time.us % 1'000'000 == 0;
  return show.clock.wall_clock(time, whole ? 0 : 3);
}

Compiled Compiler::run() {
  day_ = tell({phrase("nothing happens before 00:00 of the date"), {}, true, {}});
  out_.item_start.resize(show_.items.size());
  out_.item_end.resize(show_.items.size());
  out_.step_off.resize(show_.contingents.size());
  out_.stations.resize(show_.contingents.size());
  out_.enters_hold.resize(show_.contingents.size());
  movement_of_.resize(show_.contingents.size());
  for (std::uint32_t c = 0; c < show_.contingents.size(); ++c) {
    if (show_.contingents[c].procession.valid()) contingent(show::ContingentId{c});
  }
  for (const auto& procession : show_.processions) spacing(procession);
  for (std::uint32_t i = 0; i < show_.items.size(); ++i) item_cues(show::ItemId{i});
  for (std::uint32_t i = 0; i < show_.items.size(); ++i) item(show::ItemId{i});
  guest_stages();
  for (const auto& rule : show_.rules) this->rule(rule);
  for (const auto& row : show_.published) {
    // A clock time is the length from midnight to its cue.
    const bool length = row.from && row.to;
    const auto& last = row.to ? row.to : row.from;
    out_.published_from.push_back(length ? node_of(*row.from) : programme::kMidnight);
    out_.published_to.push_back(last ? node_of(*last) : programme::kMidnight);
  }
  if (show_.wanted) {
    out_.wanted_from = node_of(show_.wanted->from);
    out_.wanted_to = node_of(show_.wanted->to);
  }
  return std::move(out_);
}

StatementId Compiler::tell(Told told) {
  out_.told.push_back(std::move(told));
  return {static_cast<std::uint32_t>(out_.told.size() - 1)};
}

CueId Compiler::add_cue(Cue cue) {
  const CueId id = out_.network.add_cue();
  cue.label = cue.said.english();
  out_.cues.push_back(std::move(cue));
  return id;
}

Compiler::Bounds Compiler::window(CueId from, CueId to, const show::Window& window,
                                  StatementId statement) {
  Bounds bounds;
  if (window.least) {
    bounds.least = out_.network.at_least(from, to, *window.least, statement);
  }
  if (window.most) bounds.most = out_.network.at_most(from, to, *window.most, statement);
  return bounds;
}

std::string Compiler::window_text(const show::Window& window) {
  if (window.least && window.most) {
    if (*window.least == *window.most) return print_duration(*window.least);
    return print_duration(*window.least) + " to " + print_duration(*window.most);
  }
  if (window.least) return "at least " + print_duration(*window.least);
  if (window.most) return "at most " + print_duration(*window.most);
  return "at least 0 s";
}

Phrase Compiler::window_phrase(const show::Window& window) {
  const auto told = [](Duration d) { return Measure{print_duration(d)}; };
  if (window.least && window.most) {
    if (*window.least == *window.most) return phrase("{}", told(*window.least));
    return phrase("{} to {}", told(*window.least), told(*window.most));
  }
  if (window.least) return phrase("at least {}", told(*window.least));
  if (window.most) return phrase("at most {}", told(*window.most));
  return phrase("at least 0 s");
}

std::vector<Knob> Compiler::window_knobs(const Bounds& bounds, const show::Window& window,
                                         Span span, const Phrase& subject) {
  std::vector<Knob> knobs;
  const auto knob = [&](std::vector<Move> moves, int least_sign, int most_sign, Duration limit,
                        bool less) {
    const auto changed = [window, least_sign, most_sign](Duration d) {
      show::Window next = window;
      if (next.least) next.least->us += least_sign * d.us;
      if (next.most) next.most->us += most_sign * d.us;
      return next;
    };
    knobs.push_back({std::move(moves),
                     [=](Duration d) {
                       const Phrase now = window_phrase(changed(d));
                       const Measure by{print_duration(d)};
                       return less ? phrase("{}: {} in place of {} ({} less)", subject, now,
                                            window_phrase(window), by)
                                   : phrase("{}: {} in place of {} ({} more)", subject, now,
                                            window_phrase(window), by);
                     },
                     span.known() ? std::function<Edit(Duration)>([=](Duration d) {
                       return Edit{span, window_text(changed(d))};
                     })
                                  : nullptr,
                     limit});
  };
  const bool exact = window.least && window.most && *window.least == *window.most;
  const Duration to_zero = window.least ? *window.least : Duration{};
  if (exact) {
    if (to_zero.us > 0) {
      knob({{*bounds.most, -1}, {*bounds.least, 1}}, -1, -1, to_zero, true);
    }
    knob({{*bounds.most, 1}, {*bounds.least, -1}}, 1, 1, Duration{programme::kMostBound}, false);
    return knobs;
  }
  if (bounds.least && to_zero.us > 0) knob({{*bounds.least, 1}}, -1, 0, to_zero, true);
  if (bounds.most) knob({{*bounds.most, 1}}, 0, 1, Duration{programme::kMostBound}, false);
  return knobs;
}

std::string Compiler::clock(Time time) const {
  return clock_text(show_, time);
}

CueId Compiler::node_of(const show::CueRef& ref) {
  switch (ref.what) {
    case show::CueRef::What::item_starts: return out_.item_start[ref.item.value];
    case show::CueRef::What::item_ends: return out_.item_end[ref.item.value];
    case show::CueRef::What::head: return crossing(ref.contingent, Cue::What::head, 0, ref.station);
    case show::CueRef::What::tail: return crossing(ref.contingent, Cue::What::tail, 0, ref.station);
    case show::CueRef::What::evolution_starts:
      return evolution(ref.contingent, ref.evolution, false);
    case show::CueRef::What::evolution_ends: return evolution(ref.contingent, ref.evolution, true);
    case show::CueRef::What::abeam: return abeam(ref.contingent, ref.passed, ref.again);
    case show::CueRef::What::rank:
      return crossing(ref.contingent, Cue::What::rank, ref.rank, ref.station);
  }
  DEFILADA_CHECK(false);
  return {};
}

CueId Compiler::crossing(show::ContingentId id, Cue::What what, int rank, show::StationId station) {
  if (what == Cue::What::tail) report_never_clears(id, station);
  for (const auto& known : out_.stations[id.value]) {
    if (known.station != station) continue;
    if (what == Cue::What::head) return known.head;
    if (what == Cue::What::tail) return known.tail;
  }
  const auto key = std::tuple(id.value, static_cast<int>(what), rank, station.value);
  const auto found = crossings_.find(key);
  if (found != crossings_.end()) return found->second;
  const movement::Motion& motion = motions_[id];
  const double s = movement::station_on(show_, motion, station);
  CueId node{};
  if (what == Cue::What::rank) {
    const std::size_t last = motion.arrangement().backs_m.size();
    const std::size_t index = std::min<std::size_t>(static_cast<std::size_t>(rank), last) - 1;
    Cue cue;
    cue.what = what;
    cue.contingent = id;
    cue.station = station;
    cue.span = show_[id].span;
    cue.id = fmt::format("{}.rank-{}@{}", slug(show_[id].name), rank, slug(show_[station].name));
    cue.said = phrase("rank {} of {} crosses {}", rank, show_[id].name, show_[station].name);
    node = add_moved(id, std::move(cue), motion.rank_at(index, s));
  } else {
    node =
        moved(id, what, station, what == Cue::What::head ? motion.head_at(s) : motion.tail_at(s));
  }
  crossings_.emplace(key, node);
  return node;
}

void Compiler::report_never_clears(show::ContingentId id, show::StationId station) {
  const movement::Motion& motion = motions_[id];
  const double short_by = movement::station_on(show_, motion, station) - motion.tail_end_m();
  if (!motion.stays() || short_by <= 1e-6) return;
  Finding finding;
  finding.severity = Severity::error;
  finding.code = "plan.never-clears";
  finding.span = show_[id].span;
  finding.message = phrase(
      "{} stays with its tail {:.1f} m before it clears {}: the moment at which it stands is "
      "taken; name its head, or the end of its item",
      show_[id].name, short_by, show_[station].name);
  finding.who = {show_[id].name};
  out_.findings.push_back(std::move(finding));
}

Compiled compile(const show::Show& show, const movement::Motions& motions, const guests::Day& day) {
  return Compiler(show, motions, day).run();
}

}  // namespace defilada::plan
