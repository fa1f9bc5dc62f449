// SPDX-License-Identifier: MIT
// The brief of Beijing is kept as tests/golden/brief-beijing-2025.*.md; UPDATE_GOLDEN=1 rewrites
// it.
#include "defilada/brief/brief.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <regex>
#include <set>

#include "defilada/core/file.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/show/read.hpp"
#include "source_dir.hpp"

namespace defilada::brief {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kRoot = test::source_dir();

struct Event {
  show::Show show;
  plan::Plan plan;
};

std::unique_ptr<Event> event_of(const std::string& name) {
  Sources sources;
  Diagnostics diagnostics;
  auto show =
      show::read_show(kRoot / "shows" / name, {{kRoot / "catalogue"}}, sources, diagnostics);
  if (!show) return nullptr;
  plan::Options options;
  options.tracks = false;
  auto plan = plan::make_plan(*show, options);
  return plan ? std::make_unique<Event>(Event{std::move(*show), std::move(*plan)}) : nullptr;
}

class Brief : public testing::Test {
 protected:
  static void SetUpTestSuite() { event_ = event_of("beijing-2025"); }
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
      // in short
      {"On the day of “Victory Day parade in Beijing”, Vladimir Putin (Russia) and Kim Jong "
       "Un (North Korea) meet",
       "W dniu wydarzenia „Defilada z okazji Dnia Zwycięstwa w Pekinie” spotykają się: Vladimir "
       "Putin"},
      {"Both stressed closer cooperation and mutual help",
       "Obaj podkreślili ściślejszą współpracę i wzajemną pomoc"},
      {"Guests who watch: 26 people of 26 delegations",
       "Goście na widowisku: 26 osób z 26 delegacji"},
      // the meeting: in the reader's morning, in Beijing, after both were at the parade
      {"Talks in Beijing: Wednesday 3 September 2025, in the morning, 08:00 to 09:00",
       "Rozmowy w Pekinie: środa, 3 września 2025, rano, godz. 08:00–09:00"},
      {"Before that, all of them in their seats at the show: 02:",
       "Wcześniej wszyscy na swoich miejscach podczas widowiska: godz. 02:"},
      {"in one car: Vladimir Putin (Russia) and Kim Jong Un",
       "w jednym samochodzie: Vladimir Putin (Rosja) i Kim Jong Un"},
      {"liberate the Kursk region", "wyzwolić obwód kurski"},
      {"Your soldiers fought bravely", "Wasi żołnierze walczyli dzielnie"},
      {"Russia will never forget it", "Rosja nigdy tego nie zapomni"},
      {"Thank you for the praise", "Dziękuję za pochwałę"},
      {"as much as it is possible", "tak bardzo, jak to tylko możliwe"},
      {"brotherly duty", "braterskim obowiązkiem"},
      {"in all spheres", "we wszystkich sferach"},
      {"treaty of June 2024", "traktatu czerwcowego z 2024 roku"},
      {"the largest in the history of communist China",
       "największą w historii komunistycznych Chin"},
      {"As reported: The parade is described as the largest",
       "Jak podano: Defiladę opisano jako największą"},
      {"The host's leader reviews the troops", "Przegląd wojsk przez przywódcę gospodarzy"},
      {"45 contingents", "45 kolumn"},
      {"Navy", "Marynarka wojenna"},
      {"Information Support Force", "Siły wsparcia informacyjnego"},
      {"For the first time", "Po raz pierwszy"},
      {"Battle flags", "Sztandary bojowe"},
      {"(Chang'an Avenue)", "(aleja Chang'an)"},
      {"DF-61", "DF-61"},
      {"DF-31BJ", "DF-31BJ"},
      {"YJ-19", "YJ-19"},
      {"CJ-1000", "CJ-1000"},
      {"9 of 11 named exhibits (82%)", "9 z 11 nazwanych eksponatów (82%)"},
      {"332 vehicles", "332 pojazdy"},
      {"The figure: 80. Its aircraft: 26. Over axis at 03:44",
       "Figura: 80. Statki powietrzne w figurze: 26"},
      {"45 helicopters and 104 aeroplanes", "45 śmigłowców i 104 samoloty"},
      {"Fighters, first", "Myśliwce, pierwsze"},
      {"Bombers", "Bombowce"},
      {"Transports", "Samoloty transportowe"},
      {"Places in the stands: 52\u202F000", "Miejsca na trybunach: 52"},
  };
  for (const auto& [english, polish] : rows) {
    EXPECT_THAT(en, HasSubstr(english));
    EXPECT_THAT(pl, HasSubstr(polish));
  }
}

/// What is quoted of a statement in English.
const std::string& words_of(const show::Statement& said) {
  const auto english = said.translated.find("en");
  return english == said.translated.end() ? said.text : english->second;
}

TEST_F(Brief, QuotesOnlyWhatTheShowHas) {
  const Document document = make_brief(event_->show, event_->plan, {"en", {}}).value();
  std::size_t quotations = 0;
  for (const Block& block : document) {
    const bool quotes = block.is == Block::Is::quotation;
    EXPECT_EQ(quotes || block.is == Block::Is::report, !block.origin.empty()) << block.text;
    if (!quotes) continue;
    ++quotations;
    bool found = false;
    for (const show::Item& item : event_->show.items)
      for (const show::Statement& said : item.statements)
        found =
            found || (!said.text.empty() && block.origin.find(said.source) != std::string::npos &&
                      block.text.find(words_of(said)) != std::string::npos &&
                      block.origin.find(said.text) != std::string::npos);
    EXPECT_TRUE(found) << block.text;
  }
  EXPECT_GE(quotations, 7u);
}

// Superlatives stand in what a source says, and nowhere else.
TEST_F(Brief, BoastsOfNothing) {
  for (const char* language : {"en", "pl"}) {
    const Document document = make_brief(event_->show, event_->plan, {language, {}}).value();
    for (const Block& block : document) {
      if (!block.origin.empty()) continue;
      for (const char* word :
           {"largest", "biggest", "most ", "greatest", "ever", "najwięk", "najnow"})
        EXPECT_EQ(block.text.find(word), std::string::npos) << block.text;
    }
  }
}

/// Numbers of a text without those of names and labels: "11 857" as 11857, "02:46" as
/// it is.
std::multiset<std::string> numbers_of(std::string text, const std::set<std::string>& names) {
  std::vector<std::string> longest(names.begin(), names.end());
  std::sort(longest.begin(), longest.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  for (const std::string& name : longest) {
    for (std::size_t at = text.find(name); !name.empty() && at != std::string::npos;
         at = text.find(name, at))
      text.replace(at, name.size(), "_");
  }
  text = std::regex_replace(text, std::regex("([0-9])\u202F([0-9]{3})"), "$1$2");
  std::multiset<std::string> out;
  const std::regex number("[0-9]+([:.,][0-9]+)?");
  for (std::sregex_iterator it(text.begin(), text.end(), number), end; it != end; ++it)
    out.insert(it->str());
  return out;
}

std::set<std::string> names_of(const show::Show& show, const std::string& language) {
  std::set<std::string> names{show.title.in(language)};
  for (const auto& each : show.contingents) {
    names.insert(each.label.in(language));
    for (const auto& part : each.parts)
      for (const auto& exhibit : part.exhibits) names.insert(exhibit.name);
  }
  for (const auto& each : show.items) names.insert(each.label.in(language));
  return names;
}

std::string hour(const show::Show& show, Time time) {
  return show.clock.iso8601(time).substr(11, 5);
}

/// What may stand in the report of Paris, counted here again from the show: its slots and crews.
std::set<std::string> figures_of(const Event& event) {
  const show::Show& show = event.show;
  std::map<show::Category, std::int64_t> movers;
  std::map<std::string, std::int64_t> branches;
  std::int64_t people = 0, marchers = 0, contingents = 0, exhibits = 0, fresh = 0, named = 0,
               rides = 0;
  for (const show::Contingent& each : show.contingents) {
    const bool counted = each.procession.valid() && show[each.procession].counted;
    contingents += counted ? 1 : 0;
    const bool is_new = each.attributes.count("first appearance") > 0 &&
                        each.attributes.at("first appearance") == "2025";
    std::int64_t mine = 0, vehicles = 0, shown = 0;
    for (const show::Part& part : each.parts) {
      const show::Kind& kind = show[part.kind];
      const auto slots = static_cast<std::int64_t>(formation::layout(part.formation)->slots.size());
      movers[kind.category] += slots;
      mine += slots * part.crew.value_or(kind.crew);
      if (kind.category == show::Category::vehicle) vehicles += slots;
      if (counted && !show[each.procession].air)
        shown += static_cast<std::int64_t>(part.exhibits.size());
    }
    people += mine;
    if (event.plan.counts.people_by_role.count("marchers") > 0)
      marchers = event.plan.counts.people_by_role.at("marchers");
    if (each.attributes.count("branch") > 0) branches[each.attributes.at("branch")] += mine;
    exhibits += shown;
    fresh += is_new ? shown : 0;
    const bool column = counted && vehicles > 0 && !show[each.procession].air;
    rides += column ? 1 : 0;
    named += column && shown > 0 ? 1 : 0;
  }
  std::set<std::string> out{"14",
                            "2025",
                            std::to_string(contingents),
                            std::to_string(people),
                            std::to_string(marchers),
                            std::to_string(exhibits),
                            std::to_string(fresh),
                            std::to_string(named),
                            std::to_string(rides),
                            std::to_string((100 * fresh + exhibits / 2) / exhibits)};
  for (const auto& [category, n] : movers) out.insert(std::to_string(n));
  for (const auto& [branch, n] : branches) out.insert(std::to_string(n));
  std::int64_t places = 0;
  for (const show::Area& area : show.site.areas)
    if (area.use == show::AreaUse::stand) places += area.capacity.value_or(0);
  out.insert(std::to_string(places));
  for (const plan::ItemPlan& item : event.plan.items) out.insert(hour(show, item.start));
  for (const plan::ContingentPlan& card : event.plan.contingents)
    if (card.over_target) out.insert(hour(show, *card.over_target));
  return out;
}

// docs/facts/paris-2025.md: 65 aeroplanes, 34 helicopters, 247 vehicles, 200 horses.
TEST(BriefOfParis, HoldsEveryNumber) {
  const auto event = event_of("paris-2025");
  ASSERT_NE(event, nullptr);
  const std::set<std::string> known = figures_of(*event);
  for (const std::string language : {"en", "pl"}) {
    std::string text;
    const Document document = make_brief(event->show, event->plan, {language, {}}).value();
    for (const Block& block : document) text += block.text + "\n";
    const auto numbers = numbers_of(text, names_of(event->show, language));
    for (const std::string& number : numbers)
      EXPECT_TRUE(known.count(number) > 0) << language << ": " << number << "\n" << text;
    for (const char* published : {"65", "34", "247", "200"})
      EXPECT_TRUE(numbers.count(published) > 0) << published;
  }
}

TEST_F(Brief, RefusesAnUnknownZone) {
  EXPECT_FALSE(make_brief(event_->show, event_->plan, {"en", "Europe/Nowhere"}));
}

TEST(Render, EscapesForItsFormat) {
  const Document document{{Block::Is::title, "a < b & *c*"}};
  EXPECT_EQ(markdown(document), "# a \\< b \\& \\*c\\*\n");
  EXPECT_EQ(plain_text(document), "a < b & *c*\n");
  EXPECT_THAT(html({{"en", document}}), HasSubstr("<h1>a &lt; b &amp; *c*</h1>"));
  // Two languages: one page, a link to each.
  const std::string both = html({{"en", document}, {"pl", document}});
  EXPECT_THAT(both, HasSubstr("<a href=\"#pl\" lang=\"pl\">"));
  EXPECT_THAT(both, HasSubstr("<article lang=\"pl\" id=\"pl\">"));
}

}  // namespace
}  // namespace defilada::brief
