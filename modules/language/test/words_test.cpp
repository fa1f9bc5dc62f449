// SPDX-License-Identifier: MIT
#include "defilada/language/words.hpp"

#include <gmock/gmock.h>

#include <thread>
#include <utility>
#include <vector>

namespace defilada::language {
namespace {

const Words kEnglish("en");
const Words kPolish("pl");

TEST(Words, fill_arguments_in_by_name_wherever_they_stand) {
  EXPECT_EQ(kEnglish(Msg::over_wanted, "3 s", "70 min"), "3 s longer than wanted (70 min).");
  EXPECT_EQ(kPolish(Msg::over_wanted, "3 s", "70 min"), "O 3 s dłużej, niż zakładano (70 min).");
  EXPECT_EQ(kEnglish(Msg::page_of, 7, 12), "page 7 of 12");
}

TEST(Words, leave_what_people_wrote_as_it_is) {
  EXPECT_EQ(kEnglish(Msg::map_detail_title, "{page} 'x' {0} #"), "Map around {page} 'x' {0} #");
  EXPECT_EQ(kPolish.counted(Msg::n_people, 7, "7 {n} '<b>' #"), "7 {n} '<b>' # osób");
}

TEST(Words, choose_the_form_that_goes_with_a_count) {
  EXPECT_EQ(kEnglish.counted(Msg::n_people, 1, "1"), "1 person");
  EXPECT_EQ(kEnglish.counted(Msg::n_people, 0, "0"), "0 people");
  const auto vehicles = [](std::int64_t n) {
    return kPolish.counted(Msg::n_vehicles, n, kPolish.number(n));
  };
  EXPECT_EQ(vehicles(0), "0 pojazdów");
  EXPECT_EQ(vehicles(1), "1 pojazd");
  EXPECT_EQ(vehicles(2), "2 pojazdy");
  EXPECT_EQ(vehicles(5), "5 pojazdów");
  EXPECT_EQ(vehicles(12), "12 pojazdów");
  EXPECT_EQ(vehicles(22), "22 pojazdy");
  EXPECT_EQ(vehicles(101), "101 pojazdów");
  EXPECT_EQ(vehicles(12'000), "12\u202F000 pojazdów");
}

TEST(Words, speak_english_for_who_has_no_words) {
  EXPECT_EQ(Words("xx")(Msg::programme), kEnglish(Msg::programme));
  EXPECT_EQ(Words("")(Msg::programme), kEnglish(Msg::programme));
  EXPECT_EQ(Words("plx")(Msg::programme), kEnglish(Msg::programme));
}

TEST(Words, know_a_language_by_its_locale) {
  EXPECT_EQ(Words("pl_PL.UTF-8")(Msg::no), "nie");
  EXPECT_EQ(Words("pl-PL")(Msg::no), "nie");
}

/// By the SI brochure, 5.4.4, in both languages and however a number comes into a text: from five
/// digits on.
TEST(Words, group_numbers_alike_wherever_they_stand) {
  for (const auto& [n, text] :
       std::vector<std::pair<std::int64_t, std::string>>{{0, "0"},
                                                         {999, "999"},
                                                         {1000, "1000"},
                                                         {4557, "4557"},
                                                         {9999, "9999"},
                                                         {10'000, "10\u202F000"},
                                                         {52'000, "52\u202F000"},
                                                         {1'234'567, "1\u202F234\u202F567"}}) {
    for (const Words& words : {kEnglish, kPolish}) {
      EXPECT_EQ(words.number(n), text);
      EXPECT_EQ(words.number(-n), n == 0 ? "0" : "\u2212" + text);
      EXPECT_THAT(words.counted(Msg::n_vehicles, n, words.number(n)), testing::StartsWith(text));
      EXPECT_THAT(words(phrase("{} vehicles", Count{n})), testing::StartsWith(text + " "));
    }
  }
}

TEST(Words, group_what_a_plural_form_shows_and_no_decimals) {
  EXPECT_EQ(kPolish(phrase("{} errors", Count{22'000})), "22\u202F000 błędów");
  EXPECT_EQ(kPolish(phrase("{} vehicles", Count{1002})), "1002 pojazdy");
  EXPECT_EQ(kPolish(phrase("write {:.2f}", 1234.567)), "zapis 1234,57");
}

TEST(Words, write_decimals_and_shares) {
  EXPECT_EQ(kEnglish.decimal(0.75, 2), "0.75");
  EXPECT_EQ(kPolish.decimal(0.75, 2), "0,75");
  EXPECT_EQ(kPolish.decimal(12.04, 1), "12");
  EXPECT_EQ(kEnglish.decimal(-0.04, 1), "0");
  EXPECT_EQ(kPolish.fixed(1.4, 2), "1,40");
  EXPECT_EQ(kEnglish.percent(0.456), "46%");
  EXPECT_EQ(kPolish.percent(0.456), "46%");
}

TEST(Words, join_lists) {
  EXPECT_EQ(kEnglish.list({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(kPolish.list({"a", "b", "c"}), "a, b i c");
  EXPECT_EQ(kPolish.list({"a"}), "a");
  EXPECT_EQ(kPolish.list({}), "");
}

TEST(Words, inflect_the_month_of_a_day) {
  EXPECT_EQ(kEnglish.date({2025, 9, 3}, Msg::date_long), "Wednesday 3 September 2025");
  EXPECT_EQ(kPolish.date({2025, 9, 3}, Msg::date_long), "środa, 3 września 2025");
  EXPECT_EQ(kPolish.date({2024, 2, 29}, Msg::date_long), "czwartek, 29 lutego 2024");
  EXPECT_EQ(kEnglish.date({1900, 3, 1}, Msg::date_long), "Thursday 1 March 1900");
}

TEST(Words, may_be_shared_between_threads) {
  const auto talk = [] {
    for (int n = 0; n < 500; ++n) {
      EXPECT_EQ(kPolish.counted(Msg::n_drones, 5, std::to_string(n)),
                std::to_string(n) + " dronów");
    }
  };
  std::thread other(talk);
  talk();
  other.join();
}

}  // namespace
}  // namespace defilada::language
