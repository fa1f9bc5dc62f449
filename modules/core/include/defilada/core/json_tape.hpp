// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"

namespace defilada {

/// A JSON text (RFC 8259) as a flat list of values, each with its place, so that a fault in a file
/// of a million positions can be shown where it is and the file costs 20 bytes a value.
///
///     {"a": [1, 2]}    ->   object(next 5)  "a"  array(next 5)  1  2
///
/// A container's children follow it; `next` is the index behind its last one. An object's children
/// are key, value, key, value ...
class JsonTape {
 public:
  enum class Type : std::uint8_t { null, boolean, number, string, array, object };
  using Index = std::uint32_t;
  static constexpr Index kNone = UINT32_MAX;

  /// Reports what is not JSON, a member written twice and nesting over `depth_limit`, once; the
  /// tape is then empty. Codes: PREFIX.json-syntax, PREFIX.json-duplicate-member.
  static JsonTape read(FileId file, std::string_view text, int depth_limit,
                       Diagnostics& diagnostics, std::string_view prefix);

  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
  [[nodiscard]] Index root() const noexcept { return 0; }
  [[nodiscard]] Type type(Index value) const { return values_[value].type; }
  [[nodiscard]] bool is(Index value, Type type) const {
    return value != kNone && values_[value].type == type;
  }
  [[nodiscard]] Span span(Index value) const {
    return {file_, values_[value].begin, values_[value].end};
  }
  /// As written: of a number its digits, of a string its quotes too.
  [[nodiscard]] std::string_view raw(Index value) const {
    return text_.substr(values_[value].begin, values_[value].end - values_[value].begin);
  }
  /// A string without its quotes, escapes resolved.
  [[nodiscard]] std::string string(Index value) const;
  /// nullopt when it overflows a double.
  [[nodiscard]] std::optional<double> number(Index value) const;

  /// Children: for (Index i = first(c); i != end(c); i = after(i)).
  [[nodiscard]] Index first(Index container) const { return container + 1; }
  [[nodiscard]] Index end(Index container) const { return values_[container].next; }
  [[nodiscard]] Index after(Index value) const { return values_[value].next; }
  /// The value of an object's member; kNone if it is not there or `object` is no object.
  [[nodiscard]] Index member(Index object, std::string_view key) const;

 private:
  friend class JsonReader;
  struct Value {
    std::uint32_t begin;
    std::uint32_t end;
    Index next;
    Type type;
  };

  FileId file_;
  std::string_view text_;
  std::vector<Value> values_;
};

}  // namespace defilada
