// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

// Section `spectators`.
namespace defilada::show::table {
namespace {

using enum Need;

const Type& share() {
  static const Type type{.name = "share",
                         .doc = "A part of a whole, above zero.",
                         .scalars = {{.form = Scalar::Form::quantity,
                                      .what = "share",
                                      .dimension = Dimension::share,
                                      .positive = true}}};
  return type;
}

const Type& density() {
  static const Type type{.name = "density",
                         .doc = "People per square metre.",
                         .scalars = {{.form = Scalar::Form::quantity,
                                      .what = "number",
                                      .dimension = Dimension::plain_number,
                                      .least = 0.01,
                                      .most = 20}}};
  return type;
}

const Type& moment() {
  static const Type type{
      .name = "moment",
      .doc = "A clock time, or a cue of the programme.",
      .scalars = {
          {.form = Scalar::Form::quantity, .what = "clock time", .dimension = Dimension::clock},
          {.what = "a cue"}}};
  return type;
}

const Type& period() {
  static const Type type{
      .name = "period",
      .doc = "From one moment until before another.",
      .objects = {{.fields = {{"from", &moment(), optional, "default: from the beginning"},
                              {"to", &moment(), optional, "default: to the end"}},
                   .groups = {{.law = Group::Law::at_least_one, .keys = {"from", "to"}}}}}};
  return type;
}

const Type& periods() {
  static const Type type{.name = "periods",
                         .doc = "One period, or several.",
                         .objects = period().objects,
                         .list = List{.item = &period()}};
  return type;
}

const Type& names() {
  static const Type type{.name = "names",
                         .doc = "One name, or several.",
                         .scalars = {{.what = "a name"}},
                         .list = List{.item = &text()}};
  return type;
}

Type names_of(std::string_view name, std::string_view doc, std::string_view what,
              const Type& type) {
  return {.name = name, .doc = doc, .names = Names{.what = what, .type = &type}};
}

const Type& piece_of_ground() {
  static const Type type{
      .name = "piece of ground", .doc = "Where people may walk.", .objects = outlines({})};
  return type;
}
const Type& ground() {
  static const Type type = names_of(
      "ground of the spectators",
      "Where people may walk, by name; pieces that touch or overlap are one ground. Zones, "
      "stops, crossings and stairs are ground, too.",
      "piece of ground", piece_of_ground());
  return type;
}

const Type& hindrance() {
  static const Type type{
      .name = "hindrance", .doc = "What people walk round.", .objects = outlines({})};
  return type;
}
const Type& hindrances() {
  static const Type type = names_of("hindrances",
                                    "What people walk round, by name, beside the obstacles of the "
                                    "site.",
                                    "hindrance", hindrance());
  return type;
}

const Type& stair() {
  static const Type type{
      .name = "stairs",
      .doc = "Where people are slower: stairs, ramps, the rows of a stand.",
      .objects = outlines({{"speed", &share(), required, "of their speed on the level"}})};
  return type;
}
const Type& all_stairs() {
  static const Type type = names_of("all stairs", "Stairs and ramps, by name.", "stairs", stair());
  return type;
}

const Type& fence() {
  static const Type type{
      .name = "fence",
      .doc = "A barrier.",
      .objects = {{.fields = {{"points", &line_points(), required, "its corners"},
                              {"lets pass", &direction(), optional,
                               "who goes about this way passes, nobody comes back; default nobody "
                               "passes"}}}}};
  return type;
}
const Type& fences() {
  static const Type type = names_of("fences", "Barriers, by name.", "fence", fence());
  return type;
}

const Type& arrivals_piece() {
  static const Type type{
      .name = "arrivals",
      .doc = "So many come in this time, evenly.",
      .objects = {{.fields = {{"from", &clock(), required, "the first comes"},
                              {"to", &clock(), required, "the last comes"},
                              {"share", &share(), optional,
                               "of the people of the stop; default all, or equal parts"}}}}};
  return type;
}
const Type& arrival_curve() {
  static const Type type{.name = "arrival curve",
                         .doc = "When people come: one stretch of time, or several.",
                         .objects = arrivals_piece().objects,
                         .list = List{.item = &arrivals_piece()}};
  return type;
}

const Type& stop() {
  static const Type type{
      .name = "stop",
      .doc = "Where people come from: a station of the underground, a place where coaches stop.",
      .objects = outlines(
          {{"share", &share(), optional, "of all people; default equal parts of what is left"},
           {"people", &positive_count(), optional, "in place of a share"},
           {"arrivals", &arrival_curve(), required, "when they come"},
           {"every", &positive_duration(), optional,
            "they come in trains so far apart; default one by one"}})};
  return type;
}
const Type& stops() {
  static const Type type = names_of("stops", "Where people come from, by name.", "stop", stop());
  return type;
}

const Type& queue_line() {
  static const Type type{
      .name = "queue line",
      .doc = "People wait along it, one behind the other, round its corners too.",
      .objects = {{.fields = {{"points", &line_points(), required,
                               "its corners, from the gate backwards"}}}}};
  return type;
}
const Type& queue_place() {
  const static Type type = [] {
    Type made{.name = "queue place",
              .doc =
                  "Where a queue may form: an outline; or the line on which it does, or several "
                  "such lines.",
              .list = List{.item = &queue_line()}};
    made.objects = outlines({});
    made.objects.push_back({.chosen_by = "points", .fields = queue_line().objects[0].fields});
    return made;
  }();
  return type;
}

const Type& gate() {
  static const Type type{
      .name = "gate",
      .doc = "A line that people pass in lanes: a search, a turnstile.",
      .objects = {
          {.fields = {
               {"points", &line_points(), required,
                "its line; on the edge of the ground or on a fence it is an opening"},
               {"lanes", &positive_count(), required, "side by side"},
               {"service", &positive_duration(), optional,
                "one person in one lane; default 9 s: 400 an hour, measured at "
                "walk-through detectors"},
               {"opens", &moment(), optional, "default: it is open"},
               {"shuts", &moment(), optional, "default: it stays open"},
               {"queue", &queue_place(), optional,
                "where a queue may form, or its line; default straight back from each lane"}}}}};
  return type;
}
const Type& gates() {
  static const Type type = names_of("gates", "Gates with their lanes, by name.", "gate", gate());
  return type;
}

const Type& crossing() {
  static const Type type{
      .name = "crossing",
      .doc = "Ground that belongs to people and to the parade in turn.",
      .objects = outlines({{"open", &periods(), required,
                            "when people may cross; at all other times nobody enters it"}})};
  return type;
}
const Type& crossings() {
  static const Type type = names_of("crossings", "Crossings, by name.", "crossing", crossing());
  return type;
}

const Type& closure() {
  const static Type type = [] {
    Type made{.name = "closure", .doc = "A line or a piece of ground that is shut at times."};
    const Field shut{"shut", &periods(), required, "when nobody passes or enters it"};
    made.objects = outlines({shut});
    made.objects.push_back(
        {.chosen_by = "points",
         .fields = {{"points", &line_points(), required, "the corners of its line"}, shut}});
    return made;
  }();
  return type;
}
const Type& closures() {
  static const Type type =
      names_of("closures", "What is shut at times, by name.", "closure", closure());
  return type;
}

const Type& way_out() {
  static const Type type{
      .name = "exit",
      .doc = "Where people leave the ground.",
      .objects = {
          {.fields = {
               {"points", &line_points(), required, "its line; who crosses it has left"},
               {"share", &share(), optional,
                "of those who leave; all exits or none; default whoever is out soonest by it"},
               {"flow", &frequency(), optional,
                "how many people it lets out; default as many as come"},
               {"shut", &periods(), optional, "when it is no exit"}}}}};
  return type;
}
const Type& exits() {
  static const Type type = names_of("exits", "Where people leave, by name.", "exit", way_out());
  return type;
}

const Type& fill() {
  static const Type type{.name = "filling",
                         .doc = "Which places of a zone are taken first.",
                         .scalars = {{.form = Scalar::Form::words,
                                      .what = "a filling",
                                      .words = {"front first", "anywhere"}}}};
  return type;
}

const Type& zone() {
  static const Type type{
      .name = "zone",
      .doc = "A stand or an area in which people watch.",
      .objects = {{.fields = {{"people", &count(), optional,
                               "in it; default the rest of all people, by capacity"},
                              {"from", &names(), optional, "stops; default any"},
                              {"by", &names(), optional, "gates; default whichever is quickest"},
                              {"leave by", &names(), optional, "exits; default by their shares"},
                              {"fill", &fill(), optional,
                               "places nearest to the parade first, or anywhere; default front "
                               "first"}}}},
      .nothing = true};
  return type;
}
const Type& zones() {
  static const Type type = names_of(
      "zones", "Where people watch, by the name of a stand or an area; default all stands.", "zone",
      zone());
  return type;
}

const Type& amenity_kind() {
  static const Type type{.name = "kind of amenity",
                         .doc = "What people go there for.",
                         .scalars = {{.form = Scalar::Form::words,
                                      .what = "a kind of amenity",
                                      .words = {"toilets", "water", "food", "first aid"}}}};
  return type;
}
const Type& amenity() {
  static const Type type{
      .name = "amenity",
      .doc = "Where people go from their places for a moment. They wait and are served in it.",
      .objects = outlines(
          {{"what", &amenity_kind(), required, "what they go there for"},
           {"places", &positive_count(), required, "so many are served at once"},
           {"visit", &positive_duration(), required, "how long one person has one place"}})};
  return type;
}
const Type& amenities() {
  static const Type type = names_of(
      "amenities", "Where people go from their places for a moment, by name; they are ground, too.",
      "amenity", amenity());
  return type;
}
const Type& circulation() {
  static const Type type{
      .name = "circulation",
      .doc =
          "Who leaves his place for a moment while all watch; everybody goes to the nearest "
          "amenity of what he wants.",
      .objects = {
          {.fields = {{"an hour", &share(), required,
                       "of the people at their places so many set out in an hour, at random"},
                      {"toilets", &share(), optional,
                       "of those who set out; without any of these four equal parts for what there "
                       "is"},
                      {"water", &share(), optional, "of those who set out"},
                      {"food", &share(), optional, "of those who set out"},
                      {"first aid", &share(), optional, "of those who set out"},
                      {"from", &moment(), optional, "the first; default 'seated by'"},
                      {"to", &moment(), optional,
                       "when it is looked at last; default when they leave"}}}}};
  return type;
}

const Type& people_kind() {
  static const Type type{
      .name = "kind of people",
      .doc = "A part of the people.",
      .objects = {
          {.fields = {{"label", &label(), optional, "what they are called; the name when absent"},
                      {"share", &share(), required, "of all people"},
                      {"speed", &positive_speed(), required, "mean, on the level, alone"},
                      {"spread", &speed(), optional, "standard deviation; default none"},
                      {"body", &positive_length(), optional, "radius; default 0.2 m"},
                      {"together", &positive_count(), optional,
                       "in parties of so many, at the pace of the slowest; default 1"}}}}};
  return type;
}
const Type& population() {
  static const Type type =
      names_of("population",
               "Who the people are, by name; the rest, or all, walk at 1.34 m/s with a spread of "
               "0.26 m/s (Weidmann 1993).",
               "kind of people", people_kind());
  return type;
}

const Type& emergency() {
  static const Type type{
      .name = "emergency",
      .doc = "Something goes wrong, and everybody leaves at once.",
      .objects = {
          {.fields = {{"label", &label(), optional, "what it is called; its name when absent"},
                      {"from", &moment(), required, "when"},
                      {"blocked", &names(), optional, "exits and gates that nobody passes then"},
                      {"react", &duration(), optional,
                       "everybody has started to leave within this; default 1 min"},
                      {"within", &positive_duration(), optional,
                       "all shall be out in this time; default 8 min"}}}}};
  return type;
}
const Type& emergencies() {
  static const Type type =
      names_of("emergencies", "What may go wrong, by name; each is simulated on its own.",
               "emergency", emergency());
  return type;
}

const Type& limits() {
  static const Type type{
      .name = "limits of the crowd",
      .doc = "What is too much.",
      .objects = {
          {.fields = {
               {"density", &density(), optional,
                "people per square metre; default 4.7, the Green Guide's for standing"},
               {"for", &positive_duration(), optional, "the density lasts so long; default 3 min"},
               {"wait", &positive_duration(), optional, "in a queue; default 1 h"},
               {"clear", &positive_duration(), optional,
                "from the cue to leave until the last is out; default 1 h"}}}}};
  return type;
}

}  // namespace

const Type& spectators() {
  static const Type type{
      .name = "spectators",
      .doc = "Who watches: where people come from, what they pass, where they are, how they go.",
      .objects = {
          {.fields = {
               {"people", &positive_count(), optional,
                "how many come; default what the zones say or hold"},
               {"seated by", &clock(), required, "everybody has come to a place"},
               {"leave", &moment(), optional, "when they go; default the end of the programme"},
               {"get up", &duration(), optional,
                "everybody has started to leave within this; default 5 min"},
               {"ground", &ground(), required, "where people may walk"},
               {"hindrances", &hindrances(), optional, "what people walk round"},
               {"stairs", &all_stairs(), optional, "where people are slower"},
               {"fences", &fences(), optional, "barriers"},
               {"stops", &stops(), required, "where people come from"},
               {"gates", &gates(), optional, "searches and turnstiles"},
               {"crossings", &crossings(), optional,
                "ground that belongs to people and to the parade in turn"},
               {"closures", &closures(), optional, "what is shut at times"},
               {"exits", &exits(), required, "where people leave"},
               {"zones", &zones(), optional, "where people watch; default all stands"},
               {"amenities", &amenities(), optional, "toilets, water, food, first aid"},
               {"circulation", &circulation(), optional,
                "who goes there while all watch; default nobody"},
               {"population", &population(), optional, "who the people are"},
               {"stewards", &positive_count(), optional,
                "how many look after them; counted, not simulated"},
               {"emergencies", &emergencies(), optional, "what may go wrong"},
               {"limits", &limits(), optional, "what is too much"}}}}};
  return type;
}

}  // namespace defilada::show::table
