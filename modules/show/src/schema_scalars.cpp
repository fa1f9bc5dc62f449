// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

Type quantity(std::string_view name, std::string_view doc, Dimension dimension,
              bool positive = false) {
  return {.name = name,
          .doc = doc,
          .scalars = {{.form = Scalar::Form::quantity,
                       .what = to_string(dimension),
                       .dimension = dimension,
                       .positive = positive}}};
}

Type named(std::string_view name, std::string_view doc, std::string_view what) {
  return {.name = name, .doc = doc, .scalars = {{.what = what}}};
}

}  // namespace

const Type& text() {
  static const Type type = named("text", "Any text but an empty one.", "a text");
  return type;
}

const Type& word_of_quality() {
  static const Type type{
      .name = "quality",
      .doc = "What a value is worth: published by a source, calibrated to one, or assumed.",
      .scalars = {{.form = Scalar::Form::words,
                   .what = "a quality",
                   .words = {"published", "calibrated", "assumed"}}}};
  return type;
}

const Type& length() {
  static const Type type = quantity("length", "A length with its unit.", Dimension::length);
  return type;
}
const Type& positive_length() {
  static const Type type =
      quantity("positive length", "A length above zero.", Dimension::length, true);
  return type;
}
const Type& coordinate() {
  static const Type type = quantity("coordinate", "A length with a sign.", Dimension::coordinate);
  return type;
}
const Type& speed() {
  static const Type type = quantity("speed", "A speed with its unit.", Dimension::speed);
  return type;
}
const Type& positive_speed() {
  static const Type type =
      quantity("positive speed", "A speed above zero.", Dimension::speed, true);
  return type;
}
const Type& duration() {
  static const Type type =
      quantity("duration", "A length of time with its units.", Dimension::duration);
  return type;
}
const Type& positive_duration() {
  static const Type type =
      quantity("positive duration", "A length of time above zero.", Dimension::duration, true);
  return type;
}
const Type& frequency() {
  static const Type type = quantity("frequency", "So many a minute or a second, above zero.",
                                    Dimension::frequency, true);
  return type;
}
const Type& acceleration() {
  static const Type type =
      quantity("acceleration", "An acceleration above zero.", Dimension::acceleration, true);
  return type;
}
const Type& angle() {
  static const Type type = quantity("angle", "An angle with its unit.", Dimension::angle);
  return type;
}
const Type& turn() {
  static const Type type = quantity("turn", "A side and an angle.", Dimension::turn);
  return type;
}
const Type& clock() {
  static const Type type = quantity(
      "clock time", "A time of the day; hours from 24 are the next day.", Dimension::clock);
  return type;
}
const Type& window() {
  static const Type type =
      quantity("window", "A least and a most length of time, or exactly one.", Dimension::window);
  return type;
}
const Type& count() {
  static const Type type = quantity("count", "A whole number.", Dimension::count);
  return type;
}
const Type& positive_count() {
  static const Type type =
      quantity("positive count", "A whole number from 1.", Dimension::count, true);
  return type;
}

const Type& label() {
  static const Type type{.name = "label",
                         .doc = "A text, or one for each language; English must be there.",
                         .scalars = {{.what = "a text"}},
                         .names = Names{.what = "language", .type = &text(), .languages = true}};
  return type;
}

const Type& attributes() {
  static const Type type{.name = "attributes",
                         .doc = "Anything else to say, by name.",
                         .names = Names{.what = "attribute", .type = &text()}};
  return type;
}

const Type& cue() {
  static const Type type =
      named("cue",
            "An instant: (head | tail | rank N) of CONTINGENT (crosses | clears | over) STATION, "
            "ITEM (starts | ends), or ITEM.",
            "a cue");
  return type;
}

const Type& station() {
  static const Type type = named("station name", "The name of a station.", "the name of a station");
  return type;
}

const Type& gait() {
  static const Type type{.name = "gait or speed",
                         .doc = "The name of a gait, or a speed.",
                         .scalars = {{.form = Scalar::Form::quantity,
                                      .what = "speed",
                                      .dimension = Dimension::speed,
                                      .positive = true},
                                     {.what = "the name of a gait"}}};
  return type;
}

}  // namespace defilada::show::table
