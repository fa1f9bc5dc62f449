// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"

namespace defilada::show {

/// A node of a YAML text with its place. Scalars stay text: our schema types them, so that `on`, `010`,
/// `10:00:00` and `80` mean what they look like. Aliases are expanded by copy (counted against
/// kNodeLimit); tags are refused.
struct Node {
  enum class Type { scalar, sequence, mapping };
  struct Member;

  Type type = Type::scalar;
  Span span;              ///< the whole node; a mapping ends with its last value
  std::string text;       ///< scalar: its value
  bool quoted = false;    ///< scalar: quoted or a block scalar
  std::vector<Node> items;      ///< sequence
  std::vector<Member> members;  ///< mapping, in file order

  /// The value of a key; nullptr if not there.
  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] const Member* find_member(std::string_view key) const;
  [[nodiscard]] bool is_scalar() const noexcept { return type == Type::scalar; }
  [[nodiscard]] bool is_sequence() const noexcept { return type == Type::sequence; }
  [[nodiscard]] bool is_mapping() const noexcept { return type == Type::mapping; }
};
struct Node::Member {
  std::string key;
  Span key_span;
  Node value;
};

/// Reads one YAML document. Reports: not UTF-8, a syntax error, a tag, more than one document, a duplicate
/// key, a key that is not a scalar, an anchor cycle, depth over kDepthLimit, nodes over
/// kNodeLimit, an empty document. Returns a null-typed mapping when nothing could be read; then `diagnostics` has an
/// error.
[[nodiscard]] Node read_yaml(FileId file, const Sources& sources, Diagnostics& diagnostics);

}  // namespace defilada::show
