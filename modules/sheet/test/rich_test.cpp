// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "defilada/sheet/document.hpp"

namespace defilada::sheet {
namespace {

TEST(Rich, makes_links_of_addresses_within_a_sentence) {
  const Rich rich = Rich().add_linked("Xinhua (https://example.org/a_(b)?c), also http://x.pl.");
  std::vector<std::string> links;
  std::string text;
  for (const sheet::Run& run : rich.runs()) {
    text += run.text;
    if (!run.href.empty()) links.push_back(run.href);
  }
  EXPECT_EQ(text, "Xinhua (https://example.org/a_(b)?c), also http://x.pl.");
  EXPECT_THAT(links, testing::ElementsAre("https://example.org/a_(b)?c", "http://x.pl"));
}

TEST(Rich, loses_no_text_whatever_stands_around_addresses) {
  std::mt19937_64 random(10);
  const std::vector<std::string> pieces{"http://", "https://", "a",  ".",  ")",
                                        " ",       "<",        "\"", "x/y"};
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (std::size_t n = random() % 8; n > 0; --n) text += pieces[random() % pieces.size()];
    std::string joined;
    const Rich rich = Rich().add_linked(text);
    for (const sheet::Run& run : rich.runs()) joined += run.text;
    EXPECT_EQ(joined, text);
  }
}

TEST(Rich, begins_a_line_only_after_something) {
  const Rich rich = Rich().line().add("a").line().add("b").add("c");
  ASSERT_EQ(rich.runs().size(), 3U);
  EXPECT_FALSE(rich.runs()[0].new_line);
  EXPECT_TRUE(rich.runs()[1].new_line);
  EXPECT_FALSE(rich.runs()[2].new_line);
}

}  // namespace
}  // namespace defilada::sheet
