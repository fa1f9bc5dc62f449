// SPDX-License-Identifier: MIT
#include "oracle.hpp"

#include <algorithm>

namespace defilada::programme::testing {
namespace {

Matrix one_link(const Network& network) {
  const std::size_t n = network.cue_count();
  Matrix d(n, std::vector<std::int64_t>(n, kNoPath));
  for (const Constraint& c : network.constraints()) {
    auto& least = d[c.from.value][c.to.value];
    least = std::min(least, c.bound.us);
  }
  return d;
}

bool has_negative_diagonal(const Matrix& d) {
  for (std::size_t i = 0; i < d.size(); ++i) {
    if (d[i][i] < 0) return true;
  }
  return false;
}

/// Shortest sums of exactly one link more.
Matrix longer_by(const Matrix& d, const Matrix& link) {
  const std::size_t n = d.size();
  Matrix result(n, std::vector<std::int64_t>(n, kNoPath));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t j = 0; j < n; ++j) {
        if (d[i][k] == kNoPath || link[k][j] == kNoPath) continue;
        result[i][j] = std::min(result[i][j], d[i][k] + link[k][j]);
      }
    }
  }
  return result;
}

}  // namespace

std::optional<Matrix> floyd_warshall(const Network& network) {
  Matrix d = one_link(network);
  const std::size_t n = d.size();
  for (std::size_t i = 0; i < n; ++i) d[i][i] = std::min<std::int64_t>(d[i][i], 0);
  for (std::size_t k = 0; k < n; ++k) {
    if (has_negative_diagonal(d)) return std::nullopt;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (d[i][k] == kNoPath || d[k][j] == kNoPath) continue;
        d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
      }
    }
  }
  if (has_negative_diagonal(d)) return std::nullopt;
  return d;
}

bool holds(const Network& network) {
  return floyd_warshall(network).has_value();
}

Windows windows_about(const Matrix& distances, CueId from) {
  Windows windows;
  for (std::size_t cue = 0; cue < distances.size(); ++cue) {
    const std::int64_t to = distances[from.value][cue];
    const std::int64_t back = distances[cue][from.value];
    windows.latest.push_back(to == kNoPath ? kNever : Time{to});
    windows.earliest.push_back(back == kNoPath ? kAlways : Time{-back});
  }
  return windows;
}

Network only(const Network& network, const std::function<bool(const Constraint&)>& keep) {
  Network result;
  for (std::uint32_t i = 1; i < network.cue_count(); ++i) result.add_cue();
  for (const Constraint& c : network.constraints()) {
    if (keep(c)) result.add(c);
  }
  return result;
}

Network only_statements(const Network& network, const std::vector<StatementId>& statements) {
  return only(network, [&](const Constraint& c) {
    return c.statement == kNoStatement ||
           std::find(statements.begin(), statements.end(), c.statement) != statements.end();
  });
}

std::size_t fewest_links(const Network& network) {
  const Matrix link = one_link(network);
  Matrix d = link;
  for (std::size_t links = 1; links <= network.cue_count(); ++links) {
    if (has_negative_diagonal(d)) return links;
    d = longer_by(d, link);
  }
  return 0;
}

std::size_t fewest_links(const Network& network, CueId from, CueId to) {
  if (from == to) return 0;
  const std::int64_t shortest = floyd_warshall(network).value()[from.value][to.value];
  const Matrix link = one_link(network);
  Matrix d = link;
  std::size_t links = 1;
  for (; d[from.value][to.value] != shortest; ++links) d = longer_by(d, link);
  return links;
}

}  // namespace defilada::programme::testing
