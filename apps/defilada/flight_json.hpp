// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

namespace defilada::app {

/// "flight_cards" of a summary (docs/formats.md): a flight each, in the order of flypasts and of
/// flight. Angles in degrees clockwise, true; magnetic ones besides where the show states the
/// declination, else null.
[[nodiscard]] nlohmann::ordered_json flight_cards_json(const show::Show& show,
                                                       const plan::Plan& plan);

}  // namespace defilada::app
