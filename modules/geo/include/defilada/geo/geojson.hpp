// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/geo/frame.hpp"

namespace defilada::geo {

/// A feature of a GeoJSON file (RFC 7946), in degrees or, where the collection says `"units": "m"`,
/// in metres of the show's frame.
struct Feature {
  enum class Geometry { point, line, polygon };
  std::string name;  ///< property "name", else "id", else ""
  Geometry geometry = Geometry::point;
  /// point: one ring of one; line: one ring; polygon: outer ring, then holes, not closed. [lon,
  /// lat] as (x, y), or metres.
  std::vector<std::vector<Vec2>> rings;
  std::map<std::string, std::string> properties;  ///< scalars as text
  Span span;  ///< of the feature; the parts of a multi-geometry have the same
};
struct FeatureCollection {
  bool metres = false;
  std::vector<Feature> features;
  /// Members of the collection that the standard does not know (RFC 7946, section 6.1) and that are
  /// objects, or lists of objects: of each its scalars as `properties`, its `name` and its place;
  /// no rings.
  std::map<std::string, std::vector<Feature>> members;
};

/// Reads a text that `sources` holds. Multi-geometries become one feature each. Reports to
/// `diagnostics` with its place: not JSON, not a FeatureCollection or Feature, a ring that is not
/// closed or too short, a coordinate that is not a finite number or outside the range of degrees, a
/// "crs" member (RFC 7946 removed it: WGS-84 only), more than 1 000 000 positions, nesting over 64.
/// Returns what could be read.
[[nodiscard]] FeatureCollection read_geojson(FileId file, const Sources& sources,
                                             Diagnostics& diagnostics);

}  // namespace defilada::geo
