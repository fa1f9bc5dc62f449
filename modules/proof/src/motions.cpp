// SPDX-License-Identifier: MIT
#include "defilada/proof/motions.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/core/check.hpp"

namespace defilada::proof {

double Body::circumradius_m() const {
  if (is_disc()) return radius_m;
  return std::hypot(half_length_m, half_width_m) * (1 + 1e-15) + radius_m;
}

std::uint32_t Motions::add_path(double error_centre_m, double error_normal, bool steady) {
  MotionPath path;
  path.first_piece = static_cast<std::uint32_t>(pieces.size());
  path.error_centre_m = error_centre_m;
  path.error_normal = error_normal;
  path.steady = steady;
  paths.push_back(path);
  return static_cast<std::uint32_t>(paths.size() - 1);
}

void Motions::add_piece(double t0_s, double t1_s, std::span<const Coefficient> own,
                        double facing_rad) {
  DEFILADA_CHECK(!paths.empty() && !own.empty() && own.size() <= kMaxDegree + 1);
  std::size_t count = own.size();
  while (count > 1 && own[count - 1] == Coefficient{}) --count;
  MotionPiece piece;
  piece.t0_s = t0_s;
  piece.t1_s = t1_s;
  piece.first_coefficient = static_cast<std::uint32_t>(coefficients.size());
  piece.degree = static_cast<std::int32_t>(count) - 1;
  piece.facing_rad = facing_rad;
  coefficients.insert(coefficients.end(), own.begin(),
                      own.begin() + static_cast<std::ptrdiff_t>(count));
  pieces.push_back(piece);
  ++paths.back().piece_count;
}

void Motions::add_fixed(std::array<double, 3> position_m, double heading_rad, const Body& body,
                        double t0_s, double t1_s, std::uint32_t of_class) {
  MotionMover mover;
  mover.path = add_path(0, 0, true);
  mover.body = body;
  mover.of_class = of_class;
  const std::array<Coefficient, 1> still{Coefficient{
      position_m[0], position_m[1], position_m[2], -std::sin(heading_rad), std::cos(heading_rad)}};
  add_piece(t0_s, t1_s, still);
  movers.push_back(mover);
}

void Motions::add_paths(const track::TrackSet& tracks) {
  std::array<Coefficient, track::kOrder> own{};
  for (const track::Path& path : tracks.paths) {
    add_path(path.error_centre_m, path.error_normal, path.straight);
    for (const track::Piece& piece : tracks.pieces_of(path)) {
      for (std::size_t k = 0; k < own.size(); ++k) {
        own[k] = {piece.x[k], piece.y[k], piece.z[k], piece.nx[k], piece.ny[k]};
      }
      add_piece(piece.t0_s, piece.t1_s, own, piece.facing_rad);
    }
  }
}

bool Motions::position(const MotionMover& mover, double t_s, std::array<double, 3>& out) const {
  const auto own = pieces_of(paths[mover.path]);
  const auto after = std::upper_bound(own.begin(), own.end(), t_s,
                                      [](double t, const MotionPiece& p) { return t < p.t0_s; });
  if (after == own.begin()) return false;
  const MotionPiece& piece = *std::prev(after);
  if (t_s > piece.t1_s) return false;
  const double u = t_s - piece.t0_s;
  Coefficient sum{};
  for (int k = piece.degree; k >= 0; --k) {
    const Coefficient& c = coefficients[piece.first_coefficient + static_cast<std::uint32_t>(k)];
    for (std::size_t d = 0; d < sum.size(); ++d) sum[d] = sum[d] * u + c[d];
  }
  out = {sum[0] + mover.left_m * sum[3] + mover.offset_m[0],
         sum[1] + mover.left_m * sum[4] + mover.offset_m[1], sum[2] + mover.offset_m[2]};
  return true;
}

std::array<double, 2> Motions::interval(const MotionPath& path) const {
  const auto own = pieces_of(path);
  if (own.empty()) return {0, 0};
  return {own.front().t0_s, own.back().t1_s};
}

}  // namespace defilada::proof
