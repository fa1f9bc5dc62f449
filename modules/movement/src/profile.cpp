// SPDX-License-Identifier: MIT
#include "defilada/movement/profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/core/check.hpp"

namespace defilada::movement {
namespace {

constexpr double kShortest = 1e-9;  ///< m

/// A stretch with one target speed, between places where the speed is fixed.
struct Stretch {
  double from = 0;
  double to = 0;
  double speed = 0;
  bool zone = false;
};

std::vector<Stretch> stretches_of(const SpeedProfile::Course& course) {
  std::vector<Stretch> stretches;
  double s = course.start_m;
  const auto add = [&](double to, double speed, bool zone) {
    if (to - s < kShortest) return;
    stretches.push_back({s, to, speed, zone});
    s = to;
  };
  for (const auto& zone : course.zones) {
    if (zone.to_m <= course.start_m || zone.from_m >= course.end_m) continue;
    add(std::clamp(zone.from_m, course.start_m, course.end_m), course.base_speed_mps, false);
    add(std::min(zone.to_m, course.end_m), zone.speed_mps, true);
  }
  add(course.end_m, course.base_speed_mps, false);
  return stretches;
}

/// Speed where two stretches meet: the zone's, or the slower of two of a sort.
double joint_speed(const Stretch& before, const Stretch& after) {
  if (before.zone == after.zone) return std::min(before.speed, after.speed);
  return before.zone ? before.speed : after.speed;
}

}  // namespace

SpeedProfile::SpeedProfile(const Course& course) {
  DEFILADA_CHECK(course.end_m > course.start_m && course.base_speed_mps > 0 &&
                 course.acceleration_mps2 > 0);
  const std::vector<Stretch> stretches = stretches_of(course);
  end_s_ = course.start_m;
  add_stop(course.waits_s);
  double entry = course.start_speed_mps;
  auto stop = course.stops.begin();
  while (stop != course.stops.end() && stop->at_m <= course.start_m) ++stop;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const Stretch& stretch = stretches[i];
    for (; stop != course.stops.end() && stop->at_m <= stretch.to - kShortest; ++stop) {
      if (stop->at_m - end_s_ > kShortest) {
        add_stretch(entry, stretch.speed, 0, stop->at_m - end_s_, course.acceleration_mps2);
      }
      add_stop(stop->lasts_s);
      entry = 0;
    }
    const bool last = i + 1 == stretches.size();
    // Where a stop stands at the joint they arrive at rest.
    const bool halts = !last && stop != course.stops.end() && stop->at_m < stretch.to + kShortest;
    const double at_end = course.ends_at_rest ? 0 : stretch.speed;
    const double onward = last ? at_end : joint_speed(stretch, stretches[i + 1]);
    const double exit = halts ? 0 : onward;
    add_stretch(entry, stretch.speed, exit, stretch.to - end_s_, course.acceleration_mps2);
    entry = end_v_;
  }
}

SpeedProfile SpeedProfile::through(std::span<const Node> nodes) {
  DEFILADA_CHECK(nodes.size() >= 2);
  SpeedProfile profile;
  profile.end_s_ = nodes.front().s_m;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    profile.add_phase(nodes[i - 1].speed_mps, nodes[i].speed_mps, nodes[i].s_m - profile.end_s_,
                      std::numeric_limits<double>::infinity());
  }
  DEFILADA_CHECK(!profile.phases_.empty());
  return profile;
}

SpeedProfile SpeedProfile::joined(const SpeedProfile& first, const SpeedProfile& then) {
  SpeedProfile profile = first;
  const double moved = first.end_s_ - then.start_m();
  for (Phase phase : then.phases_) {
    phase.t0_s += first.end_t_;
    phase.s0_m += moved;
    profile.phases_.push_back(phase);
  }
  profile.end_t_ += then.end_t_;
  profile.end_s_ = then.end_s_ + moved;
  profile.end_v_ = then.end_v_;
  return profile;
}

// One stretch: from the entry speed to the target, on at it, then to the exit speed. Where both
// changes do not fit, it turns round at the speed that just fits; where not even one does, it
// brakes or speeds up harder.
void SpeedProfile::add_stretch(double entry, double target, double exit, double length_m,
                               double acceleration) {
  if (length_m < kShortest) return;
  const auto run = [&](double u, double v) { return std::abs(v * v - u * u) / (2 * acceleration); };
  const double change_in = run(entry, target);
  const double change_out = run(target, exit);
  if (change_in + change_out <= length_m) {
    add_phase(entry, target, change_in, acceleration);
    add_phase(target, target, length_m - change_in - change_out, acceleration);
    add_phase(target, exit, change_out, acceleration);
    return;
  }
  const double mean = 0.5 * (entry * entry + exit * exit);
  const bool faster = target > std::max(entry, exit);
  const double turn = faster ? mean + acceleration * length_m : mean - acceleration * length_m;
  const bool fits =
      run(entry, exit) <= length_m && (faster || (target < std::min(entry, exit) && turn > 0));
  if (fits) {
    const double middle = std::sqrt(turn);
    add_phase(entry, middle, run(entry, middle), acceleration);
    add_phase(middle, exit, length_m - run(entry, middle), acceleration);
    return;
  }
  add_phase(entry, exit, length_m, acceleration);
}

void SpeedProfile::add_phase(double v0, double v1, double length_m, double acceleration) {
  if (length_m < kShortest) {
    end_v_ = v1;
    return;
  }
  Phase phase{end_t_, end_s_, v0, 0, 0};
  phase.a_mps2 = (v1 * v1 - v0 * v0) / (2 * length_m);
  phase.duration_s = 2 * length_m / (v0 + v1);
  if (std::abs(phase.a_mps2) > std::max(needed_acceleration_, acceleration * (1 + 1e-6))) {
    needed_acceleration_ = std::abs(phase.a_mps2);
    needed_at_ = end_s_;
  }
  phases_.push_back(phase);
  end_t_ += phase.duration_s;
  end_s_ += length_m;
  end_v_ = v1;
}

void SpeedProfile::add_stop(double lasts_s) {
  if (lasts_s <= 0) return;
  phases_.push_back({end_t_, end_s_, 0, 0, lasts_s});
  end_t_ += lasts_s;
  end_v_ = 0;
}

std::size_t SpeedProfile::phase_at(double t_s) const {
  const auto after = std::upper_bound(phases_.begin(), phases_.end(), t_s,
                                      [](double t, const Phase& phase) { return t < phase.t0_s; });
  return after == phases_.begin() ? 0 : static_cast<std::size_t>(after - phases_.begin()) - 1;
}

double SpeedProfile::s_at(double t_s) const {
  if (t_s <= 0) return phases_.front().s0_m;
  if (t_s >= end_t_) return end_s_ + end_v_ * (t_s - end_t_);
  const Phase& phase = phases_[phase_at(t_s)];
  const double u = t_s - phase.t0_s;
  return phase.s0_m + u * (phase.v0_mps + 0.5 * phase.a_mps2 * u);
}

double SpeedProfile::speed_at(double t_s) const {
  if (t_s < 0) return 0;
  if (t_s >= end_t_) return end_v_;
  const Phase& phase = phases_[phase_at(t_s)];
  return phase.v0_mps + phase.a_mps2 * (t_s - phase.t0_s);
}

double SpeedProfile::time_at(double s_m) const {
  if (recedes_) return first_time_at(s_m);
  if (s_m <= phases_.front().s0_m) return 0;
  if (s_m >= end_s_ - kShortest && end_v_ == 0) {
    return s_m <= end_s_ + kShortest ? end_t_ : std::numeric_limits<double>::infinity();
  }
  if (s_m >= end_s_) return end_t_ + (s_m - end_s_) / end_v_;
  // At a stop the phase that arrives counts, also when s is a rounding error past it.
  const auto after = std::lower_bound(std::next(phases_.begin()), phases_.end(), s_m - kShortest,
                                      [](const Phase& phase, double s) { return phase.s0_m < s; });
  const Phase& phase = *std::prev(after);
  const double along = s_m - phase.s0_m;
  // The root of v0 u + a u^2 / 2 = along that does not cancel.
  const double speed =
      std::sqrt(std::max(0.0, phase.v0_mps * phase.v0_mps + 2 * phase.a_mps2 * along));
  return phase.t0_s + std::min(2 * along / (phase.v0_mps + speed), phase.duration_s);
}

double SpeedProfile::departure_at(double s_m) const {
  if (recedes_) return last_time_at(s_m);
  double departure = time_at(s_m);
  for (const Phase& phase : phases_) {  // of several stops at one place the last counts
    if (phase.v0_mps == 0 && phase.a_mps2 == 0 && std::abs(phase.s0_m - s_m) < kShortest) {
      departure = phase.t0_s + phase.duration_s;
    }
  }
  return departure;
}

}  // namespace defilada::movement
