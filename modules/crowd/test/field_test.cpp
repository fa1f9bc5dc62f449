// SPDX-License-Identifier: MIT
#include "defilada/crowd/field.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <queue>

#include "defilada/core/random.hpp"

namespace defilada::crowd {
namespace {

geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

Ground room(double width_m, double depth_m) {
  Ground ground;
  ground.levels.push_back({"", 0, {rectangle(0, 0, width_m, depth_m)}, {}});
  return ground;
}

FieldGrid grid_of(const Ground& ground, GridOptions options = {}) {
  auto grid = FieldGrid::make(ground, options);
  EXPECT_TRUE(grid);
  return std::move(*grid);
}

/// `grid` must outlive the field.
Field field_to(const FieldGrid& grid, std::vector<Destination::Target> targets) {
  auto field = travel_times(grid, Destination{std::move(targets)});
  EXPECT_TRUE(field);
  return std::move(*field);
}

double segment_distance(Vec2 p, Segment line) {
  const Vec2 along = line.to - line.from;
  const double t = std::clamp(dot(p - line.from, along) / dot(along, along), 0.0, 1.0);
  return length(p - (line.from + t * along));
}

Vec2 random_point(Random& random, double width_m, double depth_m) {
  const double x = random.uniform(0.3, width_m - 0.3);
  return {x, random.uniform(0.3, depth_m - 0.3)};
}

/// Closed form: in the open the time is the distance.
TEST(Field, InTheOpenTheTimeIsTheDistanceAndTheWayStraight) {
  const Ground ground = room(60, 45);
  const FieldGrid grid = grid_of(ground);
  const Segment door = {{20.3, 0}, {21.1, 0}};
  const Field field = field_to(grid, {{0, Line{door.from, door.to}}});
  EXPECT_EQ(field.unreached(), 0U);
  Random random(1, 0, 0);
  double worst = 0;
  double widest = 0;
  for (int i = 0; i < 5000; ++i) {
    const Vec2 p = random_point(random, 60, 45);
    const double d = segment_distance(p, door);
    const double t = field.time(0, static_cast<float>(p.x), static_cast<float>(p.y));
    if (d < 10 * grid.cell_m()) {
      EXPECT_NEAR(t, d, 0.1 * grid.cell_m());
      continue;
    }
    worst = std::max(worst, std::abs(t - d) / d);
    const Direction way = field.direction(0, static_cast<float>(p.x), static_cast<float>(p.y));
    const Vec2 to = {std::clamp(p.x, door.from.x, door.to.x) - p.x, -p.y};
    widest = std::max(
        widest, std::abs(std::asin(std::clamp(cross({way.x, way.y}, to) / length(to), -1.0, 1.0))));
  }
  EXPECT_LT(worst, 0.008);
  EXPECT_LT(widest, 0.06);  // 3.4 degrees
  RecordProperty("worst_part", std::to_string(worst));
  RecordProperty("widest_rad", std::to_string(widest));
}

/// Closed form: an L. Behind the corner the way goes by the corner.
TEST(Field, RoundACornerTheWayGoesByIt) {
  Ground ground = room(40, 40);
  ground.levels[0].obstacles.push_back(rectangle(0, 0, 30, 30));
  const FieldGrid grid = grid_of(ground);
  const Vec2 corner = {30, 30};
  const Segment door = {{40, 0}, {40, 1}};
  const Field field = field_to(grid, {{0, Line{door.from, door.to}}});
  Random random(2, 0, 0);
  for (int i = 0; i < 2000; ++i) {
    const Vec2 p = {random.uniform(0.2, 25), random.uniform(30.2, 39.8)};
    const double t = field.time(0, static_cast<float>(p.x), static_cast<float>(p.y));
    const double by = length(p - corner) + segment_distance(corner, door);
    EXPECT_NEAR(t, by, 0.005 * by + 0.5 * grid.cell_m()) << p.x << " " << p.y;
  }
}

TEST(Field, AStairTakesLongerByItsFactor) {
  Ground ground = room(40, 2);
  ground.stairs.push_back({"", 0, rectangle(10, 0, 20, 2), 0.5, 0.25, Vec2{1, 0}, {}, {}});
  const FieldGrid grid = grid_of(ground);
  const Field field = field_to(grid, {{0, Line{{40, 0}, {40, 2}}}});
  EXPECT_NEAR(field.time(0, 20.5F, 1), 19.5, 0.1);
  // The mean pace of both ways: 3 s/m.
  EXPECT_NEAR(field.time(0, 2, 1), 20 + 30 + 8, 0.58);
  EXPECT_EQ(grid.stair(grid.node(0, 15, 1)), 0);
  EXPECT_EQ(grid.stair(grid.node(0, 5, 1)), -1);
}

TEST(Field, DelaysWeighTheTargets) {
  const FieldGrid grid = grid_of(room(40, 4));
  const Field field =
      field_to(grid, {{0, Line{{0, 0}, {0, 4}}, 0}, {0, Line{{40, 0}, {40, 4}}, 10}});
  EXPECT_LT(field.direction(0, 24.5F, 2).x, -0.99F);  // 24.5 m against 15.5 m and 10 s
  EXPECT_GT(field.direction(0, 25.5F, 2).x, 0.99F);
  EXPECT_NEAR(field.time(0, 39, 2), 11, 0.01);
}

TEST(Field, AThinFenceIsPassedAtItsGateOnly) {
  Ground ground = room(20, 20);
  ground.barriers.push_back({"", 0, {{10.1, 0}, {10.1, 20}}, false, {}});
  const FieldGrid shut = grid_of(ground);
  const Field none = field_to(shut, {{0, Line{{20, 0}, {20, 20}}}});
  EXPECT_EQ(none.time(0, 5, 5), INFINITY);
  EXPECT_EQ(none.direction(0, 5, 5).x, 0);
  EXPECT_GT(none.unreached(), shut.ground_cells() / 2 - 100);
  ground.gates.push_back({"", 0, {{10.1, 18}, {10.1, 19}}, 1, 0, {{100, 200}}, {}});
  const FieldGrid open = grid_of(ground);
  const Field through = field_to(open, {{0, Line{{20, 0}, {20, 20}}}});
  EXPECT_EQ(through.unreached(), 0U);
  EXPECT_NEAR(through.time(0, 5, 5), std::hypot(5.1, 13) + 9.9, 0.4);
  GridOptions later;
  later.time_s = 150;
  EXPECT_EQ(field_to(grid_of(ground, later), {{0, Line{{20, 0}, {20, 20}}}}).time(0, 5, 5),
            INFINITY);
}

TEST(Field, AOneWayLineIsPassedFromItsLeft) {
  Ground ground = room(20, 10);
  ground.barriers.push_back({"", 0, {{10.1, 10}, {10.1, 0}}, true, {}});  // its left is the east
  const FieldGrid grid = grid_of(ground);
  const Field west = field_to(grid, {{0, Line{{0, 0}, {0, 10}}}});
  EXPECT_NEAR(west.time(0, 15, 5), 15, 0.15);
  const Field east = field_to(grid, {{0, Line{{20, 0}, {20, 10}}}});
  EXPECT_EQ(east.time(0, 5, 5), INFINITY);
}

TEST(Field, AShutCrossingIsLeftAndGoneRound) {
  Ground ground = room(30, 30);
  ground.closures.push_back({"", 0, rectangle(0, 10, 25, 20), {{0, 60}}, {}});
  const FieldGrid grid = grid_of(ground);
  const Field field = field_to(grid, {{0, Line{{0, 30}, {25, 30}}}});
  EXPECT_NEAR(field.time(0, 10, 15), 15, 0.15);
  EXPECT_NEAR(field.time(0, 25, 5), 25, 0.6);
  EXPECT_NEAR(field.time(0, 5, 5), std::hypot(20, 5) + 20, 0.6);
  GridOptions later;
  later.time_s = 60;
  EXPECT_NEAR(field_to(grid_of(ground, later), {{0, Line{{0, 30}, {25, 30}}}}).time(0, 5, 5), 25,
              0.25);
}

TEST(Field, LevelsMeetAtLandingsOnly) {
  Ground ground;
  // The upper floor lies over the lower one.
  ground.levels.push_back({"below", 0, {rectangle(0, 0, 30, 4)}, {}});
  ground.levels.push_back({"above", 4, {rectangle(35, 0, 45, 4), rectangle(0, -10, 45, 0)}, {}});
  ground.stairs.push_back({"",
                           0,
                           rectangle(30, 1, 35, 3),
                           0.5,
                           {},
                           Vec2{1, 0},
                           Stair::Join{1, {{35, 1}, {35, 3}}},
                           {}});
  const FieldGrid grid = grid_of(ground);
  const Field up = field_to(grid, {{1, Line{{0, -10}, {0, 0}}}});
  // 20 m, the stair twice, then back over the upper floor.
  const double on_top = 35 - 0.2;
  EXPECT_NEAR(up.time(0, 10, 2), 20 + 10 + 1.0 + on_top, 1.5);
  EXPECT_EQ(up.unreached(), 0U);
  EXPECT_GT(up.direction(0, 10, 2).x, 0.99F);
  const Field down = field_to(grid, {{0, Line{{0, 0}, {0, 4}}}});
  EXPECT_NEAR(down.time(1, 40, 2), 5 + 10 + 30, 0.7);
  EXPECT_LT(down.direction(1, 36, 2).x, -0.9F);
  // Without the landing the levels do not meet.
  ground.stairs[0].join.reset();
  EXPECT_EQ(field_to(grid_of(ground), {{1, Line{{0, -10}, {0, 0}}}}).time(0, 10, 2), INFINITY);
}

/// Where the upper floor lies over the stair, too, its people go round the landing.
TEST(Field, ALandingIsNoWayOnOneLevel) {
  Ground ground;
  ground.levels.push_back({"below", 0, {rectangle(0, 0, 30, 4)}, {}});
  ground.levels.push_back({"above", 4, {rectangle(25, 0, 45, 4)}, {}});
  ground.stairs.push_back(
      {"", 0, rectangle(30, 1, 35, 3), 1, {}, Vec2{1, 0}, Stair::Join{1, {{35, 1}, {35, 3}}}, {}});
  const FieldGrid grid = grid_of(ground);
  const Field field = field_to(grid, {{1, Line{{34.5, 2}, {34.5, 2.01}}}});
  // From (36, 2) by a corner of the landing, (35, 1) or (35, 3), and back.
  EXPECT_NEAR(field.time(1, 36, 2), std::hypot(1, 1) + std::hypot(0.5, 1), 0.4);
  EXPECT_NEAR(field.time(1, 33, 2), 1.5, 0.05);
}

TEST(Field, AJamIsGoneRound) {
  Ground ground = room(30, 30);
  ground.levels[0].obstacles.push_back(rectangle(10, 5, 20, 25));
  const FieldGrid grid = grid_of(ground);
  const Destination east{{{0, Line{{30, 0}, {30, 2}}}}};
  std::vector<float> scale(grid.size(), 1);
  const auto free = travel_times(grid, east, scale);
  const auto plain = travel_times(grid, east);
  ASSERT_TRUE(free && plain);
  EXPECT_EQ(std::vector(free->times().begin(), free->times().end()),
            std::vector(plain->times().begin(), plain->times().end()));
  EXPECT_LT(plain->direction(0, 8, 15).y, 0);
  for (FieldGrid::Node n = 0; n < grid.size(); ++n) {
    if (grid.centre(n).y < 5 && grid.centre(n).x < 20) scale[n] = 0.1F;
  }
  EXPECT_GT(travel_times(grid, east, scale)->direction(0, 8, 15).y, 0);
}

TEST(Field, AMarginKeepsWaysOffCorners) {
  Ground ground = room(30, 30);
  ground.levels[0].obstacles.push_back(rectangle(0, 10, 20, 20));
  const auto nearest_pass = [&](double margin_m) {
    GridOptions options;
    options.margin_m = margin_m;
    options.margin_slowness = 4;
    const FieldGrid grid = grid_of(ground, options);
    const Field field = field_to(grid, {{0, Line{{0, 30}, {5, 30}}}});
    Vec2 p = {5, 5};
    double least = INFINITY;
    for (int i = 0; i < 2000 && p.y < 29; ++i) {
      const Direction way = field.direction(0, static_cast<float>(p.x), static_cast<float>(p.y));
      p = p + Vec2{0.05 * way.x, 0.05 * way.y};
      least = std::min(least, length(p - Vec2{20, 10}));
    }
    EXPECT_GE(p.y, 29);
    return least;
  };
  EXPECT_LT(nearest_pass(0), 0.2);
  EXPECT_GT(nearest_pass(0.6), 0.3);
}

TEST(Field, ManyAtOnceAreTheSameToTheBit) {
  Ground ground = room(30, 30);
  ground.levels[0].obstacles.push_back(rectangle(3, 4, 20, 22));
  const FieldGrid grid = grid_of(ground);
  std::vector<Destination> all;
  for (double y = 0; y < 29; y += 2) all.push_back({{{0, Line{{30, y}, {30, y + 1}}}}});
  all.push_back({{{0, Line{{-50, 0}, {-50, 1}}}}});
  const auto fields = travel_times(grid, all);
  ASSERT_EQ(fields.size(), all.size());
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    const auto one = travel_times(grid, all[i]);
    EXPECT_TRUE(std::ranges::equal(one->times(), fields[i]->times()));
  }
  EXPECT_FALSE(fields.back());  // off the ground
}

TEST(Field, TooManyCellsAreRefusedOrMadeCoarser) {
  GridOptions options;
  options.nodes_max = 10'000;
  EXPECT_DOUBLE_EQ(grid_of(room(100, 100), options).cell_m(), 2);
  options.cell_m = 0.5;
  EXPECT_FALSE(FieldGrid::make(room(100, 100), options));
  EXPECT_FALSE(FieldGrid::make(Ground{}, {}));
}

// ---------------------------------------------------------------------------------------------
// Random grounds against the shortest ways between corners that see each other: slow and exact.

struct Maze {
  Ground ground;
  std::vector<Segment> walls;
  std::vector<Vec2> corners;
};

/// Whether a passage narrower than `width_m` is somewhere: the nearest of two walls that do not
/// cross is an end of one of them.
bool has_narrows(const std::vector<Segment>& walls, double width_m) {
  for (const Segment& a : walls) {
    for (const Segment& b : walls) {
      for (const Vec2 end : {a.from, a.to}) {
        const double d = segment_distance(end, b);
        if (d > 1e-9 && d < width_m) return true;
      }
    }
  }
  return false;
}

/// A square with boxes and fences.
Maze maze_at(Random& random) {
  Maze out{room(30, 30), {}, {}};
  for (int i = 0; i < 5; ++i) {
    const Vec2 a = random_point(random, 24, 24);
    const double w = random.uniform(1, 5);
    const double h = random.uniform(1, 5);
    out.ground.levels[0].obstacles.push_back(rectangle(a.x, a.y, a.x + w, a.y + h));
    for (const Vec2 corner : out.ground.levels[0].obstacles.back().outer)
      out.corners.push_back(corner);
  }
  for (int i = 0; i < 4; ++i) {
    const Vec2 a = random_point(random, 30, 30);
    const Vec2 b = random_point(random, 30, 30);
    out.ground.barriers.push_back({"", 0, {a, b}, false, {}});
    out.corners.push_back(a);
    out.corners.push_back(b);
  }
  out.walls = walls(out.ground, 0);
  return out;
}

Maze maze(std::uint32_t run) {
  Random random(7, run, 0);
  for (;;) {
    Maze out = maze_at(random);
    if (!has_narrows(out.walls, 0.6)) return out;
  }
}

bool sees(const Maze& maze, Vec2 a, Vec2 b) {
  for (const Segment& wall : maze.walls) {
    // Pulled apart a little: corners may be touched, not passed through.
    const Vec2 along = wall.to - wall.from;
    const double s = cross(along, a - wall.from) / length(along);
    const double t = cross(along, b - wall.from) / length(along);
    if (!((s > 1e-9 && t < -1e-9) || (s < -1e-9 && t > 1e-9))) continue;
    const Vec2 way = b - a;
    const double u = cross(way, wall.from - a) / length(way);
    const double v = cross(way, wall.to - a) / length(way);
    if ((u > 1e-9 && v < -1e-9) || (u < -1e-9 && v > 1e-9)) return false;
  }
  return walkable(maze.ground, 0, 0.5 * (a + b));
}

/// Exact times from every corner to the point `to`.
std::vector<double> from_corners(const Maze& maze, Vec2 to) {
  std::vector<double> out(maze.corners.size(), INFINITY);
  std::priority_queue<std::pair<double, std::size_t>, std::vector<std::pair<double, std::size_t>>,
                      std::greater<>>
      front;
  const auto offer = [&](std::size_t i, double d) {
    if (d < out[i]) front.emplace(out[i] = d, i);
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (sees(maze, maze.corners[i], to)) offer(i, length(maze.corners[i] - to));
  }
  while (!front.empty()) {
    const auto [d, i] = front.top();
    front.pop();
    if (d > out[i]) continue;
    for (std::size_t j = 0; j < out.size(); ++j) {
      const Vec2 a = maze.corners[i];
      const Vec2 b = maze.corners[j];
      if (a != b && sees(maze, a, b)) offer(j, d + length(a - b));
    }
  }
  return out;
}

double exact(const Maze& maze, const std::vector<double>& corners, Vec2 p, Vec2 to) {
  double best = sees(maze, p, to) ? length(p - to) : INFINITY;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    if (corners[i] + length(p - maze.corners[i]) < best && sees(maze, p, maze.corners[i])) {
      best = corners[i] + length(p - maze.corners[i]);
    }
  }
  return best;
}

TEST(Field, RandomGroundsAgainstTheExactShortestWays) {
  int compared = 0;
  double worst = 0;
  for (std::uint32_t run = 0; run < 40; ++run) {
    const Maze at = maze(run);
    const FieldGrid grid = grid_of(at.ground);
    Random random(8, run, 0);
    const Vec2 to = random_point(random, 30, 30);
    if (!walkable(at.ground, 0, to) || grid.clearance(0, to) < 0.3) continue;
    const Field field = field_to(grid, {{0, Line{to, to + Vec2{1e-3, 0}}}});
    const auto corners = from_corners(at, to);
    for (int i = 0; i < 60; ++i) {
      const Vec2 p = random_point(random, 30, 30);
      if (!walkable(at.ground, 0, p) || grid.clearance(0, p) < 0.3) continue;
      const double t = field.time(0, static_cast<float>(p.x), static_cast<float>(p.y));
      const double d = exact(at, corners, p, to);
      if (std::isinf(t)) continue;  // a pocket that is too narrow for the cells: counted below
      ++compared;
      // Never much shorter; longer by the corners that the cells round off.
      EXPECT_GT(t, d - 0.01 * d - 0.25) << "run " << run;
      EXPECT_LT(t, d + 0.02 * d + 3 * grid.cell_m())
          << "run " << run << " at " << p.x << " " << p.y;
      worst = std::max(worst, std::abs(t - d));
    }
    EXPECT_LT(field.unreached(), grid.ground_cells() / 2);
    for (FieldGrid::Node n = 0; n < grid.size(); ++n) {
      const Direction way = field.directions()[n].unpacked();
      const Vec2 centre = grid.centre(n);
      if (way.x == 0 && way.y == 0) continue;
      EXPECT_FALSE(grid.meets_wall(0, centre, centre + grid.cell_m() * Vec2{way.x, way.y}) &&
                   field.times()[n] > grid.cell_m())
          << "run " << run << " at " << centre.x << " " << centre.y;
    }
  }
  EXPECT_GT(compared, 1000);
  RecordProperty("worst_m", std::to_string(worst));
}

/// Law: who follows the directions meets no wall, comes nearer all the time and arrives when the
/// field says.
TEST(Field, WhoFollowsTheDirectionsArrives) {
  int arrived = 0;
  for (std::uint32_t run = 0; run < 40; ++run) {
    const Maze at = maze(run);
    const FieldGrid grid = grid_of(at.ground);
    Random random(9, run, 0);
    const Vec2 to = random_point(random, 30, 30);
    if (!walkable(at.ground, 0, to) || grid.clearance(0, to) < 0.3) continue;
    const Field field = field_to(grid, {{0, Line{to, to + Vec2{1e-3, 0}}}});
    for (int i = 0; i < 40; ++i) {
      Vec2 p = random_point(random, 30, 30);
      const float t = field.time(0, static_cast<float>(p.x), static_cast<float>(p.y));
      if (!walkable(at.ground, 0, p) || std::isinf(t)) continue;
      const double step = 0.5 * grid.cell_m();
      double walked = 0;
      double last = t;
      while (length(p - to) > 2 * step && walked < 1.1 * t + 2) {
        const Direction way = field.direction(0, static_cast<float>(p.x), static_cast<float>(p.y));
        ASSERT_NEAR(std::hypot(way.x, way.y), 1, 1e-3) << "run " << run;
        const Vec2 next = p + step * Vec2{way.x, way.y};
        ASSERT_FALSE(grid.meets_wall(0, p, next)) << "run " << run << " at " << p.x << " " << p.y;
        p = next;
        walked += step;
        const double now = field.time(0, static_cast<float>(p.x), static_cast<float>(p.y));
        EXPECT_LT(now, last + 3 * grid.cell_m()) << "run " << run << " at " << p.x << " " << p.y;
        last = std::min(last, now);
      }
      EXPECT_LE(length(p - to), 2 * step) << "run " << run << " from " << i;
      ++arrived;
    }
  }
  EXPECT_GT(arrived, 800);
}

}  // namespace
}  // namespace defilada::crowd
