// SPDX-License-Identifier: MIT
#include "defilada/core/suggest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "defilada/core/random.hpp"

namespace defilada {
namespace {

/// The definition, word for word: exponential, so for short words only.
std::size_t recursive_distance(std::string_view a, std::string_view b) {
  if (a.empty()) return b.size();
  if (b.empty()) return a.size();
  const std::string_view a1 = a.substr(1);
  const std::string_view b1 = b.substr(1);
  std::size_t best = std::min({recursive_distance(a1, b) + 1, recursive_distance(a, b1) + 1,
                               recursive_distance(a1, b1) + (a[0] == b[0] ? 0U : 1U)});
  if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0]) {
    best = std::min(best, recursive_distance(a.substr(2), b.substr(2)) + 1);
  }
  return best;
}

std::string random_word(Random& random, std::uint32_t longest) {
  std::string word;
  for (std::uint32_t n = random.below(longest + 1); n > 0; --n) {
    word += static_cast<char>('a' + random.below(3));
  }
  return word;
}

TEST(EditDistance, AgreesWithTheRecursiveDefinition) {
  for (std::uint32_t run = 0; run < 3000; ++run) {
    Random random(3, run, 0);
    const std::string a = random_word(random, 6);
    const std::string b = random_word(random, 6);
    ASSERT_EQ(edit_distance(a, b), recursive_distance(a, b)) << a << " " << b;
    ASSERT_EQ(edit_distance(a, b), edit_distance(b, a)) << a << " " << b;
  }
}

TEST(EditDistance, SharpExamples) {
  EXPECT_EQ(edit_distance("catence", "cadence"), 1U);
  EXPECT_EQ(edit_distance("hedaway", "headway"), 1U);  // neighbours swapped
  EXPECT_EQ(edit_distance("NAVY", "navy"), 0U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // optimal string alignment: no second edit of a swap
}

TEST(Nearest, TakesTheNearestWithinAThirdOfTheWord) {
  const std::vector<std::string> keys{"pace", "cadence", "speed", "headway"};
  EXPECT_EQ(nearest("catence", keys), "cadence");
  EXPECT_EQ(nearest("speeed", keys), "speed");
  EXPECT_EQ(nearest("pcae", keys), "pace");
  EXPECT_EQ(nearest("elephant", keys), "");
  EXPECT_EQ(nearest("paxxe", keys), "");  // two edits in five letters
  EXPECT_EQ(nearest("", keys), "");
  EXPECT_EQ(nearest(std::string(101, 'a'), std::vector<std::string>{std::string(101, 'a')}), "");
}

TEST(Nearest, TiesGoToTheEarlierCandidate) {
  EXPECT_EQ(nearest("flag x", std::vector<std::string>{"flag b", "flag a"}), "flag b");
  EXPECT_EQ(nearest("flag a", std::vector<std::string>{"flag b", "flag a"}), "flag a");
}

TEST(Nearest, AgreesWithALookAtEveryCandidate) {
  for (std::uint32_t run = 0; run < 2000; ++run) {
    Random random(4, run, 0);
    const std::string word = random_word(random, 7);
    std::vector<std::string> candidates(5);
    for (std::string& candidate : candidates) candidate = random_word(random, 7);
    std::string want;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
      const std::size_t distance = recursive_distance(word, candidate);
      if (word.empty() || candidate.empty() || distance >= least) continue;
      least = distance;
      want = candidate;
    }
    ASSERT_EQ(nearest(word, candidates), want) << word;
  }
}

}  // namespace
}  // namespace defilada
