// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& exhibit_list() {
  static const Type type{
      .name = "exhibits",
      .doc = "What is shown: names, or how many of each; given out front to back.",
      .names = Names{.what = "exhibit", .type = &positive_count()},
      .list = List{.item = &text()}};
  return type;
}

const Type& change() {
  static const Type type{
      .name = "change",
      .doc = "All change when the head arrives, or each rank at its own arrival.",
      .scalars = {
          {.form = Scalar::Form::words, .what = "a change", .words = {"contingent", "rank"}}}};
  return type;
}

/// Either the name of a gait or a speed, or a stretch with a gait of its own.
const Type& gait_or_zone() {
  static const Type type{
      .name = "gait of a stretch",
      .doc = "A gait, or one that holds between two stations.",
      .scalars = gait().scalars,
      .objects = {
          {.fields = {
               {"gait", &gait(), required, "the gait there"},
               {"from", &station(), required, "where it begins"},
               {"to", &station(), required, "where it ends"},
               {"change", &change(), optional, "who changes when"},
               {"facing", &direction(), optional,
                "where bodies look there, as when they reverse; default along the route"}}}}};
  return type;
}

const Field kExhibits{"exhibits", &exhibit_list(), optional,
                      "names, or counts that add up to the slots"};
const Field kCrew{"crew", &count(), optional, "people on each mover, in place of the kind's"};

std::vector<Field> join(std::initializer_list<std::vector<Field>> lists) {
  std::vector<Field> all;
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

const Type& part() {
  static const Type type{
      .name = "part",
      .doc = "A stretch of a contingent with one kind and one formation.",
      .objects = {
          {.fields = join({{{"label", &label(), optional, "what it is called"},
                            {"kind", &text(), optional, "name of a kind; else the contingent's"}},
                           formation_fields(true),
                           {{"behind", &length(), optional, "from the tail of the part before"},
                            {"left", &coordinate(), optional, "of the contingent's axis"},
                            kExhibits,
                            kCrew,
                            {"role", &text(), optional, "what its people are counted as"}}}),
           .groups = {{.law = Group::Law::exactly_one, .keys = formation_keys()}}}}};
  return type;
}

const Type& parts() {
  static const Type type{.name = "parts",
                         .doc = "The parts of a contingent, front to back.",
                         .list = List{.item = &part()}};
  return type;
}

/// What a contingent and the defaults of its procession have in common.
std::vector<Field> common_fields(bool complete) {
  return join(
      {{{"kind", &text(), optional, "name of a kind"}},
       formation_fields(complete),
       {{"branch", &text(), optional, "attribute"},
        {"nation", &text(), optional, "attribute"},
        {"role", &text(), optional, "attribute; what people are counted as is 'people role'"},
        {"first appearance", &text(), optional, "attribute"},
        {"attributes", &attributes(), optional, "further attributes"},
        kCrew,
        {"people role", &text(), optional,
         "what its people are counted as, in place of the kind's"}}});
}

std::vector<Field> own_fields() {
  return {{"parts", &parts(), optional, "several formations, front to back"},
          {"like", &text(), optional, "takes kind, formation or parts, crew and role from another"},
          {"label", &label(), optional, "what it is called; its name when absent"},
          kExhibits};
}

std::vector<Field> moving_fields(bool air) {
  std::vector<Field> fields = {
      {"headway", &spacing(), optional, "head to head, in place of the procession's"},
      {"gap", &spacing(), optional, "tail to head, in place of the procession's"},
      {"starts", &station(), optional, "where it joins the route"},
      {"gait", &gait_list(), optional, "in place of the procession's"}};
  if (air) {
    fields.push_back({"height", &height(), optional, "in place of the procession's"});
    fields.push_back({"hold", &hold(), optional, "in place of the procession's"});
    fields.push_back({"joins", &joins(), optional, "comes by a line of its own"});
  } else {
    fields.push_back({"drill", &drill(), optional, "in place of the procession's"});
  }
  return fields;
}

std::vector<Field> standing_fields(Need place) {
  return {{"place", &point(), place, "the middle of its head line"},
          {"facing", &direction(), optional, "where it looks"}};
}

std::vector<Group> contingent_groups(bool moves) {
  std::vector<std::string_view> arrangements = formation_keys();
  arrangements.push_back("parts");
  std::vector<Group> groups = {{.law = Group::Law::at_most_one, .keys = std::move(arrangements)},
                               {.law = Group::Law::excludes, .keys = {"exhibits"}, .key = "parts"}};
  if (moves) groups.push_back({.law = Group::Law::at_most_one, .keys = {"headway", "gap"}});
  return groups;
}

const std::vector<Field> kStalled{
    {"stalled", &stalled(), optional, "one of its vehicles stops on the way; not inherited"}};

Type moving_contingent(std::string_view name, bool air) {
  return {.name = name,
          .doc = "A group that performs as one, in its procession's order.",
          .objects = {{.fields = join({common_fields(true),
                                       own_fields(),
                                       moving_fields(air),
                                       air ? std::vector<Field>{} : kStalled,
                                       {{"times", &positive_count(), optional,
                                         "repeats the line, numbering the names"}}}),
                       .groups = contingent_groups(true)}},
          .nothing = true};
}

Type moving_defaults(std::string_view name, bool air) {
  return {.name = name,
          .doc = "What each contingent takes unless it says otherwise.",
          .objects = {{.fields = join({common_fields(false), moving_fields(air)}),
                       .groups = {{.law = Group::Law::at_most_one, .keys = {"headway", "gap"}}}}}};
}

const Type& standing_contingent() {
  static const Type type{
      .name = "contingent in place",
      .doc = "A group that performs without moving.",
      .objects = {{.fields = join({common_fields(true), own_fields(), standing_fields(required)}),
                   .groups = contingent_groups(false)}}};
  return type;
}

const Type& standing_defaults() {
  static const Type type{
      .name = "defaults in place",
      .doc = "What each contingent takes unless it says otherwise.",
      .objects = {{.fields = join({common_fields(false), standing_fields(optional)})}}};
  return type;
}

Type line_of(std::string_view name, const Type& contingent) {
  return {.name = name,
          .doc = "A contingent: its name, and what is said of it.",
          .entry = Entry{.what = "contingent", .type = &contingent}};
}

Type order_of(std::string_view name, const Type& line) {
  return {.name = name, .doc = "Contingents, first to last.", .list = List{.item = &line}};
}

const Type& standing_order() {
  static const Type line = line_of("line of an order in place", standing_contingent());
  static const Type type = order_of("order in place", line);
  return type;
}

}  // namespace

const Type& spacing() {
  static const Type type{
      .name = "spacing",
      .doc = "Between a contingent and the one ahead, equal at the named station.",
      .objects = {{.fields = {{"time", &duration(), optional, "as time at the station"},
                              {"distance", &length(), optional, "as the head is at the station"},
                              {"station", &station(), required, "where it is equal"}},
                   .groups = {{.law = Group::Law::exactly_one, .keys = {"time", "distance"}}}}}};
  return type;
}

const Type& gait_list() {
  static const Type type{.name = "gait along the way",
                         .doc = "A gait, or a list: outside the stretches the first holds.",
                         .scalars = gait().scalars,
                         .list = List{.item = &gait_or_zone()}};
  return type;
}

const Type& ground_order() {
  static const Type contingent = moving_contingent("contingent on the ground", false);
  static const Type line = line_of("line of an order of march", contingent);
  static const Type type = order_of("order of march", line);
  return type;
}

const Type& air_order() {
  static const Type contingent = moving_contingent("contingent in the air", true);
  static const Type line = line_of("line of an order of flight", contingent);
  static const Type type = order_of("order of flight", line);
  return type;
}

const Type& ground_defaults() {
  static const Type type = moving_defaults("defaults on the ground", false);
  return type;
}

const Type& air_defaults() {
  static const Type type = moving_defaults("defaults in the air", true);
  return type;
}

const Type& in_place() {
  static const Type type{
      .name = "in place",
      .doc = "Who performs without moving: contingents, or defaults and an order.",
      .objects = {{.fields = {{"defaults", &standing_defaults(), optional,
                               "what each of them takes"},
                              {"order", &standing_order(), required, "the contingents"}}}},
      .list = standing_order().list};
  return type;
}

}  // namespace defilada::show::table
