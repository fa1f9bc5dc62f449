// SPDX-License-Identifier: MIT
// What came of a run of the spectators, for the page: figures, curves, findings.
#include <algorithm>

#include "crowd_outcome.hpp"
#include "defilada/spectators/tables.hpp"
#include "studio/crowd_runs.hpp"
#include "studio/plan_json.hpp"
#include "studio/replies.hpp"

namespace defilada::app::studio {
namespace {

using spectators::Curve;
using spectators::Phase;

/// How many have passed all of them, minute by minute: each curve ends where nothing more happens.
template <typename Outcome>
Curve together(const std::vector<Outcome>& all, Curve Outcome::*curve) {
  Curve sum;
  for (const Outcome& each : all) sum.resize(std::max(sum.size(), (each.*curve).size()));
  for (const Outcome& each : all) {
    const Curve& one = each.*curve;
    for (std::size_t i = 0; i < sum.size(); ++i) {
      if (!one.empty()) sum[i] += one[std::min(i, one.size() - 1)];
    }
  }
  return sum;
}

Curve together(const std::vector<Curve>& all) {
  Curve sum;
  for (const Curve& each : all) {
    sum.resize(std::max(sum.size(), each.size()));
    for (std::size_t i = 0; i < each.size(); ++i) sum[i] += each[i];
  }
  return sum;
}

/// Of the command's objects, with what the curves are drawn of.
Json gates_with_curves(const Phase& phase, const show::Spectators& said) {
  Json all = gates_json(phase, said);
  for (std::size_t g = 0; g < all.size(); ++g) {
    all[g]["lanes"] = said.gates[g].lanes;
    all[g]["queue"] = phase.gates[g].queue;
    all[g]["through"] = phase.gates[g].through;
  }
  return all;
}

Json exits_with_curves(const Phase& phase, const show::Spectators& said) {
  Json all = exits_json(phase, said);
  for (std::size_t e = 0; e < all.size(); ++e) all[e]["through"] = phase.exits[e].through;
  return all;
}

Json phase_json(const CrowdRun& run, std::size_t k) {
  const Phase& phase = run.phases[k];
  const show::Spectators& said = *run.work.show->spectators;
  const bool filmed = k < run.film->phases();
  const bool ingress = phase.what == Phase::What::ingress;
  const bool emergency = phase.what == Phase::What::emergency;
  Json json{{"phase", spectators::to_string(phase.what)},
            {"label", emergency ? text_json(said.emergencies[phase.emergency].label) : Json()}};
  json.update(outcome_json(phase));
  json["max_density_near"] = spectators::nearest_name(*run.work.show, phase.most_dense_at);
  json["inside"] = phase.inside;
  json["in_zones"] = together(phase.zones);
  json["left"] = together(phase.exits, &spectators::ExitOutcome::through);
  json["gates"] = ingress ? gates_with_curves(phase, said) : Json::array();
  json["exits"] = ingress ? Json::array() : exits_with_curves(phase, said);
  json["film"] = {{"begin_s", filmed ? to_the_millisecond(run.film->begin_s(k)) : 0},
                  {"frames", filmed ? run.film->frames(k) : 0}};
  const bool placed = k < run.places->phases();
  json["places"] = {{"begin_s", placed ? to_the_millisecond(run.places->begin_s(k)) : 0},
                    {"frames", placed ? run.places->frames(k) : 0}};
  json["zones"] = phase.zones;
  return json;
}

Json line_json(const CrowdRun& run) {
  return {{"run", run.number},  {"etag", run.etag}, {"variant", run.variant},
          {"share", run.share}, {"seed", run.seed}, {"state", to_string(run.state)}};
}

}  // namespace

std::string_view to_string(CrowdRun::State state) noexcept {
  switch (state) {
    case CrowdRun::State::running: return "running";
    case CrowdRun::State::done: return "done";
    case CrowdRun::State::stopped: return "stopped";
    case CrowdRun::State::failed: return "failed";
  }
  return "failed";
}

std::string crowd_run_line(const CrowdRun& run) {
  return dumped(line_json(run));
}

std::string crowd_run_json(const CrowdRun& run, const language::Words& say) {
  const show::Spectators& said = *run.work.show->spectators;
  const DensityFilm::Grid& grid = run.film->grid();
  Json json = line_json(run);
  json["format"] = "defilada-studio-crowd/1";
  json["people"] = said.people;
  json["simulated"] = run.phases.empty() ? 0 : run.phases.front().people;
  json["seated_by_s"] = said.seated_by.seconds();
  json["took_s"] = to_the_millisecond(run.took_s);
  json["by_hand"] = {{"lanes", run.hand.lanes},
                     {"lanes_needed", run.hand.lanes_needed},
                     {"safe_capacity", run.hand.safe}};
  json["phases"] = Json::array();
  for (std::size_t k = 0; k < run.phases.size(); ++k) {
    json["phases"].push_back(phase_json(run, k));
  }
  json["findings"] = Json::array();
  for (const Finding& each : run.findings) {
    json["findings"].push_back(finding_json(each, run.work.sources, say));
  }
  json["film"] = {{"x", grid.origin.x},
                  {"y", grid.origin.y},
                  {"cell_m", grid.cell_m},
                  {"columns", grid.columns},
                  {"rows", grid.rows},
                  {"every_s", DensityFilm::kEvery_s},
                  {"chunk", DensityFilm::kChunk},
                  {"steps", DensityFilm::kSteps}};
  const PlacesFilm::Scale& scale = run.places->scale();
  json["places"] = {{"x", scale.origin.x},
                    {"y", scale.origin.y},
                    {"step_m", scale.step_m},
                    {"every_s", run.places->every_s()},
                    {"chunk", PlacesFilm::kChunk}};
  json["zones"] = Json::array();
  for (const show::Zone& zone : said.zones) {
    json["zones"].push_back({{"area", zone.area.value}, {"people", zone.people}});
  }
  return dumped(json);
}

}  // namespace defilada::app::studio
