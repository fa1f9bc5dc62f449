// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/formation/figure.hpp"

namespace defilada::svg {

inline constexpr std::size_t kFileLimitBytes = 1U << 20U;
inline constexpr double kCoordinateLimit = 1e6;
inline constexpr int kDepthLimit = 64;

/// The lines of an SVG drawing, in the order of the file, y upwards, unit of the file: `path`,
/// `line`, `polyline`, `polygon`, `rect`, `circle`, `ellipse`, below any `g` and `svg`, with their
/// `transform`s. Strokes are read, fills are not: a figure is drawn along the lines. Curves are cut
/// in chords of a 48th of each segment. What is not drawn (`defs`, `symbol`, `clipPath`, `mask`,
/// `marker`, `pattern`, `title`, `desc`, `metadata`, `style`; `display="none"`) is passed over; so
/// are `text` and `image`, with a warning, since one might think they were drawn.
///
/// Path data by lib2geom, XML by libxml2 (no network, no entities of its own).
///
/// Errors, each with its line in the file; the result is empty then: svg.syntax (not XML),
/// svg.not-svg, svg.path (path data or points that cannot be read), svg.number, svg.transform,
/// svg.no-lines, svg.too-large (bytes, points, levels, or a coordinate beyond kCoordinateLimit).
/// Warning: svg.not-drawn.
///
/// Laws (fuzzed): all coordinates are finite and within kCoordinateLimit after the transforms; each
/// stroke has two points at least; at most formation::kMaxDrawingPoints points in all.
[[nodiscard]] std::vector<formation::Stroke> read_svg(FileId file, const Sources& sources,
                                                      Diagnostics& diagnostics);

}  // namespace defilada::svg
