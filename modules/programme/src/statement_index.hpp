// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/programme/network.hpp"

namespace defilada::programme::detail {

/// The constraints behind each statement, and those that nobody stated.
class StatementIndex {
 public:
  explicit StatementIndex(const Network& network);

  /// Indices into Network::constraints(), ascending. None for a statement that the network does
  /// not know; those that nobody stated for kNoStatement.
  [[nodiscard]] std::span<const std::uint32_t> constraints_of(StatementId statement) const;

 private:
  [[nodiscard]] std::size_t slot(StatementId statement) const;

  std::vector<std::uint32_t> begin_;        ///< (statement, then nobody's, then the end)
  std::vector<std::uint32_t> constraints_;  ///< grouped by statement
};

}  // namespace defilada::programme::detail
