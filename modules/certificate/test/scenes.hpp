// SPDX-License-Identifier: MIT
// Small scenes for the tests, and what is true of them by brute force.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <vector>

#include "defilada/certificate/certificate.hpp"

namespace defilada::certificate {

/// Builds a statement piece by piece.
class Scene {
 public:
  Statement s;

  Scene() {
    s.show = "a scene";
    s.parties = {"a", "b", "c"};
    s.classes = 2;
  }
  std::uint32_t path(double error_centre = 0, double error_normal = 0) {
    s.paths.push_back({static_cast<std::uint32_t>(s.pieces.size()), 0, error_centre, error_normal});
    return static_cast<std::uint32_t>(s.paths.size() - 1);
  }
  void piece(double t0, double t1, const std::vector<Coefficient>& own, double facing = 0) {
    s.pieces.push_back({t0, t1, static_cast<std::uint32_t>(s.coefficients.size()),
                        static_cast<std::uint32_t>(own.size()), facing});
    s.coefficients.insert(s.coefficients.end(), own.begin(), own.end());
    ++s.paths.back().piece_count;
  }
  void mover(std::uint32_t path, double left, std::array<double, 3> offset = {}, Body body = {},
             std::uint32_t of_class = 0, std::uint32_t party = 0) {
    s.movers.push_back({path, of_class, party, static_cast<std::uint32_t>(s.movers.size()) + 1,
                        left, offset, body});
  }
  /// One limit for all.
  void ask(double distance, bool outlines = false,
           double vertical = std::numeric_limits<double>::infinity()) {
    const std::size_t n = s.classes;
    s.questions.push_back({outlines ? "outlines" : "centres",
                           outlines,
                           {{true, distance, vertical}},
                           std::vector<std::uint16_t>(n * n, 0)});
  }
  /// A path along a circle: exact places up to the last term of the series.
  void arc(double t0, double t1, double x, double y, double radius, double phase, double turn) {
    const double w = turn / (t1 - t0);
    std::vector<Coefficient> own(9);
    double power = 1;
    for (int k = 0; k < 9; ++k) {
      // d^k/dt^k of (cos, sin)(phase + w t), over k!.
      const double angle = phase + k * std::acos(-1.0) / 2;
      own[k][3] = power * std::cos(angle);
      own[k][4] = power * std::sin(angle);
      own[k][0] = radius * own[k][3] + (k == 0 ? x : 0);
      own[k][1] = radius * own[k][4] + (k == 0 ? y : 0);
      power *= w / (k + 1);
    }
    piece(t0, t1, own);
  }
};

/// A mover at an instant.
struct Now {
  std::array<double, 3> place;
  std::array<double, 2> n;  ///< of the body
  Body body;
};

inline std::optional<Now> now(const Statement& s, const Mover& mover, double t) {
  for (const Piece& piece : s.pieces_of(s.paths[mover.path])) {
    if (t < piece.t0_s || t > piece.t1_s) continue;
    Coefficient sum{};
    const auto own = s.coefficients_of(piece);
    for (std::size_t k = own.size(); k-- > 0;) {
      for (std::size_t d = 0; d < 5; ++d) sum[d] = sum[d] * (t - piece.t0_s) + own[k][d];
    }
    const double c = std::cos(piece.facing_rad);
    const double si = std::sin(piece.facing_rad);
    return Now{{sum[0] + mover.left_m * sum[3] + mover.offset_m[0],
                sum[1] + mover.left_m * sum[4] + mover.offset_m[1], sum[2] + mover.offset_m[2]},
               {sum[3] * c - sum[4] * si, sum[4] * c + sum[3] * si},
               mover.body};
  }
  return {};
}

/// Distance of two rectangles' outlines, < 0 by the depth where they overlap.
inline double outline_distance(const Now& a, const Now& b) {
  const auto corners = [](const Now& p) {
    std::array<std::array<double, 2>, 4> all{};
    for (std::size_t i = 0; i < 4; ++i) {
      const double l = (i == 0 || i == 3 ? 1 : -1) * p.body.half_length_m;
      const double w = (i < 2 ? 1 : -1) * p.body.half_width_m;
      all[i] = {p.place[0] + l * p.n[1] + w * p.n[0], p.place[1] - l * p.n[0] + w * p.n[1]};
    }
    return all;
  };
  const auto p = corners(a);
  const auto q = corners(b);
  double depth = -1e300;  // of the separating axes
  for (const auto& n : {a.n, b.n}) {
    for (const auto& u : {std::array{n[0], n[1]}, std::array{n[1], -n[0]}}) {
      const double length = std::hypot(u[0], u[1]);
      double p_low = 1e300, p_high = -1e300, q_low = 1e300, q_high = -1e300;
      for (std::size_t i = 0; i < 4; ++i) {
        const double x = (u[0] * p[i][0] + u[1] * p[i][1]) / length;
        const double y = (u[0] * q[i][0] + u[1] * q[i][1]) / length;
        p_low = std::min(p_low, x);
        p_high = std::max(p_high, x);
        q_low = std::min(q_low, y);
        q_high = std::max(q_high, y);
      }
      depth = std::max(depth, std::max(q_low - p_high, p_low - q_high));
    }
  }
  if (depth <= 0) return depth;
  const auto to_side = [](const auto& c, const auto& u, const auto& v) {
    const double lx = v[0] - u[0];
    const double ly = v[1] - u[1];
    const double ll = lx * lx + ly * ly;
    const double t =
        ll > 0 ? std::clamp(((c[0] - u[0]) * lx + (c[1] - u[1]) * ly) / ll, 0.0, 1.0) : 0;
    return std::hypot(c[0] - u[0] - t * lx, c[1] - u[1] - t * ly);
  };
  double least = 1e300;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      least = std::min(
          {least, to_side(p[i], q[j], q[(j + 1) % 4]), to_side(q[i], p[j], p[(j + 1) % 4])});
    }
  }
  return least;
}

/// Distance less what is wanted at t, errors of the tracks left out; nothing: not both are there.
inline std::optional<double> margin(const Statement& s, const Question& question, std::uint32_t a,
                                    std::uint32_t b, double t) {
  const Mover& first = s.movers[a];
  const Mover& second = s.movers[b];
  const Limit& limit = s.limit(question, first.of_class, second.of_class);
  if (!limit.owed) return {};
  auto p = now(s, first, t);
  auto q = now(s, second, t);
  if (!p || !q) return {};
  if (!question.outlines) p->body = q->body = {};
  const double by_height = std::abs(p->place[2] - q->place[2]) - limit.vertical_m;
  const double level = question.outlines
                           ? outline_distance(*p, *q) - p->body.radius_m - q->body.radius_m
                           : std::hypot(p->place[0] - q->place[0], p->place[1] - q->place[1]);
  return std::max(by_height, level - limit.distance_m);
}

struct Worst {
  double margin = std::numeric_limits<double>::infinity();
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double t = 0;
};

/// Over all pairs, at many instants, and finer about the worst of each pair: never below the truth.
inline Worst worst_of(const Statement& s, const Question& question, int instants = 400) {
  const auto [from, to] = s.interval();
  Worst worst;
  for (std::uint32_t a = 0; a < s.movers.size(); ++a) {
    for (std::uint32_t b = a + 1; b < s.movers.size(); ++b) {
      Worst own;
      const auto look = [&](double t) {
        const auto m = margin(s, question, a, b, t);
        if (m && *m < own.margin) own = {*m, a, b, t};
      };
      for (int i = 0; i <= instants; ++i) look(from + (to - from) * i / instants);
      for (double step = (to - from) / instants; step > 1e-9; step *= 0.5) {
        const double t = own.t;
        look(std::max(from, t - step / 2));
        look(std::min(to, t + step / 2));
      }
      if (own.margin < worst.margin) worst = own;
    }
  }
  return worst;
}

/// A few movers on a few paths: alone, in ranks, in blocks; straight, curved, turning; points,
/// discs, rectangles; level and above each other.
inline Statement random_scene(unsigned seed) {
  std::mt19937_64 random(seed);
  const auto real = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random() >> 11) * 0x1p-53);
  };
  const auto chance = [&](double p) { return real(0, 1) < p; };
  Scene scene;
  const int paths = 2 + static_cast<int>(random() % 5);
  const double spread = real(6, 40);
  for (int p = 0; p < paths; ++p) {
    const std::uint32_t path = scene.path();
    const bool turning = chance(0.4);
    double t = real(0, 3);
    double x = real(-spread, spread);
    double y = real(-spread, spread);
    const double z = chance(0.5) ? 0 : real(-6, 6);
    const double heading = real(-3, 3);
    const double facing = chance(0.3) ? real(-3, 3) : 0;
    if (turning) {
      const double radius = real(3, 20);
      double phase = heading;
      for (int k = 0; k < 3; ++k) {
        const double turn = real(-0.5, 0.5);
        const double next = t + real(1, 4);
        scene.arc(t, next, x, y, radius, phase, turn);
        for (std::size_t c = scene.s.coefficients.size() - 9; c < scene.s.coefficients.size();
             ++c) {
          if (c + 9 == scene.s.coefficients.size()) scene.s.coefficients[c][2] = z;
        }
        phase += turn;
        t = next;
      }
    } else {
      for (int k = 0; k < 3; ++k) {
        const double next = t + real(0.5, 4);
        std::vector<Coefficient> own(1 + random() % 4);
        own[0] = {x, y, z, -std::sin(heading), std::cos(heading)};
        const double w = next - t;
        for (std::size_t i = 1; i < own.size(); ++i) {
          own[i][0] =
              real(-4, 4) / std::pow(w, static_cast<double>(i) - 1) / static_cast<double>(i);
          own[i][1] =
              real(-4, 4) / std::pow(w, static_cast<double>(i) - 1) / static_cast<double>(i);
          x += own[i][0] * std::pow(w, static_cast<double>(i));
          y += own[i][1] * std::pow(w, static_cast<double>(i));
        }
        scene.piece(t, next, own, facing);
        t = next;
      }
    }
    const Body body = chance(0.5) ? Body{real(0.2, 2), real(0.1, 1), chance(0.3) ? 0.2 : 0}
                                  : Body{0, 0, real(0, 0.5)};
    const int files = 1 + static_cast<int>(random() % 5);
    const int ranks = turning ? 1 : 1 + static_cast<int>(random() % 3);
    const double interval = real(0.8, 6);
    for (int r = 0; r < ranks; ++r) {
      for (int f = 0; f < files; ++f) {
        const double back = -r * interval;
        scene.mover(path, f * interval,
                    {back * std::cos(heading), back * std::sin(heading), chance(0.1) ? 3.0 : 0.0},
                    body, static_cast<std::uint32_t>(random() % 2),
                    static_cast<std::uint32_t>(p % 3));
      }
    }
  }
  const double infinity = std::numeric_limits<double>::infinity();
  for (const bool outlines : {false, true}) {
    Question question{outlines ? "outlines" : "centres", outlines, {}, {0, 1, 1, 2}};
    for (int i = 0; i < 3; ++i) {
      question.limits.push_back({chance(0.85), outlines ? real(0, 0.5) : real(0.2, 2),
                                 chance(0.4) ? real(1, 4) : infinity});
    }
    scene.s.questions.push_back(std::move(question));
  }
  return scene.s;
}

}  // namespace defilada::certificate
