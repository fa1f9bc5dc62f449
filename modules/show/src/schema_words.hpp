// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema.hpp"

/// The table in words: for messages, descriptions and the reference.
namespace defilada::show::words {

/// "a, b, c".
[[nodiscard]] std::string join(const std::vector<std::string_view>& words);
[[nodiscard]] std::vector<std::string> strings(const std::vector<std::string_view>& words);

/// What a value may be: "a length such as 0.75 m (units: …)", "a list of points, or a mapping with
/// lat, lon".
[[nodiscard]] std::string describe(const Type& type);
[[nodiscard]] std::string describe(const Scalar& scalar);
[[nodiscard]] std::string describe_scalars(const Type& type);

[[nodiscard]] std::vector<std::string_view> keys(const Object& object);
/// Of all sets of keys, each once.
[[nodiscard]] std::vector<std::string_view> all_keys(const Type& type);
[[nodiscard]] const std::vector<std::string>& annotation_keys();
/// Whether a key has one type in all sets of keys that have it.
[[nodiscard]] bool means_one_thing(const Type& type, std::string_view key);

/// YYYY-MM-DD of the Gregorian calendar.
[[nodiscard]] bool is_date(std::string_view text);

}  // namespace defilada::show::words
