// SPDX-License-Identifier: MIT
// The brief of Beijing is kept as tests/golden/brief-beijing-2025.*.md; UPDATE_GOLDEN=1 rewrites
// it.
#include "defilada/brief/brief.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "defilada/core/file.hpp"
#include "defilada/show/read.hpp"

namespace defilada::brief {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kRoot = DEFILADA_SOURCE_DIR;

struct Event {
  show::Show show;
  plan::Plan plan;
};

class Brief : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Sources sources;
    Diagnostics diagnostics;
    auto show = show::read_show(kRoot / "shows/beijing-2025", {{kRoot / "catalogue"}}, sources,
                                diagnostics);
    if (!show) return;
    plan::Options options;
    options.tracks = false;
    auto plan = plan::make_plan(*show, options);
    if (plan) event_ = std::make_unique<Event>(Event{std::move(*show), std::move(*plan)});
  }
  static void TearDownTestSuite() { event_.reset(); }
  void SetUp() override { ASSERT_NE(event_, nullptr); }
  static std::string text(const std::string& language) {
    return markdown(make_brief(event_->show, event_->plan, {language, "Europe/Warsaw"}).value());
  }
  static void hold(const std::string& language) {
    const auto path = kRoot / ("tests/golden/brief-beijing-2025." + language + ".md");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      ASSERT_TRUE(write_file_atomically(path, text(language)));
      return;
    }
    const auto kept = read_file(path, 1 << 20);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(*kept, text(language));
  }
  static std::unique_ptr<Event> event_;
};
std::unique_ptr<Event> Brief::event_;

TEST_F(Brief, IsAsKept) {
  hold("en");
  hold("pl");
}

// docs/facts/the-day.md, row by row.
TEST_F(Brief, SaysWhatTheReportSays) {
  const std::string en = text("en");
  const std::string pl = text("pl");
  const std::vector<std::pair<const char*, const char*>> rows{
      {"Vladimir Putin (Russia) and Kim Jong Un (North Korea)",
       "Vladimir Putin (Rosja) i Kim Jong Un (Korea Północna)"},
      {"Wednesday 3 September 2025, 08:00", "środa, 3 września 2025, godz. 08:00"},
      {"liberate the Kursk region", "wyzwolić obwód kurski"},
      {"Your soldiers fought bravely", "Wasi żołnierze walczyli dzielnie"},
      {"Russia will never forget it", "Rosja nigdy tego nie zapomni"},
      {"Thank you for the praise", "Dziękuję za pochwałę"},
      {"as much as it is possible", "tak bardzo, jak to tylko możliwe"},
      {"brotherly duty", "braterskim obowiązkiem"},
      {"in all spheres", "we wszystkich sferach"},
      {"treaty of June 2024", "traktatu czerwcowego z 2024 roku"},
      {"the largest in the history of communist China",
       "największa w historii komunistycznych Chin"},
      {"The review", "Przegląd wojsk"},
      {"45 contingents", "45 kolumn"},
      {"Navy", "Marynarka wojenna"},
      {"Information Support Force", "Siły wsparcia informacyjnego"},
      {"For the first time", "Po raz pierwszy"},
      {"Battle flags", "Sztandary bojowe"},
      {"Chang'an Avenue", "Chang'an Avenue"},
      {"DF-61", "DF-61"},
      {"DF-31BJ", "DF-31BJ"},
      {"YJ-19", "YJ-19"},
      {"CJ-1000", "CJ-1000"},
      {"The figure: 80", "Figura: 80"},
      {"Bombers", "Bombowce"},
      {"Transports", "Samoloty transportowe"},
      {"Places in the stands: 52,000", "Miejsca na trybunach: 52"},
  };
  for (const auto& [english, polish] : rows) {
    EXPECT_THAT(en, HasSubstr(english));
    EXPECT_THAT(pl, HasSubstr(polish));
  }
}

TEST_F(Brief, QuotesOnlyWhatTheShowHas) {
  const Document document = make_brief(event_->show, event_->plan, {"en", {}}).value();
  std::size_t quotations = 0;
  for (const Block& block : document) {
    if (block.is != Block::Is::quotation) continue;
    ++quotations;
    bool found = false;
    for (const show::Item& item : event_->show.items)
      for (const show::Statement& said : item.statements)
        found = found || (block.text.find(said.text) != std::string::npos &&
                          block.text.find(said.source) != std::string::npos);
    EXPECT_TRUE(found) << block.text;
  }
  EXPECT_GE(quotations, 7u);
}

TEST_F(Brief, RefusesAnUnknownZone) {
  EXPECT_FALSE(make_brief(event_->show, event_->plan, {"en", "Europe/Nowhere"}));
}

TEST(Render, EscapesForItsFormat) {
  const Document document{{Block::Is::title, "a < b & *c*"}};
  EXPECT_EQ(markdown(document), "# a \\< b \\& \\*c\\*\n");
  EXPECT_EQ(plain_text(document), "a < b & *c*\n");
  EXPECT_THAT(html(document, "en"), HasSubstr("<h1>a &lt; b &amp; *c*</h1>"));
}

}  // namespace
}  // namespace defilada::brief
