// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& named_gait() {
  static const Type type{
      .name = "gait",
      .doc = "A named step.",
      .objects = {{.fields = {{"pace", &positive_length(), required, "length of a step"},
                              {"cadence", &frequency(), required, "steps a minute"}}}}};
  return type;
}

const Type& category() {
  static const Type type{
      .name = "category",
      .doc = "What sort of mover it is.",
      .scalars = {{.form = Scalar::Form::words,
                   .what = "a category",
                   .words = {"foot", "mounted", "vehicle", "aeroplane", "helicopter", "drone"}}}};
  return type;
}

const Type& body() {
  static const Type type{
      .name = "body",
      .doc = "The box that one mover fills.",
      .objects = {
          {.fields = {{"length", &positive_length(), required, "fore and aft"},
                      {"width", &positive_length(), required, "shoulders, hull, wingspan or rotor"},
                      {"height", &positive_length(), required, "from bottom to top"}}}}};
  return type;
}

const Type& speed_range() {
  static const Type type{
      .name = "speed range",
      .doc = "How slowly and how fast it can move.",
      .objects = {{.fields = {{"min", &speed(), optional, "aircraft: the slowest flight"},
                              {"max", &positive_speed(), optional, "the fastest"}},
                   .groups = {{.law = Group::Law::at_least_one, .keys = {"min", "max"}}}}}};
  return type;
}

const Type& separation() {
  static const Type type{
      .name = "separation",
      .doc = "The least distance between two centres; of aircraft, sideways and in height.",
      .scalars = length().scalars,
      .objects = {{.fields = {{"horizontal", &length(), required, "least distance on the map"},
                              {"vertical", &length(), required, "or this much above or below"}}}}};
  return type;
}

const Type& kind_gaits() {
  static const Type type{.name = "gaits of a kind",
                         .doc = "Names of gaits, or speeds; the first is the default.",
                         .list = List{.item = &gait()}};
  return type;
}

const Type& kind() {
  static const Type type{
      .name = "kind",
      .doc = "A sort of mover: its body and its limits.",
      .objects = {
          {.fields = {
               {"category", &category(), required, "what sort of mover it is"},
               {"label", &label(), optional, "what one is called; its name when absent"},
               {"body", &body(), required, "the box that one fills"},
               {"gaits", &kind_gaits(), optional, "how it can move; the first is the default"},
               {"speed", &speed_range(), optional, "how slowly and how fast it can move"},
               {"acceleration", &acceleration(), optional, "speeding up and slowing down"},
               {"max pace", &positive_length(), optional, "foot: the longest step"},
               {"turning radius", &positive_length(), optional,
                "vehicle: least radius of its middle"},
               {"bank", &angle(), optional, "aircraft: the steepest turn"},
               {"climb", &speed(), optional, "aircraft: the fastest climb"},
               {"floor", &positive_length(), optional, "aircraft: flies no lower above the ground"},
               {"ceiling", &positive_length(), optional, "aircraft: flies no higher"},
               {"separation", &separation(), optional, "least distance between two centres"},
               {"crew", &count(), optional, "people in or on one; default 1, drones 0"},
               {"role", &text(), optional,
                "what these people are counted as; default marchers, riders, crews or pilots"}}}}};
  return type;
}

}  // namespace

const Type& gaits() {
  static const Type type{.name = "gaits",
                         .doc = "Steps, by name.",
                         .names = Names{.what = "gait", .type = &named_gait()}};
  return type;
}

const Type& kinds() {
  static const Type type{.name = "kinds",
                         .doc = "Sorts of movers, by name.",
                         .names = Names{.what = "kind", .type = &kind()}};
  return type;
}

}  // namespace defilada::show::table
