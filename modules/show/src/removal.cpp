// SPDX-License-Identifier: MIT
#include "removal.hpp"

#include <algorithm>
#include <string>

namespace defilada::show {
namespace {

using Members = std::vector<Node::Member>;

bool is_written_here(const Node& mapping, const Node::Member& member) {
  const Span& span = member.value.span;
  return span.file == mapping.span.file && span.begin >= member.key_span.end &&
         span.end <= mapping.span.end;
}

Span place(const Node& mapping, std::uint32_t begin, std::uint32_t end) {
  return {mapping.span.file, begin, end};
}

/// Members [first, last) of a mapping that has others.
Edit take_out(const Node& mapping, std::size_t first, std::size_t last) {
  const Members& members = mapping.members;
  if (last < members.size()) {
    return {place(mapping, members[first].key_span.begin, members[last].key_span.begin), ""};
  }
  return {place(mapping, members[first - 1].value.span.end, members[last - 1].value.span.end), ""};
}

}  // namespace

std::vector<Edit> without_keys(const Node& mapping, const std::vector<std::string_view>& keys) {
  if (!mapping.is_mapping()) return {};
  const Members& members = mapping.members;
  const auto goes = [&](const Node::Member& member) {
    return std::find(keys.begin(), keys.end(), member.key) != keys.end();
  };
  const bool is_plain =
      std::all_of(members.begin(), members.end(),
                  [&](const Node::Member& member) { return is_written_here(mapping, member); });
  if (!is_plain || std::all_of(members.begin(), members.end(), goes)) return {};
  std::vector<Edit> edits;
  for (std::size_t first = 0; first < members.size(); ++first) {
    if (!goes(members[first])) continue;
    std::size_t last = first + 1;
    while (last < members.size() && goes(members[last])) ++last;
    edits.push_back(take_out(mapping, first, last));
    first = last;
  }
  return edits;
}

std::vector<Edit> without_one(const Sources& sources, const Node& list, std::size_t left_out) {
  std::string rest;
  std::size_t count = 0;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (i == left_out) continue;
    const std::string_view text = sources.text(list.items[i].span);
    if (!list.items[i].is_scalar() ||
        text.find_first_of("\"'[]{},#:\n") != std::string_view::npos) {
      return {};
    }
    rest += (count++ > 0 ? ", " : "") + std::string(text);
  }
  if (count == 0) return {};
  return {{list.span, count == 1 ? rest : "[" + rest + "]"}};
}

}  // namespace defilada::show
