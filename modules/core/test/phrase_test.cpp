// SPDX-License-Identifier: MIT
#include "defilada/core/phrase.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace defilada {
namespace {

TEST(Phrase, SaysInEnglishWhatFmtWouldSay) {
  const std::string name = "army";
  EXPECT_EQ(phrase("{} is {:.1f} m {:>4} wide: {:g}, {{}}", name, 2.25, 7, 0.5).english(),
            fmt::format("{} is {:.1f} m {:>4} wide: {:g}, {{}}", name, 2.25, 7, 0.5));
  EXPECT_EQ(phrase("{1} before {0}, {1}", "a", std::string_view("b")), "b before a, b");
  EXPECT_EQ(phrase("{:02}:{:02}", 9, 5), "09:05");
  EXPECT_EQ(phrase("{} or {}; {}", Count{1234567}, Count{-999}, Measure{"1.5 m"}),
            "1\u202F234\u202F567 or -999; 1.5 m");
  EXPECT_EQ(phrase("{} {} {}", Count{1000}, Count{9999}, Count{-10000}), "1000 9999 -10\u202F000");
}

TEST(Phrase, KeepsWhatStandsInIt) {
  const Phrase all = phrase("{} waits: {}", "navy", phrase("{:.1f} m short", 12.5));
  EXPECT_EQ(all, "navy waits: 12.5 m short");
  EXPECT_EQ(all.pattern(), "{} waits: {}");
  ASSERT_EQ(all.arguments().size(), 2U);
  const auto& part = std::get<Phrase>(all.arguments()[1].value());
  EXPECT_EQ(part.pattern(), "{:.1f} m short");
  EXPECT_EQ(part.arguments()[0].shown(), "12.5");
}

TEST(Phrase, OneAfterAnother) {
  Phrase both = phrase("one");
  both += phrase("; {} more", 2);
  EXPECT_EQ(both, "one; 2 more");
  EXPECT_EQ(std::get<Phrase>(both.arguments()[1].value()).pattern(), "; {} more");
  Phrase none;
  none += both;
  EXPECT_EQ(none, both);
  EXPECT_EQ(Phrase::joined({phrase("a"), phrase("b"), phrase("c")}, ", "), "a, b, c");
  EXPECT_TRUE(Phrase::joined({}, ", ").empty());
}

TEST(Phrase, ReplacesWhatIsVerbatimAlone) {
  const Phrase said = phrase("cannot write '{}': {}", "/tmp/x/a", phrase("tmp is full"));
  EXPECT_EQ(said.replaced("/tmp/x", "out"), "cannot write 'out/a': tmp is full");
  EXPECT_EQ(Phrase::verbatim("aaa").replaced("a", "aa"), "aaaaaa");
}

TEST(Phrase, SystemReasonsAreThoseOfTheSystem) {
  for (const int number :
       {EACCES, EDQUOT, EEXIST,  EFBIG,     EIO,   EISDIR, ELOOP, EMFILE, ENAMETOOLONG, ENOENT,
        ENOMEM, ENOSPC, ENOTDIR, ENOTEMPTY, EPERM, EROFS,  EXDEV, EBADF,  EPIPE,        ENXIO}) {
    EXPECT_EQ(system_reason(number), std::generic_category().message(number));
  }
}

}  // namespace
}  // namespace defilada
