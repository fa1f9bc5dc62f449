// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/core/check.hpp"
#include "defilada/movement/profile.hpp"

/// Moves within a formation, and profiles whose s may fall because of them.
///
///   s ^            __ stands, a step back, stands __    first time at s: *    last time at s: o
///     |        ___*  \\__________o
///     +-------------------------------> t
namespace defilada::movement {
namespace {

constexpr double kShortest = 1e-9;  ///< m

double end_of(const SpeedProfile::Phase& phase) {
  const double u = phase.duration_s;
  return phase.s0_m + u * (phase.v0_mps + 0.5 * phase.a_mps2 * u);
}

/// When s is reached in a phase in which the speed keeps its sign; nullopt: not in it.
std::optional<double> time_in(const SpeedProfile::Phase& phase, double s_m) {
  const double end = end_of(phase);
  const auto [low, high] = std::minmax(phase.s0_m, end);
  if (s_m < low - kShortest || s_m > high + kShortest) return std::nullopt;
  const double along = s_m - phase.s0_m;
  const double sign = end < phase.s0_m ? -1 : 1;
  const double v = sign * phase.v0_mps;
  const double speed = std::sqrt(std::max(0.0, v * v + 2 * sign * phase.a_mps2 * sign * along));
  if (v + speed <= 0) return phase.t0_s;
  return phase.t0_s + std::clamp(2 * sign * along / (v + speed), 0.0, phase.duration_s);
}

bool stands(const SpeedProfile::Phase& phase) {
  return phase.v0_mps == 0 && phase.a_mps2 == 0;
}

}  // namespace

std::vector<SpeedProfile::Phase> SpeedProfile::move(double length_m, double speed_mps,
                                                    double acceleration_mps2) {
  const double sign = length_m < 0 ? -1 : 1;
  const double length = std::abs(length_m);
  if (length < kShortest) return {};
  const double top = std::min(speed_mps, std::sqrt(length * acceleration_mps2));
  const double change_s = top / acceleration_mps2;
  const double change_m = 0.5 * top * change_s;
  std::vector<Phase> phases{{0, 0, 0, sign * acceleration_mps2, change_s}};
  const double steady_s = (length - 2 * change_m) / top;
  if (steady_s > 1e-9) {
    phases.push_back({change_s, sign * change_m, sign * top, 0, steady_s});
  }
  const double begin_s = change_s + std::max(0.0, steady_s);
  phases.push_back(
      {begin_s, sign * (length - change_m), sign * top, -sign * acceleration_mps2, change_s});
  return phases;
}

SpeedProfile SpeedProfile::with_moves(std::span<const Insertion> insertions) const {
  SpeedProfile profile = *this;
  profile.phases_.clear();
  double added = 0;
  auto next = insertions.begin();
  for (const Phase& phase : phases_) {
    const double end = phase.t0_s + phase.duration_s;
    double t = phase.t0_s;
    while (next != insertions.end() && stands(phase) && next->t0_s < end - 1e-9 &&
           next->t0_s >= phase.t0_s - 1e-9) {
      if (next->moves.empty()) {
        ++next;
        continue;
      }
      if (next->t0_s > t) profile.phases_.push_back({t, phase.s0_m + added, 0, 0, next->t0_s - t});
      for (Phase move : next->moves) {
        move.t0_s += std::max(t, next->t0_s);
        move.s0_m += phase.s0_m + added;
        profile.recedes_ = profile.recedes_ || end_of(move) < move.s0_m;
        profile.phases_.push_back(move);
      }
      const Phase& last = profile.phases_.back();
      t = last.t0_s + last.duration_s;
      DEFILADA_CHECK(t <= end + 1e-6);
      added = end_of(last) - phase.s0_m;
      ++next;
    }
    if (t == phase.t0_s) {
      profile.phases_.push_back(phase);
      profile.phases_.back().s0_m += added;
    } else if (end - t > 1e-9) {
      profile.phases_.push_back({t, phase.s0_m + added, 0, 0, end - t});
    }
  }
  DEFILADA_CHECK(next == insertions.end());
  profile.end_s_ += added;
  return profile;
}

std::optional<SpeedProfile::Standing> SpeedProfile::standing_at(double s_m) const {
  for (const Phase& phase : phases_) {
    if (stands(phase) && std::abs(phase.s0_m - s_m) < 1e-6) {
      return Standing{phase.t0_s, phase.duration_s};
    }
  }
  return std::nullopt;
}

double SpeedProfile::first_time_at(double s_m) const {
  if (s_m <= phases_.front().s0_m) return 0;
  for (const Phase& phase : phases_) {
    if (const auto t = time_in(phase, s_m)) return *t;
  }
  if (end_v_ <= 0) return std::numeric_limits<double>::infinity();
  return end_t_ + (s_m - end_s_) / end_v_;
}

double SpeedProfile::last_time_at(double s_m) const {
  if (s_m >= end_s_ - kShortest) {
    if (end_v_ > 0) return end_t_ + std::max(0.0, s_m - end_s_) / end_v_;
  }
  for (auto phase = phases_.rbegin(); phase != phases_.rend(); ++phase) {
    if (!time_in(*phase, s_m)) continue;
    return stands(*phase) ? phase->t0_s + phase->duration_s : *time_in(*phase, s_m);
  }
  return s_m < phases_.front().s0_m ? 0 : std::numeric_limits<double>::infinity();
}

}  // namespace defilada::movement
