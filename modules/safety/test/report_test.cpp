// SPDX-License-Identifier: MIT
#include "defilada/safety/report.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "../src/build.hpp"
#include "../src/draw_chart.hpp"
#include "../src/draw_ground.hpp"
#include "defilada/show/read.hpp"
#include "square_show.hpp"

namespace defilada::safety {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// With names in two languages, an emergency while all are at their places.
std::string square() {
  std::string text = test::with(std::string(test::kSquareWithAGate), "title: A square",
                                "title: {en: A square, pl: Plac}");
  return test::with(text, "fire: {from", "fire: {label: {en: Fire & smoke, pl: Ogień}, from");
}

struct Day {
  explicit Day(std::string text = square(), double share = 1) {
    auto read = show::read_show_text(std::move(text), "square.yaml", {}, sources, diagnostics);
    EXPECT_TRUE(read) << (diagnostics.all().empty() ? "" : diagnostics.all()[0].message.english());
    show.emplace(std::move(*read));
    auto made = plan::make_plan(*show);
    EXPECT_TRUE(made && made->feasible);
    plan = std::move(*made);
    auto whole = spectators::make_scene(*show, plan);
    hand = spectators::by_hand(*show, *whole);
    auto some = spectators::make_scene(*show, plan, {.share = share});
    EXPECT_TRUE(some);
    scene = std::move(*some);
    run.share = share;
    auto day = spectators::run_day(*show, scene, run);
    EXPECT_TRUE(day) << day.error().message;
    phases = std::move(*day);
    findings = spectators::findings_of_run(*show, scene, phases, share);
  }
  [[nodiscard]] Subject subject() const {
    return {*show, plan, sources, scene, hand, phases, runs, findings, run};
  }

  Sources sources;
  Diagnostics diagnostics;
  std::optional<show::Show> show;
  plan::Plan plan;
  spectators::Scene scene;
  spectators::Hand hand;
  std::vector<Phase> phases;
  std::vector<std::vector<Phase>> runs;
  std::vector<Finding> findings;
  spectators::RunOptions run;
};

const Day& day() {
  static const Day one;
  return one;
}

std::string text_of(const Rich& rich) {
  std::string text;
  for (const sheet::Run& run : rich.runs()) text += (run.new_line ? "\n" : "") + run.text;
  return text;
}

/// The nine boxes of one of the two tables, row by row.
std::vector<std::string> boxes(const Section& matrix, std::size_t which) {
  std::vector<std::string> all;
  for (const sheet::Block& block : matrix.blocks) {
    const auto* table = std::get_if<Table>(&block);
    if (table == nullptr || which-- > 0) continue;
    for (const Row& row : table->rows) {
      for (std::size_t k = 1; k < row.cells.size(); ++k) all.push_back(text_of(row.cells[k].text));
    }
    break;
  }
  return all;
}

/// What stands behind "not stated".
std::string missing(const std::string& box) {
  const std::size_t at = box.find("not stated");
  return at == std::string::npos ? "" : box.substr(at);
}

std::string run(const std::string& command) {
  std::string out;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen((command + " 2>&1").c_str(), "r"),
                                                       pclose);
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    out.append(buffer.data(), n);
  }
  return out;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Matrix, SaysWhatIsStatedAndWhatIsNotAndInventsNothing) {
  const Subject subject = day().subject();
  const Context context(subject, "en");
  const auto normal = boxes(build_matrix(context), 0);
  ASSERT_EQ(normal.size(), 9U);
  EXPECT_THAT(normal[0], HasSubstr("stops: 1; gates: 1, with lanes: 4"));
  EXPECT_THAT(normal[0], HasSubstr("lanes needed by hand: 1; there are 4"));
  EXPECT_THAT(missing(normal[0]), HasSubstr("where queues may form"));
  EXPECT_THAT(normal[2], HasSubstr("exits: 2, 8\u00A0m wide together"));
  EXPECT_THAT(normal[3], HasSubstr("all at their places by 11:30:00"));
  EXPECT_THAT(normal[3], HasSubstr("at their places in time: 60 of 60"));
  EXPECT_THAT(missing(normal[6]), HasSubstr("stewards"));
  EXPECT_THAT(missing(normal[7]), HasSubstr("emergency lanes"));
  EXPECT_THAT(normal[7], HasSubstr("that limit is kept everywhere"));

  const auto emergency = boxes(build_emergency_matrix(context), 0);
  EXPECT_THAT(missing(emergency[0]), HasSubstr("begins while people come"));
  EXPECT_THAT(emergency[1], HasSubstr("'Fire & smoke' from 12:00:00; blocked: east"));
  EXPECT_THAT(emergency[1], Not(HasSubstr("not stated")));
  EXPECT_THAT(missing(emergency[2]), HasSubstr("begins while people leave"));
  EXPECT_THAT(emergency[4], HasSubstr("all have started within 20\u00A0s"));
  EXPECT_THAT(missing(emergency[7]), HasSubstr("first-aid posts"));
}

TEST(Matrix, WhatIsStatedIsNoLongerMissing) {
  std::string text = square();
  text.replace(text.find("  seated by"), 0, "  stewards: 3\n");
  text.replace(text.find("  stands:\n"), 0,
               "  emergency lanes:\n    lane: {points: [[2 m, 1 m], [2 m, 18 m]], width: 3 m}\n"
               "  first aid:\n    post: {place: [28 m, 2 m]}\n");
  text.replace(text.find("from: welcome starts, blocked"), 29, "from: 11:05, blocked");
  const Day other(text);
  const Subject subject = other.subject();
  const Context context(subject, "en");
  const auto normal = boxes(build_matrix(context), 0);
  EXPECT_THAT(normal[6], HasSubstr("stewards: 3, one for every 20"));
  EXPECT_THAT(missing(normal[6]), Not(HasSubstr("stewards")));
  EXPECT_THAT(normal[7], HasSubstr("emergency lanes: 1"));
  EXPECT_THAT(missing(normal[7]), Not(HasSubstr("emergency lanes")));
  const auto emergency = boxes(build_emergency_matrix(context), 0);
  EXPECT_THAT(emergency[0], HasSubstr("'Fire & smoke' from 11:05:00"));
  EXPECT_THAT(missing(emergency[1]), HasSubstr("while all are at their places"));
  EXPECT_THAT(emergency[6], HasSubstr("first-aid posts: 1"));
}

TEST(Matrix, CirculationHasTheGreatestLoadOfWhatIsThere) {
  const Day other(square() +
                  "  amenities:\n    toilets: {polygon: [[22 m, 20.5 m], [29 m, 20.5 m], [29 m, 25 "
                  "m], [22 m, 25 m]], what: toilets, places: 1, visit: 100 s}\n"
                  "  circulation: {an hour: 100 %}\n");
  Subject subject = other.subject();
  EXPECT_THAT(missing(boxes(build_matrix(Context(subject, "en")), 0)[1]),
              HasSubstr("how many go there in an hour"));
  const auto circulation =
      spectators::run_circulation(*other.show, other.scene, other.phases[0].places, other.run);
  ASSERT_TRUE(circulation);
  subject.circulation = &*circulation;
  const Context context(subject, "en");
  const auto normal = boxes(build_matrix(context), 0);
  EXPECT_THAT(normal[1], HasSubstr("toilets: 1, with places: 1"));
  EXPECT_THAT(normal[1], HasSubstr("people who leave their places in an hour: 60"));
  EXPECT_THAT(normal[1], HasSubstr("longest queue: " +
                                   std::to_string(circulation->amenities[0].longest_queue) +
                                   " before 'toilets', at "));
  EXPECT_THAT(missing(normal[1]), HasSubstr("toilets, water, refreshments"));  // no water
  EXPECT_THAT(missing(normal[1]), Not(HasSubstr("how many go there")));
}

/// 4 lanes of 600 an hour for half an hour, 200 places, 8 m at 82 a minute for the time to clear,
/// and 4 m of them in the emergency: all as the pencil has it, and the least of them is marked.
TEST(Capacities, AreThoseOfTheHandAndTheLeastRules) {
  const Subject subject = day().subject();
  const Context context(subject, "en");
  const Section section = build_capacities(context);
  const auto& table = std::get<Table>(section.blocks[1]);
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_EQ(text_of(table.rows[0].cells[2].text), context.format.count(subject.hand.entry));
  EXPECT_NEAR(static_cast<double>(subject.hand.entry), 4 * 600 * 0.5, 4 * 600 / 60.0);
  EXPECT_EQ(text_of(table.rows[1].cells[2].text), "200");
  EXPECT_EQ(text_of(table.rows[2].cells[2].text), context.format.count(subject.hand.exit));
  EXPECT_EQ(subject.hand.exit, static_cast<std::int64_t>(
                                   82 * 8 * day().show->spectators->limits.clear.seconds() / 60));
  EXPECT_EQ(text_of(table.rows[4].cells[2].text), "200");
  EXPECT_TRUE(table.rows[1].marked);
  EXPECT_FALSE(table.rows[0].marked);
  EXPECT_THAT(text_of(table.rows[0].cells[3].text), HasSubstr("60 of 60 (100%)"));
  EXPECT_THAT(text_of(table.rows[2].cells[3].text), HasSubstr("60 of 60"));
}

TEST(Clearance, TellsTheSimulatedTimesAndWhatTheLimitIs) {
  const Subject subject = day().subject();
  const Context context(subject, "en");
  const Section section = build_clearance(context);
  const auto& table = std::get<Table>(section.blocks[0]);
  ASSERT_EQ(table.rows.size(), 2U);
  const Phase& egress = subject.phases[1];
  EXPECT_EQ(text_of(table.rows[0].cells[6].text), context.length(egress.last_s - egress.begin_s));
  EXPECT_EQ(text_of(table.rows[1].cells[0].text), "Fire & smoke");
  EXPECT_FALSE(table.rows[0].marked);
}

TEST(Clearance, OverRunsTheMedianAndThePercentileStandBesideThem) {
  Day other;
  for (const double later_s : {0.0, 60.0, 120.0}) {
    other.runs.push_back(other.phases);
    for (Phase& each : other.runs.back()) each.last_s += later_s;
  }
  const Subject subject = other.subject();
  const Context context(subject, "en");
  const Section section = build_clearance(context);
  std::vector<std::string> texts;
  for (const sheet::Block& block : section.blocks) {
    const auto* table = std::get_if<Table>(&block);
    if (table == nullptr || table->label != "Over the runs") continue;
    for (const auto& cell : table->rows[1].cells) texts.push_back(text_of(cell.text));
  }
  ASSERT_EQ(texts.size(), 5U);
  const double last_s = other.phases[1].last_s - other.phases[1].begin_s;
  EXPECT_EQ(texts[1], context.length(last_s + 60));
  EXPECT_EQ(texts[2], context.length(last_s + 60 + 0.9 * 60));
}

/// Law of draw_chart.
TEST(Chart, EachNumberLiesAtItsPlace) {
  const Subject subject = day().subject();
  const Context context(subject, "en");
  Chart chart{.id = "c", .title = "t"};
  chart.series.push_back({.points = {{0, 0}, {600, 40}, {1200, 10}}});
  const drawing::Drawing drawing = draw_chart(context, chart, 100, 50);
  const drawing::Path* curve = nullptr;
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;  // of the grid
  for (const drawing::Shape& shape : drawing.shapes) {
    const auto* path = std::get_if<drawing::Path>(&shape);
    if (path == nullptr) continue;
    if (path->style.stroke == Ink::series_1) curve = path;
    if (path->style.stroke != Ink::rule || path->lines.empty()) continue;
    for (const auto& line : path->lines) {
      if (line[0].y != line[1].y) continue;
      left = std::min(left, line[0].x);
      right = std::max(right, line[1].x);
      top = std::min(top, line[0].y);
      bottom = std::max(bottom, line[0].y);
    }
  }
  ASSERT_NE(curve, nullptr);
  const auto& points = curve->lines[0];
  ASSERT_EQ(points.size(), 3U);
  EXPECT_NEAR(points[0].x, left, 0.01);
  EXPECT_NEAR(points[1].x, (left + right) / 2, 0.01);
  EXPECT_NEAR(points[2].x, right, 0.01);
  EXPECT_NEAR(points[0].y, bottom, 0.01);
  EXPECT_NEAR(points[1].y, top, 0.01);  // 40 is a round number: the top of the axis
  EXPECT_NEAR(points[2].y, bottom - (bottom - top) / 4, 0.01);
}

/// People are whole: equal steps have names that are equal steps.
TEST(Chart, NumbersOfTheAxisAreEquallyFarFromEachOther) {
  const Subject subject = day().subject();
  const Context context(subject, "en");
  for (int most = 0; most <= 400; ++most) {
    Chart chart{.id = "c", .title = "t"};
    chart.series.push_back({.points = {{0, 0}, {600, static_cast<double>(most)}}});
    std::vector<int> numbers;
    for (const drawing::Shape& shape : draw_chart(context, chart, 100, 50).shapes) {
      const auto* label = std::get_if<drawing::Label>(&shape);
      if (label != nullptr && label->anchor == drawing::Anchor::end) {
        numbers.push_back(std::stoi(label->text));
      }
    }
    ASSERT_GE(numbers.size(), 2U) << most;
    EXPECT_GE(numbers.back(), most);
    EXPECT_LE(numbers.size(), 6U) << most;
    for (std::size_t k = 1; k < numbers.size(); ++k) {
      EXPECT_EQ(numbers[k] - numbers[k - 1], numbers[1]) << most;
    }
  }
}

TEST(Report, IsOneFileWithoutRequestsInBothLanguages) {
  for (const std::string language : {"en", "pl"}) {
    const std::string html = report_html(day().subject(), {.language = language});
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    EXPECT_THAT(html, Not(HasSubstr("<link")));
    EXPECT_THAT(html, HasSubstr("<html lang=\"" + language + "\">"));
    const bool polish = language == "pl";
    EXPECT_THAT(html, HasSubstr(polish ? "Raport bezpieczeństwa" : "Safety report"));
    EXPECT_THAT(html, HasSubstr(polish ? "Ogień" : "Fire &amp; smoke"));
    EXPECT_THAT(html, HasSubstr(polish ? "nie podano" : "not stated"));
    const auto file = std::filesystem::temp_directory_path() / "defilada-safety-test.html";
    std::ofstream(file) << html;
    EXPECT_EQ(run("xmllint --noout --nonet '" + file.string() + "'"), "");
    std::filesystem::remove(file);
  }
}

TEST(Report, SharesOfThePopulationKeepTheirDecimal) {
  Day other;
  auto& population = other.show->spectators->population;
  population.assign(2, {});
  population[0].share = 0.995;
  population[1].share = 0.005;
  EXPECT_THAT(report_html(other.subject()), HasSubstr("99.5%; "));
  EXPECT_THAT(report_html(other.subject()), HasSubstr("0.5%; "));
  EXPECT_THAT(report_html(other.subject(), {.language = "pl"}), HasSubstr("99,5%; "));
  population[0].share = 0.9;
  EXPECT_THAT(report_html(other.subject()), HasSubstr("90%; "));
}

TEST(Report, SaysThatCrossingsAreOpenToThoseWhoFlee) {
  const Day other(test::with(square(), "  exits:\n",
                             "  crossings:\n    street: {polygon: [[30 m, 2 m], [33 m, 2 m], "
                             "[33 m, 8 m], [30 m, 8 m]], open: {from: welcome ends}}\n  exits:\n"));
  EXPECT_THAT(report_html(other.subject()),
              HasSubstr("open from 12:05:00; in an emergency open to those who flee"));
}

TEST(Report, NamesTheExitsByWhichNobodyGoesHome) {
  Day other;
  ASSERT_GT(other.phases[1].exits[0].passed, 0U);
  ASSERT_GT(other.phases[1].exits[1].passed, 0U);
  EXPECT_THAT(report_html(other.subject()), Not(HasSubstr("nobody leaves by")));
  other.phases[1].exits[1].passed = 0;
  EXPECT_THAT(report_html(other.subject()), HasSubstr("nobody leaves by E2 east when"));
}

TEST(Ground, ShortNamesOfNeighboursDoNotLieOnEachOther) {
  std::string amenities = "  amenities:\n";
  for (int k = 0; k < 6; ++k) {
    const double x = 4 + 0.8 * k;
    amenities += fmt::format(
        "    tap {0}: {{polygon: [[{1} m, 22 m], [{2} m, 22 m], [{2} m, 22.5 m], [{1} m, 22.5 m]], "
        "what: water, places: 1, visit: 10 s}}\n",
        k, x, x + 0.5);
  }
  const Day other(test::with(square(), "  exits:\n", amenities + "  exits:\n"));
  const Subject subject = other.subject();
  const Context context(subject, "en");
  std::vector<drawing::Box> boxes;
  for (const drawing::Shape& shape :
       draw_ground(context, nullptr, Layer::none, true, "ground", 60, 80).shapes) {
    const auto* label = std::get_if<drawing::Label>(&shape);
    if (label != nullptr && label->bold && label->halo) boxes.push_back(drawing::bounds(*label));
  }
  ASSERT_GE(boxes.size(), 6U + 5U);
  for (std::size_t a = 0; a < boxes.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      EXPECT_FALSE(boxes[a].min.x < boxes[b].max.x && boxes[b].min.x < boxes[a].max.x &&
                   boxes[a].min.y < boxes[b].max.y && boxes[b].min.y < boxes[a].max.y)
          << a << " and " << b;
    }
  }
}

/// On the plan, and not among what nobody has stated.
TEST(Report, QueuesThatAreDrawnAreOnThePlan) {
  const std::string drawn =
      test::with(square(), "shuts: 11:40",
                 "shuts: 11:40, queue: {points: [[15 m, 20 m], [15 m, 12 m], [3 m, 12 m]]}");
  const auto page_of = [](const std::string& text) {
    const Day day(text);
    return report_html(day.subject());
  };
  const std::string without = page_of(square());
  const std::string with_queue = page_of(drawn);
  EXPECT_THAT(without, HasSubstr("where queues may form"));
  EXPECT_THAT(with_queue, Not(HasSubstr("where queues may form")));
  const auto paths = [](const std::string& page) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = page.find("<path", at)) != page.npos; ++at) ++count;
    return count;
  };
  EXPECT_GT(paths(with_queue), paths(without));
}

TEST(Report, TheSameDayGivesTheSamePdfWhichReadsBack) {
  const auto folder = std::filesystem::temp_directory_path();
  const auto a = folder / "defilada-safety-a.pdf";
  const auto b = folder / "defilada-safety-b.pdf";
  ASSERT_TRUE(write_report_pdf(a, day().subject()));
  ASSERT_TRUE(write_report_pdf(b, day().subject()));
  EXPECT_TRUE(read(a) == read(b));
  const std::string text = run("pdftotext -layout '" + a.string() + "' -");
  for (const char* const words :
       {"Safety report", "The four capacities", "Design", "Information", "Management",
        "Fire & smoke", "Where it gets dense", "How the numbers were got", "Safe capacity"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
  std::filesystem::remove(a);
  std::filesystem::remove(b);
}

TEST(Report, APartOfThePeopleIsSaidToBeATrial) {
  const Day half(square(), 0.5);
  EXPECT_THAT(report_html(half.subject()), HasSubstr("a trial"));
  EXPECT_THAT(report_html(day().subject()), Not(HasSubstr("a trial")));
}

}  // namespace
}  // namespace defilada::safety
