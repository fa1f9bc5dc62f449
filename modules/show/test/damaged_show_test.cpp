// SPDX-License-Identifier: MIT
// A good show with something wrong in it either reads, or says at a known place why not.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "show_reading.hpp"

namespace defilada::show {
namespace {

using namespace testing_support;

bool is_a_place(Span span, const Sources& sources) {
  return span.known() && span.begin <= span.end && span.end <= sources.text(span.file).size();
}

/// The law; the damaged text is shown when it does not hold.
void reads_or_says_why(const std::string& text) {
  const ShowReading reading(text);
  const auto& all = reading.diagnostics.all();
  ASSERT_EQ(reading.show.has_value(), !reading.diagnostics.has_errors()) << text;
  for (const Diagnostic& each : all) {
    ASSERT_TRUE(is_a_place(each.span, reading.sources)) << each.message << '\n' << text;
    for (const Diagnostic::Note& note : each.notes) {
      ASSERT_TRUE(is_a_place(note.span, reading.sources)) << note.message << '\n' << text;
    }
  }
}

TEST(DamagedShow, LosesACharacter) {
  const std::string good = good_show();
  std::mt19937 random(20250903);
  for (int i = 0; i < 600; ++i) {
    std::string text = good;
    text.erase(random() % text.size(), 1);
    reads_or_says_why(text);
  }
}

TEST(DamagedShow, GainsACharacter) {
  const std::string good = good_show();
  const std::string odd = " :,-{}[]'\"\n#&*!|>%@`?0a9\t\xC3";
  std::mt19937 random(20260503);
  for (int i = 0; i < 600; ++i) {
    std::string text = good;
    text.insert(random() % text.size(), 1, odd[random() % odd.size()]);
    reads_or_says_why(text);
  }
}

/// Words are what references and quantities are made of: swapping two keeps the YAML, mostly.
TEST(DamagedShow, HasTwoWordsExchanged) {
  const std::string good = good_show();
  std::vector<std::pair<std::size_t, std::size_t>> words;
  const std::string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
  for (std::size_t at = good.find_first_of(letters); at != std::string::npos;) {
    const std::size_t end = std::min(good.find_first_not_of(letters, at), good.size());
    words.emplace_back(at, end - at);
    at = good.find_first_of(letters, end);
  }
  std::mt19937 random(20250904);
  for (int i = 0; i < 800; ++i) {
    auto a = words[random() % words.size()];
    auto b = words[random() % words.size()];
    if (a.first > b.first) std::swap(a, b);
    if (a.first == b.first) continue;
    std::string text = good;
    text.replace(b.first, b.second, good, a.first, a.second);
    text.replace(a.first, a.second, good, b.first, b.second);
    reads_or_says_why(text);
  }
}

TEST(DamagedShow, LosesALine) {
  const std::string good = good_show();
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 0; i + 1 < good.size(); ++i) {
    if (good[i] == '\n') starts.push_back(i + 1);
  }
  for (const std::size_t start : starts) {
    std::string text = good;
    text.erase(start, good.find('\n', start) + 1 - start);
    reads_or_says_why(text);
  }
}

TEST(DamagedShow, IsToldOfFromTheTop) {
  // The same show twice gives the same words: nothing depends on addresses or order of hashing.
  std::string text = good_show();
  for (const std::string name : {"gate", "army", "walker"}) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 8)) {
      if (at % 3 == 0) text.insert(at + 1, "x");
    }
  }
  const ShowReading once(text);
  const ShowReading twice(text);
  EXPECT_FALSE(once.show);
  EXPECT_EQ(once.told, twice.told);
}

}  // namespace
}  // namespace defilada::show
