// SPDX-License-Identifier: MIT
#include "defilada/core/source.hpp"

#include <gtest/gtest.h>

#include <string>

#include "defilada/core/random.hpp"

namespace defilada {
namespace {

/// Walks the text from its beginning, character by character.
Position counted(std::string_view text, std::size_t offset) {
  Position place{1, 0};
  std::size_t at = 0;
  while (true) {
    ++place.column;
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    if (at >= text.size() || offset < next) return place;
    if (text[at] == '\n') place = {place.line + 1, 0};
    at = next;
  }
}

std::string random_text(Random& random) {
  static const std::string kAlphabet[] = {"a", "\n", "\r\n", "\t", "ł", "队", "🎖", " "};
  std::string text;
  for (std::uint32_t n = random.below(40); n > 0; --n) text += kAlphabet[random.below(8)];
  return text;
}

TEST(Sources, PositionsAgreeWithANaiveCountAtEveryByte) {
  for (std::uint32_t run = 0; run < 500; ++run) {
    Random random(1, run, 0);
    Sources sources;
    sources.add("other", random_text(random));
    const std::string text = random_text(random);
    const FileId file = sources.add("show.yaml", text);
    for (std::uint32_t offset = 0; offset <= text.size() + 2; ++offset) {
      const Position got = sources.position(file, offset);
      const Position want = counted(text, offset);
      ASSERT_EQ(got.line, want.line) << "run " << run << " offset " << offset << "\n" << text;
      ASSERT_EQ(got.column, want.column) << "run " << run << " offset " << offset << "\n" << text;
    }
  }
}

TEST(Sources, LinesJoinedByTheirEndsGiveBackTheText) {
  for (std::uint32_t run = 0; run < 200; ++run) {
    Random random(2, run, 0);
    const std::string text = random_text(random);
    Sources sources;
    const FileId file = sources.add("show.yaml", text);
    std::string joined;
    for (std::uint32_t at = 0;;) {
      const std::string_view line = sources.line(file, at);
      ASSERT_EQ(line.find('\n'), std::string_view::npos);
      joined += line;
      at += static_cast<std::uint32_t>(line.size());
      const std::size_t end = text.find('\n', at);
      if (end == std::string::npos) break;
      joined += text.substr(at, end + 1 - at);
      at = static_cast<std::uint32_t>(end + 1);
    }
    ASSERT_EQ(joined, text) << "run " << run;
  }
}

TEST(Sources, AnOffsetAtALineFeedBelongsToTheLineThatItEnds) {
  Sources sources;
  const FileId file = sources.add("a", "one\r\ntwo\n");
  EXPECT_EQ(sources.line(file, 4), "one");
  EXPECT_EQ(sources.line(file, 5), "two");
  EXPECT_EQ(sources.line(file, 9), "");
  EXPECT_EQ(sources.line(file, 1000), "");
  EXPECT_EQ(sources.position(file, 1000).line, 3);
}

TEST(Sources, AnEmptyFileHasOneEmptyLine) {
  Sources sources;
  const FileId file = sources.add("empty", "");
  EXPECT_EQ(sources.where({file, 0, 0}), "empty:1:1");
  EXPECT_EQ(sources.line(file, 0), "");
}

TEST(Sources, SpansAreCutToTheText) {
  Sources sources;
  const FileId file = sources.add("a", "navy");
  EXPECT_EQ(sources.text(Span{file, 1, 3}), "av");
  EXPECT_EQ(sources.text(Span{file, 2, 99}), "vy");
  EXPECT_EQ(sources.text(Span{file, 99, 120}), "");
}

TEST(Sources, TheUnknownFileHasNoPlace) {
  const Sources sources;
  EXPECT_EQ(sources.where(Span{}), "");
  EXPECT_EQ(sources.name(FileId{}), "");
  EXPECT_EQ(sources.line(FileId{}, 3), "");
  EXPECT_EQ(sources.position(Span{}).line, 0);
}

TEST(SourcesDeathTest, AForeignFileIdIsAFaultOfTheProgram) {
  const Sources sources;
  EXPECT_DEATH(static_cast<void>(sources.name(FileId{0})), "fault of the program");
}

}  // namespace
}  // namespace defilada
