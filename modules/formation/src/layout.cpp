// SPDX-License-Identifier: MIT
#include "defilada/formation/layout.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <tuple>
#include <utility>

#include "closest_pair.hpp"
#include "defilada/formation/figure.hpp"
#include "fail_at.hpp"

namespace defilada::formation {
namespace {

using Slots = std::vector<Slot>;

// Added to the scale of figures and rings, so that rounding leaves no two slots too near.
constexpr double kRoundingRoom = 1e-12;

// ---- what a planner may ask ----

Status check_length(std::string_view field, double length_m) {
  if (length_m >= kLeastLength_m && length_m <= kMostLength_m) return {};
  return fail_at(field, phrase("a length from {} m to {} m is needed, not {} m", kLeastLength_m,
                               kMostLength_m, length_m));
}

Status check_number(std::string_view field, std::int64_t number, std::int64_t least) {
  if (number >= least && number <= kMaxSlots) return {};
  return fail_at(field,
                 phrase("a number from {} to {} is needed, not {}", least, kMaxSlots, number));
}

/// The first failure of several checks.
template <typename... Checks>
Status all(Checks... checks) {
  Status result;
  static_cast<void>(((result = checks(), result.has_value()) && ...));
  return result;
}

Status check_interval(const Spec& s) {
  return check_length("interval", s.interval_m);
}
Status check_distance(const Spec& s) {
  return check_length("distance", s.distance_m);
}
Status check_spacing(const Spec& s) {
  return check_length("spacing", s.spacing_m);
}
Status check_count(const Spec& s) {
  return check_number("count", s.count, 1);
}

Status check_steps(const Spec& s) {
  return all([&] { return check_count(s); }, [&] { return check_interval(s); },
             [&] { return check_distance(s); });
}

Status check_leaders(const Spec& s) {
  const Status number = check_number("leaders", s.leaders, 0);
  if (!number || s.leaders == 0) return number;
  const auto length = [](std::string_view field, double length_m) {
    return length_m == 0 ? Status{} : check_length(field, length_m);
  };
  return all([&] { return length("leader interval", s.leader_interval_m); },
             [&] { return length("leader distance", s.leader_distance_m); });
}

// ---- shapes made of rows that are centred on the axis ----

struct Row {
  int size;
  double back_m;
  double interval_m;
  bool leader = false;
};

Slots centred(const std::vector<Row>& rows) {
  Slots slots;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Row& row = rows[r];
    for (int file = 0; file < row.size; ++file) {
      // Halves are exact, so that the row is its own mirror image to the bit.
      const double steps = file - (row.size - 1) / 2.0;
      slots.push_back({row.back_m, steps * row.interval_m, static_cast<int>(r), file, row.leader});
    }
  }
  return slots;
}

/// The row of leaders, if there is one, and the place of the rank behind it.
double add_leaders(const Spec& s, std::vector<Row>& rows) {
  if (s.leaders == 0) return 0;
  const double interval_m = s.leader_interval_m == 0 ? 2 * s.interval_m : s.leader_interval_m;
  rows.push_back({s.leaders, 0, interval_m, true});
  return s.leader_distance_m == 0 ? s.distance_m : s.leader_distance_m;
}

/// `count` slots in rows of `width`, what is left over in a last row of its own.
void add_rows(const Spec& s, int count, int width, double first_m, std::vector<Row>& rows) {
  for (int row = 0; count > 0; ++row, count -= width) {
    rows.push_back({std::min(count, width), first_m + row * s.distance_m, s.interval_m});
  }
}

Result<Slots> block(const Spec& s) {
  const Status fine = all(
      [&] { return check_number("files", s.files, 1); },
      [&] { return check_number("ranks", s.ranks, 1); },
      [&] { return check_number("head files", s.head_files, 0); }, [&] { return check_leaders(s); },
      [&] { return check_interval(s); }, [&] { return check_distance(s); },
      [&] {
        const std::int64_t body = std::int64_t{s.files} * s.ranks;
        return check_number("slots of the block", body + s.leaders + s.head_files, 1);
      });
  if (!fine) return tl::unexpected(fine.error());
  std::vector<Row> rows;
  double back_m = add_leaders(s, rows);
  if (s.head_files > 0) {
    rows.push_back({s.head_files, back_m, s.interval_m});
    back_m += s.distance_m;
  }
  add_rows(s, s.files * s.ranks, s.files, back_m, rows);
  return centred(rows);
}

Result<Slots> column(const Spec& s) {
  const Status fine = all([&] { return check_number("abreast", s.files, 1); },
                          [&] { return check_leaders(s); }, [&] { return check_steps(s); });
  if (!fine) return tl::unexpected(fine.error());
  if (s.leaders > s.count) {
    return fail_at("leaders", phrase("{} of a column of {} cannot lead", s.leaders, s.count));
  }
  std::vector<Row> rows;
  const double back_m = add_leaders(s, rows);
  add_rows(s, s.count - s.leaders, s.files, back_m, rows);
  return centred(rows);
}

/// Slots of a triangle of rows 1, 2, ..., width.
constexpr std::int64_t triangle(std::int64_t width) {
  return width * (width + 1) / 2;
}

Result<Slots> arrow(const Spec& s) {
  if (const Status fine = check_steps(s); !fine) return tl::unexpected(fine.error());
  int width = s.count < 3 ? 1 : 2;
  while (3 * triangle(width + 1) <= 2 * std::int64_t{s.count}) ++width;
  std::vector<Row> rows;
  for (int row = 1; row < width; ++row) {
    rows.push_back({row, (row - 1) * s.distance_m, s.interval_m});
  }
  const auto head = static_cast<int>(triangle(width - 1));
  add_rows(s, s.count - head, width, (width - 1) * s.distance_m, rows);
  return centred(rows);
}

Result<Slots> line_abreast(const Spec& s) {
  const Status fine = all([&] { return check_count(s); }, [&] { return check_interval(s); });
  if (!fine) return tl::unexpected(fine.error());
  return centred({{s.count, 0, s.interval_m}});
}

Result<Slots> trail(const Spec& s) {
  const Status fine = all([&] { return check_count(s); }, [&] { return check_distance(s); });
  if (!fine) return tl::unexpected(fine.error());
  std::vector<Row> rows;
  add_rows(s, s.count, 1, 0, rows);
  return centred(rows);
}

Result<Slots> diamond(const Spec& s) {
  if (const Status fine = check_steps(s); !fine) return tl::unexpected(fine.error());
  const auto widest = static_cast<int>(std::lround(std::sqrt(static_cast<double>(s.count))));
  if (widest * widest != s.count) {
    return fail_at("count", phrase("a diamond has 1, 4, 9, 16, 25, ... slots, not {}", s.count));
  }
  std::vector<Row> rows;
  for (int row = 0; row < 2 * widest - 1; ++row) {
    const int size = widest - std::abs(row + 1 - widest);
    rows.push_back({size, row * s.distance_m, s.interval_m});
  }
  return centred(rows);
}

// ---- the others ----

Result<Slots> vic(const Spec& s) {
  if (const Status fine = check_steps(s); !fine) return tl::unexpected(fine.error());
  Slots slots = {Slot{}};
  for (int rank = 1; static_cast<int>(slots.size()) < s.count; ++rank) {
    const double back_m = rank * s.distance_m;
    const double side_m = rank * s.interval_m;
    const bool pair = static_cast<int>(slots.size()) + 1 < s.count;
    if (pair) slots.push_back({back_m, -side_m, rank, 0});
    slots.push_back({back_m, side_m, rank, pair ? 1 : 0});
  }
  return slots;
}

Result<Slots> echelon(const Spec& s) {
  if (const Status fine = check_steps(s); !fine) return tl::unexpected(fine.error());
  const double step_m = s.right ? -s.interval_m : s.interval_m;
  Slots slots;
  for (int rank = 0; rank < s.count; ++rank) {
    slots.push_back({rank * s.distance_m, rank * step_m, rank, 0});
  }
  return slots;
}

Result<Slots> box(const Spec& s) {
  const Status fine = all([&] { return check_interval(s); }, [&] { return check_distance(s); });
  if (!fine) return tl::unexpected(fine.error());
  if (s.count != 0 && s.count != 4) {
    return fail_at("count", phrase("a box has 4 slots, not {}", s.count));
  }
  return centred({{1, 0, s.interval_m},
                  {2, s.distance_m, 2 * s.interval_m},
                  {1, 2 * s.distance_m, s.interval_m}});
}

Result<Slots> ring(const Spec& s) {
  const Status fine = all([&] { return check_count(s); }, [&] { return check_spacing(s); });
  if (!fine) return tl::unexpected(fine.error());
  const double spacing_m = s.spacing_m * (1 + kRoundingRoom);
  const double radius_m = spacing_m / (2 * std::sin(std::numbers::pi / std::max(2, s.count)));
  Slots slots = {Slot{}};
  for (int rank = 1; static_cast<int>(slots.size()) < s.count; ++rank) {
    // 1 - cos of the angle as a square: no digits are lost near the front.
    const double half = std::sin(std::numbers::pi * rank / s.count);
    const double back_m = 2 * radius_m * half * half;
    if (2 * rank == s.count) {
      slots.push_back({2 * radius_m, 0, rank, 0});
      break;
    }
    const double side_m = radius_m * std::sin(2 * std::numbers::pi * rank / s.count);
    slots.push_back({back_m, -side_m, rank, 0});
    slots.push_back({back_m, side_m, rank, 1});
  }
  return slots;
}

/// Numbers ranks and files of slots without an order: a rank is what lies within a quarter of the
/// spacing behind its first slot.
void rank_by_place(Slots& slots, double spacing_m) {
  const auto by_back = [](const Slot& a, const Slot& b) {
    return std::tie(a.back_m, a.left_m) < std::tie(b.back_m, b.left_m);
  };
  std::sort(slots.begin(), slots.end(), by_back);
  int rank = 0;
  double front_m = 0;
  for (Slot& slot : slots) {
    if (slot.back_m > front_m + spacing_m / 4) {
      ++rank;
      front_m = slot.back_m;
    }
    slot.rank = rank;
  }
  std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) {
    return std::tie(a.rank, a.left_m) < std::tie(b.rank, b.left_m);
  });
  for (std::size_t i = 1; i < slots.size(); ++i) {
    if (slots[i].rank == slots[i - 1].rank) slots[i].file = slots[i - 1].file + 1;
  }
}

/// Slots for one pair of eyes.
Result<Slots> seen_figure(const Figure& drawn, const Spec& s, Spot& aim) {
  const auto seen = place_for(*s.read_from, drawn, s.spacing_m * (1 + kRoundingRoom));
  if (!seen) return tl::unexpected(seen.error());
  aim = seen->aim;
  Slots slots;
  for (const Spot spot : seen->slots) slots.push_back({spot.back_m, spot.left_m});
  rank_by_place(slots, s.spacing_m);
  return slots;
}

/// The figure's slots on the plan; see the header for which way it reads.
Result<Slots> drawn_figure(const Spec& s, double& height_m, Spot& aim) {
  if (const Status fine = check_spacing(s); !fine) return tl::unexpected(fine.error());
  const Result<Figure> drawn =
      s.drawing.empty() ? figure(s.text, s.count) : figure(s.drawing, s.count);
  if (!drawn) return tl::unexpected(drawn.error());
  if (s.read_from) return seen_figure(*drawn, s, aim);
  height_m = least_height_m(*drawn, s.spacing_m) * (1 + kRoundingRoom);
  double top = 0;
  double right = 0;
  double left = drawn->width;
  for (const Point p : drawn->slots) {
    top = std::max(top, p.y);
    left = std::min(left, p.x);
    right = std::max(right, p.x);
  }
  const double to_left = s.from_below ? height_m : -height_m;
  Slots slots;
  for (const Point p : drawn->slots) {
    slots.push_back({(top - p.y) * height_m, (p.x - (left + right) / 2) * to_left});
  }
  rank_by_place(slots, s.spacing_m);
  return slots;
}

Layout measured(Slots slots, double height_m) {
  Layout result;
  result.height_m = height_m;
  std::vector<Point> points;
  points.reserve(slots.size());
  double left_m = slots.front().left_m;
  double right_m = left_m;
  for (const Slot& slot : slots) {
    points.push_back({slot.left_m, slot.back_m});
    left_m = std::max(left_m, slot.left_m);
    right_m = std::min(right_m, slot.left_m);
    result.depth_m = std::max(result.depth_m, slot.back_m);
  }
  result.width_m = left_m - right_m;
  result.ranks = slots.back().rank + 1;
  result.least_spacing_m = closest_pair(std::move(points));
  result.slots = std::move(slots);
  return result;
}

Result<Slots> slots_of(const Spec& spec, double& height_m, Spot& aim) {
  switch (spec.shape) {
    case Shape::block: return block(spec);
    case Shape::column: return column(spec);
    case Shape::arrow: return arrow(spec);
    case Shape::vic: return vic(spec);
    case Shape::echelon: return echelon(spec);
    case Shape::line_abreast: return line_abreast(spec);
    case Shape::trail: return trail(spec);
    case Shape::box: return box(spec);
    case Shape::diamond: return diamond(spec);
    case Shape::ring: return ring(spec);
    case Shape::figure: return drawn_figure(spec, height_m, aim);
  }
  return fail_at("formation", phrase("no such shape"));
}

}  // namespace

std::string_view to_string(Shape shape) noexcept {
  switch (shape) {
    case Shape::block: return "block";
    case Shape::column: return "column";
    case Shape::arrow: return "arrow";
    case Shape::vic: return "vic";
    case Shape::echelon: return "echelon";
    case Shape::line_abreast: return "line abreast";
    case Shape::trail: return "trail";
    case Shape::box: return "box";
    case Shape::diamond: return "diamond";
    case Shape::ring: return "ring";
    case Shape::figure: return "figure";
  }
  return "unknown";
}

Result<Layout> layout(const Spec& spec) {
  double height_m = 0;
  Spot aim;
  return slots_of(spec, height_m, aim).map([&](Slots&& slots) {
    Layout layout = measured(std::move(slots), height_m);
    layout.aim = aim;
    return layout;
  });
}

}  // namespace defilada::formation
