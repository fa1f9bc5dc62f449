// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"

/// Tracks: where every mover is at every instant. All that follows movement sees only these.
///
///   rank path  C(t): middle of a rank            mover  p(t) = C(t) + left * N(t) + offset
///              N(t): its left normal, |N| = 1
///        o---o---o---C---o---o---o               one path serves a rank (in a turn), or a whole
///                     `-> direction              contingent that keeps its shape (on the straight)
///
/// C, N and the height z are polynomials of degree <= 5 on each piece, so every mover's track is
/// one, and its distance from the exact curve is at most error(mover).
namespace defilada::track {

inline constexpr int kOrder = 6;                ///< coefficients: degree 5
using Polynomial = std::array<double, kOrder>;  ///< sum of c[k] * (t - t0)^k, m and s

struct Piece {
  double t0_s = 0;
  double t1_s = 0;  ///< > t0
  Polynomial x{};   ///< of the rank's middle, m
  Polynomial y{};
  Polynomial z{};
  Polynomial nx{};  ///< left normal
  Polynomial ny{};
  double facing_rad =
      0;  ///< heading of bodies from the direction of the path; pi: facing backwards
};

/// Consecutive pieces: piece i ends where piece i + 1 begins, in time and (to 1e-9 m) in place.
struct Path {
  std::uint32_t first_piece = 0;
  std::uint32_t piece_count = 0;
  double error_centre_m = 0;  ///< |C - exact| <= this, rounding included
  double error_normal = 0;    ///< |N - exact| <= this, so a mover at `left` adds |left| * this
  bool straight = false;      ///< N is constant: whoever is on it keeps their shape
};

struct Mover {
  std::uint32_t path = 0;
  double left_m = 0;
  std::array<double, 3> offset_m{};
  std::uint32_t contingent = 0;  ///< index in the show
  std::uint32_t kind = 0;        ///< index in the show
  std::uint32_t slot = 0;        ///< in the contingent, over all parts
  std::uint16_t part = 0;
};

/// Movers of one contingent are consecutive.
struct Group {
  std::uint32_t contingent = 0;
  std::uint32_t first_mover = 0;
  std::uint32_t mover_count = 0;
};

struct State {
  std::array<double, 3> position_m{};
  std::array<double, 3> velocity_mps{};
  double heading_rad = 0;  ///< anticlockwise from east, where the body faces
};

class TrackSet {
 public:
  std::vector<Piece> pieces;
  std::vector<Path> paths;
  std::vector<Mover> movers;
  std::vector<Group> groups;

  [[nodiscard]] std::span<const Piece> pieces_of(const Path& path) const {
    return std::span(pieces).subspan(path.first_piece, path.piece_count);
  }
  /// [begin, end] of a path's pieces, s.
  [[nodiscard]] std::array<double, 2> interval(const Path& path) const;

  /// nullopt outside the track's pieces: the mover is not there. At a joint the later piece counts.
  /// Cost: O(log pieces of the path).
  [[nodiscard]] std::optional<State> at(const Mover& mover, double t_s) const;

  /// Bound of the distance between the track and the exact curve, m.
  [[nodiscard]] double error_m(const Mover& mover) const;

  /// The pieces of one mover, written out: x, y, z of the mover itself (nx, ny kept for the
  /// heading).
  [[nodiscard]] std::vector<Piece> expand(const Mover& mover) const;

  /// Checks what every reader relies on: pieces in order and joined in place, all finite, indices
  /// valid, |N| within error_normal of 1 at the ends. Error (bad_input) names the first fault.
  [[nodiscard]] Status validate() const;
};

/// Value and derivative of a polynomial at dt = t - t0. Horner's rule.
[[nodiscard]] double evaluate(const Polynomial& polynomial, double dt_s) noexcept;
[[nodiscard]] double derivative(const Polynomial& polynomial, double dt_s) noexcept;

/// "defilada-tracks/1" (docs/formats.md): one object a mover with its pieces written out. `ids`
/// names the movers, in order. Appends to `out` in chunks through `write`, so that memory stays
/// small.
using WriteChunk = Status (*)(void* context, std::string_view chunk);
[[nodiscard]] Status write_tracks_json(const TrackSet& tracks, std::span<const std::string> ids,
                                       double separation_m, WriteChunk write, void* context);
/// The same with those who watch under a key of their own, "guests": a proof passes over them, for
/// who gets out of a car is where the car is.
struct NamedTracks {
  const TrackSet& tracks;
  std::span<const std::string> ids;
};
[[nodiscard]] Status write_tracks_json(const NamedTracks& movers,
                                       const std::optional<NamedTracks>& guests,
                                       double separation_m, WriteChunk write, void* context);

}  // namespace defilada::track
