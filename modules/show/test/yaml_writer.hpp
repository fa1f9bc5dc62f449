// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "node.hpp"

namespace defilada::show {

/// Writes a random document and remembers where each node was written: an oracle for every span.
/// Keys, block and flow collections, plain, quoted and block scalars, comments, blank lines, a byte
/// order mark, characters of one to four bytes.
class YamlWriter {
 public:
  explicit YamlWriter(std::uint64_t seed);
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const Node& root() const { return root_; }

 private:
  bool one_in(std::uint64_t n) { return random_() % n == 0; }
  std::string word();
  void filler(const std::string& indent);
  Node scalar(bool flow);
  Node flow(int depth);
  Node::Member key(int number);
  Node block_mapping(const std::string& indent, int depth);
  Node block_sequence(const std::string& indent, int depth);
  /// What stands behind "key:" or "-", up to the beginning of the next line.
  Node block_value(const std::string& indent, int depth);
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(text_.size()); }

  std::mt19937_64 random_;
  std::string text_;
  Node root_;
};

}  // namespace defilada::show
