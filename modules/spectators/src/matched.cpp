// SPDX-License-Identifier: MIT
// Who comes from where goes where: a transport problem of a few stops and zones.
//
// Proportional parts first, rounded down, as far as rows and columns leave room; what is missing is
// sent along augmenting paths, row -> column -> row ..., as in a maximal flow.
#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "defilada/spectators/scene.hpp"

namespace defilada::spectators {
namespace {

class Matcher {
 public:
  Matcher(const std::vector<std::int64_t>& row, const std::vector<std::int64_t>& column,
          const std::vector<std::vector<bool>>& allowed)
      : rows_(row), columns_(column), allowed_(allowed) {
    x.assign(row.size(), std::vector<std::int64_t>(column.size(), 0));
  }

  void proportional() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      double reachable = 0;
      for (std::size_t k = 0; k < columns_.size(); ++k) {
        if (allowed_[i][k]) reachable += static_cast<double>(columns_[k]);
      }
      if (!(reachable > 0)) continue;
      const std::int64_t all = rows_[i];
      for (std::size_t k = 0; k < columns_.size(); ++k) {
        if (!allowed_[i][k]) continue;
        const auto part = static_cast<std::int64_t>(
            static_cast<double>(all) * static_cast<double>(columns_total(k)) / reachable);
        const std::int64_t given = std::min({part, rows_[i], columns_[k]});
        x[i][k] += given;
        rows_[i] -= given;
        columns_[k] -= given;
      }
    }
  }

  /// Sends what is left of one row to a column that has room; false: there is no way.
  bool augment(std::size_t from) {
    const std::size_t n = rows_.size();
    std::vector<std::size_t> before(n + columns_.size(), kUnseen);
    std::deque<std::size_t> open{from};
    before[from] = from;
    while (!open.empty()) {
      const std::size_t node = open.front();
      open.pop_front();
      if (node >= n && columns_[node - n] > 0) {
        send(from, node, before);
        return true;
      }
      for (std::size_t other = 0; other < before.size(); ++other) {
        if (before[other] != kUnseen || (node < n) == (other < n)) continue;
        const bool passable = node < n ? allowed_[node][other - n] : x[other][node - n] > 0;
        if (!passable) continue;
        before[other] = node;
        open.push_back(other);
      }
    }
    return false;
  }

  [[nodiscard]] std::int64_t left(std::size_t row) const { return rows_[row]; }
  std::vector<std::vector<std::int64_t>> x;

 private:
  static constexpr std::size_t kUnseen = std::numeric_limits<std::size_t>::max();

  /// Of the column as it was at first.
  [[nodiscard]] std::int64_t columns_total(std::size_t k) const {
    std::int64_t total = columns_[k];
    for (const auto& row : x) total += row[k];
    return total;
  }

  void send(std::size_t from, std::size_t to, const std::vector<std::size_t>& before) {
    const std::size_t n = rows_.size();
    std::int64_t amount = std::min(rows_[from], columns_[to - n]);
    for (std::size_t node = to; node != from; node = before[node]) {
      if (node < n) amount = std::min(amount, x[node][before[node] - n]);
    }
    for (std::size_t node = to; node != from; node = before[node]) {
      if (node >= n) {
        x[before[node]][node - n] += amount;
      } else {
        x[node][before[node] - n] -= amount;
      }
    }
    rows_[from] -= amount;
    columns_[to - n] -= amount;
  }

  std::vector<std::int64_t> rows_;  ///< what is left of each
  std::vector<std::int64_t> columns_;
  const std::vector<std::vector<bool>>& allowed_;
};

}  // namespace

std::optional<std::vector<std::vector<std::int64_t>>> matched(
    const std::vector<std::int64_t>& row, const std::vector<std::int64_t>& column,
    const std::vector<std::vector<bool>>& allowed) {
  Matcher matcher(row, column, allowed);
  matcher.proportional();
  for (std::size_t i = 0; i < row.size(); ++i) {
    while (matcher.left(i) > 0) {
      if (!matcher.augment(i)) return std::nullopt;
    }
  }
  return std::move(matcher.x);
}

}  // namespace defilada::spectators
