// SPDX-License-Identifier: MIT
#include "variant_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "namespace.hpp"
#include "quantity.hpp"

namespace defilada::show {
namespace {

constexpr std::array<std::string_view, 3> kProcessions = {"marches", "flypasts", "movements"};
constexpr std::int64_t kNumberedMost = 1000;

bool is_provenance(const std::string& key) {
  return key == "source" || key == "quality";
}

std::vector<std::string> with(std::vector<std::string> parts, std::string last) {
  parts.push_back(std::move(last));
  return parts;
}

/// A line with `times` stands for several.
std::vector<std::string> numbered(Node::Member& line) {
  const std::string name = collapsed(line.key);
  std::vector<std::string> names{name};
  const Node* times = child(line.value, "times");
  if (times == nullptr) return names;
  const auto count = parse_count(bare(*times).text);
  for (std::int64_t i = 1; count && i <= std::min(*count, kNumberedMost); ++i) {
    names.push_back(fmt::format("{} {}", name, i));
  }
  return names;
}

bool is_word_at(std::string_view text, std::size_t begin, std::size_t end) {
  return (begin == 0 || text[begin - 1] == ' ') && (end == text.size() || text[end] == ' ');
}

/// Whether a longer name covers [begin, end).
bool is_inside_other(std::string_view text, std::size_t begin, std::size_t end,
                     const std::vector<std::string>& there) {
  return std::any_of(there.begin(), there.end(), [&](const std::string& other) {
    if (other.size() <= end - begin) return false;
    for (std::size_t at = text.find(other); at != text.npos; at = text.find(other, at + 1)) {
      if (at <= begin && at + other.size() >= end && is_word_at(text, at, at + other.size())) {
        return true;
      }
    }
    return false;
  });
}

}  // namespace

Node* child(Node& node, std::string_view key) {
  if (!node.is_mapping()) return nullptr;
  for (Node::Member& member : node.members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

void drop(Node& mapping, std::string_view key) {
  std::erase_if(mapping.members, [&](const Node::Member& member) { return member.key == key; });
}

Node::Member* line_of(Node& item) {
  return item.is_mapping() && item.members.size() == 1 ? &item.members.front() : nullptr;
}

const Node& bare(const Node& node) {
  const Node* value = node.is_mapping() ? node.find("value") : nullptr;
  return value == nullptr ? node : *value;
}

Path Found::path(Span span) const {
  Path path;
  path.span = span;
  for (const std::string& part : parts) path.parts.push_back({part, span});
  return path;
}

Directory::Directory(Node& root) {
  for (const std::string_view section : kProcessions) processions(root, section);
  if (Node* list = child(root, "in place")) {
    if (list->is_mapping()) {
      lines(child(*list, "order"), {"in place", "order"}, Found::What::contingent);
    } else {
      lines(list, {"in place"}, Found::What::contingent);
    }
  }
  lines(child(root, "programme"), {"programme"}, Found::What::item);
  if (Node* guests = child(root, "guests")) {
    lines(child(*guests, "precedence"), {"guests", "precedence"}, Found::What::delegation);
    if (Node* cars = child(*guests, "motorcades")) {
      members(*cars, {"guests", "motorcades"}, Found::What::motorcade);
    }
  }
}

void Directory::add(const std::string& key, Parts section, Found::What what,
                    std::vector<std::string> names) {
  std::string name = collapsed(key);
  found_.emplace(name, Found{what, with(std::move(section), name), std::move(names)});
}

void Directory::members(Node& mapping, const Parts& section, Found::What what) {
  for (const Node::Member& member : mapping.members) {
    if (!is_provenance(member.key)) add(member.key, section, what, {collapsed(member.key)});
  }
}

void Directory::lines(Node* list, const Parts& section, Found::What what) {
  if (list == nullptr) return;
  for (Node& item : list->items) {
    if (Node::Member* line = line_of(item)) add(line->key, section, what, numbered(*line));
  }
}

void Directory::processions(Node& root, std::string_view section) {
  Node* all = child(root, section);
  if (all == nullptr) return;
  members(*all, {std::string(section)}, Found::What::procession);
  for (Node::Member& member : all->members) {
    lines(child(member.value, "order"), {std::string(section), collapsed(member.key), "order"},
          Found::What::contingent);
  }
}

std::vector<const Found*> Directory::all(const std::string& name) const {
  std::vector<const Found*> out;
  for (auto [at, end] = found_.equal_range(name); at != end; ++at) out.push_back(&at->second);
  return out;
}

std::vector<std::string> Directory::keys() const {
  std::vector<std::string> out;
  for (const auto& [name, found] : found_) out.push_back(name);
  return out;
}

std::vector<std::string> Directory::cue_names() const {
  std::vector<std::string> out;
  for (const auto& [name, found] : found_) {
    out.insert(out.end(), found.names.begin(), found.names.end());
  }
  return out;
}

std::string mentioned(std::string_view text, const Taken& taken,
                      const std::vector<std::string>& there) {
  const std::string whole = collapsed(text);
  std::string longest;
  for (const auto& [name, span] : taken) {
    for (std::size_t at = whole.find(name); at != std::string::npos;
         at = whole.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const bool names = is_word_at(whole, at, end) && !is_inside_other(whole, at, end, there);
      if (names && name.size() > longest.size()) longest = name;
    }
  }
  return longest;
}

}  // namespace defilada::show
