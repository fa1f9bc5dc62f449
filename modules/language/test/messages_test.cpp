// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "defilada/language/words.hpp"

namespace defilada::language {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

TEST(Messages, have_a_text_in_each_language_that_is_sound) {
  for (const MessageText& message : all_messages()) {
    for (const std::string_view pattern : message.patterns) {
      EXPECT_FALSE(pattern.empty()) << message.id;
      EXPECT_EQ(anatomy(pattern).error, "") << message.id << ": " << pattern;
    }
  }
}

TEST(Messages, name_the_same_arguments_in_each_language) {
  for (const MessageText& message : all_messages()) {
    const std::vector<std::string> english = anatomy(message.patterns[0]).arguments;
    for (const std::string_view pattern : message.patterns) {
      EXPECT_THAT(anatomy(pattern).arguments, UnorderedElementsAreArray(english)) << message.id;
    }
  }
}

/// Names, not the numbers that fmt and ICU know as well: a translator shall see what stands there.
TEST(Messages, call_their_arguments_by_name) {
  for (const MessageText& message : all_messages()) {
    for (const std::string& name : anatomy(message.patterns[0]).arguments) {
      EXPECT_TRUE(name.front() >= 'a' && name.front() <= 'z') << message.id << ": " << name;
    }
  }
}

TEST(Messages, have_each_plural_form_of_the_language) {
  std::size_t choices = 0;
  for (const MessageText& message : all_messages()) {
    for (std::size_t i = 0; i < kLanguages.size(); ++i) {
      const std::vector<std::string> wanted = plural_categories(kLanguages[i]);
      for (std::vector<std::string> given : anatomy(message.patterns[i]).categories) {
        std::erase_if(given, [](const std::string& word) { return word.front() == '='; });
        std::sort(given.begin(), given.end());
        EXPECT_THAT(given, ElementsAreArray(wanted)) << message.id << " in " << kLanguages[i];
        ++choices;
      }
    }
  }
  EXPECT_GT(choices, 20U);
}

TEST(Messages, have_ids_of_their_own) {
  std::set<std::string_view> ids;
  for (const MessageText& message : all_messages()) {
    EXPECT_TRUE(ids.insert(message.id).second) << message.id;
  }
}

TEST(Anatomy, tells_what_a_message_asks_for) {
  const Anatomy told = anatomy("{who}: {n, plural, =0 {none} one {# of {all}} other {#}}");
  EXPECT_THAT(told.arguments, ElementsAreArray({"who", "n", "all"}));
  EXPECT_THAT(told.plural_over, ElementsAreArray({"n"}));
  ASSERT_EQ(told.categories.size(), 1U);
  EXPECT_THAT(told.categories[0], ElementsAreArray({"=0", "one", "other"}));
}

TEST(Anatomy, names_what_is_wrong_with_a_message) {
  EXPECT_THAT(anatomy("{who").error, ::testing::Not(IsEmpty()));
  EXPECT_THAT(anatomy("{n, plural, one {#}}").error, ::testing::Not(IsEmpty()));
}

TEST(PluralCategories, are_those_of_cldr) {
  EXPECT_THAT(plural_categories("en"), ElementsAreArray({"one", "other"}));
  EXPECT_THAT(plural_categories("pl"), ElementsAreArray({"few", "many", "one", "other"}));
}

}  // namespace
}  // namespace defilada::language
