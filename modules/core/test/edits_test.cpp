// SPDX-License-Identifier: MIT
#include "defilada/core/edits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace defilada {
namespace {

Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) {
  return {{FileId{0}, begin, end}, std::move(text)};
}

TEST(Edits, ReplaceDeleteAndInsertAtOnce) {
  EXPECT_EQ(edited("lasts: 8 min, at: 10:00", {edit(18, 23, "11:00"), edit(7, 12, "6 min")}),
            "lasts: 6 min, at: 11:00");
  EXPECT_EQ(edited("abc", {edit(3, 3, "d"), edit(0, 1, "")}), "bcd");
  EXPECT_EQ(edited("abc", {}), "abc");
}

TEST(Edits, TheSameTwiceCountsOnce) {
  EXPECT_EQ(edited("abc", {edit(1, 1, "x"), edit(1, 1, "x")}), "axbc");
}

TEST(Edits, OverlapWhenTheyShareAByteOrAPlace) {
  EXPECT_TRUE(overlaps(edit(0, 4, "x"), edit(3, 5, "y")));
  EXPECT_TRUE(overlaps(edit(2, 2, "x"), edit(2, 2, "y")));
  EXPECT_TRUE(overlaps(edit(0, 4, "x"), edit(2, 2, "y")));
  EXPECT_FALSE(overlaps(edit(0, 4, "x"), edit(4, 4, "y")));
  EXPECT_FALSE(overlaps(edit(0, 4, "x"), edit(0, 4, "x")));
  Edit elsewhere = edit(0, 4, "y");
  elsewhere.span.file = FileId{1};
  EXPECT_FALSE(overlaps(edit(0, 4, "x"), elsewhere));
}

/// Random edits that do not overlap, applied together and one by one from the back.
TEST(Edits, TogetherEqualOneByOneFromTheBack) {
  std::mt19937 random(20250903);
  const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
  for (int round = 0; round < 2000; ++round) {
    std::string text(below(40), '.');
    for (char& c : text) c = static_cast<char>('a' + below(26));
    std::vector<Edit> edits;
    for (std::uint32_t n = below(6); n > 0; --n) {
      const std::uint32_t begin = below(text.size() + 1);
      const std::uint32_t length = below(std::min<std::size_t>(5, text.size() - begin + 1));
      const Edit next = edit(begin, begin + length, std::string(below(3), 'X'));
      const bool fits = std::none_of(edits.begin(), edits.end(), [&](const Edit& each) {
        return overlaps(each, next) || same(each, next);
      });
      if (fits) edits.push_back(next);
    }
    const std::string together = edited(text, edits);
    std::reverse(edits.begin(), edits.end());
    EXPECT_EQ(edited(text, edits), together);
    std::sort(edits.begin(), edits.end(),
              [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
    for (const Edit& each : edits) {
      text.replace(each.span.begin, each.span.end - each.span.begin, each.text);
    }
    EXPECT_EQ(together, text);
  }
}

}  // namespace
}  // namespace defilada
