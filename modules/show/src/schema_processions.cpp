// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& line_up() {
  static const Type type{
      .name = "line-up",
      .doc = "How a march stands before it steps off.",
      .objects = {
          {.fields =
               {{"station", &station(), optional, "where its first head stands"},
                {"behind", &text(), optional, "the march whose tail it stands behind"},
                {"gap", &length(), required, "tail to head"},
                {"facing", &direction(), optional,
                 "where everybody looks until they step off; default along the route"},
                {"back to", &station(), optional,
                 "nobody stands behind it; default the route's begin"},
                {"distance", &positive_length(), optional,
                 "between ranks while they stand; default the formation's"},
                {"abreast", &positive_count(), optional, "contingents side by side; default 1"},
                {"lane", &positive_length(), optional, "from axis to axis of those side by side"},
                {"left", &coordinate(), optional,
                 "of the middle of the lanes from the route's axis; default 0 m"},
                {"merge", &positive_length(), optional,
                 "on how much of the way they come from their lane to the route's axis; "
                 "default six times as far as aside"}},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"station", "behind"}},
                      {.law = Group::Law::needs_one_of, .keys = {"lane"}, .key = "abreast"},
                      {.law = Group::Law::needs_one_of, .keys = {"abreast"}, .key = "lane"}}}}};
  return type;
}

const Type& stays() {
  static const Type type{
      .name = "stays",
      .doc = "How a march stands at its end, to the end of the show.",
      .objects = {{.fields = {{"station", &station(), required, "where its first head stands"},
                              {"gap", &length(), optional, "tail to head; default 0 m"},
                              {"distance", &positive_length(), optional,
                               "between ranks there; default the formation's"},
                              {"facing", &direction(), optional,
                               "where everybody looks there; default along the route"}}}}};
  return type;
}

const Type& halt() {
  static const Type type{
      .name = "halt",
      .doc = "A stop on the way.",
      .objects = {{.fields = {{"station", &station(), required, "where the head stops"},
                              {"lasts", &positive_duration(), required, "how long"},
                              {"facing", &direction(), optional,
                               "where bodies look meanwhile; default along the route"}}}}};
  return type;
}

const Type& halts() {
  static const Type type{
      .name = "halts", .doc = "Stops on the way.", .list = List{.item = &halt()}};
  return type;
}

const Type& march() {
  static const Type type{
      .name = "march",
      .doc = "A procession on the ground.",
      .objects = {
          {.fields = {{"route", &text(), required, "the route it takes"},
                      {"line-up", &line_up(), optional, "how it stands before it steps off"},
                      {"forms up", &duration(), optional, "how long it stands there"},
                      {"gait", &gait_list(), optional, "how it moves"},
                      {"headway", &spacing(), optional, "head to head"},
                      {"gap", &spacing(), optional, "tail to head"},
                      {"least gap", &length(), optional, "tail to head, anywhere on the route"},
                      {"follows", &text(), optional, "the march behind which its order goes on"},
                      {"halts", &halts(), optional, "stops on the way"},
                      {"drill", &drill(), optional, "what each contingent does on the way"},
                      {"ends", &station(), optional, "where it ends; default the route's end"},
                      {"stays", &stays(), optional, "where it stands in place of leaving"},
                      {"disperse to", &text(), optional, "an area that holds the end"},
                      {"defaults", &ground_defaults(), optional, "what each contingent takes"},
                      {"order", &ground_order(), required, "the contingents, first to last"}},
           .groups = {{.law = Group::Law::at_most_one, .keys = {"headway", "gap"}},
                      {.law = Group::Law::at_most_one, .keys = {"ends", "stays"}},
                      {.law = Group::Law::at_most_one, .keys = {"stays", "disperse to"}}}}}};
  return type;
}

const Type& flypast() {
  static const Type type{
      .name = "flypast",
      .doc = "A procession in the air.",
      .objects = {
          {.fields = {{"line", &text(), required, "the air line it takes"},
                      {"over", &station(), required, "where time over target counts"},
                      {"height", &height(), required, "of the leader"},
                      {"speed", &positive_speed(), optional, "or a gait"},
                      {"gait", &gait_list(), optional, "or a speed"},
                      {"starts", &station(), optional,
                       "where they join the line; default its begin"},
                      {"initial point", &station(), optional, "where the run-in begins"},
                      {"hold", &hold(), optional, "where each contingent waits for its time"},
                      {"headway", &spacing(), optional, "head to head"},
                      {"gap", &spacing(), optional, "tail to head"},
                      {"least gap", &length(), optional, "tail to head, anywhere on the line"},
                      {"turn bank", &angle(), optional, "at corners of the line"},
                      {"break-off", &break_off(), optional, "how they leave the line"},
                      {"stack", &length(), optional, "each next contingent this much higher"},
                      {"defaults", &air_defaults(), optional, "what each contingent takes"},
                      {"order", &air_order(), required, "the contingents, first to last"}},
           .groups = {{.law = Group::Law::at_most_one, .keys = {"headway", "gap"}},
                      {.law = Group::Law::at_most_one, .keys = {"speed", "gait"}}}}}};
  return type;
}

}  // namespace

const Type& marches() {
  static const Type type{.name = "marches",
                         .doc = "Processions on the ground, by name.",
                         .names = Names{.what = "march", .type = &march()}};
  return type;
}

const Type& movements() {
  static const Type type{
      .name = "movements",
      .doc = "Who goes on the ground and is no formation of the parade, by name.",
      .names = Names{.what = "movement", .type = &march()}};
  return type;
}

const Type& flypasts() {
  static const Type type{.name = "flypasts",
                         .doc = "Processions in the air, by name.",
                         .names = Names{.what = "flypast", .type = &flypast()}};
  return type;
}

}  // namespace defilada::show::table
