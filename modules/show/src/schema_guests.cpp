// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& side() {
  static const Type type{
      .name = "side of the host",
      .doc = "Right or left, as the host looks.",
      .scalars = {{.form = Scalar::Form::words, .what = "a side", .words = {"right", "left"}}}};
  return type;
}

const Type& greeted() {
  static const Type type{
      .name = "turn of a late guest",
      .doc = "When a guest who is late is greeted.",
      .scalars = {{.form = Scalar::Form::words, .what = "a turn", .words = {"in turn", "last"}}}};
  return type;
}

const Type& delegation() {
  static const Type type{
      .name = "delegation",
      .doc = "Guests under one head.",
      .objects =
          {{.fields = {{"label", &label(), optional, "what it is called; its name when absent"},
                       {"head", &label(), optional, "who leads it"},
                       {"country", &text(), optional, "which country it comes from"},
                       {"size", &positive_count(), optional,
                        "guests, the head among them; default 1"},
                       {"late", &positive_duration(), optional,
                        "how much later than in its turn it comes"},
                       {"greeted", &greeted(), optional,
                        "with 'late': in turn, so that all wait, or last; default in turn"}},
            .groups = {{.law = Group::Law::needs_one_of, .keys = {"late"}, .key = "greeted"}}}},
      .nothing = true};
  return type;
}

const Type& delegation_line() {
  static const Type type{.name = "line of the precedence",
                         .doc = "A delegation: its name, and what is said of it.",
                         .entry = Entry{.what = "delegation", .type = &delegation()}};
  return type;
}

const Type& precedence() {
  static const Type type{.name = "precedence",
                         .doc = "The delegations, the first in rank first.",
                         .list = List{.item = &delegation_line()}};
  return type;
}

const Type& waiting_line() {
  static const Type type{
      .name = "waiting line",
      .doc = "How guests stand one behind the other, the first in rank in front.",
      .objects = {{.fields = {{"place", &point(), required, "where the first stands"},
                              {"facing", &direction(), required, "where they look"},
                              {"distance", &positive_length(), optional,
                               "from guest to guest; default 1.5 m"}}}}};
  return type;
}

const Type& arrival() {
  static const Type type{
      .name = "arrival of guests",
      .doc = "Cars come one after the other, the first in rank first.",
      .objects = {
          {.fields = {
               {"route", &text(), required, "the route that cars take"},
               {"at", &station(), required, "where they stop"},
               {"every", &positive_duration(), required, "from car to car"},
               {"stop", &positive_duration(), optional, "how long a car stands; default 10 s"},
               {"speed", &positive_speed(), optional, "of the cars; default their first gait"},
               {"line", &waiting_line(), required, "where guests wait"}}}}};
  return type;
}

const Type& greeting() {
  static const Type type{
      .name = "greeting",
      .doc = "One after the other to the host, the first in rank first.",
      .objects = {
          {.fields = {{"place", &point(), required, "where the host stands"},
                      {"facing", &direction(), required, "where the host looks"},
                      {"every", &positive_duration(), required, "from handshake to handshake"},
                      {"handshake", &positive_duration(), required, "how long one lasts"}}}}};
  return type;
}

const Type& kept_place() {
  static const Type type{
      .name = "kept place",
      .doc = "A place that precedence does not give out.",
      .objects = {{.fields = {{"who", &text(), required, "the delegation whose head has it"},
                              {"row", &positive_count(), required, "counted from the front"},
                              {"right", &count(), optional,
                               "places to the right of the host's middle; 0 is the middle"},
                              {"left", &positive_count(), optional, "places to the left"}},
                   .groups = {{.law = Group::Law::exactly_one, .keys = {"right", "left"}}}}}};
  return type;
}

const Type& kept_places() {
  static const Type type{.name = "kept places",
                         .doc = "Places that precedence does not give out.",
                         .list = List{.item = &kept_place()}};
  return type;
}

const Type& row_sizes() {
  static const Type type{
      .name = "rows of places",
      .doc = "Places of each row, front to back; the host's is one of the first.",
      .list = List{.item = &positive_count(), .most = 1000}};
  return type;
}

const Type& place_rows() {
  static const Type type{
      .name = "places in rows",
      .doc =
          "Rows about the host, who has the middle of the first. Precedence goes from the middle "
          "outwards, to the side of honour first, row after row.",
      .objects = {
          {.fields = {
               {"place", &point(), required, "the host's: the middle of the front row"},
               {"facing", &direction(), required, "where everybody looks"},
               {"rows", &row_sizes(), required, "places of each row, front to back"},
               {"interval", &positive_length(), optional, "between places of a row; default 1 m"},
               {"distance", &positive_length(), optional, "between rows; default 1.2 m"},
               {"height", &height(), optional, "where they are high up"},
               {"honour", &side(), optional,
                "the host's side where the first in rank is; default right"},
               {"kept", &kept_places(), optional, "exceptions"}}}}};
  return type;
}

const Type& guest_walk() {
  static const Type type{
      .name = "walk of guests",
      .doc = "All together on foot to the seats, the first in rank first.",
      .objects = {{.fields = {{"route", &text(), required, "the route that they take"},
                              {"abreast", &positive_count(), optional, "side by side; default 1"},
                              {"interval", &positive_length(), optional,
                               "between those side by side; default 1 m"},
                              {"distance", &positive_length(), optional,
                               "from one to the one behind; default 1.5 m"}}}}};
  return type;
}

const Type& name_list() {
  static const Type type{.name = "delegations that ride together",
                         .doc = "Names of delegations.",
                         .list = List{.item = &text(), .least = 2}};
  return type;
}

const Type& together() {
  static const Type type{.name = "cars that are shared",
                         .doc = "Who rides together, car by car.",
                         .list = List{.item = &name_list()}};
  return type;
}

const Type& motorcade() {
  static const Type type{
      .name = "motorcade",
      .doc = "Cars in a line that take guests to a venue.",
      .objects = {
          {.fields = {
               {"route", &text(), required, "the road"},
               {"from", &station(), required, "where the first car waits"},
               {"to", &text(), required, "the area at the road's end"},
               {"walk", &text(), optional, "a route on foot to the cars; default straight there"},
               {"guests", &delegation_names(), optional, "who goes; default all"},
               {"together", &together(), optional, "who shares a car"},
               {"gap", &positive_length(), optional, "from car to car; default 8 m"},
               {"speed", &positive_speed(), optional, "default the car's first gait"},
               {"boarding", &duration(), optional,
                "from the last guest at the cars until they go; default 20 s"}}}}};
  return type;
}

const Type& motorcades() {
  static const Type type{.name = "motorcades",
                         .doc = "How guests are taken from place to place.",
                         .names = Names{.what = "motorcade", .type = &motorcade()}};
  return type;
}

const Type& day_part() {
  static const Type type{
      .name = "part of the day",
      .doc = "Items say which part they belong to.",
      .objects = {{.fields = {{"label", &label(), optional, "its name when absent"}}}},
      .nothing = true};
  return type;
}

const Type& day_line() {
  static const Type type{.name = "line of the day",
                         .doc = "A part of the day: its name, and what it is called.",
                         .entry = Entry{.what = "part of the day", .type = &day_part()}};
  return type;
}

}  // namespace

const Type& guest_stage() {
  static const Type type{.name = "stage of the guests",
                         .doc = "What all guests do while the item lasts.",
                         .scalars = {{.form = Scalar::Form::words,
                                      .what = "a stage",
                                      .words = {"arrival", "greeting", "photograph", "walk"}}}};
  return type;
}

const Type& delegation_names() {
  static const Type type{
      .name = "delegations",
      .doc = "Names of delegations, or 'all'.",
      .scalars = {{.form = Scalar::Form::words, .what = "'all'", .words = {"all"}}},
      .list = List{.item = &text()}};
  return type;
}

const Type& day() {
  static const Type type{
      .name = "day", .doc = "The parts of the day, in order.", .list = List{.item = &day_line()}};
  return type;
}

const Type& guests() {
  static const Type type{
      .name = "guests",
      .doc = "Who is invited, in which order, and how they are led through the day.",
      .objects = {
          {.fields = {{"host", &label(), required, "who greets them"},
                      {"on foot", &text(), required, "the kind of a guest"},
                      {"car", &text(), optional, "the kind of a car; needed where any drives"},
                      {"precedence", &precedence(), required, "the delegations"},
                      {"arrival", &arrival(), optional, "how they come"},
                      {"greeting", &greeting(), optional, "how they are greeted"},
                      {"photograph", &place_rows(), optional, "where each stands for it"},
                      {"walk", &guest_walk(), optional, "how they go to their seats"},
                      {"seats", &place_rows(), optional, "where each sits"},
                      {"motorcades", &motorcades(), optional, "how they are taken on"}},
           .groups = {{.law = Group::Law::needs_one_of, .keys = {"seats"}, .key = "walk"},
                      {.law = Group::Law::needs_one_of, .keys = {"car"}, .key = "arrival"},
                      {.law = Group::Law::needs_one_of, .keys = {"car"}, .key = "motorcades"}}}}};
  return type;
}

}  // namespace defilada::show::table
