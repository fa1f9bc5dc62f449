// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& side() {
  static const Type type{
      .name = "side of the way",
      .doc = "A side, as seen in the direction of march.",
      .scalars = {{.form = Scalar::Form::words, .what = "a side", .words = {"left", "right"}}}};
  return type;
}

const Type& recovery() {
  static const Type type{
      .name = "recovery",
      .doc =
          "A vehicle that follows the last rank, comes past those who stand, and takes the one "
          "that has stopped in tow.",
      .objects = {
          {.fields = {
               {"kind", &text(), required, "name of a kind that drives"},
               {"behind", &positive_length(), required, "the last rank, from middle to middle"},
               {"side", &side(), optional, "on which it comes past the others; default left"},
               {"hitched in", &positive_duration(), required,
                "from when it stands before the other until both go on"}}}}};
  return type;
}

}  // namespace

const Type& stalled() {
  static const Type type{
      .name = "stalled",
      .doc =
          "A vehicle that stops on the way. All in its rank and behind it stand until it goes "
          "on; those ahead go on as if nothing were.",
      .objects = {
          {.fields = {{"rank", &positive_count(), required, "from the front, over all parts"},
                      {"file", &positive_count(), optional, "from the right; default 1"},
                      {"station", &station(), required, "where it stops, by its middle"},
                      {"before", &positive_length(), optional, "so far before the station"},
                      {"lasts", &positive_duration(), optional, "it goes on by itself after that"},
                      {"towed by", &recovery(), optional, "it is drawn away"}},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"lasts", "towed by"}}}}}};
  return type;
}

}  // namespace defilada::show::table
