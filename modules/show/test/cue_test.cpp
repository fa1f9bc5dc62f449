// SPDX-License-Identifier: MIT
#include "cue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "show_reading.hpp"

namespace defilada::show {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using What = CueRef::What;
using Passes = CueRef::Passes;

/// A handful of names, some of which hold words of the grammar.
class Cues : public testing::Test {
 protected:
  Cues() {
    declare(Named::station, {"gate", "salute line", "over there", "line"});
    declare(Named::contingent, {"army", "army air", "navy crosses", "guard  of honour"});
    declare(Named::item, {"salute", "speech ends early", "flight", "two", "three"});
    declare(Named::procession, {"column", "wing", "idle"});
    show_.processions.resize(3);
    show_.processions[0].order = {{0}, {1}, {2}};
    show_.processions[1].order = {{3}};
    show_.items.resize(5);
    items_of_procession_ = {{{3}, {4}}, {{2}}, {}};
  }

  void declare(Named what, const std::vector<std::string>& names) {
    for (std::uint32_t i = 0; i < names.size(); ++i) {
      ASSERT_TRUE(names_.declare({what, i, names[i], {}}, diagnostics_));
      all_.push_back(names[i]);
    }
  }

  [[nodiscard]] CueParse parse(std::string_view text, What bare = What::item_starts) const {
    return parse_cue(text, bare, {names_, show_, items_of_procession_});
  }

  [[nodiscard]] CueRef read(std::string_view text, What bare = What::item_starts) const {
    const CueParse parsed = parse(text, bare);
    EXPECT_THAT(parsed.readings, SizeIs(1)) << text;
    EXPECT_THAT(parsed.faults, SizeIs(0)) << text;
    return parsed.readings.empty() ? CueRef{} : parsed.readings[0].ref;
  }

  static Show empty_show() {
    return {{}, {}, Clock::make({2026, 5, 3}, "Etc/UTC").value(), {}, {}, {}, {}, {}, {}, {},
            {}, {}};
  }

  Show show_ = empty_show();
  Namespace names_;
  Diagnostics diagnostics_;
  std::vector<std::vector<ItemId>> items_of_procession_;
  std::vector<std::string> all_;
};

TEST_F(Cues, ReadPassages) {
  const CueRef head = read("head of army crosses gate");
  EXPECT_EQ(head.what, What::head);
  EXPECT_EQ(head.contingent.value, 0U);
  EXPECT_EQ(head.passes, Passes::crosses);
  EXPECT_EQ(head.station.value, 0U);
  EXPECT_EQ(read("tail of army clears salute line").what, What::tail);
  EXPECT_EQ(read("tail of army clears salute line").passes, Passes::clears);
  const CueRef rank = read("rank 14 of army over gate");
  EXPECT_EQ(rank.what, What::rank);
  EXPECT_EQ(rank.rank, 14);
  EXPECT_EQ(rank.passes, Passes::over);
}

TEST_F(Cues, TakeTheLongestNameThatFits) {
  EXPECT_EQ(read("head of army air crosses gate").contingent.value, 1U);
  EXPECT_EQ(read("head of navy crosses crosses gate").contingent.value, 2U);
  EXPECT_EQ(read("head of army crosses salute line").station.value, 1U);
  EXPECT_EQ(read("head of army over over there").station.value, 2U);
}

TEST_F(Cues, CompareBlanksAsOne) {
  EXPECT_EQ(read("  head\tof  guard of\n honour   crosses gate ").contingent.value, 3U);
}

TEST_F(Cues, NameTheFirstAndLastOfAProcession) {
  EXPECT_EQ(read("head of first of column crosses gate").contingent.value, 0U);
  EXPECT_EQ(read("tail of last of column crosses gate").contingent.value, 2U);
  EXPECT_EQ(read("rank 1 of last of wing crosses gate").contingent.value, 3U);
}

TEST_F(Cues, ReadItems) {
  EXPECT_EQ(read("salute starts").what, What::item_starts);
  EXPECT_EQ(read("salute ends").what, What::item_ends);
  EXPECT_EQ(read("salute", What::item_ends).what, What::item_ends);
  EXPECT_EQ(read("salute", What::item_starts).what, What::item_starts);
  EXPECT_EQ(read("speech ends early ends").item.value, 1U);
  EXPECT_EQ(read("wing ends").item.value, 2U) << "one item runs it";
}

TEST_F(Cues, ReadEvolutions) {
  const CueRef begins = read("army opens order starts");
  EXPECT_EQ(begins.what, What::evolution_starts);
  EXPECT_EQ(begins.contingent.value, 0U);
  EXPECT_FALSE(begins.again);
  EXPECT_EQ(read("army air forms  line ends").what, What::evolution_ends);
  EXPECT_EQ(read("army air forms  line ends").contingent.value, 1U);
  EXPECT_EQ(read("army wheels").what, What::evolution_starts);
  EXPECT_EQ(read("army wheels", What::item_ends).what, What::evolution_ends);
  EXPECT_TRUE(read("last of column marks time again ends").again);
  EXPECT_EQ(parse("army closes order starts").readings.at(0).evolution,
            Evolution::What::close_order);
  EXPECT_THAT(parse("amry opens order starts").readings, SizeIs(0));
}

TEST_F(Cues, GiveEachPartItsPlace) {
  const CueParse parsed = parse("head of amry  crosses gaet");
  ASSERT_THAT(parsed.faults, SizeIs(2));
  EXPECT_EQ(parsed.faults[0].where.begin, 8U);
  EXPECT_EQ(parsed.faults[0].where.end, 12U);
  EXPECT_EQ(parsed.faults[0].suggestion, "army");
  EXPECT_EQ(parsed.faults[1].where.begin, 22U);
  EXPECT_EQ(parsed.faults[1].where.end, 26U);
  EXPECT_EQ(parsed.faults[1].suggestion, "gate");
}

TEST_F(Cues, ReportTheSplitInWhichMostIsRight) {
  const CueParse parsed = parse("head of navy crosses over gatte");
  ASSERT_THAT(parsed.faults, SizeIs(1));
  EXPECT_EQ(parsed.faults[0].message, "there is no station 'gatte'");
}

TEST_F(Cues, AreFaultyInOneWayEach) {
  const std::vector<std::pair<std::string, std::string>> faults{
      {"", "show.cue"},
      {"head", "show.unknown-name"},
      {"head of", "show.cue"},
      {"head army crosses gate", "show.cue"},
      {"tial of army crosses gate", "show.cue"},
      {"army crosses gate", "show.cue"},
      {"rank of army crosses gate", "show.cue"},
      {"rank -1 of army crosses gate", "show.cue-rank"},
      {"rank 1.5 of army crosses gate", "show.cue-rank"},
      {"rank 99999999999 of army crosses gate", "show.cue-rank"},
      {"head of army crosses", "show.cue"},
      {"head of crosses gate", "show.cue"},
      {"head of army at gate", "show.cue-verb"},
      {"head of army gate", "show.cue-verb"},
      {"head of army crosses salute", "show.cue-name-is"},
      {"head of gate crosses gate", "show.cue-name-is"},
      {"head of first of army crosses gate", "show.cue-name-is"},
      {"head of second of column crosses gate", "show.unknown-name"},
      {"salute stops", "show.cue-verb"},
      {"army", "show.cue-name-is"},
      {"column ends", "show.cue-procession"},
      {"idle starts", "show.cue-procession"},
      {"nothing at all", "show.unknown-name"},
  };
  for (const auto& [text, code] : faults) {
    const CueParse parsed = parse(text);
    ASSERT_THAT(parsed.faults, SizeIs(1)) << text;
    EXPECT_EQ(parsed.faults[0].code, code) << text << ": " << parsed.faults[0].message;
    EXPECT_THAT(parsed.readings, SizeIs(0)) << text;
  }
}

TEST_F(Cues, WithTwoReadingsAreRefused) {
  declare(Named::item, {"salute starts"});
  show_.items.resize(6);
  const CueParse parsed = parse("salute starts");
  ASSERT_THAT(parsed.faults, SizeIs(1));
  EXPECT_EQ(parsed.faults[0].code, "show.cue-ambiguous");
}

/// Every way to cut the words into the places of the grammar, by trying them all.
int readings_by_brute_force(const std::vector<std::string>& words,
                            const std::function<bool(Named, const std::string&)>& is) {
  const std::size_t n = words.size();
  const auto join = [&](std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += (i == begin ? "" : " ") + words[i];
    return text;
  };
  int count = is(Named::item, join(0, n)) ? 1 : 0;
  if (n > 1 && (words[n - 1] == "starts" || words[n - 1] == "ends")) {
    count += is(Named::item, join(0, n - 1)) ? 1 : 0;
  }
  if (n < 5 || words[0] != "head" || words[1] != "of") return count;
  static const std::set<std::string> kVerbs{"crosses", "clears", "over"};
  for (std::size_t v = 3; v + 1 < n; ++v) {
    const bool passage = kVerbs.contains(words[v]) && is(Named::contingent, join(2, v)) &&
                         is(Named::station, join(v + 1, n));
    count += passage ? 1 : 0;
  }
  return count;
}

TEST(RandomCues, HaveTheReadingsThatTryingAllSplitsFinds) {
  const std::vector<std::string> vocabulary{"a", "crosses", "over", "starts"};
  std::mt19937 random(20250903);
  const auto words = [&](std::size_t most) {
    std::vector<std::string> out(1 + random() % most);
    for (std::string& word : out) word = vocabulary[random() % vocabulary.size()];
    return out;
  };
  const auto join = [](const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& word : list) text += (text.empty() ? "" : " ") + word;
    return text;
  };
  int unique = 0;
  int ambiguous = 0;
  for (int round = 0; round < 400; ++round) {
    Namespace names;
    Diagnostics ignored;
    Show show{{}, {}, Clock::make({2026, 5, 3}, "Etc/UTC").value(), {}, {}, {}, {}, {}, {}, {},
              {}, {}};
    std::map<std::string, Named> declared;
    for (const Named what : {Named::station, Named::contingent, Named::item}) {
      for (std::uint32_t i = 0; i < 12; ++i) {
        const std::string name = join(words(3));
        if (names.declare({what, i, name, {}}, ignored)) declared[name] = what;
      }
    }
    for (int i = 0; i < 200; ++i) {
      std::vector<std::string> text = words(5);
      if (i % 2 == 0) text.insert(text.begin(), {"head", "of"});
      const int expected = readings_by_brute_force(text, [&](Named what, const std::string& name) {
        const auto found = declared.find(name);
        return found != declared.end() && found->second == what;
      });
      const CueParse parsed = parse_cue(join(text), What::item_starts, {names, show, {}});
      ASSERT_EQ(parsed.readings.size(), static_cast<std::size_t>(expected)) << join(text);
      ASSERT_EQ(parsed.faults.empty(), expected == 1) << join(text);
      unique += expected == 1 ? 1 : 0;
      ambiguous += expected > 1 ? 1 : 0;
    }
  }
  EXPECT_GT(unique, 1000);
  EXPECT_GT(ambiguous, 30);
}

}  // namespace
}  // namespace defilada::show
