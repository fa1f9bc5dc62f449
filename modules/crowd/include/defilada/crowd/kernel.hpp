// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/model.hpp"

/// One step of many people, in columns sorted by cell. Knows no destination and no journey: each
/// walker brings the direction and the speed it wishes.
///
///      rows as high as the reach, cells half a metre wide; people lie in memory in this order
///      +--+--+--+--+--+--+--+--+--+--+
///      |  |::|::|::|::|::|::|::|::|  |   :: looked at, three runs of memory
///      +--+--+--+--+--+--+--+--+--+--+
///      |  |::|::|oo|oo|oo|::|::|::|  |   oo as many walkers as a vector has lanes
///      +--+--+--+--+--+--+--+--+--+--+
///      |  |::|::|::|::|::|::|::|::|  |   a lane is a person: no sum runs across lanes, so that
///      +--+--+--+--+--+--+--+--+--+--+   every vector width gives the same bits
namespace defilada::crowd {

/// Positions are whole multiples of 2^-16 m (15 micrometres), up to kFarthest_m from the origin
/// along each axis: the difference of two is exact, wherever they are.
using Fixed = std::int32_t;
inline constexpr double kFixedPerMetre = 65536;
inline constexpr double kFarthest_m = 16'000;
[[nodiscard]] Fixed to_fixed(double metres) noexcept;
[[nodiscard]] constexpr double to_metres(Fixed value) noexcept {
  return static_cast<double>(value) / kFixedPerMetre;
}

/// The state of people, one column a property. Every column has `size` entries and room behind for
/// a vector that starts at the last.
struct Columns {
  std::size_t size = 0;
  std::vector<Fixed> x;   ///< [2^-16 m]
  std::vector<Fixed> y;   ///< [2^-16 m]
  std::vector<float> ex;  ///< unit vector of the facing
  std::vector<float> ey;
  std::vector<float> vx;  ///< velocity in the last step [m/s]
  std::vector<float> vy;
  std::vector<float> free_speed_mps;  ///< on level ground, alone
  std::vector<float> radius_m;        ///< of the body
  std::vector<float> strain;          ///< 0 who gets on; 1 who is kept from it for seconds; to 2
  std::vector<float> turn_rad;        ///< the owner's; the kernel carries it
  std::vector<std::uint32_t> person;  ///< identity; the kernel carries it
  std::vector<std::uint16_t> level;
  std::vector<std::uint16_t> errand;  ///< the owner's; the kernel carries it
  void reserve(std::size_t count);
  /// Within what was reserved this allocates nothing.
  void resize(std::size_t count);
};

/// A wall with the ground on its left; one_way: only who stands on its right is stopped (as
/// crowd::one_ways).
struct Wall {
  LevelId level = 0;
  Segment line;
  bool one_way = false;
  bool two_sided = false;  ///< ground on its right too: a barrier
};

struct LevelBounds {
  Vec2 least;
  Vec2 most;
};

struct KernelOptions {
  Model model = AnticipationVelocity{};
  double step_s = 0.05;
  int threads = 0;      ///< 0: as many as the machine has
  bool scalar = false;  ///< the reference: one person at a time
};

/// Moves people. Laws (property-tested), for any model and wish, from a start where no two bodies
/// and no body and wall overlap:
///   1. no two walkers' bodies overlap, and no walker's body and a standing one or a wall, by more
///      than kOverlap_m, ever;
///   2. nobody moves further in a step than the wished speed allows;
///   3. the same bits for any number of threads and any vector width, and under a shift of
///      everything by whole multiples of 2^-16 m that keeps the cells.
/// Law 1 holds because both of a pair give up half of the gap between them at most and a wall's
/// distance is a convex function of the place. Starts that overlap come apart where there is room.
/// Cost: docs/benchmarks.md. No allocation in a step but the growth of columns.
class Kernel {
 public:
  static constexpr double kOverlap_m = 0.001;

  /// Bounds of each level; who leaves them is still moved, only slower. most_people: bounds the
  /// number of cells.
  Kernel(std::span<const LevelBounds> levels, std::size_t most_people,
         const KernelOptions& options = {});
  ~Kernel();
  Kernel(Kernel&&) noexcept;
  Kernel& operator=(Kernel&&) noexcept;

  /// Replaces the walls; as often as something opens or shuts. Cost: linear in the cells that walls
  /// come near.
  void set_walls(std::span<const Wall> walls);

  /// Those who walk, in the order of cells since the last sort. Adding (at the end) or changing the
  /// place of somebody asks for sort_walking() before the next advance().
  [[nodiscard]] Columns& walking();
  [[nodiscard]] const Columns& walking() const;
  /// Those who stand: bodies that others see and walk round. Costs nothing in a step but to those
  /// near.
  [[nodiscard]] Columns& standing();
  [[nodiscard]] const Columns& standing() const;
  /// Bodies that walkers see and keep from, and that the kernel does not move: who has just left,
  /// who is beyond a landing. Filled by the owner before each advance and then put in order; only
  /// x, y, ex, ey, vx, vy, radius_m and level count. Law 1 holds against a body that moves only if
  /// it keeps to its half of the gap, as a walker on another level does who sees this one's shadow.
  [[nodiscard]] Columns& shadows();
  void sort_shadows();
  /// What the walkers want (shape of walking()): a unit vector, or zero to stay; m/s. Follows no
  /// sort: to be filled before each step. Who has a speed below 0 rests in this step: he stays as
  /// he is and stands, which costs next to nothing where those beside him rest too.
  [[nodiscard]] std::span<float> wish_x();
  [[nodiscard]] std::span<float> wish_y();
  [[nodiscard]] std::span<float> wish_speed_mps();

  /// One step. Requires sorted columns and wishes. Afterwards the columns have their new values in
  /// the old order, was_x() and was_y() the old places: time to look at who crossed what, to
  /// remove, to add, and then to sort.
  void advance();
  [[nodiscard]] std::span<const Fixed> was_x() const;
  [[nodiscard]] std::span<const Fixed> was_y() const;
  /// Marks for the next sort.
  void remove_walking(std::size_t index);
  void remove_standing(std::size_t index);
  /// Puts people in the order of cells; those marked go. Stable within a cell.
  void sort_walking();
  void sort_standing();
  /// The same where nobody stands elsewhere than at the last sort: who was added is put in, who was
  /// marked is taken out. Cost: few runs of memory are moved, not each person.
  void merge_standing();
  /// advance() and sort_walking().
  void step();

  /// Whether a body has room there: overlaps nobody as sorted last, nor a shadow, which may have
  /// gone a step since. Walls are not asked.
  [[nodiscard]] bool has_room(std::uint16_t level, Fixed x, Fixed y, float radius_m) const;

  /// Calls visit(index) for those of standing(), as sorted last, who may be within the reach of the
  /// model; others too.
  void for_standing_near(std::uint16_t level, Fixed x, Fixed y,
                         const std::function<void(std::size_t)>& visit) const;

  /// Calls work(begin, end, chunk) for walkers [begin, end), on the threads of the kernel; chunks
  /// are numbered from 0 in the order of walkers and depend on nothing but their number.
  void for_walkers(
      const std::function<void(std::size_t begin, std::size_t end, std::size_t chunk)>& work);
  /// How many chunks for_walkers has.
  [[nodiscard]] std::size_t chunks() const;

  [[nodiscard]] const KernelOptions& options() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace defilada::crowd
