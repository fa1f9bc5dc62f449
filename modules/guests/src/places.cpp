// SPDX-License-Identifier: MIT
#include "defilada/guests/places.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/core/check.hpp"

namespace defilada::guests {

std::vector<Person> people(const show::Guests& guests) {
  std::vector<Person> out;
  for (std::uint32_t d = 0; d < guests.delegations.size(); ++d) {
    for (int place = 0; place < guests.delegations[d].size; ++place) out.push_back({{d}, place});
  }
  return out;
}

std::vector<std::size_t> by_rank(const show::Guests& guests) {
  const std::vector<Person> all = people(guests);
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return (all[a].place == 0) > (all[b].place == 0);
  });
  return order;
}

std::vector<Place> outwards(const show::PlaceRows& rows) {
  std::vector<Place> out;
  const int honour = rows.honour_left ? -1 : 1;
  for (int row = 0; row < static_cast<int>(rows.rows.size()); ++row) {
    const int count = rows.rows[static_cast<std::size_t>(row)];
    if (row > 0 && count % 2 == 1) out.push_back({row, 0});
    for (int step = 1; step <= count / 2; ++step) {
      out.push_back({row, honour * step});
      out.push_back({row, -honour * step});
    }
  }
  return out;
}

std::vector<Place> assign(const show::Guests& guests, const show::PlaceRows& rows) {
  const std::vector<Person> all = people(guests);
  std::vector<Place> free = outwards(rows);
  std::vector<Place> out(all.size());
  std::vector<bool> has_place(all.size(), false);
  for (const auto& kept : rows.kept) {
    const Place place{kept.row, kept.column};
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].delegation != kept.who || all[i].place != 0) continue;
      out[i] = place;
      has_place[i] = true;
    }
    std::erase(free, place);
  }
  std::size_t next = 0;
  for (const std::size_t i : by_rank(guests)) {
    if (has_place[i]) continue;
    DEFILADA_CHECK(next < free.size());
    out[i] = free[next++];
  }
  return out;
}

geo::Vec2 position(const show::PlaceRows& rows, Place place) {
  const geo::Vec2 ahead{std::cos(rows.facing_rad), std::sin(rows.facing_rad)};
  const geo::Vec2 right{ahead.y, -ahead.x};
  const bool even = rows.rows[static_cast<std::size_t>(place.row)] % 2 == 0;
  double across = place.column;
  if (even) across += place.column > 0 ? -0.5 : 0.5;
  return rows.front + across * rows.interval_m * right - place.row * rows.distance_m * ahead;
}

}  // namespace defilada::guests
