// SPDX-License-Identifier: MIT
// Variants: an ordinary show of each, and every fault with its place in the variant's lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "defilada/show/read.hpp"
#include "show_reading.hpp"
#include "variant_tree.hpp"

namespace defilada::show {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A show with two marches, a flypast, guests and a rule on each, and the variants that are given.
std::string with_variants(const std::string& variants) {
  return R"(defilada: 1
title: Parade
date: 2026-05-03
zone: Europe/Warsaw
kinds:
  walker: {category: foot, body: {length: 0.4 m, width: 0.6 m, height: 1.8 m}, gaits: [1.4 m/s], speed: {max: 3 m/s}, acceleration: 1 m/s2, separation: 0.5 m}
  plane: {category: aeroplane, body: {length: 10 m, width: 10 m, height: 3 m}, gaits: [80 m/s], speed: {min: 40 m/s, max: 120 m/s}, acceleration: 2 m/s2, bank: 30 deg, climb: 5 m/s, separation: {horizontal: 20 m, vertical: 15 m}}
  car: {category: vehicle, body: {length: 5 m, width: 2 m, height: 1.6 m}, gaits: [20 km/h], speed: {max: 20 m/s}, acceleration: 1 m/s2, turning radius: 7 m, separation: 3 m}
site:
  origin: {lat: 52.25, lon: 21.01}
  routes:
    street: {points: [[-200 m, 0 m], [200 m, 0 m]]}
    drive: {points: [[-300 m, 60 m], [300 m, 60 m]]}
  air lines:
    line: {points: [[-9 km, 0 m], [9 km, 0 m]]}
  stations:
    start: {route: street, along: 100 m}
    salute line: {route: street, along: 200 m}
    door: {route: drive, along: 300 m}
    overhead: {route: line, along: 9 km}
  areas:
    house: {polygon: [[290 m, 50 m], [320 m, 50 m], [320 m, 80 m], [290 m, 80 m]]}
marches:
  column:
    route: street
    line-up: {station: start, gap: 5 m}
    defaults: {kind: walker, block: {files: 2, ranks: 2, interval: 1 m, distance: 1 m}}
    order:
      - navy:
      - navy band:
      - army: {like: navy}
flypasts:
  flight:
    line: line
    over: overhead
    height: {agl: 300 m}
    order:
      - vics: {kind: plane, vic: {count: 3, interval: 40 m, distance: 40 m}, times: 2}
guests:
  host: Host
  on foot: walker
  car: car
  precedence:
    - alpha:
    - beta:
    - gamma:
  seats: {place: [0 m, 100 m], facing: south, rows: [5]}
  motorcades:
    away: {route: drive, from: door, to: house, guests: [alpha, beta], together: [[alpha, beta]]}
programme:
  - speech: {at: 12:00, lasts: 5 min}
  - march: {march: column, after: speech, later: 1 min to 2 min}
  - fly past: {flypast: flight, after: march}
  - cheer: {with: fly past}
  - drive: {after: march, motorcade: away}
  - talks: {at: 14:00, lasts: 1 h, participants: [alpha, beta], venue: house}
rules:
  - {cue: march ends, then: head of vics 2 over overhead, later: at most 9 min}
  - {cue: head of navy band crosses salute line, no later than: 12:30}
published:
  - blocks: {count: contingents in column, value: 3, is: identity, source: nobody}
variants:
)" + variants;
}

struct Read {
  explicit Read(const std::string& text) {
    all = read_variants_text(text, "show.yaml", {}, sources, diagnostics);
    diagnostics.sort();
    for (const Diagnostic& each : diagnostics.all()) told += render(each, sources, false);
  }
  [[nodiscard]] const Show& only() const { return all.value().variants.at(0); }
  [[nodiscard]] std::string at(Span span) const { return std::string(sources.text(span)); }

  Sources sources;
  Diagnostics diagnostics;
  std::optional<ShowAndVariants> all;
  std::string told;
};

Read sound(const std::string& variants) {
  Read read(with_variants(variants));
  EXPECT_EQ(read.told, "") << variants;
  return read;
}

template <typename T>
std::vector<std::string> names(const std::vector<T>& list) {
  std::vector<std::string> out;
  for (const T& each : list) out.push_back(each.name);
  return out;
}

/// Code and message of the only fault.
std::string fault(const std::string& variants) {
  const Read read(with_variants(variants));
  EXPECT_FALSE(read.all.has_value()) << variants;
  if (read.diagnostics.all().size() != 1) return read.told;
  const Diagnostic& only = read.diagnostics.all().front();
  EXPECT_TRUE(only.span.known());
  return only.code + ": " + only.message.english();
}

TEST(Variants, TheBaseIsAsIfThereWereNone) {
  const Read read = sound("  a: {set: {programme / speech / lasts: 6 min}}\n");
  EXPECT_FALSE(read.all->base.variant.has_value());
  EXPECT_EQ(read.all->base.items[0].lasts.least, Duration{300'000'000});
  EXPECT_EQ(read.all->base.published.size(), 1U);
}

TEST(Variants, AValueIsSetByItsPathAndKeepsItsPlaceInTheVariant) {
  const Read read = sound("  a: {set: {programme / speech / lasts: 6 min}}\n");
  const Item& speech = read.only().items[0];
  EXPECT_EQ(speech.lasts.least, Duration{360'000'000});
  EXPECT_EQ(read.at(speech.lasts_span), "6 min");
  EXPECT_EQ(read.only().variant->name, "a");
  EXPECT_EQ(read.only().title.en(), "Parade: a");
  EXPECT_THAT(read.only().published, IsEmpty());
}

TEST(Variants, AKeyThatTheBaseDoesNotHaveCanBeSet) {
  const Read read = sound(
      "  a: {set: {marches / column / order / navy band / gap: {distance: 9 m, station: salute "
      "line}}}\n"
      "  b: {set: {marches / column / least gap: 3 m, rules / 2 / no later than: 12:40}}\n");
  EXPECT_EQ(read.all->variants[1].processions[0].gap_min_m, 3);
  EXPECT_EQ(read.all->variants[1].rules[1].later.most, Duration{(12 * 60 + 40) * 60'000'000LL});
}

TEST(Variants, WithoutAProcessionGoWhatRunsItAndWhatItHolds) {
  const Read read = sound(
      "  a: {without: flight, rules on them: fall away, set: {programme / cheer: {after: "
      "march}}}\n");
  EXPECT_THAT(names(read.only().processions), ElementsAre("column"));
  EXPECT_THAT(names(read.only().contingents), ElementsAre("navy", "navy band", "army"));
  EXPECT_THAT(names(read.only().items), ElementsAre("speech", "march", "cheer", "drive", "talks"));
  EXPECT_EQ(read.only().rules.size(), 1U);
}

TEST(Variants, WhatNamesSomethingThatIsTakenAwayIsTold) {
  const Read read(with_variants("  a: {without: flight}\n"));
  EXPECT_FALSE(read.all.has_value());
  ASSERT_EQ(read.diagnostics.all().size(), 2U) << read.told;  // the item that waits, and the rule
  for (const Diagnostic& each : read.diagnostics.all()) {
    EXPECT_EQ(each.code, "show.taken-away");
    ASSERT_EQ(each.notes.size(), 2U);
    EXPECT_EQ(read.at(each.notes[0].span), "flight");
    EXPECT_EQ(read.at(each.notes[1].span), "a");
  }
  EXPECT_THAT(read.told, HasSubstr("'vics 2' is taken away, and this names it"));
}

TEST(Variants, ANameIsNoPartOfALongerOne) {
  // A rule on 'navy band' is none on 'navy'.
  const Read read = sound(
      "  a: {without: [navy], rules on them: fall away, set: {marches / column / order / army: "
      "{}}}\n");
  EXPECT_EQ(read.only().rules.size(), 2U);
  EXPECT_THAT(names(read.only().contingents), ElementsAre("navy band", "army", "vics 1", "vics 2"));
}

TEST(Variants, WhoIsTakenAwayIsInNoList) {
  const Read read = sound("  a: {without: beta}\n");
  const Guests& guests = *read.only().guests;
  EXPECT_THAT(names(guests.delegations), ElementsAre("alpha", "gamma"));
  ASSERT_EQ(guests.motorcades[0].cars.size(), 1U);
  EXPECT_THAT(guests.motorcades[0].cars[0], ElementsAre(DelegationId{0}));
  EXPECT_THAT(read.only().items.back().participants, ElementsAre(DelegationId{0}));
}

TEST(Variants, NumbersAreThoseOfTheListAsItWas) {
  const Read read = sound("  a: {without: [rules / 1, rules / 2]}\n");
  EXPECT_THAT(read.only().rules, IsEmpty());
}

TEST(Variants, ContingentsOfAProcessionThatGoesNeedNoWord) {
  const Read read = sound("  a: {without: [flight, vics, cheer], rules on them: fall away}\n");
  EXPECT_THAT(names(read.only().items), ElementsAre("speech", "march", "drive", "talks"));
}

TEST(Variants, WhatIsAddedStandsWhereItsPathSays) {
  const Read read = sound(
      "  a:\n"
      "    add:\n"
      "      marches / column / order / navy: [{marines: {like: navy}}]\n"
      "      programme: [{fireworks: {after: talks, lasts: 1 min}}]\n"
      "      site / stations: {corner: {route: street, along: 250 m}}\n");
  EXPECT_THAT(names(read.only().contingents),
              ElementsAre("navy", "marines", "navy band", "army", "vics 1", "vics 2"));
  EXPECT_EQ(read.only().items.back().name, "fireworks");
  EXPECT_EQ(read.at(read.only().items.back().span), "fireworks: {after: talks, lasts: 1 min}");
  EXPECT_EQ(read.only().site.stations.back().name, "corner");
}

TEST(Variants, LateIsLaterByTheClockOrBehindWhatItWaitsFor) {
  const Read read =
      sound("  a: {late: {speech: 90 s, march: 30 s, drive: 5 min, alpha: 12 min}}\n");
  const Show& show = read.only();
  EXPECT_EQ(show.items[0].at->time, Time{(12 * 3600 + 90) * 1'000'000LL});
  EXPECT_EQ(show.items[1].after[0].later.least, Duration{90'000'000});
  EXPECT_EQ(show.items[1].after[0].later.most, Duration{150'000'000});
  EXPECT_EQ(show.items[4].after[0].later.least, Duration{300'000'000});
  EXPECT_FALSE(show.items[4].after[0].later.most.has_value());
  EXPECT_EQ(show.guests->delegations[0].late, Duration{720'000'000});
  EXPECT_EQ(read.at(show.items[0].at->span), "90 s");
}

TEST(Variants, OneIsLikeAnother) {
  const Read read = sound(
      "  both: {like: second, set: {programme / talks / lasts: 2 h}}\n"
      "  second: {like: first, set: {programme / speech / lasts: 7 min}}\n"
      "  first: {without: gamma, set: {programme / speech / lasts: 6 min}}\n");
  const Show& both = read.only();
  EXPECT_EQ(both.items[0].lasts.least, Duration{420'000'000});
  EXPECT_EQ(both.items.back().lasts.least, Duration{7'200'000'000});
  EXPECT_EQ(both.guests->delegations.size(), 2U);
}

TEST(Variants, FaultsAreToldAtTheirPlace) {
  using Case = std::pair<std::string, std::string>;
  for (const auto& [variants, expected] : std::vector<Case>{
           {"  a: {like: b}\n", "show.unknown-name: there is no variant 'b'"},
           {"  a: {without: navi}\n",
            "show.unknown-name: there is nothing called 'navi' to do without"},
           {"  a: {without: marches / column / gate}\n",
            "show.variant-path: there is no 'gate' in 'marches / column'"},
           {"  a: {set: {programme / speach / lasts: 1 min}}\n",
            "show.variant-path: there is no 'speach' in 'programme'"},
           {"  a: {set: {speech / lasts: 1 min}}\n", "show.variant-path: the show has no 'speech'"},
           {"  a: {set: {rules / 9 / later: 1 min}}\n",
            "show.variant-path: there is no '9' in 'rules'"},
           {"  a: {set: {use: [foot]}}\n", "show.variant-fixed: a variant has the base's 'use'"},
           {"  a: {set: {programme / speech / lasts: 6}}\n",
            "quantity.unit-missing: '6' has no unit"},
           {"  a: {set: {programme / speech / last: 6 min}}\n",
            "show.unknown-key: unknown key 'last'"},
           {"  a: {add: {programme / speech: {x: 1}}}\n",
            "show.variant-add: what is added to the list 'programme / speech' is no list"},
           {"  a: {add: {marches / column: {route: street}}}\n",
            "show.variant-add: 'marches / column' has 'route' already"},
           {"  a: {add: {title: {de: x}}}\n",
            "show.variant-add: 'title' is there, and nothing can be added to it"},
           {"  a: {late: {navy: 1 min}}\n",
            "show.variant-late: 'navy' is no delegation and no item of the programme"},
           {"  a: {late: {delta: 1 min}}\n",
            "show.variant-late: there is no delegation or item 'delta'"},
           {"  a: {late: {cheer: 1 min}}\n",
            "show.variant-late: 'cheer' has no 'at' and no 'after' that could be later"},
           {"  a: {without: army, set: {marches / column / order / army / crew: 3}}\n",
            "show.taken-away: 'army' is taken away, and here something of it is set"},
           {"  a: {rules on them: fall away, set: {title: x}}\n",
            "show.needs-key: 'rules on them' stands alone"},
           {"  a: {because: nothing}\n", "show.missing-one-of: 'a' lacks a key"}}) {
    EXPECT_EQ(fault(variants), expected) << variants;
  }
}

TEST(Variants, ARingIsToldOnceForEachInIt) {
  const Read read(with_variants("  a: {like: b}\n  b: {like: a}\n"));
  EXPECT_FALSE(read.all.has_value());
  EXPECT_THAT(read.told, HasSubstr("'a' is like 'b' is like 'a'"));
  EXPECT_EQ(read.diagnostics.errors(), 2U) << read.told;
}

TEST(Variants, AFaultOfTheBaseIsToldOnce) {
  Read read(testing_support::with(with_variants("  a: {late: {speech: 1 min}}\n"),
                                  "route: street\n", "route: stret\n"));
  EXPECT_EQ(read.diagnostics.errors(), 1U) << read.told;
}

TEST(Variants, TooManyAreRefused) {
  std::string many;
  for (std::size_t i = 0; i <= kVariantLimit; ++i) {
    many += "  v" + std::to_string(i) + ": {late: {speech: 1 min}}\n";
  }
  EXPECT_THAT(fault(many), HasSubstr("show.too-large: more than 30 variants"));
}

// ---------------------------------------------------------------- a law, on random variants

/// What a variant says nothing of is as it was: a variant that sets a value to what it is gives the
/// base's show, whatever it sets.
TEST(Variants, SettingAValueToWhatItIsChangesNothing) {
  const std::vector<std::pair<std::string, std::string>> values{
      {"programme / speech / lasts", "5 min"},
      {"programme / march / later", "1 min to 2 min"},
      {"marches / column / line-up", "{station: start, gap: 5 m}"},
      {"flypasts / flight / height / agl", "300 m"},
      {"guests / motorcades / away / guests", "[alpha, beta]"},
      {"rules / 2 / no later than", "12:30"},
      {"site / stations / door / along", "300 m"},
      {"kinds / car / gaits / 1", "20 km/h"}};
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::string set;
    for (const auto& [path, value] : values) {
      if (random() % 2 == 0) set += (set.empty() ? "" : ", ") + path + ": " + value;
    }
    if (set.empty()) continue;
    const Read read = sound("  same: {set: {" + set + "}}\n");
    const Show& base = read.all->base;
    const Show& same = read.only();
    EXPECT_EQ(names(same.items), names(base.items));
    EXPECT_EQ(names(same.contingents), names(base.contingents));
    for (std::size_t i = 0; i < base.items.size(); ++i) {
      EXPECT_EQ(same.items[i].lasts.least, base.items[i].lasts.least) << set;
      EXPECT_EQ(same.items[i].after.size(), base.items[i].after.size()) << set;
    }
    EXPECT_EQ(same.rules[1].later.most, base.rules[1].later.most) << set;
    EXPECT_EQ(same.processions[1].height_m, base.processions[1].height_m) << set;
    EXPECT_EQ(same.kinds.back().gaits.size(), base.kinds.back().gaits.size()) << set;
  }
}

}  // namespace
}  // namespace defilada::show
