// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "defilada/core/phrase.hpp"
#include "defilada/core/result.hpp"

/// What a certificate is about: who moves how, and who owes whom which distance. It stands for
/// itself: whoever reads it needs neither the show nor the program that planned it.
///
///   position(t) = C(t) + left N(t) + offset      C, N: polynomials on the pieces of a path
///   body(t)     = the rectangle along N, turned by `facing`, rounded by its radius
namespace defilada::certificate {

inline constexpr int kMaxDegree = 15;  ///< of a polynomial in time

/// Distances that fall short of what is wanted by less count as equal to it.
inline constexpr double kSameDistance_m = 1e-9;

/// Coefficients of one power of (t - t0): x, y, z of C, then x, y of the left normal N.
using Coefficient = std::array<double, 5>;

/// Position and normal on the closed stretch [t0, t1].
struct Piece {
  double t0_s = 0;
  double t1_s = 0;
  std::uint32_t first_coefficient = 0;
  std::uint32_t coefficient_count = 0;  ///< 1 to kMaxDegree + 1
  double facing_rad = 0;                ///< of bodies, from the direction of the path
};

/// Pieces by time, without overlap; between two of them nobody is there.
struct Path {
  std::uint32_t first_piece = 0;
  std::uint32_t piece_count = 0;
  double error_centre_m = 0;  ///< |C - exact| <= this
  double error_normal = 0;    ///< |N - exact| <= this
};

/// Corners at +- half_length T +- half_width N from the mover's place, where N is the path's normal
/// turned by the facing and T = (Ny, -Nx); rounded by radius.
struct Body {
  double half_length_m = 0;
  double half_width_m = 0;
  double radius_m = 0;
};

struct Mover {
  std::uint32_t path = 0;
  std::uint32_t of_class = 0;  ///< row and column of Question::of_classes
  std::uint32_t party = 0;     ///< who it belongs to, by name
  std::uint32_t number = 0;    ///< in its party
  double left_m = 0;
  std::array<double, 3> offset_m{};
  Body body;
};

/// What one class of movers owes another, from outline to outline, the errors of both tracks on
/// top: `distance_m` on the ground or, if it is finite, `vertical_m` in height.
struct Limit {
  bool owed = false;
  double distance_m = 0;
  double vertical_m = 0;  ///< infinity: height does not help
};

/// Who is slower has no direction to speak of.
inline constexpr double kStanding_mps = 1e-3;

/// One set of limits. Where `outlines` is false, bodies are points.
struct Question {
  std::string name;
  bool outlines = false;
  std::vector<Limit> limits;              ///< the different ones
  std::vector<std::uint16_t> of_classes;  ///< index in limits (class, class), symmetric
};

/// Within what the movers of a class stay at every instant of [from, to] at which they are there.
/// Speeds are those of the tracks as they stand; heights hold up to the bound of the track's error.
struct Bound {
  static constexpr double kAny = std::numeric_limits<double>::infinity();
  std::uint32_t of_class = 0;
  double from_s = -kAny;
  double to_s = kAny;
  double speed_min_mps = 0;
  double speed_max_mps = kAny;
  double climb_max_mps = kAny;      ///< up and down
  double acceleration_mps2 = kAny;  ///< along the way; not of who is slower than kStanding_mps
  double turning_radius_m = 0;      ///< |v| / |N'| is no less; likewise
  double sideways_mps2 = kAny;      ///< |v| |N'|: a balanced turn at the bank b has g tan(b)
  double floor_m = -kAny;
  double ceiling_m = kAny;
};

/// A stretch of the ground between the kerbs of a road: along a straight of its axis or round a
/// bend.
///
///   straight   low <= d.u <= high, |d x u| <= side       d = place - (x, y); |u| = |w| = 1
///   bend       low <= |d| <= high, d left of u and right of w, to `slack`; w left of u
///
/// `low_m` and `high_m` of a straight may be infinite: no kerb runs across the road's ends. Where
/// the inner kerb of a bend is a corner, `low_m` is negative.
struct Cell {
  bool bend = false;
  double x_m = 0;  ///< a point of the axis; of a bend its centre
  double y_m = 0;
  double ux = 1;  ///< along the axis; of a bend to its beginning
  double uy = 0;
  double wx = 0;  ///< of a bend: to its end
  double wy = 0;
  double low_m = 0;
  double high_m = 0;
  double side_m = 0;   ///< of a straight
  double slack_m = 0;  ///< of a bend
};

/// The ground between kerbs: every place in one of the cells.
struct Road {
  std::string name;
  std::uint32_t first_cell = 0;
  std::uint32_t cell_count = 0;
};

/// All of a class, outlines included, stay on a road at every instant.
struct Kerb {
  std::uint32_t of_class = 0;
  std::uint32_t road = 0;
};

/// The edge of a stand or an obstacle: movers that stand still, rectangles without width or radius,
/// each from where the one before ends, the first from where the last does.
struct Ring {
  std::uint32_t first_mover = 0;
  std::uint32_t mover_count = 0;
};

/// Somebody who may be within a ring: on a stand from beginning to end.
struct Within {
  std::uint32_t mover = 0;
  std::uint32_t ring = 0;
};

struct Statement {
  std::string show;                  ///< its title
  std::vector<std::string> parties;  ///< names: contingents, stands, obstacles
  std::uint32_t classes = 1;
  std::vector<Coefficient> coefficients;
  std::vector<Piece> pieces;
  std::vector<Path> paths;
  std::vector<Mover> movers;
  std::vector<Question> questions;
  std::vector<Bound> bounds;
  std::vector<Cell> cells;
  std::vector<Road> roads;
  std::vector<Kerb> kerbs;
  std::vector<Ring> rings;
  std::vector<Within> within;  ///< by ring, then mover

  [[nodiscard]] std::span<const Piece> pieces_of(const Path& path) const {
    return std::span(pieces).subspan(path.first_piece, path.piece_count);
  }
  [[nodiscard]] std::span<const Coefficient> coefficients_of(const Piece& piece) const {
    return std::span(coefficients).subspan(piece.first_coefficient, piece.coefficient_count);
  }
  [[nodiscard]] std::span<const Cell> cells_of(const Road& road) const {
    return std::span(cells).subspan(road.first_cell, road.cell_count);
  }
  [[nodiscard]] const Limit& limit(const Question& question, std::uint32_t a,
                                   std::uint32_t b) const {
    return question.limits[question.of_classes[std::size_t{a} * classes + b]];
  }
  /// "army/12"
  [[nodiscard]] std::string name(std::uint32_t mover) const;
  /// From the first to the last instant of all pieces; {0, 0} without any.
  [[nodiscard]] std::array<double, 2> interval() const;
  /// Checks what every reader relies on: indices, order in time, numbers that are finite and below
  /// 1e12, symmetric limits, bounds that are in order, cells with directions, a normal wherever a
  /// body is a rectangle. Error (bad_input) names the first fault. Cost: linear.
  [[nodiscard]] Status validate() const;
};

}  // namespace defilada::certificate
