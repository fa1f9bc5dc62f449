// SPDX-License-Identifier: MIT
#include "defilada/playback/page.hpp"

#include <gmock/gmock.h>

#include "decode.hpp"
#include "defilada/playback/encode.hpp"
#include "fixture.hpp"

namespace defilada::playback {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kTemplate =
    "<html lang=\"@DEFILADA_LANGUAGE@\"><title>@DEFILADA_TITLE@</title><b>@DEFILADA_DATA@</b>";

TEST(Page, EveryLengthComesBack) {
  std::string bytes;
  for (int length = 0; length < 70; ++length) {
    EXPECT_EQ(unpacked(deflate_base64(bytes).value()), bytes) << length;
    bytes += static_cast<char>(length * 37);
  }
}

TEST(Page, WhatIsFilledInIsNeitherMarkupNorSearchedAgain) {
  EXPECT_EQ(
      fill(kTemplate, "</title><script>\"&@DEFILADA_DATA@", "pl", "AAAA"),
      "<html lang=\"pl\"><title>&lt;/title&gt;&lt;script&gt;&quot;&amp;@DEFILADA_DATA@</title>"
      "<b>AAAA</b>");
}

TEST(Page, HoldsThePlayerAndTheData) {
  if (!player_is_built()) GTEST_SKIP() << "this build has no player";
  const auto& [show, plan] = fixture::planned("shows/first-steps");
  const std::string page = playback::page(show, plan, "pl").value();
  EXPECT_THAT(page, HasSubstr("<html lang=\"pl\">"));
  EXPECT_THAT(page, HasSubstr("<title>Pierwsze kroki</title>"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(page, Not(HasSubstr("@DEFILADA_")));
  constexpr std::string_view kOpens = "type=\"application/octet-stream\">";
  const std::size_t begin = page.find(kOpens) + kOpens.size();
  const std::size_t end = page.find("</script>", begin);
  EXPECT_EQ(unpacked(std::string_view(page).substr(begin, end - begin)), encode(show, plan, "pl"));
  EXPECT_EQ(page, playback::page(show, plan, "pl").value());
}

TEST(Page, BeijingCanBeMailed) {
  if (!player_is_built()) GTEST_SKIP() << "this build has no player";
  const auto& [show, plan] = fixture::planned("shows/beijing-2025");
  EXPECT_LT(playback::page(show, plan, "en").value().size(), 8'000'000U);
}

}  // namespace
}  // namespace defilada::playback
