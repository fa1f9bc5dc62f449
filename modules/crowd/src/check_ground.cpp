// SPDX-License-Identifier: MIT
#include "defilada/crowd/check_ground.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "check_parts.hpp"
#include "check_queues.hpp"
#include "defilada/crowd/field.hpp"
#include "defilada/crowd/kernel.hpp"
#include "overlay.hpp"
#include "raster.hpp"
#include "walls.hpp"

namespace defilada::crowd {
namespace {

using overlay::Polygons;

/// Areas and lengths below these are drawing errors that matter to nobody.
constexpr double kSmallM2 = 0.01;
constexpr double kBodyM = 0.4;

/// People a second and metre of an exit, at the very most: 82 a minute are planned with.
constexpr double kMostThrough = 2;

double area_of(const Polygons& polygons) {
  double sum = 0;
  for (const geo::Polygon& polygon : polygons) sum += geo::area(polygon);
  return sum;
}

double length_of(const std::vector<Segment>& lines) {
  double sum = 0;
  for (const Segment& line : lines) sum += length(line.to - line.from);
  return sum;
}

/// Where two edges of a polygon cross; its first point if none do.
Vec2 crossing_of(const geo::Polygon& polygon) {
  const auto all = edges_of(polygon);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const Vec2 a = all[i].to - all[i].from;
      const Vec2 b = all[j].to - all[j].from;
      const double turn = cross(a, b);
      if (turn == 0) continue;
      const double s = cross(all[j].from - all[i].from, b) / turn;
      const double t = cross(all[j].from - all[i].from, a) / turn;
      if (s > 0 && s < 1 && t > 0 && t < 1) return all[i].from + s * a;
    }
  }
  return polygon.outer.empty() ? Vec2{} : polygon.outer.front();
}

bool never_open(const std::vector<Period>& shut) {
  return std::any_of(shut.begin(), shut.end(), [](const Period& period) {
    return !std::isfinite(period.from_s) && !std::isfinite(period.to_s);
  });
}

class GroundChecker {
 public:
  GroundChecker(const Ground& ground, const GridOptions& options)
      : ground_(ground), options_(options), sound_(ground) {}

  std::vector<Fault> check() {
    if (too_far()) return std::move(faults_);
    polygons();
    for (LevelId level = 0; level < ground_.levels.size(); ++level) {
      areas_.push_back(area(sound_, level).value_or(Polygons{}));
    }
    if (std::all_of(areas_.begin(), areas_.end(), [](const auto& a) { return a.empty(); })) {
      add("crowd.no-ground", {}, 0, {}, {}, phrase("there is no ground to walk on"));
      return std::move(faults_);
    }
    if (ground_.exits.empty()) {
      add("crowd.no-exit", {}, 0, {}, {}, phrase("there is no exit to leave by"));
    }
    overlaps();
    for (const Gate& gate : ground_.gates) check_gate(gate);
    add_queue_faults(sound_, areas_, faults_);
    starts();
    arrivals();
    for (const WaitingArea& wait : ground_.waits) {
      if (sound(wait.polygon)) {
        inside(wait.polygon, wait.level, wait.span, "crowd.wait-outside",
               phrase("the waiting area {}", named(wait.name)));
      }
    }
    ways();
    return std::move(faults_);
  }

 private:
  Fault& add(std::string code, Span span, LevelId level, Vec2 place, std::vector<Segment> shown,
             Phrase message, Severity severity = Severity::error) {
    Fault& fault = faults_.emplace_back();
    fault.diagnostic.severity = severity;
    fault.diagnostic.code = std::move(code);
    fault.diagnostic.span = span;
    fault.diagnostic.message = std::move(message);
    fault.level = level;
    fault.place = place;
    fault.shown = std::move(shown);
    return fault;
  }

  /// The engine's coordinates end somewhere. Whether anything lies beyond that.
  bool too_far() {
    const auto shape = [&](const Shape& it, LevelId level, Span span) {
      const auto* line = std::get_if<Line>(&it);
      points(line != nullptr ? *line : std::get<geo::Polygon>(it).outer, level, span);
    };
    for (LevelId level = 0; level < ground_.levels.size(); ++level) {
      const Level& floor = ground_.levels[level];
      const auto span_of = [](const std::vector<Span>& spans, std::size_t k) {
        return k < spans.size() ? spans[k] : Span{};
      };
      for (std::size_t k = 0; k < floor.walkable.size(); ++k) {
        points(floor.walkable[k].outer, level, span_of(floor.walkable_spans, k));
      }
      for (std::size_t k = 0; k < floor.obstacles.size(); ++k) {
        points(floor.obstacles[k].outer, level, span_of(floor.obstacle_spans, k));
      }
    }
    for (const Exit& each : ground_.exits) shape(each.shape, each.level, each.span);
    for (const Gate& each : ground_.gates) {
      points(each.line, each.level, each.span);
      for (const DrawnQueue& queue : each.queues) points(queue.line, each.level, queue.span);
    }
    for (const Stair& each : ground_.stairs) points(each.polygon.outer, each.level, each.span);
    for (const WaitingArea& each : ground_.waits) {
      points(each.polygon.outer, each.level, each.span);
    }
    for (const StartArea& each : ground_.starts) points(each.polygon.outer, each.level, each.span);
    for (const Barrier& each : ground_.barriers) points(each.line, each.level, each.span);
    for (const Closure& each : ground_.closures) shape(each.shape, each.level, each.span);
    return !faults_.empty();
  }
  void points(const std::vector<Vec2>& all, LevelId level, Span span) {
    const auto away = [](Vec2 p) { return std::max(std::abs(p.x), std::abs(p.y)); };
    const auto farthest =
        std::max_element(all.begin(), all.end(), [&](Vec2 a, Vec2 b) { return away(a) < away(b); });
    if (farthest == all.end() || away(*farthest) <= kFarthest_m) return;
    add("crowd.too-far", span, level, *farthest, {},
        phrase("{:.0f} km from the origin: people are simulated up to {:.0f} km east, north, west "
               "and south of it",
               length(*farthest) / 1000, kFarthest_m / 1000));
  }

  static bool sound(const geo::Polygon& polygon) { return geo::validate(polygon).has_value(); }

  bool check_polygon(const geo::Polygon& polygon, LevelId level, Span span, const Phrase& what) {
    const Status status = geo::validate(polygon);
    if (status) return true;
    add("crowd.polygon", span, level, crossing_of(polygon), edges_of(polygon),
        phrase("{}: {}", what, status.error().message));
    return false;
  }

  /// Tells of the faulty ones and takes them out of `sound_`, so that the rest can be checked.
  void polygons() {
    for (LevelId level = 0; level < sound_.levels.size(); ++level) {
      Level& floor = sound_.levels[level];
      floor.walkable_spans.resize(floor.walkable.size());
      floor.obstacle_spans.resize(floor.obstacles.size());
      keep_sound(floor.walkable, floor.walkable_spans, level, phrase("walkable ground"));
      keep_sound(floor.obstacles, floor.obstacle_spans, level, phrase("an obstacle"));
    }
    std::erase_if(sound_.stairs, [&](const Stair& stair) {
      return !check_polygon(stair.polygon, stair.level, stair.span,
                            phrase("the stair {}", named(stair.name)));
    });
    for (const StartArea& start : ground_.starts) {
      check_polygon(start.polygon, start.level, start.span,
                    phrase("the start {}", named(start.name)));
    }
    for (const WaitingArea& wait : ground_.waits) {
      check_polygon(wait.polygon, wait.level, wait.span,
                    phrase("the waiting area {}", named(wait.name)));
    }
    shapes(sound_.exits, "exit");
    shapes(sound_.closures, "closure");
  }
  void keep_sound(Polygons& polygons, std::vector<Span>& spans, LevelId level, const Phrase& what) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < polygons.size(); ++i) {
      if (!check_polygon(polygons[i], level, spans[i], what)) continue;
      if (kept != i) polygons[kept] = std::move(polygons[i]);
      spans[kept++] = spans[i];
    }
    polygons.resize(kept);
    spans.resize(kept);
  }
  template <typename T>
  void shapes(std::vector<T>& all, std::string_view word) {
    std::erase_if(all, [&](const T& one) {
      const auto* polygon = std::get_if<geo::Polygon>(&one.shape);
      return polygon != nullptr &&
             !check_polygon(*polygon, one.level, one.span,
                            word == "exit" ? phrase("the exit {}", named(one.name))
                                           : phrase("the closure {}", named(one.name)));
    });
  }

  void overlaps() {
    for (LevelId level = 0; level < sound_.levels.size(); ++level) {
      const Level& floor = sound_.levels[level];
      for (std::size_t i = 0; i < floor.obstacles.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          overlap(floor.obstacles[j], floor.obstacles[i], level, floor.obstacle_spans[i]);
        }
      }
    }
    for (std::size_t i = 0; i < ground_.barriers.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) overlap(ground_.barriers[j], ground_.barriers[i]);
    }
  }
  void overlap(const geo::Polygon& a, const geo::Polygon& b, LevelId level, Span span) {
    if (!boxes_meet(a, b)) return;
    const Polygons both = overlay::common({a}, {b});
    const double m2 = area_of(both);
    if (m2 < kSmallM2) return;
    add("crowd.overlapping-walls", span, level, geo::centroid(both.front()), edges_of(b),
        phrase("two obstacles overlap by {:.2f} m2: draw them as one", m2));
  }
  static bool boxes_meet(const geo::Polygon& a, const geo::Polygon& b) {
    const auto box = [](const geo::Polygon& of) {
      Vec2 low = of.outer.front();
      Vec2 high = low;
      for (const Vec2 p : of.outer) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
      }
      return std::pair(low, high);
    };
    const auto [al, ah] = box(a);
    const auto [bl, bh] = box(b);
    return al.x < bh.x && bl.x < ah.x && al.y < bh.y && bl.y < ah.y;
  }
  void overlap(const Barrier& a, const Barrier& b) {
    if (a.level != b.level) return;
    const double m =
        length_of(edges_of(b.line)) - length_of(left_of_lines(edges_of(b.line), edges_of(a.line)));
    if (m < 2 * kOpeningReachM) return;
    add("crowd.overlapping-walls", b.span, b.level, b.line.front(), edges_of(b.line),
        phrase("the barriers {} and {} lie on each other for {:.2f} m", named(a.name),
               named(b.name), m));
  }

  /// What `openings` do not cover of `lines`.
  static std::vector<Segment> left_of_lines(const std::vector<Segment>& lines,
                                            const std::vector<Segment>& openings) {
    std::vector<Segment> out;
    for (const Segment& line : lines) cut(line, openings, out);
    return out;
  }

  void check_gate(const Gate& gate) {
    // The walls as they would be without this gate.
    Ground without = sound_;
    std::erase_if(without.gates, [&](const Gate& other) { return other.line == gate.line; });
    const auto around = walls(without, gate.level, -INFINITY, areas_[gate.level]);
    const auto line = edges_of(gate.line);
    const double wide = length_of(line);
    double off = 0;
    Vec2 place = 0.5 * (gate.line.front() + gate.line.back());
    for (const Segment& piece : left_of_lines(line, around)) {
      off += off_ground(sound_, piece, gate.level, place);
    }
    if (off > 2 * kOpeningReachM) {
      add("crowd.gate-too-wide", gate.span, gate.level, place, line,
          phrase("the gate {} is {:.2f} m wide and reaches {:.2f} m off the ground",
                 named(gate.name), wide, off));
      return;
    }
    const double free = length_of(left_of_lines(line, around));
    const double opened = wide - free;
    if (opened > 2 * kOpeningReachM && free > 2 * kOpeningReachM) {
      add("crowd.gate-too-wide", gate.span, gate.level, place, line,
          phrase("the gate {} is {:.2f} m wide, the wall that it opens {:.2f} m", named(gate.name),
                 wide, opened));
      return;
    }
    if (opened > 2 * kOpeningReachM) return;
    for (const Vec2 end : {gate.line.front(), gate.line.back()}) {
      if (distance_to(around, end) <= kBodyM) continue;
      add("crowd.gate-loose", gate.span, gate.level, end, line,
          phrase("people can walk round the gate {}: it does not end at a wall", named(gate.name)),
          Severity::warning);
      return;
    }
  }

  void starts() {
    for (const StartArea& start : ground_.starts) {
      if (!sound(start.polygon)) continue;
      const double usable = inside(start.polygon, start.level, start.span, "crowd.start-outside",
                                   phrase("the start {}", named(start.name)));
      const auto most = static_cast<std::int64_t>(kMostDense * usable);
      // People who come one after another need not fit at once.
      if (!start.agents || *start.agents <= most || start.to_s > start.from_s) continue;
      if (usable < kSmallM2) continue;  // told already
      add("crowd.start-too-full", start.span, start.level, geo::centroid(start.polygon),
          edges_of(start.polygon),
          phrase("the start {} has {} people on {:.1f} m2; {} fit", named(start.name),
                 Count{*start.agents}, usable, Count{most}));
    }
  }

  /// People who come one after another, and more of them than the whole ground holds and the exits
  /// can let out meanwhile: a bound that no way of walking beats.
  void arrivals() {
    const StartArea* last = nullptr;
    double from_s = INFINITY;
    std::int64_t people = 0;
    for (const StartArea& start : ground_.starts) {
      if (!start.agents || *start.agents == 0) continue;
      people += *start.agents;
      from_s = std::min(from_s, start.from_s);
      if (last == nullptr || start.to_s > last->to_s) last = &start;
    }
    if (last == nullptr || last->to_s <= from_s) return;
    double room_m2 = 0;
    for (const Polygons& area : areas_) room_m2 += area_of(area);
    double out = 0;
    for (const Exit& exit : sound_.exits) {
      if (never_open(exit.shut)) continue;
      out += (last->to_s - from_s) *
             exit.persons_per_second.value_or(kMostThrough * length_of(edges_of(exit.shape)));
    }
    const double most = kMostDense * room_m2 + out;
    if (static_cast<double>(people) <= most) return;
    add("crowd.more-than-fit", last->span, last->level, geo::centroid(last->polygon),
        edges_of(last->polygon),
        phrase("{} people come within {:.0f} s; the ground holds {}, the exits let {} out by then: "
               "the others wait outside",
               Count{people}, last->to_s - from_s,
               Count{static_cast<std::int64_t>(kMostDense * room_m2)},
               Count{static_cast<std::int64_t>(out)}),
        Severity::warning);
  }

  /// Area that lies on the ground; tells if some does not.
  double inside(const geo::Polygon& polygon, LevelId level, Span span, std::string code,
                const Phrase& what) {
    const double whole = geo::area(polygon);
    const double usable = area_of(overlay::common({polygon}, areas_[level]));
    if (whole - usable > std::max(kSmallM2, 1e-3 * whole)) {
      const Polygons off = overlay::merged({polygon}, areas_[level]);
      add(std::move(code), span, level, off.empty() ? geo::centroid(polygon) : off.front().outer[0],
          edges_of(polygon),
          usable < kSmallM2 ? phrase("{} lies off the ground", what)
                            : phrase("{} lies off the ground with {:.1f} of its {:.1f} m2", what,
                                     whole - usable, whole));
    }
    return usable;
  }

  /// All that opens at some time open.
  [[nodiscard]] Ground opened() const {
    Ground out = sound_;
    const auto open = [](auto& all) {
      for (auto& one : all) {
        if (!never_open(one.shut)) one.shut.clear();
      }
    };
    open(out.exits);
    open(out.gates);
    open(out.closures);
    return out;
  }

  void ways() {
    const auto grid = FieldGrid::make(opened(), options_);
    if (!grid) return;
    if (grid->cell_m() > 0.5) {
      add("crowd.coarse-grid", {}, 0, {}, {},
          phrase("the site is so large that ways are found on cells of {:.2g} m: passages below "
                 "{:.2g} m may be lost",
                 grid->cell_m(), 2 * grid->cell_m()),
          Severity::warning);
    }
    Destination all;
    for (const Exit& exit : sound_.exits) {
      check_exit(*grid, exit);
      if (!never_open(exit.shut)) all.targets.push_back({exit.level, exit.shape, 0});
    }
    if (all.targets.empty()) return;
    const auto out = travel_times(*grid, all);
    if (!out) return;
    for (const StartArea& start : ground_.starts) check_way_out(*grid, *out, start);
  }

  void check_exit(const FieldGrid& grid, const Exit& exit) {
    const auto lines = edges_of(exit.shape);
    const Vec2 place = 0.5 * (lines.front().from + lines.front().to);
    const auto field = travel_times(grid, Destination{{{exit.level, exit.shape, 0}}});
    if (!field) {
      add("crowd.exit-unreachable", exit.span, exit.level, place, lines,
          phrase("the exit {} does not touch the ground", named(exit.name)));
      return;
    }
    bool any = false;
    bool reached = false;
    for (const StartArea& start : ground_.starts) {
      each_cell(grid, start, [&](FieldGrid::Node n) {
        any = true;
        reached = reached || std::isfinite(field->times()[n]);
      });
    }
    if (!any || reached) return;
    add("crowd.exit-unreachable", exit.span, exit.level, place, lines,
        phrase("no way leads from any start to the exit {}", named(exit.name)));
  }

  template <typename Take>
  void each_cell(const FieldGrid& grid, const StartArea& start, Take take) const {
    const Raster raster = {grid.origin(), grid.cell_m(), grid.columns(), grid.rows(),
                           start.level * grid.rows() * grid.columns()};
    fill_polygons(raster, {start.polygon}, [&](FieldGrid::Node n) {
      if (grid.is_ground(n)) take(n);
    });
  }

  void check_way_out(const FieldGrid& grid, const Field& out, const StartArea& start) {
    std::size_t cells = 0;
    std::size_t lost = 0;
    Vec2 place;
    each_cell(grid, start, [&](FieldGrid::Node n) {
      ++cells;
      if (std::isfinite(out.times()[n])) return;
      ++lost;
      place = grid.centre(n);
    });
    // Single cells between walls and the raster are lost to nobody.
    if (lost == 0 || static_cast<double>(lost) * grid.cell_m() * grid.cell_m() < 1) return;
    add("crowd.start-enclosed", start.span, start.level, place, edges_of(start.polygon),
        lost == cells
            ? phrase("no way leads from the start {} to an exit", named(start.name))
            : phrase("from a part of the start {} no way leads to an exit: {:.1f} m2",
                     named(start.name), static_cast<double>(lost) * grid.cell_m() * grid.cell_m()));
  }

  const Ground& ground_;
  const GridOptions& options_;
  Ground sound_;
  std::vector<Polygons> areas_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> check_ground(const Ground& ground, const GridOptions& options) {
  return GroundChecker(ground, options).check();
}

bool has_errors(const std::vector<Fault>& faults) noexcept {
  return std::any_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return fault.diagnostic.severity == Severity::error;
  });
}

}  // namespace defilada::crowd
