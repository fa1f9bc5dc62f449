// SPDX-License-Identifier: MIT
// What is said of flights only: wind, holds, joins, breaking off.
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& side() {
  static const Type type{
      .name = "side of turns",
      .doc = "To which side a hold turns.",
      .scalars = {{.form = Scalar::Form::words, .what = "a side", .words = {"left", "right"}}}};
  return type;
}

const Type& sides() {
  static const Type type{.name = "sides",
                         .doc = "Whether all turn to one side.",
                         .scalars = {{.form = Scalar::Form::words,
                                      .what = "how the sides are given out",
                                      .words = {"same", "alternating"}}}};
  return type;
}

}  // namespace

const Type& wind() {
  static const Type type{
      .name = "wind",
      .doc = "One wind for all heights.",
      .objects = {{.fields = {{"from", &direction(), required, "where it comes from"},
                              {"speed", &speed(), required, "over the ground"}}}}};
  return type;
}

const Type& hold() {
  static const Type type{
      .name = "hold",
      .doc = "A racetrack in which a flight waits for its time.",
      .objects = {
          {.fields = {{"station", &station(), required,
                       "the fix: where the inbound leg ends and the way begins"},
                      {"inbound", &direction(), optional,
                       "the inbound course; it must be that of the way from there"},
                      {"leg", &positive_duration(), optional, "time on the inbound leg"},
                      {"leg length", &positive_length(), optional, "or its length"},
                      {"turn", &side(), optional, "to which side; default right"},
                      {"bank", &angle(), required, "how steep the turns are at most"},
                      {"from", &clock(), optional, "in the hold from this time on"},
                      {"lasts", &positive_duration(), optional, "or for so long"},
                      {"circuits", &positive_count(), optional, "or so many times round"}},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"leg", "leg length"}},
                      {.law = Group::Law::exactly_one, .keys = {"from", "lasts", "circuits"}}}}}};
  return type;
}

const Type& joins() {
  static const Type type{
      .name = "joins",
      .doc = "How a flight comes into the stream from a field of its own.",
      .objects = {{.fields = {{"from", &text(), required, "the air line by which it comes"},
                              {"station", &station(), required,
                               "where it comes to the line of its flypast"}}}}};
  return type;
}

const Type& break_off() {
  static const Type type{
      .name = "break-off",
      .doc = "How aircraft leave the line.",
      .objects = {
          {.fields = {{"station", &station(), required, "where the turn begins"},
                      {"turn", &turn(), required, "to which side, and how far round"},
                      {"sides", &sides(), optional,
                       "alternating: every second one to the other side; default same"},
                      {"bank", &angle(), required, "how steep the turn is"},
                      {"climb", &speed(), optional, "while turning and after; default none"},
                      {"then", &length(), optional, "straight on after the turn; default none"}}}}};
  return type;
}

}  // namespace defilada::show::table
