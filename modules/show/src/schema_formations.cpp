// SPDX-License-Identifier: MIT
#include <deque>

#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

/// A formation: its key, its name as a type in a contingent and in defaults, and its fields.
struct Shape {
  std::string_view key;
  std::string_view defaults_name;
  std::string_view doc;
  bool shorthand;  ///< "vic: 5" is "vic: {count: 5}"
  std::vector<Field> fields;
  std::vector<Group> groups = {};  ///< where it is complete
};

const Type& side() {
  static const Type type{
      .name = "side",
      .doc = "To which side.",
      .scalars = {{.form = Scalar::Form::words, .what = "a side", .words = {"left", "right"}}}};
  return type;
}

const Type& reads_from() {
  static const Type type{
      .name = "reads from",
      .doc = "Whose eyes a figure in the air is placed for.",
      .scalars = {{.form = Scalar::Form::text, .what = "the name of a stand"}},
      .objects = {
          {.fields = {{"stand", &text(), optional, "the middle of a stand"},
                      {"point", &point(), optional, "a place on the ground"},
                      {"eye height", &positive_length(), optional,
                       "of the eyes above the datum; default 1.6 m"},
                      {"at", &station(), optional,
                       "where the figure's middle is at that moment; default the station of "
                       "time over target"},
                      {"before", &positive_length(), optional,
                       "so far before that station it is then: it reads as it comes"}},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"stand", "point"}}}}}};
  return type;
}

const Field kCount{"count", &positive_count(), required, "slots in all"};
const Field kInterval{"interval", &positive_length(), optional, "between files, centre to centre"};
const Field kDistance{"distance", &positive_length(), optional, "between ranks, centre to centre"};

std::vector<Shape> make_shapes() {
  return {
      {"block",
       "block in defaults",
       "Files and ranks, leaders in front.",
       false,
       {{"files", &positive_count(), required, "abreast in a full rank"},
        {"ranks", &positive_count(), required, "full ranks behind the leaders"},
        kInterval,
        kDistance,
        {"leaders", &count(), optional, "in a row of their own in front"},
        {"head files", &count(), optional, "files of a first rank of another width"},
        {"leader interval", &positive_length(), optional, "between leaders"},
        {"leader distance", &positive_length(), optional, "from the leaders to the first rank"}}},
      {"column",
       "column in defaults",
       "Vehicles, so many abreast.",
       true,
       {kCount,
        {"abreast", &positive_count(), optional, "files"},
        kInterval,
        kDistance,
        {"leaders", &count(), optional, "in a row of their own in front"}}},
      {"arrow",
       "arrow in defaults",
       "An arrowhead and its shaft.",
       true,
       {kCount, kInterval, kDistance}},
      {"vic", "vic in defaults", "A wedge, one in front.", true, {kCount, kInterval, kDistance}},
      {"echelon",
       "echelon in defaults",
       "A slanting line, each behind the one before.",
       true,
       {kCount, kInterval, kDistance, {"side", &side(), optional, "to which side it slants"}}},
      {"line abreast", "line abreast in defaults", "Side by side.", true, {kCount, kInterval}},
      {"trail", "trail in defaults", "One behind the other.", true, {kCount, kDistance}},
      {"box",
       "box in defaults",
       "Four: one in front, two abreast, one behind.",
       false,
       {kInterval, kDistance}},
      {"diamond",
       "diamond in defaults",
       "Rows of 1, 2, …, k, …, 2, 1.",
       true,
       {kCount, kInterval, kDistance}},
      {"ring",
       "ring in defaults",
       "Evenly on a circle.",
       true,
       {kCount, {"spacing", &positive_length(), optional, "between neighbours"}}},
      {"figure",
       "figure in defaults",
       "A text or the lines of a drawing, drawn by the slots.",
       false,
       {{"text", &text(), optional, "digits, capital letters and spaces"},
        {"svg", &text(), optional, "a drawing beside the show: its lines, not its areas"},
        {"slots", &positive_count(), required, "how many draw it"},
        {"spacing", &positive_length(), optional, "least distance between two"},
        {"reads from", &reads_from(), optional,
         "in the air: placed by inverse perspective, so that it reads upright from there"}},
       {{.law = Group::Law::exactly_one, .keys = {"text", "svg"}}}}};
}

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all = make_shapes();
  return all;
}

Type make_type(const Shape& shape, bool complete) {
  Type type{.name = complete ? shape.key : shape.defaults_name, .doc = shape.doc};
  if (shape.shorthand) type.scalars = positive_count().scalars;
  Object object{.fields = shape.fields};
  if (complete) object.groups = shape.groups;
  if (!complete)
    for (Field& field : object.fields) field.need = optional;
  type.objects.push_back(std::move(object));
  return type;
}

struct Formations {
  std::deque<Type> types;  // a deque: addresses stay
  std::vector<Field> fields;
};

Formations make_formations(bool complete) {
  Formations formations;
  for (const Shape& shape : shapes()) {
    const Type& type = formations.types.emplace_back(make_type(shape, complete));
    formations.fields.push_back({shape.key, &type, optional, shape.doc});
  }
  return formations;
}

}  // namespace

std::vector<Field> formation_fields(bool complete) {
  static const Formations whole = make_formations(true);
  static const Formations partial = make_formations(false);
  return complete ? whole.fields : partial.fields;
}

std::vector<std::string_view> formation_keys() {
  std::vector<std::string_view> keys;
  for (const Shape& shape : shapes()) keys.push_back(shape.key);
  return keys;
}

}  // namespace defilada::show::table
