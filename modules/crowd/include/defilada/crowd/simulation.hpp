// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/crowd/field.hpp"
#include "defilada/crowd/field_grid.hpp"
#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/journey.hpp"
#include "defilada/crowd/kernel.hpp"
#include "defilada/crowd/population.hpp"

/// People on a ground, from the first who comes to the last who leaves.
///
///     to come ──► walking ◄──► standing          a step: wishes from fields and gates, the
///                    │                           kernel's move, then who has arrived where;
///                    └──► out                    people are conserved
namespace defilada::crowd {

/// One person of the run. Numbered by the place in the list.
struct Person {
  static constexpr std::uint32_t kAlone = UINT32_MAX;
  Profile profile;
  std::uint16_t journey = 0;
  LevelId level = 0;
  /// Those of one number stay together, a family: they choose alike where they go by shares, and
  /// who is ahead of the last of them on the same stage walks slower until he comes up. Nobody
  /// waits for who is in a queue at a gate, nor for who is 15 m behind.
  std::uint32_t group = kAlone;
  /// Where he appears; with `start` a spot in that area is chosen for him, near nobody.
  Vec2 place;
  std::optional<std::uint32_t> start;  ///< index in Ground::starts
  double from_s = 0;                   ///< appears then, or as soon as there is room
  double premovement_s = 0;            ///< stands so long after appearing
};

struct SimulationOptions {
  Model model = AnticipationVelocity{};
  double step_s = 0.05;
  int threads = 0;  ///< 0: as many as the machine has
  std::uint64_t seed = 1;
  bool scalar = false;           ///< the kernel's reference code
  GridOptions grid;              ///< of the fields; time_s is the simulation's own
  double quickest_every_s = 10;  ///< how often people look for a quicker way
  /// How much those who are kept from their way vary it: the deviation of the turn, radians.
  double unrest_rad = 1;
};

struct Counts {
  std::uint64_t to_come = 0;
  std::uint64_t walking = 0;
  std::uint64_t standing = 0;
  std::uint64_t out = 0;
  [[nodiscard]] std::uint64_t inside() const { return walking + standing; }
  bool operator==(const Counts&) const = default;
};

/// What has happened at an exit or a gate so far.
struct Passage {
  std::uint64_t persons = 0;
  double first_s = 0;
  double last_s = 0;
  double waited_s = 0;  ///< gates: by all together, from coming into reach to being let in
  double longest_wait_s = 0;
};

class Simulation {
 public:
  /// Errors (bad_input): a ground without ground (FieldGrid), a journey or start that does not
  /// exist, a stage without options, a leave stage that is not the last.
  static Result<Simulation> make(Ground ground, std::vector<Person> people,
                                 std::vector<Journey> journeys,
                                 const SimulationOptions& options = {});
  ~Simulation();
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(Simulation&&) noexcept;

  /// One step of SimulationOptions::step_s. Laws: counts() sums to the number of people, always;
  /// the state hash is the same for any number of threads and for the scalar code.
  void step();
  [[nodiscard]] double time_s() const;
  [[nodiscard]] std::uint64_t steps() const;
  /// Steps of people who walked: what speed is measured in.
  [[nodiscard]] std::uint64_t agent_steps() const;
  [[nodiscard]] Counts counts() const;
  /// Everybody is out, or nobody who is left will ever walk again.
  [[nodiscard]] bool finished() const;

  /// Who is there. Order: cells; columns' `person` tells who.
  [[nodiscard]] const Columns& walking() const;
  [[nodiscard]] const Columns& standing() const;
  /// When each left; infinity: has not. (people)
  [[nodiscard]] std::span<const float> left_s() const;
  [[nodiscard]] std::span<const Passage> exits() const;
  [[nodiscard]] std::span<const Passage> gates() const;
  /// People within reach of the gate who are not let in yet.
  [[nodiscard]] std::uint64_t queue(std::size_t gate) const;
  /// The gate before which the person waits for his turn, if he does.
  [[nodiscard]] std::optional<std::size_t> waits_at(std::uint32_t person) const;
  /// Where the walker in that row of walking() is going: the way from everywhere, as open and shut
  /// as the ground is now for who plans his way (what opens again counts as open); nullptr: none
  /// leads there. Until the next step.
  [[nodiscard]] const Field* way(std::size_t row) const;
  /// Whether that walker is on his way out, and not to a place within.
  [[nodiscard]] bool leaves(std::size_t row) const;

  [[nodiscard]] const Ground& ground() const;
  [[nodiscard]] const FieldGrid& grid() const;
  [[nodiscard]] const SimulationOptions& options() const;
  /// Of places, velocities and stages of everybody; FNV-1a, 64 bit.
  [[nodiscard]] std::uint64_t state_hash() const;

  /// Sends people on to another journey from its first stage, now: an evacuation. Those who stand
  /// walk; those to come do not come.
  void send(const std::function<std::optional<std::uint16_t>(std::uint32_t person)>& journey);
  /// Shuts an exit or opens it, whatever its periods say.
  void shut_exit(std::size_t exit, bool shut);

  /// The state as bytes, between two steps: to go on from it in another process. Law: who goes on
  /// from it gets the same bits as who never stopped, for any number of threads. Cost: about 100
  /// bytes a person.
  [[nodiscard]] std::string save() const;
  /// Goes on from what was saved by a simulation made of the same ground, people, journeys and
  /// options; the number of threads and `scalar` may differ. Observers stay. Errors (bad_input): of
  /// another run, or damaged; the simulation is of no use then.
  [[nodiscard]] Status load(std::string_view saved);

  /// What an observer sees after the move of a step, before anybody is taken away.
  struct Moved {
    const Columns& walking;        ///< new places
    std::span<const Fixed> was_x;  ///< old places, in the same order
    std::span<const Fixed> was_y;
    double time_s;  ///< at the end of the step
  };
  void observe(std::function<void(const Moved&)> observer);

 private:
  struct State;
  explicit Simulation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// As many as the start areas say, each with a profile of the population, going by the journey;
/// those who come together (Population::company) at the same time and beside each other.
/// Those of a start with a period come evenly spread over it; the others are placed at once.
/// Errors (bad_input): a start that has no room for its people at 0.405 m between centres (and
/// 2 radii); its name and how many have room.
[[nodiscard]] Result<std::vector<Person>> people_of_starts(const Ground& ground,
                                                           const Population& population,
                                                           std::uint64_t seed,
                                                           std::uint16_t journey = 0);

/// `count` places in the polygon, bodies of that radius clear of each other and of the walls: at
/// random where there is room, else on a jittered lattice of triangles. Fewer where it has no room.
[[nodiscard]] std::vector<Vec2> relaxed_places(const FieldGrid& grid, LevelId level,
                                               const geo::Polygon& polygon, std::size_t count,
                                               double radius_m, std::uint64_t seed);

}  // namespace defilada::crowd
