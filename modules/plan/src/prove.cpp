// SPDX-License-Identifier: MIT
// The proof of a show: who owes whom what (docs/proof.md, "Who keeps what from whom"), and findings
// of it, one for each cause.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "defilada/proof/separation.hpp"
#include "defilada/show/print.hpp"
#include "prove_scene.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using proof::Approach;
using proof::Rules;
using proof::SeparationOptions;
using proof::SeparationReport;

constexpr double kCap_m = 100;  ///< margins beyond are given as this

/// Pairs that come too near for one reason: two contingents, or one and an area, for a while.
struct Cause {
  std::uint32_t a = 0;  ///< contingent
  std::uint32_t b = 0;  ///< contingent, or area where `wall`
  bool wall = false;
  bool outlines = false;
  double t0_s = 0;
  double t1_s = 0;
  Approach worst;
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
};

std::vector<Cause> causes_of(const track::TrackSet& tracks, const Scene& scene,
                             const SeparationReport& report, bool outlines) {
  struct Key {
    std::uint32_t a;
    std::uint32_t b;
    bool wall;
    const Approach* approach;
  };
  std::vector<Key> keys;
  for (const Approach& each : report.conflicts) {
    const bool wall = each.b >= scene.performers;
    std::uint32_t a = tracks.movers[each.a].contingent;
    std::uint32_t b =
        wall ? scene.area[each.b - scene.performers] : tracks.movers[each.b].contingent;
    if (!wall && b < a) std::swap(a, b);
    keys.push_back({a, b, wall, &each});
  }
  std::stable_sort(keys.begin(), keys.end(), [](const Key& x, const Key& y) {
    return std::tie(x.wall, x.a, x.b, x.approach->t0_s) <
           std::tie(y.wall, y.a, y.b, y.approach->t0_s);
  });
  std::vector<Cause> causes;
  for (const Key& key : keys) {
    const Approach& each = *key.approach;
    const bool goes_on = !causes.empty() && causes.back().a == key.a && causes.back().b == key.b &&
                         causes.back().wall == key.wall &&
                         each.t0_s <= causes.back().t1_s + kOneCause_s;
    if (!goes_on)
      causes.push_back({key.a, key.b, key.wall, outlines, each.t0_s, each.t1_s, each, {}});
    Cause& cause = causes.back();
    cause.t1_s = std::max(cause.t1_s, each.t1_s);
    if (each.missing_m() > cause.worst.missing_m()) cause.worst = each;
    cause.pairs.insert({each.a, each.b});
  }
  return causes;
}

/// What stands behind in the same order, with its spacing in time: what a fix could widen.
struct Behind {
  std::uint32_t contingent = 0;
  std::uint32_t ahead = 0;
};
std::optional<Behind> behind_of(const show::Show& show, const Cause& cause) {
  const show::Contingent& a = show.contingents[cause.a];
  const show::Contingent& b = show.contingents[cause.b];
  if (cause.wall || cause.a == cause.b || !a.procession.valid() || a.procession != b.procession)
    return std::nullopt;
  const auto& order = show[a.procession].order;
  const auto place = [&](std::uint32_t c) {
    return std::find(order.begin(), order.end(), show::ContingentId{c}) - order.begin();
  };
  return place(cause.a) < place(cause.b) ? Behind{cause.b, cause.a} : Behind{cause.a, cause.b};
}

/// The spacing that keeps a contingent from the one ahead; null if it is not one in time.
show::Spacing* spacing_of(show::Show& show, std::uint32_t contingent) {
  show::Contingent& who = show.contingents[contingent];
  auto& spacing = who.spacing ? who.spacing : show.processions[who.procession.value].spacing;
  return spacing && spacing->time && spacing->span.known() ? &*spacing : nullptr;
}

bool pair_is_clear(const show::Show& show, const Plan& plan, std::uint32_t a, std::uint32_t b) {
  track::TrackSet two;
  two.pieces = plan.tracks.pieces;
  two.paths = plan.tracks.paths;
  for (const track::Mover& mover : plan.tracks.movers) {
    if (mover.contingent == a || mover.contingent == b) two.movers.push_back(mover);
  }
  for (const bool outlines : {false, true}) {
    const Scene scene = make_scene(show, two, outlines);
    const Rules rules = outlines ? outline_rules(show, scene) : centre_rules(show, scene);
    SeparationOptions options;
    options.measure = SeparationOptions::Measure::margin;
    options.cap_m = 0;
    const auto report = proof::prove_separation(scene.motions, rules, options);
    if (!report) return false;
    for (const Approach& each : report->conflicts) {
      if (each.b < scene.performers &&
          two.movers[each.a].contingent != two.movers[each.b].contingent)
        return false;
    }
  }
  return true;
}

/// A longer spacing that clears the pair: tried on the show itself, shortest first.
std::optional<Fix> fix_of(const show::Show& show, const Cause& cause) {
  const auto behind = behind_of(show, cause);
  if (!behind) return std::nullopt;
  for (const double later_s : {1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0}) {
    show::Show changed = show;
    show::Spacing* const spacing = spacing_of(changed, behind->contingent);
    if (spacing == nullptr) return std::nullopt;
    const Duration before = *spacing->time;
    spacing->time = before + duration_from_seconds(later_s);
    Options options;
    const auto plan = make_plan(changed, options);
    if (!plan || !plan->feasible) return std::nullopt;
    if (!pair_is_clear(changed, *plan, cause.a, cause.b)) continue;
    const std::string text = show::print_duration(*spacing->time);
    return Fix{
        phrase("{} {} later behind {}: {} instead of {}", show.contingents[behind->contingent].name,
               Measure{show::print_duration(duration_from_seconds(later_s))},
               show.contingents[behind->ahead].name, text, show::print_duration(before)),
        {Edit{spacing->span, text}}};
  }
  return std::nullopt;
}

Phrase sentence(const show::Show& show, const Cause& cause) {
  const auto behind = behind_of(show, cause);
  const std::string& first = show.contingents[behind ? behind->contingent : cause.a].name;
  const std::string from = show.clock.wall_clock(time_from_seconds(cause.t0_s));
  const std::string to = show.clock.wall_clock(time_from_seconds(cause.t1_s));
  const Phrase where = place_text(show, cause.worst.place_m);
  const Phrase count =
      cause.pairs.size() == 1
          ? phrase("1 pair")
          : phrase("{} pairs", Count{static_cast<std::int64_t>(cause.pairs.size())});
  if (cause.wall) {
    return phrase("{} runs into {} {}, from {} to {} ({})", first, show.site.areas[cause.b].name,
                  where, from, to, count);
  }
  const std::string& second = show.contingents[behind ? behind->ahead : cause.b].name;
  if (cause.outlines && cause.a == cause.b) {
    return phrase("bodies of {} overlap {}, from {} to {} ({})", first, where, from, to, count);
  }
  if (cause.outlines) {
    return phrase("bodies of {} and {} overlap {}, from {} to {} ({})", first, second, where, from,
                  to, count);
  }
  const double least = cause.worst.least_m;
  const double wanted = cause.worst.wanted_m;
  if (cause.a == cause.b) {
    return phrase("{} closes up to {:.2f} m {}, from {} to {} ({}; {:.2f} m wanted)", first, least,
                  where, from, to, count, wanted);
  }
  return behind ? phrase("{} closes to {:.2f} m behind {} {}, from {} to {} ({}; {:.2f} m wanted)",
                         first, least, second, where, from, to, count, wanted)
                : phrase("{} comes within {:.2f} m of {} {}, from {} to {} ({}; {:.2f} m wanted)",
                         first, least, second, where, from, to, count, wanted);
}

Finding finding_of(const show::Show& show, const track::TrackSet& tracks, const Cause& cause) {
  Finding finding;
  finding.severity = Severity::error;
  if (cause.wall) {
    finding.code = "plan.runs-into";
  } else if (cause.outlines) {
    finding.code = "plan.bodies-overlap";
  } else {
    finding.code = "plan.too-near";
  }
  const auto behind = behind_of(show, cause);
  const show::Contingent& who = show.contingents[behind ? behind->contingent : cause.a];
  finding.span = who.span;
  finding.begin = time_from_seconds(cause.t0_s);
  finding.end = time_from_seconds(cause.t1_s);
  finding.place = cause.worst.place_m;
  finding.who = {mover_name(show, tracks.movers[cause.worst.a])};
  if (!cause.wall) finding.who.push_back(mover_name(show, tracks.movers[cause.worst.b]));
  finding.message = sentence(show, cause);
  return finding;
}

/// A formation whose slots are too near each other is so all the way: movement tells that once.
bool is_told_by_movement(const show::Show& show, const Cause& cause,
                         const std::vector<Finding>& findings) {
  if (cause.wall || cause.outlines || cause.a != cause.b) return false;
  const Span span = show.contingents[cause.a].span;
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.span == span && finding.code == "movement.slots-too-near";
  });
}

/// Who is in an obstacle from the beginning touches no edge: a finding for each contingent and
/// obstacle. On a stand some may perform, a choir say: that is a warning.
void find_those_inside(const show::Show& show, Plan& plan) {
  std::map<std::array<std::uint32_t, 2>, std::vector<std::uint32_t>> found;
  for (const Inside& each : begin_inside(show, plan.tracks)) {
    if (each.in_hole) continue;
    found[{plan.tracks.movers[each.mover].contingent, each.area}].push_back(each.mover);
  }
  for (const auto& [key, movers] : found) {
    const show::Contingent& who = show.contingents[key[0]];
    const track::Mover& first = plan.tracks.movers[movers.front()];
    const auto [begin_s, end_s] = plan.tracks.interval(plan.tracks.paths[first.path]);
    Finding finding;
    const show::Area& area = show.site.areas[key[1]];
    const Count count{static_cast<std::int64_t>(movers.size())};
    const bool stand = area.use == show::AreaUse::stand;
    finding.severity = stand ? Severity::warning : Severity::error;
    finding.code = stand ? "plan.on-a-stand" : "plan.runs-into";
    finding.message =
        stand
            ? phrase("{} stands among the spectators of {} from the beginning ({} of them)",
                     who.name, area.name, count)
            : phrase("{} stands in {} from the beginning ({} of them)", who.name, area.name, count);
    finding.span = who.span;
    finding.begin = time_from_seconds(begin_s);
    finding.end = time_from_seconds(end_s);
    if (const auto state = plan.tracks.at(first, begin_s)) finding.place = state->position_m;
    finding.who = {mover_name(show, first)};
    plan.findings.push_back(std::move(finding));
  }
}

}  // namespace

bool prove(const show::Show& show, const Options& options, Plan& plan) {
  constexpr std::size_t kFixes = 3;  // each is a few plans
  ProofSummary summary;
  summary.least_margin_m = kCap_m;
  std::vector<Cause> causes;
  for (const bool outlines : {false, true}) {
    const Scene scene = make_scene(show, plan.tracks, outlines);
    const Rules rules = outlines ? outline_rules(show, scene) : centre_rules(show, scene);
    SeparationOptions wanted;
    wanted.measure = SeparationOptions::Measure::margin;
    wanted.cap_m = kCap_m;
    wanted.threads = options.threads;
    wanted.progress = [&](double share) {
      return !options.progress || options.progress("proof", 0.5 * share + (outlines ? 0.5 : 0));
    };
    const auto report = proof::prove_separation(scene.motions, rules, wanted);
    if (!report) return false;
    if (!outlines) summary.pairs = report->pairs;
    summary.refined += report->refined;
    summary.least_margin_m = std::min(summary.least_margin_m, report->least_lower_m);
    const auto found = causes_of(plan.tracks, scene, *report, outlines);
    causes.insert(causes.end(), found.begin(), found.end());
  }
  plan.proof = summary;
  find_those_inside(show, plan);
  std::stable_sort(causes.begin(), causes.end(),
                   [](const Cause& x, const Cause& y) { return x.t0_s < y.t0_s; });
  std::size_t fixes = 0;
  for (const Cause& cause : causes) {
    if (is_told_by_movement(show, cause, plan.findings)) continue;
    Finding finding = finding_of(show, plan.tracks, cause);
    if (fixes < kFixes && behind_of(show, cause)) {
      ++fixes;
      finding.fix = fix_of(show, cause);
    }
    plan.findings.push_back(std::move(finding));
  }
  return true;
}

}  // namespace defilada::plan
