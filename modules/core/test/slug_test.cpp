// SPDX-License-Identifier: MIT
#include "defilada/core/slug.hpp"

#include <gtest/gtest.h>

#include <set>

#include "defilada/core/random.hpp"

namespace defilada {
namespace {

TEST(Slug, SharpExamples) {
  EXPECT_EQ(slug("Guard of Honour"), "guard-of-honour");
  EXPECT_EQ(slug("  Żołnierze (1. rząd) "), "zolnierze-1-rzad");
  EXPECT_EQ(slug("DF-31BJ"), "df-31bj");
  EXPECT_EQ(slug("Straße – Ærø"), "strasse-aero");
  EXPECT_EQ(slug("Парад Победы"), "parad-pobedy");
  EXPECT_EQ(slug("Ε. Ζώνη"), "e-zoni");
  EXPECT_EQ(slug("Đội danh dự"), "doi-danh-du");
  EXPECT_EQ(slug("e\xCC\x81t\xC3\xA9"), "ete") << "a combining acute and a composed one";
}

TEST(Slug, LostLettersLeaveAHashSoThatNamesStayApart) {
  EXPECT_EQ(slug("徒步方队"), "156a2cf6");
  EXPECT_NE(slug("徒步方队"), slug("装备方队"));
  EXPECT_EQ(slug("Type 99 坦克").substr(0, 8), "type-99-");
  EXPECT_NE(slug("\xFF"), slug("\xFE"));
  EXPECT_FALSE(slug("").empty());
  EXPECT_FALSE(slug("!!!").empty());
}

/// [a-z0-9]+(-[a-z0-9]+)*
bool is_word_of_the_grammar(std::string_view id) {
  bool after_letter = false;
  for (const char c : id) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && (c != '-' || !after_letter)) return false;
    after_letter = letter;
  }
  return after_letter;
}

TEST(Slug, IsAWordOfTheGrammarAndItsOwnSlug) {
  static const std::string kAlphabet[] = {"a", "Z",    "7",        " ", "-", "Ł", "队",
                                          "é", "\xFF", "\xE2\x80", "ь", "×", "–", "\n"};
  for (std::uint32_t run = 0; run < 3000; ++run) {
    Random random(8, run, 0);
    std::string name;
    for (std::uint32_t n = random.below(12); n > 0; --n) name += kAlphabet[random.below(14)];
    const std::string id = slug(name);
    ASSERT_TRUE(is_word_of_the_grammar(id)) << name << " -> " << id;
    ASSERT_EQ(slug(id), id);
  }
}

TEST(Slugs, AreAllDifferent) {
  Slugs slugs;
  EXPECT_EQ(slugs.add("Army"), "army");
  EXPECT_EQ(slugs.add("army"), "army-2");
  EXPECT_EQ(slugs.add("Army 2"), "army-2-2");
  EXPECT_EQ(slugs.add("ARMY"), "army-3");
  std::set<std::string> seen;
  Slugs many;
  Random random(9, 0, 0);
  for (int i = 0; i < 5000; ++i) {
    const std::string name = "a " + std::to_string(random.below(4)) +
                             (random.below(2) == 0 ? "" : " " + std::to_string(random.below(9)));
    ASSERT_TRUE(seen.insert(many.add(name)).second) << name;
  }
}

}  // namespace
}  // namespace defilada
