// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/proof/separation.hpp"

/// Tracks from anywhere: "defilada-tracks/1" (docs/formats.md) and CSV.
namespace defilada::proof {

struct TracksFile {
  Motions motions;  ///< all of class 0
  std::vector<std::string> ids;
  std::optional<Limit> limit;  ///< what the file itself asks for
};

/// By its first character: `{` JSON, else CSV. Every fault goes to `diagnostics` with its place;
/// nothing comes back when there was one. Cost: linear, about 20 bytes a number of JSON.
[[nodiscard]] std::optional<TracksFile> read_tracks(FileId file, const Sources& sources,
                                                    Diagnostics& diagnostics);

/// "defilada-tracks/1": pieces of polynomials of degree <= kMaxDegree. Refused: another format,
/// pieces that overlap or run backwards, that jump by more than 1 mm where they meet, numbers that
/// are not finite or reach beyond 1e15 m, an id twice, too few members.
[[nodiscard]] std::optional<TracksFile> read_tracks_json(FileId file, const Sources& sources,
                                                         Diagnostics& diagnostics);

/// A header with the columns time, id, x, y and, if wanted, z, in any order; other columns are left
/// alone. Rows of one id come in the order of time and are joined by straight lines; commas,
/// semicolons or tabs. Seconds and metres.
[[nodiscard]] std::optional<TracksFile> read_tracks_csv(FileId file, const Sources& sources,
                                                        Diagnostics& diagnostics);

}  // namespace defilada::proof
