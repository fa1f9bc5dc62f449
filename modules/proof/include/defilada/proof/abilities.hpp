// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/proof/motions.hpp"

/// Whether nobody is asked for more than they can do, at every instant.
///
///   v(t) = C'(t) + left N'(t)      speeds, climbs and rates of turn are polynomials, or roots and
///   w(t) = |N'(t)|                 quotients of polynomials, on each piece; Bernstein coefficients
///                                  bound them, and halving sharpens the bound until it decides
namespace defilada::proof {

/// What movers of a class can do. The defaults limit nothing.
struct Ability {
  static constexpr double kAny = std::numeric_limits<double>::infinity();
  double speed_max_mps = kAny;
  double speed_min_mps = 0;         ///< aircraft: slowest flight
  double acceleration_mps2 = kAny;  ///< along the way, speeding up and slowing down
  double turning_radius_m = 0;      ///< least radius of the mover's own way: |v| / w
  double bank_max_rad = kAny;       ///< of a balanced turn: tan(bank) = |v| w / g
  double climb_max_mps = kAny;      ///< up and down
  double floor_m = -kAny;           ///< above the datum
  double ceiling_m = kAny;
};

enum class Quantity : std::uint8_t {
  speed,
  slowness,
  acceleration,
  turning_radius,
  bank,
  climb,
  floor,
  ceiling,
};
[[nodiscard]] std::string_view to_string(Quantity quantity) noexcept;

/// A stretch of time in which a mover is asked for more than they can do.
struct Excess {
  Quantity quantity = Quantity::speed;
  std::uint32_t mover = 0;
  double t0_s = 0;
  double t1_s = 0;
  double t_worst_s = 0;  ///< where the value is farthest beyond the limit, of the places looked at
  double value = 0;      ///< there, in the unit of the ability; bank in radians
  double limit = 0;
  std::array<double, 3> place_m{};  ///< then
};

struct AbilityReport {
  std::vector<Excess> excesses;  ///< by mover, quantity, t0
  std::uint64_t movers = 0;      ///< looked at: those that no other stands for
  std::uint64_t nodes = 0;       ///< stretches that were bounded
};

struct AbilityOptions {
  /// A value may be beyond its limit by this share of it: the tracks follow the exact curve to a
  /// millimetre, not its derivatives. Heights have the bound of the track's error instead.
  double tolerance = 2e-3;
  std::function<bool(double share)> progress = {};  ///< now and then; false interrupts
};

/// Decides for every mover and every instant whether the abilities of its class (index
/// MotionMover::of_class) suffice. Movers on one path that differ in nothing that matters (in no
/// turn: in nothing but their height) are looked at once; the first of them is named. Pure, to the
/// bit. Requires of_class < abilities.size(). Errors: interrupted.
/// Laws (property-tested): an excess has a witness beyond the limit and tolerance; a mover without
/// one has no instant beyond them, up to a billionth of the limit. Where a mover all but stands
/// (slower than 1 mm/s) its radius and its acceleration are not asked for.
/// Cost: O(pieces of the distinct movers); what decides at once costs a few squares of
/// polynomials.
[[nodiscard]] Result<AbilityReport> prove_abilities(const Motions& motions,
                                                    std::span<const Ability> abilities,
                                                    const AbilityOptions& options = {});

}  // namespace defilada::proof
