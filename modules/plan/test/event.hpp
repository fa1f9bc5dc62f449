// SPDX-License-Identifier: MIT
// The real shows in tests: read and planned from their folders, and held against kept texts.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "defilada/core/file.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/read.hpp"

namespace defilada::plan {

inline const std::filesystem::path kRoot = DEFILADA_SOURCE_DIR;

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

}  // namespace defilada::plan
