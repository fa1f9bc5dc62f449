// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace defilada {

/// A stable ASCII id from a name that a person gave: for file names, ids in pages and in exports.
///     "Guard of Honour" -> "guard-of-honour"     "Żołnierze (1. rząd)" -> "zolnierze-1-rzad"
/// Letters of Latin, Greek and Cyrillic become ASCII letters without their marks; every other run
/// of characters becomes one hyphen. Where a letter of another script is lost, eight hexadecimal
/// digits of the name's hash are added, so that two such names stay two ("徒步方队" -> "156a2cf6").
/// Laws: the result matches [a-z0-9]+(-[a-z0-9]+)*; slug(slug(x)) == slug(x); depends on `name`
/// only and is part of the file formats: it does not change between versions.
[[nodiscard]] std::string slug(std::string_view name);

/// Hands out slugs that differ from each other: the second "army" is "army-2".
class Slugs {
 public:
  /// Depends on the names added before, in their order. Cost: O(log n) on average.
  [[nodiscard]] std::string add(std::string_view name);

 private:
  std::set<std::string> taken_;
  std::map<std::string, std::uint32_t> last_of_;  // how often each stem was given out
};

}  // namespace defilada
