// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"

namespace defilada::show {

/// A node of a YAML text with its place. Scalars stay text: our schema types them, so that `on`,
/// `010`, `10:00:00` and `80` mean what they look like. Aliases are expanded by copy (counted
/// against kNodeLimit); tags are refused.
struct Node {
  enum class Type { scalar, sequence, mapping };
  struct Member;

  Type type = Type::scalar;
  Span span;                    ///< the whole node; a mapping ends with its last value
  std::string text;             ///< scalar: its value
  bool quoted = false;          ///< scalar: quoted or a block scalar
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

/// Reads one YAML document, by YAML 1.1 as libyaml has it but for types: every scalar is text. An
/// anchored node's copies keep the places of the anchored text, so that a fault in it is shown
/// where it can be mended. Reports (yaml.*, docs/messages.md): a file over kFileLimitBytes, not
/// UTF-8, a control character, every syntax error, a tag, more than one document, a duplicate or
/// empty key (the first one holds), a key that is not a scalar, a merge key, an unknown anchor, an
/// alias within its own anchor, depth over kDepthLimit, nodes over kNodeLimit (keys and values,
/// aliases as often as used; a long text counts once more for every 64 bytes), an empty document.
/// Where nothing could be read the result is a mapping without a known span, and `diagnostics` has
/// an error: stop there. With a known span the tree is whole but for what was reported. Cost:
/// linear in the text; what aliases unfold to is known, and refused, before it is built.
[[nodiscard]] Node read_yaml(FileId file, const Sources& sources, Diagnostics& diagnostics);

}  // namespace defilada::show
