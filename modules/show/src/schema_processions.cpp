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
          {.fields = {{"station", &station(), optional, "where its first head stands"},
                      {"behind", &text(), optional, "the march whose tail it stands behind"},
                      {"gap", &length(), required, "tail to head"},
                      {"facing", &direction(), optional,
                       "where everybody looks until they step off; default along the route"}},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"station", "behind"}}}}}};
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
                      {"ends", &station(), optional, "where it ends; default the route's end"},
                      {"disperse to", &text(), optional, "an area that holds the end"},
                      {"defaults", &ground_defaults(), optional, "what each contingent takes"},
                      {"order", &ground_order(), required, "the contingents, first to last"}},
           .groups = {{.law = Group::Law::at_most_one, .keys = {"headway", "gap"}}}}}};
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

const Type& flypasts() {
  static const Type type{.name = "flypasts",
                         .doc = "Processions in the air, by name.",
                         .names = Names{.what = "flypast", .type = &flypast()}};
  return type;
}

}  // namespace defilada::show::table
