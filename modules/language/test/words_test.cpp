// SPDX-License-Identifier: MIT
#include "defilada/language/words.hpp"

#include <gmock/gmock.h>

#include <thread>

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
  EXPECT_EQ(vehicles(12'000), "12\u00A0000 pojazdów");
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

TEST(Words, group_numbers_as_the_language_does) {
  EXPECT_EQ(kEnglish.number(4557), "4,557");
  EXPECT_EQ(kPolish.number(4557), "4557");
  EXPECT_EQ(kEnglish.number(12'000), "12,000");
  EXPECT_EQ(kPolish.number(12'000), "12\u00A0000");
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
