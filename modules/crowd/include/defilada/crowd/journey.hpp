// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "defilada/crowd/field.hpp"
#include "defilada/crowd/ground.hpp"

/// What people do, one stage after another:
///
///     go ──► wait ──► go ──► leave
///      │                      │
///      └ one of several       └ by exits: nearest, quickest, or by shares
///
/// Gates and shut crossings are no stages: who comes to one is served, or waits until it opens.
namespace defilada::crowd {

enum class Choice : std::uint8_t {
  nearest,   ///< the least walking time when nobody is in the way
  quickest,  ///< the least time in the crowd as it is, looked at again and again
  share,     ///< at random by Option::share when the stage begins
};

/// One of the places of a stage.
struct Option {
  std::vector<Destination::Target> targets;  ///< go, wait: any of them is as good
  std::vector<std::uint32_t> exits;          ///< leave: indices in Ground::exits
  double share = 1;
};

struct Stage {
  enum class Kind : std::uint8_t {
    go,     ///< until a target is reached
    wait,   ///< go to an area, take a spot, stand
    leave,  ///< through an exit; always the last
  };
  Kind kind = Kind::go;
  Choice choice = Choice::nearest;
  std::vector<Option> options;
  /// wait: until `until_s` or for `for_s` after taking the spot, whichever is later; then up to
  /// `spread_s` more, at random by person.
  double until_s = 0;
  double for_s = 0;
  double spread_s = 0;
  /// wait: spots nearest to this point are taken first; nullopt: those farthest from the ways in.
  std::optional<Vec2> look_at;
  double spacing_m = 0.7;  ///< wait: between spots
};

struct Journey {
  std::vector<Stage> stages;
};

/// A stage that leaves by all of these exits.
[[nodiscard]] Stage leave_by(std::vector<std::uint32_t> exits, Choice choice = Choice::nearest);
/// Leaves by any exit of the ground; by their shares where one has a share and choice says so.
[[nodiscard]] Stage leave(const Ground& ground, Choice choice = Choice::nearest);
/// A stage that ends on reaching the shape.
[[nodiscard]] Stage go_to(LevelId level, Shape shape);
/// A stage that waits in the shape.
[[nodiscard]] Stage wait_in(LevelId level, geo::Polygon polygon, double until_s, double for_s = 0);

}  // namespace defilada::crowd
