// SPDX-License-Identifier: MIT
#include "defilada/geo/geojson.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "source_dir.hpp"

namespace defilada::geo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

struct Reading {
  FeatureCollection collection;
  std::vector<Diagnostic> faults;
  std::string text;  ///< as shown to a person
};

Reading read(std::string text) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = sources.add("site.geojson", std::move(text));
  Reading reading{read_geojson(file, sources, diagnostics), diagnostics.all(), {}};
  for (const Diagnostic& fault : reading.faults) reading.text += render(fault, sources, false);
  return reading;
}

Reading read_corpus(const std::string& name) {
  std::ifstream stream(std::string(test::source_dir()) + "/tests/corpus/fuzz_geojson/" + name);
  return read(std::string(std::istreambuf_iterator<char>(stream), {}));
}

std::string polygon(const std::string& ring) {
  return R"({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [)" + ring + "]}}";
}

TEST(GeoJson, ReadsPolygonsWithHolesAndProperties) {
  const Reading reading = read_corpus("square.geojson");
  EXPECT_EQ(reading.text, "");
  EXPECT_TRUE(reading.collection.metres);
  ASSERT_THAT(reading.collection.features, SizeIs(5));
  const Feature& stand = reading.collection.features[0];
  EXPECT_EQ(stand.name, "north stand");
  EXPECT_EQ(stand.geometry, Feature::Geometry::polygon);
  ASSERT_THAT(stand.rings, SizeIs(2));
  EXPECT_THAT(stand.rings[0],
              ElementsAre(Vec2{-200, 60}, Vec2{200, 60}, Vec2{200, 90.5}, Vec2{-200, 90.5}));
  EXPECT_THAT(stand.rings[1], SizeIs(4));
  EXPECT_THAT(stand.properties, ElementsAre(Pair("capacity", "20000"), Pair("name", "north stand"),
                                            Pair("roofed", "true")));
}

TEST(GeoJson, KeepsForeignMembersThatAreObjects) {
  const Reading reading = read(R"({"type": "FeatureCollection", "features": [], "bbox": [1, 2],
    "limits": {"density": 4.5, "name": "ours", "nested": {"a": 1}, "list": [1]},
    "kinds": [{"share": 2}, 3, {"share": "x", "last": false}]})");
  EXPECT_EQ(reading.text, "");
  const auto& members = reading.collection.members;
  ASSERT_THAT(members, SizeIs(2));
  ASSERT_THAT(members.at("limits"), SizeIs(1));
  const Feature& limits = members.at("limits")[0];
  EXPECT_THAT(limits.properties, ElementsAre(Pair("density", "4.5"), Pair("name", "ours")));
  EXPECT_EQ(limits.name, "ours");
  EXPECT_THAT(limits.rings, IsEmpty());
  ASSERT_TRUE(limits.span.known());
  ASSERT_THAT(members.at("kinds"), SizeIs(2));
  EXPECT_THAT(members.at("kinds")[1].properties,
              ElementsAre(Pair("last", "false"), Pair("share", "x")));
}

TEST(GeoJson, GivesEachOfAMultiGeometryAsAFeature) {
  const auto features = read_corpus("square.geojson").collection.features;
  EXPECT_EQ(features[1].name, "yards");
  EXPECT_EQ(features[2].name, "yards");
  EXPECT_EQ(features[2].rings[0][0], (Vec2{300, 0}));
  EXPECT_EQ(features[3].name, "posts");
  EXPECT_EQ(features[4].geometry, Feature::Geometry::point);
  EXPECT_THAT(features[4].rings, ElementsAre(ElementsAre(Vec2{3, 4})));
}

TEST(GeoJson, ReadsDegreesEscapesAndCollections) {
  const Reading reading = read_corpus("roads.geojson");
  EXPECT_EQ(reading.text, "");
  EXPECT_FALSE(reading.collection.metres);
  ASSERT_THAT(reading.collection.features, SizeIs(4));
  EXPECT_EQ(reading.collection.features[0].name, "ring \xF0\x9F\x9A\x97 \"quoted\"");
  EXPECT_EQ(reading.collection.features[0].rings[0][2], (Vec2{116.4287, 39.9071}));
  EXPECT_EQ(reading.collection.features[1].geometry, Feature::Geometry::point);
  EXPECT_EQ(reading.collection.features[3].rings[0][1], (Vec2{116.4, 39.9}));
}

TEST(GeoJson, ShowsTheRingThatIsNotClosed) {
  const Reading reading = read(polygon("[[0,0],[1,0],[1,1],[0,1]]"));
  EXPECT_THAT(reading.collection.features, IsEmpty());
  ASSERT_THAT(reading.faults, SizeIs(1));
  EXPECT_EQ(reading.faults[0].code, "geo.ring-open");
  EXPECT_THAT(reading.text, HasSubstr("site.geojson:1:69: error: the ring is not closed"));
}

struct Fault {
  std::string code;
  std::string text;
  std::string marked;  ///< what the caret line runs under
};

TEST(GeoJson, ReportsEachFaultAtItsPlace) {
  const std::string feature = R"({"type": "Feature", "geometry": )";
  const std::vector<Fault> faults{
      {"geo.json-syntax", "", ""},
      {"geo.json-syntax", "{\"type\" 1}", "1"},
      {"geo.json-syntax", "[1, 2", ""},
      {"geo.json-syntax", "[1 2]", "2"},
      {"geo.json-syntax", "[01]", "0"},
      {"geo.json-syntax", "[1.]", "]"},
      {"geo.json-syntax", "[1e]", "]"},
      {"geo.json-syntax", "[-]", "]"},
      {"geo.json-syntax", "[+1]", "+"},
      {"geo.json-syntax", "[NaN]", "N"},
      {"geo.json-syntax", "[nul]", "n"},
      {"geo.json-syntax", "[\"a\nb\"]", "\""},
      {"geo.json-syntax", "[\"\\x\"]", "x"},
      {"geo.json-syntax", "[\"\\u12g4\"]", "u"},
      {"geo.json-syntax", "[\"\xC0\xAF\"]", "\xC0"},
      {"geo.json-syntax", "{'a': 1}", "'"},
      {"geo.json-syntax", "{} {}", "{"},
      {"geo.json-syntax", "{\"a\": 1,}", "}"},
      {"geo.json-syntax", std::string(66, '['), "["},
      {"geo.json-duplicate-member", R"({"type": 1, "ty\u0070e": 2})", R"("ty\u0070e")"},
      {"geo.not-geojson", "[]", "[]"},
      {"geo.not-geojson", R"({"a": 1})", R"({"a": 1})"},
      {"geo.not-geojson", R"({"type": "Topology"})", R"("Topology")"},
      {"geo.not-geojson", R"({"type": "FeatureCollection"})", R"({"type": "FeatureCollection"})"},
      {"geo.not-geojson", R"({"type": "FeatureCollection", "features": 3})", "3"},
      {"geo.not-geojson", R"({"type": "FeatureCollection", "features": [3]})", "3"},
      {"geo.crs", R"({"type": "FeatureCollection", "crs": {}, "features": []})", "{}"},
      {"geo.units", R"({"type": "FeatureCollection", "units": "ft", "features": []})", R"("ft")"},
      {"geo.geometry", R"({"type": "Feature"})", R"({"type": "Feature"})"},
      {"geo.geometry", feature + R"({"type": "Circle"}})", R"({"type": "Circle"})"},
      {"geo.geometry", feature + R"({"type": "Point"}})", R"({"type": "Point"})"},
      {"geo.geometry", feature + R"({"type": "Point", "coordinates": 1}})", "1"},
      {"geo.geometry", feature + R"({"type": "LineString", "coordinates": [1, 2]}})", "1"},
      {"geo.geometry", feature + R"({"type": "GeometryCollection"}})",
       R"({"type": "GeometryCollection"})"},
      {"geo.position", feature + R"({"type": "Point", "coordinates": [1]}})", "[1]"},
      {"geo.position", feature + R"({"type": "Point", "coordinates": [1, "2"]}})", R"("2")"},
      {"geo.position", feature + R"({"type": "Point", "coordinates": [1, 1e999]}})", "1e999"},
      {"geo.degrees", feature + R"({"type": "Point", "coordinates": [39.9, 116.4]}})",
       "[39.9, 116.4]"},
      {"geo.degrees", feature + R"({"type": "Point", "coordinates": [4485000, 39]}})",
       "[4485000, 39]"},
      {"geo.too-short", feature + R"({"type": "LineString", "coordinates": [[1, 2]]}})",
       "[[1, 2]]"},
      {"geo.too-short", polygon("[[0,0],[1,0],[0,0]]"), "[[0,0],[1,0],[0,0]]"},
      {"geo.too-short", feature + R"({"type": "Polygon", "coordinates": []}})", "[]"},
  };
  for (const Fault& fault : faults) {
    const Reading reading = read(fault.text);
    ASSERT_THAT(reading.faults, SizeIs(1)) << fault.text << '\n' << reading.text;
    EXPECT_EQ(reading.faults[0].code, fault.code) << fault.text;
    const Span span = reading.faults[0].span;
    ASSERT_TRUE(span.known());
    EXPECT_EQ(fault.text.substr(span.begin, span.end - span.begin), fault.marked) << fault.text;
  }
}

TEST(GeoJson, EachIdIsInTheListOfMessages) {
  const auto text = [](const std::string& path) {
    std::ifstream stream(std::string(test::source_dir()) + path);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  const std::string page = text("/docs/messages.md");
  const std::string source = text("/modules/geo/src/geojson.cpp");
  const std::regex id("\"(geo\\.[a-z-]+)\"");
  int ids = 0;
  for (std::sregex_iterator each(source.begin(), source.end(), id), end; each != end; ++each) {
    EXPECT_THAT(page, HasSubstr("`" + each->str(1) + "`"));
    ++ids;
  }
  EXPECT_GT(ids, 10);
}

TEST(GeoJson, ReportsAllFaultyFeaturesAndKeepsTheGoodOnes) {
  const Reading reading = read(R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1]}},
    {"type": "Feature", "properties": {"name": "good"}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
    {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}}]})");
  EXPECT_THAT(reading.faults, SizeIs(2));
  ASSERT_THAT(reading.collection.features, SizeIs(1));
  EXPECT_EQ(reading.collection.features[0].name, "good");
}

TEST(GeoJson, SuggestsThatLatitudeAndLongitudeAreSwapped) {
  EXPECT_THAT(
      read(R"({"type": "Feature", "geometry": {"type": "Point", "coordinates": [39.9, 116.4]}})")
          .text,
      HasSubstr("may be swapped"));
}

TEST(GeoJson, NamesAFeatureByItsIdWhenItHasNoName) {
  const auto name = [](const std::string& members) {
    const Reading reading = read("{\"type\": \"Feature\"" + members +
                                 R"(, "geometry": {"type": "Point", "coordinates": [1, 2]}})");
    return reading.collection.features.at(0).name;
  };
  EXPECT_EQ(name(R"(, "id": "a", "properties": {"name": "b"})"), "b");
  EXPECT_EQ(name(R"(, "id": "a", "properties": {})"), "a");
  EXPECT_EQ(name(R"(, "id": 12)"), "12");
  EXPECT_EQ(name(""), "");
}

TEST(GeoJson, RefusesMoreThanAMillionPositions) {
  std::string text = R"({"type": "Feature", "geometry": {"type": "LineString", "coordinates": [)";
  for (int i = 0; i < 1'000'000; ++i) text += "[1,2],";
  EXPECT_THAT(read(text + "[1,2]]}}").faults,
              ElementsAre(testing::Field(&Diagnostic::code, "geo.too-large")));
  text.pop_back();
  const Reading reading = read(text + "]}}");
  EXPECT_THAT(reading.faults, IsEmpty());
  EXPECT_THAT(reading.collection.features.at(0).rings.at(0), SizeIs(1'000'000));
}

TEST(GeoJson, ReadsAFileWithAByteOrderMarkAndSixtyFourLevels) {
  const std::string point = R"("geometry": {"type": "Point", "coordinates": [1, 2]})";
  EXPECT_THAT(read("\xEF\xBB\xBF{\"type\": \"Feature\", " + point + "}").faults, IsEmpty());
  const std::string nested = std::string(63, '[') + std::string(63, ']');
  EXPECT_THAT(read(R"({"type": "Feature", "x": )" + nested + ", " + point + "}").faults, IsEmpty());
}

}  // namespace
}  // namespace defilada::geo
