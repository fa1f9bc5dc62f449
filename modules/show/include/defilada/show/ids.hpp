// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "defilada/core/phrase.hpp"

/// What all parts of the model use: indices that cannot be mixed up, and texts in languages.
namespace defilada::show {

template <typename Tag>
struct Id {
  std::uint32_t value = UINT32_MAX;
  [[nodiscard]] constexpr bool valid() const noexcept { return value != UINT32_MAX; }
  constexpr auto operator<=>(const Id&) const = default;
};
using RouteId = Id<struct RouteTag>;
using StationId = Id<struct StationTag>;
using AreaId = Id<struct AreaTag>;
using KindId = Id<struct KindTag>;
using ContingentId = Id<struct ContingentTag>;
using ProcessionId = Id<struct ProcessionTag>;
using ItemId = Id<struct ItemTag>;
using DelegationId = Id<struct DelegationTag>;
using MotorcadeId = Id<struct MotorcadeTag>;
using DayPartId = Id<struct DayPartTag>;

/// A text in one or more languages; `en` is the fallback and always there.
struct Text {
  std::map<std::string, std::string> by_language;
  [[nodiscard]] const std::string& en() const { return by_language.at("en"); }
  /// The language if there, else English.
  [[nodiscard]] const std::string& in(const std::string& language) const {
    const auto found = by_language.find(language);
    return found == by_language.end() ? en() : found->second;
  }
  [[nodiscard]] Phrase said() const { return Phrase::given(by_language); }
};

}  // namespace defilada::show
