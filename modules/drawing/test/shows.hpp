// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/read.hpp"
#include "source_dir.hpp"

/// Shows of the source tree, read and planned once for all tests.
namespace defilada::drawing::shows {

struct Planned {
  show::Show show;
  plan::Plan plan;
};

inline std::unique_ptr<Planned> read(const std::string& path, std::size_t nearness = 6) {
  const std::string root = test::source_dir();
  Sources sources;
  Diagnostics diagnostics;
  auto show =
      show::read_show(root + "/" + path, {{root + "/catalogue"}}, sources, diagnostics, nullptr);
  if (!show) {
    ADD_FAILURE() << path << " does not read";
    return nullptr;
  }
  plan::Options options;
  options.nearness = nearness;
  plan::Plan plan = plan::make_plan(*show, options).value();
  return std::make_unique<Planned>(Planned{std::move(*show), std::move(plan)});
}

inline const Planned& beijing() {
  static const auto planned = read("shows/beijing-2025/show.yaml");
  return *planned;
}
inline const Planned& paris() {
  static const auto planned = read("shows/paris-2025/show.yaml");
  return *planned;
}
inline const Planned& parade() {
  static const auto planned = read("tests/shows/parade.yaml");
  return *planned;
}
inline const Planned& infeasible() {
  static const auto planned = read("tests/shows/infeasible.yaml");
  return *planned;
}

}  // namespace defilada::drawing::shows
