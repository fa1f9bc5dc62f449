// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "node.hpp"

/// Where something stands in the text of a show, as a variant names it:
///
///     programme / speech / lasts          a key of a mapping, or the name of a line of a list
///     rules / 3 / later                   the number of any other item of a list, from 1
///
/// Parts are what lies between " / ", so that a name may hold a '/'. Blanks count as one.
namespace defilada::show {

struct Path {
  struct Part {
    std::string text;
    Span span;
  };
  std::vector<Part> parts;  ///< never empty
  Span span;                ///< of the whole

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text_before(std::size_t part) const;  ///< "" before the first
};

/// `span` is where the text stands; where it is written with quotes and escapes all parts have it.
[[nodiscard]] Path parse_path(std::string_view text, Span span);

/// What a path leads to: a member of a mapping or an item of a list.
struct Place {
  Node* holder = nullptr;
  std::size_t index = 0;  ///< in its members or items; their number where there is nothing yet
  bool line = false;      ///< a line "name: value" of a list

  [[nodiscard]] bool is_there() const;
  [[nodiscard]] Node& value() const;  ///< of the line, member or item; requires is_there()
};

/// The member of a mapping, or the line or item of a list, by its name or number; one that is not
/// there where it could be put into a mapping; nullopt where it could not be.
[[nodiscard]] std::optional<Place> step(Node& holder, std::string_view part);

/// Reports a part that leads nowhere, with what there is in its place. The last may be missing from
/// a mapping.
[[nodiscard]] std::optional<Place> find(Node& root, const Path& path, Diagnostics& diagnostics);

/// Names and keys that can follow: for messages.
[[nodiscard]] std::vector<std::string> next_parts(const Node& holder);

}  // namespace defilada::show
