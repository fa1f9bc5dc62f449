// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

namespace defilada::playback::fixture {

struct Planned {
  show::Show show;
  plan::Plan plan;
};

/// A show of this repository with its plan: "shows/first-steps".
[[nodiscard]] const Planned& planned(const std::string& folder);

}  // namespace defilada::playback::fixture
