// SPDX-License-Identifier: MIT
#include "variant_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "defilada/core/check.hpp"
#include "defilada/core/suggest.hpp"
#include "namespace.hpp"
#include "schema.hpp"

namespace defilada::show {
namespace {

constexpr std::string_view kBetween = " / ";
constexpr std::size_t kChoicesTold = 12;

bool is_line(const Node& item) {
  return item.is_mapping() && item.members.size() == 1;
}

std::optional<std::size_t> number_of(std::string_view part) {
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), number);
  if (fault != std::errc{} || end != part.data() + part.size()) return std::nullopt;
  return number;
}

Place step_into_mapping(Node& mapping, std::string_view part) {
  const auto found =
      std::find_if(mapping.members.begin(), mapping.members.end(),
                   [&](const Node::Member& member) { return collapsed(member.key) == part; });
  return {&mapping, static_cast<std::size_t>(found - mapping.members.begin()), false};
}

std::optional<Place> step_into_list(Node& list, std::string_view part) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Node& item = list.items[i];
    if (is_line(item) && collapsed(item.members.front().key) == part) return Place{&list, i, true};
  }
  const auto number = number_of(part);
  if (!number || *number < 1 || *number > list.items.size()) return std::nullopt;
  return Place{&list, *number - 1, false};
}

Phrase choices(const std::vector<std::string>& parts) {
  std::vector<Phrase> told;
  for (std::size_t i = 0; i < std::min(parts.size(), kChoicesTold); ++i) {
    told.push_back(Phrase::verbatim(parts[i]));
  }
  if (parts.size() > kChoicesTold) told.push_back(Phrase::verbatim("…"));
  return phrase("one of: {}", Phrase::joined(told, ", "));
}

void report(const Path& path, std::size_t at, const Node* holder, Diagnostics& diagnostics) {
  const std::vector<std::string> next =
      holder == nullptr ? std::vector<std::string>{} : next_parts(*holder);
  const std::string before = path.text_before(at);
  std::string near = nearest(path.parts[at].text, next);
  if (!near.empty()) {
    near = before + (before.empty() ? "" : std::string(kBetween)) + near;
    for (std::size_t i = at + 1; i < path.parts.size(); ++i) {
      near += std::string(kBetween) + path.parts[i].text;
    }
  }
  diagnostics.error("show.variant-path", path.parts[at].span,
                    before.empty() ? phrase("the show has no {}", in_quotes(path.parts[at].text))
                                   : phrase("there is no {} in {}", in_quotes(path.parts[at].text),
                                            in_quotes(before)),
                    next.empty() ? phrase("a path of the show file: 'programme / speech / lasts'")
                                 : choices(next),
                    std::move(near));
}

}  // namespace

std::string Path::text() const {
  return text_before(parts.size());
}

std::string Path::text_before(std::size_t part) const {
  std::string out;
  for (std::size_t i = 0; i < part; ++i) {
    out += (i == 0 ? "" : std::string(kBetween)) + parts[i].text;
  }
  return out;
}

Path parse_path(std::string_view text, Span span) {
  Path path;
  path.span = span;
  const bool plain = span.end - span.begin == text.size();
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(kBetween, begin), text.size());
    Span place = span;
    if (plain) {
      place.begin = span.begin + static_cast<std::uint32_t>(begin);
      place.end = span.begin + static_cast<std::uint32_t>(end);
    }
    path.parts.push_back({collapsed(text.substr(begin, end - begin)), place});
    begin = end == text.size() ? text.size() + 1 : end + kBetween.size();
  }
  return path;
}

bool Place::is_there() const {
  return index < (holder->is_mapping() ? holder->members.size() : holder->items.size());
}

Node& Place::value() const {
  DEFILADA_CHECK(is_there());
  if (holder->is_mapping()) return holder->members[index].value;
  Node& item = holder->items[index];
  return line ? item.members.front().value : item;
}

std::optional<Place> step(Node& holder, std::string_view part) {
  if (holder.is_sequence()) return step_into_list(holder, part);
  if (is_nothing(holder)) {  // "navy:" becomes "navy: {…}"
    holder.type = Node::Type::mapping;
    holder.text.clear();
  }
  if (holder.is_mapping()) return step_into_mapping(holder, part);
  return std::nullopt;
}

std::vector<std::string> next_parts(const Node& holder) {
  std::vector<std::string> parts;
  for (const Node::Member& member : holder.members) parts.push_back(collapsed(member.key));
  for (std::size_t i = 0; i < holder.items.size(); ++i) {
    const Node& item = holder.items[i];
    parts.push_back(is_line(item) ? collapsed(item.members.front().key) : std::to_string(i + 1));
  }
  return parts;
}

std::optional<Place> find(Node& root, const Path& path, Diagnostics& diagnostics) {
  Node* holder = &root;
  for (std::size_t i = 0;; ++i) {
    const auto place = step(*holder, path.parts[i].text);
    const bool last = i + 1 == path.parts.size();
    if (!place || (!last && !place->is_there())) {
      report(path, i, holder, diagnostics);
      return std::nullopt;
    }
    if (last) return place;
    holder = &place->value();
  }
}

}  // namespace defilada::show
