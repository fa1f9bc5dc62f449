// SPDX-License-Identifier: MIT
#include "defilada/guests/places.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <set>
#include <utility>

namespace defilada::guests {
namespace {

using Random = std::mt19937;

int draw(Random& random, int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random);
}

show::PlaceRows random_rows(Random& random) {
  show::PlaceRows rows;
  const int count = draw(random, 1, 4);
  for (int i = 0; i < count; ++i) rows.rows.push_back(draw(random, 1, 9));
  rows.rows.front() |= 1;  // a middle for the host
  rows.interval_m = 0.9;
  rows.distance_m = 1.3;
  rows.facing_rad = std::uniform_real_distribution<double>(-3, 3)(random);
  rows.front = {draw(random, -100, 100) * 1.0, draw(random, -100, 100) * 1.0};
  rows.honour_left = draw(random, 0, 1) == 1;
  return rows;
}

int places_of(const show::PlaceRows& rows) {
  int sum = -1;
  for (const int row : rows.rows) sum += row;
  return sum;
}

/// Delegations that fill all places but a few.
show::Guests random_guests(Random& random, int places) {
  show::Guests guests;
  int left = places - draw(random, 0, std::min(3, places));
  while (left > 0) {
    show::Delegation delegation;
    delegation.size = std::min(left, draw(random, 1, 3));
    left -= delegation.size;
    guests.delegations.push_back(delegation);
  }
  return guests;
}

auto key(Place place) {
  return std::pair(place.row, place.column);
}

TEST(Outwards, GivesEveryPlaceButTheHostsOnce) {
  Random random(1);
  for (int round = 0; round < 500; ++round) {
    const show::PlaceRows rows = random_rows(random);
    const auto order = outwards(rows);
    ASSERT_EQ(static_cast<int>(order.size()), places_of(rows));
    std::set<std::pair<int, int>> seen;
    for (const Place place : order) {
      EXPECT_TRUE(seen.insert(key(place)).second);
      EXPECT_NE(key(place), std::pair(0, 0));
      const int count = rows.rows[static_cast<std::size_t>(place.row)];
      EXPECT_LE(std::abs(place.column), count / 2);
      EXPECT_FALSE(place.column == 0 && count % 2 == 0);
    }
  }
}

TEST(Outwards, IsSymmetricByPrecedence) {
  Random random(2);
  for (int round = 0; round < 500; ++round) {
    const show::PlaceRows rows = random_rows(random);
    const auto order = outwards(rows);
    const int honour = rows.honour_left ? -1 : 1;
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      const Place a = order[i];
      const Place b = order[i + 1];
      EXPECT_LE(a.row, b.row);
      if (a.row == b.row) {
        EXPECT_LE(std::abs(a.column), std::abs(b.column));
      }
      if (a.column * honour > 0) {  // its mirror image is next
        EXPECT_EQ(key(b), key({a.row, -a.column}));
      }
    }
  }
}

TEST(Assign, IsABijectionInTheOrderOfRank) {
  Random random(3);
  for (int round = 0; round < 500; ++round) {
    const show::PlaceRows rows = random_rows(random);
    const show::Guests guests = random_guests(random, places_of(rows));
    const auto assigned = assign(guests, rows);
    const auto order = outwards(rows);
    const auto ranks = by_rank(guests);
    ASSERT_EQ(assigned.size(), static_cast<std::size_t>(guests.people()));
    for (std::size_t k = 0; k < ranks.size(); ++k) EXPECT_EQ(assigned[ranks[k]], order[k]);
  }
}

TEST(Assign, KeepsPlacesAndGivesOutTheRest) {
  Random random(4);
  for (int round = 0; round < 300; ++round) {
    show::PlaceRows rows = random_rows(random);
    const show::Guests guests = random_guests(random, places_of(rows));
    if (guests.delegations.empty()) continue;
    const auto order = outwards(rows);
    const Place place =
        order[static_cast<std::size_t>(draw(random, 0, static_cast<int>(order.size()) - 1))];
    const auto who = static_cast<std::uint32_t>(
        draw(random, 0, static_cast<int>(guests.delegations.size()) - 1));
    rows.kept.push_back({{who}, place.row, place.column, {}});
    const auto assigned = assign(guests, rows);
    const auto all = people(guests);
    std::set<std::pair<int, int>> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_TRUE(seen.insert(key(assigned[i])).second);
      if (all[i].delegation.value == who && all[i].place == 0) {
        EXPECT_EQ(assigned[i], place);
      }
    }
  }
}

TEST(ByRank, PutsHeadsBeforeCompanies) {
  show::Guests guests;
  for (const int size : {3, 1, 2}) {
    guests.delegations.emplace_back().size = size;
  }
  EXPECT_EQ(by_rank(guests), (std::vector<std::size_t>{0, 3, 4, 1, 2, 5}));
}

TEST(Position, MirrorsAboutTheHost) {
  Random random(5);
  for (int round = 0; round < 200; ++round) {
    const show::PlaceRows rows = random_rows(random);
    const geo::Vec2 ahead{std::cos(rows.facing_rad), std::sin(rows.facing_rad)};
    for (const Place place : outwards(rows)) {
      const geo::Vec2 a = position(rows, place) - rows.front;
      const geo::Vec2 b = position(rows, {place.row, -place.column}) - rows.front;
      const auto along = [&](geo::Vec2 v) { return v.x * ahead.x + v.y * ahead.y; };
      const auto across = [&](geo::Vec2 v) { return v.x * ahead.y - v.y * ahead.x; };
      EXPECT_NEAR(along(a), -place.row * rows.distance_m, 1e-9);
      EXPECT_NEAR(across(a), -across(b), 1e-9);
      EXPECT_GE(across(a) * place.column, 0);  // > 0: to the right
    }
  }
}

TEST(Position, NeighboursInARowAreAnIntervalApart) {
  show::PlaceRows rows;
  rows.rows = {3, 4};
  rows.interval_m = 0.8;
  rows.distance_m = 1;
  rows.facing_rad = -std::numbers::pi / 2;  // south: the host's right is west
  EXPECT_NEAR(position(rows, {0, 1}).x, -0.8, 1e-12);
  EXPECT_NEAR(position(rows, {1, 1}).x, -0.4, 1e-12);
  EXPECT_NEAR(position(rows, {1, -2}).x, 1.2, 1e-12);
  EXPECT_NEAR(position(rows, {1, -2}).y, 1, 1e-12);
}

}  // namespace
}  // namespace defilada::guests
