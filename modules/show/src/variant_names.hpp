// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/source.hpp"
#include "node.hpp"
#include "variant_path.hpp"

/// What a variant can name in the text of a show, and where that stands.
namespace defilada::show {

/// The value of a key; nullptr if there is none.
[[nodiscard]] Node* child(Node& node, std::string_view key);
/// Takes a key out of a mapping.
void drop(Node& mapping, std::string_view key);
/// Of a line of a list, "name: {…}"; nullptr of another item.
[[nodiscard]] Node::Member* line_of(Node& item);
/// The value itself of {value: …, source: …}.
[[nodiscard]] const Node& bare(const Node& node);

struct Found {
  enum class What { procession, contingent, item, delegation, motorcade };
  What what = What::item;
  std::vector<std::string> parts;  ///< of its path
  std::vector<std::string> names;  ///< by which cues know it: "echelon", "echelon 1", "echelon 2"

  [[nodiscard]] Path path(Span span) const;
};

/// All processions, contingents, items, delegations and motorcades of a tree. It does not follow
/// what becomes of the tree later.
class Directory {
 public:
  explicit Directory(Node& root);

  [[nodiscard]] std::vector<const Found*> all(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> keys() const;  ///< as they are written
  [[nodiscard]] std::vector<std::string> cue_names() const;

 private:
  using Parts = std::vector<std::string>;
  void add(const std::string& key, Parts section, Found::What what, std::vector<std::string> names);
  void members(Node& mapping, const Parts& section, Found::What what);
  void lines(Node* list, const Parts& section, Found::What what);
  void processions(Node& root, std::string_view section);

  std::multimap<std::string, Found> found_;
};

using Taken = std::map<std::string, Span, std::less<>>;

/// The name among `taken` that a text names: whole words, and not a part of the name of something
/// that is there ("navy" of "navy band"); the longest, "" if there is none.
[[nodiscard]] std::string mentioned(std::string_view text, const Taken& taken,
                                    const std::vector<std::string>& there);

}  // namespace defilada::show
