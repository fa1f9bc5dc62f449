// SPDX-License-Identifier: MIT
// docs/validation.md: what is published of real events beside what their plans give. After a change
// that is meant, UPDATE_GOLDEN=1 rewrites the page; read the difference before it is committed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "event.hpp"

namespace defilada::plan {
namespace {

/// How many figures of a kind hold, of how many.
std::string tally(const Event& event, show::Published::Is kind) {
  int all = 0;
  int hold = 0;
  for (const PublishedRow& row : event.plan.published) {
    if (row.is != kind) continue;
    ++all;
    if (row.holds) ++hold;
  }
  return fmt::format("{} of {}", hold, all);
}

/// Lengths are told as the papers tell them; a length has its deviation in per cent, too.
std::string deviation(const show::Published& figure, const PublishedRow& row) {
  const bool length = figure.from && figure.to;
  if (!length || figure.value <= 0) return row.difference;
  return fmt::format("{} ({:+.1f} %)", row.difference,
                     100 * std::stod(row.difference) / figure.value);
}

std::string table(const Event& event) {
  using Is = show::Published::Is;
  std::string text = fmt::format("Holds: identity {}, calibrated {}, predicted {}.\n\n",
                                 tally(event, Is::identity), tally(event, Is::calibrated),
                                 tally(event, Is::predicted));
  text +=
      "| figure | kind | published | plan | deviation | holds | source |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (std::size_t i = 0; i < event.plan.published.size(); ++i) {
    const PublishedRow& row = event.plan.published[i];
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", row.name, to_string(row.is),
                        row.published, row.computed, deviation(event.show.published[i], row),
                        row.holds ? "yes" : "**no**", row.source);
  }
  return text + "\n";
}

constexpr const char* kHead =
    "# Validation\n\n"
    "What sources publish about real parades, held against the plans that Defilada makes of them. "
    "S-numbers: [facts/sources.md](facts/sources.md). A test writes this page from the shows and "
    "fails when it is out of date.\n\n"
    "*identity*: follows from the definitions, so it tests the arithmetic. *calibrated*: the "
    "figure "
    "was an input, so agreement proves nothing about the model. *predicted*: the figure was not "
    "used. A figure holds when the plan is within the tolerance that the show states.\n\n";

constexpr const char* kEarlier =
    "## Predictions: earlier parades in Beijing\n\n"
    "How long were the parades of 2009, 2015 and 2019, from what was calibrated on 2025 alone? "
    "Each "
    "is a show below `tests/shows/` with its published number of blocks on foot, formations of "
    "vehicles and echelons in the air; the split into these three is published for all of them. "
    "Everything else is taken from 2025: the time from the fanfare to the first that passes, 50.8 "
    "s "
    "between blocks on foot, 10 km/h and 75 m between formations of vehicles, 40 s between "
    "echelons, one march after the other. Assumed: all blocks alike, and the published number of "
    "vehicles shared out evenly. Nothing was fitted to the year itself. Published lengths are "
    "those of review and march-past together, in round minutes.\n\n";

constexpr const char* kVerdict =
    "As found: 2019 comes out right to a minute or so. 2015 comes out three minutes too long, and "
    "all of it before the first aircraft: the march-past began 23 min after the review then, 26.5 "
    "in 2025. 2009 comes out ten minutes too long; no timetable of 2009 was at hand to tell where. "
    "Its echelons were 47 to 51 s apart, not 40. And the 17 contingents of guests of 2015 cannot "
    "have marched as 17 more blocks at the full headway, or the published 70 min are without "
    "them.\n";

constexpr const char* kEarlierParis =
    "\n## Predictions: Paris in 2019\n\n"
    "The same for Paris: how long did those on foot take in 2019, and what came between the "
    "helicopters and the horses? From the published numbers of people, helicopters and riders, "
    "cut into blocks, flights and squadrons of the size assumed for 2025, at the headways of "
    "2025. Assumed: 62 of the some 200 vehicles are motorcycles, as in 2018. The published "
    "times are announced ones, to five minutes.\n\n";

/// By how many per cent a length of an earlier parade is missed. The words above rest on these.
void expect_as_found(const Event& event, double least_percent, double most_percent) {
  for (std::size_t i = 0; i < event.plan.published.size(); ++i) {
    const show::Published& figure = event.show.published[i];
    if (!figure.name.starts_with("review and march-past")) continue;
    const double percent = 100 * std::stod(event.plan.published[i].difference) / figure.value;
    EXPECT_GE(percent, least_percent) << figure.name;
    EXPECT_LE(percent, most_percent) << figure.name;
  }
}

TEST(Validation, ThePageIsWhatTheShowsGive) {
  std::string text = kHead;
  const auto section = [&](const std::string& title, const std::string& path) {
    const auto event = plan_event(path);
    ASSERT_NE(event, nullptr);
    EXPECT_TRUE(event->plan.feasible) << path;
    for (const Finding& finding : event->plan.findings) {
      EXPECT_EQ(finding.code, "plan.published") << path << ": " << finding.message;
    }
    text += title.empty() ? table(*event)
                          : fmt::format("## {}\n\n`{}`\n\n", title, path) + table(*event);
  };
  section("Beijing, 3 September 2025", "shows/beijing-2025");
  section("Paris, 14 July 2025", "shows/paris-2025");
  text += kEarlier;
  for (const char* year : {"2009", "2015", "2015-guests", "2019"}) {
    text += fmt::format("`tests/shows/length-{}.yaml`\n\n", year);
    section("", fmt::format("tests/shows/length-{}.yaml", year));
  }
  text += std::string(kVerdict) + kEarlierParis + "`tests/shows/length-paris-2019.yaml`\n\n";
  section("", "tests/shows/length-paris-2019.yaml");
  compare_with_kept("docs/validation.md", text.substr(0, text.size() - 1));
}

TEST(Validation, TheWordsAboutEarlierParadesAreTrue) {
  const auto expect = [](const char* year, double least_percent, double most_percent) {
    const auto event = plan_event(fmt::format("tests/shows/length-{}.yaml", year));
    ASSERT_NE(event, nullptr);
    expect_as_found(*event, least_percent, most_percent);
  };
  expect("2009", 13, 18);
  expect("2015", 3, 6);
  expect("2015-guests", 20, 30);
  expect("2019", 0, 2);
}

}  // namespace
}  // namespace defilada::plan
