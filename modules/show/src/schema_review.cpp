// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& part_of_contingent() {
  static const Type type{.name = "part of a contingent",
                         .doc = "Where along a contingent that stands.",
                         .scalars = {{.form = Scalar::Form::words,
                                      .what = "a part of a contingent",
                                      .words = {"head", "middle", "tail"}}}};
  return type;
}

const Type& way_of_the_drive() {
  static const Type type{
      .name = "way of the drive",
      .doc = "The first time it comes by, or the last.",
      .scalars = {{.form = Scalar::Form::words, .what = "a way", .words = {"out", "back"}}}};
  return type;
}

const Type& review_stop() {
  static const Type type{
      .name = "stop of a review",
      .doc = "Where the reviewing party halts, or greets in passing.",
      .objects = {
          {.fields = {{"abeam", &text(), optional, "the contingent that it is abeam of"},
                      {"part", &part_of_contingent(), optional, "of it; default its middle"},
                      {"way", &way_of_the_drive(), optional, "which time; default out"},
                      {"station", &station(), optional, "or a station of the drive"},
                      {"lasts", &positive_duration(), optional,
                       "how long it halts; where it is absent it drives on"},
                      {"greeting", &text(), optional, "what happens there"}},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"abeam", "station"}},
                      {.law = Group::Law::at_least_one, .keys = {"lasts", "greeting"}},
                      {.law = Group::Law::needs_one_of, .keys = {"abeam"}, .key = "part"},
                      {.law = Group::Law::needs_one_of, .keys = {"abeam"}, .key = "way"}}}}};
  return type;
}

const Type& review_stops() {
  static const Type type{.name = "stops of a review",
                         .doc = "Stops and greetings, in the order of the drive.",
                         .list = List{.item = &review_stop()}};
  return type;
}

const Type& names_of_marches() {
  static const Type type{.name = "names of marches",
                         .doc = "Marches that stand in line.",
                         .scalars = text().scalars,
                         .list = List{.item = &text()}};
  return type;
}

const Type& release_point() {
  static const Type type{
      .name = "release point",
      .doc = "Where some of it goes up.",
      .objects = {{.fields = {{"place", &point(), required, "where"},
                              {"count", &positive_count(), required, "how many there"},
                              {"label", &text(), optional, "what the place is called"}}}}};
  return type;
}

const Type& release_points() {
  static const Type type{.name = "release points",
                         .doc = "Places, and how many go up at each.",
                         .list = List{.item = &release_point()}};
  return type;
}

const Type& release() {
  static const Type type{
      .name = "release",
      .doc = "How many; or from where, and how many there.",
      .scalars = count().scalars,
      .objects = {{.fields = {{"from", &release_points(), required, "where it goes up"}}}}};
  return type;
}

}  // namespace

const Type& review() {
  static const Type type{
      .name = "review",
      .doc = "A reviewing party drives past contingents that stand in their line-up.",
      .objects = {{.fields = {{"drive", &text(), required, "the movement or march that drives"},
                              {"past", &names_of_marches(), required, "the marches it passes"},
                              {"clearance", &length(), optional,
                               "body to body; default the separation of its kind"},
                              {"stops", &review_stops(), optional, "where it halts or greets"}}}}};
  return type;
}

const Type& releases() {
  static const Type type{.name = "releases",
                         .doc = "What is released, how many, and from where.",
                         .names = Names{.what = "release", .type = &release()}};
  return type;
}

}  // namespace defilada::show::table
