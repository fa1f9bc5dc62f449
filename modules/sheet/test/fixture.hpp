// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/core/source.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

namespace defilada::sheet::fixture {

struct Event {
  show::Show show;
  plan::Plan plan;
  Sources sources;
};

/// A small parade: three foot contingents, four vehicles in two, five helicopters in two flights, a
/// band in its place; a programme of six items, findings of each severity, published figures,
/// provenance. Its times are made up by constant speeds, not by the planner.
[[nodiscard]] Event parade();

/// The same without times: two conflicts.
[[nodiscard]] Event impossible();

/// Names that try to break out of HTML, SVG and PDF, that are long, and in other scripts.
[[nodiscard]] Event hostile();

/// `n` foot contingents, and findings and provenance in proportion.
[[nodiscard]] Event large(int n);

}  // namespace defilada::sheet::fixture
