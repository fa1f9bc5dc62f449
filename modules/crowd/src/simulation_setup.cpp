// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "defilada/core/phrase.hpp"
#include "defilada/crowd/fingerprint.hpp"
#include "simulation_state.hpp"

namespace defilada::crowd {

Simulation::State::State(Ground g, std::vector<Person> p, std::vector<Journey> j,
                         const SimulationOptions& o)
    : ground(std::move(g)),
      people(std::move(p)),
      journeys(std::move(j)),
      options(o),
      gates(ground, people.size()),
      groups(people),
      states(people.size()),
      left_s(people.size(), std::numeric_limits<float>::infinity()),
      comers(people.size()),
      exit_passages(ground.exits.size()),
      exit_free_s(ground.exits.size(), 0) {
  for (std::uint32_t k = 0; k < people.size(); ++k) {
    comers[k] = k;
    states[k].journey = people[k].journey;
  }
  std::stable_sort(comers.begin(), comers.end(), [&](std::uint32_t a, std::uint32_t b) {
    return people[a].from_s < people[b].from_s;
  });
  counts.to_come = people.size();
  made_of = fingerprint(ground, people, journeys, options);
}

Status Simulation::State::check() const {
  for (const Journey& journey : journeys) {
    const std::size_t count = journey.stages.size();
    if (count == 0 || count > 255) {
      return fail(Errc::bad_input, phrase("A journey needs 1 to 255 stages, not {}", count));
    }
    for (std::size_t k = 0; k < count; ++k) {
      const Stage& stage = journey.stages[k];
      if (stage.options.empty()) {
        return fail(Errc::bad_input, phrase("Stage {} of a journey leads nowhere", k + 1));
      }
      if ((stage.kind == Stage::Kind::leave) != (k + 1 == count)) {
        return fail(Errc::bad_input, phrase("A journey leaves in its last stage and in no other"));
      }
      for (const Option& option : stage.options) {
        for (const std::uint32_t exit : option.exits) {
          if (exit < ground.exits.size()) continue;
          return fail(Errc::bad_input,
                      phrase("A journey leaves by exit {}, of {}", exit + 1, ground.exits.size()));
        }
      }
    }
  }
  for (const Person& person : people) {
    if (person.journey >= journeys.size()) {
      return fail(Errc::bad_input, phrase("A person goes by journey {}, of {}", person.journey + 1,
                                          journeys.size()));
    }
    if (person.start && *person.start >= ground.starts.size()) {
      return fail(Errc::bad_input, phrase("A person comes from start {}, of {}", *person.start + 1,
                                          ground.starts.size()));
    }
    if (person.level >= ground.levels.size()) {
      return fail(Errc::bad_input, phrase("A person comes on level {}, of {}", person.level + 1,
                                          ground.levels.size()));
    }
  }
  return {};
}

void Simulation::State::plan_routes() {
  const auto targets_of = [&](const Stage& stage, const Option& option, Route& route) {
    if (stage.kind != Stage::Kind::leave) {
      route.targets.insert(route.targets.end(), option.targets.begin(), option.targets.end());
      return;
    }
    for (const std::uint32_t exit : option.exits) {
      route.exits.push_back(exit);
      route.targets.push_back({ground.exits[exit].level, ground.exits[exit].shape, 0});
    }
  };
  for (const Journey& journey : journeys) {
    auto& of_journey = stage_routes.emplace_back();
    for (const Stage& stage : journey.stages) {
      auto& of_stage = of_journey.emplace_back();
      if (stage.choice == Choice::share) {
        for (const Option& option : stage.options) {
          Route route;
          targets_of(stage, option, route);
          of_stage.push_back(routes.add(std::move(route)));
        }
        continue;
      }
      Route route;
      route.quickest = stage.choice == Choice::quickest;
      for (const Option& option : stage.options) targets_of(stage, option, route);
      of_stage.push_back(routes.add(std::move(route)));
    }
  }
}

Status Simulation::State::take_ground() {
  if (auto solved = routes.solve(ground, options.grid, time_s); !solved) return solved;
  const FieldGrid& grid = routes.grid();
  const Vec2 end = grid.origin() + grid.cell_m() * Vec2{static_cast<double>(grid.columns()),
                                                        static_cast<double>(grid.rows())};
  const double reach_m = kFarthest_m + 2 * grid.cell_m();  // its outermost cells are empty
  if (!(grid.origin().x >= -reach_m && grid.origin().y >= -reach_m && end.x <= reach_m &&
        end.y <= reach_m)) {
    return fail(Errc::bad_input,
                phrase("the ground lies more than {:.0f} km from the origin", kFarthest_m / 1000));
  }
  GridOptions now = options.grid;
  now.time_s = time_s;
  gates.take_grid(routes.grid(), for_routes(ground, time_s), now);
  marks = marks_of(ground, routes.grid(), routes, gates);
  speed_scale.clear();
  ground_s = time_s;
  gates.close(time_s);
  return {};
}

void Simulation::State::make_kernel() {
  std::vector<LevelBounds> bounds;
  constexpr double kFar = 1e18;
  for (LevelId k = 0; k < ground.levels.size(); ++k) {
    LevelBounds b = {{kFar, kFar}, {-kFar, -kFar}};
    const auto take = [&](const geo::Polygon& polygon) {
      for (const Vec2& p : polygon.outer) {
        b.least = {std::min(b.least.x, p.x), std::min(b.least.y, p.y)};
        b.most = {std::max(b.most.x, p.x), std::max(b.most.y, p.y)};
      }
    };
    for (const geo::Polygon& polygon : ground.levels[k].walkable) take(polygon);
    for (const Stair& stair : ground.stairs) {
      if (stair.level == k) take(stair.polygon);
    }
    if (b.least.x > b.most.x) b = {{0, 0}, {1, 1}};
    bounds.push_back(b);
  }
  KernelOptions kernel_options;
  kernel_options.model = options.model;
  kernel_options.step_s = options.step_s;
  kernel_options.threads = options.threads;
  kernel_options.scalar = options.scalar;
  kernel = std::make_unique<Kernel>(bounds, people.size(), kernel_options);
  set_walls();
}

void Simulation::State::set_walls() {
  constexpr double kBeyond_m = 0.05;
  std::vector<Wall> all;
  for (LevelId level = 0; level < ground.levels.size(); ++level) {
    for (const Segment& line : walls(ground, level, time_s)) {
      const Vec2 along = line.to - line.from;
      const double length = geo::length(along);
      if (length <= 0) continue;
      const Vec2 right = (-kBeyond_m / length) * geo::left_of(along);
      const Vec2 middle = 0.5 * (line.from + line.to);
      all.push_back({level, line, false, walkable(ground, level, middle + right)});
    }
    for (const Segment& line : one_ways(ground, level, time_s)) {
      all.push_back({level, line, true, false});
    }
  }
  kernel->set_walls(all);
}

void Simulation::State::find_doorways() {
  constexpr double kBeside_m = 0.05;
  for (std::uint32_t index = 0; index < ground.exits.size(); ++index) {
    const Exit& exit = ground.exits[index];
    const auto* line = std::get_if<Line>(&exit.shape);
    if (line == nullptr) continue;
    for (std::size_t k = 0; k + 1 < line->size(); ++k) {
      const Segment part = {(*line)[k], (*line)[k + 1]};
      const Vec2 along = part.to - part.from;
      const double length = geo::length(along);
      if (length <= 0) continue;
      const Vec2 left = (1 / length) * geo::left_of(along);
      const Vec2 middle = 0.5 * (part.from + part.to);
      const bool left_of_it = walkable(ground, exit.level, middle + kBeside_m * left);
      const bool right_of_it = walkable(ground, exit.level, middle - kBeside_m * left);
      if (left_of_it == right_of_it) continue;  // in the midst of the ground, or nowhere
      doorways.push_back({index, part, left_of_it ? -1.0 * left : left});
    }
  }
}

void Simulation::State::make_spots() {
  spots.resize(routes.size());
  Destination starts;
  for (const StartArea& start : ground.starts) {
    starts.targets.push_back({start.level, start.polygon, 0});
  }
  const auto field = travel_times(routes.grid(), starts);
  for (std::size_t j = 0; j < journeys.size(); ++j) {
    for (std::size_t k = 0; k < journeys[j].stages.size(); ++k) {
      const Stage& stage = journeys[j].stages[k];
      if (stage.kind != Stage::Kind::wait) continue;
      for (std::size_t n = 0; n < stage_routes[j][k].size(); ++n) {
        const std::uint16_t route = stage_routes[j][k][n];
        if (spots[route].size() > 0) continue;
        const Option all = {routes.route(route).targets, {}, 1};
        spots[route] = Spots(routes.grid(), stage, all, field ? &*field : nullptr);
      }
    }
  }
}

Result<Simulation> Simulation::make(Ground ground, std::vector<Person> people,
                                    std::vector<Journey> journeys,
                                    const SimulationOptions& options) {
  auto state =
      std::make_unique<State>(std::move(ground), std::move(people), std::move(journeys), options);
  State& s = *state;
  if (auto checked = s.check(); !checked) return tl::unexpected(checked.error());
  s.plan_routes();
  if (auto taken = s.take_ground(); !taken) return tl::unexpected(taken.error());
  s.make_kernel();
  s.make_spots();
  s.find_doorways();
  s.changes = change_times(s.ground);
  while (s.next_change < s.changes.size() && s.changes[s.next_change] <= 0) ++s.next_change;
  s.next_quickest_s =
      s.routes.any_quickest() ? options.quickest_every_s : std::numeric_limits<double>::infinity();
  s.come();
  s.any_landing = std::any_of(s.ground.stairs.begin(), s.ground.stairs.end(),
                              [](const Stair& stair) { return stair.join.has_value(); });
  s.standing_changed = true;
  s.settle_order();
  return Simulation(std::move(state));
}

namespace {

/// In an order in which those next to each other lie beside each other: to and fro in strips.
void put_beside_each_other(std::vector<Vec2>& places) {
  constexpr double kStrip_m = 1;
  const auto key = [](Vec2 p) {
    const auto strip = static_cast<std::int64_t>(std::floor(p.y / kStrip_m));
    return std::pair(strip, strip % 2 == 0 ? p.x : -p.x);
  };
  std::sort(places.begin(), places.end(), [&](Vec2 a, Vec2 b) { return key(a) < key(b); });
}

}  // namespace

Result<std::vector<Person>> people_of_starts(const Ground& ground, const Population& population,
                                             std::uint64_t seed, std::uint16_t journey) {
  auto grid = FieldGrid::make(ground);
  if (!grid) return tl::unexpected(grid.error());
  std::vector<Person> people;
  for (std::uint32_t s = 0; s < ground.starts.size(); ++s) {
    const StartArea& start = ground.starts[s];
    const auto count =
        static_cast<std::size_t>(std::max<std::int64_t>(start.agents.value_or(0), 0));
    const std::size_t before = people.size();
    const Population& who = start.population ? *start.population : population;
    Population company;
    company.company = start.group_share ? company_of_share(*start.group_share) : who.company;
    double radius = 0;
    std::size_t together = 0;  ///< of the group that is being filled, yet to come
    std::size_t first = 0;
    for (std::size_t k = 0; k < count; ++k) {
      if (together == 0) {
        first = k;
        together = draw_group_size(company, seed, static_cast<std::uint32_t>(people.size()));
      }
      --together;
      Person person;
      person.profile = draw(who, seed, static_cast<std::uint32_t>(people.size()));
      person.journey = journey;
      person.level = start.level;
      person.start = s;
      if (company.company > 0) person.group = static_cast<std::uint32_t>(before + first);
      person.from_s = start.from_s + (start.to_s - start.from_s) *
                                         (static_cast<double>(first) + 0.5) /
                                         static_cast<double>(count);
      radius = std::max(radius, double{person.profile.radius_m});
      people.push_back(person);
    }
    if (start.to_s > start.from_s || count == 0) continue;
    std::vector<Vec2> places =
        relaxed_places(*grid, start.level, start.polygon, count, radius, seed + s);
    if (places.size() < count) {
      return fail(Errc::bad_input, phrase("{} has room for {} people, not for {}", start.name,
                                          places.size(), count));
    }
    if (company.company > 0) put_beside_each_other(places);
    for (std::size_t k = 0; k < count; ++k) {
      people[before + k].place = places[k];
      people[before + k].start.reset();
    }
  }
  return people;
}

}  // namespace defilada::crowd
