// SPDX-License-Identifier: MIT
// read_svg never crashes; what it returns keeps its laws, and every report has its place.
#include <cmath>
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/svg/read_svg.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  defilada::Sources sources;
  defilada::Diagnostics diagnostics;
  const auto file = sources.add("fuzz.svg", std::string(reinterpret_cast<const char*>(data), size));
  const auto strokes = defilada::svg::read_svg(file, sources, diagnostics);
  DEFILADA_CHECK(strokes.empty() == diagnostics.has_errors());
  std::size_t points = 0;
  for (const auto& stroke : strokes) {
    DEFILADA_CHECK(stroke.points.size() >= 2);
    for (const auto p : stroke.points) {
      DEFILADA_CHECK(std::abs(p.x) <= defilada::svg::kCoordinateLimit);
      DEFILADA_CHECK(std::abs(p.y) <= defilada::svg::kCoordinateLimit);
    }
    points += stroke.points.size();
  }
  DEFILADA_CHECK(points <= defilada::formation::kMaxDrawingPoints);
  for (const auto& diagnostic : diagnostics.all()) {
    DEFILADA_CHECK(diagnostic.span.known() && diagnostic.span.end <= size);
    DEFILADA_CHECK(!render(diagnostic, sources, true).empty());
  }
  return 0;
}
