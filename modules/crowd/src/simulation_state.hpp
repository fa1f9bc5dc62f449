// SPDX-License-Identifier: MIT
#pragma once

#include <queue>

#include "defilada/crowd/simulation.hpp"
#include "gates.hpp"
#include "groups.hpp"
#include "routes.hpp"
#include "spots.hpp"

namespace defilada::crowd {

/// Streams of random numbers of a person at a step.
enum RandomStream : std::uint64_t {
  kTurns = 0,
  kPlaces = 1ULL << 40U,
  kShares = 2ULL << 40U,
  kSpreads = 3ULL << 40U,
  kGivingUp = 4ULL << 40U,
  kLanes = 5ULL << 40U,
};

/// Who is strained by more than this is kept from his place: less than the model's patience, beyond
/// which he steps back and forth and is strained no more.
inline constexpr float kKept = 0.1F;

[[nodiscard]] inline Vec2 place(const Columns& c, std::size_t i) {
  return {to_metres(c.x[i]), to_metres(c.y[i])};
}

/// Where a person is.
enum class Whereabouts : std::uint8_t { to_come, walking, standing, out };

struct Simulation::State {
  struct PersonState {
    std::uint32_t spot = Spots::kNone;
    std::uint16_t journey = 0;
    std::uint8_t stage = 0;
    Whereabouts where : 2 = Whereabouts::to_come;
    bool wakes : 1 = false;
    bool waits : 1 = false;  ///< stands for his stage, not before it
    bool due : 1 = false;    ///< is in `dues`
    template <class Bytes>
    void keep(Bytes& bytes);
  };
  static_assert(sizeof(PersonState) == 8);
  /// Who stands until when.
  struct Due {
    double time_s;
    std::uint32_t person;
    bool operator>(const Due& other) const {
      return time_s != other.time_s ? time_s > other.time_s : person > other.person;
    }
    template <class Bytes>
    void keep(Bytes& bytes) {
      bytes(time_s, person);
    }
  };

  State(Ground g, std::vector<Person> p, std::vector<Journey> j, const SimulationOptions& o);

  // Setting up: simulation_setup.cpp
  Status check() const;
  void plan_routes();
  Status take_ground();
  void make_kernel();
  void make_spots();
  void find_doorways();
  void set_walls();

  // Kept and gone on from: simulation_save.cpp
  template <class Bytes>
  void keep(Bytes& bytes);
  [[nodiscard]] bool sound();
  void take_up();

  // A step: simulation.cpp
  struct Chunk;
  void wish();
  void find_nodes(std::size_t begin, std::size_t end, std::uint32_t* nodes) const;
  void wish_of(std::size_t i, std::uint32_t node, std::uint64_t turn_steps, Chunk& chunk);
  [[nodiscard]] bool rests(std::size_t i) const;
  void look_after_groups();
  void turn_aside(std::size_t i, std::uint64_t turn_steps, Direction& way);
  void refine(std::size_t i, Vec2 at, std::uint8_t marks, float& x, float& y, float& speed,
              std::vector<GateService::Request>& requests);
  void arrivals();
  void arrived(std::size_t i, std::uint8_t mark);
  void change_level(std::size_t i, Vec2 was, Vec2 now);
  bool leave(std::size_t i, const Route& route, Vec2 was, Vec2 now);
  bool slip_out(std::size_t i, Vec2 now);
  void take_out(std::size_t i, std::uint32_t exit);
  void cast_shadows();
  void settle_order();
  void cast_leavers();
  void cast_at_landings();
  bool settle(std::size_t i, Vec2 now);
  [[nodiscard]] std::uint32_t take_spot(std::size_t i, Vec2 now);
  bool let_move_up(std::size_t i, Vec2 now);
  void stand(std::size_t i, double until_s);
  void next_stage(std::uint32_t person);
  std::uint16_t route_of(std::uint32_t person) const;
  void come();
  bool appear(std::uint32_t person);
  void wake();
  void forget_dues();
  void walk(std::uint32_t person, const Columns& from, std::size_t index);
  void look_for_quicker();
  void drop_spot(std::uint32_t person);
  /// Who is this near to a target has come to it: fields lead to the cells of targets, no nearer.
  double at_target_m() const { return std::max(0.1, 0.75 * routes.grid().cell_m()); }
  const Stage& stage_of(std::uint32_t person) const {
    const PersonState& s = states[person];
    return journeys[s.journey].stages[s.stage];
  }

  Ground ground;
  std::vector<Person> people;  ///< until all have come
  std::vector<Journey> journeys;
  SimulationOptions options;
  Routes routes;
  /// (journeys, stages, options): the route of each option, or one for all.
  std::vector<std::vector<std::vector<std::uint16_t>>> stage_routes;
  std::vector<Spots> spots;         ///< (routes)
  std::vector<std::uint8_t> marks;  ///< (nodes)
  std::unique_ptr<Kernel> kernel;
  GateService gates;
  Groups groups;

  std::vector<PersonState> states;
  std::vector<float> left_s;
  std::vector<std::uint32_t> comers;  ///< by time; until all have come
  std::size_t next_comer = 0;
  Columns newcomer;
  std::vector<std::uint32_t> delayed;  ///< should be there, have no room yet
  std::priority_queue<Due, std::vector<Due>, std::greater<>> dues;
  double ground_s = 0;        ///< the time of which routes and walls are
  std::uint64_t made_of = 0;  ///< tells the ground, people, journeys and options
  std::vector<double> changes;
  std::size_t next_change = 0;
  double next_quickest_s = 0;
  std::vector<float> speed_scale;
  /// Exits that lead off the ground, part by part.
  struct Doorway {
    std::uint32_t exit;
    Segment line;
    Vec2 outward;  ///< unit
  };
  std::vector<Doorway> doorways;
  std::vector<Passage> exit_passages;
  std::vector<double> exit_free_s;
  Counts counts;
  std::uint64_t steps = 0;
  std::uint64_t agent_steps = 0;
  double time_s = 0;
  bool standing_changed = false;

  /// Who has left walks on for a moment, seen by the others.
  struct Leaver {
    Vec2 at;
    Vec2 way;  ///< unit
    float speed_mps;
    float free_speed_mps;
    float radius_m;
    LevelId level;
    double until_s;
    template <class Bytes>
    void keep(Bytes& bytes) {
      bytes(at.x, at.y, way.x, way.y, speed_mps, free_speed_mps, radius_m, level, until_s);
    }
  };
  std::vector<Leaver> leavers;
  bool any_landing = false;
  /// Rows of the kernel's standing columns that are seen from another level, with that level.
  std::vector<std::pair<std::uint32_t, LevelId>> standing_at_landings;
  bool standing_at_landings_stale = true;

  /// Of one chunk of walkers, in their order.
  struct Chunk {
    struct Near {
      std::uint32_t walker;
      std::uint8_t marks;
    };
    std::vector<Near> near;  ///< who has to be looked at after the move
    std::uint64_t resting = 0;
    std::vector<GateService::Request> requests;
  };
  std::vector<Chunk> chunks;
  /// Columns of the kernel, for the length of wish().
  struct Wishes {
    Columns* walkers = nullptr;
    float* x = nullptr;
    float* y = nullptr;
    float* speed = nullptr;
  } wishes;
  std::vector<const PackedDirection*> way_by_node;  ///< (routes); nullptr: no way
  std::vector<GateService::Request> requests;
  std::vector<std::function<void(const Moved&)>> observers;
};

}  // namespace defilada::crowd
