// SPDX-License-Identifier: MIT
#include "defilada/core/diagnostics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "defilada/core/random.hpp"

namespace defilada {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kShow =
    "defilada: 1\n"
    "gaits:\n"
    "  quick march:\n"
    "    catence: 112 /min\n";

/// The span of the first `word` of the text.
Span span_of(const Sources& sources, FileId file, std::string_view word) {
  const std::size_t at = sources.text(file).find(word);
  EXPECT_NE(at, std::string_view::npos);
  return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + word.size())};
}

/// Renders an error at the first `word` of a file that holds `text`, without the headline.
std::string picture(const std::string& text, std::string_view word) {
  Sources sources;
  const FileId file = sources.add("f", text);
  Diagnostics diagnostics;
  const std::string all =
      render(diagnostics.error("c", span_of(sources, file, word), phrase("m")), sources, false);
  return all.substr(all.find('\n') + 1);
}

TEST(Render, LooksAsTheHeaderSays) {
  Sources sources;
  const FileId file = sources.add("show.yaml", kShow);
  Diagnostics diagnostics;
  diagnostics.error("show.unknown-key", span_of(sources, file, "catence"),
                    phrase("unknown key 'catence'"), phrase("one of: pace, cadence, speed"),
                    "cadence");
  EXPECT_EQ(render(diagnostics.all().front(), sources, false),
            "show.yaml:4:5: error: unknown key 'catence' [show.unknown-key]\n"
            "   4 |     catence: 112 /min\n"
            "     |     ^~~~~~~\n"
            "  expected one of: pace, cadence, speed; did you mean 'cadence'?\n");
}

TEST(Render, NotesFollowInTheSameForm) {
  Sources sources;
  const FileId file = sources.add("show.yaml", "a: 1\na: 2\n");
  Diagnostics diagnostics;
  Diagnostic& duplicate =
      diagnostics.error("yaml.duplicate-key", {file, 5, 6}, phrase("'a' stands twice"));
  duplicate.notes.push_back({phrase("first here"), {file, 0, 1}});
  EXPECT_EQ(render(duplicate, sources, false),
            "show.yaml:2:1: error: 'a' stands twice [yaml.duplicate-key]\n"
            "   2 | a: 2\n"
            "     | ^\n"
            "show.yaml:1:1: note: first here\n"
            "   1 | a: 1\n"
            "     | ^\n");
}

TEST(Render, WithoutAPlaceThereIsOnlyTheSentence) {
  Diagnostics diagnostics;
  EXPECT_EQ(render(diagnostics.warning("w", {}, phrase("no stand is given"), {}, "stands"),
                   Sources(), false),
            "warning: no stand is given [w]\n"
            "  did you mean 'stands'?\n");
}

TEST(Render, ASpanOverSeveralLinesIsCutAtTheFirst) {
  EXPECT_EQ(picture("x: [1,\n  2,\n  3]\n", "[1,\n  2,\n  3]"),
            "   1 | x: [1,\n"
            "     |    ^~~\n");
}

TEST(Render, TabsAndWideCharactersKeepTheCaretBelowItsWord) {
  EXPECT_EQ(picture("\tpace: x\n", "pace"),
            "   1 |     pace: x\n"
            "     |     ^~~~\n");
  EXPECT_EQ(picture("ab\tpace: x\n", "pace"),
            "   1 | ab  pace: x\n"
            "     |     ^~~~\n");
  EXPECT_EQ(picture("方队: pace\n", "pace"),
            "   1 | 方队: pace\n"
            "     |       ^~~~\n")
      << "two columns for each of two characters";
  EXPECT_EQ(picture("x: 方队\n", "方队"),
            "   1 | x: 方队\n"
            "     |    ^~~~\n");
  EXPECT_EQ(picture("z\xCC\x81: pace\n", "pace"),
            "   1 | z\xCC\x81: pace\n"
            "     |    ^~~~\n")
      << "a combining acute takes no column";
}

TEST(Render, AnEmptySpanAndTheEndOfALineHaveOneCaret) {
  Sources sources;
  const FileId file = sources.add("f", "name:\nrest\n");
  Diagnostics diagnostics;
  EXPECT_THAT(render(diagnostics.error("c", {file, 5, 5}, phrase("m")), sources, false),
              HasSubstr("   1 | name:\n     |      ^\n"));
  EXPECT_THAT(render(diagnostics.error("c", {file, 1, 1}, phrase("m")), sources, false),
              HasSubstr("     |  ^\n"));
  EXPECT_THAT(render(diagnostics.error("c", {file, 99, 120}, phrase("m")), sources, false),
              HasSubstr("f:3:1: error: m [c]\n   3 | \n     | ^\n"));
}

TEST(Render, ALongLineIsCutAroundThePlace) {
  const std::string far = "x: " + std::string(5000, 'a') + " HERE " + std::string(5000, 'b');
  EXPECT_EQ(picture(far, "HERE"), "   1 | …" + std::string(59, 'a') + " HERE " +
                                      std::string(34, 'b') + "…\n" + "     | " +
                                      std::string(61, ' ') + "^~~~\n");
  EXPECT_EQ(picture(std::string(300, 'a'), std::string(300, 'a')),
            "   1 | " + std::string(100, 'a') + "…\n     | ^" + std::string(99, '~') + "\n");
}

TEST(Render, AShowFileCannotDriveTheTerminal) {
  Sources sources;
  const FileId file = sources.add("f", "a\x1b[2J\xE2\x80\xAE b\xFF: 1\n");
  Diagnostics diagnostics;
  const std::string shown =
      render(diagnostics.error("c", {file, 0, 1}, phrase("bad key 'a\x1b[2J'\n"), phrase("x\x07"),
                               "\x9By"),
             sources, false);
  for (const char byte : shown) {
    ASSERT_TRUE(static_cast<unsigned char>(byte) >= 0x20 || byte == '\n') << shown;
  }
  EXPECT_THAT(shown, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(shown, HasSubstr("a\xEF\xBF\xBD[2J\xEF\xBF\xBD b\xEF\xBF\xBD: 1"));
}

TEST(Render, OfWhatIsNoTextNoLineIsShown) {
  Sources sources;
  const FileId file = sources.add("plan.sqlite", std::string("SQLite format 3\0\x10", 17));
  Diagnostics diagnostics;
  EXPECT_EQ(render(diagnostics.error("c", {file, 0, 1}, phrase("m")), sources, false),
            "plan.sqlite:1:1: error: m [c]\n");
}

TEST(Render, ColoursAreAddedAndNothingElse) {
  Sources sources;
  const FileId file = sources.add("show.yaml", kShow);
  Diagnostics diagnostics;
  const Diagnostic& d =
      diagnostics.error("c", span_of(sources, file, "gaits"), phrase("m"), phrase("x"), "y");
  std::string coloured = render(d, sources, true);
  EXPECT_THAT(coloured, HasSubstr("\x1b[1;31merror:\x1b[0m"));
  std::string bare;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') {
      i = coloured.find('m', i);
    } else {
      bare += coloured[i];
    }
  }
  EXPECT_EQ(bare, render(d, sources, false));
}

/// For random ASCII lines the caret must stand where a naive count says.
TEST(Render, TheCaretStandsBelowItsBytes) {
  for (std::uint32_t run = 0; run < 500; ++run) {
    Random random(12, run, 0);
    std::string text(1 + random.below(90), ' ');
    for (char& c : text) c = static_cast<char>('a' + random.below(26));
    const std::uint32_t begin = random.below(static_cast<std::uint32_t>(text.size()));
    const std::uint32_t end =
        begin + 1 + random.below(static_cast<std::uint32_t>(text.size()) - begin);
    Sources sources;
    const FileId file = sources.add("f", text);
    Diagnostics diagnostics;
    const std::string all =
        render(diagnostics.error("c", {file, begin, end}, phrase("m")), sources, false);
    if (begin > 60) continue;  // a long line: the test above
    const std::string want =
        "     | " + std::string(begin, ' ') + "^" + std::string(end - begin - 1, '~') + "\n";
    ASSERT_THAT(all, HasSubstr(want)) << text;
  }
}

TEST(Diagnostics, ReportsBeyondTheLimitAreCountedNotKept) {
  Diagnostics diagnostics(2);
  for (int i = 0; i < 5; ++i) diagnostics.error("e", {}, phrase("m")).expected = phrase("changed");
  diagnostics.warning("w", {}, phrase("m"));
  EXPECT_EQ(diagnostics.all().size(), 2U);
  EXPECT_EQ(diagnostics.errors(), 5U);
  EXPECT_EQ(diagnostics.dropped(), 4U);
  EXPECT_EQ(diagnostics.all().back().expected, "changed");
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Diagnostics, WarningsAreNoErrors) {
  Diagnostics diagnostics;
  diagnostics.warning("w", {}, phrase("m"));
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST(Diagnostics, SortsByFilePlaceAndCodeAndKeepsEqualOnesInOrder) {
  Diagnostics diagnostics;
  diagnostics.error("z", {}, phrase("no place"));
  diagnostics.error("b", {FileId{1}, 4, 5}, phrase("1"));
  diagnostics.error("b", {FileId{0}, 9, 9}, phrase("2"));
  diagnostics.error("b", {FileId{1}, 4, 5}, phrase("3"));
  diagnostics.error("a", {FileId{1}, 4, 5}, phrase("4"));
  diagnostics.error("a", {FileId{1}, 2, 9}, phrase("5"));
  diagnostics.sort();
  std::string order;
  for (const Diagnostic& d : diagnostics.all()) order += d.message.english().back();
  EXPECT_EQ(order, "25413e");
}

}  // namespace
}  // namespace defilada
