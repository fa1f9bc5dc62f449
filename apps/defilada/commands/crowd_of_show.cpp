// SPDX-License-Identifier: MIT
#include "crowd_of_show.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <system_error>

#include "crowd_outcome.hpp"
#include "defilada/crowd/site_run.hpp"
#include "defilada/spectators/tables.hpp"
#include "json_parts.hpp"
#include "perform.hpp"
#include "products.hpp"
#include "report.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

using spectators::Phase;

std::string name_of(const Phase& phase, const show::Spectators& said) {
  if (phase.what != Phase::What::emergency) return std::string(spectators::to_string(phase.what));
  return said.emergencies[phase.emergency].name;
}

/// From the time to leave until the last one is out; of people who come: how long before `seated
/// by` the last one has a place (< 0: after).
double length_s(const Phase& phase, const show::Spectators& said) {
  return phase.what == Phase::What::ingress ? said.seated_by.seconds() - phase.last_s
                                            : phase.last_s - phase.begin_s;
}

Json hand_json(const spectators::Hand& hand) {
  return {{"lanes", hand.lanes},
          {"lanes_needed", hand.lanes_needed},
          {"hours", to_the_millisecond(hand.hours)},
          {"entry_an_hour", hand.entry_an_hour},
          {"entry", hand.entry},
          {"holding", hand.holding},
          {"exit", hand.exit},
          {"emergency", hand.emergencies.empty() ? Json(nullptr) : Json(hand.emergency)},
          {"safe_capacity", hand.safe}};
}

Json phase_json(const Phase& phase, const show::Spectators& said) {
  Json json{{"phase", spectators::to_string(phase.what)}, {"name", name_of(phase, said)}};
  json.update(outcome_json(phase));
  if (phase.what == Phase::What::ingress) {
    json["gates"] = gates_json(phase, said);
  } else {
    json["exits"] = exits_json(phase, said);
  }
  json["steps"] = phase.steps;
  json["agent_steps"] = phase.agent_steps;
  json["state_hash"] = fmt::format("{:016x}", phase.state_hash);
  json["seconds"] = phase.seconds;
  return json;
}

Json circulation_json(const spectators::Circulation& it, const show::Spectators& said) {
  Json json{{"begin_s", it.begin_s},
            {"end_s", it.end_s},
            {"set_out", it.set_out},
            {"back", it.back},
            {"most_away", it.most_away},
            {"most_away_s", it.most_away_s},
            {"mean_away_s", to_the_millisecond(it.mean_away_s)},
            {"amenities", Json::array()}};
  for (std::size_t a = 0; a < it.amenities.size(); ++a) {
    const spectators::AmenityOutcome& each = it.amenities[a];
    json["amenities"].push_back({{"name", said.amenities[a].name},
                                 {"visits", each.visits},
                                 {"mean_wait_s", to_the_millisecond(each.mean_wait_s)},
                                 {"longest_wait_s", each.longest_wait_s},
                                 {"longest_queue", each.longest_queue},
                                 {"longest_queue_s", each.longest_queue_s},
                                 {"busiest", each.busiest}});
  }
  json["state_hash"] = fmt::format("{:016x}", it.state_hash);
  json["seconds"] = it.seconds;
  return json;
}

/// Of each run, at any amenity.
std::vector<double> longest_waits_s(const Crowd& crowd) {
  std::vector<double> all;
  for (const auto& run : crowd.circulations) {
    double wait_s = 0;
    for (const auto& each : run.amenities) wait_s = std::max(wait_s, each.longest_wait_s);
    all.push_back(wait_s);
  }
  return all;
}

/// Of all runs, phase by phase.
Json runs_json(const Crowd& crowd, const show::Spectators& said) {
  Json all = Json::array();
  for (std::size_t k = 0; k < crowd.phases.size(); ++k) {
    std::vector<double> lengths;
    std::vector<double> densities;
    for (const auto& run : crowd.runs) {
      lengths.push_back(length_s(run[k], said));
      densities.push_back(run[k].most_dense);
    }
    const bool ingress = crowd.phases[k].what == Phase::What::ingress;
    // Of time to spare it is the short end that matters.
    const double tail = ingress ? 0.05 : 0.95;
    all.push_back(
        {{"name", name_of(crowd.phases[k], said)},
         {"count", crowd.runs.size()},
         {ingress ? "to_spare_s" : "clearance_s",
          {{"median", to_the_millisecond(crowd::quantile(lengths, 0.5))},
           {ingress ? "p05" : "p95", to_the_millisecond(crowd::quantile(lengths, tail))}}},
         {"max_density",
          {{"median", crowd::quantile(densities, 0.5)},
           {"p95", crowd::quantile(densities, 0.95)}}}});
  }
  if (!crowd.circulations.empty()) {
    const std::vector<double> waits = longest_waits_s(crowd);
    std::vector<double> away;
    for (const auto& each : crowd.circulations) away.push_back(each.most_away);
    all.push_back(
        {{"name", "circulation"},
         {"count", crowd.circulations.size()},
         {"longest_wait_s",
          {{"median", to_the_millisecond(crowd::quantile(waits, 0.5))},
           {"p95", to_the_millisecond(crowd::quantile(waits, 0.95))}}},
         {"most_away",
          {{"median", crowd::quantile(away, 0.5)}, {"p95", crowd::quantile(away, 0.95)}}}});
  }
  return all;
}

std::string json_of(const Work& work, const Options& options,
                    const std::vector<std::filesystem::path>& outputs) {
  const Crowd& crowd = *work.crowd;
  const show::Spectators& said = *work.show->spectators;
  Json json{{"format", "defilada-spectators/1"},
            {"show", work.show->name},
            {"people", said.people},
            {"simulated", crowd.scene.people.size()},
            {"seed", options.crowd.seed},
            {"by_hand", hand_json(crowd.hand)},
            {"phases", Json::array()}};
  for (const Phase& phase : crowd.phases) json["phases"].push_back(phase_json(phase, said));
  if (crowd.circulation) json["circulation"] = circulation_json(*crowd.circulation, said);
  if (crowd.runs.size() > 1) json["runs"] = runs_json(crowd, said);
  json["findings"] = Json::array();
  for (const Finding& it : work.plan.findings) {
    if (!it.code.starts_with("crowd.")) continue;
    json["findings"].push_back({{"severity", std::string(to_string(it.severity))},
                                {"code", it.code},
                                {"message", it.message.english()}});
  }
  json["seconds"] = work.crowd_s.value_or(0);
  json["outputs"] = Json::array();
  for (const auto& path : outputs) json["outputs"].push_back(path.string());
  return text_of(json);
}

/// What several runs are compared by, a line for each phase.
void append_runs(const Crowd& crowd, const show::Spectators& said, const language::Words& say,
                 std::string& out) {
  for (std::size_t k = 0; k < crowd.phases.size(); ++k) {
    std::vector<double> minutes;
    for (const auto& run : crowd.runs) minutes.push_back(length_s(run[k], said) / 60);
    const double median = crowd::quantile(minutes, 0.5);
    switch (crowd.phases[k].what) {
      case Phase::What::ingress:
        out +=
            say(phrase("{} runs, coming: all at their places {:.1f} min early (median), {:.1f} "
                       "min (5th percentile)",
                       crowd.runs.size(), median, crowd::quantile(minutes, 0.05)));
        break;
      case Phase::What::egress:
        out +=
            say(phrase("{} runs, leaving: the last one out after {:.1f} min (median), {:.1f} "
                       "min (95th percentile)",
                       crowd.runs.size(), median, crowd::quantile(minutes, 0.95)));
        break;
      case Phase::What::emergency:
        out +=
            say(phrase("{} runs, emergency '{}': the last one out after {:.1f} min (median), "
                       "{:.1f} min (95th percentile)",
                       crowd.runs.size(), said.emergencies[crowd.phases[k].emergency].label.said(),
                       median, crowd::quantile(minutes, 0.95)));
        break;
    }
    out += "\n";
  }
  if (crowd.circulations.empty()) return;
  const std::vector<double> waits = longest_waits_s(crowd);
  out += say(phrase("{} runs, meanwhile: the longest wait at toilets, water, first aid {:.0f} s "
                    "(median), {:.0f} s (95th percentile)",
                    crowd.circulations.size(), crowd::quantile(waits, 0.5),
                    crowd::quantile(waits, 0.95))) +
         "\n";
}

/// `share`: of the people who are simulated.
std::string text_of(const Work& work, double share, const language::Words& say) {
  const Crowd& crowd = *work.crowd;
  const show::Spectators& said = *work.show->spectators;
  std::string out;
  const auto line = [&](const Phrase& sentence) { out += say(sentence) + "\n"; };
  const auto clock = [&](double seconds) {
    return work.show->clock.wall_clock(time_from_seconds(std::round(seconds)));
  };
  const auto count = [](std::uint64_t n) { return Count{static_cast<std::int64_t>(n)}; };
  if (share < 1) {
    line(
        phrase("a trial with {:.3g}% of the people: {} of {}, with as much of lanes and exits; "
               "only the arithmetic by hand is of all of them",
               100 * share, count(crowd.scene.people.size()),
               count(static_cast<std::uint64_t>(said.people))));
  }
  line(phrase("by hand: lanes for {} people: {}, there are {}; safe for {} people",
              count(static_cast<std::uint64_t>(said.people)), crowd.hand.lanes_needed,
              crowd.hand.lanes, Count{crowd.hand.safe}));
  for (const Phase& phase : crowd.phases) {
    if (phase.what == Phase::What::ingress) {
      line(phrase("coming: {} of {} at their places by {}, the last one at {}",
                  phase.seated_in_time, phase.people, clock(said.seated_by.seconds()),
                  clock(phase.last_s)));
      for (std::size_t g = 0; g < phase.gates.size(); ++g) {
        const spectators::GateOutcome& gate = phase.gates[g];
        line(
            phrase("  gate {}: passed by {}, waits of {:.0f} s on average and {:.0f} s at most, a "
                   "queue of {} at most, at {}",
                   said.gates[g].name, count(gate.passed), gate.mean_wait_s, gate.longest_wait_s,
                   gate.longest_queue, clock(gate.longest_queue_s)));
      }
    } else if (phase.what == Phase::What::egress) {
      line(
          phrase("leaving from {}: {} of {} out, 95 % after {:.1f} min, the last one after {:.1f} "
                 "min",
                 clock(phase.begin_s), phase.out, phase.people,
                 (phase.last_95_s - phase.begin_s) / 60, (phase.last_s - phase.begin_s) / 60));
    } else {
      line(
          phrase("emergency '{}' at {}: {} of {} out, 95 % after {:.1f} min, the last one after "
                 "{:.1f} min",
                 said.emergencies[phase.emergency].label.said(), clock(phase.begin_s), phase.out,
                 phase.people, (phase.last_95_s - phase.begin_s) / 60,
                 (phase.last_s - phase.begin_s) / 60));
    }
    line(phrase("  densest: {:.2f} people per m2 at {}, near '{}'", phase.most_dense,
                clock(phase.most_dense_s),
                spectators::nearest_name(*work.show, phase.most_dense_at)));
  }
  if (crowd.circulation) {
    const spectators::Circulation& it = *crowd.circulation;
    line(phrase("meanwhile {} leave their places for a moment, {} at most at once, at {}",
                count(it.set_out), count(it.most_away), clock(it.most_away_s)));
    for (std::size_t a = 0; a < it.amenities.size(); ++a) {
      const spectators::AmenityOutcome& each = it.amenities[a];
      line(
          phrase("  {}: used by {}, waits of {:.0f} s on average and {:.0f} s at most, a queue of "
                 "{} at most, at {}",
                 said.amenities[a].name, count(each.visits), each.mean_wait_s, each.longest_wait_s,
                 each.longest_queue, clock(each.longest_queue_s)));
    }
  }
  if (crowd.runs.size() > 1) append_runs(crowd, said, say, out);
  return out;
}

}  // namespace

bool is_show(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return true;
  const auto ending = path.extension();
  return ending == ".yaml" || ending == ".yml";
}

int crowd_of_show(const Options& options, Console& console) {
  Work work;
  const auto failed = [&](const Error& error) {
    return report_failure(error, work.diagnostics, work.sources, console);
  };
  if (options.crowd.agents) {
    return failed({Errc::usage, phrase("--agents is of a site; how many come to a show is said by "
                                       "its 'people', and which share of them is simulated by "
                                       "--people-share")});
  }
  Options wanted = options;
  wanted.show = options.crowd.sites.front();
  wanted.variants = false;
  if (Status status = read_and_plan(wanted, console, work); !status) return failed(status.error());
  if (!work.show->spectators) {
    return failed({Errc::bad_input, phrase("the show '{}' says nothing of spectators: it has no "
                                           "section 'spectators'",
                                           wanted.show.string())});
  }
  if (!work.plan.feasible) {
    return failed(
        {Errc::infeasible,
         phrase("the programme of '{}' cannot hold: see `defilada check`", wanted.show.string())});
  }
  if (Status status = simulate_spectators(wanted, console, work); !status) {
    if (status.error().code == Errc::interrupted && spectators_are_kept(wanted, work)) {
      return report_interrupted(
          status.error(), phrase("interrupted: what is done is kept: --resume goes on from there"),
          work.sources, console);
    }
    return failed(status.error());
  }
  std::erase_if(work.plan.findings,
                [](const Finding& it) { return !it.code.starts_with("crowd."); });
  std::vector<std::filesystem::path> outputs;
  if (work.crowd) {
    auto written = write_products(wanted, {.safety = true}, console, work);
    if (!written) return failed(written.error());
    outputs = std::move(*written);
  }
  if (console.json()) {
    if (work.crowd) console.print(json_of(work, wanted, outputs));
  } else if (!console.quiet()) {
    if (work.crowd) console.print(text_of(work, wanted.crowd.share, console.words()));
    console.print(finding_list(work, console.colours_results(), console.words()));
    for (const auto& path : outputs) {
      console.print(console.words()(phrase("safety report: {}", path.string())) + "\n");
    }
    if (work.crowd && wanted.crowd.share < 1) {
      console.print(console.words()(phrase("it was a trial: but for the arithmetic by hand every "
                                           "number and queue is of {:.3g}% of the people",
                                           100 * wanted.crowd.share)) +
                    "\n");
    }
  }
  return status_of_findings(work);
}

}  // namespace defilada::app
