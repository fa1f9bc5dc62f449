// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/journey.hpp"
#include "defilada/crowd/measure.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/geo/geojson.hpp"

namespace defilada::crowd {

/// What is too much; as a show's spectators have it.
struct SiteLimits {
  double density = 4.7;        ///< people per m2: the Green Guide's for standing
  double density_for_s = 180;  ///< so long
  double wait_s = 3600;        ///< in a queue
  double clear_s = 3600;       ///< from the last who comes or may leave until the last is out
  /// The worst on ways; nullopt: any will do.
  std::optional<LevelOfService> service;
  Span span;  ///< where they were written
};

/// What people of a start do one after another.
struct SiteJourney {
  std::string name;
  struct Stage {
    /// Options in the order in which their names are written.
    crowd::Stage stage;
    /// wait: index in Ground::waits of each option.
    std::vector<std::uint32_t> waits;
    /// wait: those with room by how near they are to what is looked at there, not by the way.
    bool by_view = false;
  };
  std::vector<Stage> stages;
  Span span;
};

/// A ground as it was read.
struct Site {
  Ground ground;
  SiteLimits limits;
  std::vector<SiteJourney> journeys;
  /// (starts) index in `journeys`, or nullopt: to the nearest waiting area with room, if there is
  /// one, and out. Empty: nullopt for all.
  std::vector<std::optional<std::uint32_t>> journey_of;
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
