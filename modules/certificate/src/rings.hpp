// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "defilada/certificate/statement.hpp"
#include "defilada/core/phrase.hpp"

/// Whether everybody is outside of an area whose edge they never touch: who begins outside then
/// stays there, and who begins inside would be overlooked.
///
///        .--------.
///        |   o----+--->   A ray from a place crosses the edge an odd number of times: it is
///        inside.
///   o----+--------+--->   Twice: outside.
///        '--------'
namespace defilada::certificate {

/// Why it is not shown that the ring is closed, and that all who owe its edge a distance between
/// outlines, but for those named in Statement::within, are outside where each piece of their track
/// begins; none: it is. Rays in directions that pass by the corners, by interval arithmetic. Cost:
/// pieces of all movers; those that begin near the ring, times its edges.
[[nodiscard]] std::optional<Phrase> fault_of_ring(const Statement& statement, std::uint32_t ring);

}  // namespace defilada::certificate
