// SPDX-License-Identifier: MIT
#include "compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "defilada/core/check.hpp"
#include "defilada/core/slug.hpp"
#include "defilada/show/print.hpp"

namespace defilada::plan {
namespace {

using programme::CueId;
using programme::Move;
using programme::StatementId;
using show::print_duration;

/// Rounds outwards, so that a gap in whole microseconds is never a rounding error short.
Duration duration_up(double seconds) {
  return {static_cast<std::int64_t>(std::ceil(seconds * 1e6 - 1e-3))};
}

std::string clock_text(const show::Show& show, Time time) {
  const bool whole = time.us % 1'000'000 == 0;
  return show.clock.wall_clock(time, whole ? 0 : 3);
}

class Compiler {
 public:
  Compiler(const show::Show& show, const movement::Motions& motions)
      : show_(show), motions_(motions) {}

  Compiled run() {
    day_ = tell({"nothing happens before 00:00 of the date", {}, true, {}});
    out_.item_start.resize(show_.items.size());
    out_.item_end.resize(show_.items.size());
    out_.step_off.resize(show_.contingents.size());
    out_.stations.resize(show_.contingents.size());
    movement_of_.resize(show_.contingents.size());
    for (std::uint32_t c = 0; c < show_.contingents.size(); ++c) {
      if (show_.contingents[c].procession.valid()) contingent(show::ContingentId{c});
    }
    for (const auto& procession : show_.processions) spacing(procession);
    for (std::uint32_t i = 0; i < show_.items.size(); ++i) item_cues(show::ItemId{i});
    for (std::uint32_t i = 0; i < show_.items.size(); ++i) item(show::ItemId{i});
    for (const auto& rule : show_.rules) this->rule(rule);
    for (const auto& row : show_.published) {
      out_.published_from.push_back(row.from ? node_of(*row.from) : programme::kMidnight);
      out_.published_to.push_back(row.to ? node_of(*row.to) : programme::kMidnight);
    }
    if (show_.wanted) {
      out_.wanted_from = node_of(show_.wanted->from);
      out_.wanted_to = node_of(show_.wanted->to);
    }
    return std::move(out_);
  }

 private:
  // ------------------------------------------------------------- building blocks

  StatementId tell(Told told) {
    out_.told.push_back(std::move(told));
    return {static_cast<std::uint32_t>(out_.told.size() - 1)};
  }

  CueId add_cue(Cue cue) {
    const CueId id = out_.network.add_cue();
    out_.cues.push_back(std::move(cue));
    return id;
  }

  /// `to` is `least` to `most` after `from`; each bound that is there becomes a constraint and,
  /// with a span, a knob.
  struct Bounds {
    std::optional<std::uint32_t> least;
    std::optional<std::uint32_t> most;
  };
  Bounds window(CueId from, CueId to, const show::Window& window, StatementId statement) {
    Bounds bounds;
    if (window.least) {
      bounds.least = out_.network.at_least(from, to, *window.least, statement);
    }
    if (window.most) bounds.most = out_.network.at_most(from, to, *window.most, statement);
    return bounds;
  }

  static std::string window_text(const show::Window& window) {
    if (window.least && window.most) {
      if (*window.least == *window.most) return print_duration(*window.least);
      return print_duration(*window.least) + " to " + print_duration(*window.most);
    }
    if (window.least) return "at least " + print_duration(*window.least);
    if (window.most) return "at most " + print_duration(*window.most);
    return "at least 0 s";
  }

  /// Knobs of a window: exact ones move both ways, open ones give way on the side that is bound.
  static std::vector<Knob> window_knobs(const Bounds& bounds, const show::Window& window, Span span,
                                        const std::string& subject) {
    std::vector<Knob> knobs;
    const auto knob = [&](std::vector<Move> moves, int least_sign, int most_sign, Duration limit,
                          const char* how) {
      const auto changed = [window, least_sign, most_sign](Duration d) {
        show::Window next = window;
        if (next.least) next.least->us += least_sign * d.us;
        if (next.most) next.most->us += most_sign * d.us;
        return next;
      };
      knobs.push_back({std::move(moves),
                       [=](Duration d) {
                         return fmt::format("{}: {} in place of {} ({} {})", subject,
                                            window_text(changed(d)), window_text(window),
                                            print_duration(d), how);
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
        knob({{*bounds.most, -1}, {*bounds.least, 1}}, -1, -1, to_zero, "less");
      }
      knob({{*bounds.most, 1}, {*bounds.least, -1}}, 1, 1, Duration{programme::kMostBound}, "more");
      return knobs;
    }
    if (bounds.least && to_zero.us > 0) knob({{*bounds.least, 1}}, -1, 0, to_zero, "less");
    if (bounds.most) knob({{*bounds.most, 1}}, 0, 1, Duration{programme::kMostBound}, "more");
    return knobs;
  }

  std::string clock(Time time) const { return clock_text(show_, time); }

  // ------------------------------------------------------------- movement

  void contingent(show::ContingentId id) {
    const show::Contingent& who = show_[id];
    const movement::Motion& motion = motions_[id];
    Cue cue;
    cue.what = Cue::What::step_off;
    cue.contingent = id;
    cue.span = who.span;
    cue.id = slug(who.name) + (show_[who.procession].air ? ".joins" : ".steps-off");
    cue.label = who.name + (show_[who.procession].air ? " joins the line" : " steps off");
    const CueId step_off = add_cue(std::move(cue));
    out_.step_off[id.value] = step_off;
    out_.network.at_least(programme::kMidnight, step_off, {}, day_);
    movement_of_[id.value] =
        tell({fmt::format("{} moves as its gaits and way say", who.name), who.span, true, {}});
    for (const show::StationId station : stations_of(id)) {
      const double s = movement::station_on(show_, motion, station);
      Compiled::Station crossing{station, {}, {}};
      crossing.head = moved(id, Cue::What::head, station, motion.head_at(s));
      crossing.tail = moved(id, Cue::What::tail, station, motion.tail_at(s));
      out_.stations[id.value].push_back(crossing);
    }
  }

  /// A cue that comes a fixed time after stepping off.
  CueId moved(show::ContingentId id, Cue::What what, show::StationId station, double after_s) {
    const show::Contingent& who = show_[id];
    const char* const part = what == Cue::What::head ? "head" : "tail";
    Cue cue;
    cue.what = what;
    cue.contingent = id;
    cue.station = station;
    cue.span = who.span;
    cue.id = fmt::format("{}.{}@{}", slug(who.name), part, slug(show_[station].name));
    cue.label = fmt::format("{} of {} {} {}", part, who.name,
                            what == Cue::What::tail ? "clears" : "crosses", show_[station].name);
    return add_moved(id, std::move(cue), after_s);
  }

  CueId add_moved(show::ContingentId id, Cue cue, double after_s) {
    const CueId node = add_cue(std::move(cue));
    out_.network.exactly(out_.step_off[id.value], node, duration_from_seconds(after_s),
                         movement_of_[id.value]);
    return node;
  }

  /// Stations that the contingent passes, in the order of its way.
  std::vector<show::StationId> stations_of(show::ContingentId id) const {
    const movement::Motion& motion = motions_[id];
    const show::Procession& procession = show_[show_[id].procession];
    std::vector<std::pair<double, show::StationId>> found;
    for (std::uint32_t i = 0; i < show_.site.stations.size(); ++i) {
      const show::Station& station = show_.site.stations[i];
      if (station.route != procession.route) {
        const double shared =
            show_[procession.route].geometry.shared_length(show_[station.route].geometry);
        if (station.s_m > shared + 1e-6) continue;
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

  // ------------------------------------------------------------- order of march

  struct Pair {
    show::ContingentId ahead;
    show::ContingentId behind;
  };

  void spacing(const show::Procession& procession) {
    // Contingents that take the procession's own spacing share one statement and one knob.
    StatementId shared{};
    for (std::size_t i = 0; i < procession.order.size(); ++i) {
      const show::ContingentId behind = procession.order[i];
      if (i > 0) {
        const show::Contingent& who = show_[behind];
        const Pair pair{procession.order[i - 1], behind};
        if (who.spacing) {
          asked(pair, *who.spacing, tell_spacing(*who.spacing, who.name));
        } else if (procession.spacing) {
          if (shared == StatementId{}) shared = tell_spacing(*procession.spacing, procession.name);
          asked(pair, *procession.spacing, shared);
        }
      }
      if (const auto ahead = contingent_ahead(show_, behind))
        keep_apart(procession, {*ahead, behind});
    }
    if (!(shared == StatementId{})) spacing_knobs(*procession.spacing, shared, procession.name);
    for (const show::ContingentId member : procession.order) {
      const auto own = own_spacing_.find(member.value);
      if (own != own_spacing_.end())
        spacing_knobs(*show_[member].spacing, own->second, show_[member].name);
    }
  }

  static std::string spacing_value(const show::Spacing& spacing) {
    return spacing.time ? print_duration(*spacing.time)
                        : fmt::format("{:g} m", *spacing.distance_m);
  }

  StatementId tell_spacing(const show::Spacing& spacing, const std::string& owner) {
    const char* const what = spacing.measure == show::SpacingMeasure::headway ? "headway" : "gap";
    return tell({fmt::format("{} of {} at {} ({})", what, spacing_value(spacing),
                             show_[spacing.station].name, owner),
                 spacing.span,
                 false,
                 {}});
  }

  /// Delay of stepping off that gives exactly what is asked at the station.
  Duration asked_delay(const Pair& pair, const show::Spacing& spacing) const {
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

  void asked(const Pair& pair, const show::Spacing& spacing, StatementId statement) {
    const std::uint32_t index =
        out_.network.exactly(out_.step_off[pair.ahead.value], out_.step_off[pair.behind.value],
                             asked_delay(pair, spacing), statement);
    spacing_edges_[statement.value].push_back(index);
    if (show_[pair.behind].spacing) own_spacing_[pair.behind.value] = statement;
  }

  void spacing_knobs(const show::Spacing& spacing, StatementId statement,
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
             return fmt::format("{} in place of {} between the contingents of {}", value(d),
                                print_duration(now), owner);
           },
           spacing.span.known()
               ? std::function<Edit(Duration)>([=, span = spacing.span](Duration d) {
                   return Edit{span, value(d)};
                 })
               : nullptr,
           sign < 0 ? now : Duration{programme::kMostBound}});
    }
  }

  void keep_apart(const show::Procession& procession, const Pair& pair) {
    const movement::Motion& ahead = motions_[pair.ahead];
    const movement::Motion& behind = motions_[pair.behind];
    const double shared = movement::shared_m(show_, ahead, behind);
    if (shared <= behind.start_m()) return;  // their ways part before either is on the other's
    const double delay = movement::least_delay_s(ahead, behind, procession.gap_min_m, shared);
    const StatementId statement = tell(
        {fmt::format("{} keeps {} behind {} all the way", show_[pair.behind].name,
                     procession.gap_min_m > 0 ? fmt::format("at least {:g} m", procession.gap_min_m)
                                              : std::string("off the heels, 0 m or more,"),
                     show_[pair.ahead].name),
         procession.gap_min_span.known() ? procession.gap_min_span : procession.span,
         procession.gap_min_m == 0,
         {}});
    out_.network.at_least(out_.step_off[pair.ahead.value], out_.step_off[pair.behind.value],
                          duration_up(delay), statement);
  }

  // ------------------------------------------------------------- items

  void item_cues(show::ItemId id) {
    const show::Item& item = show_[id];
    Cue cue;
    cue.item = id;
    cue.span = item.span;
    cue.what = Cue::What::item_start;
    cue.id = slug(item.name) + ".starts";
    cue.label = item.name + " starts";
    out_.item_start[id.value] = add_cue(cue);
    cue.what = Cue::What::item_end;
    cue.id = slug(item.name) + ".ends";
    cue.label = item.name + " ends";
    out_.item_end[id.value] = add_cue(cue);
    out_.network.at_least(programme::kMidnight, out_.item_start[id.value], {}, day_);
    out_.network.at_least(out_.item_start[id.value], out_.item_end[id.value], {},
                          programme::kNoStatement);
  }

  void item(show::ItemId id) {
    const show::Item& item = show_[id];
    if (item.procession) {
      item_of_movement(id);
    } else {
      length(id);
    }
    if (item.at) clock_time(out_.item_start[id.value], *item.at, item.name + " starts at");
    if (item.ends_at) clock_time(out_.item_end[id.value], *item.ends_at, item.name + " ends at");
    for (const auto& after : item.after) this->after(id, after);
  }

  /// Beginning and end of a march or flypast come from its movement.
  void item_of_movement(show::ItemId id) {
    const show::Item& item = show_[id];
    const show::Procession& procession = show_[*item.procession];
    const show::ContingentId first = procession.order.front();
    const show::ContingentId last = procession.order.back();
    const StatementId statement =
        tell({fmt::format("{} lasts as long as {} moves", item.name, procession.name),
              item.span,
              true,
              {}});
    std::optional<show::StationId> from = item.from;
    std::optional<show::StationId> to = item.to;
    if (procession.air) from = to = procession.over;
    const CueId begin =
        from ? crossing(first, Cue::What::head, 0, *from) : out_.step_off[first.value];
    CueId end{};
    if (to) {
      end = crossing(last, procession.air ? Cue::What::head : Cue::What::tail, 0, *to);
    } else {
      Cue cue;
      cue.what = Cue::What::tail;
      cue.contingent = last;
      cue.span = show_[last].span;
      cue.id = slug(show_[last].name) + ".disperses";
      cue.label = show_[last].name + " disperses";
      end = add_moved(last, std::move(cue), motions_[last].duration_s());
    }
    out_.network.exactly(begin, out_.item_start[id.value], {}, statement);
    out_.network.exactly(end, out_.item_end[id.value], {}, statement);
  }

  void length(show::ItemId id) {
    const show::Item& item = show_[id];
    const Span span = item.lasts_span.known() ? item.lasts_span : item.span;
    show::Window lasts = item.lasts;
    if (!lasts.least && !lasts.most) lasts = {Duration{}, Duration{}};
    const std::string text = fmt::format("{} lasts {}", item.name, window_text(lasts));
    const bool instant = lasts.most && lasts.most->us == 0;
    const StatementId statement = tell({text, span, instant, {}});
    const Bounds bounds =
        window(out_.item_start[id.value], out_.item_end[id.value], lasts, statement);
    // Rounds at an interval change by their count, not by a length.
    if (!instant && !item.shots) {
      out_.told[statement.value].knobs =
          window_knobs(bounds, lasts, item.lasts_span, item.name + " lasts");
    }
  }

  void clock_time(CueId cue, const show::Item::At& at, const std::string& subject) {
    const std::string tolerance =
        at.within.us == 0 ? "" : fmt::format(", within {}", print_duration(at.within));
    const StatementId statement =
        tell({fmt::format("{} {}{}", subject, clock(at.time), tolerance), at.span, false, {}});
    const std::uint32_t most = out_.network.at_most(programme::kMidnight, cue,
                                                    Duration{at.time.us + at.within.us}, statement);
    const std::uint32_t least = out_.network.at_least(
        programme::kMidnight, cue, Duration{at.time.us - at.within.us}, statement);
    if (at.within.us > 0) out_.wishes.push_back({cue, at.time});
    for (const int sign : {1, -1}) {
      // Knobs outlive the compiler, not the show.
      const auto moved_to = [show = &show_, at, sign](Duration d) {
        return clock_text(*show, {at.time.us + sign * d.us});
      };
      out_.told[statement.value].knobs.push_back(
          {{{most, sign}, {least, -sign}},
           [=](Duration d) {
             return fmt::format("{} {}, {} {}", subject, moved_to(d), print_duration(d),
                                sign > 0 ? "later" : "earlier");
           },
           at.span.known() ? std::function<Edit(Duration)>([=, span = at.span](Duration d) {
             return Edit{span, moved_to(d)};
           })
                           : nullptr,
           sign > 0 ? Duration{programme::kMostBound} : Duration{at.time.us}});
    }
  }

  void after(show::ItemId id, const show::Item::After& after) {
    const show::Item& item = show_[id];
    show::Window later = after.later;
    if (!later.least && !later.most) later.least = Duration{};
    const bool at_once = later.least && later.most && later.least->us == 0 && later.most->us == 0;
    const std::string how = at_once                             ? "at the same moment as"
                            : later.most || later.least->us > 0 ? window_text(later) + " after"
                                                                : "after";
    const StatementId statement = tell(
        {fmt::format("{} starts {} {}", item.name, how, after.cue.text), after.span, false, {}});
    const Bounds bounds = window(node_of(after.cue), out_.item_start[id.value], later, statement);
    // Only an offset that the planner wrote can be another.
    if (after.later_span.known()) {
      out_.told[statement.value].knobs = window_knobs(
          bounds, later, after.later_span, item.name + " starts after " + after.cue.text);
    }
  }

  void rule(const show::Rule& rule) {
    std::string text = rule.text;
    if (!rule.because.empty()) text += fmt::format(" (because: {})", rule.because);
    const StatementId statement = tell({text, rule.span, false, {}});
    const CueId cue = node_of(rule.cue);
    if (rule.then) {
      const Bounds bounds = window(cue, node_of(*rule.then), rule.later, statement);
      out_.told[statement.value].knobs =
          window_knobs(bounds, rule.later, rule.later_span,
                       fmt::format("from {} to {}", rule.cue.text, rule.then->text));
      return;
    }
    clock_rule(rule, cue, statement);
  }

  void clock_rule(const show::Rule& rule, CueId cue, StatementId statement) {
    const Bounds bounds = window(programme::kMidnight, cue, rule.later, statement);
    const bool exact = bounds.least && bounds.most && *rule.later.least == *rule.later.most;
    const auto knob = [&](std::vector<Move> moves, Duration bound, int sign) {
      const auto moved_to = [show = &show_, bound, sign](Duration d) {
        return clock_text(*show, {bound.us + sign * d.us});
      };
      out_.told[statement.value].knobs.push_back(
          {std::move(moves),
           [moved_to, now = clock({bound.us}), name = rule.cue.text](Duration d) {
             return fmt::format("{} by {} in place of {}", name, moved_to(d), now);
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
    } else if (bounds.least && !bounds.most) {
      knob({{*bounds.least, 1}}, *rule.later.least, -1);
    }
  }

  // ------------------------------------------------------------- cues by name

  CueId node_of(const show::CueRef& ref) {
    switch (ref.what) {
      case show::CueRef::What::item_starts: return out_.item_start[ref.item.value];
      case show::CueRef::What::item_ends: return out_.item_end[ref.item.value];
      case show::CueRef::What::head:
        return crossing(ref.contingent, Cue::What::head, 0, ref.station);
      case show::CueRef::What::tail:
        return crossing(ref.contingent, Cue::What::tail, 0, ref.station);
      case show::CueRef::What::rank:
        return crossing(ref.contingent, Cue::What::rank, ref.rank, ref.station);
    }
    DEFILADA_CHECK(false);
    return {};
  }

  CueId crossing(show::ContingentId id, Cue::What what, int rank, show::StationId station) {
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
      cue.label =
          fmt::format("rank {} of {} crosses {}", rank, show_[id].name, show_[station].name);
      node = add_moved(id, std::move(cue), motion.rank_at(index, s));
    } else {
      node =
          moved(id, what, station, what == Cue::What::head ? motion.head_at(s) : motion.tail_at(s));
    }
    crossings_.emplace(key, node);
    return node;
  }

  const show::Show& show_;
  const movement::Motions& motions_;
  Compiled out_;
  StatementId day_{};
  std::vector<StatementId> movement_of_;                               ///< (contingent)
  std::map<std::uint32_t, std::vector<std::uint32_t>> spacing_edges_;  ///< statement -> constraints
  std::map<std::uint32_t, StatementId> own_spacing_;                   ///< contingent -> statement
  std::map<std::tuple<std::uint32_t, int, int, std::uint32_t>, CueId> crossings_;
};

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

Compiled compile(const show::Show& show, const movement::Motions& motions) {
  return Compiler(show, motions).run();
}

}  // namespace defilada::plan
