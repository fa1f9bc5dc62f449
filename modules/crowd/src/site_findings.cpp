// SPDX-License-Identifier: MIT
// What a planner has to know of a site's run.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "check_parts.hpp"
#include "defilada/crowd/site_run.hpp"
#include "routes.hpp"

namespace defilada::crowd {
namespace {

constexpr std::size_t kMostNames = 20;

Count count(std::uint64_t number) {
  return {static_cast<std::int64_t>(number)};
}

double length_of(const Shape& shape) {
  const auto* line = std::get_if<Line>(&shape);
  const auto& points = line != nullptr ? *line : std::get<geo::Polygon>(shape).outer;
  double sum = 0;
  for (std::size_t k = 0; k + 1 < points.size(); ++k) sum += length(points[k + 1] - points[k]);
  return sum;
}

class SiteFindings {
 public:
  SiteFindings(const Site& site, const SiteRun& run)
      : site_(site), ground_(site.ground), limits_(site.limits), run_(run) {}

  std::vector<Finding> all() {
    for (const Spell& spell : run_.dense) dense(spell);
    for (const Spell& spell : run_.poor_service) poor_service(spell);
    for (std::size_t g = 0; g < run_.gates.size(); ++g) queue(g);
    for (const Stuck& stuck : run_.stuck) stopped(stuck);
    unfinished();
    clearance();
    std::stable_sort(found_.begin(), found_.end(), [](const Finding& a, const Finding& b) {
      return a.begin.value_or(Time{}) < b.begin.value_or(Time{});
    });
    return std::move(found_);
  }

 private:
  Finding& add(Severity severity, std::string code, Span span, Phrase message) {
    Finding& it = found_.emplace_back();
    it.severity = severity;
    it.code = std::move(code);
    it.span = span;
    it.message = std::move(message);
    return it;
  }
  static void during(Finding& it, double from_s, double to_s) {
    it.begin = time_from_seconds(from_s);
    it.end = time_from_seconds(to_s);
  }
  void place(Finding& it, Vec2 at, LevelId level) const {
    it.place = {at.x + site_.offset.x, at.y + site_.offset.y, ground_.levels[level].height_m};
  }

  /// What has a name and lies nearest: its name, and its place in the file.
  struct Nearest {
    const std::string* name = nullptr;
    Span span;
    double away_m = 15;  ///< farther off a name says nothing
  };
  [[nodiscard]] Nearest nearest(Vec2 at, LevelId level) const {
    Nearest best;
    const auto offer = [&](const auto& each, const Shape& shape) {
      const double away = distance(shape, at);
      if (each.level != level || each.name.empty() || away >= best.away_m) return;
      best = {&each.name, each.span, away};
    };
    for (const Gate& each : ground_.gates) offer(each, each.line);
    for (const Exit& each : ground_.exits) offer(each, each.shape);
    for (const Closure& each : ground_.closures) offer(each, each.shape);
    for (const Stair& each : ground_.stairs) offer(each, each.polygon);
    if (best.name != nullptr) return best;
    // Areas are large: beside a door it is the door that tells where.
    for (const WaitingArea& each : ground_.waits) offer(each, each.polygon);
    for (const StartArea& each : ground_.starts) offer(each, each.polygon);
    return best;
  }
  [[nodiscard]] Phrase where(Vec2 at, const Nearest& near) const {
    const Vec2 file = at + site_.offset;
    if (near.name == nullptr) return phrase("at x {:.1f}, y {:.1f}", file.x, file.y);
    return phrase("near {} (x {:.1f}, y {:.1f})", named(*near.name), file.x, file.y);
  }

  /// Where people press on a gate or an exit: a second one, so wide that the same people have as
  /// much more room as it is too dense.
  [[nodiscard]] Phrase measure_against(const Spell& spell) const {
    constexpr double kBefore_m = 15;
    double least = kBefore_m;
    double width_m = 0;
    bool of_gate = false;
    const auto offer = [&](LevelId level, const Shape& shape, bool gate) {
      const double away = distance(shape, spell.place);
      if (level != spell.level || away >= least) return;
      least = away;
      width_m = length_of(shape);
      of_gate = gate;
    };
    for (const Gate& each : ground_.gates) offer(each.level, each.line, true);
    for (const Exit& each : ground_.exits) offer(each.level, each.shape, false);
    if (width_m <= 0) return phrase("open a wider or a second way there");
    const double more_m = std::max(1.0, std::ceil(width_m * (spell.density / limits_.density - 1)));
    return of_gate ? phrase("open a second gate of {:.0f} m", more_m)
                   : phrase("open a second exit of {:.0f} m", more_m);
  }

  void dense(const Spell& spell) {
    const Nearest near = nearest(spell.place, spell.level);
    Finding& it = add(Severity::error, "crowd.dense", near.span,
                      phrase("over {:.1f} people per m² for {:.0f} s {} from {:.0f} s on, up to "
                             "{:.1f}: {}",
                             limits_.density, spell.to_s - spell.from_s, where(spell.place, near),
                             spell.from_s, spell.density, measure_against(spell)));
    during(it, spell.from_s, spell.to_s);
    place(it, spell.place, spell.level);
  }

  void poor_service(const Spell& spell) {
    const Nearest near = nearest(spell.place, spell.level);
    Finding& it =
        add(Severity::warning, "crowd.low-service", near.span,
            phrase("worse than level of service {} for {:.0f} s {} from {:.0f} s on: level {} with "
                   "up to {:.2f} people per m²",
                   letter(limits_.service.value_or(LevelOfService::f)), spell.to_s - spell.from_s,
                   where(spell.place, near), spell.from_s, letter(level_of_service(spell.density)),
                   spell.density));
    during(it, spell.from_s, spell.to_s);
    place(it, spell.place, spell.level);
  }

  void queue(std::size_t index) {
    const Gate& gate = ground_.gates[index];
    const Passage& passage = run_.gates[index];
    if (passage.longest_wait_s <= limits_.wait_s) return;
    const double more = std::ceil(gate.lanes * (passage.longest_wait_s / limits_.wait_s - 1));
    Finding& it = add(
        Severity::warning, "crowd.long-wait", gate.span,
        phrase("somebody waits {:.0f} s before the gate {}, longer than {:.0f} s; up to {} people "
               "wait there: about {:.0f} more lanes",
               passage.longest_wait_s, named(gate.name), limits_.wait_s,
               count(run_.longest_queues[index]), std::max(1.0, more)));
    during(it, passage.first_s, passage.last_s);
    place(it, 0.5 * (gate.line.front() + gate.line.back()), gate.level);
  }

  [[nodiscard]] Phrase before(const Stuck& stuck) const {
    switch (stuck.before) {
      case Stuck::Before::exit:
        return phrase("they block each other before the exit {}",
                      named(ground_.exits[stuck.index].name));
      case Stuck::Before::gate:
        return phrase("they block each other before the gate {}",
                      named(ground_.gates[stuck.index].name));
      case Stuck::Before::crossing:
        return phrase("they block each other before {}, which is shut",
                      named(ground_.closures[stuck.index].name));
      case Stuck::Before::nothing: break;
    }
    if (stuck.who.size() == 1) return phrase("nobody and no wall is in the way");
    return stuck.leaves ? phrase("they block each other")
                        : phrase("they block each other on their way to a waiting area");
  }
  [[nodiscard]] Phrase why(const Stuck& stuck) const {
    switch (stuck.by) {
      case Stuck::By::no_way: return phrase("no way leads on from there");
      case Stuck::By::narrow:
        return phrase("the way is {:.2f} m wide there, a body {:.2f} m", stuck.gap_m, stuck.body_m);
      case Stuck::By::others: break;
    }
    return before(stuck);
  }

  void stopped(const Stuck& stuck) {
    const Nearest near = nearest(stuck.place, stuck.level);
    // Who finds a waiting area full gets in when others leave it.
    const bool waits = stuck.by == Stuck::By::others && !stuck.leaves;
    Finding& it =
        add(waits ? Severity::warning : Severity::error, "crowd.stuck", near.span,
            stuck.who.size() == 1
                ? phrase("one person does not get on {} from {:.0f} s on: {}",
                         where(stuck.place, near), stuck.since_s, why(stuck))
                : phrase("{} people do not get on {} from {:.0f} s on: {}", count(stuck.who.size()),
                         where(stuck.place, near), stuck.since_s, why(stuck)));
    during(it, stuck.since_s, run_.simulated_s);
    place(it, stuck.place, stuck.level);
    for (std::size_t k = 0; k < std::min(kMostNames, stuck.who.size()); ++k) {
      it.who.push_back("person " + std::to_string(stuck.who[k]));
    }
  }

  void unfinished() {
    std::uint64_t stuck = 0;
    for (const Stuck& each : run_.stuck) stuck += each.who.size();
    const std::uint64_t inside = run_.inside - std::min(run_.inside, stuck);
    if (inside + run_.to_come == 0) return;
    Finding& it = add(Severity::warning, "crowd.unfinished", {},
                      phrase("the run ends at {:.0f} s with {} people on their way or waiting and "
                             "{} yet to come: --until gives it more time",
                             run_.simulated_s, count(inside), count(run_.to_come)));
    during(it, run_.simulated_s, run_.simulated_s);
  }

  void clearance() {
    if (!run_.clearance_s) return;
    double free_s = 0;
    for (const StartArea& each : ground_.starts) {
      if (each.agents.value_or(0) > 0) free_s = std::max({free_s, each.from_s, each.to_s});
    }
    for (const WaitingArea& each : ground_.waits) free_s = std::max(free_s, each.until_s);
    const double took_s = *run_.clearance_s - free_s;
    if (took_s <= limits_.clear_s) return;
    Finding& it =
        add(Severity::warning, "crowd.slow-clearance", limits_.span,
            phrase("the last one is out {:.0f} s after the last came or was free to leave, later "
                   "than {:.0f} s: wider exits, or people who leave one area after another",
                   took_s, limits_.clear_s));
    during(it, free_s, *run_.clearance_s);
  }

  const Site& site_;
  const Ground& ground_;
  const SiteLimits& limits_;
  const SiteRun& run_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> findings_of(const Site& site, const SiteRun& run) {
  if (run.interrupted) return {};
  return SiteFindings(site, run).all();
}

}  // namespace defilada::crowd
