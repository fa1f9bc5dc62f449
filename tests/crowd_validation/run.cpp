// SPDX-License-Identifier: MIT
// From a scene to crowd::Simulation and back.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "defilada/crowd/simulation.hpp"
#include "scene.hpp"
#include "watch.hpp"

namespace defilada::crowd::validation {
namespace {

Journey journey_of(const Scene& scene, const Way& way) {
  std::vector<std::uint32_t> exits;
  for (const std::size_t exit : way.exits) exits.push_back(static_cast<std::uint32_t>(exit));
  for (std::uint32_t i = 0; way.exits.empty() && i < scene.ground.exits.size(); ++i) {
    exits.push_back(i);
  }
  switch (way.choice) {
    case Way::Choice::nearest: return {{leave_by(exits, Choice::nearest)}};
    case Way::Choice::least_time: return {{leave_by(exits, Choice::quickest)}};
    case Way::Choice::by_share: return {{leave(scene.ground, Choice::share)}};
  }
  return {};
}

Result<Simulation> simulation_of(const Scene& scene) {
  std::vector<crowd::Person> people;
  for (const Person& each : scene.people) {
    crowd::Person person;
    person.profile.free_speed_mps = static_cast<float>(each.speed_mps);
    person.profile.radius_m = static_cast<float>(each.radius_m);
    person.journey = static_cast<std::uint16_t>(each.way);
    person.level = each.level;
    person.place = each.at;
    person.premovement_s = each.delay_s;
    if (each.group >= 0) person.group = static_cast<std::uint32_t>(each.group);
    people.push_back(person);
  }
  std::vector<Journey> journeys;
  for (const Way& way : scene.ways) journeys.push_back(journey_of(scene, way));
  SimulationOptions options;
  options.step_s = scene.step_s;
  options.seed = scene.seed;
  return Simulation::make(scene.ground, std::move(people), std::move(journeys), options);
}

double distance_to(const Line& line, Vec2 p) {
  const Vec2 along = line[1] - line[0];
  const double t = std::clamp(dot(p - line[0], along) / dot(along, along), 0.0, 1.0);
  return length(p - (line[0] + t * along));
}

/// Which exit somebody has left by who was last seen there.
int exit_at(const Ground& ground, LevelId level, Vec2 p) {
  int nearest = -1;
  double least = kNever;
  for (std::size_t i = 0; i < ground.exits.size(); ++i) {
    if (ground.exits[i].level != level) continue;
    const double distance = distance_to(std::get<Line>(ground.exits[i].shape), p);
    if (distance < least) {
      least = distance;
      nearest = static_cast<int>(i);
    }
  }
  return nearest;
}

/// Keeps the frame up to date with the simulation.
class Camera {
 public:
  Camera(const Scene& scene, Simulation& simulation) : scene_(scene), simulation_(simulation) {
    const std::size_t n = scene.people.size();
    frame_.level.resize(n);
    frame_.inside.assign(n, 1);
    for (std::size_t i = 0; i < n; ++i) {
      frame_.at.push_back(scene.people[i].at);
      frame_.level[i] = scene.people[i].level;
    }
    frame_.before = last_ = frame_.at;
    outcome_.left_s.assign(n, kNever);
    outcome_.exit.assign(n, -1);
    simulation_.observe([this](const Simulation::Moved& moved) { take(moved.walking); });
  }

  /// After a step: who has left.
  void note_the_gone() {
    const auto left_s = simulation_.left_s();
    for (std::size_t i = 0; i < left_s.size(); ++i) {
      if (frame_.inside[i] == 0 || !std::isfinite(left_s[i])) continue;
      frame_.inside[i] = 0;
      outcome_.left_s[i] = static_cast<double>(left_s[i]);
      outcome_.exit[i] = exit_at(scene_.ground, frame_.level[i], last_[i]);
    }
  }
  const Frame& expose() {
    frame_.since_s = simulation_.time_s() - frame_.time_s;
    frame_.time_s = simulation_.time_s();
    std::swap(frame_.before, frame_.at);
    frame_.at = last_;
    return frame_;
  }
  [[nodiscard]] Outcome& outcome() { return outcome_; }
  /// The first few of those inside, and where they are.
  [[nodiscard]] std::string who_is_left() const {
    std::string text;
    int told = 0;
    for (std::size_t i = 0; i < last_.size() && told < 5; ++i) {
      if (frame_.inside[i] == 0) continue;
      text += fmt::format("; {} at {:.2f}, {:.2f}, level {}", i, last_[i].x, last_[i].y,
                          frame_.level[i]);
      ++told;
    }
    return text;
  }

 private:
  void take(const Columns& walking) {
    for (std::size_t k = 0; k < walking.size; ++k) {
      const std::uint32_t i = walking.person[k];
      last_[i] = {to_metres(walking.x[k]), to_metres(walking.y[k])};
      frame_.level[i] = walking.level[k];
    }
  }

  const Scene& scene_;
  Simulation& simulation_;
  Frame frame_;
  std::vector<Vec2> last_;
  Outcome outcome_;
};

}  // namespace

Outcome run(const Scene& scene, const Observer& observer, int every) {
  auto simulation = simulation_of(scene);
  if (!simulation) {
    ADD_FAILURE() << simulation.error().message;
    return {std::vector<double>(scene.people.size(), kNever),
            std::vector<int>(scene.people.size(), -1)};
  }
  Camera camera(scene, *simulation);
  Watch watch(scene);
  Outcome& outcome = camera.outcome();
  const std::size_t people = scene.people.size();
  const auto steps = static_cast<std::size_t>(std::lround(scene.until_s / scene.step_s));
  for (std::size_t step = 1; step <= steps; ++step) {
    simulation->step();
    camera.note_the_gone();
    const Counts counts = simulation->counts();
    EXPECT_EQ(counts.to_come + counts.inside() + counts.out, people) << "at step " << step;
    const bool last = counts.out == people || step == steps;
    outcome.steps = step;
    if (step % static_cast<std::size_t>(every) == 0 || last) {
      const Frame& frame = camera.expose();
      watch.see(frame);
      if (observer) observer(frame);
    }
    if (last) break;
  }
  outcome.time_s = simulation->time_s();
  outcome.deepest_overlap_m = watch.deepest_overlap_m();
  outcome.deepest_in_wall_m = watch.deepest_in_wall_m();
  if (scene.kept_apart) {
    EXPECT_LE(outcome.deepest_overlap_m, Kernel::kOverlap_m);
  }
  EXPECT_LE(outcome.deepest_in_wall_m, Kernel::kOverlap_m);
  if (scene.all_leave) {
    EXPECT_EQ(outcome.out(), people) << "after " << outcome.time_s << " s" << camera.who_is_left();
  }
  return outcome;
}

}  // namespace defilada::crowd::validation
