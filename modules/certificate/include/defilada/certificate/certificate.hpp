// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/certificate/statement.hpp"

/// The file: a statement, a tree over its movers, and for each question the steps of a proof.
/// docs/certificate.md has the format and the argument.
namespace defilada::certificate {

/// A binary tree whose leaves are the movers. A node stands for order[first, first + count); its
/// halves for the first `left_count` of them and the rest. Node 0 is the root; of a node with one
/// mover `first_half` is 0.
struct Tree {
  struct Node {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t first_half = 0;  ///< index of the node
    std::uint32_t second_half = 0;
  };
  std::vector<std::uint32_t> order;  ///< of movers
  std::vector<Node> nodes;  ///< a node comes before its halves, the first before the second
};

/// One step settles one goal, or puts others in its place. Goals are settled depth first.
///   Among(X, I)     everybody in X keeps the distance from everybody else in X during I
///   Between(X, Y, I)     everybody in X from everybody in Y
enum class Step : std::uint8_t {
  nothing = 0,         ///< nobody owes anybody anything
  never_together = 1,  ///< Between: X and Y are not there at the same time
  first_half = 2,      ///< Among: the halves, and between them. Between: the halves of X against Y
  second_half = 3,     ///< Between: X against the halves of Y
  halve_time = 4,      ///< Between: both halves of I
  plane = 5,           ///< Between: ux, uy, speed, bound: a line across u that moves along it
  above = 6,           ///< Between: speed, bound: Y is above X
  below = 7,           ///< Between: speed, bound: Y is below X
  one_path = 8,        ///< Among: bound: all are on one path, and keep their places on it
};

struct Certificate {
  Statement statement;
  Tree tree;
  std::vector<std::string> proofs;  ///< (question) steps; numbers behind them: float, little-endian
  std::vector<double> rooms_m;      ///< (kerb) nobody of its class is nearer to the kerb; >= 0
};

/// The same certificate gives the same bytes. gzip with the packed numbers.
[[nodiscard]] std::string write(const Certificate& certificate);
/// The statement's part alone: two statements are the same if and only if their bytes are.
[[nodiscard]] std::string write(const Statement& statement);

/// Errors (bad_input): not such a file, cut off, damaged, larger than `limit_bytes` unpacked. What
/// it says need not be true: see verify().
[[nodiscard]] Result<Certificate> read(std::string_view bytes,
                                       std::uint64_t limit_bytes = 4'000'000'000);

}  // namespace defilada::certificate
