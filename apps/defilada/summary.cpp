// SPDX-License-Identifier: MIT
#include "summary.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <string_view>

#include "flight_json.hpp"
#include "json_parts.hpp"
#include "version.hpp"

namespace defilada::app {
namespace {

using language::Words;

Json cue_json(const plan::Cue& cue, const Clock& clock) {
  const std::optional<Duration> slack = cue.slack();
  return {{"id", cue.id},
          {"time", clock.iso8601(cue.time)},
          {"earliest", clock.iso8601(cue.earliest)},
          {"latest", slack ? Json(clock.iso8601(cue.latest)) : Json(nullptr)},
          {"slack_s", slack ? Json(seconds_of(slack->us)) : Json(nullptr)}};
}

Json statements_json(const std::vector<plan::ConflictLine>& lines, const Sources& sources,
                     const Words& say) {
  Json statements = Json::array();
  for (const plan::ConflictLine& line : lines) {
    Json statement{{"text", say(line.text)}};
    add_place(statement, line.span, sources);
    statement["physics"] = line.physics;
    statement["running_total_s"] = seconds_of(line.running_total.us);
    statements.push_back(std::move(statement));
  }
  return statements;
}

Json conflict_json(const plan::Conflict& conflict, const Sources& sources, const Words& say) {
  Json fixes = Json::array();
  for (const Fix& fix : conflict.fixes) fixes.push_back(fix_json(fix, sources, say));
  Json further = Json::array();
  for (const plan::FurtherConflict& next : conflict.further) {
    further.push_back({{"short_by_s", seconds_of(next.short_by.us)},
                       {"statements", statements_json(next.statements, sources, say)}});
  }
  return {{"short_by_s", seconds_of(conflict.short_by.us)},
          {"ring", conflict.ring},
          {"statements", statements_json(conflict.statements, sources, say)},
          {"fixes", std::move(fixes)},
          {"further", std::move(further)},
          {"fixes_cover_further", conflict.fixes_cover_further}};
}

void add_counts(Json& json, const plan::Plan& plan) {
  const plan::Counts& counts = plan.counts;
  json["contingents"] = counts.contingents;
  json["people"] = counts.people;
  Json roles = Json::object();
  for (const auto& [role, count] : counts.people_by_role) roles[role] = count;
  json["people_by_role"] = std::move(roles);
  json["movers"] = counts.movers;
  json["mounted"] = counts.mounted;
  json["vehicles"] = counts.vehicles;
  json["aeroplanes"] = counts.aeroplanes;
  json["helicopters"] = counts.helicopters;
  json["drones"] = counts.drones;
  json["spectators"] = counts.spectators;
  json["cues"] = plan.cues.size();
}

/// To the microsecond; null where the stage did not run.
Json stage_seconds(double seconds, bool ran) {
  return ran ? Json(seconds_of(std::llround(seconds * 1e6))) : Json(nullptr);
}

/// An infeasible programme has no tracks, and nothing is written for it.
Json seconds_json(const plan::Plan& plan, std::optional<double> crowd_s, bool written,
                  bool variants) {
  const plan::Seconds& seconds = plan.seconds;
  return {{"read", stage_seconds(seconds.read, true)},
          {"programme", stage_seconds(seconds.programme, true)},
          {"tracks", stage_seconds(seconds.tracks, plan.feasible)},
          {"proof", stage_seconds(seconds.proof, plan.proof.has_value())},
          {"crowd", stage_seconds(crowd_s.value_or(0), crowd_s.has_value())},
          {"write", stage_seconds(seconds.write, written)},
          {"variants", stage_seconds(seconds.variants, variants)}};
}

Json proof_json(const plan::Plan& plan) {
  if (!plan.proof) return nullptr;
  return {{"pairs", plan.proof->pairs},
          {"refined", plan.proof->refined},
          {"least_margin_m", plan.proof->least_margin_m}};
}

Json findings_by_severity(const std::vector<Finding>& findings) {
  std::map<Severity, int> count;
  for (const Finding& finding : findings) ++count[finding.severity];
  return {{"error", count[Severity::error]},
          {"warning", count[Severity::warning]},
          {"note", count[Severity::note]}};
}

Json variant_json(const comparison::VariantOutcome& outcome, const Work& work, const Words& say) {
  const Clock& clock = work.show->clock;
  const bool timed = outcome.feasible;
  const auto& [errors, warnings, notes] = outcome.findings;
  Json json{{"name", outcome.variant.name},
            {"slug", outcome.variant.slug},
            {"label", outcome.variant.label.en()},
            {"because", or_null(outcome.variant.because ? outcome.variant.because->en() : "")},
            {"feasible", outcome.feasible},
            {"holds", outcome.holds()},
            {"why", or_null(say(outcome.why()))},
            {"start", timed ? Json(clock.iso8601(outcome.start)) : Json(nullptr)},
            {"end", timed ? Json(clock.iso8601(outcome.end)) : Json(nullptr)},
            {"findings", {{"error", errors}, {"warning", warnings}, {"note", notes}}},
            {"changed",
             {{"items", outcome.difference.items.size()},
              {"contingents", outcome.difference.contingents.size()},
              {"guests", outcome.guests.size()}}}};
  json["breaks"] = Json::array();
  for (const Finding& finding : outcome.breaks) {
    json["breaks"].push_back(finding_json(finding, work.sources, say));
  }
  if (outcome.feasible) return json;
  json["conflicts"] = Json::array();
  for (const plan::Conflict& conflict : outcome.conflicts) {
    json["conflicts"].push_back(conflict_json(conflict, work.sources, say));
  }
  return json;
}

/// Which variant this is; and what came of the others, null where they were not planned.
void add_variants(Json& json, const Work& work, const Words& say) {
  json["variant"] = work.show->variant ? Json(work.show->variant->name) : Json(nullptr);
  json["variants"] = nullptr;
  if (!work.outcomes) return;
  json["variants"] = Json::array();
  for (const auto& outcome : *work.outcomes) {
    json["variants"].push_back(variant_json(outcome, work, say));
  }
}

void add_parts(Json& json, const Work& work, SummaryParts parts, const Words& say) {
  if (parts.findings) {
    Json findings = Json::array();
    for (const Finding& finding : work.plan.findings) {
      findings.push_back(finding_json(finding, work.sources, say));
    }
    json["finding_list"] = std::move(findings);
  }
  if (parts.cues) {
    Json cues = Json::array();
    for (const plan::Cue& cue : work.plan.cues) cues.push_back(cue_json(cue, work.show->clock));
    json["cue_list"] = std::move(cues);
  }
  if (parts.cards) json["flight_cards"] = flight_cards_json(*work.show, work.plan);
}

/// A show without an item or a movement has no beginning.
void add_times(Json& json, const Work& work) {
  const plan::Plan& plan = work.plan;
  const bool known = plan.feasible && !plan.cues.empty();
  json["feasible"] = plan.feasible;
  json["start"] = known ? Json(work.show->clock.iso8601(plan.start)) : Json(nullptr);
  json["end"] = known ? Json(work.show->clock.iso8601(plan.end)) : Json(nullptr);
}

Json diagnostic_json(const Diagnostic& diagnostic, const Sources& sources, const Words& say) {
  Json json{{"severity", std::string(to_string(diagnostic.severity))},
            {"code", diagnostic.code},
            {"message", say(diagnostic.message)}};
  add_place(json, diagnostic.span, sources);
  json["expected"] = or_null(say(diagnostic.expected));
  json["suggestion"] = or_null(diagnostic.suggestion);
  return json;
}

}  // namespace

std::string summary_json(const Work& work, const std::vector<std::filesystem::path>& outputs,
                         SummaryParts parts, const Words& say) {
  const plan::Plan& plan = work.plan;
  Json json{{"format", "defilada-summary/1"}, {"show", work.show->name}};
  add_counts(json, plan);
  add_times(json, work);
  json["findings"] = findings_by_severity(plan.findings);
  json["proof"] = proof_json(work.plan);
  json["seconds"] = seconds_json(plan, work.crowd_s, !outputs.empty(), work.outcomes.has_value());
  json["outputs"] = Json::array();
  for (const std::filesystem::path& output : outputs) json["outputs"].push_back(output.string());
  add_variants(json, work, say);
  if (!plan.feasible) {
    json["conflicts"] = Json::array();
    for (const plan::Conflict& conflict : plan.conflicts) {
      json["conflicts"].push_back(conflict_json(conflict, work.sources, say));
    }
  }
  add_parts(json, work, parts, say);
  return text_of(json);
}

std::string error_json(const Error& error, const std::vector<Diagnostic>& diagnostics,
                       const Sources& sources, const Words& say) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    list.push_back(diagnostic_json(diagnostic, sources, say));
  }
  return text_of({{"format", "defilada-error/1"},
                  {"error", say(error.message)},
                  {"status", exit_status(error.code)},
                  {"diagnostics", std::move(list)}});
}

std::string version_json() {
  return text_of({{"format", "defilada-version/1"},
                  {"version", kVersion},
                  {"formats",
                   {{"show", 1},
                    {"summary", "defilada-summary/1"},
                    {"error", "defilada-error/1"},
                    {"tracks", "defilada-tracks/1"}}}});
}

}  // namespace defilada::app
