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

namespace {

/// Rounds outwards, so that a gap in whole microseconds is never a rounding error short.
Duration duration_up(double seconds) {
  return {static_cast<std::int64_t>(std::ceil(seconds * 1e6 - 1e-3))};
}

bool at_other_heights(const show::Show& show, show::ContingentId a, show::ContingentId b) {
  const auto height = [&](show::ContingentId id) {
    return show[id].height_m.value_or(show[show[id].procession].height_m);
  };
  double vertical = 0;
  for (const show::ContingentId id : {a, b}) {
    for (const auto& part : show[id].parts) {
      vertical = std::max(vertical, show[part.kind].separation_vertical_m);
    }
  }
  return vertical > 0 && std::abs(height(a) - height(b)) >= vertical;
}

}  // namespace

void Compiler::contingent(show::ContingentId id) {
  const show::Contingent& who = show_[id];
  const movement::Motion& motion = motions_[id];
  Cue cue;
  cue.what = Cue::What::step_off;
  cue.contingent = id;
  cue.span = who.span;
  const bool air = show_[who.procession].air;
  cue.id = slug(who.name) + (who.hold ? ".leaves-hold" : air ? ".joins" : ".steps-off");
  cue.said = who.hold ? phrase("{} leaves its hold", who.name)
             : air    ? phrase("{} joins the line", who.name)
                      : phrase("{} steps off", who.name);
  const CueId step_off = add_cue(std::move(cue));
  out_.step_off[id.value] = step_off;
  out_.network.at_least(programme::kMidnight, step_off, {}, day_);
  movement_of_[id.value] =
      tell({phrase("{} moves as its gaits and way say", who.name), who.span, true, {}});
  out_.told.back().exact_lengths = true;
  if (who.hold) hold(id);
  for (const show::StationId station : stations_of(id)) {
    const double s = movement::station_on(show_, motion, station);
    Compiled::Station crossing{station, {}, {}};
    crossing.head = moved(id, Cue::What::head, station, motion.head_at(s));
    // One that stays there never clears it.
    crossing.tail = s > motion.tail_end_m() + 1e-6
                        ? stands(id)
                        : moved(id, Cue::What::tail, station, motion.tail_at(s));
    out_.stations[id.value].push_back(crossing);
  }
  for (std::size_t i = 0; i < who.drill.size(); ++i) {
    for (const bool ends : {false, true}) static_cast<void>(evolution(id, i, ends));
  }
}

CueId Compiler::stands(show::ContingentId id) {
  const auto key = std::tuple(id.value, static_cast<int>(Cue::What::stands), 0, 0U);
  const auto found = crossings_.find(key);
  if (found != crossings_.end()) return found->second;
  Cue cue;
  cue.what = Cue::What::stands;
  cue.contingent = id;
  cue.span = show_[id].span;
  cue.id = slug(show_[id].name) + ".stands";
  cue.said = phrase("{} stands at {}", show_[id].name,
                    show_[show_[show_[id].procession].stays->station].name);
  return crossings_.emplace(key, add_moved(id, std::move(cue), motions_[id].duration_s()))
      .first->second;
}

CueId Compiler::moved(show::ContingentId id, Cue::What what, show::StationId station,
                      double after_s) {
  const show::Contingent& who = show_[id];
  const char* const part = what == Cue::What::head ? "head" : "tail";
  Cue cue;
  cue.what = what;
  cue.contingent = id;
  cue.station = station;
  cue.span = who.span;
  cue.id = fmt::format("{}.{}@{}", slug(who.name), part, slug(show_[station].name));
  const std::string& place = show_[station].name;
  cue.said = what == Cue::What::head   ? phrase("head of {} crosses {}", who.name, place)
             : what == Cue::What::tail ? phrase("tail of {} clears {}", who.name, place)
                                       : phrase("tail of {} crosses {}", who.name, place);
  return add_moved(id, std::move(cue), after_s);
}

CueId Compiler::add_moved(show::ContingentId id, Cue cue, double after_s) {
  const CueId node = add_cue(std::move(cue));
  out_.network.exactly(out_.step_off[id.value], node, duration_from_seconds(after_s),
                       movement_of_[id.value]);
  return node;
}

/// Not before it has joined the line.
bool Compiler::on_shared_line(show::ContingentId id, const show::Station& station) const {
  const auto& joins = show_[id].joins;
  return !joins || station.s_m >= show_[joins->station].s_m - 1e-6;
}

std::vector<show::StationId> Compiler::stations_of(show::ContingentId id) const {
  const movement::Motion& motion = motions_[id];
  const show::Procession& procession = show_[show_[id].procession];
  std::vector<std::pair<double, show::StationId>> found;
  for (std::uint32_t i = 0; i < show_.site.stations.size(); ++i) {
    const show::Station& station = show_.site.stations[i];
    if (const auto& joins = show_[id].joins; joins && station.route == joins->from) {
      const double s = movement::station_on(show_, motion, show::StationId{i});
      // Not where the turn onto the line has cut the corner.
      const bool on_its_way = geo::length(motion.route().at(s).position - station.position) < 1;
      if (s >= motion.start_m() - 1e-6 && on_its_way) found.emplace_back(s, show::StationId{i});
      continue;
    }
    if (!on_shared_line(id, station)) continue;
    if (station.route != procession.route) {
      const double shared =
          show_[procession.route].geometry.shared_length(show_[station.route].geometry);
      if (shared <= 0 || station.s_m > shared + 1e-6) continue;
    }
    // Farther along the line than where they break off: not on their way, however near it passes.
    if (procession.break_off && station.s_m > show_[procession.break_off->station].s_m + 1e-6) {
      continue;
    }
    const double s = movement::station_on(show_, motion, show::StationId{i});
    if (s < motion.start_m() - 1e-6 || s > motion.end_m() + 1e-6) continue;
    found.emplace_back(s, show::StationId{i});
  }
  std::sort(found.begin(), found.end());
  std::vector<show::StationId> stations;
  for (const auto& [s, station] : found) stations.push_back(station);
  return stations;
}

void Compiler::spacing(const show::Procession& procession) {
  // Contingents that take the procession's own spacing share one statement and its knobs.
  StatementId shared{};
  for (std::size_t i = 0; i < procession.order.size(); ++i) {
    const show::ContingentId behind = procession.order[i];
    const show::Contingent& who = show_[behind];
    if (who.spacing && (i > 0 || procession.follows)) {
      const show::ContingentId ahead =
          i > 0 ? procession.order[i - 1] : show_[*procession.follows].order.back();
      const StatementId own = tell_spacing(*who.spacing, who.name);
      asked({ahead, behind}, *who.spacing, own);
      spacing_knobs(*who.spacing, own, who.name);
    } else if (procession.spacing && i > 0) {
      if (shared == StatementId{}) shared = tell_spacing(*procession.spacing, procession.name);
      asked({procession.order[i - 1], behind}, *procession.spacing, shared);
    }
    if (const auto ahead = contingent_ahead(show_, behind)) {
      keep_apart(procession, {*ahead, behind});
    }
  }
  if (!(shared == StatementId{})) spacing_knobs(*procession.spacing, shared, procession.name);
}

std::string Compiler::spacing_value(const show::Spacing& spacing) {
  return spacing.time ? print_duration(*spacing.time) : fmt::format("{:g} m", *spacing.distance_m);
}

StatementId Compiler::tell_spacing(const show::Spacing& spacing, const std::string& owner) {
  const Measure value{spacing_value(spacing)};
  const std::string& station = show_[spacing.station].name;
  return tell({spacing.measure == show::SpacingMeasure::headway
                   ? phrase("headway of {} at {} ({})", value, station, owner)
                   : phrase("gap of {} at {} ({})", value, station, owner),
               spacing.span,
               false,
               {}});
}

Duration Compiler::asked_delay(const Pair& pair, const show::Spacing& spacing) const {
  const movement::Motion& ahead = motions_[pair.ahead];
  const movement::Motion& behind = motions_[pair.behind];
  const double s_ahead = movement::station_on(show_, ahead, spacing.station);
  const double s_behind = movement::station_on(show_, behind, spacing.station);
  const bool head = spacing.measure == show::SpacingMeasure::headway;
  const double beyond = s_ahead + spacing.distance_m.value_or(0);
  const double first = head ? ahead.head_at(beyond) : ahead.tail_at(beyond);
  Duration delay = duration_from_seconds(first - behind.head_at(s_behind));
  if (spacing.time) delay += *spacing.time;
  return delay;
}

void Compiler::asked(const Pair& pair, const show::Spacing& spacing, StatementId statement) {
  const std::uint32_t index =
      out_.network.exactly(out_.step_off[pair.ahead.value], out_.step_off[pair.behind.value],
                           asked_delay(pair, spacing), statement);
  spacing_edges_[statement.value].push_back(index);
}

void Compiler::spacing_knobs(const show::Spacing& spacing, StatementId statement,
                             const std::string& owner) {
  if (!spacing.time) return;  // a distance is another delay at every speed: no one amount to move
  const Duration now = *spacing.time;
  const auto& edges = spacing_edges_[statement.value];
  for (const int sign : {-1, 1}) {
    std::vector<Move> moves;
    for (const std::uint32_t index : edges) {
      moves.push_back({index, sign});
      moves.push_back({index + 1, -sign});
    }
    const auto value = [now, sign](Duration d) { return print_duration({now.us + sign * d.us}); };
    out_.told[statement.value].knobs.push_back(
        {std::move(moves),
         [=](Duration d) {
           return phrase("{} in place of {} between the contingents of {}", Measure{value(d)},
                         Measure{print_duration(now)}, owner);
         },
         spacing.span.known() ? std::function<Edit(Duration)>([=, span = spacing.span](Duration d) {
           return Edit{span, value(d)};
         })
                              : nullptr,
         sign < 0 ? now : Duration{programme::kMostBound}});
  }
}

void Compiler::keep_apart(const show::Procession& procession, const Pair& pair) {
  const movement::Motion& ahead = motions_[pair.ahead];
  const movement::Motion& behind = motions_[pair.behind];
  const auto shared = movement::shared_way(show_, ahead, behind);
  const auto delay = movement::least_delay_s(ahead, behind, procession.gap_min_m, shared);
  if (!delay) return;  // their ways part before either is on the other's
  const std::string& follower = show_[pair.behind].name;
  const std::string& leader = show_[pair.ahead].name;
  const StatementId statement =
      tell({procession.gap_min_m > 0
                ? phrase("{}: at least {:g} m behind {} all the way", follower,
                         procession.gap_min_m, leader)
                : phrase("{}: 0 m or more behind {} all the way, off its heels", follower, leader),
            procession.gap_min_span.known() ? procession.gap_min_span : procession.span,
            procession.gap_min_m == 0,
            {}});
  out_.network.at_least(out_.step_off[pair.ahead.value], out_.step_off[pair.behind.value],
                        duration_up(*delay), statement);
}

std::optional<show::ContingentId> contingent_ahead(const show::Show& show,
                                                   show::ContingentId contingent) {
  const show::Procession* procession = &show[show[contingent].procession];
  auto place = std::find(procession->order.begin(), procession->order.end(), contingent);
  while (true) {
    while (place != procession->order.begin()) {
      --place;
      if (!procession->air || !at_other_heights(show, *place, contingent)) return *place;
    }
    if (!procession->follows) return std::nullopt;
    procession = &show[*procession->follows];
    place = procession->order.end();
  }
}

}  // namespace defilada::plan
