// SPDX-License-Identifier: MIT
// Queues that are drawn: where people stand on them, how they come to their end, which lanes they
// feed.
#include <algorithm>
#include <cmath>
#include <utility>

#include "gate_lines.hpp"
#include "gates.hpp"
#include "routes.hpp"

namespace defilada::crowd {
namespace {

/// From the line to the first place of a queue that feeds several lanes: before it people walk to
/// theirs.
constexpr double kHead_m = 1.5;
/// Of the grid on which ways lead round queues: on large grounds coarser than the ways themselves.
constexpr std::size_t kNodesMost = 500'000;
/// This near to a drawn queue somebody walks beside it.
constexpr double kBesideQueue_m = 1;

/// Where people wait who find no place on the line.
Vec2 behind_the_end(const Ground& ground, LevelId level, const std::vector<Vec2>& places) {
  constexpr double kBehind_m = 1.2;
  const Vec2 last = places.back();
  if (places.size() < 2) return last;
  const Vec2 back = last - places[places.size() - 2];
  const Vec2 behind = last + (kBehind_m / geo::length(back)) * back;
  return walkable(ground, level, behind) && !parted(ground, level, last, behind) ? behind : last;
}

}  // namespace

/// Each lane is of the queue that begins nearest to it. A queue of one lane is that lane's own.
void GateService::take_drawn_queues(std::size_t g) {
  const Gate& gate = ground_.gates[g];
  std::vector<std::vector<std::size_t>> lanes_of(gate.queues.size());
  for (std::size_t k = 0; k < lanes_[g].size() && !lanes_of.empty(); ++k) {
    const auto away = [&](const DrawnQueue& queue) {
      return square(queue.line.front() - lanes_[g][k].at);
    };
    const auto nearest = std::min_element(
        gate.queues.begin(), gate.queues.end(),
        [&](const DrawnQueue& a, const DrawnQueue& b) { return away(a) < away(b); });
    lanes_of[static_cast<std::size_t>(nearest - gate.queues.begin())].push_back(k);
  }
  for (std::size_t q = 0; q < gate.queues.size(); ++q) {
    const Line& line = gate.queues[q].line;
    if (lanes_of[q].empty()) continue;
    const bool fed = lanes_of[q].size() > 1;
    Lane own;
    own.at = nearest(gate.line, line.front());
    own.across = unit_left(gate.line, own.at);
    Lane& lane = fed ? own : lanes_[g][lanes_of[q].front()];
    lane.drawn = places_along(ground_, gate.level, line, fed ? kHead_m : kFirst_m);
    lane.drawn_left = left_of(lane, lane.drawn.front());
    lane.behind = behind_the_end(ground_, gate.level, lane.drawn);
    lane.room[lane.drawn_left ? 1 : 0] = static_cast<std::uint32_t>(lane.drawn.size());
    lane.about = {lane.drawn.front(), lane.drawn.front()};
    for (const Vec2& p : lane.drawn) {
      lane.about.least = {std::min(lane.about.least.x, p.x - kReach_m),
                          std::min(lane.about.least.y, p.y - kReach_m)};
      lane.about.most = {std::max(lane.about.most.x, p.x + kReach_m),
                         std::max(lane.about.most.y, p.y + kReach_m)};
    }
    auto& [least, most] = reach_[g];
    least = {std::min(least.x, lane.about.least.x), std::min(least.y, lane.about.least.y)};
    most = {std::max(most.x, lane.about.most.x), std::max(most.y, lane.about.most.y)};
    if (!fed) continue;
    lane.lanes = static_cast<std::uint16_t>(lanes_of[q].size());
    for (const std::size_t k : lanes_of[q]) {
      lanes_[g][k].feeder = static_cast<std::uint16_t>(lanes_[g].size() + 1);
    }
    lanes_[g].push_back(std::move(own));
  }
}

bool GateService::beside_drawn(std::size_t gate, Vec2 at) const {
  return std::any_of(lanes_[gate].begin(), lanes_[gate].end(), [&](const Lane& lane) {
    if (lane.drawn.empty() || !within(lane.about, at)) return false;
    const std::size_t end = end_of(lane, lane.drawn_left);
    if (square(lane.drawn[end] - at) <= kReach_m * kReach_m) return true;
    return std::any_of(
        lane.drawn.begin(), lane.drawn.begin() + static_cast<std::ptrdiff_t>(end),
        [&](Vec2 place) { return square(place - at) <= kBesideQueue_m * kBesideQueue_m; });
  });
}

/// A way through the gate is as long as the way to it at least; one through another gate near by
/// is shorter than that.
bool GateService::joins_drawn(std::size_t g, Vec2 at, const Field& way) const {
  constexpr double kStraight = 0.9;
  constexpr double kSlack_s = 1;
  if (!beside_drawn(g, at)) return false;
  const Gate& gate = ground_.gates[g];
  const Vec2 q = nearest(gate.line, at);
  const auto time = [&](Vec2 p) {
    return double{way.time(gate.level, static_cast<float>(p.x), static_cast<float>(p.y))};
  };
  const auto drawn = std::find_if(lanes_[g].begin(), lanes_[g].end(),
                                  [](const Lane& lane) { return !lane.drawn.empty(); });
  const double longer_s = time(at) - time(q);
  return longer_s > 0 && longer_s >= kStraight * geo::length(at - q) - kSlack_s &&
         leads_through(way, gate, drawn->drawn.front(), q);
}

Vec2 GateService::along_drawn(const Lane& lane, std::size_t place, Vec2 at) const {
  constexpr std::size_t kBehind = 12;  // places: who falls further behind has lost his
  const std::size_t last = std::min(lane.drawn.size(), place + kBehind);
  std::size_t nearest = place;
  for (std::size_t k = place; k < last; ++k) {
    if (square(lane.drawn[k] - at) < square(lane.drawn[nearest] - at)) nearest = k;
  }
  return lane.drawn[nearest > place ? nearest - 1 : place];
}

/// From the head of a drawn queue to a lane that is free, or will be when he is there: so that
/// lanes let in as many an hour as without.
void GateService::feed(std::size_t gate, double time_s) {
  constexpr double kWalk_mps = 1;
  for (std::size_t q = static_cast<std::size_t>(ground_.gates[gate].lanes); q < lanes_[gate].size();
       ++q) {
    Lane& queue = lanes_[gate][q];
    if (!std::exchange(queue.ready, false) || queue.queue.empty()) continue;
    std::size_t best = q;
    double least_s = 1e18;
    for (std::size_t k = 0; k < q; ++k) {
      const Lane& lane = lanes_[gate][k];
      if (lane.feeder != q + 1 || lane.queue.size() > 1) continue;
      const double walk_s =
          geo::length(place_of(lane, queue.drawn_left, 0) - queue.drawn.front()) / kWalk_mps;
      const double wait_s = lane.queue.empty() ? 0 : lane.free_s - time_s;
      if (!lane.queue.empty() && (!lane.serves || wait_s > walk_s)) continue;
      if (walk_s + wait_s >= least_s) continue;
      least_s = walk_s + wait_s;
      best = k;
    }
    if (best == q) continue;
    const std::uint32_t person = queue.queue.front();
    give_up_place(person);
    Lane& lane = lanes_[gate][best];
    visits_[person].lane = static_cast<std::uint16_t>(best);
    visits_[person].place = static_cast<std::uint32_t>(lane.queue.size());
    lane.queue.push_back(person);
  }
}

/// Ways to the end of each line round those who may stand on it.
void GateService::find_ways(const Ground& open, const GridOptions& options) {
  ways_to_end_.clear();
  grid_round_queues_.reset();
  Ground round = open;
  std::vector<Destination> ends;
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    for (Lane& lane : lanes_[g]) {
      if (lane.drawn.size() < 2) continue;
      const LevelId level = open.gates[g].level;
      round.barriers.push_back(
          {.name = "", .level = level, .line = lane.drawn, .one_way = false, .span = {}});
      lane.way_to_end = static_cast<std::uint32_t>(ends.size());
      ends.push_back({{{level, Line{lane.drawn.back(), lane.behind}, 0}}});
    }
  }
  if (ends.empty()) return;
  GridOptions coarse = options;
  coarse.nodes_max = std::min(coarse.nodes_max, kNodesMost);
  auto grid = FieldGrid::make(round, coarse);
  if (!grid) return;
  grid_round_queues_ = std::make_unique<FieldGrid>(std::move(*grid));
  for (auto& field : travel_times(*grid_round_queues_, ends)) {
    ways_to_end_.push_back(field ? std::make_unique<Field>(std::move(*field)) : nullptr);
  }
}

/// Whether the straight way meets those who stand in the queue, but for the last of them.
bool GateService::meets_queue(const Lane& lane, std::size_t end, Vec2 from, Vec2 to) {
  for (std::size_t k = 0; k + 2 < end; ++k) {
    if (crosses({lane.drawn[k], lane.drawn[k + 1]}, from, to)) return true;
  }
  return false;
}

/// Whether it meets those who stand in another drawn queue of that level.
bool GateService::meets_others(const Lane& own, LevelId level, Vec2 from, Vec2 to) const {
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    if (ground_.gates[g].level != level || ground_.gates[g].queues.empty()) continue;
    for (const Lane& lane : lanes_[g]) {
      if (&lane == &own || lane.drawn.empty() || !within(lane.about, from)) continue;
      const std::size_t stand = std::min(lane.queue.size(), lane.drawn.size());
      for (std::size_t k = 0; k + 1 < stand; ++k) {
        if (crosses({lane.drawn[k], lane.drawn[k + 1]}, from, to)) return true;
      }
    }
  }
  return false;
}

/// Straight, where nothing is between; along the line, who has come to it; else round it.
GateService::Order GateService::to_end_of_drawn(const Lane& lane, std::size_t end, LevelId level,
                                                Vec2 at, Order order) const {
  if (order.back) return order;
  if (lane.queue.size() > end) order.lane = lane.behind;
  const auto clear = [&](Vec2 to) {
    return (!grid_ || !grid_->meets_wall(level, at, to)) && !meets_queue(lane, end, at, to) &&
           !meets_others(lane, level, at, to);
  };
  if (clear(order.lane)) return order;
  order.in_queue = order.arrived = false;
  std::size_t beside = lane.drawn.size();
  double least = kBesideQueue_m * kBesideQueue_m;
  for (std::size_t k = end + 1; k < lane.drawn.size(); ++k) {
    const double away = square(lane.drawn[k] - at);
    if (away >= least || !clear(lane.drawn[k - 1])) continue;
    least = away;
    beside = k;
  }
  if (beside < lane.drawn.size()) {
    order.lane = lane.drawn[beside - 1];
    return order;
  }
  const Field* const way =
      lane.way_to_end < ways_to_end_.size() ? ways_to_end_[lane.way_to_end].get() : nullptr;
  const Direction on =
      way == nullptr ? Direction{}
                     : way->direction(level, static_cast<float>(at.x), static_cast<float>(at.y));
  if (on.x == 0 && on.y == 0) {
    order.to_lane = false;  // the way that he follows leads round what is between
  } else {
    order.lane = at + Vec2{double{on.x}, double{on.y}};
  }
  return order;
}

}  // namespace defilada::crowd
