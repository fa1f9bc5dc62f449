// SPDX-License-Identifier: MIT
#include "defilada/crowd/fingerprint.hpp"

#include <array>
#include <bit>
#include <type_traits>

#include "defilada/core/hash.hpp"

namespace defilada::crowd {
namespace {

class Fingerprint {
 public:
  template <class... Values>
  void operator()(const Values&... values) {
    (add(values), ...);
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  void word(std::uint64_t bits) { hash_ = hash_word(hash_, bits); }
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void add(T value) {
    if constexpr (std::is_floating_point_v<T>) {
      word(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
    } else {
      word(static_cast<std::uint64_t>(value));
    }
  }
  void add(Vec2 p) { (*this)(p.x, p.y); }
  template <class T>
  void add(const std::vector<T>& all) {
    word(all.size());
    for (const T& each : all) add(each);
  }
  template <class T>
  void add(const std::optional<T>& value) {
    word(value.has_value() ? 1 : 0);
    if (value) add(*value);
  }
  void add(const geo::Polygon& polygon) { (*this)(polygon.outer, polygon.holes); }
  void add(const Shape& shape) {
    word(shape.index());
    std::visit([&](const auto& each) { add(each); }, shape);
  }
  void add(const Period& period) { (*this)(period.from_s, period.to_s); }
  void add(const Segment& line) { (*this)(line.from, line.to); }
  void add(const Level& level) { (*this)(level.walkable, level.obstacles); }
  void add(const Exit& exit) {
    (*this)(exit.level, exit.shape, exit.persons_per_second, exit.share, exit.shut);
  }
  void add(const DrawnQueue& queue) { add(queue.line); }
  void add(const Gate& gate) {
    (*this)(gate.level, gate.line, gate.lanes, gate.service_s, gate.shut, gate.queues);
  }
  void add(const Stair::Join& join) { (*this)(join.level, join.landing); }
  void add(const Stair& stair) {
    (*this)(stair.level, stair.polygon, stair.speed_factor, stair.up_factor, stair.up, stair.join);
  }
  void add(const PeopleKind& kind) {
    (*this)(kind.share, kind.speed.mean_mps, kind.speed.sd_mps, kind.speed.least_mps,
            kind.speed.most_mps, kind.radius_m);
  }
  void add(const Population& population) { (*this)(population.kinds, population.company); }
  void add(const StartArea& start) {
    (*this)(start.level, start.polygon, start.agents, start.from_s, start.to_s, start.group_share,
            start.population);
  }
  void add(const WaitingArea& wait) {
    (*this)(wait.level, wait.polygon, wait.until_s, wait.capacity, wait.look_at);
  }
  void add(const Barrier& barrier) { (*this)(barrier.level, barrier.line, barrier.one_way); }
  void add(const Closure& closure) { (*this)(closure.level, closure.shape, closure.shut); }
  void add(const Ground& ground) {
    (*this)(ground.levels, ground.exits, ground.gates, ground.stairs, ground.waits, ground.starts,
            ground.barriers, ground.closures);
  }
  void add(const Person& person) {
    (*this)(person.profile.free_speed_mps, person.profile.radius_m, person.journey, person.level,
            person.group, person.place, person.start, person.from_s, person.premovement_s);
  }
  void add(const Destination::Target& target) {
    (*this)(target.level, target.shape, target.delay_s);
  }
  void add(const Option& option) { (*this)(option.targets, option.exits, option.share); }
  void add(const Stage& stage) {
    (*this)(stage.kind, stage.choice, stage.options, stage.until_s, stage.for_s, stage.spread_s,
            stage.look_at, stage.spacing_m);
  }
  void add(const Journey& journey) { add(journey.stages); }
  void add(const Model& model) {
    word(model.index());
    std::visit(
        [&](const auto& constants) {
          using Words = std::array<std::uint32_t, sizeof(constants) / sizeof(std::uint32_t)>;
          for (const std::uint32_t each : std::bit_cast<Words>(constants)) word(each);
        },
        model);
  }
  void add(const SimulationOptions& options) {
    (*this)(options.model, options.step_s, options.seed, options.grid.cell_m,
            options.grid.nodes_max, options.grid.margin_m, options.grid.margin_slowness,
            options.quickest_every_s, options.unrest_rad);
  }

  std::uint64_t hash_ = kHashBegin;
};

}  // namespace

std::uint64_t fingerprint(const Ground& ground) {
  Fingerprint all;
  all(ground);
  return all.value();
}

std::uint64_t fingerprint(const Journey& journey) {
  Fingerprint all;
  all(journey);
  return all.value();
}

std::uint64_t fingerprint(const Ground& ground, std::span<const Person> people,
                          std::span<const Journey> journeys, const SimulationOptions& options) {
  Fingerprint all;
  all(ground, people.size());
  for (const Person& person : people) all(person);
  all(journeys.size());
  for (const Journey& journey : journeys) all(journey);
  all(options);
  return all.value();
}

}  // namespace defilada::crowd
