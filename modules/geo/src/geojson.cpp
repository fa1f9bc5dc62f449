// SPDX-License-Identifier: MIT
#include "defilada/geo/geojson.hpp"

#include <cmath>
#include <utility>

#include "defilada/core/json_tape.hpp"

namespace defilada::geo {
namespace {

constexpr int kDepthLimit = 64;
constexpr std::size_t kPositionLimit = 1'000'000;

using Type = JsonTape::Type;
using Index = JsonTape::Index;
using Ring = std::vector<Vec2>;

class GeoJsonReader {
 public:
  GeoJsonReader(const JsonTape& tape, Diagnostics& diagnostics)
      : tape_(tape), diagnostics_(diagnostics) {}

  FeatureCollection read() {
    const Index root = tape_.root();
    if (!tape_.is(root, Type::object)) {
      error("geo.not-geojson", root, phrase("this JSON is not GeoJSON"),
            phrase("an object of type FeatureCollection or Feature"));
      return {};
    }
    refuse_crs(root);
    units(root);
    const std::string type = type_of(root);
    if (type == "FeatureCollection") {
      features(root);
      members(root);
    } else if (type == "Feature") {
      feature(root);
    } else {
      const Index written = tape_.member(root, "type");
      error("geo.not-geojson", written == JsonTape::kNone ? root : written,
            type.empty() ? phrase("the GeoJSON object has no type")
                         : phrase("a GeoJSON file of type '{}'", type),
            phrase("type FeatureCollection or Feature"));
    }
    return std::move(collection_);
  }

 private:
  void error(std::string code, Index place, Phrase message, Phrase expected = {}) {
    diagnostics_.error(std::move(code), tape_.span(place), std::move(message), std::move(expected));
  }

  [[nodiscard]] std::string text_of(Index object, std::string_view key) const {
    const Index value = tape_.member(object, key);
    return tape_.is(value, Type::string) ? tape_.string(value) : std::string{};
  }
  [[nodiscard]] std::string type_of(Index object) const { return text_of(object, "type"); }

  void refuse_crs(Index object) {
    const Index crs = tape_.member(object, "crs");
    if (crs == JsonTape::kNone) return;
    error("geo.crs", crs,
          phrase("GeoJSON has no coordinate systems of its own any more (RFC 7946)"),
          phrase("coordinates in WGS-84 and no 'crs' member, or \"units\": \"m\" for metres of the "
                 "show's "
                 "frame"));
  }

  void units(Index root) {
    const Index written = tape_.member(root, "units");
    if (written == JsonTape::kNone) return;
    collection_.metres = tape_.is(written, Type::string) && tape_.string(written) == "m";
    if (!collection_.metres) {
      error("geo.units", written, phrase("units that are not understood"),
            phrase("\"m\" for metres of the show's frame, or no 'units' for degrees"));
    }
  }

  void features(Index root) {
    const Index list = tape_.member(root, "features");
    if (!tape_.is(list, Type::array)) {
      error("geo.not-geojson", list == JsonTape::kNone ? root : list,
            phrase("the FeatureCollection has no list of features"),
            phrase("a member 'features' with an array"));
      return;
    }
    for (Index i = tape_.first(list); i != tape_.end(list) && !too_many_; i = tape_.after(i)) {
      if (type_of(i) == "Feature") {
        refuse_crs(i);
        feature(i);
      } else {
        error("geo.not-geojson", i, phrase("this is not a GeoJSON feature"),
              phrase("an object of type Feature"));
      }
    }
  }

  void members(Index root) {
    for (Index i = tape_.first(root); i != tape_.end(root);) {
      const Index value = tape_.after(i);
      const std::string key = tape_.string(i);
      i = tape_.after(value);
      if (key == "crs" || key == "features") continue;
      const auto take = [&](Index object) {
        Feature& out = collection_.members[key].emplace_back();
        out.span = tape_.span(object);
        scalars(object, out);
        out.name = name(object, out);
      };
      if (tape_.is(value, Type::object)) take(value);
      if (!tape_.is(value, Type::array)) continue;
      for (Index each = tape_.first(value); each != tape_.end(value); each = tape_.after(each)) {
        if (tape_.is(each, Type::object)) take(each);
      }
    }
  }

  void properties(Index object, Feature& out) const {
    const Index written = tape_.member(object, "properties");
    if (tape_.is(written, Type::object)) scalars(written, out);
  }
  /// Scalars as text; null and nested values say nothing that a name or a number could.
  void scalars(Index written, Feature& out) const {
    for (Index i = tape_.first(written); i != tape_.end(written);) {
      const Index value = tape_.after(i);
      const std::string key = tape_.string(i);
      i = tape_.after(value);
      if (tape_.is(value, Type::string)) {
        out.properties[key] = tape_.string(value);
      } else if (tape_.is(value, Type::number) || tape_.is(value, Type::boolean)) {
        out.properties[key] = std::string(tape_.raw(value));
      }
    }
  }

  [[nodiscard]] std::string name(Index object, const Feature& out) const {
    const auto named = out.properties.find("name");
    if (named != out.properties.end()) return named->second;
    const Index id = tape_.member(object, "id");
    if (tape_.is(id, Type::string)) return tape_.string(id);
    return tape_.is(id, Type::number) ? std::string(tape_.raw(id)) : std::string{};
  }

  void feature(Index object) {
    Feature out;
    out.span = tape_.span(object);
    properties(object, out);
    out.name = name(object, out);
    const Index shape = tape_.member(object, "geometry");
    if (shape == JsonTape::kNone) {
      error("geo.geometry", object, phrase("the feature has no geometry"),
            phrase("a member 'geometry'"));
    } else if (!tape_.is(shape, Type::null)) {  // a feature that lies nowhere is allowed
      geometry(shape, out);
    }
  }

  void geometry(Index shape, const Feature& named) {
    const std::string type = type_of(shape);
    if (type == "GeometryCollection") {
      const Index list = children(shape, "geometries");
      if (list == JsonTape::kNone) return;
      for (Index i = tape_.first(list); i != tape_.end(list); i = tape_.after(i)) {
        geometry(i, named);
      }
      return;
    }
    const bool multi = type.starts_with("Multi");
    const std::string_view single = std::string_view(type).substr(multi ? 5 : 0);
    if (single != "Point" && single != "LineString" && single != "Polygon") {
      error("geo.geometry", shape,
            type.empty() ? phrase("this is not a GeoJSON geometry")
                         : phrase("an unknown geometry '{}'", type),
            phrase("Point, LineString, Polygon, a Multi of them, or GeometryCollection"));
      return;
    }
    const Index coordinates = children(shape, "coordinates");
    if (coordinates == JsonTape::kNone) return;
    if (!multi) {
      add(single, coordinates, named);
      return;
    }
    for (Index i = tape_.first(coordinates); i != tape_.end(coordinates); i = tape_.after(i)) {
      add(single, i, named);
    }
  }

  Index children(Index shape, std::string_view key) {
    const Index list = tape_.member(shape, key);
    if (tape_.is(list, Type::array)) return list;
    error("geo.geometry", list == JsonTape::kNone ? shape : list,
          phrase("the geometry has no '{}'", key), phrase("an array"));
    return JsonTape::kNone;
  }

  void add(std::string_view single, Index coordinates, const Feature& named) {
    Feature out = named;
    bool good = false;
    if (single == "Point") {
      out.geometry = Feature::Geometry::point;
      Vec2 point;
      good = position(coordinates, point);
      out.rings.push_back({point});
    } else if (single == "LineString") {
      out.geometry = Feature::Geometry::line;
      out.rings.emplace_back();
      good = line(coordinates, out.rings.back());
    } else {
      out.geometry = Feature::Geometry::polygon;
      good = polygon(coordinates, out.rings);
    }
    if (good) collection_.features.push_back(std::move(out));
  }

  bool line(Index coordinates, Ring& out) {
    if (!positions(coordinates, out)) return false;
    if (out.size() >= 2) return true;
    error("geo.too-short", coordinates, phrase("a line of fewer than two positions"));
    return false;
  }

  bool polygon(Index coordinates, std::vector<Ring>& out) {
    if (!is_list(coordinates)) return false;
    bool good = true;
    for (Index i = tape_.first(coordinates); i != tape_.end(coordinates); i = tape_.after(i)) {
      good = ring(i, out.emplace_back()) && good;
    }
    if (good && out.empty()) {
      error("geo.too-short", coordinates, phrase("a polygon without a ring"));
      return false;
    }
    return good;
  }

  /// Leaves out the last position, which repeats the first.
  bool ring(Index coordinates, Ring& out) {
    if (!positions(coordinates, out)) return false;
    if (out.size() < 4) {
      error("geo.too-short", coordinates, phrase("a ring of {} positions", out.size()),
            phrase("at least four, the last equal to the first"));
      return false;
    }
    if (out.front() != out.back()) {
      error("geo.ring-open", coordinates, phrase("the ring is not closed"),
            phrase("a last position equal to the first"));
      return false;
    }
    out.pop_back();
    return true;
  }

  bool is_list(Index coordinates) {
    if (tape_.is(coordinates, Type::array)) return true;
    error("geo.geometry", coordinates, phrase("these are not coordinates of this geometry"),
          phrase("an array"));
    return false;
  }

  /// Stops at the first fault of a list: the rest of a broken list is mostly broken alike.
  bool positions(Index list, Ring& out) {
    if (!is_list(list)) return false;
    for (Index i = tape_.first(list); i != tape_.end(list); i = tape_.after(i)) {
      Vec2 point;
      if (!position(i, point)) return false;
      out.push_back(point);
    }
    return true;
  }

  /// [x, y], with a height or more behind them that is not used.
  bool position(Index list, Vec2& out) {
    if (!is_list(list) || !counted(list)) return false;
    double axes[2] = {0, 0};
    int n = 0;
    for (Index i = tape_.first(list); i != tape_.end(list); i = tape_.after(i), ++n) {
      if (!tape_.is(i, Type::number)) {
        error("geo.position", i, phrase("a coordinate that is not a number"));
        return false;
      }
      const std::optional<double> number = tape_.number(i);
      if (!number || !std::isfinite(*number)) {
        error("geo.position", i, phrase("a coordinate beyond what a double holds"));
        return false;
      }
      if (n < 2) axes[n] = *number;
    }
    if (n < 2) {
      error("geo.position", list, phrase("a position of {} numbers", n),
            phrase("[lon, lat] or [x, y]"));
      return false;
    }
    out = {axes[0], axes[1]};
    return in_range(list, out);
  }

  bool counted(Index list) {
    if (++position_count_ <= kPositionLimit) return true;
    if (!too_many_) {
      error("geo.too-large", list, phrase("more than {} positions", kPositionLimit));
    }
    too_many_ = true;
    return false;
  }

  bool in_range(Index list, Vec2 position) {
    if (collection_.metres) return true;
    if (std::abs(position.x) <= 180 && std::abs(position.y) <= 90) return true;
    const bool swapped = std::abs(position.x) <= 90 && std::abs(position.y) <= 180;
    error("geo.degrees", list,
          swapped ? phrase("a latitude beyond 90 degrees: latitude and longitude may be swapped")
                  : phrase("a position outside the range of degrees"),
          phrase("[lon, lat] in degrees, or \"units\": \"m\" in the collection for metres"));
    return false;
  }

  const JsonTape& tape_;
  Diagnostics& diagnostics_;
  FeatureCollection collection_;
  std::size_t position_count_ = 0;
  bool too_many_ = false;
};

}  // namespace

FeatureCollection read_geojson(FileId file, const Sources& sources, Diagnostics& diagnostics) {
  const JsonTape tape = JsonTape::read(file, sources.text(file), kDepthLimit, diagnostics, "geo");
  if (tape.empty()) return {};
  return GeoJsonReader(tape, diagnostics).read();
}

}  // namespace defilada::geo
