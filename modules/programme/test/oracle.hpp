// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "defilada/programme/network.hpp"

namespace defilada::programme::testing {

/// Slow and obvious answers.

inline constexpr std::int64_t kNoPath = INT64_MAX;
using Matrix = std::vector<std::vector<std::int64_t>>;

/// All shortest distances [us] by Floyd and Warshall, kNoPath where there is none; nullopt if a
/// cycle is negative.
std::optional<Matrix> floyd_warshall(const Network& network);

bool holds(const Network& network);
Windows windows_about(const Matrix& distances, CueId from);

/// The network with only the constraints that are to be kept.
Network only(const Network& network, const std::function<bool(const Constraint&)>& keep);
/// The same with the constraints of some statements, and those of none.
Network only_statements(const Network& network, const std::vector<StatementId>& statements);

/// Fewest constraints in a negative closed walk; 0 if there is none. By powers of the matrix.
std::size_t fewest_links(const Network& network);

/// Fewest constraints of a chain from `from` to `to` whose sum is the shortest distance.
std::size_t fewest_links(const Network& network, CueId from, CueId to);

}  // namespace defilada::programme::testing
