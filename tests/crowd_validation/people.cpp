// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "all_cases.hpp"
#include "defilada/crowd/population.hpp"
#include "gauges.hpp"
#include "published.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {
namespace {

/// How fast people of these speeds walk who start side by side, out of each other's sight: measured
/// over 10 m.
std::vector<double> walked_mps(const std::vector<double>& speeds_mps) {
  const double apart_m = 3;
  const double height = apart_m * static_cast<double>(speeds_mps.size());
  Scene scene;
  scene.ground = room(14, height);
  add_exit(scene.ground, "end", {14, 0}, {14, height});
  for (std::size_t i = 0; i < speeds_mps.size(); ++i) {
    scene.people.push_back(
        {.at = {1, apart_m * (static_cast<double>(i) + 0.5)}, .speed_mps = speeds_mps[i]});
  }
  LineGauge first({{2, 0}, {2, height}});
  LineGauge last({{12, 0}, {12, height}});
  run(scene, [&](const Frame& frame) {
    first.see(frame);
    last.see(frame);
  });
  std::vector<double> begins(speeds_mps.size(), kNever);
  std::vector<double> walked(speeds_mps.size(), 0);
  for (const auto& crossing : first.crossings()) begins[crossing.person] = crossing.time_s;
  for (const auto& crossing : last.crossings()) {
    walked[crossing.person] = 10 / (crossing.time_s - begins[crossing.person]);
  }
  return walked;
}

Row by_age() {
  std::vector<double> speeds;
  std::vector<std::size_t> ages;
  for (std::size_t i = 0; i < 50; ++i) {
    ages.push_back(i % kRimeaAges.size());
    speeds.push_back(speed_at_age_mps(kRimeaAges[ages.back()].age_years));
  }
  const auto walked = walked_mps(speeds);
  bool holds = true;
  double before = kNever;
  std::string text;
  for (std::size_t age = 0; age < kRimeaAges.size(); ++age) {
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < 50; ++i) {
      if (ages[i] != age) continue;
      holds = holds && walked[i] >= kRimeaAges[age].least_mps - 0.03 &&
              walked[i] <= kRimeaAges[age].most_mps + 0.03;
      sum += walked[i];
      ++count;
    }
    holds = holds && sum / count < before;
    before = sum / count;
    text += fmt::format("{}{:.2f}", text.empty() ? "" : ", ", before);
  }
  return {"RiMEA 7",
          "50 adults of 20 to 70 years: 1.60-1.64, 1.52-1.56, 1.46-1.50, 1.39-1.43, 1.27 and 1.07 "
          "m/s to 0.03, falling with age",
          text + " m/s", judge(holds)};
}

}  // namespace

Section demographics() {
  Section section{"Populations",
                  "People side by side, 3 m apart, on ground without walls; speeds measured over "
                  "10 m.",
                  {by_age()},
                  {},
                  {}};
  std::vector<double> speeds;
  for (std::uint32_t i = 0; i < 100; ++i) {
    speeds.push_back(draw_speed_mps({1.2, 0.2, 0.6, 1.8}, 91, i));
  }
  const auto walked = walked_mps(speeds);
  const double mean = mean_of(walked);
  const double deviation = deviation_of(walked);
  section.rows.push_back(
      {"NIST 2.4; ISO 5", "100 people, normal, 1.2 and 0.2 m/s: both to 0.05 m/s",
       fmt::format("{:.3f} and {:.3f} m/s", mean, deviation),
       judge(std::abs(mean - 1.2) <= 0.05 && std::abs(deviation - 0.2) <= 0.05)});
  std::vector<double> passenger_speeds;
  for (std::uint32_t i = 0; i < 50; ++i) {
    passenger_speeds.push_back(draw(passengers(), 92, i).free_speed_mps);
  }
  const double p = kolmogorov_smirnov_p(walked_mps(passenger_speeds), imo_passengers_below);
  section.rows.push_back({"IMO 7",
                          "50 passengers of the guideline's table 3.4: Kolmogorov-Smirnov p > 0.05",
                          fmt::format("p = {:.2f}", p), judge(p > 0.05)});
  return section;
}

}  // namespace defilada::crowd::validation
