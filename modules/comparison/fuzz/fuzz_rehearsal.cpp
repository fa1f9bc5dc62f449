// SPDX-License-Identifier: MIT
// Any bytes as measured times: no crash, and rows come back only when nothing was wrong; each names
// a cue of the plan, once.
#include <cstdint>
#include <set>
#include <string>

#include "defilada/comparison/rehearsal.hpp"
#include "defilada/core/check.hpp"

namespace {

using namespace defilada;

plan::Plan plan_with_cues() {
  plan::Plan plan;
  for (const char* label : {"welcome starts", "welcome ends", "head of army crosses salute line"}) {
    plan::Cue& cue = plan.cues.emplace_back();
    cue.label = label;
    cue.id = std::string("cue-") + static_cast<char>('a' + plan.cues.size());
    cue.time = time_from_seconds(36'000.0 + static_cast<double>(plan.cues.size()));
    cue.earliest = cue.latest = cue.time;
  }
  return plan;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const plan::Plan plan = plan_with_cues();
  static const Clock clock = Clock::make({2026, 3, 29}, "Europe/Warsaw").value();
  Sources sources;
  Diagnostics diagnostics;
  const FileId file =
      sources.add("measured.csv", std::string(reinterpret_cast<const char*>(data), size));
  const auto rows = comparison::read_rehearsal(file, sources, plan, clock, diagnostics);
  DEFILADA_CHECK(rows.has_value() != diagnostics.has_errors());
  for (const Diagnostic& each : diagnostics.all()) (void)render(each, sources, false);
  if (!rows) return 0;
  std::set<std::size_t> cues;
  for (const auto& row : *rows) {
    DEFILADA_CHECK(row.cue < plan.cues.size() && cues.insert(row.cue).second);
  }
  DEFILADA_CHECK(comparison::hold_against(plan, *rows).size() == rows->size());
  return 0;
}
