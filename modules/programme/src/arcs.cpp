// SPDX-License-Identifier: MIT
#include "arcs.hpp"

#include <algorithm>

#include "defilada/core/check.hpp"

namespace defilada::programme::detail {

Arcs::Arcs(std::uint32_t cue_count, std::span<const Constraint> constraints, Direction direction)
    : direction_(direction), places_(cue_count), arcs_(constraints.size()) {
  for (const Constraint& c : constraints) ++places_[owner(c)].limit;
  std::uint32_t begin = 0;
  for (Place& place : places_) {
    const std::uint32_t count = place.limit;
    place = {begin, begin, begin + count};
    begin += count;
  }
  for (std::uint32_t i = 0; i < constraints.size(); ++i) {
    arcs_[places_[owner(constraints[i])].end++] = arc(i, constraints[i]);
  }
}

void Arcs::move_to_end(Place& place) {
  const std::uint32_t count = place.end - place.begin;
  const auto begin = static_cast<std::uint32_t>(arcs_.size());
  arcs_.resize(arcs_.size() + std::max<std::uint32_t>(4, 2 * count));
  std::copy_n(arcs_.begin() + place.begin, count, arcs_.begin() + begin);
  place = {begin, begin + count, static_cast<std::uint32_t>(arcs_.size())};
  if (position_.empty()) return;
  for (std::uint32_t i = place.begin; i < place.end; ++i) position_[arcs_[i].constraint] = i;
}

void Arcs::append(std::uint32_t index, const Constraint& constraint) {
  Place& place = places_[owner(constraint)];
  if (place.end == place.limit) move_to_end(place);
  if (!position_.empty()) position_.push_back(place.end);
  arcs_[place.end++] = arc(index, constraint);
}

void Arcs::index_places() {
  for (const Place& place : places_) {
    for (std::uint32_t i = place.begin; i < place.end; ++i) {
      const std::uint32_t constraint = arcs_[i].constraint;
      if (constraint >= position_.size()) position_.resize(std::size_t{constraint} + 1);
      position_[constraint] = i;
    }
  }
}

void Arcs::set_bound(std::uint32_t index, const Constraint& constraint) {
  if (position_.empty()) index_places();
  Arc& changed = arcs_[position_[index]];
  DEFILADA_CHECK(changed.constraint == index);
  changed.bound_us = constraint.bound.us;
}

}  // namespace defilada::programme::detail
