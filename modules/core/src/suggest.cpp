// SPDX-License-Identifier: MIT
#include "defilada/core/suggest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace defilada {
namespace {

constexpr std::size_t kLongestWord = 100;

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;
  for (const char c : text) {
    const bool part = c != ' ' && c != '-' && c != '_' && c != '/' && c != '.';
    if (part && !inside) words.emplace_back();
    if (part) words.back() += lower(c);
    inside = part;
  }
  return words;
}

/// Whether the words of one are among those of the other, in their order; a word may be cut.
bool are_among(const std::vector<std::string>& words, const std::vector<std::string>& others) {
  std::size_t at = 0;
  for (const std::string& word : words) {
    while (at < others.size() && !others[at].starts_with(word)) ++at;
    if (at++ == others.size()) return false;
  }
  return true;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the table: row i needs i - 1 for an edit and i - 2 for a swap of neighbours.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1,
                             previous[j - 1] + (same ? std::size_t{0} : std::size_t{1})});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const std::string* best = nullptr;
  std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
  for (const std::string& candidate : candidates) {
    if (candidate.empty()) continue;
    const std::size_t gap = candidate.size() > word.size() ? candidate.size() - word.size()
                                                           : word.size() - candidate.size();
    if (gap > limit) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance > limit || (best != nullptr && distance == limit)) continue;
    best = &candidate;
    limit = distance;
  }
  if (best != nullptr) return *best;
  const std::vector<std::string> words = words_of(word);
  if (words.size() < 2) return {};
  const auto longer =
      std::find_if(candidates.begin(), candidates.end(), [&](const std::string& candidate) {
        return candidate.size() <= kLongestWord && are_among(words, words_of(candidate));
      });
  return longer == candidates.end() ? std::string{} : *longer;
}

}  // namespace defilada
