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
[[nodiscard]] Phrase describe(const Type& type);
[[nodiscard]] Phrase describe(const Scalar& scalar);
[[nodiscard]] Phrase describe_scalars(const Type& type);
/// A word of the table, "the name of a route": its translations stand with those of phrases.
[[nodiscard]] Phrase said(std::string_view word);
/// "'gap': from tail to head"; what a key means is told in English alone, as the reference does.
[[nodiscard]] Phrase key_and_doc(const Field& field);

[[nodiscard]] std::vector<std::string_view> keys(const Object& object);
/// Of all sets of keys, each once.
[[nodiscard]] std::vector<std::string_view> all_keys(const Type& type);
[[nodiscard]] const std::vector<std::string>& annotation_keys();
/// Whether a key has one type in all sets of keys that have it.
[[nodiscard]] bool means_one_thing(const Type& type, std::string_view key);

/// YYYY-MM-DD of the Gregorian calendar.
[[nodiscard]] bool is_date(std::string_view text);

}  // namespace defilada::show::words
