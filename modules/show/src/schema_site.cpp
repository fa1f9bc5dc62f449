// SPDX-License-Identifier: MIT
#include "schema_table.hpp"

namespace defilada::show::table {
namespace {

using enum Need;

const Type& latitude() {
  static const Type type{.name = "latitude",
                         .doc = "Degrees north of the equator, WGS-84.",
                         .scalars = {{.form = Scalar::Form::quantity,
                                      .what = "latitude",
                                      .dimension = Dimension::plain_number,
                                      .least = -90,
                                      .most = 90}}};
  return type;
}

const Type& longitude() {
  static const Type type{.name = "longitude",
                         .doc = "Degrees east of Greenwich, WGS-84.",
                         .scalars = {{.form = Scalar::Form::quantity,
                                      .what = "longitude",
                                      .dimension = Dimension::plain_number,
                                      .least = -180,
                                      .most = 180}}};
  return type;
}

const Type& ground() {
  static const Type type{.name = "ground",
                         .doc = "Where the datum lies.",
                         .objects = {{.fields = {{"amsl", &coordinate(), required,
                                                  "the datum above mean sea level"}}}}};
  return type;
}

const Type& more_points() {
  static const Type type{.name = "further points",
                         .doc = "The corners after the station, to the end.",
                         .list = List{.item = &point(), .least = 1}};
  return type;
}

const Type& polygon_points() {
  static const Type type{.name = "polygon",
                         .doc = "The corners of a polygon, in turn.",
                         .list = List{.item = &point(), .least = 3}};
  return type;
}

const Type& route() {
  static const std::string_view radius = "rounds every corner; needed where the line turns";
  static const std::string_view width = "between the kerbs";
  static const Type type{
      .name = "route",
      .doc = "A path on the ground: by points, along another route, or from GeoJSON.",
      .objects = {
          {.chosen_by = "points",
           .fields = {{"points", &line_points(), required, "the corners, from first to last"},
                      {"corner radius", &positive_length(), optional, radius},
                      {"width", &positive_length(), optional, width}}},
          {.chosen_by = "follow",
           .fields = {{"follow", &text(), required, "the route whose geometry is shared"},
                      {"until", &station(), required, "where this one leaves it"},
                      {"then", &more_points(), required, "the corners after it"},
                      {"corner radius", &positive_length(), optional, radius},
                      {"width", &positive_length(), optional, width}}},
          {.chosen_by = "geojson",
           .fields = {{"geojson", &text(), required, "a file beside the show"},
                      {"feature", &text(), required, "the name of a line in it"},
                      {"corner radius", &positive_length(), optional, radius},
                      {"width", &positive_length(), optional, width}}}}};
  return type;
}

const Type& air_line() {
  static const Type type{
      .name = "air line",
      .doc = "A line in the air; each flight rounds its corners by its own turn.",
      .objects = {{.fields = {{"points", &line_points(), required, "the corners, in flight order"},
                              {"floor", &height(), optional, "nobody flies lower on it"},
                              {"ceiling", &height(), optional, "nobody flies higher on it"}}}}};
  return type;
}

const Type& station_place() {
  static const Type type{
      .name = "station",
      .doc = "A named point of a route.",
      .objects = {
          {.fields = {{"route", &text(), required, "the route or air line it lies on"},
                      {"abeam", &point(), optional, "it is the nearest point of the route"},
                      {"along", &length(), optional, "arc length from the route's first point"}},
           .groups = {{.law = Group::Law::exactly_one, .keys = {"abeam", "along"}}}}}};
  return type;
}

const Type& circle() {
  static const Type type{
      .name = "circle",
      .doc = "A round outline.",
      .objects = {{.fields = {{"centre", &point(), required, "its middle"},
                              {"radius", &positive_length(), required, "its radius"}}}}};
  return type;
}

const Type& area() {
  static const Type type{
      .name = "area",
      .doc = "A part of the ground, to form up in or to disperse to.",
      .objects = outlines({{"capacity", &count(), optional, "how many people it holds"}})};
  return type;
}

const Type& stand() {
  static const Type type{
      .name = "stand",
      .doc = "Where spectators are.",
      .objects = outlines({{"capacity", &count(), required, "how many people it holds"}})};
  return type;
}

const Type& obstacle() {
  static const Type type{
      .name = "obstacle",
      .doc = "What nobody can pass through.",
      .objects = outlines({{"height", &positive_length(), required, "its top above the ground"}})};
  return type;
}

const Type& emergency_lane() {
  static const Type type{
      .name = "emergency lane",
      .doc = "A way that stays free for ambulances and fire engines.",
      .objects = {{.fields = {{"points", &line_points(), required, "the corners of its middle"},
                              {"width", &positive_length(), required,
                               "what has to be free; nothing may stand in it"}}}}};
  return type;
}

const Type& first_aid_post() {
  static const Type type{.name = "first-aid post",
                         .doc = "Where the hurt and the sick are helped.",
                         .objects = {{.fields = {{"place", &point(), required, "where it is"}}}}};
  return type;
}

Type names_of(std::string_view name, std::string_view doc, std::string_view what,
              const Type& type) {
  return {.name = name, .doc = doc, .names = Names{.what = what, .type = &type}};
}

const Type& routes() {
  static const Type type = names_of("routes", "Paths on the ground, by name.", "route", route());
  return type;
}
const Type& air_lines() {
  static const Type type =
      names_of("air lines", "Lines in the air, by name.", "air line", air_line());
  return type;
}
const Type& stations() {
  static const Type type =
      names_of("stations", "Points of routes, by name.", "station", station_place());
  return type;
}
const Type& areas() {
  static const Type type = names_of("areas", "Parts of the ground, by name.", "area", area());
  return type;
}
const Type& stands() {
  static const Type type = names_of("stands", "Stands, by name.", "stand", stand());
  return type;
}
const Type& obstacles() {
  static const Type type = names_of("obstacles", "Obstacles, by name.", "obstacle", obstacle());
  return type;
}
const Type& emergency_lanes() {
  static const Type type =
      names_of("emergency lanes", "Emergency lanes, by name.", "emergency lane", emergency_lane());
  return type;
}
const Type& first_aid_posts() {
  static const Type type =
      names_of("first-aid posts", "First-aid posts, by name.", "first-aid post", first_aid_post());
  return type;
}

const Type& declination() {
  static const Type type{
      .name = "declination",
      .doc = "How far magnetic north lies beside true north.",
      .objects = {
          {.chosen_by = "east",
           .fields = {{"east", &angle(), required, "magnetic north lies east of true north"}}},
          {.chosen_by = "west",
           .fields = {{"west", &angle(), required, "magnetic north lies west of true north"}}}}};
  return type;
}

}  // namespace

const Type& line_points() {
  static const Type type{.name = "line points",
                         .doc = "The corners of a line, from its beginning to its end.",
                         .list = List{.item = &point(), .least = 2}};
  return type;
}

std::vector<Object> outlines(const std::vector<Field>& further) {
  std::vector<Object> objects = {
      {.chosen_by = "polygon",
       .fields = {{"polygon", &polygon_points(), required, "the corners of its outline"}}},
      {.chosen_by = "geojson",
       .fields = {{"geojson", &text(), required, "a file beside the show"},
                  {"feature", &text(), required, "the name of a polygon in it"}}},
      {.chosen_by = "circle", .fields = {{"circle", &circle(), required, "a round outline"}}}};
  for (Object& object : objects)
    object.fields.insert(object.fields.end(), further.begin(), further.end());
  return objects;
}

const Type& lat_lon() {
  static const Type type{
      .name = "place on the earth",
      .doc = "Latitude and longitude, WGS-84.",
      .objects = {{.fields = {{"lat", &latitude(), required, "degrees north"},
                              {"lon", &longitude(), required, "degrees east"}}}}};
  return type;
}

const Type& point() {
  static const Type type{.name = "point",
                         .doc = "East and north of the origin, or latitude and longitude.",
                         .objects = lat_lon().objects,
                         .list = List{.item = &coordinate(), .least = 2, .most = 2}};
  return type;
}

const Type& height() {
  static const Type type{
      .name = "height",
      .doc = "A height that says what it is above.",
      .objects = {{.chosen_by = "agl",
                   .fields = {{"agl", &coordinate(), required, "above the show's datum"}}},
                  {.chosen_by = "amsl",
                   .fields = {{"amsl", &coordinate(), required,
                               "above mean sea level; needs the site's ground"}}}}};
  return type;
}

const Type& direction() {
  static const Type type{
      .name = "direction",
      .doc = "A point of the compass, or a bearing.",
      .scalars = {{.form = Scalar::Form::words,
                   .what = "a direction",
                   .words = {"north", "north-east", "east", "south-east", "south", "south-west",
                             "west", "north-west"}}},
      .objects = {{.fields = {{"bearing", &angle(), required, "clockwise from north"}}}}};
  return type;
}

const Type& site() {
  static const Type type{
      .name = "site",
      .doc = "The ground: where everything happens.",
      .objects = {
          {.fields = {{"origin", &lat_lon(), required, "where east and north are zero"},
                      {"datum", &text(), optional, "what height zero is, in words"},
                      {"ground", &ground(), optional, "the datum above sea level"},
                      {"wind", &wind(), optional, "that flights meet; default none"},
                      {"declination", &declination(), optional,
                       "of the compass: flight cards then have magnetic headings, too"},
                      {"routes", &routes(), optional, "paths on the ground"},
                      {"air lines", &air_lines(), optional, "lines in the air"},
                      {"stations", &stations(), optional, "named points of routes and air lines"},
                      {"areas", &areas(), optional, "parts of the ground"},
                      {"stands", &stands(), optional, "where spectators are"},
                      {"obstacles", &obstacles(), optional, "what nobody can pass through"},
                      {"emergency lanes", &emergency_lanes(), optional,
                       "ways that stay free for ambulances and fire engines"},
                      {"first aid", &first_aid_posts(), optional,
                       "where the hurt and the sick are helped"}}}}};
  return type;
}

}  // namespace defilada::show::table
