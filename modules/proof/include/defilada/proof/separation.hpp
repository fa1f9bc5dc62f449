// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/proof/motions.hpp"

/// Separation, proven at every instant. docs/proof.md has the argument.
///
///   distance ^   \            /         the distance of two movers is the root of a polynomial;
///            |    \    ...   /          its Bernstein coefficients bound it from below, and
///            halving
///      limit |-----\--'---'-/------     the *relative* track sharpens the bound until it decides
///            |      `-'   `'
///            +--------------------> t   *clear* with a bound, or *conflict* with a witness
namespace defilada::proof {

/// Distances that fall short of the limit by less count as equal to it.
inline constexpr double kSameDistance_m = 1e-9;

/// What one class of movers owes another: body to body.
struct Limit {
  enum class Shape : std::uint8_t {
    none,      ///< nothing: such pairs are not looked at
    sphere,    ///< distance in space; where a body is a rectangle, on the ground
    cylinder,  ///< horizontally this far, or vertically that far
  };
  Shape shape = Shape::none;
  double distance_m = 0;
  double vertical_m = 0;  ///< cylinder
};

/// Limits between classes; symmetric.
class Rules {
 public:
  explicit Rules(std::uint32_t classes = 1)
      : classes_(classes), limits_(std::size_t{classes} * classes) {}
  [[nodiscard]] std::uint32_t classes() const { return classes_; }
  void set(std::uint32_t a, std::uint32_t b, const Limit& limit) {
    limits_[std::size_t{a} * classes_ + b] = limit;
    limits_[std::size_t{b} * classes_ + a] = limit;
  }
  [[nodiscard]] const Limit& between(std::uint32_t a, std::uint32_t b) const {
    return limits_[std::size_t{a} * classes_ + b];
  }

 private:
  std::uint32_t classes_;
  std::vector<Limit> limits_;
};

/// When two movers are closer than they may; a pause below 2^-10 of a piece may be within it.
struct Approach {
  std::uint32_t a = 0;  ///< index of the mover, a < b
  std::uint32_t b = 0;
  double t0_s = 0;
  double t1_s = 0;
  double t_least_s = 0;
  double least_m = 0;   ///< distance of the centres then; of bodies that are rectangles, less radii
  double wanted_m = 0;  ///< what it should have been, radii and errors of the tracks included
  std::array<double, 3> place_m{};  ///< midway between the two
  [[nodiscard]] double missing_m() const { return wanted_m - least_m; }
};

struct SeparationReport {
  std::vector<Approach> conflicts;  ///< by a, b, t0
  /// The least value over all pairs and instants lies in [lower, upper], which are at most 1 cm
  /// apart: see SeparationOptions::measure.
  double least_lower_m = 0;
  double least_upper_m = 0;
  std::array<std::uint32_t, 2> nearest{};  ///< who comes nearest; {0, 0} if nobody below the cap
  double t_nearest_s = 0;
  std::uint64_t pairs = 0;    ///< of movers, all
  std::uint64_t refined = 0;  ///< of them, looked at one by one
  [[nodiscard]] bool clear() const { return conflicts.empty(); }
};

struct SeparationOptions {
  /// distance: what `least` is about is the distance of the centres (under a cylinder the
  /// horizontal one while the vertical one is below its limit); margin: distance less what is
  /// wanted.
  enum class Measure : std::uint8_t { distance, margin };
  Measure measure = Measure::distance;
  double cap_m =
      std::numeric_limits<double>::infinity();  ///< larger least values are given as this
  double tolerance_m = 0.01;                    ///< of `least`
  int threads = 0;                              ///< 0: as many as the machine has
  bool groups = true;  ///< false: nobody is taken together with others (to measure the gain)
  /// Called now and then, from the calling thread, with the share done; false interrupts.
  std::function<bool(double share)> progress = {};
};

/// Decides for every pair and every instant whether it keeps its limit. Pure: the same for any
/// number of threads and any instruction set, to the bit. Requires numbers that are finite, pieces
/// in order, classes below rules.classes(). Errors: interrupted.
/// Laws: a pair is in `conflicts` if and only if its distance (radii taken off) falls below its
/// limit by more than kSameDistance_m, up to 1e-12 m; all pairs one by one give the same conflicts.
/// Cost: near-linear in movers where limits are small against the spacing.
[[nodiscard]] Result<SeparationReport> prove_separation(const Motions& motions, const Rules& rules,
                                                        const SeparationOptions& options = {});

/// The same, every pair one by one: the oracle of the tests. O(n^2).
[[nodiscard]] SeparationReport prove_all_pairs(const Motions& motions, const Rules& rules,
                                               const SeparationOptions& options = {});

}  // namespace defilada::proof
