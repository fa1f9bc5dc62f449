// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& cues() {
  static const Type type{.name = "cues",
                         .doc = "A cue, or a list of them.",
                         .scalars = cue().scalars,
                         .list = List{.item = &cue()}};
  return type;
}

const Type& clock_within() {
  static const Type type{
      .name = "clock time within",
      .doc = "A clock time, with a tolerance if it need not be exact.",
      .scalars = clock().scalars,
      .objects = {{.fields = {{"at", &clock(), required, "the clock time"},
                              {"within", &duration(), optional, "so much sooner or later"}}}}};
  return type;
}

const Type& translations() {
  static const Type type{.name = "translations",
                         .doc = "The same words, by language.",
                         .names = Names{.what = "language", .type = &text()}};
  return type;
}

const Type& statement() {
  static const Type type{
      .name = "statement",
      .doc = "Words that somebody says; never invented.",
      .objects = {
          {.fields = {{"who", &text(), required, "who says it"},
                      {"to", &text(), optional, "to whom"},
                      {"text", &text(), optional,
                       "the words, as the source has them; without them it is a report"},
                      {"source", &text(), required, "who reports them"},
                      {"language", &text(), optional, "of the words: pl"},
                      {"reported", &label(), optional,
                       "what the source says around them, not as a quotation"},
                      {"translated", &translations(), optional, "the words in other languages"},
                      {"translator", &text(), optional,
                       "who translated them; default the show's author"}},
           .groups = {
               {.law = Group::Law::at_least_one, .keys = {"text", "reported"}},
               {.law = Group::Law::needs_one_of, .keys = {"text"}, .key = "translated"},
               {.law = Group::Law::needs_one_of, .keys = {"translated"}, .key = "translator"}}}}};
  return type;
}

const Type& statements() {
  static const Type type{.name = "statements",
                         .doc = "Words that are said, in turn.",
                         .list = List{.item = &statement()}};
  return type;
}

std::vector<Group> item_groups() {
  using Law = Group::Law;
  return {{.law = Law::at_most_one, .keys = {"at", "after", "with"}},
          {.law = Law::needs_one_of, .keys = {"at", "after"}, .key = "within"},
          {.law = Law::needs_one_of, .keys = {"after"}, .key = "later"},
          {.law = Law::excludes, .keys = {"within"}, .key = "later"},
          {.law = Law::at_most_one,
           .keys = {"lasts", "shots", "march", "flypast", "review", "motorcade"}},
          {.law = Law::excludes,
           .keys = {"shots", "march", "flypast", "review", "motorcade"},
           .key = "guests"},
          {.law = Law::needs_one_of, .keys = {"venue"}, .key = "participants"},
          {.law = Law::needs_one_of, .keys = {"participants"}, .key = "venue"},
          {.law = Law::needs_one_of, .keys = {"every"}, .key = "shots"},
          {.law = Law::needs_one_of, .keys = {"shots"}, .key = "every"},
          {.law = Law::needs_one_of, .keys = {"march"}, .key = "from"},
          {.law = Law::needs_one_of, .keys = {"march"}, .key = "to"}};
}

const Type& item() {
  static const Type type{
      .name = "item",
      .doc = "An entry of the programme.",
      .objects = {
          {.fields = {{"label", &label(), optional, "what it is called; its name when absent"},
                      {"note", &text(), optional, "for the run sheet"},
                      {"at", &clock(), optional, "starts at this clock time"},
                      {"within", &duration(), optional,
                       "with 'at': so much sooner or later; with 'after': at most so much later"},
                      {"ends at", &clock_within(), optional, "ends at this clock time"},
                      {"after", &cues(), optional, "starts at or after its end"},
                      {"later", &window(), optional, "with 'after': how much later"},
                      {"with", &cue(), optional, "starts at the same moment"},
                      {"lasts", &window(), optional, "how long; default an instant"},
                      {"shots", &positive_count(), optional, "lasts (shots - 1) x every"},
                      {"every", &positive_duration(), optional, "from shot to shot"},
                      {"march", &text(), optional, "its movement gives begin and end"},
                      {"flypast", &text(), optional, "its movement gives begin and end"},
                      {"review", &review(), optional, "its drive gives begin and end"},
                      {"from", &station(), optional,
                       "march: starts when the first head crosses; default when it steps off"},
                      {"to", &station(), optional,
                       "march: ends when the last tail clears; default its end"},
                      {"guests", &guest_stage(), optional, "what all guests do"},
                      {"motorcade", &text(), optional, "its movement gives begin and end"},
                      {"participants", &delegation_names(), optional,
                       "the delegations that meet, or 'all'"},
                      {"venue", &text(), optional, "the area in which they meet"},
                      {"part", &text(), optional, "the part of the day"},
                      {"statements", &statements(), optional, "who says what to whom"},
                      {"releases", &releases(), optional, "what is released, and how many"},
                      {"who", &label(), optional, "who performs it"},
                      {"place", &label(), optional, "where it happens"},
                      {"attributes", &attributes(), optional, "anything else"}},
           .groups = item_groups()}}};
  return type;
}

const Type& item_line() {
  static const Type type{.name = "line of the programme",
                         .doc = "An item: its name, and what is said of it.",
                         .entry = Entry{.what = "item", .type = &item()}};
  return type;
}

const Type& rule() {
  static const Field cue_field{"cue", &cue(), required, "the instant"};
  static const Field because{"because", &text(), optional, "why"};
  static const Field within{"within", &duration(), optional, "so much sooner or later"};
  static const Type type{
      .name = "rule",
      .doc = "What must hold of an instant: against another, or against the clock.",
      .objects = {
          {.chosen_by = "then",
           .fields = {cue_field,
                      {"then", &cue(), required, "the other instant"},
                      {"later", &window(), required, "how much later the other is"},
                      because}},
          {.chosen_by = "no later than",
           .fields = {cue_field, {"no later than", &clock(), required, "a clock time"}, because}},
          {.chosen_by = "no earlier than",
           .fields = {cue_field, {"no earlier than", &clock(), required, "a clock time"}, because}},
          {.chosen_by = "at",
           .fields = {cue_field, {"at", &clock(), required, "a clock time"}, within, because}},
          {.chosen_by = "same moment as",
           .fields = {cue_field,
                      {"same moment as", &cue(), required, "the other instant"},
                      within,
                      because}}}};
  return type;
}

const Type& agreement() {
  static const Type type{
      .name = "agreement",
      .doc =
          "What it is worth that a figure is met: it follows from the definitions, it was an "
          "input, or it was predicted.",
      .scalars = {{.form = Scalar::Form::words,
                   .what = "what agreement is worth",
                   .words = {"identity", "calibrated", "predicted"}}}};
  return type;
}

const Type& figure() {
  static const Field is{"is", &agreement(), required, "what agreement is worth"};
  static const Field source{"source", &text(), required, "where the figure comes from"};
  static const Field within{"within", &duration(), optional, "tolerance"};
  static const Type type{
      .name = "published figure",
      .doc = "A time between two cues, the clock time of one, or a count.",
      .objects = {
          {.chosen_by = "from",
           .fields = {{"from", &cue(), required, "where the time begins"},
                      {"to", &cue(), required, "where it ends"},
                      {"value", &duration(), required, "how long it was"},
                      within,
                      is,
                      source}},
          {.chosen_by = "cue",
           .fields = {{"cue", &cue(), required, "the instant"},
                      {"value", &clock(), required, "when it was"},
                      within,
                      is,
                      source}},
          {.chosen_by = "count",
           .fields =
               {{"count", &text(), required,
                 "contingents, people, movers, mounted, vehicles, aeroplanes, helicopters, drones, "
                 "spectators, a role of people, or contingents in PROCESSION"},
                {"value", &count(), optional, "how many there were"},
                {"at least", &count(), optional, "how many there were at least"},
                {"within", &count(), optional, "tolerance"},
                is,
                source},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"value", "at least"}},
                      {.law = Group::Law::excludes, .keys = {"within"}, .key = "at least"}}}}};
  return type;
}

const Type& figure_line() {
  static const Type type{.name = "line of the published figures",
                         .doc = "A figure: its name, and what it is.",
                         .entry = Entry{.what = "figure", .type = &figure()}};
  return type;
}

}  // namespace

const Type& programme() {
  static const Type type{.name = "programme",
                         .doc = "The items; they follow each other only where they say so.",
                         .list = List{.item = &item_line()}};
  return type;
}

const Type& rules() {
  static const Type type{.name = "rules",
                         .doc = "Told back word for word when they cannot hold.",
                         .list = List{.item = &rule()}};
  return type;
}

const Type& wanted_length() {
  static const Type type{
      .name = "wanted length",
      .doc = "How long the show should be.",
      .objects = {{.fields = {{"from", &cue(), required, "where it begins"},
                              {"to", &cue(), required, "where it ends"},
                              {"lasts", &positive_duration(), required, "how long"}}}}};
  return type;
}

const Type& published() {
  static const Type type{.name = "published",
                         .doc = "Figures from sources to hold the plan against.",
                         .list = List{.item = &figure_line()}};
  return type;
}

}  // namespace defilada::show::table
