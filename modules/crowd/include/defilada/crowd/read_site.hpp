// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/crowd/ground.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/geo/geojson.hpp"

namespace defilada::crowd {

/// A ground as it was read.
struct Site {
  Ground ground;
  /// Set if the files are in degrees: the ground's [0, 0], in the middle of the site.
  std::optional<geo::LatLon> origin;
  /// Of files in metres: what to add to the ground's coordinates to get the files'. Not 0 where
  /// these lie far from [0, 0], as national grids do: whole metres.
  Vec2 offset;
};

/// Reads GeoJSON (docs/crowd.md has the roles and properties) and well-known text, each file by its
/// first letter, into one ground. Polygons of well-known text are walkable ground, as in JuPedSim's
/// geometries; those of GeoJSON, too, where no feature of any file has a role.
/// Reports to `diagnostics` with its place: what read_geojson and read_wkt report; roles and
/// geometries that do not go together, values that cannot be, files in degrees and in metres
/// together, landings that are not clear. Whether people can walk there is for check_ground.
[[nodiscard]] Site read_site(std::span<const FileId> files, const Sources& sources,
                             Diagnostics& diagnostics);

/// Well-known text (OGC 06-103r4, section 7): points, lines, polygons, multi-geometries and
/// collections, one after another; heights are not used. Features without properties, in metres.
/// Reports what is not well-known text, a ring that is not closed or too short, a number that is
/// not finite, more than 1 000 000 positions.
[[nodiscard]] geo::FeatureCollection read_wkt(FileId file, const Sources& sources,
                                              Diagnostics& diagnostics);

}  // namespace defilada::crowd
