// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "defilada/geo/frame.hpp"
#include "defilada/show/model.hpp"

/// Who has which place: the rules of precedence as plain functions.
namespace defilada::guests {

/// One guest. Guests are numbered delegation by delegation, each head before its companions.
struct Person {
  show::DelegationId delegation;
  int place = 0;  ///< in the delegation, from 0: its head
};
[[nodiscard]] std::vector<Person> people(const show::Guests& guests);

/// Indices into people(): all heads by precedence, then all companions by precedence. So ranks sit
/// before companies: a companion of the first delegation comes after the head of the last.
[[nodiscard]] std::vector<std::size_t> by_rank(const show::Guests& guests);

/// A place in rows. `column` counts from the middle: > 0 to the host's right, < 0 to the left; a
/// row of an even number of places has no middle.
struct Place {
  int row = 0;
  int column = 0;
  constexpr bool operator==(const Place&) const = default;
};

/// All places but the host's, in the order of precedence: row after row; in a row from the middle
/// outwards, at each step the side of honour first.
///
///        4  2  host  1  3          honour: right (seen from behind them)
///     10  8  6    5  7  9
///
/// Laws (property-tested): every place but the host's once; along a row the distance from the
/// middle never falls; of two places that are mirror images the side of honour comes first, and
/// nobody between. Cost: O(places).
[[nodiscard]] std::vector<Place> outwards(const show::PlaceRows& rows);

/// The place of each person, by index in people(): kept places to whom they are kept, all others by
/// precedence. Requires at least as many places as guests. Law: no place twice, none the host's.
[[nodiscard]] std::vector<Place> assign(const show::Guests& guests, const show::PlaceRows& rows);

/// Where a place is: rows stand behind each other, a row's middle behind the host. m.
[[nodiscard]] geo::Vec2 position(const show::PlaceRows& rows, Place place);

}  // namespace defilada::guests
