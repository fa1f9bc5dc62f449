// SPDX-License-Identifier: MIT
// Neither reader of tracks ever crashes; what they return can be proven, and what they refuse has a
// place in every report.
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/proof/read_tracks.hpp"
#include "defilada/proof/separation.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace defilada;
  Sources sources;
  const auto file = sources.add("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  for (const auto reader : {proof::read_tracks, proof::read_tracks_json, proof::read_tracks_csv}) {
    Diagnostics diagnostics;
    const auto tracks = reader(file, sources, diagnostics);
    DEFILADA_CHECK(tracks.has_value() != diagnostics.has_errors());
    for (const auto& diagnostic : diagnostics.all()) {
      DEFILADA_CHECK(diagnostic.span.known() && diagnostic.span.end <= size);
      DEFILADA_CHECK(!render(diagnostic, sources, true).empty());
    }
    if (!tracks || tracks->ids.size() > 12 || tracks->motions.pieces.size() > 100) continue;
    proof::Rules rules(1);
    rules.set(0, 0, tracks->limit.value_or(proof::Limit{proof::Limit::Shape::sphere, 1, 0}));
    proof::SeparationOptions options;
    options.threads = 1;
    options.cap_m = 100;
    const auto report = proof::prove_separation(tracks->motions, rules, options);
    DEFILADA_CHECK(report && report->least_lower_m <= report->least_upper_m);
    for (const auto& each : report->conflicts) {
      DEFILADA_CHECK(each.t0_s <= each.t_least_s && each.t_least_s <= each.t1_s);
    }
  }
  return 0;
}
