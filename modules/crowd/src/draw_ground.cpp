// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "defilada/core/markup.hpp"
#include "defilada/crowd/check_ground.hpp"
#include "walls.hpp"

namespace defilada::crowd {
namespace {

constexpr double kWidthPx = 1000;
constexpr double kEdgePx = 24;
constexpr double kLinePx = 20;

/// The site's bounding box, y upwards.
struct Box {
  Vec2 low{INFINITY, INFINITY};
  Vec2 high{-INFINITY, -INFINITY};
  void add(Vec2 p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
};

class GroundDrawing {
 public:
  GroundDrawing(const Ground& ground, const std::vector<Fault>& faults, const Speaker& say)
      : ground_(ground), sound_(ground), faults_(faults), say_(say) {
    // One faulty outline takes no walls away from the others.
    const auto faulty = [](const geo::Polygon& polygon) { return !geo::validate(polygon); };
    for (Level& level : sound_.levels) {
      std::erase_if(level.walkable, faulty);
      std::erase_if(level.obstacles, faulty);
    }
    std::erase_if(sound_.stairs, [&](const Stair& stair) { return faulty(stair.polygon); });
    for (const Level& level : ground.levels) {
      for (const geo::Polygon& polygon : level.walkable) add(edges_of(polygon));
    }
    for (const Stair& stair : ground.stairs) add(edges_of(stair.polygon));
    for (const StartArea& start : ground.starts) add(edges_of(start.polygon));
    for (const Exit& exit : ground.exits) add(edges_of(exit.shape));
    if (!(box_.low.x <= box_.high.x)) box_ = {{0, 0}, {1, 1}};
    const double wide = std::max(box_.high.x - box_.low.x, 1e-3);
    const double high = std::max(box_.high.y - box_.low.y, 1e-3);
    scale_ = std::min(kWidthPx / wide, 2 * kWidthPx / high);
    level_px_ = high * scale_ + 2 * kEdgePx;
    width_px_ = wide * scale_ + 2 * kEdgePx;
  }

  std::string draw() {
    const double below =
        level_px_ * static_cast<double>(std::max<std::size_t>(1, ground_.levels.size()));
    const double height = below + kLinePx * (1 + static_cast<double>(faults_.size()));
    const double width = std::max(width_px_, faults_.empty() ? 0.0 : 700.0);
    write(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
        "width=\"{0:.0f}\" "
        "height=\"{1:.0f}\" font-family=\"sans-serif\" font-size=\"13\">\n",
        width, height);
    write("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (LevelId level = 0; level < ground_.levels.size(); ++level) draw_level(level);
    for (std::size_t i = 0; i < faults_.size(); ++i) {
      mark(i);
      const Diagnostic& told = faults_[i].diagnostic;
      write("<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\">{}. {} [{}]</text>\n", kEdgePx,
            below + kLinePx * static_cast<double>(i + 1), colour(told.severity), i + 1,
            escape_markup(say_(told.message)), told.code);
    }
    write("</svg>\n");
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void write(fmt::format_string<Args...> pattern, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), pattern, std::forward<Args>(args)...);
  }

  static const char* colour(Severity severity) {
    return severity == Severity::error ? "#c0141c" : "#9a6700";
  }

  void add(const std::vector<Segment>& lines) {
    for (const Segment& line : lines) {
      box_.add(line.from);
      box_.add(line.to);
    }
  }

  [[nodiscard]] Vec2 at(LevelId level, Vec2 p) const {
    return {kEdgePx + (p.x - box_.low.x) * scale_,
            (level + 1.0) * level_px_ - kEdgePx - (p.y - box_.low.y) * scale_};
  }

  void path(LevelId level, const geo::Polygon& polygon, const char* style) {
    write("<path fill-rule=\"evenodd\" {} d=\"", style);
    ring(level, polygon.outer);
    for (const auto& hole : polygon.holes) ring(level, hole);
    write("\"/>\n");
  }
  void ring(LevelId level, const std::vector<Vec2>& points) {
    char letter = 'M';
    for (const Vec2 p : points) {
      const Vec2 px = at(level, p);
      write("{}{:.1f} {:.1f}", letter, px.x, px.y);
      letter = 'L';
    }
    write("Z");
  }
  void lines(LevelId level, const std::vector<Segment>& all, const char* style) {
    if (all.empty()) return;
    write("<path fill=\"none\" {} d=\"", style);
    for (const Segment& line : all) {
      const Vec2 a = at(level, line.from);
      const Vec2 b = at(level, line.to);
      write("M{:.1f} {:.1f}L{:.1f} {:.1f}", a.x, a.y, b.x, b.y);
    }
    write("\"/>\n");
  }
  void text(LevelId level, Vec2 place, const std::string& words) {
    if (words.empty()) return;
    const Vec2 px = at(level, place);
    write("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" fill=\"#333333\">{}</text>\n",
          px.x, px.y, escape_markup(words));
  }

  void draw_level(LevelId level) {
    const Level& floor = ground_.levels[level];
    for (const auto& polygon : floor.walkable) path(level, polygon, "fill=\"#eef1f4\"");
    each(ground_.stairs, level,
         [&](const Stair& stair) { path(level, stair.polygon, "fill=\"#d8c9ee\""); });
    for (const auto& polygon : floor.obstacles) path(level, polygon, "fill=\"#aab2bd\"");
    each(ground_.waits, level, [&](const WaitingArea& wait) {
      path(level, wait.polygon, "fill=\"#ffe9a8\" fill-opacity=\"0.7\"");
      text(level, geo::centroid(wait.polygon), wait.name);
    });
    each(ground_.starts, level, [&](const StartArea& start) {
      path(level, start.polygon, "fill=\"#bfe3c8\" fill-opacity=\"0.7\"");
      text(level, geo::centroid(start.polygon), start.name);
    });
    lines(level, walls(sound_, level, -INFINITY), "stroke=\"#333333\" stroke-width=\"1.5\"");
    lines(level, one_ways(ground_, level, -INFINITY),
          "stroke=\"#333333\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"");
    each(ground_.gates, level, [&](const Gate& gate) {
      for (const DrawnQueue& queue : gate.queues) {
        lines(level, edges_of(queue.line),
              "stroke=\"#1f6feb\" stroke-width=\"1.5\" stroke-dasharray=\"2 2\"");
      }
      lines(level, edges_of(gate.line), "stroke=\"#1f6feb\" stroke-width=\"3\"");
    });
    each(ground_.exits, level, [&](const Exit& exit) {
      lines(level, edges_of(exit.shape), "stroke=\"#1a7f37\" stroke-width=\"3\"");
    });
    for (const Fault& fault : faults_) {
      if (fault.level == level) {
        lines(level, fault.shown, "stroke=\"#c0141c\" stroke-width=\"2\" stroke-dasharray=\"4 3\"");
      }
    }
  }
  template <typename T, typename Draw>
  static void each(const std::vector<T>& all, LevelId level, Draw draw_one) {
    for (const T& one : all) {
      if (one.level == level) draw_one(one);
    }
  }

  void mark(std::size_t i) {
    const Fault& fault = faults_[i];
    if (fault.shown.empty() || fault.level >= ground_.levels.size()) return;
    const Vec2 px = at(fault.level, fault.place);
    write(
        "<circle cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"9\" fill=\"{2}\"/><text x=\"{0:.1f}\" "
        "y=\"{3:.1f}\" text-anchor=\"middle\" fill=\"#ffffff\" font-size=\"11\">{4}</text>\n",
        px.x, px.y, colour(fault.diagnostic.severity), px.y + 4, i + 1);
  }

  const Ground& ground_;
  Ground sound_;
  const std::vector<Fault>& faults_;
  const Speaker& say_;
  Box box_;
  double scale_ = 1;
  double level_px_ = 0;
  double width_px_ = 0;
  std::string out_;
};

}  // namespace

std::string draw_ground(const Ground& ground, const std::vector<Fault>& faults,
                        const Speaker& say) {
  return GroundDrawing(ground, faults, say).draw();
}

}  // namespace defilada::crowd
