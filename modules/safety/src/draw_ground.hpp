// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "build.hpp"
#include "defilada/drawing/draw_map.hpp"

namespace defilada::safety {

/// What is coloured on the ground.
enum class Layer : std::uint8_t {
  none,
  density,  ///< the greatest, people per m2
  service,  ///< level of service at it: of walkways, in zones of places to wait
};

/// The ground of the spectators in a window that holds all of it, north up: where they walk, zones,
/// stops, gates, fences, exits, crossings, lanes that have to stay free. Short names where `named`.
/// The largest that fits `width_mm` and `height_most_mm`.
[[nodiscard]] drawing::Drawing draw_ground(const Context& context, const Phase* phase, Layer layer,
                                           bool named, const std::string& id, double width_mm,
                                           double height_most_mm);

/// Boxes with their meaning, as high as they need.
[[nodiscard]] drawing::Drawing draw_key(const Context& context, Layer layer, double width_mm);

/// Height over width of the ground.
[[nodiscard]] double aspect_of(const Context& context);

}  // namespace defilada::safety
