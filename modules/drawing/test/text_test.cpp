// SPDX-License-Identifier: MIT
#include "defilada/drawing/text.hpp"

#include <gmock/gmock.h>

#include <random>

namespace defilada::drawing {
namespace {

std::string random_bytes(std::mt19937_64& random) {
  std::string bytes(random() % 40, ' ');
  for (char& c : bytes) c = static_cast<char>(random());
  return bytes;
}

TEST(CleanText, keeps_letters_of_every_script) {
  for (const std::string text :
       {"plain", "Święto ąęśćłóżź", "徒步方队", "قوات الدفاع", "🎺 80 000"}) {
    EXPECT_EQ(clean_text(text), text);
  }
}

TEST(CleanText, replaces_what_would_not_print_or_would_turn_the_line) {
  EXPECT_EQ(clean_text("a\x01"
                       "b"),
            "a\uFFFDb");
  EXPECT_EQ(clean_text("a\xFF"
                       "b"),
            "a\uFFFDb");
  EXPECT_EQ(clean_text("a\u202E"
                       "b"),
            "a\uFFFDb");
  EXPECT_EQ(clean_text("a\u2066"
                       "b"),
            "a\uFFFDb");
  EXPECT_EQ(clean_text("\uFFFE"), "\uFFFD");
  EXPECT_EQ(clean_text("a\nb\tc"), "a b c");
  EXPECT_EQ(clean_text("\xC0\xAF"), "\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(clean_text("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "surrogate";
}

TEST(CleanText, is_idempotent_on_any_bytes) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string once = clean_text(random_bytes(random));
    EXPECT_EQ(clean_text(once), once);
  }
}

TEST(Escape, leaves_nothing_that_opens_a_tag_or_ends_a_quote) {
  EXPECT_EQ(escape("<b a=\"1\" c='2'>&amp;"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
  std::mt19937_64 random(8);
  for (int i = 0; i < 2000; ++i) {
    EXPECT_THAT(escape(random_bytes(random)), testing::Not(testing::ContainsRegex("[<>\"']")));
  }
}

TEST(FormatMm, has_two_decimals_and_no_more) {
  EXPECT_EQ(format_mm(0), "0");
  EXPECT_EQ(format_mm(-0.001), "0");
  EXPECT_EQ(format_mm(12.5), "12.5");
  EXPECT_EQ(format_mm(-0.25), "-0.25");
  EXPECT_EQ(format_mm(3.005000001), "3.01");
  EXPECT_EQ(format_mm(100), "100");
  EXPECT_EQ(format_mm(0.05), "0.05");
  std::mt19937_64 random(9);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::uniform_real_distribution(-1e5, 1e5)(random);
    EXPECT_NEAR(std::stod(format_mm(value)), value, 0.00501);
  }
}

TEST(SafeHref, allows_places_in_the_page_and_web_addresses_only) {
  for (const char* good : {"#card-army", "http://example.org/", "https://example.org/a?b=1&c=2"}) {
    EXPECT_TRUE(safe_href(good)) << good;
  }
  for (const char* bad :
       {"", "javascript:alert(1)", " https://a", "data:text/html,x", "https://a b", "https://a\"b",
        "https://a'b", "https://a\\b", "https://a<b", "//a", "HTTP:x"}) {
    EXPECT_FALSE(safe_href(bad)) << bad;
  }
}

}  // namespace
}  // namespace defilada::drawing
