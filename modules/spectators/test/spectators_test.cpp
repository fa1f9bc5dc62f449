// SPDX-License-Identifier: MIT
// A small square with a stand: what comes of its spectators.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <random>
#include <set>

#include "defilada/geo/polygon.hpp"
#include "defilada/show/read.hpp"
#include "defilada/spectators/checkpoint.hpp"
#include "defilada/spectators/fluid.hpp"
#include "defilada/spectators/hand.hpp"
#include "source_dir.hpp"
#include "square.hpp"

namespace defilada::spectators {
namespace {

using test::kSquare;
using test::Planned;
using test::with;
using testing::ElementsAre;
using testing::SizeIs;

TEST(Scene, HasEverybodyOnceWithATimeOfTheCurve) {
  const Planned planned;
  const Scene scene = planned.scene();
  ASSERT_THAT(scene.people, SizeIs(60));
  for (const Spectator& each : scene.people) {
    EXPECT_GE(each.comes_s, 11 * 3600);
    EXPECT_LT(each.comes_s, 11 * 3600 + 600);
    EXPECT_EQ(each.gate, 0);
    EXPECT_GT(each.speed_mps, 0.5F);
  }
  EXPECT_EQ(scene.leave_s, 12 * 3600 + 300);
  EXPECT_THAT(scene.emergency_s, ElementsAre(12 * 3600));
}

/// Two stands whose stops send exactly their people: any share of all of them has its people, none
/// of them where it may not be.
TEST(Scene, AnyShareOfThePeopleComesAlthoughStopsAndStandsFitExactly) {
  std::string text =
      with(std::string(kSquare), "  stands:\n",
           "  stands:\n    side: {polygon: [[0 m, 40 m], [30 m, 40 m], [30 m, 45 m], [0 m, 45 m]], "
           "capacity: 33}\n");
  text = with(text, "  people: 60\n",
              "  people: 60\n  zones:\n    stand: {people: 27, from: [tram]}\n"
              "    side: {people: 33, from: [bus, coach]}\n");
  text = with(text, "arrivals: {from: 11:00, to: 11:10}}",
              "people: 27, arrivals: {from: 11:00, to: 11:10}}\n"
              "    bus: {circle: {centre: [5 m, 5 m], radius: 2 m}, people: 16, arrivals: {from: "
              "11:00, to: 11:10}}\n"
              "    coach: {circle: {centre: [25 m, 5 m], radius: 2 m}, people: 17, arrivals: "
              "{from: 11:00, to: 11:10}}");
  const Planned planned(text);
  for (int percent = 1; percent <= 100; ++percent) {
    const Scene scene = planned.scene({.share = percent / 100.0});
    EXPECT_EQ(scene.people.size(), static_cast<std::size_t>(std::llround(0.6 * percent)));
    std::array<int, 2> in{};
    for (const Spectator& each : scene.people) {
      const bool tram = planned.show->spectators->stops[each.stop].name == "tram";
      const show::Zone& zone = planned.show->spectators->zones[each.zone];
      EXPECT_EQ(tram, (*planned.show)[zone.area].name == "stand");
      ++in[tram ? 0 : 1];
    }
    EXPECT_NEAR(in[0], 0.27 * percent, 1);
    EXPECT_NEAR(in[1], 0.33 * percent, 1.5);
  }
}

TEST(Scene, TheSameSeedGivesTheSamePeopleAnotherGivesOthers) {
  const Planned planned;
  const RunOptions run;
  const show::Show& show = *planned.show;
  EXPECT_EQ(key_of(show, planned.scene(), run), key_of(show, planned.scene(), run));
  EXPECT_NE(key_of(show, planned.scene(), run), key_of(show, planned.scene({.seed = 2}), run));
}

constexpr std::string_view kLane =
    "  emergency lanes:\n    lane: {points: [[2 m, 1 m], [2 m, 18 m]], width: 3 m}\n";

std::string with_lanes(const std::string& lanes) {
  return with(std::string(kSquare), "programme:\n", lanes + "programme:\n");
}

/// What was kept tells of each lane: it is of no show with others.
TEST(Scene, OtherEmergencyLanesAreAnotherRun) {
  const RunOptions run;
  const auto key = [&](const std::string& lanes) {
    const Planned planned(with_lanes(lanes));
    return key_of(*planned.show, planned.scene(), run);
  };
  const std::string lane(kLane);
  const std::set<std::uint64_t> keys{
      key(""), key(lane), key(with(lane, "width: 3 m", "width: 4 m")),
      key(with(lane, "18 m]", "17 m]")),
      key(lane + "    more: {points: [[9 m, 1 m], [9 m, 18 m]], width: 3 m}\n")};
  EXPECT_EQ(keys.size(), 5U);
  EXPECT_EQ(key(lane), key(lane));
}

TEST(Day, PhasesOfAnotherShowAreRefused) {
  const Planned without;
  const Planned one(with_lanes(std::string(kLane)));
  const Scene scene = without.scene();
  RunOptions options;
  options.cut_off_s = 60;
  auto phase = run_phase(*one.show, one.scene(), Phase::What::egress, 0, {}, options);
  ASSERT_TRUE(phase);
  ASSERT_EQ(phase->lanes.size(), 1U);
  EXPECT_TRUE(fits(*one.show, scene, {*phase}));
  EXPECT_FALSE(fits(*without.show, scene, {*phase}));
  const auto day = run_day(*without.show, scene, options, {*phase});
  ASSERT_FALSE(day);
  EXPECT_EQ(day.error().code, Errc::bad_input);
  phase->lanes.clear();
  EXPECT_TRUE(fits(*without.show, scene, {*phase}));
  EXPECT_FALSE(fits(*without.show, scene, {*phase, *phase, *phase, *phase}));
  phase->places.push_back({static_cast<std::uint32_t>(scene.people.size()), 0, 0});
  EXPECT_FALSE(fits(*without.show, scene, {*phase}));
}

/// Each emergency has random numbers of its own: who leaves gets up in another order than on a
/// normal day, and than in another emergency, even of another seed; so what runs over seeds tell is
/// of runs that do not repeat each other.
TEST(Day, EmergenciesDrawTheirOwnNumbers) {
  const Planned planned(with(std::string(kSquare),
                             "    fire: {from: welcome starts, blocked: east, react: 20 s}\n",
                             "    fire: {from: welcome ends, react: 30 s}\n"
                             "    smoke: {from: welcome ends, react: 30 s}\n"));
  const Scene scene = planned.scene();
  RunOptions options;
  const auto in = run_phase(*planned.show, scene, Phase::What::ingress, 0, {}, options);
  ASSERT_TRUE(in);
  std::set<double> different;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    options.seed = seed;
    for (const auto& [what, number] : {std::pair(Phase::What::egress, 0),
                                       {Phase::What::emergency, 0},
                                       {Phase::What::emergency, 1}}) {
      const auto out = run_phase(*planned.show, scene, what, static_cast<std::size_t>(number),
                                 in->places, options);
      ASSERT_TRUE(out);
      EXPECT_EQ(out->out, 60U);
      different.insert(out->last_95_s - out->begin_s);
    }
  }
  EXPECT_GE(different.size(), 8U);
}

/// Files are called so: no two phases share one, whatever emergencies are called.
TEST(Day, NoTwoPhasesAreCalledAlike) {
  const Planned planned(std::string(kSquare) +
                        "    Fire: {from: welcome starts}\n    egress: {from: welcome starts}\n"
                        "    ingress: {from: welcome starts}\n"
                        "    circulation: {from: welcome starts}\n");
  EXPECT_EQ(phase_slugs(*planned.show->spectators),
            (std::vector<std::string>{"ingress", "egress", "fire", "fire-2", "egress-2",
                                      "ingress-2", "circulation-2", "circulation"}));
}

TEST(Scene, PartiesComeTogetherAtThePaceOfTheSlowest) {
  const Planned planned(std::string(kSquare) +
                        "  population:\n    families: {share: 100 %, speed: 1.2 m/s, spread: 0.2 "
                        "m/s, together: 4}\n");
  const Scene scene = planned.scene();
  for (std::size_t p = 0; p < scene.people.size(); p += 4) {
    for (std::size_t k = 1; k < 4; ++k) {
      EXPECT_EQ(scene.people[p].party, scene.people[p + k].party);
      EXPECT_EQ(scene.people[p].comes_s, scene.people[p + k].comes_s);
      EXPECT_EQ(scene.people[p].speed_mps, scene.people[p + k].speed_mps);
    }
  }
}

/// Rows and columns are met, nothing goes where it may not; and where there is no way, none is
/// found: against Hall's condition over all sets of rows.
TEST(Matched, MeetsRowsAndColumnsWhereverThatCanBe) {
  std::mt19937 random(7);
  int possible = 0;
  for (int trial = 0; trial < 500; ++trial) {
    const std::size_t rows = 1 + random() % 4;
    const std::size_t columns = 1 + random() % 4;
    std::vector<std::int64_t> row(rows), column(columns, 0);
    std::int64_t sum = 0;
    for (auto& each : row) sum += each = random() % 50;
    for (std::int64_t k = 0; k < sum; ++k) ++column[random() % columns];
    std::vector<std::vector<bool>> allowed(rows, std::vector<bool>(columns));
    for (auto& line : allowed) {
      for (std::size_t k = 0; k < columns; ++k) line[k] = random() % 3 != 0;
    }
    bool hall = true;
    for (unsigned set = 1; set < 1U << rows; ++set) {
      std::int64_t need = 0;
      std::int64_t room = 0;
      for (std::size_t k = 0; k < columns; ++k) {
        bool reached = false;
        for (std::size_t i = 0; i < rows; ++i)
          reached = reached || ((set >> i & 1U) && allowed[i][k]);
        room += reached ? column[k] : 0;
      }
      for (std::size_t i = 0; i < rows; ++i) need += (set >> i & 1U) ? row[i] : 0;
      hall = hall && need <= room;
    }
    const auto x = matched(row, column, allowed);
    ASSERT_EQ(x.has_value(), hall) << trial;
    if (!x) continue;
    ++possible;
    for (std::size_t i = 0; i < rows; ++i) {
      EXPECT_EQ(std::accumulate((*x)[i].begin(), (*x)[i].end(), std::int64_t{0}), row[i]);
      for (std::size_t k = 0; k < columns; ++k) {
        EXPECT_GE((*x)[i][k], 0);
        EXPECT_TRUE(allowed[i][k] || (*x)[i][k] == 0);
      }
    }
  }
  EXPECT_GT(possible, 100);
}

/// 50 000 people at 400 an hour and lane in 3 hours are 42 lanes.
TEST(ByHand, CountsLanesAsAPencilDoes) {
  std::string text = with(std::string(kSquare), "people: 60", "people: 50 000");
  text = with(text, "capacity: 200", "capacity: 50 000");
  text = with(text, "service: 6 s, opens: 11:00, shuts: 11:40", "service: 9 s");
  text = with(text, "from: 11:00, to: 11:10", "from: 08:30, to: 11:00");
  const Planned planned(text);
  Scene scene = planned.scene();
  scene.begin_s = 8.5 * 3600;
  const Hand hand = by_hand(*planned.show, scene);
  EXPECT_EQ(hand.lanes, 4);
  EXPECT_EQ(hand.lanes_needed, 42);
  EXPECT_EQ(hand.gates[0].lanes_needed, 42);
  EXPECT_EQ(hand.entry_an_hour, 1600);
  EXPECT_EQ(hand.holding, 50'000);
  EXPECT_EQ(hand.entry, 4800);  // 4 lanes, 3 hours
  // 82 people a metre and minute, 4 m each, two exits; one is blocked.
  EXPECT_DOUBLE_EQ(hand.exits[0].per_minute, 82 * 4.0);
  EXPECT_EQ(hand.emergency, 82 * 4 * 8);
  EXPECT_EQ(hand.safe, hand.emergency);  // the least of the four
  const auto findings = findings_by_hand(scene, hand);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].code, "crowd.too-few-lanes");
  EXPECT_EQ(findings[0].message,
            "50000 people at 400 an hour and lane in 3 h are 42 lanes; 'gate' has 4");
  ASSERT_TRUE(findings[0].fix);
  EXPECT_EQ(findings[0].fix->edits[0].text, "42");
  EXPECT_EQ(planned.sources.text(findings[0].fix->edits[0].span), "4");
}

/// Two lanes of 30 s serve 4 a minute: of 60 who come in ten minutes 20 at least are left.
TEST(ByHand, TheQueueAsAFluidHasTheLongestOfTheHand) {
  const Planned planned(
      with(std::string(kSquare), "lanes: 4, service: 6 s", "lanes: 2, service: 30 s"));
  const Scene scene = planned.scene();
  const Curve queue = queue_by_hand(scene, 0);
  const Hand hand = by_hand(*planned.show, scene);
  ASSERT_FALSE(queue.empty());
  EXPECT_EQ(*std::max_element(queue.begin(), queue.end()), hand.gates[0].most_queue);
  EXPECT_NEAR(static_cast<double>(hand.gates[0].most_queue), 60 - 4 * 10, 8);
  EXPECT_EQ(queue.back(), 0U);
  // From the last who comes on it shrinks by 4 a minute.
  for (std::size_t k = 12; k < queue.size(); ++k) {
    EXPECT_EQ(queue[k], queue[k - 1] > 4 ? queue[k - 1] - 4 : 0) << k;
  }
}

TEST(Day, EverybodyComesSitsAndLeaves) {
  const Planned planned;
  const Scene scene = planned.scene();
  const auto day = run_day(*planned.show, scene, {});
  ASSERT_TRUE(day) << day.error().message;
  ASSERT_THAT(*day, SizeIs(3));
  const Phase& ingress = (*day)[0];
  EXPECT_EQ(ingress.seated, 60U);
  EXPECT_EQ(ingress.seated_in_time, 60U);
  EXPECT_EQ(ingress.gates[0].passed, 60U);
  EXPECT_THAT(ingress.places, SizeIs(60));
  // Nobody is through before the search is done, and four lanes do ten a minute.
  EXPECT_GE(ingress.gates[0].last_s - ingress.gates[0].first_s, 60 / 4 * 6 - 6 - 1);
  for (const Place& place : ingress.places) {
    EXPECT_GE(crowd::to_metres(place.y), 30);  // in the stand
  }
  const Phase& egress = (*day)[1];
  EXPECT_EQ(egress.out, 60U);
  EXPECT_EQ(egress.exits[0].passed + egress.exits[1].passed, 60U);
  EXPECT_GT(egress.exits[0].passed, 0U);
  EXPECT_GT(egress.exits[1].passed, 0U);
  const Phase& fire = (*day)[2];
  EXPECT_EQ(fire.out, 60U);
  EXPECT_EQ(fire.exits[1].passed, 0U);  // blocked
  // The same people are out at the end of both; their fingerprints are of the whole way.
  EXPECT_NE(egress.state_hash, fire.state_hash);
  EXPECT_TRUE(findings_of_run(*planned.show, scene, *day, 1).empty());
}

/// A finding names the measure: as much wider as it is too dense there.
TEST(Day, WhereItIsTooDenseTheMeasureIsSaid) {
  const Planned planned;
  const Scene scene = planned.scene();
  Phase phase;
  phase.what = Phase::What::ingress;
  const auto spell = [](double x, double y) {
    Spell it;
    it.place = {x, y};
    it.from_s = 11 * 3600;
    it.to_s = it.from_s + 300;
    it.density = 9.4;
    return it;
  };
  phase.spells = {spell(15, 18), spell(1, 26), spell(28, 1)};
  const auto found = findings_of_run(*planned.show, scene, {phase}, 1);
  ASSERT_THAT(found, SizeIs(3));
  // The gate is 10 m wide, the exit 4 m, the limit 4.7.
  EXPECT_THAT(found[0].message.english(), testing::HasSubstr("a second gate of about 10 m"));
  EXPECT_THAT(found[1].message.english(), testing::HasSubstr("a second exit of about 4 m"));
  EXPECT_THAT(found[2].message.english(), testing::HasSubstr("a wider or a second way there"));
}

/// On the line that the show draws, as far as it reaches; the rest is told of.
TEST(Day, PeopleQueueWhereTheShowDrawsIt) {
  std::uint32_t beside[2] = {0, 0};
  for (const bool short_line : {false, true}) {
    const std::string end = short_line ? "[15 m, 17 m]" : "[15 m, 12 m], [3 m, 12 m], [3 m, 1 m]";
    const Planned planned(test::with(test::with(std::string(kSquare), "to: 11:10}", "to: 11:01}"),
                                     "shuts: 11:40",
                                     "shuts: 11:40, queue: {points: [[15 m, 20 m], " + end + "]}"));
    const Scene scene = planned.scene();
    ASSERT_THAT(scene.ground.gates[0].queues, SizeIs(1));
    const auto in = run_phase(*planned.show, scene, Phase::What::ingress, 0, {}, {});
    ASSERT_TRUE(in) << in.error().message;
    EXPECT_EQ(in->seated, 60U);
    EXPECT_GT(in->gates[0].longest_queue, 15U);
    beside[short_line ? 1 : 0] = in->gates[0].beside_queue;
  }
  EXPECT_LT(beside[0], 6U);  // on their way to it
  EXPECT_GT(beside[1], 10U);
}

/// A hundredth of the people of a parade's show, on its own ground, with a longer step.
struct Parade {
  explicit Parade(const char* name, double share) {
    const std::filesystem::path root(defilada::test::source_dir());
    auto read = show::read_show(root / "shows" / name, {.catalogues = {root / "catalogue"}},
                                sources, diagnostics);
    EXPECT_TRUE(read) << (diagnostics.all().empty() ? "" : diagnostics.all()[0].message.english());
    show.emplace(std::move(*read));
    auto made = plan::make_plan(*show);
    EXPECT_TRUE(made && made->feasible);
    plan = std::move(*made);
    auto whole = make_scene(*show, plan, {.share = share});
    EXPECT_TRUE(whole);
    scene = std::move(*whole);
    options.share = share;
    options.step_s = 0.1;
    auto run = run_day(*show, scene, options);
    EXPECT_TRUE(run) << run.error().message;
    day = std::move(*run);
  }

  /// All come, sit in time and leave; nobody is lost, counted twice, or goes where it is blocked.
  void expect_whole() const {
    const std::uint64_t people = scene.people.size();
    ASSERT_EQ(day.size(), phases_of(scene));
    const Phase& in = day[0];
    EXPECT_EQ(in.people, people);
    EXPECT_EQ(in.came, people);
    EXPECT_EQ(in.seated, people);
    EXPECT_EQ(in.seated_in_time, people);
    EXPECT_EQ(in.places.size(), people);
    for (std::size_t g = 0; g < in.gates.size(); ++g) {
      EXPECT_EQ(in.gates[g].passed, static_cast<std::uint64_t>(std::count_if(
                                        scene.people.begin(), scene.people.end(),
                                        [&](const Spectator& each) { return each.gate == g; })));
    }
    std::vector<bool> seen(people, false);
    for (const Place& each : in.places) {
      EXPECT_FALSE(seen[each.person]);
      seen[each.person] = true;
      const show::Zone& zone = show->spectators->zones[scene.people[each.person].zone];
      const geo::Polygon& polygon = (*show)[zone.area].polygon;
      geo::Vec2 at{crowd::to_metres(each.x), crowd::to_metres(each.y)};
      // Whoever is kept from his place by the others stands beside it, and at the edge beyond it.
      const geo::Vec2 in_ward = geo::centroid(polygon) - at;
      at = at + (0.6 / geo::length(in_ward)) * in_ward;
      EXPECT_TRUE(geo::contains(polygon, at)) << at.x << " " << at.y;
    }
    for (std::size_t k = 1; k < day.size(); ++k) {
      EXPECT_EQ(day[k].out, people) << k;
      std::uint64_t out = 0;
      for (const ExitOutcome& exit : day[k].exits) out += exit.passed;
      EXPECT_EQ(out, people) << k;
    }
    for (std::size_t e = 0; e < show->spectators->emergencies.size(); ++e) {
      for (const show::WayOutId shut : show->spectators->emergencies[e].blocked) {
        EXPECT_EQ(day[2 + e].exits[shut.value].passed, 0U);
      }
    }
    for (const Finding& each : findings_of_run(*show, scene, day, options.share)) {
      EXPECT_NE(each.severity, Severity::error) << each.message;
    }
  }

  Sources sources;
  Diagnostics diagnostics;
  std::optional<show::Show> show;
  plan::Plan plan;
  Scene scene;
  RunOptions options;
  std::vector<Phase> day;
};

TEST(Parades, AHundredthOfBeijingComesSitsAndLeaves) {
  const Parade parade("beijing-2025", 0.01);
  parade.expect_whole();
  // The middle stands get up last; all 45 min of the show's limit are never needed.
  EXPECT_LT(parade.day[1].last_s - parade.day[1].begin_s, 30 * 60);
}

/// Fewer would wait too long: a lane of a twentieth takes three minutes for each.
TEST(Parades, ATwentiethOfParisComesSitsAndLeaves) {
  const Parade parade("paris-2025", 0.05);
  parade.expect_whole();
  EXPECT_LT(parade.day[1].last_s - parade.day[1].begin_s, 20 * 60);
}

TEST(Findings, TellWhoIsLateAndWhatIsTooSlow) {
  std::string text =
      with(std::string(kSquare), "lanes: 4, service: 6 s", "lanes: 1, service: 40 s");
  const Planned planned(text);
  const Scene scene = planned.scene();
  const Hand hand = by_hand(*planned.show, scene);
  EXPECT_EQ(hand.gates[0].lanes_needed, 2);  // 60 people, 90 an hour, half an hour
  auto day = run_day(*planned.show, scene, {});
  ASSERT_TRUE(day);
  std::vector<std::string> codes;
  for (const Finding& each : findings_of_run(*planned.show, scene, *day, 1)) {
    codes.push_back(each.code);
  }
  EXPECT_THAT(codes, testing::Contains("crowd.not-seated"));
  EXPECT_LT((*day)[0].seated_in_time, 60U);
}

std::vector<std::string> lane_findings(const std::string& lane) {
  const Planned planned(
      with(with(std::string(kSquare), "lanes: 4, service: 6 s", "lanes: 1, service: 20 s"),
           "  stands:\n",
           "  emergency lanes:\n    lane: {points: [" + lane + "], width: 4 m}\n  stands:\n"));
  const Scene scene = planned.scene();
  const auto day = run_day(*planned.show, scene, {});
  EXPECT_TRUE(day);
  std::vector<std::string> found;
  for (const Finding& each : findings_of_run(*planned.show, scene, *day, 1)) {
    if (each.code == "crowd.lane-blocked") found.push_back(each.message.english());
  }
  return found;
}

TEST(Lanes, AreToldWherePeopleStandSitOrQueueOnThem) {
  // Through the stand, where they sit, and before the gate, where they wait; not beside it.
  EXPECT_THAT(lane_findings("[0 m, 38 m], [30 m, 38 m]"), SizeIs(testing::Ge(1)));
  EXPECT_THAT(lane_findings("[10 m, 18 m], [20 m, 18 m]"), SizeIs(testing::Ge(1)));
  EXPECT_THAT(lane_findings("[2 m, 1 m], [2 m, 17 m]"), SizeIs(0));
}

}  // namespace
}  // namespace defilada::spectators
