// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

/// Looked at where it comes to stand: with the rest of the show that the variant makes.
const Type& anything() {
  static const Type type{.name = "what may stand there",
                         .doc = "What the show file allows at that path.",
                         .anything = true};
  return type;
}

const Type& names_or_paths() {
  static const Type type{.name = "what is taken away",
                         .doc = "A name or a path, or a list of them.",
                         .scalars = text().scalars,
                         .list = List{.item = &text()}};
  return type;
}

const Type& fall_away() {
  static const Type type{
      .name = "rules on them",
      .doc = "What happens to the rules that name what is taken away.",
      .scalars = {
          {.form = Scalar::Form::words, .what = "what rules can do", .words = {"fall away"}}}};
  return type;
}

const Type& delays() {
  static const Type type{.name = "who is late",
                         .doc = "By how much, by the name of a delegation or an item.",
                         .names = Names{.what = "late comer", .type = &positive_duration()}};
  return type;
}

const Type& values_by_path() {
  static const Type type{.name = "other values",
                         .doc = "A value by its path: 'programme / speech / lasts: 12 min'.",
                         .names = Names{.what = "path", .type = &anything()}};
  return type;
}

const Type& additions_by_path() {
  static const Type type{
      .name = "what is added",
      .doc = "By the path of a list (at its end), of a line in one (behind it), or of a mapping.",
      .names = Names{.what = "path", .type = &anything()}};
  return type;
}

const Type& variant() {
  static const Type type{
      .name = "variant",
      .doc = "What differs from the base; all else is as the base has it.",
      .objects = {
          {.fields = {{"label", &label(), optional, "what it is called; its name when absent"},
                      {"because", &label(), optional, "when it holds, or why"},
                      {"like", &text(), optional, "the variant on which this one builds"},
                      {"without", &names_or_paths(), optional,
                       "processions, contingents, items, delegations, motorcades, or paths"},
                      {"rules on them", &fall_away(), optional,
                       "the rules that name what is taken away go, too"},
                      {"late", &delays(), optional, "delegations and items that come later"},
                      {"set", &values_by_path(), optional, "other values"},
                      {"add", &additions_by_path(), optional, "what the base does not have"}},
           .groups = {{.law = Group::Law::needs_one_of,
                       .keys = {"without", "like"},
                       .key = "rules on them"},
                      {.law = Group::Law::at_least_one,
                       .keys = {"like", "without", "late", "set", "add"}}}}}};
  return type;
}

}  // namespace

const Type& variants() {
  static const Type type{.name = "variants",
                         .doc = "Other ways in which the day may go, each planned beside the base.",
                         .names = Names{.what = "variant", .type = &variant()}};
  return type;
}

}  // namespace defilada::show::table
