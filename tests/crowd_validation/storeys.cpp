// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "all_cases.hpp"
#include "gauges.hpp"
#include "published.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {
namespace {

using drawing::Ink;

/// A stair of Weidmann's speeds.
Stair stair_of(LevelId level, geo::Polygon polygon, Vec2 up) {
  return {"stair", level, std::move(polygon), kStairDown, kStairUp, up, {}, {}};
}

/// Rooms of 2 x 3 m on both sides of a corridor along y = 0 to 2, four people in each.
void add_rooms(Scene& scene, LevelId level, int rooms) {
  auto& ground = scene.ground.levels[level].walkable;
  for (int i = 0; i < rooms; ++i) {
    const bool north = i % 2 == 1;
    const double x = 2.1 * (i / 2);
    const double y = north ? 2.1 : -3.1;
    const double door = north ? 2 : -0.1;
    // The door reaches into the room: edges that should meet may miss by a rounding.
    ground.push_back(rectangle(x, y, x + 2, y + 3));
    ground.push_back(rectangle(x + 0.55, door - 0.05, x + 1.45, door + 0.15));
    for (Person person : spread(rectangle(x + 0.2, y + 0.3, x + 1.8, y + 2.7), 4,
                                static_cast<std::uint64_t>(100 * level + i))) {
      person.level = level;
      scene.people.push_back(person);
    }
  }
}

/// 144 people on the ground, 152 on each of two floors above. A stair leads down from the east end
/// of floor 1 to a hall with the exit, and one from the west end of floor 2 to floor 1.
Scene three_storeys_of(double speed_factor, double deviation_mps) {
  Scene scene;
  const auto corridor_ground = rectangle(0, 0, 40, 2);
  scene.ground.levels.push_back({"ground",
                                 0,
                                 {corridor_ground, rectangle(40, -8, 42, 2),
                                  rectangle(42, -8, 48, -6), rectangle(45, -6, 48, 2)},
                                 {}});
  scene.ground.levels.push_back({"floor 1",
                                 3,
                                 {corridor_ground, rectangle(-2, -8, 0, 2),
                                  rectangle(-8, -8, -2, -6), rectangle(-8, -6, -5, 2)},
                                 {}});
  scene.ground.levels.push_back({"floor 2", 6, {corridor_ground}, {}});
  Stair east = stair_of(1, rectangle(40, 0, 45, 2), {-1, 0});
  east.join = Stair::Join{0, {{45, 0}, {45, 2}}};
  Stair west = stair_of(2, rectangle(-5, 0, 0, 2), {1, 0});
  west.join = Stair::Join{1, {{-5, 0}, {-5, 2}}};
  scene.ground.stairs = {east, west};
  add_exit(scene.ground, "exit", {48, -8}, {48, -6});
  add_rooms(scene, 0, 36);
  add_rooms(scene, 1, 38);
  add_rooms(scene, 2, 38);
  draw_speeds(scene.people, speed_factor * kFreeSpeed_mps, deviation_mps, 81);
  return scene;
}

}  // namespace

Row apart_at_landings(double deepest_m) {
  return {"Bodies at landings", "no body in another by more than 1 mm where people change levels",
          fmt::format("{:.0f} mm", 1000 * deepest_m), judge(deepest_m <= 0.001)};
}

Section three_storeys() {
  double deepest_m = 0;
  const auto cleared_s = [&](const Scene& scene) {
    const Outcome outcome = run(scene);
    deepest_m = std::max(deepest_m, outcome.deepest_overlap_m);
    return outcome.cleared_s();
  };
  std::vector<double> by_speed;
  std::vector<double> by_spread;
  std::size_t people = 0;
  for (const double factor : {1.0, 0.75, 0.5}) {
    const Scene scene = three_storeys_of(factor, factor * kFreeSpeedDeviation_mps);
    people = scene.people.size();
    by_speed.push_back(cleared_s(scene));
  }
  for (const double deviation : {0.0, 0.13, 0.26}) {
    by_spread.push_back(cleared_s(three_storeys_of(1, deviation)));
  }
  return {"Three storeys",
          fmt::format("Rooms of 2 x 3 m with four people each along corridors of 2 x 40 m on three "
                      "storeys, {} people; stairs of 2 x 5 m between the storeys at Weidmann's "
                      "speeds, one exit of 2 m on the ground.",
                      people),
          {{"RiMEA 8", "slower people take longer (1, 0.75 and 0.5 times the speed)",
            fmt::format("{:.0f}, {:.0f} and {:.0f} s", by_speed[0], by_speed[1], by_speed[2]),
            judge(people == 448 && std::isfinite(by_speed[2]) && by_speed[0] < by_speed[1] &&
                  by_speed[1] < by_speed[2])},
           {"RiMEA 8", "spread of the speeds: deviations of 0, 0.13 and 0.26 m/s",
            fmt::format("{:.0f}, {:.0f} and {:.0f} s", by_spread[0], by_spread[1], by_spread[2]),
            judge(std::isfinite(by_spread[2]) && by_spread[0] <= by_spread[1] &&
                  by_spread[1] <= by_spread[2])},
           apart_at_landings(deepest_m)},
          {},
          {}};
}

namespace {

struct StairRun {
  std::vector<AreaGauge::Sample> samples;  ///< each second, with 0.6 to 1.5 people per m²
  double flow = 0;
};

/// A room of 10 x 10 m with 100 people, a stair of `width` x 5 m with approaches of 2 m.
StairRun over_stair(bool upwards, double width, std::uint64_t seed = 83) {
  Scene scene;
  const double half = width / 2;
  scene.ground = ground_of(
      {rectangle(-12, -5, -2, 5), rectangle(-2, -half, 0, half), rectangle(5, -half, 7, half)});
  scene.ground.stairs = {stair_of(0, rectangle(0, -half, 5, half), {upwards ? 1.0 : -1.0, 0})};
  add_exit(scene.ground, "end", {7, -half}, {7, half});
  scene.people = spread(rectangle(-12, -5, -2, 5), 100, seed);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, seed + 1000);
  AreaGauge gauge({0, -half}, {5, half});
  gauge.set_headings(std::vector<Vec2>(100, Vec2{1, 0}));
  LineGauge head({{2.5, -half}, {2.5, half}});
  run(
      scene,
      [&](const Frame& frame) {
        head.see(frame);
        gauge.see(frame);
      },
      20);
  StairRun result;
  result.flow = flow_between(head.times_s());
  for (const auto& sample : gauge.samples()) {
    const double density = gauge.density(sample);
    if (density >= 0.6 && density <= 1.5 + 1e-9) result.samples.push_back(sample);
  }
  return result;
}

constexpr double kStairArea_m2 = 10;

/// The densities of the band pass quickly: twenty crowds for more seconds of them.
StairRun many_crowds(bool upwards) {
  StairRun all;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const StairRun one = over_stair(upwards, 2, seed);
    all.samples.insert(all.samples.end(), one.samples.begin(), one.samples.end());
  }
  return all;
}

double share_inside(const StairRun& stair, const std::array<BandPoint, 6>& band) {
  const auto inside = std::count_if(
      stair.samples.begin(), stair.samples.end(), [&](const AreaGauge::Sample& sample) {
        const BandPoint at = band_at(band, sample.count / kStairArea_m2);
        return sample.speed_mps >= at.least_mps && sample.speed_mps <= at.most_mps;
      });
  return stair.samples.empty()
             ? 0
             : static_cast<double>(inside) / static_cast<double>(stair.samples.size());
}

/// Mean speeds by density.
std::map<int, double> by_count(const StairRun& stair) {
  std::map<int, std::pair<double, double>> sums;
  for (const auto& sample : stair.samples) {
    auto& [sum, n] = sums[static_cast<int>(sample.count)];
    sum += sample.speed_mps;
    ++n;
  }
  std::map<int, double> means;
  for (const auto& [count, sum] : sums) means[count] = sum.first / sum.second;
  return means;
}

Plot stair_plot(const char* file, const char* title, const StairRun& stair,
                const std::array<BandPoint, 6>& band, Ink ink) {
  Series published{"Corbetta's band", {}, Series::As::band, {}, Ink::series_1};
  for (const BandPoint& at : band) {
    published.points.push_back({at.density, at.most_mps});
    published.lower.push_back({at.density, at.least_mps});
  }
  Series measured{"Defilada, each second", {}, Series::As::points, {}, ink};
  for (const auto& sample : stair.samples) {
    measured.points.push_back({sample.count / kStairArea_m2, sample.speed_mps});
  }
  return {file,
          title,
          std::string(title) + " beside the band of RiMEA 13",
          {"people per m²", 0.5, 1.6, 0.1},
          {"m/s", 0, 1.4, 0.2},
          {published, measured}};
}

}  // namespace

Section stair_diagram() {
  const StairRun up = many_crowds(true);
  const StairRun down = many_crowds(false);
  const auto up_means = by_count(up);
  const auto down_means = by_count(down);
  int shared = 0;
  int faster = 0;
  for (const auto& [count, speed] : up_means) {
    const auto other = down_means.find(count);
    if (other == down_means.end()) continue;
    ++shared;
    if (other->second > speed) ++faster;
  }
  const double up_inside = share_inside(up, kCorbettaUp);
  const double down_inside = share_inside(down, kCorbettaDown);
  return {
      "Speed against density on a stair",
      "A room of 10 x 10 m with 100 people (twenty times, drawn anew), a stair of 2 x 5 m in plan "
      "between approaches of 2 m, "
      "up and down at Weidmann's stair speeds (0.61 and 0.694 m/s for 1.34 on the level); density "
      "and mean speed on the stair each second.",
      {{"RiMEA 13", "up: inside Corbetta's band (bound: half of the seconds)",
        fmt::format("{:.0f} % of {} s", 100 * up_inside, up.samples.size()),
        judge(up_inside >= 0.5)},
       {"RiMEA 13", "down: inside Corbetta's band (bound: half of the seconds)",
        fmt::format("{:.0f} % of {} s", 100 * down_inside, down.samples.size()),
        judge(down_inside >= 0.5)},
       {"RiMEA 13", "down is faster than up at the same density",
        fmt::format("at {} of {} densities", faster, shared),
        judge(shared > 0 && faster == shared)}},
      {stair_plot("stair-up", "Up a stair", up, kCorbettaUp, Ink::series_2),
       stair_plot("stair-down", "Down a stair", down, kCorbettaDown, Ink::series_3)},
      {}};
}

Section stair_widths() {
  std::vector<double> widths;
  std::vector<double> flows;
  std::string text;
  for (const double width : {1.0, 1.2, 1.4, 1.6, 1.8}) {
    widths.push_back(width);
    flows.push_back(over_stair(false, width).flow);
    text += fmt::format("{}{:.2f}", text.empty() ? "" : ", ", flows.back());
  }
  const LinearFit fit = fit_line(widths, flows);
  const double most = flows.back() / widths.back();
  return {"Width of a stair",
          "As before, down, with a stair of 1.0, 1.2, 1.4, 1.6 and 1.8 m.",
          {{"ISO 12", "the flow rises with the width", fmt::format("{} people per s", text),
            judge(fit.slope > 0 && flows.back() > flows.front())},
           {"Flow down a stair", "IMO's simplified method counts on at most 1.1 people per m and s",
            fmt::format("{:.2f}", most), Verdict::told}},
          {},
          {}};
}

Section room_corridor_stair() {
  struct Peaks {
    double neck = 0;
    double corridor = 0;
    double stair = 0;
  };
  const auto crowd = [](std::size_t people) {
    Scene scene;
    scene.ground =
        ground_of({rectangle(0, 0, 8, 5), rectangle(3, 5, 5, 14), rectangle(3, 20, 5, 22)});
    scene.ground.stairs = {stair_of(0, rectangle(3, 14, 5, 20), {0, 1})};
    add_exit(scene.ground, "end", {3, 22}, {5, 22});
    scene.people = spread(rectangle(0, 0, 8, 4.8), people, 85);
    draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 86);
    AreaGauge neck({3, 4.5}, {5, 5.5});
    AreaGauge corridor({3, 8}, {5, 10});
    AreaGauge stair({3, 13}, {5, 14});
    run(scene, [&](const Frame& frame) {
      for (AreaGauge* gauge : {&neck, &corridor, &stair}) gauge->see(frame);
    });
    return Peaks{neck.peak_density(), corridor.peak_density(), stair.peak_density()};
  };
  Section section{
      "Room, corridor and stair",
      "A room of 8 x 5 m, a corridor of 2 x 9 m from its long side, a stair of 2 x 6 m up "
      "at Weidmann's speed. Greatest densities over a second in 1 m at the corridor's "
      "mouth, 2 m in its middle and 1 m before the stair.",
      {},
      {},
      {}};
  const auto row = [&](const char* test, std::size_t people) {
    const Peaks peaks = crowd(people);
    section.rows.push_back(
        {test,
         fmt::format("{} people: denser at the mouth and before the stair than between", people),
         fmt::format("{:.1f}, {:.1f} and {:.1f} per m²", peaks.neck, peaks.corridor, peaks.stair),
         judge(peaks.neck > peaks.corridor && peaks.stair > peaks.corridor)});
  };
  row("NIST 5.1; ISO 10", 100);
  row("IMO 11", 150);
  return section;
}

Section stairs_or_level() {
  Scene scene;
  scene.ground.levels.push_back(
      {"above",
       3,
       {rectangle(0, 0, 10, 10), rectangle(30, 0, 40, 10), rectangle(0, 10, 2, 33),
        rectangle(0, 33, 40, 35), rectangle(38, 10, 40, 33)},
       {}});
  scene.ground.levels.push_back({"below", 0, {rectangle(14, 4, 26, 6)}, {}});
  Stair down = stair_of(0, rectangle(10, 4, 14, 6), {-1, 0});
  down.join = Stair::Join{1, {{14, 4}, {14, 6}}};
  Stair up = stair_of(0, rectangle(26, 4, 30, 6), {1, 0});
  up.join = Stair::Join{1, {{26, 4}, {26, 6}}};
  scene.ground.stairs = {down, up};
  add_exit(scene.ground, "goal", {40, 0}, {40, 10});
  scene.people = spread(rectangle(1, 1, 9, 9), 100, 87);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 88);
  scene.ways = {{{}, Way::Choice::least_time}};
  LineGauge below({{20, 4}, {20, 6}}, 1);
  LineGauge above({{20, 33}, {20, 35}}, 0);
  const Outcome outcome = run(scene, [&](const Frame& frame) {
    below.see(frame);
    above.see(frame);
  });
  return {"Stairs or the level way",
          "A room with 100 people and the goal's room, joined by a short way (a stair of 2 x 4 m "
          "down, 12 m, a stair up) and by a level way of 84 m, 2 m wide.",
          {{"RiMEA 14; ISO 17", "document the choice",
            fmt::format("{} by the stairs, {} by the level way; all there after {:.0f} s",
                        below.crossings().size(), above.crossings().size(), outcome.cleared_s()),
            Verdict::told},
           apart_at_landings(outcome.deepest_overlap_m)},
          {},
          "People take the way that is quickest on Weidmann's stair speeds; whether queues on it "
          "count is a matter of the journey."};
}

}  // namespace defilada::crowd::validation
