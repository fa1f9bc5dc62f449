// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/track/tracks.hpp"

/// What the proof knows of those who move: polynomials, bodies, and who is of which class.
namespace defilada::proof {

inline constexpr int kMaxDegree = 15;  ///< of a polynomial in time

/// One coefficient of all coordinates: x, y, z of the place, then x, y of the left normal.
using Coefficient = std::array<double, 5>;

/// Position and left normal are sum of c[k] (t - t0)^k on [t0, t1].
struct MotionPiece {
  double t0_s = 0;
  double t1_s = 0;
  std::uint32_t first_coefficient = 0;
  std::int32_t degree = 0;
  double facing_rad = 0;  ///< of bodies, from the direction of the path
};

/// What a mover occupies on the ground: a rectangle along its direction, rounded by `radius_m`.
///      ,----------------.   half_length along the path's direction, half_width along its normal;
///     (   .----------.   )  a disc (or a point) has a rectangle of no size
///     |   |          |-->|
///      `----------------'
struct Body {
  double half_length_m = 0;
  double half_width_m = 0;
  double radius_m = 0;
  [[nodiscard]] bool is_disc() const { return half_length_m == 0 && half_width_m == 0; }
  /// Of the circle around it.
  [[nodiscard]] double circumradius_m() const;
};

/// Pieces by time, without overlap; between two of them nobody is there.
struct MotionPath {
  std::uint32_t first_piece = 0;
  std::uint32_t piece_count = 0;
  double error_centre_m = 0;  ///< of the place, against the exact curve
  double error_normal = 0;
  bool steady = false;  ///< the normal is one constant: whoever is on it keeps their shape
};

struct MotionMover {
  std::uint32_t path = 0;
  double left_m = 0;
  std::array<double, 3> offset_m{};
  Body body;
  std::uint32_t of_class = 0;  ///< row and column in Rules
};

class Motions {
 public:
  std::vector<Coefficient> coefficients;
  std::vector<MotionPiece> pieces;
  std::vector<MotionPath> paths;
  std::vector<MotionMover> movers;

  [[nodiscard]] std::span<const MotionPiece> pieces_of(const MotionPath& path) const {
    return std::span(pieces).subspan(path.first_piece, path.piece_count);
  }
  /// Adds a path of pieces that are appended to it with add_piece until the next add_path.
  std::uint32_t add_path(double error_centre_m, double error_normal, bool steady);
  /// Highest powers that are zero are left out.
  void add_piece(double t0_s, double t1_s, std::span<const Coefficient> own, double facing_rad = 0);
  /// A mover that stands at `position` from t0 to t1, its body turned by `heading_rad` from east.
  void add_fixed(std::array<double, 3> position_m, double heading_rad, const Body& body,
                 double t0_s, double t1_s, std::uint32_t of_class);
  /// All paths of a track set; movers are left to the caller, who knows their bodies.
  void add_paths(const track::TrackSet& tracks);

  /// Position at t, by Horner's rule: for pictures and first guesses, not for verdicts. False where
  /// the mover is not there.
  bool position(const MotionMover& mover, double t_s, std::array<double, 3>& out) const;
  /// [begin, end] of a path; {0, 0} of an empty one.
  [[nodiscard]] std::array<double, 2> interval(const MotionPath& path) const;
};

}  // namespace defilada::proof
