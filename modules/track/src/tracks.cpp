// SPDX-License-Identifier: MIT
#include "defilada/track/tracks.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/core/check.hpp"

namespace defilada::track {
namespace {

constexpr double kJoint = 1e-6;  ///< m; pieces that meet may differ by rounding, never by more

bool finite(const Polynomial& polynomial) {
  return std::all_of(polynomial.begin(), polynomial.end(),
                     [](double c) { return std::isfinite(c); });
}

Status check_piece(const Path& path, const Piece& piece, std::size_t index) {
  if (!(piece.t1_s > piece.t0_s)) {
    return fail(Errc::bad_input, phrase("piece {} ends before it begins", index));
  }
  if (!std::isfinite(piece.t0_s) || !std::isfinite(piece.t1_s) ||
      !std::isfinite(piece.facing_rad) || !finite(piece.x) || !finite(piece.y) ||
      !finite(piece.z) || !finite(piece.nx) || !finite(piece.ny)) {
    return fail(Errc::bad_input, phrase("piece {} holds a number that is not finite", index));
  }
  for (double dt : {0.0, 0.5 * (piece.t1_s - piece.t0_s), piece.t1_s - piece.t0_s}) {
    const double size = std::hypot(evaluate(piece.nx, dt), evaluate(piece.ny, dt));
    if (std::abs(size - 1) > path.error_normal + 1e-9) {
      return fail(Errc::bad_input, phrase("the normal of piece {} has length {}", index, size));
    }
  }
  return {};
}

Status check_joint(const Piece& before, const Piece& after, std::size_t index) {
  const double dt = before.t1_s - before.t0_s;
  const double jump = std::max({std::abs(evaluate(before.x, dt) - after.x[0]),
                                std::abs(evaluate(before.y, dt) - after.y[0]),
                                std::abs(evaluate(before.z, dt) - after.z[0])});
  if (before.t1_s != after.t0_s) {
    return fail(Errc::bad_input,
                phrase("piece {} does not begin where the one before ends", index));
  }
  if (jump > kJoint) return fail(Errc::bad_input, phrase("piece {} jumps by {} m", index, jump));
  return {};
}

Status check_path(const TrackSet& tracks, const Path& path) {
  if (path.piece_count == 0 ||
      std::size_t{path.first_piece} + path.piece_count > tracks.pieces.size()) {
    return fail(Errc::bad_input, phrase("a path names pieces that are not there"));
  }
  const auto pieces = tracks.pieces_of(path);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (auto status = check_piece(path, pieces[i], i); !status) return status;
    if (i > 0) {
      if (auto status = check_joint(pieces[i - 1], pieces[i], i); !status) return status;
    }
  }
  return {};
}

}  // namespace

double evaluate(const Polynomial& polynomial, double dt_s) noexcept {
  double value = polynomial[kOrder - 1];
  for (int k = kOrder - 2; k >= 0; --k) value = value * dt_s + polynomial[k];
  return value;
}

double derivative(const Polynomial& polynomial, double dt_s) noexcept {
  double value = (kOrder - 1) * polynomial[kOrder - 1];
  for (int k = kOrder - 2; k >= 1; --k) value = value * dt_s + k * polynomial[k];
  return value;
}

std::array<double, 2> TrackSet::interval(const Path& path) const {
  const auto own = pieces_of(path);
  return {own.front().t0_s, own.back().t1_s};
}

std::optional<State> TrackSet::at(const Mover& mover, double t_s) const {
  const Path& path = paths[mover.path];
  const auto own = pieces_of(path);
  if (own.empty() || !(t_s >= own.front().t0_s && t_s <= own.back().t1_s)) return std::nullopt;
  const auto after = std::upper_bound(own.begin(), own.end(), t_s,
                                      [](double t, const Piece& piece) { return t < piece.t0_s; });
  const Piece& piece = *std::prev(after);
  const double dt = t_s - piece.t0_s;
  const double nx = evaluate(piece.nx, dt);
  const double ny = evaluate(piece.ny, dt);
  State state;
  state.position_m = {evaluate(piece.x, dt) + mover.left_m * nx + mover.offset_m[0],
                      evaluate(piece.y, dt) + mover.left_m * ny + mover.offset_m[1],
                      evaluate(piece.z, dt) + mover.offset_m[2]};
  state.velocity_mps = {derivative(piece.x, dt) + mover.left_m * derivative(piece.nx, dt),
                        derivative(piece.y, dt) + mover.left_m * derivative(piece.ny, dt),
                        derivative(piece.z, dt)};
  // The normal points left of the direction (dx, dy) = (ny, -nx).
  state.heading_rad = std::atan2(-nx, ny) + piece.facing_rad;
  return state;
}

double TrackSet::error_m(const Mover& mover) const {
  const Path& path = paths[mover.path];
  return path.error_centre_m + std::abs(mover.left_m) * path.error_normal;
}

std::vector<Piece> TrackSet::expand(const Mover& mover) const {
  const auto own = pieces_of(paths[mover.path]);
  std::vector<Piece> written(own.begin(), own.end());
  for (Piece& piece : written) {
    for (int k = 0; k < kOrder; ++k) {
      piece.x[k] += mover.left_m * piece.nx[k];
      piece.y[k] += mover.left_m * piece.ny[k];
    }
    piece.x[0] += mover.offset_m[0];
    piece.y[0] += mover.offset_m[1];
    piece.z[0] += mover.offset_m[2];
  }
  return written;
}

Status TrackSet::validate() const {
  for (const Path& path : paths) {
    if (auto status = check_path(*this, path); !status) return status;
  }
  for (const Mover& mover : movers) {
    if (mover.path >= paths.size())
      return fail(Errc::bad_input, phrase("a mover names a path that is not there"));
    if (!std::isfinite(mover.left_m) || !std::isfinite(mover.offset_m[0]) ||
        !std::isfinite(mover.offset_m[1]) || !std::isfinite(mover.offset_m[2])) {
      return fail(Errc::bad_input, phrase("a mover's offset is not finite"));
    }
  }
  std::size_t next = 0;
  for (const Group& group : groups) {
    if (group.first_mover != next)
      return fail(Errc::bad_input, phrase("groups do not follow each other"));
    next += group.mover_count;
  }
  if (next != movers.size()) return fail(Errc::bad_input, phrase("groups do not hold every mover"));
  return {};
}

}  // namespace defilada::track
