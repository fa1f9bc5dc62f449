// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "defilada/certificate/certificate.hpp"
#include "interval.hpp"

/// The nodes of the tree as the checks see them: who is on which path, how far to the sides, with
/// which bodies; and how far they reach in a direction.
namespace defilada::certificate {

/// Movers of a node on one path.
///        N ^   o  o  o     left from `left_from` to `left_to`; at each of the offsets;
///          |   o  o  o     bodies no larger than these
struct Strand {
  std::uint32_t path = 0;
  double left_from_m = 0;
  double left_to_m = 0;
  std::vector<std::array<double, 3>> offsets;  ///< the different ones, in order
  Body body;                                   ///< the largest of each measure
};

struct Group {
  std::vector<Strand> strands;         ///< by path
  std::vector<std::uint32_t> classes;  ///< in order
  double error_m = 0;                  ///< of any member's place, its outline included
  double from_s = 0;                   ///< nobody is there before
  double to_s = -1;                    ///< or after
};

/// A direction in space that need not have the length 1.
struct Direction {
  double x = 0;
  double y = 0;
  double z = 0;
};

/// Groups of the nodes for one question, made when they are first asked for.
class Groups {
 public:
  Groups(const Statement& statement, const Question& question, const Tree& tree)
      : statement_(statement), question_(question), tree_(tree), known_(tree.nodes.size()) {}

  [[nodiscard]] const Group& of(std::uint32_t node);
  /// The hardest that anybody in a owes anybody in b: owed by none, or the largest distance and the
  /// largest height. `among`: a is b, and its members owe each other.
  [[nodiscard]] Limit hardest(std::uint32_t a, std::uint32_t b);
  /// Contains, for every member at every instant in [from, to] at which it is there, the extent of
  /// its body in the direction u, in a frame that moves along u at `speed` (from 0 at `from`):
  ///   u . p - speed (t - from), p in the body
  /// nullopt: nobody is there. Cost: pieces of the strands in [from, to].
  [[nodiscard]] std::optional<Interval> reach(std::uint32_t node, const Direction& u, double speed,
                                              double from_s, double to_s);
  /// Of one mover, outline included.
  [[nodiscard]] Interval error_m(const Mover& mover) const;
  [[nodiscard]] const Statement& statement() const { return statement_; }
  [[nodiscard]] const Question& question() const { return question_; }
  [[nodiscard]] const Tree& tree() const { return tree_; }

 private:
  [[nodiscard]] Group make(std::uint32_t node) const;

  const Statement& statement_;
  const Question& question_;
  const Tree& tree_;
  std::vector<std::optional<Group>> known_;
};

/// The same for one piece of a strand, without the offsets and with the body's outline in u.
[[nodiscard]] Interval piece_reach(const Statement& statement, const Strand& strand,
                                   const Piece& piece, const Direction& u, double speed,
                                   double origin_s, double from_s, double to_s);

}  // namespace defilada::certificate
