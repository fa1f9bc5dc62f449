// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/crowd/ground.hpp"

namespace defilada::crowd {

/// Appends what `openings` leave of `wall`; ends shorter than 1 mm are not kept.
void cut(const Segment& wall, const std::vector<Segment>& openings, std::vector<Segment>& out);

/// Appends the edges.
void add_edges(const Line& line, std::vector<Segment>& out);
void add_edges(const geo::Polygon& polygon, std::vector<Segment>& out);
template <typename Outline>
[[nodiscard]] std::vector<Segment> edges_of(const Outline& outline) {
  std::vector<Segment> out;
  add_edges(outline, out);
  return out;
}
[[nodiscard]] std::vector<Segment> edges_of(const Shape& shape);

}  // namespace defilada::crowd
