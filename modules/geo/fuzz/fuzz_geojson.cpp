// SPDX-License-Identifier: MIT
// read_geojson never crashes; what it returns keeps its laws: finite numbers, rings of enough
// points, and a place in every report.
#include <cmath>
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/geo/geojson.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using defilada::geo::Feature;
  defilada::Sources sources;
  defilada::Diagnostics diagnostics;
  const auto file =
      sources.add("fuzz.geojson", std::string(reinterpret_cast<const char*>(data), size));
  const auto collection = defilada::geo::read_geojson(file, sources, diagnostics);
  for (const Feature& feature : collection.features) {
    DEFILADA_CHECK(!feature.rings.empty());
    const std::size_t least = feature.geometry == Feature::Geometry::polygon ? 3
                              : feature.geometry == Feature::Geometry::line  ? 2
                                                                             : 1;
    for (const auto& ring : feature.rings) {
      DEFILADA_CHECK(ring.size() >= least);
      for (const auto point : ring) {
        DEFILADA_CHECK(std::isfinite(point.x) && std::isfinite(point.y));
        DEFILADA_CHECK(collection.metres || (std::abs(point.x) <= 180 && std::abs(point.y) <= 90));
      }
    }
  }
  for (const auto& diagnostic : diagnostics.all()) {
    DEFILADA_CHECK(diagnostic.span.known() && diagnostic.span.end <= size);
    DEFILADA_CHECK(diagnostic.span.begin <= diagnostic.span.end);
    DEFILADA_CHECK(!render(diagnostic, sources, true).empty());
  }
  return 0;
}
