// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"
#include "defilada/plan/flight_card.hpp"

namespace defilada::drawing {

/// What it is drawn on: within an A5 page and half a US letter page, with room at the edges.
inline constexpr double kFlightCardWidth = 128;   // mm
inline constexpr double kFlightCardHeight = 192;  // mm

/// The card for a flight lead's knee: time over target, height with its reference, speeds, the hold
/// with its exit time, every point with time, distance, track and heading, who is ahead and behind,
/// where to break off, and the way as it is flown, north up. Angles are true, and magnetic where
/// the show states the declination. Without tracks the way is drawn from point to point.
/// Laws (tested): all text lies inside the frame; each time of the card is there once.
[[nodiscard]] Drawing draw_flight_card(const Context& context, const plan::FlightCard& card);

}  // namespace defilada::drawing
