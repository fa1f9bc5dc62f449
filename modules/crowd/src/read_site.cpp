// SPDX-License-Identifier: MIT
#include "defilada/crowd/read_site.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "defilada/core/suggest.hpp"
#include "raster.hpp"
#include "site_frame.hpp"
#include "site_people.hpp"
#include "site_values.hpp"
#include "walls.hpp"

namespace defilada::crowd {
namespace {

using geo::Feature;

constexpr std::size_t kMostLevels = 64;
constexpr std::int64_t kMostAgents = 10'000'000;

const std::vector<std::string>& roles() {
  static const std::vector<std::string> all = {"walkable", "obstacle", "start", "exit",
                                               "gate",     "stair",    "wait",  "barrier",
                                               "crossing", "closure",  "queue", "place"};
  return all;
}

/// Keys of properties that mean something for any role; others are the drawing program's.
const std::vector<std::string>& keys() {
  static const std::vector<std::string> all = {"role",         "name",
                                               "level",        "height_m",
                                               "agents",       "from_s",
                                               "until_s",      "share",
                                               "open",         "shut",
                                               "lanes",        "one_way",
                                               "service_s",    "persons_per_second",
                                               "up_deg",       "up_factor",
                                               "speed_factor", "to_level",
                                               "capacity",     "group_share",
                                               "gate",         "population",
                                               "journey",      "view"};
  return all;
}

class SiteReader {
 public:
  explicit SiteReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// `ground`: polygons without a role are walkable ground whatever other files say, as well-known
  /// text cannot give any.
  void take(geo::FeatureCollection collection, FileId file, bool ground) {
    if (collection.features.empty()) return;
    if (ground) ground_files_.push_back(file);
    if (!features_.empty() && metres_ != collection.metres) {
      diagnostics_.error("crowd.units", Span{file, 0, 0},
                         phrase("files in degrees and files in metres cannot be one site"),
                         phrase("all in degrees, or \"units\": \"m\" in all"));
      return;
    }
    metres_ = collection.metres;
    read_limits(collection, site_.limits, diagnostics_);
    hint(collection);
    for (const auto& [name, to] :
         {std::pair("populations", &populations_), std::pair("journeys", &journeys_)}) {
      const auto written = collection.members.find(name);
      if (written == collection.members.end()) continue;
      to->insert(to->end(), written->second.begin(), written->second.end());
    }
    std::move(collection.features.begin(), collection.features.end(),
              std::back_inserter(features_));
  }

  Site read() {
    if (!bring_to_frame(features_, metres_, site_, diagnostics_)) return std::move(site_);
    const bool roles_given = std::any_of(features_.begin(), features_.end(), [](const Feature& f) {
      return f.properties.contains("role");
    });
    for (const Feature& feature : features_) {
      if (!roles_given) {
        if (feature.geometry == Feature::Geometry::polygon) walkable(feature, level_of(feature));
      } else if (is_ground(feature)) {
        walkable(feature, level_of(feature));
      } else if (!feature.properties.contains("role")) {
        diagnostics_.warning("crowd.role", feature.span,
                             phrase("a feature without a role is left out"));
      } else {
        add(feature);
      }
    }
    if (site_.ground.levels.empty()) site_.ground.levels.emplace_back();
    for (const auto& [stair, to] : joins_) join(site_.ground.stairs[stair], to);
    for (const auto& [feature, level] : queues_) queue(*feature, level);
    people();
    divide_starts();
    return std::move(site_);
  }

 private:
  [[nodiscard]] bool is_ground(const Feature& feature) const {
    return feature.geometry == Feature::Geometry::polygon &&
           std::find(ground_files_.begin(), ground_files_.end(), feature.span.file) !=
               ground_files_.end();
  }

  void error(std::string code, const Feature& feature, Phrase message, Phrase expected = {},
             std::string suggestion = {}) {
    diagnostics_.error(std::move(code), feature.span, std::move(message), std::move(expected),
                       std::move(suggestion));
  }

  LevelId level_named(const Feature& feature, const std::string& name) {
    auto& levels = site_.ground.levels;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (levels[i].name == name) return static_cast<LevelId>(i);
    }
    if (levels.size() == kMostLevels) {
      error("crowd.level", feature, phrase("more than {} levels", kMostLevels));
      return 0;
    }
    levels.emplace_back().name = name;
    return static_cast<LevelId>(levels.size() - 1);
  }
  LevelId level_of(const Feature& feature) {
    return level_named(feature, SiteValues(feature, diagnostics_).text("level"));
  }

  void add(const Feature& feature) {
    const std::string role = feature.properties.at("role");
    if (std::find(roles().begin(), roles().end(), role) == roles().end()) {
      error("crowd.role", feature, phrase("an unknown role '{}'", role.substr(0, 60)),
            phrase("walkable, obstacle, start, exit, gate, queue, stair, wait, place, barrier, "
                   "crossing or closure"),
            nearest(role, roles()));
      return;
    }
    hint(feature);
    const bool areas = role == "walkable" || role == "obstacle" || role == "start" ||
                       role == "stair" || role == "wait";
    const bool lines = role == "gate" || role == "barrier" || role == "queue";
    const auto geometry = feature.geometry;
    if (geometry == Feature::Geometry::point || (areas && geometry != Feature::Geometry::polygon) ||
        (lines && geometry != Feature::Geometry::line)) {
      error("crowd.geometry", feature, phrase("the role '{}' does not go with this geometry", role),
            areas   ? phrase("a polygon")
            : lines ? phrase("a line")
                    : phrase("a polygon or a line"));
      return;
    }
    const LevelId level = level_of(feature);
    if (role == "walkable") walkable(feature, level);
    if (role == "obstacle") obstacle(feature, site_.ground.levels[level]);
    if (role == "start") start(feature, level);
    if (role == "exit") exit(feature, level);
    if (role == "gate") gate(feature, level);
    if (role == "queue") queues_.emplace_back(&feature, level);
    if (role == "stair") stair(feature, level);
    if (role == "wait") wait(feature, level);
    if (role == "place") places_.push_back({&feature, level, shape_of(feature)});
    if (role == "barrier") barrier(feature, level);
    if (role == "crossing" || role == "closure") closure(feature, level, role == "crossing");
  }

  /// So was a member of the collection.
  void hint(const geo::FeatureCollection& collection) {
    const std::vector<std::string> ours = {"limits", "populations", "journeys"};
    for (const auto& [key, written] : collection.members) {
      const std::string meant = nearest(key, ours);
      if (meant.empty() || meant == key || written.empty()) continue;
      diagnostics_.warning("crowd.property-unknown", written.front().span,
                           phrase("the property '{}' is not used", key.substr(0, 60)), {}, meant);
    }
  }

  /// A key that is almost one of ours was meant to be it.
  void hint(const Feature& feature) {
    for (const auto& [key, value] : feature.properties) {
      if (std::find(keys().begin(), keys().end(), key) != keys().end()) continue;
      const std::string meant = nearest(key, keys());
      if (meant.empty() || key.size() < 4) continue;
      diagnostics_.warning("crowd.property-unknown", feature.span,
                           phrase("the property '{}' is not used", key.substr(0, 60)), {}, meant);
    }
  }

  static geo::Polygon polygon_of(const Feature& feature) {
    return {feature.rings.front(), {feature.rings.begin() + 1, feature.rings.end()}};
  }
  static Shape shape_of(const Feature& feature) {
    if (feature.geometry == Feature::Geometry::line) return Line(feature.rings.front());
    return polygon_of(feature);
  }

  void walkable(const Feature& feature, LevelId level) {
    Level& floor = site_.ground.levels[level];
    floor.walkable.push_back(polygon_of(feature));
    floor.walkable_spans.push_back(feature.span);
    if (const auto height = SiteValues(feature, diagnostics_).number("height_m", -1e4, 1e4)) {
      floor.height_m = *height;
    }
  }

  static void obstacle(const Feature& feature, Level& floor) {
    floor.obstacles.push_back(polygon_of(feature));
    floor.obstacle_spans.push_back(feature.span);
  }

  void start(const Feature& feature, LevelId level) {
    SiteValues values(feature, diagnostics_);
    StartArea out{feature.name, level, polygon_of(feature), {}, 0, 0, feature.span};
    out.agents = values.count("agents", 0, kMostAgents);
    out.group_share = values.number("group_share", 0, 0.95);
    out.from_s = values.number("from_s", 0, 1e7).value_or(0);
    out.to_s = values.number("until_s", out.from_s, 1e7).value_or(out.from_s);
    site_.ground.starts.push_back(std::move(out));
    start_features_.push_back(&feature);
  }

  void exit(const Feature& feature, LevelId level) {
    SiteValues values(feature, diagnostics_);
    Exit out{feature.name, level, shape_of(feature), {}, {}, {}, feature.span};
    out.persons_per_second = values.number("persons_per_second", 0, 1e6, true);
    out.share = values.number("share", 0, 1e6);
    out.shut = values.shut(false);
    site_.ground.exits.push_back(std::move(out));
  }

  void gate(const Feature& feature, LevelId level) {
    SiteValues values(feature, diagnostics_);
    Gate out{feature.name, level, feature.rings.front(), 1, 0, {}, feature.span};
    out.lanes = static_cast<int>(values.count("lanes", 1, 10'000).value_or(1));
    out.service_s = values.number("service_s", 0, 1e5).value_or(0);
    out.shut = values.shut(false);
    site_.ground.gates.push_back(std::move(out));
  }

  /// Of the gate that it names, else of the one that its first point is nearest to.
  void queue(const Feature& feature, LevelId level) {
    const std::string of = SiteValues(feature, diagnostics_).text("gate");
    const Line& line = feature.rings.front();
    Gate* best = nullptr;
    double least = INFINITY;
    std::vector<std::string> names;
    for (Gate& gate : site_.ground.gates) {
      names.push_back(gate.name);
      if (gate.level != level || (!of.empty() && gate.name != of)) continue;
      for (const Segment& part : edges_of(gate.line)) {
        const double away = length(line.front() - nearest_on(part, line.front()));
        if (away >= least) continue;
        least = away;
        best = &gate;
      }
    }
    if (best == nullptr) {
      error("crowd.queue-gate", feature,
            of.empty() ? phrase("a queue on a level without a gate")
                       : phrase("no gate on this level is named '{}'", of.substr(0, 60)),
            phrase("\"gate\": the name of a gate"), nearest(of, names));
      return;
    }
    best->queues.push_back({feature.name, line, feature.span});
  }

  void stair(const Feature& feature, LevelId level) {
    SiteValues values(feature, diagnostics_);
    Stair out;
    out.name = feature.name;
    out.level = level;
    out.polygon = polygon_of(feature);
    out.span = feature.span;
    out.speed_factor = values.number("speed_factor", 0, 1, true).value_or(1);
    out.up_factor = values.number("up_factor", 0, 1, true);
    if (const auto bearing = values.number("up_deg", -360, 360)) {
      const double angle = (90 - *bearing) * std::numbers::pi / 180;
      out.up = Vec2{std::cos(angle), std::sin(angle)};
    }
    if (out.up_factor && !out.up) {
      error("crowd.property", feature, phrase("'up_factor' needs to know which way is up"),
            phrase("\"up_deg\": a bearing in degrees, 0 north, 90 east"));
    }
    if (values.has("to_level")) {
      joins_.emplace_back(site_.ground.stairs.size(),
                          level_named(feature, values.text("to_level")));
    }
    site_.ground.stairs.push_back(std::move(out));
  }

  void wait(const Feature& feature, LevelId level) {
    SiteValues values(feature, diagnostics_);
    WaitingArea out{feature.name, level, polygon_of(feature), 0, {}, feature.span};
    out.until_s = values.number("until_s", 0, 1e7).value_or(0);
    out.capacity = values.count("capacity", 0, kMostAgents);
    site_.ground.waits.push_back(std::move(out));
    wait_features_.push_back(&feature);
  }

  /// Who the people are, what they do and what they look at: names that stand in other features.
  void people() {
    SitePeople people(site_, diagnostics_);
    people.take_populations(populations_);
    people.take_journeys(journeys_, places_);
    people.give_to_starts(start_features_);
    people.give_views(wait_features_, places_);
  }

  void barrier(const Feature& feature, LevelId level) {
    SiteValues values(feature, diagnostics_);
    site_.ground.barriers.push_back(
        {feature.name, level, feature.rings.front(), values.yes("one_way"), feature.span});
  }

  void closure(const Feature& feature, LevelId level, bool crossing) {
    SiteValues values(feature, diagnostics_);
    if (!crossing && !values.has("shut") && !values.has("open")) {
      diagnostics_.warning("crowd.property", feature.span,
                           phrase("a closure that is never shut: it has neither 'shut' nor "
                                  "'open'"));
    }
    site_.ground.closures.push_back(
        {feature.name, level, shape_of(feature), values.shut(crossing), feature.span});
  }

  /// The landing is the edge on the side that is said to be up; else the one edge that lies on the
  /// other level's ground.
  void join(Stair& stair, LevelId to) {
    const auto& ring = stair.polygon.outer;
    const Vec2 middle = geo::centroid(stair.polygon);
    std::optional<Segment> landing;
    int candidates = 0;
    double best = -INFINITY;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Segment edge{ring[i], ring[(i + 1) % ring.size()]};
      const Vec2 out = 0.5 * (edge.from + edge.to) - middle;
      if (stair.up) {
        const double rise = dot(*stair.up, out);
        if (rise > best) landing = edge;
        best = std::max(best, rise);
        candidates = 1;
      } else if (reaches(out, edge, to)) {
        landing = edge;
        ++candidates;
      }
    }
    if (to == stair.level || candidates != 1) {
      diagnostics_.error("crowd.landing", stair.span,
                         phrase("it is not clear on which edge the stair meets the level '{}'",
                                site_.ground.levels[to].name),
                         phrase("one edge on the ground of another level, or \"up_deg\": a bearing "
                                "in degrees towards it"));
      return;
    }
    stair.join = Stair::Join{to, *landing};
    if (!stair.up) {
      const Vec2 up = left_of(landing->to - landing->from);
      const double side = dot(up, 0.5 * (landing->from + landing->to) - middle) > 0 ? 1 : -1;
      stair.up = (side / length(up)) * up;
    }
  }

  /// Whether the other level's ground lies just beyond the edge.
  [[nodiscard]] bool reaches(Vec2 out, const Segment& edge, LevelId to) const {
    const Vec2 beyond = 0.5 * (edge.from + edge.to) + (0.05 / length(out)) * out;
    return crowd::walkable(site_.ground, to, beyond);
  }

  /// A start of several polygons has its people by their areas.
  void divide_starts() {
    auto& starts = site_.ground.starts;
    for (std::size_t first = 0; first < starts.size();) {
      std::size_t last = first + 1;
      while (last < starts.size() && starts[last].span == starts[first].span) ++last;
      if (last - first > 1 && starts[first].agents) divide(first, last);
      first = last;
    }
  }
  void divide(std::size_t first, std::size_t last) {
    auto& starts = site_.ground.starts;
    const std::int64_t all = *starts[first].agents;
    double whole = 0;
    for (std::size_t i = first; i < last; ++i) whole += geo::area(starts[i].polygon);
    double done = 0;
    std::int64_t given = 0;
    for (std::size_t i = first; i < last; ++i) {
      done += geo::area(starts[i].polygon);
      const std::int64_t until = i + 1 == last || !(whole > 0)
                                     ? all
                                     : std::llround(static_cast<double>(all) * (done / whole));
      starts[i].agents = until - given;
      given = until;
    }
  }

  Diagnostics& diagnostics_;
  std::vector<Feature> features_;
  std::vector<FileId> ground_files_;
  bool metres_ = false;
  std::vector<Feature> populations_;
  std::vector<Feature> journeys_;
  std::vector<SitePlace> places_;
  std::vector<const Feature*> start_features_;  ///< (starts)
  std::vector<const Feature*> wait_features_;   ///< (waits)
  std::vector<std::pair<std::size_t, LevelId>> joins_;
  std::vector<std::pair<const Feature*, LevelId>> queues_;
  Site site_;
};

bool is_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first == std::string_view::npos || text[first] == '{' || text[first] == '[';
}

}  // namespace

Site read_site(std::span<const FileId> files, const Sources& sources, Diagnostics& diagnostics) {
  SiteReader reader(diagnostics);
  for (const FileId file : files) {
    const bool json = is_json(sources.text(file));
    reader.take(
        json ? geo::read_geojson(file, sources, diagnostics) : read_wkt(file, sources, diagnostics),
        file, !json);
  }
  return reader.read();
}

}  // namespace defilada::crowd
