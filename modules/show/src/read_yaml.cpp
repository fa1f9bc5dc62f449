// SPDX-License-Identifier: MIT

#include <map>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "defilada/show/read.hpp"
#include "node.hpp"
#include "yaml_tape.hpp"
#include "yaml_text.hpp"

namespace defilada::show {
namespace {

using yaml::Entry;
using yaml::Tape;

bool text_is_readable(FileId file, std::string_view text, Diagnostics& diagnostics) {
  if (text.size() > kFileLimitBytes) {
    diagnostics.error("yaml.too-large", {file, 0, 0}, phrase("the file has {} bytes", text.size()),
                      phrase("at most {} bytes", kFileLimitBytes));
    return false;
  }
  const auto fault = yaml::text_fault(text);
  if (!fault) return true;
  const auto begin = static_cast<std::uint32_t>(fault->offset);
  const auto end = static_cast<std::uint32_t>(fault->offset + fault->bytes);
  diagnostics.error(std::string(fault->id), {file, begin, end}, fault->message, fault->expected);
  return false;
}

/// Reports keys that cannot be; gives the positions of those that are left out of the tree.
class Keys {
 public:
  Keys(const Tape& tape, Diagnostics& diagnostics) : tape_(tape), diagnostics_(diagnostics) {}

  std::unordered_set<std::size_t> left_out() && {
    for (std::size_t i = 0; i < tape_.size(); ++i)
      if (tape_[i].kind == Entry::Kind::mapping) check_mapping(i);
    return std::move(left_out_);
  }

 private:
  void check_mapping(std::size_t mapping) {
    std::map<std::string_view, Span> first;  // ordered: no text can make it slow
    const std::size_t end = mapping + tape_[mapping].size;
    for (std::size_t key = mapping + 1; key < end; key = after_value(key)) {
      if (!check_key(tape_[key])) {
        left_out_.insert(key);
        continue;
      }
      const auto [found, fresh] = first.try_emplace(tape_[key].text, tape_[key].span);
      if (fresh) continue;
      left_out_.insert(key);
      diagnostics_
          .error("yaml.duplicate-key", tape_[key].span,
                 phrase("the key '{}' is there twice", tape_[key].text))
          .notes.push_back({phrase("it is first written here"), found->second});
    }
  }

  [[nodiscard]] std::size_t after_value(std::size_t key) const {
    const std::size_t value = key + tape_[key].size;
    return value + tape_[value].size;
  }

  bool check_key(const Entry& key) {
    if (key.kind != Entry::Kind::scalar) {
      diagnostics_.error("yaml.key-not-scalar", key.span,
                         key.kind == Entry::Kind::alias
                             ? phrase("an alias cannot be a key")
                             : phrase("a list or mapping cannot be a key"),
                         phrase("a text"));
      return false;
    }
    if (key.text == "<<" && !key.quoted) {
      diagnostics_.error("yaml.merge-key", key.span, phrase("'<<' does not merge mappings here"),
                         phrase("'like: NAME' in a contingent, or 'defaults:' for a whole order"));
      return false;
    }
    if (key.text.empty()) {
      diagnostics_.error("yaml.empty-key", key.span, phrase("a key is empty"),
                         phrase("'KEY: VALUE'"));
      return false;
    }
    return true;
  }

  const Tape& tape_;
  Diagnostics& diagnostics_;
  std::unordered_set<std::size_t> left_out_;
};

/// Unfolds the tape. Recursion is as deep as the tree, which the tape's reader keeps below
/// kDepthLimit.
class Builder {
 public:
  Builder(const Tape& tape, std::unordered_set<std::size_t> left_out)
      : tape_(tape), left_out_(std::move(left_out)) {}

  [[nodiscard]] Node build(std::size_t index) const {
    const Entry& entry = tape_[index];
    if (entry.kind == Entry::Kind::alias) return build(entry.target);
    Node node;
    node.span = entry.span;
    node.text = entry.text;
    node.quoted = entry.quoted;
    const std::size_t end = index + entry.size;
    if (entry.kind == Entry::Kind::sequence) {
      node.type = Node::Type::sequence;
      for (std::size_t item = index + 1; item < end; item += tape_[item].size)
        node.items.push_back(build(item));
    } else if (entry.kind == Entry::Kind::mapping) {
      node.type = Node::Type::mapping;
      for (std::size_t key = index + 1; key < end;) {
        const std::size_t value = key + tape_[key].size;
        if (!left_out_.contains(key))
          node.members.push_back({tape_[key].text, tape_[key].span, build(value)});
        key = value + tape_[value].size;
      }
    }
    return node;
  }

 private:
  const Tape& tape_;
  std::unordered_set<std::size_t> left_out_;
};

}  // namespace

Node read_yaml(FileId file, const Sources& sources, Diagnostics& diagnostics) {
  Node nothing;
  nothing.type = Node::Type::mapping;
  const std::string_view text = sources.text(file);
  if (!text_is_readable(file, text, diagnostics)) return nothing;
  const auto tape = yaml::read_tape(file, text, diagnostics);
  if (!tape) return nothing;
  return Builder(*tape, Keys(*tape, diagnostics).left_out()).build(0);
}

}  // namespace defilada::show
