// SPDX-License-Identifier: MIT
#include "defilada/core/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "defilada/core/terminal.hpp"
#include "pseudo_terminal.hpp"

namespace defilada {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ProgressLine, ShowsCountShareAndEstimate) {
  EXPECT_EQ(progress_line(Phrase::verbatim("tracks"), 4200, 10000, 5.0, 80),
            "tracks  4200 of 10\u202F000  42 %  about 7 s left");
  EXPECT_EQ(progress_line(Phrase::verbatim("tracks"), 10000, 10000, 5.0, 80),
            "tracks  10\u202F000 of 10\u202F000  100 %  about 0 s left");
  EXPECT_EQ(progress_line(Phrase::verbatim("pairs"), 1234567, 0, 5.0, 80),
            "pairs  1\u202F234\u202F567");
  EXPECT_THAT(progress_line(Phrase::verbatim("x"), 1, 100, 10.0, 80), Not(HasSubstr("left")))
      << "too early to tell";
  EXPECT_THAT(progress_line(Phrase::verbatim("x"), 50, 100, 0.9, 80), Not(HasSubstr("left")));
  EXPECT_THAT(progress_line(Phrase::verbatim("x"), 50, 100, 600, 80),
              HasSubstr("about 10 min left"));
  EXPECT_THAT(progress_line(Phrase::verbatim("x"), 50, 100, 36000, 80),
              HasSubstr("about 10 h left"));
  EXPECT_EQ(progress_line(Phrase::verbatim("tracks"), 4200, 10000, 5.0, 10), "tracks  42");
  EXPECT_EQ(progress_line(Phrase::verbatim("tracks"), 4200, 10000, 5.0, -1), "");
}

/// What a terminal of one line shows after the text was written to it.
std::string shown(const std::string& written) {
  std::string line;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written.compare(i, 5, "\r\x1b[2K") == 0) {
      line.clear();
      i += 4;
    } else {
      line += written[i];
    }
  }
  return line;
}

struct Recorded {
  std::string text;
  double now_s = 0;
  int draws = 0;
  Progress::Output output() {
    return {[this](std::string_view part) {
              text += part;
              ++draws;
            },
            [this] { return now_s; }, 80, say_in_english};
  }
};

TEST(Progress, RedrawsTenTimesASecondAndClearsAtTheEnd) {
  Recorded terminal;
  {
    Progress progress(Phrase::verbatim("tracks"), 1000, terminal.output());
    for (int i = 0; i < 500; ++i) {
      terminal.now_s += 0.01;
      progress.advance();
    }
    EXPECT_GE(terminal.draws, 45);
    EXPECT_LE(terminal.draws, 50);
    EXPECT_THAT(shown(terminal.text), HasSubstr("of 1000"));
    EXPECT_THAT(shown(terminal.text), HasSubstr("s left"));
  }
  EXPECT_EQ(shown(terminal.text), "");
}

TEST(Progress, SaysNothingOfQuickWork) {
  Recorded terminal;
  {
    Progress progress(Phrase::verbatim("tracks"), 10, terminal.output());
    for (int i = 0; i < 10; ++i) progress.advance();
  }
  EXPECT_EQ(terminal.text, "");
}

TEST(Progress, NeverClaimsMoreThanTheTotal) {
  Recorded terminal;
  Progress progress(Phrase::verbatim("tracks"), 10, terminal.output());
  terminal.now_s = 2;
  progress.advance(25);
  EXPECT_THAT(shown(terminal.text), HasSubstr("10 of 10  100 %"));
  progress.finish();
  terminal.now_s = 3;
  progress.advance();
  EXPECT_EQ(shown(terminal.text), "");
}

/// Standard error, as a program run with `environment` on it writes it during 0.3 s of work.
std::string written_by_a_program(bool terminal, const char* term, const char* no_color) {
  return test::output_of_child(terminal, [&] {
    ::setenv("TERM", term, 1);
    if (no_color == nullptr) {
      ::unsetenv("NO_COLOR");
    } else {
      ::setenv("NO_COLOR", no_color, 1);
    }
    Progress progress(Phrase::verbatim("tracks"), 300);
    for (int i = 0; i < 300; ++i) {
      ::usleep(1000);
      progress.advance();
    }
  });
}

TEST(Progress, OnATerminalItShowsAndInAPipeItIsSilent) {
  const std::string seen = written_by_a_program(true, "xterm", nullptr);
  EXPECT_THAT(seen, HasSubstr("of 300"));
  EXPECT_EQ(shown(seen), "");
  EXPECT_EQ(written_by_a_program(false, "xterm", nullptr), "");
  EXPECT_EQ(written_by_a_program(true, "dumb", nullptr), "");
  EXPECT_EQ(written_by_a_program(true, "xterm", "1"), "");
  EXPECT_THAT(written_by_a_program(true, "xterm", ""), HasSubstr("of 300"));
}

}  // namespace
}  // namespace defilada
