// SPDX-License-Identifier: MIT
#include "defilada/crowd/kernel.hpp"

#include <gtest/gtest.h>
#include <hwy/targets.h>
#include <tbb/global_control.h>

#include <set>

#include "crowd_scene.hpp"

namespace defilada::crowd {
namespace {

using test::Body;

constexpr double kOverlap_m = Kernel::kOverlap_m;
constexpr LevelBounds kRoom = {{0, 0}, {12, 9}};

std::vector<Wall> random_room(std::uint64_t seed) {
  std::vector<Wall> walls = test::box(kRoom.least, kRoom.most);
  Random random(seed, 0, 2);
  for (int k = 0; k < 3; ++k) {
    const Vec2 centre = {random.uniform(2, 10), random.uniform(2, 7)};
    test::add_obstacle(walls, centre, random.uniform(0.3, 0.8), 3 + k, random.uniform(0, 3));
  }
  // A barrier, seen from both sides.
  const double x = random.uniform(3, 9);
  walls.push_back({0, {{x, 1}, {x + 0.5, 3}}, false, true});
  return walls;
}

double distance(const Wall& wall, Vec2 p) {
  return geo::length(test::nearest_point(wall.line, p) - p);
}

/// The ground outside obstacles only.
std::vector<Body> relaxed_start(const std::vector<Wall>& walls, double per_m2, std::uint64_t seed) {
  std::vector<Body> people = test::lattice(kRoom.least, kRoom.most, per_m2, 100000, seed);
  std::erase_if(people, [&](const Body& body) {
    for (const Wall& wall : walls) {
      if (distance(wall, body.place) < 0.201) return true;
    }
    // Within an obstacle: on the right of a wall that is near and to be seen.
    int crossings = 0;
    for (std::size_t k = 4; k < walls.size(); ++k) {
      if (walls[k].two_sided) continue;
      const auto& [a, b] = walls[k].line;
      if ((a.y > body.place.y) != (b.y > body.place.y) &&
          body.place.x < a.x + (body.place.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
        ++crossings;
      }
    }
    return crossings % 2 == 1;
  });
  return people;
}

void expect_no_overlap(const Columns& c, const std::vector<Wall>& walls, const std::string& when) {
  for (std::size_t i = 0; i < c.size; ++i) {
    const Vec2 p = test::place(c, i);
    for (const Wall& wall : walls) ASSERT_GT(distance(wall, p), c.radius_m[i] - kOverlap_m) << when;
    for (std::size_t j = 0; j < i; ++j) {
      ASSERT_GT(geo::length(test::place(c, j) - p), c.radius_m[i] + c.radius_m[j] - kOverlap_m)
          << when;
    }
  }
}

/// Law 1 and 2: random rooms, densities up to 6 per m2, wishes that change and often lead into
/// walls and into others.
class Overlap : public testing::TestWithParam<Model> {};

TEST_P(Overlap, NobodyEndsInAWallOrAnotherBodyAtAnyDensity) {
  for (const double per_m2 : {0.5, 2.0, 4.0, 6.0}) {
    const auto seed = static_cast<std::uint64_t>(per_m2 * 10);
    const std::vector<Wall> walls = random_room(seed);
    KernelOptions options;
    options.model = GetParam();
    Kernel kernel({&kRoom, 1}, 1000, options);
    kernel.set_walls(walls);
    test::put(kernel, relaxed_start(walls, per_m2, seed), seed);
    const std::size_t people = kernel.walking().size;
    ASSERT_GT(people, 30U);
    expect_no_overlap(kernel.walking(), walls, "at first");
    for (std::uint64_t step = 0; step < 300; ++step) {
      std::vector<Vec2> before(people);
      for (std::size_t i = 0; i < people; ++i) {
        before[kernel.walking().person[i]] = test::place(kernel.walking(), i);
      }
      test::wish_at_random(kernel, seed, step);
      kernel.step();
      const Columns& c = kernel.walking();
      ASSERT_EQ(c.size, people);
      for (std::size_t i = 0; i < people; ++i) {
        ASSERT_LE(geo::length(test::place(c, i) - before[c.person[i]]),
                  c.free_speed_mps[i] * options.step_s * 1.00002);
      }
      if (step % 10 == 0) {
        expect_no_overlap(c, walls,
                          std::to_string(per_m2) + " per m2, step " + std::to_string(step));
      }
    }
    expect_no_overlap(kernel.walking(), walls, "at the end");
  }
}

INSTANTIATE_TEST_SUITE_P(Kernel, Overlap,
                         testing::Values(Model{AnticipationVelocity{}}, Model{CollisionFreeSpeed{}},
                                         Model{ReciprocalAvoidance{}}),
                         test::model_name);

std::uint64_t run(const KernelOptions& options, Vec2 shift = {0, 0}) {
  const LevelBounds bounds = {{-2 + shift.x, -2 + shift.y}, {42 + shift.x, 32 + shift.y}};
  Kernel kernel({&bounds, 1}, 1500, options);
  std::vector<Wall> walls = test::box({0, 0}, {40, 30});
  test::add_obstacle(walls, {15, 12}, 2.5, 7, 0.3);
  walls.push_back({0, {{25, 4}, {25, 22}}, false, true});
  walls.push_back({0, {{33, 25}, {29, 8}}, true, false});
  for (Wall& wall : walls) wall.line = {wall.line.from + shift, wall.line.to + shift};
  kernel.set_walls(walls);
  std::vector<Body> people = test::lattice({0.5, 0.5}, {14, 29}, 2.2, 800, 5);
  for (const Body& body : test::lattice({26, 1}, {39, 29}, 0.9, 300, 6)) people.push_back(body);
  for (Body& body : people) body.place = body.place + shift;
  test::put(kernel, people, 9);
  for (std::uint64_t step = 0; step < 60; ++step) {
    test::wish_at_random(kernel, 3, step);
    kernel.step();
  }
  // Where everybody is, from the corner.
  Columns c = kernel.walking();
  for (std::size_t i = 0; i < c.size; ++i) {
    c.x[i] -= to_fixed(shift.x);
    c.y[i] -= to_fixed(shift.y);
  }
  return test::hash(c);
}

/// Law 3.
TEST(Kernel, SameBitsForAnyNumberOfThreadsAndAnyVectorWidth) {
  // Also where the machine has fewer.
  const tbb::global_control threads_allowed(tbb::global_control::max_allowed_parallelism, 4);
  for (const Model& model :
       {Model{AnticipationVelocity{}}, Model{CollisionFreeSpeed{}}, Model{ReciprocalAvoidance{}}}) {
    KernelOptions options;
    options.model = model;
    options.scalar = true;
    options.threads = 1;
    const std::uint64_t reference = run(options);
    options.scalar = false;
    for (const int threads : {1, 2, 3, 4}) {
      options.threads = threads;
      EXPECT_EQ(run(options), reference) << threads << " threads";
    }
    std::set<std::int64_t> tried;
    for (std::int64_t left = hwy::SupportedTargets(); left != 0; left &= left - 1) {
      hwy::SetSupportedTargetsForTest(left & -left);
      hwy::GetChosenTarget().DeInit();
      EXPECT_EQ(run(options), reference) << hwy::TargetName(left & -left);
    }
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().DeInit();
  }
}

/// Law 3 down to the sign of zero: who walks along an axis is in a group with two who touch.
TEST(Kernel, TheSignOfZeroTellsNothingOfTheRestOfTheGroup) {
  const LevelBounds bounds = {{0, 0}, {30, 10}};
  const auto hash_of = [&](bool scalar, float ex, float ey) {
    KernelOptions options;
    options.scalar = scalar;
    Kernel kernel({&bounds, 1}, 100, options);
    test::put(kernel, {{{5, 5}}, {{9, 5.1}}, {{9.3, 4.8}}, {{8.7, 4.8}}}, 1);
    for (std::size_t i = 0; i < kernel.walking().size; ++i) {
      kernel.walking().ex[i] = kernel.wish_x()[i] = ex;
      kernel.walking().ey[i] = kernel.wish_y()[i] = ey;
      kernel.wish_speed_mps()[i] = 1.3F;
    }
    kernel.step();
    return test::hash(kernel.walking());
  };
  for (const float zero : {0.0F, -0.0F}) {
    for (const float one : {1.0F, -1.0F}) {
      EXPECT_EQ(hash_of(false, one, zero), hash_of(true, one, zero)) << one << ", " << zero;
      EXPECT_EQ(hash_of(false, zero, one), hash_of(true, zero, one)) << zero << ", " << one;
    }
  }
}

TEST(Kernel, SameBitsWhereverTheSiteLies) {
  KernelOptions options;
  EXPECT_EQ(run(options, {1024, -512}), run(options));
  EXPECT_EQ(run(options, {-8192, 4096}), run(options));
}

/// Wants to go east at 1.3 m/s.
void wish_east(Kernel& kernel) {
  for (std::size_t i = 0; i < kernel.walking().size; ++i) {
    kernel.wish_x()[i] = kernel.walking().errand[i] == 0 ? 1.0F : -1.0F;
    kernel.wish_y()[i] = 0;
    kernel.wish_speed_mps()[i] = 1.3F;
  }
}

Kernel open_field() {
  const LevelBounds bounds = {{0, 0}, {30, 10}};
  return Kernel({&bounds, 1}, 100);
}

TEST(Kernel, WhoIsAloneWalksAsFastAsWished) {
  Kernel kernel = open_field();
  test::put(kernel, {{{5, 5}}}, 1);
  for (int step = 0; step < 200; ++step) {
    wish_east(kernel);
    kernel.step();
  }
  // Turning east takes about a second.
  EXPECT_NEAR(test::place(kernel.walking(), 0).x, 5 + 13, 1.3);
  EXPECT_NEAR(kernel.walking().vx[0], 1.3, 1e-4);
  EXPECT_NEAR(kernel.walking().vy[0], 0, 1e-3);
}

TEST(Kernel, TwoWhoMeetHeadOnPassOnTheRight) {
  Kernel kernel = open_field();
  test::put(kernel, {{{5, 5}}, {{15, 5}}}, 1);
  for (std::size_t i = 0; i < 2; ++i) {
    kernel.walking().errand[i] = static_cast<std::uint16_t>(i);
    kernel.walking().ex[i] = i == 0 ? 1.0F : -1.0F;
    kernel.walking().ey[i] = 0;
  }
  for (int step = 0; step < 200; ++step) {
    wish_east(kernel);
    kernel.step();
    for (std::size_t i = 0; i < 2; ++i) {
      const Vec2 p = test::place(kernel.walking(), i);
      const bool eastward = kernel.walking().errand[i] == 0;
      if (std::abs(p.x - 10) < 0.3) {
        EXPECT_EQ(p.y < 5, eastward);
      }
    }
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const bool eastward = kernel.walking().errand[i] == 0;
    EXPECT_GT((eastward ? 1 : -1) * (test::place(kernel.walking(), i).x - 10), 4);
  }
}

TEST(Kernel, WhoStandsIsWalkedRound) {
  Kernel kernel = open_field();
  test::put(kernel, {{{10, 5}}}, 1);
  kernel.standing() = kernel.walking();
  kernel.sort_standing();
  test::put(kernel, {{{5, 5.01}}}, 2);
  double nearest = 100;
  for (int step = 0; step < 250; ++step) {
    wish_east(kernel);
    kernel.step();
    nearest = std::min(nearest, geo::length(test::place(kernel.walking(), 0) - Vec2{10, 5}));
  }
  EXPECT_GT(test::place(kernel.walking(), 0).x, 15);
  EXPECT_GT(nearest, 0.4 - kOverlap_m);
}

TEST(Kernel, AShadowIsWalkedRoundAsWhoStands) {
  for (const Model& model :
       {Model{AnticipationVelocity{}}, Model{CollisionFreeSpeed{}}, Model{ReciprocalAvoidance{}}}) {
    const LevelBounds bounds = {{0, 0}, {30, 10}};
    KernelOptions options;
    options.model = model;
    Kernel kernel({&bounds, 1}, 100, options);
    Columns& s = kernel.shadows();
    s.resize(2);
    s.x = {to_fixed(10), to_fixed(20)};
    s.y = {to_fixed(5), to_fixed(5)};
    s.ex = {-1, -1};
    s.radius_m = {0.2F, 0.2F};
    s.resize(2);
    kernel.sort_shadows();
    EXPECT_FALSE(kernel.has_room(0, to_fixed(20.3), to_fixed(5), 0.2F));
    EXPECT_TRUE(kernel.has_room(0, to_fixed(21), to_fixed(5), 0.2F));
    test::put(kernel, {{{5, 5.01}}}, 2);
    double nearest = 100;
    for (int step = 0; step < 600 && test::place(kernel.walking(), 0).x < 24; ++step) {
      wish_east(kernel);
      kernel.step();
      for (const Vec2 shadow : {Vec2{10, 5}, Vec2{20, 5}}) {
        nearest = std::min(nearest, geo::length(test::place(kernel.walking(), 0) - shadow));
      }
    }
    EXPECT_GT(test::place(kernel.walking(), 0).x, 23);
    EXPECT_GT(nearest, 0.4 - kOverlap_m);
  }
}

TEST(Kernel, AOneWayWallStopsOnlyWhoComesFromItsRight) {
  Kernel kernel = open_field();
  // Looking north along it, its left is west: eastward passes, westward does not.
  const std::vector<Wall> walls = {{0, {{10, 0}, {10, 10}}, true, false}};
  kernel.set_walls(walls);
  test::put(kernel, {{{7, 2}}, {{13, 8}}}, 1);
  kernel.walking().errand = {0, 1};
  kernel.walking().resize(2);
  for (int step = 0; step < 200; ++step) {
    wish_east(kernel);
    kernel.step();
  }
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_GT(test::place(kernel.walking(), i).x, kernel.walking().errand[i] == 0 ? 14 : 10.19);
  }
}

TEST(Kernel, LevelsDoNotSeeEachOther) {
  const std::vector<LevelBounds> bounds = {{{0, 0}, {30, 10}}, {{0, 0}, {30, 10}}};
  Kernel kernel(bounds, 100);
  // One in the other's way, but on the storey above.
  test::put(kernel, {{{5, 5}}, {{9, 5}}}, 1);
  kernel.walking().level[1] = 1;
  kernel.walking().errand[1] = 1;
  kernel.walking().ex = kernel.walking().ey = std::vector<float>(66, 0.0F);
  kernel.walking().ex[0] = 1;
  kernel.walking().ex[1] = -1;
  kernel.sort_walking();
  for (int step = 0; step < 100; ++step) {
    wish_east(kernel);
    kernel.step();
  }
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(test::place(kernel.walking(), i).y, 5, 1e-3);
}

TEST(Kernel, RemovedWalkersGoAndTheOthersKeepTheirState) {
  Kernel kernel = open_field();
  test::put(kernel, test::lattice({1, 1}, {29, 9}, 1, 100, 4), 4);
  const std::size_t before = kernel.walking().size;
  for (std::size_t i = 0; i < before; i += 3) kernel.remove_walking(i);
  std::set<std::uint32_t> stay;
  for (std::size_t i = 0; i < before; ++i) {
    if (i % 3 != 0) stay.insert(kernel.walking().person[i]);
  }
  kernel.sort_walking();
  const Columns& c = kernel.walking();
  EXPECT_EQ(std::set<std::uint32_t>(c.person.begin(), c.person.begin() + static_cast<long>(c.size)),
            stay);
}

TEST(Kernel, ASortCarriesWhatBelongsToAPerson) {
  Kernel kernel = open_field();
  test::put(kernel, test::lattice({1, 1}, {29, 9}, 1, 100, 4), 4);
  Random random(7, 0, 0);
  for (int round = 0; round < 3; ++round) {
    Columns& c = kernel.walking();
    for (std::size_t i = 0; i < c.size; ++i) {
      // Everybody elsewhere; what is his says who he is.
      c.x[i] = to_fixed(random.uniform(1, 29));
      c.y[i] = to_fixed(random.uniform(1, 9));
      const auto own = static_cast<float>(c.person[i]);
      for (std::vector<float>* column :
           {&c.ex, &c.ey, &c.vx, &c.vy, &c.free_speed_mps, &c.radius_m, &c.strain, &c.turn_rad}) {
        (*column)[i] = own + 1000 * static_cast<float>(round);
      }
      c.errand[i] = static_cast<std::uint16_t>(c.person[i] + 7);
    }
    kernel.sort_walking();
    for (std::size_t i = 0; i < c.size; ++i) {
      const auto own = static_cast<float>(c.person[i]) + 1000 * static_cast<float>(round);
      for (const std::vector<float>* column :
           {&c.ex, &c.ey, &c.vx, &c.vy, &c.free_speed_mps, &c.radius_m, &c.strain, &c.turn_rad}) {
        ASSERT_EQ((*column)[i], own);
      }
      ASSERT_EQ(c.errand[i], c.person[i] + 7);
    }
  }
}

/// Who stands, in their order, as the kernel sorts them from nothing.
std::uint64_t sorted_from_nothing(const Columns& people, const std::vector<std::uint32_t>& gone) {
  Kernel kernel = open_field();
  kernel.standing() = people;
  for (const std::uint32_t i : gone) kernel.remove_standing(i);
  kernel.sort_standing();
  return test::hash(kernel.standing());
}

TEST(Kernel, MergingWhoStandsIsSortingThem) {
  Kernel kernel = open_field();
  Columns& standing = kernel.standing();
  Random random(7, 1, 0);
  std::uint32_t person = 0;
  for (int round = 0; round < 60; ++round) {
    const std::size_t before = standing.size;
    // Few and many; places on the field's edge and beyond it too.
    const std::uint32_t come = random.below(round % 7 == 0 ? 80 : 4);
    standing.resize(before + come);
    for (std::size_t i = before; i < standing.size; ++i) {
      standing.x[i] = to_fixed(random.uniform(-1, 31));
      standing.y[i] = to_fixed(random.uniform(-1, 11));
      standing.ex[i] = standing.ey[i] = standing.vx[i] = standing.vy[i] = 0;
      standing.radius_m[i] = 0.2F;
      standing.person[i] = person++;
      standing.level[i] = 0;
    }
    std::vector<std::uint32_t> gone;
    const auto present = static_cast<std::uint32_t>(standing.size);
    for (std::uint32_t k = random.below(round % 5 == 0 ? 40 : 3); k > 0 && present > 0; --k) {
      gone.push_back(random.below(present));
      kernel.remove_standing(gone.back());
    }
    const std::uint64_t expected = sorted_from_nothing(standing, gone);
    const std::size_t left =
        standing.size - std::set<std::uint32_t>(gone.begin(), gone.end()).size();
    kernel.merge_standing();
    ASSERT_EQ(standing.size, left);
    ASSERT_EQ(test::hash(standing), expected) << round;
    for (std::size_t i = 0; i < standing.size; ++i) {
      ASSERT_FALSE(kernel.has_room(0, standing.x[i], standing.y[i], 0.2F)) << i;
    }
  }
  EXPECT_GT(standing.size, 100U);
}

TEST(Kernel, WhoRestsStaysAsHeIs) {
  const auto run = [](bool scalar) {
    const std::vector<LevelBounds> bounds = {{{0, 0}, {30, 10}}};
    KernelOptions options;
    options.scalar = scalar;
    Kernel kernel(bounds, 1000, options);
    test::put(kernel, test::lattice({1, 1}, {29, 9}, 3, 400, 4), 4);
    for (std::uint64_t step = 0; step < 30; ++step) {
      test::wish_at_random(kernel, 9, step);
      const Columns before = kernel.walking();
      for (std::size_t i = 0; i < before.size; ++i) {
        if ((before.person[i] / 20 + step) % 3 != 0) kernel.wish_speed_mps()[i] = -1;
      }
      const std::vector<float> wish(kernel.wish_speed_mps().begin(), kernel.wish_speed_mps().end());
      kernel.advance();
      const Columns& after = kernel.walking();
      for (std::size_t i = 0; i < before.size; ++i) {
        if (wish[i] >= 0) continue;
        EXPECT_TRUE(after.x[i] == before.x[i] && after.y[i] == before.y[i]);
        EXPECT_TRUE(after.ex[i] == before.ex[i] && after.ey[i] == before.ey[i]);
        EXPECT_TRUE(after.vx[i] == 0 && after.vy[i] == 0 && after.strain[i] == before.strain[i]);
      }
      kernel.sort_walking();
    }
    return test::hash(kernel.walking());
  };
  EXPECT_EQ(run(true), run(false));
}

}  // namespace
}  // namespace defilada::crowd
