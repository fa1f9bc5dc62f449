// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numbers>

#include "all_cases.hpp"
#include "defilada/core/random.hpp"
#include "gauges.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {
namespace {

/// From x = 0 to the exit at `length_m`, 2 m wide; half a metre of room behind.
Scene corridor_of(double length_m, double speed_mps, double delay_s) {
  Scene scene;
  scene.ground = ground_of({rectangle(-0.5, 0, length_m, 2)});
  add_exit(scene.ground, "end", {length_m, 0}, {length_m, 2});
  scene.people.push_back({.at = {0, 1}, .speed_mps = speed_mps, .delay_s = delay_s});
  return scene;
}

}  // namespace

Section corridor() {
  Section section{"Corridor", "A corridor of 2 x 40 m, one person.", {}, {}, {}};
  std::string times;
  bool holds = true;
  for (const double imprecision : {0.95, 1.0, 1.05}) {
    const double t = run(corridor_of(40, 1.33 * imprecision, 1)).left_s[0];
    holds = holds && t >= 26 && t <= 34;
    times += fmt::format("{}{:.2f}", times.empty() ? "" : ", ", t);
  }
  section.rows.push_back({"RiMEA 1",
                          "at 1.33 m/s with 1 s before setting out and 5 % imprecision: 26 to 34 s",
                          times + " s at -5, 0 and +5 %", judge(holds)});
  const double t = run(corridor_of(40, 1, 0)).left_s[0];
  section.rows.push_back({"NIST 2.1; ISO 2; IMO 1", "at 1 m/s: 40 s, to 0.05 m/s",
                          fmt::format("{:.2f} s, {:.3f} m/s", t, 40 / t),
                          judge(std::abs(40 / t - 1) <= 0.05)});
  return section;
}

namespace {

/// Seconds on a stair that goes up towards +x, between landings of 2 m.
double seconds_on_stair(double length_m, bool upwards, double speed_mps, double down, double up) {
  Scene scene;
  scene.ground = ground_of({rectangle(-2, 0, 0, 2), rectangle(length_m, 0, length_m + 2, 2)});
  scene.ground.stairs.push_back(
      {"stair", 0, rectangle(0, 0, length_m, 2), down, up, Vec2{1, 0}, {}, {}});
  const double end = upwards ? length_m + 2 : -2;
  add_exit(scene.ground, "end", {end, 0}, {end, 2});
  scene.people.push_back({.at = {upwards ? -1.5 : length_m + 1.5, 1}, .speed_mps = speed_mps});
  LineGauge foot({{0, 0}, {0, 2}});
  LineGauge head({{length_m, 0}, {length_m, 2}});
  run(scene, [&](const Frame& frame) {
    foot.see(frame);
    head.see(frame);
  });
  if (foot.crossings().size() != 1 || head.crossings().size() != 1) return 0;
  return std::abs(head.crossings()[0].time_s - foot.crossings()[0].time_s);
}

}  // namespace

Section stair_alone() {
  Section section{
      "Stair, one person",
      "A stair 2 m wide and 10 m (NIST: 100 m) long with landings of 2 m, one person. "
      "Lengths and speeds are those along the slope; the time counts between its edges.",
      {},
      {},
      {}};
  const auto row = [&](const char* test, const char* what, double length, bool upwards,
                       double speed, double factor) {
    const double t =
        seconds_on_stair(length, upwards, speed, upwards ? 1 : factor, upwards ? factor : 1);
    const double wanted = length / (speed * factor);
    section.rows.push_back({test, fmt::format("{}: {:.1f} s, to 0.05 m/s", what, wanted),
                            fmt::format("{:.2f} s, {:.3f} m/s", t, length / t),
                            judge(std::abs(length / t - speed * factor) <= 0.05)});
  };
  row("RiMEA 2; ISO 3", "up at half of 1 m/s", 10, true, 1, 0.5);
  row("RiMEA 3; ISO 3", "down at three quarters of 1 m/s", 10, false, 1, 0.75);
  row("IMO 2", "up at a stair speed of 1 m/s", 10, true, 1.25, 0.8);
  row("IMO 3", "down at a stair speed of 1 m/s", 10, false, 1.25, 0.8);
  row("NIST 2.2", "up 100 m at a stair speed of 1 m/s", 100, true, 1.25, 0.8);
  row("NIST 2.2", "down 100 m at a stair speed of 1 m/s", 100, false, 1.25, 0.8);
  return section;
}

namespace {

struct Delays {
  const char* name;
  double (*draw)(std::uint32_t person);
  double (*cumulative)(double t_s);
};

double uniform_of(std::uint32_t person, std::uint64_t purpose) {
  return 1 - Random(20, person, purpose).uniform();  // (0, 1]
}
/// Regularised lower incomplete gamma function by its series (Abramowitz and Stegun 6.5.29).
double gamma_cumulative(double shape, double x) {
  double term = 1 / shape;
  double sum = term;
  for (int n = 1; n < 500; ++n) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * std::exp(-x + shape * std::log(x) - std::lgamma(shape));
}
/// By bisection of the distribution.
double gamma_draw(double shape, double u) {
  double low = 0;
  double high = 60;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (gamma_cumulative(shape, middle) < u ? low : high) = middle;
  }
  return high;
}
constexpr std::array kDelays{
    Delays{"uniform, 10 to 100 s", [](std::uint32_t i) { return 10 + 90 * uniform_of(i, 1); },
           [](double t) { return std::clamp((t - 10) / 90, 0.0, 1.0); }},
    Delays{"gamma, k 1.291, 103.901 s",
           [](std::uint32_t i) { return 103.901 * gamma_draw(1.291, uniform_of(i, 2)); },
           [](double t) { return gamma_cumulative(1.291, t / 103.901); }},
    Delays{"lognormal, 4.586, 0.967",
           [](std::uint32_t i) { return std::exp(4.586 + 0.967 * normal(21, i)); },
           [](double t) {
             return 0.5 * std::erfc(-(std::log(t) - 4.586) / (0.967 * std::numbers::sqrt2));
           }},
    Delays{
        "Weibull, 139.285 s, 1.195",
        [](std::uint32_t i) { return 139.285 * std::pow(-std::log(uniform_of(i, 4)), 1 / 1.195); },
        [](double t) { return 1 - std::exp(-std::pow(t / 139.285, 1.195)); }},
};

}  // namespace

Section premovement() {
  Section section{"Time before setting out",
                  "A room of 8 x 5 m with an exit of 1 m in the middle of the 5 m wall, 10 people. "
                  "The delays are drawn by the caller; measured is the first instant at which a "
                  "person is a centimetre away from the start.",
                  {},
                  {},
                  {}};
  for (const Delays& delays : kDelays) {
    Scene scene;
    scene.ground = room(8, 5);
    add_exit(scene.ground, "door", {8, 2}, {8, 3});
    scene.people = spread(rectangle(1, 0.5, 6, 4.5), 10, 5);
    for (std::uint32_t i = 0; i < 10; ++i) scene.people[i].delay_s = delays.draw(i);
    scene.until_s = 2000;
    std::vector<double> started(10, kNever);
    run(scene, [&](const Frame& frame) {
      for (std::size_t i = 0; i < 10; ++i) {
        if (length(frame.at[i] - scene.people[i].at) > 0.01) {
          started[i] = std::min(started[i], frame.time_s);
        }
      }
    });
    double latest = 0;
    for (std::size_t i = 0; i < 10; ++i) {
      latest = std::max(latest, std::abs(started[i] - scene.people[i].delay_s));
    }
    if (&delays == &kDelays.front()) {
      section.rows.push_back({"RiMEA 5; IMO 5", "each sets out at the own time (bound: 0.5 s)",
                              fmt::format("at most {:.2f} s off", latest), judge(latest <= 0.5)});
    }
    const double p = kolmogorov_smirnov_p(started, delays.cumulative);
    section.rows.push_back(
        {"NIST 1.1; ISO 1", fmt::format("{}: Kolmogorov-Smirnov p > 0.05", delays.name),
         fmt::format("p = {:.2f}, at most {:.2f} s off", p, latest), judge(p > 0.05)});
  }
  return section;
}

}  // namespace defilada::crowd::validation
