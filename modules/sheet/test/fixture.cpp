// SPDX-License-Identifier: MIT
#include "fixture.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "builder.hpp"

// The model is filled by name; what is not named keeps its default.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace defilada::sheet::fixture {
namespace {

constexpr double kHour = 3600;

Text english(std::string text) {
  return Text{{{"en", std::move(text)}}};
}

Phrase said(std::string text) {
  return Phrase::verbatim(std::move(text));
}

Part part(KindId kind, formation::Spec formation, std::vector<Exhibit> exhibits = {}) {
  return {.label = "",
          .span = {},
          .kind = kind,
          .formation = std::move(formation),
          .exhibits = std::move(exhibits),
          .crew = {},
          .role = ""};
}

formation::Spec block(int ranks, int files, int leaders, int head_files = 0) {
  formation::Spec spec;
  spec.ranks = ranks;
  spec.files = files;
  spec.leaders = leaders;
  spec.head_files = head_files;
  spec.interval_m = 0.75;
  spec.distance_m = 1.2;
  return spec;
}

formation::Spec counted(formation::Shape shape, int count, double interval_m, double distance_m,
                        int files = 1) {
  formation::Spec spec;
  spec.shape = shape;
  spec.count = count;
  spec.files = files;
  spec.interval_m = interval_m;
  spec.distance_m = distance_m;
  return spec;
}

struct Ids {
  RouteId avenue, run_in;
  StationId line_up, salute, end, west, axis;
  KindId marcher, musician, carrier, helicopter;
  ProcessionId foot, vehicles, flight;
};

Ids lay_out_site(Builder& b) {
  Ids ids;
  b.show().site.origin = {39.9063, 116.3914};
  b.show().site.datum = "the ground of the square";
  ids.avenue = b.route("avenue", {{1500, 20}, {-1200, -30}}, 50);
  ids.run_in = b.route("run-in", {{12000, 300}, {-6000, 0}}, 0, true);
  ids.line_up = b.station("line-up head", ids.avenue, 600);
  ids.salute = b.station("salute line", ids.avenue, 1452);
  ids.end = b.station("end line", ids.avenue, 1548);
  ids.west = b.station("west gate", ids.avenue, 2300);
  b.station("joining point", ids.run_in, 3000);
  ids.axis = b.station("axis", ids.run_in, 12000);
  b.area("north stand", AreaUse::stand, {-220, 60}, {-20, 90}, 4000);
  b.area("south stand", AreaUse::stand, {-220, -110}, {-20, -70}, 12000);
  b.area("west yard", AreaUse::area, {-1300, -220}, {-1000, -60});
  b.area("monument", AreaUse::obstacle, {-15, -300}, {15, -270});
  return ids;
}

void name_kinds(Builder& b, Ids& ids) {
  ids.marcher = b.kind({.name = "foot/marcher",
                        .label = english("marcher"),
                        .length_m = 0.35,
                        .width_m = 0.55,
                        .crew = 1,
                        .role = "marchers"});
  ids.musician = b.kind({.name = "foot/musician",
                         .label = english("musician"),
                         .length_m = 0.35,
                         .width_m = 0.6,
                         .crew = 1,
                         .role = "band"});
  ids.carrier = b.kind({.name = "carrier",
                        .label = english("tracked carrier"),
                        .category = Category::vehicle,
                        .length_m = 7,
                        .width_m = 3.4,
                        .crew = 3,
                        .role = "crews"});
  ids.helicopter = b.kind({.name = "helicopter",
                           .label = english("medium helicopter"),
                           .category = Category::helicopter,
                           .length_m = 15,
                           .width_m = 16,
                           .crew = 2,
                           .role = "pilots"});
}

void form_processions(Builder& b, Ids& ids) {
  ids.foot = b.procession(
      {.name = "foot column",
       .route = ids.avenue,
       .base_gait = {"quick march", 1.4, 0.75, 112.0 / 60},
       .spacing =
           Spacing{.station = ids.salute, .time = duration_from_seconds(50.8), .distance_m = {}}});
  ids.vehicles = b.procession(
      {.name = "armour column",
       .route = ids.avenue,
       .base_gait = {"10 km/h", 10 / 3.6, 0, 0},
       .spacing =
           Spacing{.station = ids.salute, .time = duration_from_seconds(40), .distance_m = {}}});
  ids.flight = b.procession(
      {.name = "flag flight",
       .air = true,
       .route = ids.run_in,
       .base_gait = {"160 km/h", 160 / 3.6, 0, 0},
       .over = ids.axis,
       .height_m = 300,
       .break_off = BreakOff{
           .station = ids.axis, .turn_rad = 1, .bank_rad = 0.35, .climb_mps = 3, .then_m = 5000}});
}

void fill_processions(Builder& b, const Ids& ids) {
  using formation::Shape;
  const auto attributes = [](std::string branch) {
    return std::map<std::string, std::string>{{"branch", std::move(branch)}};
  };
  b.contingent({.name = "guard of honour",
                .parts = {part(ids.marcher, block(12, 17, 0, 9))},
                .attributes = attributes("joint"),
                .procession = ids.foot});
  b.contingent({.name = "army",
                .parts = {part(ids.marcher, block(14, 25, 2))},
                .attributes = attributes("army"),
                .procession = ids.foot});
  b.contingent({.name = "information support",
                .parts = {part(ids.marcher, block(14, 25, 2))},
                .attributes = {{"branch", "information support"}, {"first appearance", "2025"}},
                .procession = ids.foot});
  b.contingent({.name = "ground assault",
                .parts = {part(ids.carrier, counted(Shape::column, 2, 8, 20, 2), {{"Type 99", 0}})},
                .attributes = attributes("army"),
                .procession = ids.vehicles});
  b.contingent({.name = "strategic",
                .parts = {part(ids.carrier, counted(Shape::column, 2, 8, 20, 1),
                               {{"DF-61", 1}, {"DF-31", 1}})},
                .attributes = {{"branch", "rocket force"}, {"first appearance", "2025"}},
                .procession = ids.vehicles});
  b.contingent({.name = "flags",
                .parts = {part(ids.helicopter, counted(Shape::vic, 3, 30, 40))},
                .attributes = attributes("army"),
                .procession = ids.flight});
  b.contingent({.name = "escort",
                .parts = {part(ids.helicopter, counted(Shape::trail, 2, 30, 60))},
                .attributes = attributes("army"),
                .height_m = 330,
                .procession = ids.flight});
  b.contingent({.name = "joint band",
                .parts = {part(ids.musician, block(10, 20, 1))},
                .attributes = attributes("joint"),
                .in_place = Contingent::InPlace{{0, -160}, std::numbers::pi / 2}});
}

void write_programme(Builder& b, const Ids& ids) {
  const auto at = [](double hour, double minute, double second) {
    return time_from_seconds(hour * kHour + minute * 60 + second);
  };
  const auto add = [&](Item item, Time start, Time end, std::optional<double> slack_s,
                       bool critical, std::string because) {
    const ItemId id{static_cast<std::uint32_t>(b.show().items.size())};
    item.label = english(item.name);
    item.span = b.line(20 + id.value);
    b.show().items.push_back(std::move(item));
    b.plan().items.push_back(
        {id, start, end, slack_s ? std::optional(duration_from_seconds(*slack_s)) : std::nullopt,
         critical});
    b.plan().cues.push_back({.id = "item",
                             .label = "item starts",
                             .said = {},
                             .what = plan::Cue::What::item_start,
                             .item = id,
                             .contingent = {},
                             .station = {},
                             .time = start,
                             .earliest = start,
                             .latest = start,
                             .critical = critical,
                             .because = said(std::move(because)),
                             .span = {}});
  };
  add({.name = "salute", .shots = 80}, at(9, 0, 0), at(9, 4, 58.62), 0, true,
      "clock: 09:00:00 exactly");
  add({.name = "anthem", .attributes = {{"who", english("joint band")}}}, at(9, 5, 8.62),
      at(9, 6, 4.62), 20, false, "10 s to 1 min after salute ends");
  add({.name = "speech",
       .note = "from the rostrum",
       .statements = {{"host",
                       "guests",
                       "Welcome, all who came.",
                       "https://example.org/speech?a=1&b=2",
                       {}}}},
      at(9, 6, 4.62), at(9, 16, 4.62), 0, true, "after anthem");
  add({.name = "fly flags", .procession = ids.flight}, at(9, 44, 30), at(9, 44, 55), 30, false,
      "clock: 09:44:30 within 30 s");
  add({.name = "march-past", .procession = ids.foot, .from = ids.salute, .to = ids.end},
      at(9, 47, 0), at(9, 50, 2), 0, true, "90 s to 150 s after escort over axis");
  add({.name = "doves", .released = {{"doves", 80000}}}, at(9, 58, 0), at(9, 58, 0), std::nullopt,
      true, "after tail of strategic clears end line");
}

void find_things(Builder& b) {
  plan::Plan& plan = b.plan();
  plan.findings = {
      {.severity = Severity::error,
       .code = "movement.least-gap",
       .message =
           said("The gap between army and information support shrinks to 11.2 m; 12 m are asked."),
       .span = b.line(14),
       .begin = time_from_seconds(9 * kHour + 2880),
       .end = time_from_seconds(9 * kHour + 2900),
       .place = {},
       .who = {"army", "information support/3"},
       .fix = Fix{said("step off 8 s later"), {}}},
      {.severity = Severity::warning,
       .code = "movement.outer-file-pace",
       .message =
           said("The outer file of army needs paces of 0.93 m in the wheel; 0.90 m are the most."),
       .span = b.line(16),
       .begin = {},
       .end = {},
       .place = {},
       .who = {"army"},
       .fix = {}},
      {.severity = Severity::note,
       .code = "programme.idle",
       .message = said("Nothing happens from 09:16:04 to 09:44:30."),
       .span = {},
       .begin = time_from_seconds(9 * kHour + 964),
       .end = {},
       .place = {},
       .who = {},
       .fix = {}}};
  plan.published = {{"march past the gate", Published::Is::identity, said("68.6 s"),
                     said("68.57 s"), said("\u22120.03 s"), true, "Standard, S52", b.line(30)},
                    {"headway of foot blocks", Published::Is::calibrated, said("50.8 s"),
                     said("50.8 s"), said("0 s"), true, "live blog", b.line(31)},
                    {"doves", Published::Is::predicted, said("10:26:00"), said("09:58:00"),
                     said("\u221228 min"), false, "news (https://example.org/news)", b.line(32)}};
  b.show().provenance = {
      {"marches / foot column / headway", "50.8 s", "live blog, two stamps", Quality::calibrated,
       b.line(12)},
      {"kinds / carrier / body", "7 m × 3.4 m", "", Quality::assumed, b.line(13)},
      {"site / stations / salute line", "48 m east", "https://example.org/map", Quality::published,
       b.line(6)},
      {"published / doves", "10:26", "told once is enough", Quality::unstated, b.line(32)}};
  plan.critical_chain = {said("salute starts at 09:00:00"),
                         said("march-past starts 90 s after escort over axis"),
                         said("doves start when the tail of strategic has cleared the end line")};
}

}  // namespace

Event parade() {
  Builder b;
  Ids ids = lay_out_site(b);
  name_kinds(b, ids);
  form_processions(b, ids);
  fill_processions(b, ids);
  write_programme(b, ids);
  find_things(b);
  const double foot = 9 * kHour + 47 * 60;
  b.move(ids.foot, ids.salute, foot, 50.8, 1.4, 600, 2300);
  b.move(ids.vehicles, ids.salute, foot + 360, 40, 10 / 3.6, 100, 2650);
  b.move(ids.flight, ids.axis, 9 * kHour + 44 * 60 + 30, 25, 160 / 3.6, 1000, 17000);
  b.count();
  plan::Plan& plan = b.plan();
  plan.contingents[1].pace_inner_m = 0.68;
  plan.contingents[1].pace_outer_m = 0.82;
  plan.feasible = true;
  plan.start = time_from_seconds(9 * kHour);
  plan.end = time_from_seconds(9 * kHour + 58 * 60);
  plan.over = duration_from_seconds(-120);
  b.show().wanted = WantedLength{{}, {}, {}, duration_from_seconds(3600)};
  return b.take();
}

Event impossible() {
  Event event = parade();
  plan::Plan& plan = event.plan;
  plan.feasible = false;
  plan.items.clear();
  plan.cues.clear();
  plan.contingents.clear();
  const Span a = event.show.items[0].span;
  const Span b = event.show.items[3].span;
  plan.conflicts = {
      {.short_by = duration_from_seconds(75),
       .statements = {{said("speech lasts 10 min"), a, false, duration_from_seconds(600)},
                      {said("army needs 12 min 15 s from the line-up to the salute line"),
                       {},
                       true,
                       duration_from_seconds(1335)},
                      {said("head of army crosses salute line no later than 09:26"), b, false,
                       duration_from_seconds(-75)}},
       .fixes = {{said("let the speech last 8 min 45 s"), {}},
                 {said("let army cross at 09:27:15 or later"), {}}}},
      {.short_by = duration_from_seconds(2),
       .statements = {{said("salute starts at 09:00"), a, false, duration_from_seconds(0)},
                      {said("salute ends no later than 09:04:56"), a, false,
                       duration_from_seconds(-2)}},
       .fixes = {}}};
  return event;
}

Event hostile() {
  Event event = parade();
  const std::string script = "<script>alert('x')</script>\" onload=\"y";
  event.show.title = english(script + " & Święto \u202Eevil");
  event.show.contingents[0].label = english("Żołnierze Wojska Polskiego ąęśćłóżźń");
  event.show.contingents[1].label = english("徒步方队 国旗护卫队");
  event.show.contingents[2].label = english("قوات الدفاع الجوي");
  event.show.contingents[3].label = english(std::string(400, 'W') + script);
  event.show.contingents[4].label = english("bytes \xFF\xFE\x01 not text");
  std::string words;
  for (int i = 0; i < 1500; ++i) words += fmt::format("word{} ", i);
  event.show.items[0].note = words;
  event.show.items[2].statements[0].source = "javascript:alert(1) https://example.org/\"><script>";
  event.show.site.stations[1].name = "]]> --> salute & <line>";
  event.show.processions[0].name = "Foot 'column' \\ (really) <b>";
  event.plan.findings[0].message = said(script + words);
  event.plan.findings[1].who = {std::string(300, 'x')};
  event.plan.published[0].computed = said(std::string(200, '9'));
  event.plan.counts.people_by_role[std::string(120, 'r')] = 7;
  return event;
}

Event large(int n) {
  Builder b;
  Ids ids = lay_out_site(b);
  name_kinds(b, ids);
  form_processions(b, ids);
  fill_processions(b, ids);
  for (int i = 0; i < n; ++i) {
    b.contingent({.name = fmt::format("block number {}", i + 1),
                  .parts = {part(ids.marcher, block(14, 25, 2))},
                  .attributes = {{"branch", fmt::format("branch {}", i % 13)}},
                  .procession = ids.foot});
  }
  write_programme(b, ids);
  find_things(b);
  b.move(ids.foot, ids.salute, 9 * kHour + 2820, 50.8, 1.4, 600, 2300);
  b.move(ids.vehicles, ids.salute, 9 * kHour + 2820 + 51 * (n + 8), 40, 10 / 3.6, 100, 2650);
  b.move(ids.flight, ids.axis, 9 * kHour + 2670, 25, 160 / 3.6, 1000, 17000);
  b.count();
  for (int i = 0; i < n; ++i) {
    b.show().provenance.push_back({fmt::format("marches / foot column / order / {}", i), "14 × 25",
                                   "training reports", Quality::assumed, b.line(20)});
  }
  b.plan().feasible = true;
  b.plan().start = time_from_seconds(9 * kHour);
  b.plan().end = time_from_seconds(10 * kHour);
  return b.take();
}

}  // namespace defilada::sheet::fixture
