// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "bernstein.hpp"
#include "defilada/proof/separation.hpp"

/// Two movers, looked at one by one.
namespace defilada::proof {

/// What a pair has to keep.
struct Demand {
  Limit::Shape shape = Limit::Shape::none;
  double distance_m = 0;  ///< of the centres; where a body is a rectangle, of the rectangles
  double vertical_m = 0;
  bool rectangles = false;
};
[[nodiscard]] Demand demand_of(const Motions& motions, const Rules& rules, std::uint32_t a,
                               std::uint32_t b);

/// What a look at a pair, or at many, has shown of the least value.
struct Least {
  double lower_m = std::numeric_limits<double>::infinity();
  double upper_m = std::numeric_limits<double>::infinity();
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double t_s = 0;
  void take(const Least& other);
};

struct Passing;
template <class Real>
struct Stretch;
template <class Real>
struct Square;
template <class Real>
class Gauge;
struct LeastValue;

/// Looks at pairs; not shared between threads.
class PairProof {
 public:
  PairProof(const Motions& motions, const Rules& rules, const SeparationOptions& options)
      : motions_(motions), rules_(rules), options_(options) {}

  /// Values from here on are of no interest unless they break a limit: infinity for all.
  double interest_m = std::numeric_limits<double>::infinity();

  /// The pair wherever both are there in [from, to].
  void look(std::uint32_t a, std::uint32_t b, double from_s, double to_s);
  std::vector<Approach> conflicts;  ///< pieces of them, as they were found
  Least least;
  std::uint64_t extended = 0;  ///< how often double did not decide

 private:
  /// On one piece of each.
  void look_at(const Passing& at);
  /// What the least value is taken from.
  [[nodiscard]] double base_m(const Demand& demand) const {
    return options_.measure == SeparationOptions::Measure::margin ? demand.distance_m : 0;
  }
  bool look_at_valley(const Passing& at, const Curve<double>& r, const Gauge<double>& gauge,
                      const Square<double>& square);
  void look_closely(const Passing& at, const Stretch<double>& whole, const Gauge<double>& gauge,
                    double enough);
  void add_conflicts(const Passing& at, const Stretch<double>& whole, const Gauge<double>& gauge,
                     const LeastValue& worst);

  const Motions& motions_;
  const Rules& rules_;
  const SeparationOptions& options_;
};

/// Sorts by pair and time, and joins what touches.
void join_conflicts(std::vector<Approach>& conflicts);

}  // namespace defilada::proof
