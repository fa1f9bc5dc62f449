// SPDX-License-Identifier: MIT
#include "site_journeys.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "defilada/crowd/field.hpp"
#include "spots.hpp"

namespace defilada::crowd {
namespace {

/// Waits there, if anywhere, then leaves.
Journey journey_by(const Ground& ground, const WaitingArea* wait, Choice exits) {
  Journey out;
  if (wait != nullptr) out.stages.push_back(wait_in(wait->level, wait->polygon, wait->until_s));
  if (!ground.exits.empty()) {
    const bool shares = std::any_of(ground.exits.begin(), ground.exits.end(),
                                    [](const Exit& exit) { return exit.share.has_value(); });
    out.stages.push_back(leave(ground, shares ? Choice::share : exits));
  }
  return out;
}

/// Hands out the room of waiting areas.
class Rooms {
 public:
  Rooms(const Ground& ground, const FieldGrid& grid) : ground_(ground) {
    std::vector<Destination> all;
    for (const WaitingArea& wait : ground.waits) {
      all.push_back({{{wait.level, wait.polygon, 0}}});
      const Stage stage = wait_in(wait.level, wait.polygon, 0);
      const std::size_t places = Spots(grid, stage, {all.back().targets, {}, 1}, nullptr).size();
      left_.push_back(wait.capacity ? static_cast<std::size_t>(*wait.capacity) : places);
    }
    fields_ = travel_times(grid, all);
  }

  /// The nearest with room; `wanted` before it, where that has room.
  std::size_t take(const Person& person, std::size_t wanted) {
    if (wanted >= left_.size() || left_[wanted] == 0) {
      std::vector<std::size_t> by_time(left_.size());
      std::iota(by_time.begin(), by_time.end(), std::size_t{0});
      std::stable_sort(by_time.begin(), by_time.end(), [&](std::size_t a, std::size_t b) {
        return time_s(person, a) < time_s(person, b);
      });
      const auto free = std::find_if(by_time.begin(), by_time.end(), [&](std::size_t k) {
        return left_[k] > 0 && std::isfinite(time_s(person, k));
      });
      wanted = free == by_time.end() ? by_time.front() : *free;
    }
    if (left_[wanted] > 0) --left_[wanted];
    return wanted;
  }

 private:
  [[nodiscard]] float time_s(const Person& person, std::size_t area) const {
    const Vec2 at =
        person.start ? geo::centroid(ground_.starts[*person.start].polygon) : person.place;
    if (!fields_[area]) return INFINITY;
    return fields_[area]->time(person.level, static_cast<float>(at.x), static_cast<float>(at.y));
  }

  const Ground& ground_;
  std::vector<std::size_t> left_;  ///< (areas)
  std::vector<Result<Field>> fields_;
};

}  // namespace

Result<std::vector<Journey>> site_journeys(const Ground& ground, const GridOptions& options,
                                           Choice exits, std::vector<Person>& people) {
  std::vector<Journey> journeys;
  for (const WaitingArea& wait : ground.waits) journeys.push_back(journey_by(ground, &wait, exits));
  if (journeys.empty()) journeys.push_back(journey_by(ground, nullptr, exits));
  if (ground.waits.size() < 2) return journeys;
  auto grid = FieldGrid::make(ground, options);
  if (!grid) return tl::unexpected(grid.error());
  Rooms rooms(ground, *grid);
  for (std::size_t k = 0; k < people.size(); ++k) {
    Person& person = people[k];
    const bool with_last =
        k > 0 && person.group != Person::kAlone && people[k - 1].group == person.group;
    person.journey = static_cast<std::uint16_t>(
        rooms.take(person, with_last ? people[k - 1].journey : ground.waits.size()));
  }
  return journeys;
}

}  // namespace defilada::crowd
