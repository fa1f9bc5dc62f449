// SPDX-License-Identifier: MIT
#include "defilada/spectators/scene.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "defilada/core/check.hpp"
#include "defilada/core/random.hpp"
#include "defilada/geo/polygon.hpp"
#include "moments.hpp"

namespace defilada::spectators {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();
/// Two bodies of 0.2 m never stand nearer.
constexpr double kLeastSpacing_m = 0.42;
constexpr double kMostSpacing_m = 0.9;

// What the draws of this file are for: streams of Random, which never meet. Those of day.cpp and
// circulation.cpp have other numbers.
enum Purpose : std::uint64_t { kOrder = 1, kKind = 2, kArrival = 4 };

/// Speeds come from the crowd engine's own stream of another seed, so that a party's person does
/// not get the draw that the engine gives the person of the same number.
constexpr std::uint64_t kSpeedSeed = 3;

class Moments {
 public:
  explicit Moments(const plan::Plan& plan) : plan_(plan) {}

  double seconds(const show::Moment& moment) {
    if (!moment.cue) return moment.at.seconds();
    const auto time = time_of(plan_, *moment.cue);
    if (!time && missing.empty()) missing = moment.cue->text;
    return time.value_or(Time{}).seconds();
  }

  std::vector<DayPeriod> periods(const std::vector<show::During>& said) {
    std::vector<DayPeriod> all;
    for (const show::During& each : said) {
      all.push_back(
          {each.from ? seconds(*each.from) : -kForever, each.to ? seconds(*each.to) : kForever});
    }
    return all;
  }

  std::string missing;  ///< the first cue of which the plan tells no time

 private:
  const plan::Plan& plan_;
};

/// A one-way barrier lets pass from its left to its right.
crowd::Line turned_to(std::vector<Vec2> points, double way_rad) {
  const Vec2 along = points.back() - points.front();
  const Vec2 right{along.y, -along.x};
  const Vec2 way{std::cos(way_rad), std::sin(way_rad)};
  if (geo::dot(right, way) < 0) std::reverse(points.begin(), points.end());
  return points;
}

double distance(const geo::Route& route, Vec2 point) {
  return route.project(point).distance;
}

/// The point of the parade's ways that is nearest to the middle of an outline.
std::optional<Vec2> parade_near(const show::Show& show, Vec2 middle) {
  std::optional<Vec2> best;
  double least_m = kForever;
  for (const show::Procession& procession : show.processions) {
    if (procession.air || !procession.counted) continue;
    const geo::Route& way = show[procession.route].geometry;
    const double away_m = distance(way, middle);
    if (away_m >= least_m) continue;
    least_m = away_m;
    best = way.at(way.project(middle).s).position;
  }
  return best;
}

class SceneMaker {
 public:
  SceneMaker(const show::Show& show, const plan::Plan& plan, const SceneOptions& options)
      : show_(show), said_(*show.spectators), plan_(plan), options_(options), moments_(plan) {}

  Result<Scene> make() {
    scene_.said = &said_;
    ground();
    openings();
    zones();
    if (Status status = people(); !status) return tl::unexpected(status.error());
    times();
    if (!moments_.missing.empty()) {
      return fail(Errc::bad_input,
                  phrase("the plan tells no time for the cue '{}'", moments_.missing));
    }
    return std::move(scene_);
  }

 private:
  // ---- the ground

  void ground() {
    crowd::Ground& ground = scene_.ground;
    crowd::Level& level = ground.levels.emplace_back();
    for (const show::Outline& each : said_.ground) level.walkable.push_back(each.polygon);
    for (const show::Zone& each : said_.zones) level.walkable.push_back(show_[each.area].polygon);
    for (const show::Stop& each : said_.stops) level.walkable.push_back(each.polygon);
    for (const show::Crossing& each : said_.crossings) level.walkable.push_back(each.polygon);
    for (const show::Amenity& each : said_.amenities) level.walkable.push_back(each.polygon);
    for (const show::Outline& each : said_.obstacles) level.obstacles.push_back(each.polygon);
    for (const show::Area& each : show_.site.areas) {
      if (each.use == show::AreaUse::obstacle) level.obstacles.push_back(each.polygon);
    }
    for (const show::Stairs& each : said_.stairs) {
      ground.stairs.push_back({.name = each.name,
                               .polygon = each.polygon,
                               .speed_factor = each.speed,
                               .up_factor = {},
                               .up = {},
                               .join = {},
                               .span = each.span});
    }
    for (const show::Fence& each : said_.fences) {
      ground.barriers.push_back(
          {.name = each.name,
           .line = each.lets_pass_rad ? turned_to(each.points, *each.lets_pass_rad) : each.points,
           .one_way = each.lets_pass_rad.has_value(),
           .span = each.span});
    }
    for (const show::Stop& each : said_.stops) {
      ground.starts.push_back(
          {.name = each.name, .polygon = each.polygon, .agents = {}, .span = each.span});
    }
  }

  void openings() {
    crowd::Ground& ground = scene_.ground;
    for (const show::Gate& each : said_.gates) {
      ground.gates.push_back({.name = each.name,
                              .line = each.points,
                              .lanes = each.lanes,
                              .service_s = each.service.seconds() / options_.share,
                              .shut = {},
                              .span = each.span});
      for (const show::QueueLine& queue : each.queues) {
        ground.gates.back().queues.push_back(
            {.name = "", .line = queue.points, .span = queue.span});
      }
      std::vector<DayPeriod> shut;
      if (each.opens) shut.push_back({-kForever, moments_.seconds(*each.opens)});
      if (each.shuts) shut.push_back({moments_.seconds(*each.shuts), kForever});
      scene_.gate_shut.push_back(std::move(shut));
    }
    for (const show::Crossing& each : said_.crossings) {
      ground.closures.push_back(
          {.name = each.name, .shape = each.polygon, .shut = {}, .span = each.span});
      scene_.closure_shut.push_back(complement(moments_.periods(each.open)));
    }
    for (const show::Closing& each : said_.closings) {
      ground.closures.push_back({.name = each.name,
                                 .shape = each.polygon ? crowd::Shape(*each.polygon)
                                                       : crowd::Shape(crowd::Line(each.points)),
                                 .shut = {},
                                 .span = each.span});
      scene_.closure_shut.push_back(moments_.periods(each.shut));
    }
    for (const show::WayOut& each : said_.exits) {
      crowd::Exit& exit = ground.exits.emplace_back();
      exit.name = each.name;
      exit.shape = crowd::Line(each.points);
      exit.share = each.share;
      if (each.flow_per_s) exit.persons_per_second = *each.flow_per_s * options_.share;
      exit.span = each.span;
      scene_.exit_shut.push_back(moments_.periods(each.shut));
    }
  }

  void zones() {
    for (const show::Zone& each : said_.zones) {
      const geo::Polygon& polygon = show_[each.area].polygon;
      // A lattice of triangles has sqrt(3)/2 s^2 for each place; an eighth of the area is lost to
      // the edges.
      const double room_m2 =
          0.875 * geo::area(polygon) / static_cast<double>(std::max<std::int64_t>(each.people, 1));
      scene_.spacing_m.push_back(
          std::clamp(std::sqrt(room_m2 * 2 / std::sqrt(3.0)), kLeastSpacing_m, kMostSpacing_m));
      scene_.look_at.push_back(each.fill == show::Zone::Fill::front_first
                                   ? parade_near(show_, geo::centroid(polygon))
                                   : std::nullopt);
    }
  }

  // ---- the people

  /// Of so many who come, counted through, how many are simulated.
  [[nodiscard]] std::int64_t scaled(std::int64_t people) const {
    return static_cast<std::int64_t>(std::llround(static_cast<double>(people) * options_.share));
  }

  [[nodiscard]] bool may(const show::Zone& zone, std::size_t stop) const {
    if (zone.from.empty()) return true;
    return std::any_of(zone.from.begin(), zone.from.end(),
                       [&](show::StopId id) { return id.value == stop; });
  }

  Status people() {
    std::vector<std::int64_t> from;
    std::vector<std::int64_t> to;
    std::vector<std::vector<bool>> allowed;
    for (std::size_t s = 0; s < said_.stops.size(); ++s) {
      from.push_back(said_.stops[s].people);
      allowed.emplace_back();
      for (const show::Zone& zone : said_.zones) allowed.back().push_back(may(zone, s));
    }
    for (const show::Zone& zone : said_.zones) to.push_back(zone.people);
    even_out(from, to);
    const auto pairs = matched(from, to, allowed);
    if (!pairs) return no_match(from, to, allowed);
    // Numbers of all people are matched, and the share is taken of their sum: shares of stops and
    // of zones, each rounded, might not meet.
    std::int64_t sum = 0;
    for (std::size_t s = 0; s < from.size(); ++s) {
      for (std::size_t z = 0; z < to.size(); ++z) {
        const std::int64_t before = scaled(sum);
        sum += (*pairs)[s][z];
        company(s, z, scaled(sum) - before);
      }
    }
    return {};
  }

  /// Names the stop or zone where the numbers do not meet.
  [[nodiscard]] Status no_match(const std::vector<std::int64_t>& from,
                                const std::vector<std::int64_t>& to,
                                const std::vector<std::vector<bool>>& allowed) const {
    for (std::size_t s = 0; s < from.size(); ++s) {
      std::int64_t room = 0;
      for (std::size_t z = 0; z < to.size(); ++z) room += allowed[s][z] ? to[z] : 0;
      if (room < from[s]) {
        return fail(Errc::bad_input,
                    phrase("{} people come to '{}', and the zones that take them have {} places",
                           from[s], said_.stops[s].name, room));
      }
    }
    for (std::size_t z = 0; z < to.size(); ++z) {
      std::int64_t come = 0;
      for (std::size_t s = 0; s < from.size(); ++s) come += allowed[s][z] ? from[s] : 0;
      if (come < to[z]) {
        return fail(Errc::bad_input, phrase("'{}' waits for {} people, and its stops send {}",
                                            show_[said_.zones[z].area].name, to[z], come));
      }
    }
    return fail(Errc::bad_input,
                phrase("the stops and the zones that take their people do not match"));
  }

  /// Rounding of shares may leave the two sums a few apart: the largest zone gives or takes.
  static void even_out(const std::vector<std::int64_t>& from, std::vector<std::int64_t>& to) {
    const auto sum = [](const std::vector<std::int64_t>& list) {
      return std::accumulate(list.begin(), list.end(), std::int64_t{0});
    };
    const auto largest = std::max_element(to.begin(), to.end());
    if (largest != to.end()) *largest += sum(from) - sum(to);
  }

  /// Those of one stop for one zone, party by party.
  void company(std::size_t stop, std::size_t zone, std::int64_t count) {
    std::vector<Spectator> all;
    const auto first = static_cast<std::uint32_t>(scene_.people.size());
    std::uint32_t party = first;
    while (static_cast<std::int64_t>(all.size()) < count) {
      const auto person = static_cast<std::uint32_t>(first + all.size());
      Random kind_draw(options_.seed, person, kKind);
      const std::size_t kind = drawn_kind(kind_draw.uniform());
      const auto size = std::min<std::int64_t>(said_.population[kind].together,
                                               count - static_cast<std::int64_t>(all.size()));
      float slowest = 1e9F;
      for (std::int64_t k = 0; k < size; ++k) {
        slowest = std::min(slowest, speed(kind, static_cast<std::uint32_t>(person + k)));
      }
      for (std::int64_t k = 0; k < size; ++k) {
        all.push_back({.stop = static_cast<std::uint16_t>(stop),
                       .zone = static_cast<std::uint16_t>(zone),
                       .gate = kNone,
                       .kind = static_cast<std::uint16_t>(kind),
                       .speed_mps = slowest,
                       .radius_m = static_cast<float>(said_.population[kind].body_m),
                       .comes_s = 0,
                       .party = party});
      }
      ++party;
    }
    const std::uint32_t parties = party - first;
    for (Spectator& each : all) arrival(each, each.party - first, parties, stop, zone);
    scene_.people.insert(scene_.people.end(), all.begin(), all.end());
  }

  [[nodiscard]] std::size_t drawn_kind(double u) const {
    // By heads: a party counts as many as it has.
    double sum = 0;
    for (const show::PeopleKind& each : said_.population) sum += each.share / each.together;
    double below = 0;
    for (std::size_t k = 0; k < said_.population.size(); ++k) {
      below += said_.population[k].share / said_.population[k].together / sum;
      if (u < below) return k;
    }
    return said_.population.size() - 1;
  }

  [[nodiscard]] float speed(std::size_t kind, std::uint32_t person) const {
    const show::PeopleKind& who = said_.population[kind];
    const crowd::SpeedRange range{
        .mean_mps = who.speed_mps,
        .sd_mps = who.spread_mps,
        .least_mps = std::max(0.1, who.speed_mps - (who.spread_mps > 0 ? 2.5 * who.spread_mps : 0)),
        .most_mps = who.speed_mps + (who.spread_mps > 0 ? 2.5 * who.spread_mps : 0)};
    return static_cast<float>(crowd::draw_speed_mps(range, options_.seed + kSpeedSeed, person));
  }

  /// Parties come spread over the curve, each in a slot of its own; the order is random. Gates take
  /// parties in turn, by their capacity.
  void arrival(Spectator& each, std::uint32_t rank, std::uint32_t parties, std::size_t stop,
               std::size_t zone) {
    const std::uint32_t slot = shuffled(rank, parties, stop, zone);
    Random draw(options_.seed, each.party, kArrival);
    const double quantile = (slot + draw.uniform()) / parties;
    each.comes_s = comes_s(said_.stops[stop], quantile);
    each.gate = gate_of(said_.zones[zone], rank, options_.seed + zone * 131 + stop);
  }

  /// A permutation of [0, count) that depends on the pair of stop and zone.
  std::uint32_t shuffled(std::uint32_t rank, std::uint32_t count, std::size_t stop,
                         std::size_t zone) {
    const auto key = std::pair(stop, zone);
    if (key != order_key_ || order_.size() != count) {
      order_key_ = key;
      order_.resize(count);
      std::iota(order_.begin(), order_.end(), 0U);
      Random draw(options_.seed, static_cast<std::uint32_t>(stop * 4096 + zone), kOrder);
      for (std::uint32_t i = count; i > 1; --i) std::swap(order_[i - 1], order_[draw.below(i)]);
    }
    return order_[rank];
  }

  static double comes_s(const show::Stop& stop, double quantile) {
    double below = 0;
    double at_s = stop.arrivals.empty() ? 0 : stop.arrivals.back().to.seconds();
    double from_s = at_s;
    for (const show::Stop::Arrivals& each : stop.arrivals) {
      if (quantile < below + each.share) {
        const double part = (quantile - below) / each.share;
        at_s = each.from.seconds() + part * (each.to - each.from).seconds();
        from_s = each.from.seconds();
        break;
      }
      below += each.share;
    }
    if (!stop.every) return at_s;
    // With the train that has just come.
    const double every_s = stop.every->seconds();
    return from_s + std::floor((at_s - from_s) / every_s) * every_s;
  }

  /// By capacity, spread evenly: steps of the golden ratio over the gates laid end to end, so that
  /// of any run of parties each gate gets nearly its part. Nothing is drawn: `salt` alone says
  /// where a company begins, in one of 97 places, lest all begin at the same gate.
  [[nodiscard]] std::uint16_t gate_of(const show::Zone& zone, std::uint32_t rank,
                                      std::uint64_t salt) const {
    if (said_.gates.empty()) return kNone;
    std::vector<std::uint32_t> gates;
    for (const show::GateId id : zone.by) gates.push_back(id.value);
    if (gates.empty()) {
      gates.resize(said_.gates.size());
      std::iota(gates.begin(), gates.end(), 0U);
    }
    double sum = 0;
    for (const std::uint32_t g : gates) sum += capacity(g);
    const double turn =
        std::fmod(rank * 0.6180339887498949 + static_cast<double>(salt % 97) / 97, 1.0);
    double below = 0;
    for (const std::uint32_t g : gates) {
      below += capacity(g) / sum;
      if (turn < below) return static_cast<std::uint16_t>(g);
    }
    return static_cast<std::uint16_t>(gates.back());
  }
  [[nodiscard]] double capacity(std::uint32_t gate) const {
    return said_.gates[gate].lanes / std::max(0.1, said_.gates[gate].service.seconds());
  }

  // ---- the day

  void times() {
    scene_.begin_s = kForever;
    for (const Spectator& each : scene_.people) {
      scene_.begin_s = std::min(scene_.begin_s, each.comes_s);
    }
    if (scene_.people.empty()) scene_.begin_s = said_.seated_by.seconds();
    scene_.begin_s = std::floor(scene_.begin_s);
    scene_.leave_s = said_.leave ? moments_.seconds(*said_.leave) : plan_.end.seconds();
    if (said_.circulation) {
      const auto& [from, to] = std::pair(said_.circulation->from, said_.circulation->to);
      scene_.circulation = {from ? moments_.seconds(*from) : said_.seated_by.seconds(),
                            to ? moments_.seconds(*to) : scene_.leave_s};
    }
    for (const show::Emergency& each : said_.emergencies) {
      scene_.emergency_s.push_back(moments_.seconds(each.from));
    }
  }

  const show::Show& show_;
  const show::Spectators& said_;
  const plan::Plan& plan_;
  SceneOptions options_;
  Moments moments_;
  Scene scene_;
  std::pair<std::size_t, std::size_t> order_key_{kNone, kNone};
  std::vector<std::uint32_t> order_;
};

std::vector<crowd::Period> since(const std::vector<DayPeriod>& periods, double begin_s) {
  std::vector<crowd::Period> all;
  for (const DayPeriod& each : periods) all.push_back({each.from_s - begin_s, each.to_s - begin_s});
  return all;
}

}  // namespace

Result<Scene> make_scene(const show::Show& show, const plan::Plan& plan,
                         const SceneOptions& options) {
  DEFILADA_CHECK(show.spectators && plan.feasible);
  return SceneMaker(show, plan, options).make();
}

crowd::Ground ground_at(const Scene& scene, double begin_s, std::optional<std::size_t> emergency) {
  crowd::Ground ground = scene.ground;
  const bool flight = emergency.has_value();
  for (std::size_t g = 0; g < ground.gates.size(); ++g) {
    // Nobody is searched on the way out.
    if (flight || begin_s >= scene.leave_s) ground.gates[g].service_s = 0;
    if (!flight) ground.gates[g].shut = since(scene.gate_shut[g], begin_s);
  }
  for (std::size_t c = 0; c < ground.closures.size() && !flight; ++c) {
    ground.closures[c].shut = since(scene.closure_shut[c], begin_s);
  }
  for (std::size_t e = 0; e < ground.exits.size(); ++e) {
    if (flight) {
      ground.exits[e].share.reset();
    } else {
      ground.exits[e].shut = since(scene.exit_shut[e], begin_s);
    }
  }
  if (flight) {
    const show::Emergency& what = scene.said->emergencies[*emergency];
    for (const show::WayOutId id : what.blocked) ground.exits[id.value].shut = {crowd::Period{}};
    for (const show::GateId id : what.blocked_gates)
      ground.gates[id.value].shut = {crowd::Period{}};
  }
  return ground;
}

}  // namespace defilada::spectators
