// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace defilada {

/// Philox 4x32 with 10 rounds: a bijection of the 128-bit counter for every 64-bit key, so that a
/// draw depends on what it is for and not on how many were made before it, nor by which thread.
/// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011, section 3.4 (https://doi.org/10.1145/2063384.2063405). Passes the authors' known
/// answers.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32U) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32U) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

/// The random numbers of one agent at one step: the same for the same (seed, agent, step), whatever
/// else is drawn. 2^33 draws, then it repeats. Laws: streams of different (seed, agent, step) never
/// share a counter; identical on every machine and compiler (integers and exact powers of two
/// only).
class Random {
 public:
  constexpr Random(std::uint64_t seed, std::uint32_t agent, std::uint64_t step) noexcept
      : seed_(seed), agent_(agent), step_(step) {}

  /// All 64 bits at random.
  [[nodiscard]] constexpr std::uint64_t bits() noexcept {
    if (drawn_ % 2 == 0) {
      block_ =
          philox({static_cast<std::uint32_t>(drawn_ / 2), agent_, static_cast<std::uint32_t>(step_),
                  static_cast<std::uint32_t>(step_ >> 32U)},
                 {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32U)});
    }
    const std::size_t half = (drawn_++ % 2) * 2;
    return std::uint64_t{block_[half]} | std::uint64_t{block_[half + 1]} << 32U;
  }

  /// In [0, 1): a multiple of 2^-53.
  [[nodiscard]] constexpr double uniform() noexcept {
    return static_cast<double>(bits() >> 11U) * 0x1p-53;
  }
  /// In [low, high); requires low < high, both finite and their difference too. Rounding may give
  /// `high` where the two are neighbours.
  [[nodiscard]] constexpr double uniform(double low, double high) noexcept {
    return low + (high - low) * uniform();
  }
  /// Each of 0 .. count - 1 alike, without bias; requires count > 0. Source: D. Lemire, "Fast
  /// random integer generation in an interval", ACM TOMACS 29 (2019),
  /// https://doi.org/10.1145/3230636.
  [[nodiscard]] constexpr std::uint32_t below(std::uint32_t count) noexcept {
    const std::uint32_t least = (0U - count) % count;
    for (;;) {
      const std::uint64_t product = (bits() >> 32U) * count;
      if (static_cast<std::uint32_t>(product) >= least) {
        return static_cast<std::uint32_t>(product >> 32U);
      }
    }
  }

 private:
  std::uint64_t seed_;
  std::uint32_t agent_;
  std::uint64_t step_;
  std::uint64_t drawn_ = 0;
  std::array<std::uint32_t, 4> block_{};
};

}  // namespace defilada
