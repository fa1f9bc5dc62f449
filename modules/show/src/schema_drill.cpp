// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& flank() {
  static const Type type{
      .name = "flank",
      .doc = "A side, as seen in the direction of march.",
      .scalars = {{.form = Scalar::Form::words, .what = "a side", .words = {"left", "right"}}}};
  return type;
}

const Type& base() {
  static const Type type{
      .name = "base",
      .doc = "On whom a rank aligns itself.",
      .scalars = {
          {.form = Scalar::Form::words, .what = "a base", .words = {"right", "left", "centre"}}}};
  return type;
}

Object halted(std::string_view key, const Type& value, std::string_view doc,
              std::vector<Field> more = {}) {
  Object object{.chosen_by = key,
                .fields = {{key, &value, required, doc},
                           {"station", &station(), required, "where the head halts for it"}}};
  object.fields.insert(object.fields.end(), more.begin(), more.end());
  return object;
}

Object moving(std::string_view key, std::string_view doc) {
  return {.chosen_by = key, .fields = {{key, &station(), required, doc}}};
}

const Type& evolution() {
  const Field stands{"stands", &positive_count(), optional,
                     "the rank that stands fast, from 1 behind the leaders; default 3"};
  const Field side{"side", &flank(), optional,
                   "of the leading part, where the others stand in the line; default left"};
  Object dress = halted(
      "dress", base(), "on whom",
      {{"interval", &positive_length(), optional, "between files afterwards; default what it is"},
       {"lasts", &positive_duration(), optional, "at least"}});
  dress.groups = {{.law = Group::Law::at_least_one, .keys = {"interval", "lasts"}}};
  static const Type type{
      .name = "evolution",
      .doc = "What a contingent does with its formation on the way.",
      .objects = {halted("open order", positive_length(),
                         "ranks come this much farther apart: a pace of 30 in", {stands}),
                  halted("close order", positive_length(), "ranks come this much nearer", {stands}),
                  halted("form line", positive_count(),
                         "files abreast in the line: so many times those of the column", {side}),
                  halted("form column", positive_count(),
                         "files abreast in the column: a part of those of the line", {side}),
                  dress, halted("mark time", positive_duration(), "how long, on the spot"),
                  moving("wheel", "a station in the bend: the outer file keeps its full pace"),
                  moving("countermarch",
                         "a station where the route turns back: each file turns about by itself")}};
  return type;
}

}  // namespace

const Type& drill() {
  static const Type type{.name = "drill",
                         .doc = "Evolutions, in the order of the way.",
                         .list = List{.item = &evolution()}};
  return type;
}

}  // namespace defilada::show::table
