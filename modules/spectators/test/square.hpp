// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "defilada/show/read.hpp"
#include "defilada/spectators/scene.hpp"
#include "square_show.hpp"

/// The show of these tests.
namespace defilada::spectators::test {

using defilada::test::with;

inline constexpr std::string_view kSquare = defilada::test::kSquareWithAGate;

struct Planned {
  explicit Planned(std::string text = std::string(kSquare)) {
    auto read = show::read_show_text(std::move(text), "square.yaml", {}, sources, diagnostics);
    EXPECT_TRUE(read) << (diagnostics.all().empty() ? "" : diagnostics.all()[0].message.english());
    show.emplace(std::move(*read));
    auto made = plan::make_plan(*show);
    EXPECT_TRUE(made && made->feasible);
    plan = std::move(*made);
  }
  [[nodiscard]] Scene scene(SceneOptions options = {}) const {
    auto made = make_scene(*show, plan, options);
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }

  Sources sources;
  Diagnostics diagnostics;
  std::optional<show::Show> show;
  plan::Plan plan;
};

}  // namespace defilada::spectators::test
