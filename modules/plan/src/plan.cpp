// SPDX-License-Identifier: MIT
#include "defilada/plan/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <tuple>
#include <utility>

#include "defilada/figures/faults.hpp"
#include "defilada/movement/bake.hpp"
#include "defilada/movement/limits.hpp"
#include "defilada/show/print.hpp"
#include "explain.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

class Stopwatch {
 public:
  /// Seconds since the last call.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Severity first, then time, then the order in which they were found.
void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    if (a.severity != b.severity) return a.severity < b.severity;
    return a.begin.value_or(Time{}) < b.begin.value_or(Time{});
  });
}

/// Items that nothing ties to a clock time start at midnight: nobody meant that.
void find_unanchored(const show::Show& show, const Compiled& compiled,
                     const programme::Windows& windows, Plan& plan) {
  for (std::uint32_t i = 0; i < show.items.size(); ++i) {
    const auto start = compiled.item_start[i];
    if (windows.earliest[start.value].us > 0) continue;
    const show::Item& item = show.items[i];
    if (item.at) continue;  // at 00:00 itself, or so near that its tolerance reaches it
    Finding finding;
    finding.severity = Severity::warning;
    finding.code = "plan.no-beginning";
    finding.span = item.span;
    finding.message = phrase(
        "nothing says when {} starts: it stands at 00:00; give it, or something before it, a clock "
        "time",
        item.name);
    plan.findings.push_back(std::move(finding));
  }
}

/// What movement found, now that the clock is known.
void add_at_clock(const std::vector<movement::MotionFinding>& found, Plan& plan) {
  for (const auto& each : found) {
    const auto start = each.contingent ? plan.contingents[each.contingent->value].steps_off
                                       : std::optional<Time>();
    plan.findings.push_back(each.at(start.value_or(Time{})));
  }
}

/// In a line-up nobody should have to set off before those who stand in front of them do, though
/// the gap would last until they do.
void find_early_starts(const show::Show& show, const movement::Motions& motions, Plan& plan) {
  for (const ContingentPlan& card : plan.contingents) {
    if (!card.ahead || !card.steps_off || show[show[card.contingent].procession].air) continue;
    const auto& ahead = plan.contingents[card.ahead->value];
    const movement::Motion& own = motions[card.contingent];
    const bool behind = own.start_m() <= motions[*card.ahead].tail_s(0);
    if (!behind || *card.steps_off >= *ahead.steps_off) continue;
    Finding finding;
    finding.severity = Severity::warning;
    finding.code = "plan.steps-off-first";
    finding.span = show[card.contingent].span;
    finding.begin = card.steps_off;
    finding.end = ahead.steps_off;
    const geo::Vec2 place = own.route().at(own.start_m()).position;
    finding.place = {place.x, place.y, 0};
    finding.who = {show[card.contingent].name, show[*card.ahead].name};
    finding.message = phrase(
        "{} steps off {} before {}, which stands in front of it: a larger gap in the line-up, or a "
        "longer headway, lets them go in their order",
        show[card.contingent].name,
        Measure{show::print_duration(*ahead.steps_off - *card.steps_off)}, show[*card.ahead].name);
    plan.findings.push_back(std::move(finding));
  }
}

/// Whoever countermarches on the way of those behind comes back through them.
void find_meetings(const show::Show& show, const movement::Motions& motions, Plan& plan) {
  for (const ContingentPlan& card : plan.contingents) {
    if (!card.ahead || !card.steps_off || show[show[card.contingent].procession].air) continue;
    const movement::Motion& back = motions[*card.ahead];
    const movement::Motion& own = motions[card.contingent];
    const Time first = *plan.contingents[card.ahead->value].steps_off;
    const auto met = movement::meets_coming_back(back, own, (*card.steps_off - first).seconds());
    if (!met) continue;
    Finding finding;
    finding.severity = Severity::error;
    finding.code = "plan.countermarch-meets";
    finding.span = show[*card.ahead].span;
    for (const movement::Drilled& each : back.drill()) {
      if (each.turns_back) finding.span = show[*card.ahead].drill[each.evolution].span;
    }
    finding.begin = finding.end = first + duration_from_seconds(met->t_s);
    const geo::Vec2 place = own.route().at(met->at_m).position;
    finding.place = {place.x, place.y, 0};
    finding.who = {show[*card.ahead].name, show[card.contingent].name};
    finding.message = phrase(
        "{} comes back from its countermarch through {}, which is still on the way out at {:.0f} "
        "m: let it end before, draw the way back beside those behind, or a march of its own",
        show[*card.ahead].name, show[card.contingent].name, met->at_m);
    plan.findings.push_back(std::move(finding));
  }
}

/// What is wrong with the figures, at the time over target of their flights.
void add_figures(const show::Show& show, Plan& plan) {
  for (Finding& finding : figures::find_faults(show)) {
    for (const ContingentPlan& card : plan.contingents) {
      if (show[card.contingent].name == finding.who.front()) finding.begin = card.over_target;
    }
    plan.findings.push_back(std::move(finding));
  }
}

bool report_progress(const Options& options, std::string_view stage, double share) {
  return !options.progress || options.progress(stage, share);
}

/// Performers in place are there from the first item of the show proper, or the first to form up,
/// to its end.
std::pair<double, double> whole_time(const show::Show& show, const Plan& plan) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  double begin = kNone;
  double end = -kNone;
  for (const ItemPlan& timed : plan.items) {
    if (!performs(show, show[timed.item])) continue;
    begin = std::min(begin, timed.start.seconds());
    end = std::max(end, timed.end.seconds());
  }
  for (const ContingentPlan& card : plan.contingents) {
    if (card.forms_up) begin = std::min(begin, card.forms_up->seconds());
    if (card.steps_off) begin = std::min(begin, card.steps_off->seconds());
    if (card.disperses) end = std::max(end, card.disperses->seconds());
    if (card.stands) end = std::max(end, card.stands->seconds());
  }
  if (begin > end) begin = end = 0;  // nothing moves and nothing is on the programme
  return {begin, std::max(end, begin + 1)};
}

bool bake_all(const show::Show& show, const movement::Motions& motions, const Options& options,
              Plan& plan) {
  const auto [begin, end] = whole_time(show, plan);
  plan.tracks.movers.reserve(static_cast<std::size_t>(plan.counts.movers));
  for (std::uint32_t c = 0; c < show.contingents.size(); ++c) {
    const ContingentPlan& card = plan.contingents[c];
    if (c % 16 == 0 &&
        !report_progress(options, "tracks",
                         static_cast<double>(c) / static_cast<double>(show.contingents.size()))) {
      return false;
    }
    if (motions.by_contingent[c]) {
      const double steps_off = card.steps_off->seconds();
      movement::bake(show, *motions.by_contingent[c],
                     card.forms_up ? card.forms_up->seconds() : steps_off, steps_off, plan.tracks,
                     end);
    } else {
      movement::bake_in_place(show, show::ContingentId{c}, *motions.in_place[c], begin, end,
                              plan.tracks);
    }
  }
  return true;
}

/// A programme whose sums could overflow is not solved: lengths of centuries are a slip of the pen.
bool sums_fit(const Compiled& compiled, Plan& plan) {
  if (programme::sums_are_exact(compiled.network)) return true;
  Finding finding;
  finding.severity = Severity::error;
  finding.code = "plan.too-long";
  finding.message = phrase("the programme's lengths add up to more than 36 000 years");
  plan.findings.push_back(std::move(finding));
  return false;
}

programme::SolveOptions solve_options(const Compiled& compiled) {
  programme::SolveOptions options;
  for (const Told& told : compiled.told) options.physics.push_back(told.physics);
  return options;
}

}  // namespace

std::optional<Duration> Cue::slack() const {
  if (latest == programme::kNever || earliest == programme::kAlways) return std::nullopt;
  return latest - earliest;
}

std::string mover_name(const show::Show& show, const track::Mover& mover) {
  return fmt::format("{}/{}", show.contingents[mover.contingent].name, mover.slot + 1);
}

Result<Plan> make_plan(const show::Show& show, const Options& options) {
  Plan plan;
  Stopwatch watch;
  if (!report_progress(options, "programme", 0))
    return fail(Errc::interrupted, phrase("interrupted"));
  const movement::Motions motions = movement::make_motions(show);
  plan.counts = count(show, motions);
  const guests::Day day = guests::make_day(show);
  plan.findings.insert(plan.findings.end(), day.findings.begin(), day.findings.end());
  const Compiled compiled = compile(show, motions, day);
  if (!sums_fit(compiled, plan)) return plan;
  const programme::Solution solution = programme::solve(compiled.network, solve_options(compiled));
  plan.feasible = solution.windows.has_value();
  if (!plan.feasible) {
    for (const auto& found : motions.findings) plan.findings.push_back(found.finding);
    find_blocked_lanes(show, plan);
    find_crammed_areas(show, plan);
    sort_findings(plan.findings);
    plan.conflicts = explain(compiled, solution.conflicts);
    plan.seconds.programme = watch.lap();
    return plan;
  }
  const std::vector<Time> times = planned_times(compiled, *solution.windows);
  fill_programme(show, compiled, *solution.windows, times, plan);
  fill_parts(show, plan);
  fill_guests(show, day, options.tracks, plan);
  fill_contingents(show, motions, compiled, times, plan);
  fill_flights(show, motions, compiled, times, *solution.windows, plan);
  fill_reviews(show, motions, compiled, times, plan);
  if (show.items.empty()) {
    const auto [begin, end] = whole_time(show, plan);
    plan.start = time_from_seconds(begin);
    plan.end = time_from_seconds(end);
  }
  fill_published(show, compiled, times, plan);
  find_unanchored(show, compiled, *solution.windows, plan);
  std::stable_sort(plan.cues.begin(), plan.cues.end(), [](const Cue& a, const Cue& b) {
    return std::tie(a.time, a.id) < std::tie(b.time, b.id);
  });
  for (const Finding& finding : compiled.findings) plan.findings.push_back(finding);
  add_at_clock(motions.findings, plan);
  add_at_clock(movement::check_limits(show, motions), plan);
  find_early_starts(show, motions, plan);
  find_meetings(show, motions, plan);
  add_figures(show, plan);
  plan.seconds.programme = watch.lap();

  if (options.tracks) {
    if (!bake_all(show, motions, options, plan))
      return fail(Errc::interrupted, phrase("interrupted"));
    plan.seconds.tracks = watch.lap();
  }
  find_blocked_lanes(show, plan);
  find_crammed_areas(show, plan);
  if (options.tracks) {
    find_full_areas(show, plan);
    find_low_flights(show, plan);
  }
  if (options.tracks && options.proof) {
    if (!prove(show, options, plan) || !prove_guests(show, options, plan) ||
        !prove_abilities(show, options, plan)) {
      return fail(Errc::interrupted, phrase("interrupted"));
    }
    prove_kerbs(show, plan);
    plan.seconds.proof = watch.lap();
  }
  sort_findings(plan.findings);
  return plan;
}

}  // namespace defilada::plan
