// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <vector>

#include "defilada/core/random.hpp"
#include "defilada/proof/separation.hpp"

/// Scenes of the tests and benchmarks.
namespace defilada::proof::scenes {

using Powers = std::vector<std::array<double, 3>>;  ///< (power of t - t0) x, y, z

struct PieceOf {
  double t0_s;
  double t1_s;
  Powers c;
};

inline std::uint32_t add(Motions& motions, const std::vector<PieceOf>& pieces, Body body = {},
                         std::uint32_t of_class = 0) {
  MotionMover mover;
  mover.path = motions.add_path(0, 0, false);
  mover.body = body;
  mover.of_class = of_class;
  for (const PieceOf& piece : pieces) {
    std::vector<Coefficient> own;
    for (const auto& c : piece.c) own.push_back({c[0], c[1], c[2], 0, 0});
    motions.add_piece(piece.t0_s, piece.t1_s, own);
  }
  motions.movers.push_back(mover);
  return static_cast<std::uint32_t>(motions.movers.size() - 1);
}

inline Rules rules(double distance_m) {
  Rules all(1);
  all.set(0, 0, {Limit::Shape::sphere, distance_m, 0});
  return all;
}

/// Everybody crosses a square as they like: degree 7, peak about 8 m/s over 60 s.
inline Motions crossings(std::uint32_t count, std::uint64_t seed, double spacing_m = 10,
                         double length_s = 60, int degree = 7) {
  Motions motions;
  const double side = spacing_m * std::sqrt(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Random random(seed, i, 0);
    Powers c(static_cast<std::size_t>(degree) + 1);
    c[0] = {random.uniform(0, side), random.uniform(0, side), 0};
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    const double speed = random.uniform(0.5, 4);
    c[1] = {speed * std::cos(angle), speed * std::sin(angle), 0};
    double power = length_s;
    for (int k = 2; k <= degree; ++k, power *= length_s) {
      const double most = 40.0 / (k * power * length_s) * length_s / 10;
      c[static_cast<std::size_t>(k)] = {random.uniform(-most, most), random.uniform(-most, most),
                                        0};
    }
    add(motions, {{0, length_s, c}});
  }
  return motions;
}

/// Blocks of 25 files and 14 ranks that march one behind the other, with an eased start; each
/// mover written out as tracks JSON does it. `ripple`: each rank steps off by itself.
inline Motions parade(std::uint32_t count, bool ripple) {
  Motions motions;
  std::uint32_t placed = 0;
  for (std::uint32_t block = 0; placed < count; ++block) {
    for (std::uint32_t rank = 0; rank < 14 && placed < count; ++rank) {
      const double starts = ripple ? 1.0 + 0.4 * rank : 2.0;
      const double head = -30.0 * block - 1.2 * rank;
      const double heading = 0.3;
      const double dx = std::cos(heading);
      const double dy = std::sin(heading);
      for (std::uint32_t file = 0; file < 25 && placed < count; ++file, ++placed) {
        const double left = 0.75 * file;
        const double x = head * dx - left * dy;
        const double y = head * dy + left * dx;
        const double v = 1.4;
        const double ease = 2;
        // Smooth from rest to v in `ease`: s(u) = v (u^3 / ease^2 - u^4 / (2 ease^3)).
        const double c3 = v / (ease * ease);
        const double c4 = -v / (2 * ease * ease * ease);
        const double far = v * ease / 2;
        add(motions,
            {{0, starts, {{x, y, 0}}},
             {starts,
              starts + ease,
              {{x, y, 0}, {0, 0, 0}, {0, 0, 0}, {c3 * dx, c3 * dy, 0}, {c4 * dx, c4 * dy, 0}}},
             {starts + ease, 60, {{x + far * dx, y + far * dy, 0}, {v * dx, v * dy, 0}}}});
      }
    }
  }
  return motions;
}

/// The same blocks, everybody swaying a little for themselves.
inline Motions swaying(std::uint32_t count, std::uint64_t seed) {
  Motions motions;
  for (std::uint32_t i = 0; i < count; ++i) {
    Random random(seed, i, 0);
    const std::uint32_t block = i / 350;
    const std::uint32_t rank = i % 350 / 25;
    const double x = -30.0 * block - 1.2 * rank + random.uniform(-0.02, 0.02);
    const double y = 0.75 * (i % 25) + random.uniform(-0.02, 0.02);
    std::vector<PieceOf> pieces;
    constexpr int kPieces = 20;
    for (int p = 0; p < kPieces; ++p) {
      const double t0 = 3.0 * p;
      const double a = random.uniform(-0.01, 0.01);
      const double b = random.uniform(-0.01, 0.01);
      // Out and back within the piece: 16 a u^2 (1-u)^2, u = t / 3.
      pieces.push_back({t0,
                        t0 + 3,
                        {{x + 1.4 * t0, y, 0},
                         {1.4, 0, 0},
                         {16 * a / 9, 16 * b / 9, 0},
                         {-32 * a / 27, -32 * b / 27, 0},
                         {16 * a / 81, 16 * b / 81, 0}}});
    }
    add(motions, pieces);
  }
  return motions;
}

}  // namespace defilada::proof::scenes
