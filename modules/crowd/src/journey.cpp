// SPDX-License-Identifier: MIT
#include "defilada/crowd/journey.hpp"

namespace defilada::crowd {

Stage leave_by(std::vector<std::uint32_t> exits, Choice choice) {
  Stage stage;
  stage.kind = Stage::Kind::leave;
  stage.choice = choice;
  if (choice == Choice::share) {
    for (const std::uint32_t exit : exits) stage.options.push_back({{}, {exit}, 1});
  } else {
    stage.options.push_back({{}, std::move(exits), 1});
  }
  return stage;
}

Stage leave(const Ground& ground, Choice choice) {
  std::vector<std::uint32_t> all(ground.exits.size());
  for (std::uint32_t k = 0; k < all.size(); ++k) all[k] = k;
  Stage stage = leave_by(std::move(all), choice);
  if (choice != Choice::share) return stage;
  for (Option& option : stage.options) {
    option.share = ground.exits[option.exits.front()].share.value_or(0);
  }
  return stage;
}

Stage go_to(LevelId level, Shape shape) {
  Stage stage;
  stage.options.push_back({{{level, std::move(shape), 0}}, {}, 1});
  return stage;
}

Stage wait_in(LevelId level, geo::Polygon polygon, double until_s, double for_s) {
  Stage stage;
  stage.kind = Stage::Kind::wait;
  stage.options.push_back({{{level, std::move(polygon), 0}}, {}, 1});
  stage.until_s = until_s;
  stage.for_s = for_s;
  return stage;
}

}  // namespace defilada::crowd
