// SPDX-License-Identifier: MIT
// The real shows in tests: read and planned from their folders, and held against kept texts.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "defilada/core/file.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/read.hpp"
#include "source_dir.hpp"

namespace defilada::plan {

inline const std::filesystem::path kRoot = test::source_dir();

struct Event {
  show::Show show;
  Plan plan;
};

/// The show at a path below the source folder, with its plan. Whatever is wrong with the text fails
/// the test; null then.
inline std::unique_ptr<Event> plan_event(const std::filesystem::path& path) {
  Sources sources;
  Diagnostics diagnostics;
  auto show = show::read_show(kRoot / path, {{kRoot / "catalogue"}}, sources, diagnostics);
  for (const auto& each : diagnostics.all()) ADD_FAILURE() << render(each, sources, false);
  if (!show) return nullptr;
  auto plan = make_plan(*show);
  if (!plan) {
    ADD_FAILURE() << plan.error().message;
    return nullptr;
  }
  return std::make_unique<Event>(Event{std::move(*show), std::move(*plan)});
}

/// A kept text is what a show gives today; UPDATE_GOLDEN=1 rewrites it.
inline void compare_with_kept(const std::filesystem::path& path, const std::string& text) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_file_atomically(kRoot / path, text));
    return;
  }
  const auto kept = read_file(kRoot / path, 1 << 20);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(*kept, text) << path << " is not what the show gives: UPDATE_GOLDEN=1 rewrites it";
}

/// The programme, and each contingent's times at its stations, to a tenth of a second.
inline std::string golden_text(const Event& event) {
  const auto clock = [&](Time time) { return event.show.clock.wall_clock(time, 1); };
  std::string text;
  for (const ItemPlan& item : event.plan.items) {
    text +=
        fmt::format("{} {} {}\n", clock(item.start), clock(item.end), event.show[item.item].name);
  }
  for (const ContingentPlan& card : event.plan.contingents) {
    if (!card.steps_off) continue;
    text += fmt::format("\n{}: {} people, {} movers, {:.2f} x {:.2f} m\n",
                        event.show[card.contingent].name, card.people, card.movers, card.width_m,
                        card.depth_m);
    for (const Crossing& at : card.crossings) {
      text +=
          fmt::format("  {} {} {}\n", clock(at.head), clock(at.tail), event.show[at.station].name);
    }
  }
  return text;
}

/// How near two movers of different contingents come, centre to centre, at instants `step_s` apart;
/// `within_m` when none come so near. From the tracks alone, by sorting into squares of `within_m`.
inline double nearest_strangers_m(const track::TrackSet& tracks, double step_s, double within_m) {
  struct Body {
    std::array<double, 3> position_m;
    std::uint32_t contingent;
  };
  const auto square = [&](double x_m, double y_m) {
    return std::pair{static_cast<std::int64_t>(std::floor(x_m / within_m)),
                     static_cast<std::int64_t>(std::floor(y_m / within_m))};
  };
  double begin_s = 1e12;
  double end_s = 0;
  for (const auto& path : tracks.paths) {
    const auto [from_s, to_s] = tracks.interval(path);
    begin_s = std::min(begin_s, from_s);
    end_s = std::max(end_s, to_s);
  }
  double nearest_m = within_m;
  for (double t_s = begin_s; t_s <= end_s; t_s += step_s) {
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Body>> squares;
    for (const auto& group : tracks.groups) {
      for (std::uint32_t m = 0; m < group.mover_count; ++m) {
        const auto state = tracks.at(tracks.movers[group.first_mover + m], t_s);
        if (!state) continue;
        const auto& at_m = state->position_m;
        // Whoever came before is in one of nine squares.
        for (const double dx_m : {-within_m, 0.0, within_m}) {
          for (const double dy_m : {-within_m, 0.0, within_m}) {
            const auto found = squares.find(square(at_m[0] + dx_m, at_m[1] + dy_m));
            if (found == squares.end()) continue;
            for (const Body& other : found->second) {
              if (other.contingent == group.contingent) continue;
              const auto& to_m = other.position_m;
              nearest_m = std::min(
                  nearest_m, std::hypot(at_m[0] - to_m[0], at_m[1] - to_m[1], at_m[2] - to_m[2]));
            }
          }
        }
        squares[square(at_m[0], at_m[1])].push_back({at_m, group.contingent});
      }
    }
  }
  return nearest_m;
}

}  // namespace defilada::plan
