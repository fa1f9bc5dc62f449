// SPDX-License-Identifier: MIT
// read_site never crashes, whatever the text; what it reads without an error is a ground that can
// be checked, drawn and walked on.
#include <cmath>
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/crowd/check_ground.hpp"
#include "defilada/crowd/read_site.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace defilada;         // NOLINT: a fuzzer
  using namespace defilada::crowd;  // NOLINT: likewise
  Sources sources;
  Diagnostics diagnostics;
  const FileId file =
      sources.add("fuzz.site", std::string(reinterpret_cast<const char*>(data), size));
  const Site site = read_site(std::span(&file, 1), sources, diagnostics);
  for (const Diagnostic& told : diagnostics.all()) {
    DEFILADA_CHECK(told.span.known() && told.span.begin <= told.span.end && told.span.end <= size);
    DEFILADA_CHECK(!render(told, sources, true).empty());
  }
  const Ground& ground = site.ground;
  DEFILADA_CHECK(!ground.levels.empty() || diagnostics.has_errors());
  for (const Stair& stair : ground.stairs) {
    DEFILADA_CHECK(stair.level < ground.levels.size() && stair.speed_factor > 0);
    DEFILADA_CHECK(!stair.join || stair.join->level < ground.levels.size());
  }
  if (diagnostics.has_errors()) return 0;
  GridOptions options;
  options.nodes_max = 20'000;  // fast
  const auto faults = check_ground(ground, options);
  DEFILADA_CHECK(!draw_ground(ground, faults).empty());
  if (has_errors(faults)) return 0;
  for (LevelId level = 0; level < ground.levels.size(); ++level) {
    DEFILADA_CHECK(area(ground, level).has_value());
    for (const Segment& wall : walls(ground, level)) {
      DEFILADA_CHECK(std::isfinite(wall.from.x) && std::isfinite(wall.from.y));
      DEFILADA_CHECK(std::isfinite(wall.to.x) && std::isfinite(wall.to.y));
    }
  }
  return 0;
}
