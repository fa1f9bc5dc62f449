// SPDX-License-Identifier: MIT
#include "crowd_outcome.hpp"

#include <cmath>

namespace defilada::app {

double to_the_millisecond(double seconds) {
  return std::round(1e3 * seconds) / 1e3;
}

Json outcome_json(const spectators::Phase& phase) {
  return {{"begin_s", to_the_millisecond(phase.begin_s)},
          {"end_s", to_the_millisecond(phase.end_s)},
          {"people", phase.people},
          {"seated", phase.seated},
          {"seated_in_time", phase.seated_in_time},
          {"out", phase.out},
          {"last_s", to_the_millisecond(phase.last_s)},
          {"last_95_s", to_the_millisecond(phase.last_95_s)},
          {"max_density", phase.most_dense},
          {"max_density_s", to_the_millisecond(phase.most_dense_s)},
          {"max_density_place", {phase.most_dense_at.x, phase.most_dense_at.y}}};
}

Json gates_json(const spectators::Phase& phase, const show::Spectators& said) {
  Json all = Json::array();
  for (std::size_t g = 0; g < phase.gates.size(); ++g) {
    const spectators::GateOutcome& gate = phase.gates[g];
    all.push_back({{"name", said.gates[g].name},
                   {"people", gate.passed},
                   {"mean_wait_s", to_the_millisecond(gate.mean_wait_s)},
                   {"longest_wait_s", to_the_millisecond(gate.longest_wait_s)},
                   {"longest_queue", gate.longest_queue},
                   {"longest_queue_s", to_the_millisecond(gate.longest_queue_s)}});
  }
  return all;
}

Json exits_json(const spectators::Phase& phase, const show::Spectators& said) {
  Json all = Json::array();
  for (std::size_t e = 0; e < phase.exits.size(); ++e) {
    const spectators::ExitOutcome& exit = phase.exits[e];
    all.push_back(
        {{"name", said.exits[e].name},
         {"people", exit.passed},
         {"last_s", exit.passed > 0 ? Json(to_the_millisecond(exit.last_s)) : Json(nullptr)},
         {"most_a_minute", exit.most_a_minute}});
  }
  return all;
}

}  // namespace defilada::app
