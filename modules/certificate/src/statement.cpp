// SPDX-License-Identifier: MIT
#include "defilada/certificate/statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace defilada::certificate {
namespace {

// Within these no operation of a check overflows.
constexpr double kLargest = 1e12;
constexpr double kLargestTime_s = 1e9;
constexpr double kLargestCoefficient = 1e100;

bool within(double value, double limit) {
  return std::abs(value) <= limit;  // false for what is no number
}
bool size(double value) {
  return value >= 0 && value <= kLargest;
}

Status fault(Phrase what) {
  return fail(Errc::bad_input, std::move(what));
}

Status check_piece(const Statement& s, const Piece& piece) {
  if (piece.coefficient_count == 0 || piece.coefficient_count > kMaxDegree + 1 ||
      piece.first_coefficient > s.coefficients.size() ||
      piece.coefficient_count > s.coefficients.size() - piece.first_coefficient) {
    return fault(phrase("a piece of a track has no numbers"));
  }
  if (!within(piece.t0_s, kLargestTime_s) || !within(piece.t1_s, kLargestTime_s) ||
      piece.t1_s < piece.t0_s || !within(piece.facing_rad, 100)) {
    return fault(phrase("a piece of a track has no time"));
  }
  double power = 1;
  for (const Coefficient& c : s.coefficients_of(piece)) {
    for (const double each : c) {
      if (!within(each, kLargestCoefficient) || !within(each * power, kLargest)) {
        return fault(phrase("a track has numbers that are too large"));
      }
    }
    power *= piece.t1_s - piece.t0_s;
  }
  return {};
}

Status check_paths(const Statement& s) {
  for (const Path& path : s.paths) {
    if (path.first_piece > s.pieces.size() ||
        path.piece_count > s.pieces.size() - path.first_piece || !size(path.error_centre_m) ||
        !size(path.error_normal)) {
      return fault(phrase("a track has no pieces"));
    }
    const auto pieces = s.pieces_of(path);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (Status status = check_piece(s, pieces[i]); !status) return status;
      if (i > 0 && pieces[i].t0_s < pieces[i - 1].t1_s) {
        return fault(phrase("a track runs backwards in time"));
      }
    }
  }
  return {};
}

bool has_direction(const Statement& s, const Path& path) {
  const auto pieces = s.pieces_of(path);
  return std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    const auto own = s.coefficients_of(piece);
    return std::any_of(own.begin(), own.end(),
                       [](const Coefficient& c) { return c[3] != 0 || c[4] != 0; });
  });
}

Status check_movers(const Statement& s) {
  for (const Mover& mover : s.movers) {
    if (mover.path >= s.paths.size() || mover.of_class >= s.classes ||
        mover.party >= s.parties.size()) {
      return fault(phrase("somebody has no track"));
    }
    const bool finite =
        within(mover.left_m, kLargest) && std::all_of(mover.offset_m.begin(), mover.offset_m.end(),
                                                      [](double d) { return within(d, kLargest); });
    if (!finite || !size(mover.body.half_length_m) || !size(mover.body.half_width_m) ||
        !size(mover.body.radius_m)) {
      return fault(phrase("somebody's place or body is no number"));
    }
    const bool rectangle = mover.body.half_length_m > 0 || mover.body.half_width_m > 0;
    if (rectangle && !has_direction(s, s.paths[mover.path])) {
      return fault(phrase("somebody's body is a rectangle without a direction"));
    }
  }
  return {};
}

Status check_questions(const Statement& s) {
  const std::size_t n = s.classes;
  for (const Question& question : s.questions) {
    if (question.of_classes.size() != n * n) return fault(phrase("limits are missing"));
    for (const Limit& limit : question.limits) {
      if (!within(limit.distance_m, kLargest) || !(limit.vertical_m >= 0)) {
        return fault(phrase("a limit is no number"));
      }
    }
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        const std::uint16_t index = question.of_classes[a * n + b];
        if (index >= question.limits.size()) return fault(phrase("limits are missing"));
        if (index != question.of_classes[b * n + a]) {
          return fault(phrase("two owe each other different distances"));
        }
      }
    }
  }
  return {};
}

Status check_bounds(const Statement& s) {
  for (const Bound& bound : s.bounds) {
    if (bound.of_class >= s.classes || !(bound.from_s <= bound.to_s) ||
        !within(bound.speed_min_mps, kLargest) || !(bound.speed_max_mps >= 0) ||
        !(bound.climb_max_mps >= 0) || !(bound.acceleration_mps2 >= 0) ||
        !(bound.sideways_mps2 >= 0) || !size(bound.turning_radius_m) ||
        !(bound.floor_m <= bound.ceiling_m)) {
      return fault(phrase("a bound is no number"));
    }
    for (const double each : {bound.speed_max_mps, bound.climb_max_mps, bound.acceleration_mps2,
                              bound.sideways_mps2, bound.floor_m, bound.ceiling_m}) {
      if (std::isfinite(each) && !within(each, kLargest))
        return fault(phrase("a bound is no number"));
    }
  }
  return {};
}

bool unit(double x, double y) {
  constexpr double kRounded = 1e-9;
  return within(x, 2) && within(y, 2) && std::abs(x * x + y * y - 1) <= kRounded;
}

bool is_cell(const Cell& c) {
  const bool place = within(c.x_m, kLargest) && within(c.y_m, kLargest) && unit(c.ux, c.uy);
  if (!place || !(c.low_m <= c.high_m)) return false;
  if (!c.bend) return size(c.side_m);
  return unit(c.wx, c.wy) && c.ux * c.wy - c.uy * c.wx > 0 && within(c.low_m, kLargest) &&
         size(c.high_m) && size(c.slack_m);
}

Status check_kerbs(const Statement& s) {
  for (const Cell& cell : s.cells) {
    if (!is_cell(cell)) return fault(phrase("a stretch of a road is no ground"));
  }
  for (const Road& road : s.roads) {
    if (road.first_cell > s.cells.size() || road.cell_count > s.cells.size() - road.first_cell)
      return fault(phrase("a road has no ground"));
  }
  for (const Kerb& kerb : s.kerbs) {
    if (kerb.of_class >= s.classes || kerb.road >= s.roads.size())
      return fault(phrase("somebody has no road to keep to"));
  }
  return {};
}

/// A wall: it stands still, and has a length alone.
bool is_wall(const Statement& s, const Mover& mover) {
  const auto pieces = s.pieces_of(s.paths[mover.path]);
  return pieces.size() == 1 && pieces[0].coefficient_count == 1 && mover.body.half_width_m == 0 &&
         mover.body.radius_m == 0 && mover.body.half_length_m > 0;
}

Status check_rings(const Statement& s) {
  for (const Ring& ring : s.rings) {
    if (ring.mover_count < 3 || ring.first_mover > s.movers.size() ||
        ring.mover_count > s.movers.size() - ring.first_mover)
      return fault(phrase("an edge of an area is no ring"));
    const auto walls = std::span(s.movers).subspan(ring.first_mover, ring.mover_count);
    for (const Mover& wall : walls) {
      if (!is_wall(s, wall) || wall.of_class != walls[0].of_class)
        return fault(phrase("an edge of an area is no ring"));
    }
  }
  for (const Within& each : s.within) {
    if (each.mover >= s.movers.size() || each.ring >= s.rings.size())
      return fault(phrase("somebody is within no area"));
  }
  return {};
}

}  // namespace

std::string Statement::name(std::uint32_t mover) const {
  const Mover& who = movers[mover];
  return fmt::format("{}/{}", parties[who.party], who.number);
}

std::array<double, 2> Statement::interval() const {
  std::array<double, 2> all{0, 0};
  bool first = true;
  for (const Path& path : paths) {
    for (const Piece& piece : pieces_of(path)) {
      all[0] = first ? piece.t0_s : std::min(all[0], piece.t0_s);
      all[1] = first ? piece.t1_s : std::max(all[1], piece.t1_s);
      first = false;
    }
  }
  return all;
}

Status Statement::validate() const {
  for (const auto check :
       {check_paths, check_movers, check_questions, check_bounds, check_kerbs, check_rings}) {
    if (Status status = check(*this); !status) return status;
  }
  return {};
}

}  // namespace defilada::certificate
