// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <vector>

#include "bodies.hpp"

/// Two groups at an instant, in plain double: for guesses.
namespace defilada::certificate {

/// A strand at an instant: where its path is, its normal, and that of its bodies.
struct StrandNow {
  const Strand* strand = nullptr;
  double x = 0, y = 0, z = 0;
  double nx = 0, ny = 0;
  double bx = 0, by = 0;
};

struct Span1 {
  double low = 0;
  double high = 0;
};

class GroupNow {
 public:
  GroupNow(const Statement& statement, const Group& group, double t_s);
  [[nodiscard]] bool anybody() const { return !strands_.empty(); }
  /// Extent in a level direction of length 1, outlines included.
  [[nodiscard]] Span1 along(double ux, double uy) const;
  [[nodiscard]] Span1 heights() const;
  [[nodiscard]] double size_m() const;
  [[nodiscard]] std::array<double, 2> middle() const;
  [[nodiscard]] const std::vector<StrandNow>& strands() const { return strands_; }

 private:
  std::vector<StrandNow> strands_;
};

/// Both groups at an instant, and what they owe.
struct PairNow {
  GroupNow x;
  GroupNow y;
  [[nodiscard]] bool anybody() const { return x.anybody() && y.anybody(); }
  /// Gap in the direction u from x to y.
  [[nodiscard]] double gap_m(double ux, double uy) const {
    return y.along(ux, uy).low - x.along(ux, uy).high;
  }
  /// Directions in which two such groups are often apart.
  void propose(std::vector<std::array<double, 2>>& out) const;
  /// Turns a direction to where the gap is larger, by steps down to `least_rad`.
  [[nodiscard]] std::array<double, 2> turn(std::array<double, 2> u, double least_rad) const;
};

}  // namespace defilada::certificate
