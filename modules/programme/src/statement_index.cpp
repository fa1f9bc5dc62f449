// SPDX-License-Identifier: MIT
#include "statement_index.hpp"

#include <algorithm>

namespace defilada::programme::detail {

StatementIndex::StatementIndex(const Network& network)
    : begin_(std::size_t{network.statement_count()} + 2, 0),
      constraints_(network.constraints().size()) {
  for (const Constraint& c : network.constraints()) ++begin_[slot(c.statement) + 1];
  for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
  std::vector<std::uint32_t> end(begin_.begin(), begin_.end() - 1);
  for (std::uint32_t i = 0; i < constraints_.size(); ++i) {
    constraints_[end[slot(network.constraints()[i].statement)]++] = i;
  }
}

std::size_t StatementIndex::slot(StatementId statement) const {
  return std::min<std::size_t>(statement.value, begin_.size() - 2);
}

std::span<const std::uint32_t> StatementIndex::constraints_of(StatementId statement) const {
  const std::size_t s = slot(statement);
  if (s == begin_.size() - 2 && statement != kNoStatement) return {};
  return std::span(constraints_).subspan(begin_[s], begin_[s + 1] - begin_[s]);
}

}  // namespace defilada::programme::detail
