// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "../src/pages.hpp"
#include "../src/table_setter.hpp"
#include "defilada/sheet/render.hpp"
#include "inspect.hpp"

namespace defilada::sheet {
namespace {

using testing::HasSubstr;

std::filesystem::path pdf_of(const fixture::Event& event, const std::string& name,
                             Paper paper = Paper::a4) {
  const auto path = inspect::scratch(name);
  const Status written = write_run_sheet_pdf(path, event.show, event.plan, event.sources,
                                             {.language = "en", .paper = paper});
  EXPECT_TRUE(written.has_value()) << written.error().message;
  return path;
}

std::string text_of(const std::filesystem::path& pdf) {
  return inspect::run("pdftotext -layout '" + pdf.string() + "' -").output;
}

std::string joined(const std::string& text) {
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

int pages_of(const std::filesystem::path& pdf) {
  const std::string info = inspect::run("pdfinfo '" + pdf.string() + "'").output;
  std::smatch match;
  return std::regex_search(info, match, std::regex("Pages: +(\\d+)")) ? std::stoi(match[1]) : 0;
}

TEST(Pdf, is_sound) {
  for (const fixture::Event& event :
       {fixture::parade(), fixture::impossible(), fixture::hostile(), fixture::large(30)}) {
    const auto pdf = pdf_of(event, "sound.pdf");
    const inspect::Ran qpdf = inspect::run("qpdf --check '" + pdf.string() + "'");
    EXPECT_EQ(qpdf.status, 0) << qpdf.output;
  }
}

TEST(Pdf, is_the_same_bytes_for_the_same_plan) {
  const std::string first = inspect::read(pdf_of(fixture::parade(), "a.pdf"));
  const std::string second = inspect::read(pdf_of(fixture::parade(), "b.pdf"));
  EXPECT_GT(first.size(), 10'000U);
  EXPECT_TRUE(first == second);
}

TEST(Pdf, text_reads_back) {
  const fixture::Event event = fixture::parade();
  const std::string text = joined(text_of(pdf_of(event, "parade.pdf")));
  EXPECT_THAT(text, HasSubstr("A small parade on the avenue"));
  EXPECT_THAT(text, HasSubstr("Wednesday 3 September 2025"));
  for (std::uint32_t i = 0; i < event.show.contingents.size(); ++i) {
    EXPECT_THAT(text, HasSubstr(event.show.contingents[i].label.en()));
    for (const plan::Crossing& crossing : event.plan.contingents[i].crossings) {
      EXPECT_THAT(text, HasSubstr(event.show.clock.wall_clock(crossing.head)));
    }
  }
  for (const char* part :
       {"Programme", "Order of march", "Flypasts", "Findings", "Published figures against the plan",
        "Sources and assumptions", "Time and distance: avenue", "Time and distance: run-in",
        "“Welcome, all who came.”", "shows/small/show.yaml:14:1", "salute line"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Pdf, holds_letters_of_other_scripts) {
  const std::string text = text_of(pdf_of(fixture::hostile(), "hostile.pdf"));
  EXPECT_THAT(text, HasSubstr("Żołnierze Wojska"));
  EXPECT_THAT(text, HasSubstr("徒步方队 国旗护卫队"));
  EXPECT_THAT(text, HasSubstr("<script>alert('x')</script>"));
}

TEST(Pdf, a_conflict_comes_first) {
  const std::string text = text_of(pdf_of(fixture::impossible(), "impossible.pdf"));
  const std::string first_page = text.substr(0, text.find('\f'));
  EXPECT_THAT(first_page, HasSubstr("This programme cannot hold."));
  const std::string second_page =
      joined(text.substr(first_page.size(), text.find('\f', first_page.size() + 1)));
  for (const char* part :
       {"What cannot hold together", "speech lasts 10 min", "let the speech last 8 min 45 s"}) {
    EXPECT_THAT(second_page, HasSubstr(part));
  }
}

TEST(Pdf, numbers_its_pages_and_has_few) {
  const auto pdf = pdf_of(fixture::parade(), "pages.pdf");
  const int pages = pages_of(pdf);
  EXPECT_GE(pages, 7);
  EXPECT_LE(pages, 10);
  const std::string text = text_of(pdf);
  for (int i = 1; i <= pages; ++i) {
    EXPECT_THAT(text, HasSubstr("page " + std::to_string(i) + " of " + std::to_string(pages)));
  }
}

struct Word {
  int page = 0;
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double page_width = 0, page_height = 0;
  std::string text;
};

std::vector<Word> words_of(const std::filesystem::path& pdf) {
  const std::string text = inspect::run("pdftotext -bbox '" + pdf.string() + "' -").output;
  const std::regex regex(
      "<page width=\"([0-9.]+)\" height=\"([0-9.]+)\"|"
      "<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" "
      "yMax=\"([-0-9.]+)\">([^<]*)<");
  std::vector<Word> words;
  Word here;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
    const std::smatch& m = *it;
    if (m[1].matched) {
      ++here.page;
      here.page_width = std::stod(m[1]);
      here.page_height = std::stod(m[2]);
      continue;
    }
    Word word = here;
    word.x0 = std::stod(m[3]), word.y0 = std::stod(m[4]), word.x1 = std::stod(m[5]),
    word.y1 = std::stod(m[6]);
    word.text = m[7];
    words.push_back(std::move(word));
  }
  return words;
}

TEST(Pdf, no_text_is_outside_the_page) {
  for (const Paper paper : {Paper::a4, Paper::letter}) {
    for (const fixture::Event& event :
         {fixture::parade(), fixture::hostile(), fixture::large(60)}) {
      const auto words = words_of(pdf_of(event, "bounds.pdf", paper));
      EXPECT_GT(words.size(), 500U);
      for (const Word& word : words) {
        EXPECT_GE(word.x0, 20) << word.text << " on page " << word.page;
        EXPECT_GE(word.y0, 10) << word.text << " on page " << word.page;
        EXPECT_LE(word.x1, word.page_width - 20) << word.text << " on page " << word.page;
        EXPECT_LE(word.y1, word.page_height - 10) << word.text << " on page " << word.page;
      }
    }
  }
}

TEST(Pdf, no_text_lies_on_other_text) {
  for (const fixture::Event& event :
       {fixture::parade(), fixture::impossible(), fixture::large(10)}) {
    const auto words = words_of(pdf_of(event, "overlaps.pdf"));
    for (std::size_t i = 0; i < words.size(); ++i) {
      // Slanted names have boxes that overlap though the names do not: landscape pages are left to
      // the test of the diagrams.
      if (words[i].page_width > words[i].page_height) continue;
      for (std::size_t k = i + 1; k < words.size() && words[k].page == words[i].page; ++k) {
        const double x = std::min(words[i].x1, words[k].x1) - std::max(words[i].x0, words[k].x0);
        const double y = std::min(words[i].y1, words[k].y1) - std::max(words[i].y0, words[k].y0);
        const double lower = std::min(words[i].y1 - words[i].y0, words[k].y1 - words[k].y0);
        EXPECT_FALSE(x > 0.5 && y > 0.45 * lower)
            << words[i].text << " / " << words[k].text << " on page " << words[i].page;
      }
    }
  }
}

TEST(Pdf, embeds_its_fonts) {
  const std::string fonts =
      inspect::run("pdffonts '" + pdf_of(fixture::hostile(), "fonts.pdf").string() + "'").output;
  EXPECT_THAT(fonts, HasSubstr("NotoSans"));
  std::istringstream lines(fonts);
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    if (line.find('+') == std::string::npos) continue;
    ++count;
    EXPECT_TRUE(std::regex_search(line, std::regex("yes yes (yes|no) +\\d+"))) << line;
  }
  EXPECT_GE(count, 4);
}

TEST(Pdf, has_bookmarks_links_and_the_shows_date) {
  const auto pdf = pdf_of(fixture::parade(), "links.pdf");
  const std::string info = inspect::run("pdfinfo -isodates '" + pdf.string() + "'").output;
  EXPECT_THAT(info, HasSubstr("A small parade on the avenue"));
  EXPECT_TRUE(std::regex_search(info, std::regex("CreationDate: +2025-09-0[23]T"))) << info;
  const std::string plain =
      inspect::run("qpdf --qdf --object-streams=disable '" + pdf.string() + "' -").output;
  for (const char* part :
       {"/Title (Programme)", "/Title (Order of march)", "/Title (guard of honour)",
        "/Dest (card-army)", "/URI (https://example.org/speech?a=1&b=2)"}) {
    EXPECT_THAT(plain, HasSubstr(part));
  }
  EXPECT_EQ(plain.find("javascript"), std::string::npos);
}

TEST(Pdf, comes_on_both_papers) {
  const std::string a4 =
      inspect::run("pdfinfo '" + pdf_of(fixture::parade(), "a4.pdf").string() + "'").output;
  EXPECT_THAT(a4, HasSubstr("595.276 x 841.89 pts (A4)"));
  const std::string letter =
      inspect::run("pdfinfo '" + pdf_of(fixture::parade(), "letter.pdf", Paper::letter).string() +
                   "'")
          .output;
  EXPECT_THAT(letter, HasSubstr("612 x 792 pts (letter)"));
}

TEST(Pdf, says_why_it_cannot_be_written) {
  const fixture::Event event = fixture::impossible();
  const Status status =
      write_run_sheet_pdf("/nowhere/at/all.pdf", event.show, event.plan, event.sources);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, Errc::environment);
  EXPECT_FALSE(status.error().message.empty());
}

/// The pages of a fixture, with what they were made of.
struct Composed {
  explicit Composed(const fixture::Event& event, Paper paper = Paper::a4)
      : document(inspect::document_of(event)),
        setter(*Typesetter::make("en")),
        pages(compose(document, paper, *setter)) {}
  Document document;
  std::unique_ptr<Typesetter> setter;
  std::vector<Page> pages;
};

TEST(Pages, no_card_is_cut) {
  for (const Paper paper : {Paper::a4, Paper::letter}) {
    const fixture::Event event = fixture::large(40);
    const Composed composed(event, paper);
    std::size_t panels = 0;
    for (const Page& page : composed.pages) {
      for (const Mark& mark : page.marks) {
        const auto* panel = std::get_if<RectangleMark>(&mark);
        if (panel == nullptr || panel->fill != Ink::tint) continue;
        ++panels;
        EXPECT_GE(panel->y, frame_of(paper, false).top - 0.1);
        EXPECT_LE(panel->y + panel->height, frame_of(paper, false).bottom() + 0.1);
      }
    }
    EXPECT_EQ(panels, event.show.contingents.size() + 1) << "and one flypast";
  }
}

TEST(Pages, every_mark_is_on_its_page) {
  for (const fixture::Event& event : {fixture::parade(), fixture::hostile(), fixture::large(80)}) {
    const Composed composed(event);
    for (const Page& page : composed.pages) {
      for (const Mark& mark : page.marks) {
        const auto [x, y] = std::visit([](const auto& m) { return std::pair(m.x, m.y); }, mark);
        EXPECT_GE(x, 0);
        EXPECT_GE(y, 0);
        EXPECT_LE(x, page.width);
        EXPECT_LE(y, page.height);
      }
    }
  }
}

TEST(Pages, no_line_of_text_is_lost_or_set_twice) {
  const Composed composed(fixture::hostile());
  std::map<const TextBlock*, std::vector<int>> set;
  for (const Page& page : composed.pages) {
    for (const Mark& mark : page.marks) {
      const auto* text = std::get_if<TextMark>(&mark);
      if (text == nullptr) continue;
      auto& times = set.try_emplace(text->text, text->text->lines().size(), 0).first->second;
      for (std::size_t i = text->first; i < text->last; ++i) ++times[i];
    }
  }
  EXPECT_GT(set.size(), 300U);
  std::size_t repeated = 0;
  for (const auto& [text, times] : set) {
    // A table's heading stands on each of its pages, all of it; every other line once.
    EXPECT_TRUE(std::all_of(times.begin(), times.end(),
                            [&](int n) { return n >= 1 && n == times.front(); }));
    repeated += times.front() > 1 ? 1 : 0;
  }
  EXPECT_GE(repeated, 4U);
  EXPECT_LE(repeated, 60U);
}

TEST(Pages, tables_repeat_their_headings) {
  const std::string text = text_of(pdf_of(fixture::large(80), "long.pdf"));
  std::size_t headed = 0;
  std::size_t order_pages = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\f', begin), text.size());
    const std::string page = text.substr(begin, end - begin);
    // A page of the order of march: names with an hour of the day and a headway.
    if (std::regex_search(page, std::regex("block number \\d+ +branch \\d+ +14 × 25 \\+ 2"))) {
      ++order_pages;
      headed += std::regex_search(page, std::regex("No\\. +Contingent")) ? 1 : 0;
    }
    begin = end + 1;
  }
  EXPECT_GE(order_pages, 3U);
  EXPECT_EQ(headed, order_pages);
}

TEST(SetTable, shares_its_width_and_wraps_what_does_not_fit) {
  const auto setter = *Typesetter::make("en");
  Table table{
      .columns = {{.heading = "A"}, {.heading = "B", .flex = 1}, {.heading = "C", .flex = 1}}};
  std::string words;
  for (int i = 0; i < 80; ++i) words += "word ";
  table.rows.push_back({.cells = {{Rich("09:47:00")}, {Rich(words)}, {Rich("short")}}});
  const SetTable narrow(table, 200, *setter);
  const SetTable wide(table, 500, *setter);
  EXPECT_GT(narrow.row_height(0), 2 * wide.row_height(0));
  EXPECT_NEAR(wide.height(), wide.header_height() + wide.row_height(0), 1e-9);
  // The short column leaves its share to the long one: fewer lines than with half the width.
  table.columns[2].flex = 0;
  EXPECT_NEAR(SetTable(table, 500, *setter).row_height(0), wide.row_height(0), 1e-9);
}

}  // namespace
}  // namespace defilada::sheet
