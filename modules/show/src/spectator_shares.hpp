// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "resolver.hpp"

/// Of section `spectators`: shares, the population that they make, and what it needs meanwhile.
namespace defilada::show {

/// Shares are written as percentages: so near to the whole is the whole.
inline constexpr double kShareError = 0.005;

/// `total` in whole parts by weight. Laws: they sum to `total` where any weight is above zero, and
/// none is off its exact part by one or more.
[[nodiscard]] std::vector<std::int64_t> apportioned(std::int64_t total,
                                                    const std::vector<double>& weights);
/// Reports shares that do not sum to the whole.
bool is_whole(Resolver& r, double sum, const View& where, const Phrase& whose);

/// The kinds of people of `spectators`, the rest as Weidmann measured.
[[nodiscard]] std::vector<PeopleKind> resolve_population(Resolver& r, const View& spectators);

/// Amenities and circulation of `spectators`. `moment` reads a clock time or a cue, none where
/// nothing is said.
void resolve_amenities(Resolver& r, const View& spectators, Spectators& out,
                       const std::function<std::optional<Moment>(const View&)>& moment);

}  // namespace defilada::show
