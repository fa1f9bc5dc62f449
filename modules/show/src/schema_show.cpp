// SPDX-License-Identifier: MIT
#include <algorithm>

#include "schema_table.hpp"

namespace defilada::show {
namespace {

using enum Need;

const Type& version() {
  static const Type type{
      .name = "version",
      .doc = "Of this format.",
      .scalars = {
          {.form = Scalar::Form::words, .what = "a version of this format", .words = {"1"}}}};
  return type;
}

const Type& calendar_day() {
  static const Type type{
      .name = "date",
      .doc = "A day of the calendar.",
      .scalars = {{.form = Scalar::Form::date, .what = "a date such as 2025-09-03"}}};
  return type;
}

const Type& catalogues() {
  static const Type type{.name = "catalogues",
                         .doc = "NAME.yaml beside the show, then among the installed ones.",
                         .list = List{.item = &table::text()}};
  return type;
}

const Type& names_of_a_language() {
  static const Type type{.name = "names of a language",
                         .doc = "Names of the file, each with what it is called there.",
                         .names = Names{.what = "name", .type = &table::text()}};
  return type;
}

const Type& names_elsewhere() {
  static const Type type{.name = "names elsewhere",
                         .doc = "For pages in another language than the one of the names.",
                         .names = Names{.what = "language", .type = &names_of_a_language()}};
  return type;
}

void collect(const Type* type, std::vector<const Type*>& all) {
  if (type == nullptr || std::find(all.begin(), all.end(), type) != all.end()) return;
  all.push_back(type);
  for (const Object& object : type->objects)
    for (const Field& field : object.fields) collect(field.type, all);
  if (type->names) collect(type->names->type, all);
  if (type->entry) collect(type->entry->type, all);
  if (type->list) collect(type->list->item, all);
}

}  // namespace

const Type& show_type() {
  static const Type type{
      .name = "show",
      .doc = "A show: one event, from its site to its programme.",
      .objects = {
          {.fields = {
               {"defilada", &version(), required, "version of this format"},
               {"title", &table::label(), required, "what the show is called"},
               {"date", &calendar_day(), required, "the day; clock times count from its midnight"},
               {"zone", &table::text(), required, "time zone of the tz database: Asia/Shanghai"},
               {"use", &catalogues(), optional, "catalogues of gaits and kinds"},
               {"site", &table::site(), required, "where everything happens"},
               {"gaits", &table::gaits(), optional, "gaits of the show's own"},
               {"kinds", &table::kinds(), optional, "kinds of the show's own"},
               {"marches", &table::marches(), optional, "processions on the ground"},
               {"movements", &table::movements(), optional,
                "who goes on the ground and is no formation of the parade"},
               {"flypasts", &table::flypasts(), optional, "processions in the air"},
               {"in place", &table::in_place(), optional, "who performs without moving"},
               {"guests", &table::guests(), optional, "who is invited, and how they are led"},
               {"spectators", &table::spectators(), optional,
                "who watches, from the first gate to the last who leaves"},
               {"day", &table::day(), optional, "the parts of the day, in order"},
               {"programme", &table::programme(), optional, "what happens when"},
               {"rules", &table::rules(), optional, "what must hold"},
               {"wanted length", &table::wanted_length(), optional, "how long it should be"},
               {"published", &table::published(), optional, "figures to hold the plan against"},
               {"names", &names_elsewhere(), optional,
                "what places and processions are called in other languages"},
               {"variants", &table::variants(), optional, "other ways in which the day may go"}}}}};
  return type;
}

const Type& catalogue_type() {
  static const Type type{
      .name = "catalogue",
      .doc = "Gaits and kinds shared between shows.",
      .objects = {
          {.fields = {{"defilada catalogue", &version(), required, "version of this format"},
                      {"use", &catalogues(), optional, "catalogues that this one builds on"},
                      {"gaits", &table::gaits(), optional, "steps, by name"},
                      {"kinds", &table::kinds(), optional, "sorts of movers, by name"}}}}};
  return type;
}

std::vector<const Type*> all_types() {
  std::vector<const Type*> all;
  collect(&show_type(), all);
  collect(&catalogue_type(), all);
  collect(&table::word_of_quality(), all);
  return all;
}

}  // namespace defilada::show
