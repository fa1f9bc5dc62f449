// SPDX-License-Identifier: MIT
#include "cue_words.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "defilada/core/suggest.hpp"

namespace defilada::show {
namespace {

using Passes = CueRef::Passes;

/// What people write for a verb of the grammar.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kSynonyms{{
    {"cross", "crosses"},
    {"passes", "crosses"},
    {"pass", "crosses"},
    {"reaches", "crosses"},
    {"at", "crosses"},
    {"enters", "crosses"},
    {"clear", "clears"},
    {"leaves", "clears"},
    {"overhead", "over"},
    {"above", "over"},
    {"overflies", "over"},
}};

}  // namespace

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  constexpr std::string_view kBlanks = " \t\r\n";
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    words.push_back({text.substr(at, end - at), at});
    at = text.find_first_not_of(kBlanks, end);
  }
  return words;
}

std::optional<Passes> passes_of(std::string_view word) {
  if (word == "crosses") return Passes::crosses;
  if (word == "clears") return Passes::clears;
  if (word == "over") return Passes::over;
  return std::nullopt;
}

std::string meant_verb(std::string_view word) {
  for (const auto& [said, meant] : kSynonyms) {
    if (word == said) return std::string(meant);
  }
  static const std::array<std::string, 3> kCandidates{"crosses", "clears", "over"};
  return word.size() < 4 ? std::string{} : nearest(word, kCandidates);
}

std::optional<int> rank_number(std::string_view word) {
  int rank = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), rank);
  if (fault != std::errc() || end != word.data() + word.size() || rank < 1) return std::nullopt;
  return rank;
}

}  // namespace defilada::show
