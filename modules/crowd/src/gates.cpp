// SPDX-License-Identifier: MIT
#include "gates.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "routes.hpp"

namespace defilada::crowd {
namespace {

double length_of(const Line& line) {
  double sum = 0;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) sum += geo::length(line[k + 1] - line[k]);
  return sum;
}

Vec2 at_length(const Line& line, double along) {
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const double part = geo::length(line[k + 1] - line[k]);
    if (along <= part && part > 0) return line[k] + (along / part) * (line[k + 1] - line[k]);
    along -= part;
  }
  return line.back();
}

double square(Vec2 a) {
  return dot(a, a);
}

Vec2 nearest(const Line& line, Vec2 p) {
  Vec2 best = line.front();
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Vec2 along = line[k + 1] - line[k];
    const double t = std::clamp(dot(p - line[k], along) / dot(along, along), 0.0, 1.0);
    const Vec2 q = line[k] + t * along;
    if (square(q - p) < square(best - p)) best = q;
  }
  return best;
}

/// Whether the way goes on beyond the line, for who is at `q` on it and comes from `at`: those who
/// walk along a fence do not stop at the gates in it.
bool leads_through(const Field& way, const Gate& gate, Vec2 at, Vec2 q) {
  constexpr double kBeside_m = 0.6;
  const Vec2 along = gate.line.back() - gate.line.front();
  Vec2 across = geo::left_of(along);
  const double length = geo::length(across);
  if (length <= 0) return true;
  across = ((dot(across, at - q) > 0 ? -kBeside_m : kBeside_m) / length) * across;
  const auto time = [&](Vec2 p) {
    return way.time(gate.level, static_cast<float>(p.x), static_cast<float>(p.y));
  };
  return time(q + across) < time(q - across);
}

}  // namespace

GateService::Reach GateService::reach_of(const Line& line) {
  Reach reach = {line.front(), line.front()};
  for (const Vec2& p : line) {
    reach.least = {std::min(reach.least.x, p.x), std::min(reach.least.y, p.y)};
    reach.most = {std::max(reach.most.x, p.x), std::max(reach.most.y, p.y)};
  }
  const Vec2 about = {kReach_m, kReach_m};
  return {reach.least - about, reach.most + about};
}

GateService::GateService(const Ground& ground, std::size_t people)
    : ground_(ground),
      closed_(ground.gates.size(), false),
      lanes_(ground.gates.size()),
      visits_(ground.gates.empty() ? 0 : people),
      passages_(ground.gates.size()) {
  for (std::size_t g = 0; g < ground.gates.size(); ++g) {
    const Gate& gate = ground.gates[g];
    reach_.push_back(reach_of(gate.line));
    if (gate.service_s <= 0) continue;
    const double length = length_of(gate.line);
    for (int k = 0; k < gate.lanes; ++k) {
      lanes_[g].push_back({at_length(gate.line, (k + 0.5) * length / gate.lanes)});
    }
  }
}

GateService::Order GateService::order(std::uint32_t person, LevelId level, Vec2 at, Vec2 wish,
                                      const Field* way) const {
  Order result;
  const Visit& visit = visits_[person];
  if (visit.gate != 0) {
    const std::size_t g = visit.gate - 1U;
    const Lane& lane = lanes_[g][visit.lane];
    result.gate = static_cast<std::uint32_t>(g);
    result.lane = lane.at;
    if (visit.let_in) {
      // On through the line: his lane until he is across.
      return result;
    }
    const Vec2 to_line = nearest(ground_.gates[g].line, at) - at;
    result.hold = square(to_line) <= kStop_m * kStop_m;
    result.ask = result.hold;
    result.to_lane = !result.hold;
    return result;
  }
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    const Gate& gate = ground_.gates[g];
    if (lanes_[g].empty() || gate.level != level || closed_[g]) continue;
    const auto& [least, most] = reach_[g];
    if (at.x < least.x || at.y < least.y || at.x > most.x || at.y > most.y) continue;
    const Vec2 to_line = nearest(gate.line, at) - at;
    const double away = std::sqrt(square(to_line));
    if (away > kReach_m || dot(wish, to_line) <= 0) continue;
    // The wish has to lead through this line, not past it.
    const double ahead = dot(wish, to_line);
    const Vec2 goal = at + (away * away / std::max(ahead, 0.2 * away)) * wish;
    if (square(nearest(gate.line, goal) - goal) > 1.5 * 1.5) continue;
    if (way != nullptr && !leads_through(*way, gate, at, nearest(gate.line, goal))) continue;
    result.ask = true;
    result.hold = away <= kStop_m;
    result.gate = static_cast<std::uint32_t>(g);
    return result;
  }
  return result;
}

void GateService::close(double time_s) {
  for (std::size_t g = 0; g < closed_.size(); ++g) {
    const auto& shut = ground_.gates[g].shut;
    const bool closed = std::any_of(shut.begin(), shut.end(), [&](const Period& period) {
      return period.from_s <= time_s && period.to_s > time_s && std::isinf(period.to_s);
    });
    if (closed && !closed_[g]) {
      for (Visit& visit : visits_) {
        if (visit.gate == g + 1) visit = {};
      }
      for (Lane& lane : lanes_[g]) lane = {lane.at};
    }
    closed_[g] = closed;
  }
}

bool GateService::far_back(std::uint32_t person, Vec2 at) const {
  constexpr double kNext_m = 1.5;
  const Visit& visit = visits_[person];
  if (visit.gate == 0 || visit.let_in) return false;
  const Line& line = ground_.gates[visit.gate - 1U].line;
  return square(nearest(line, at) - at) > kNext_m * kNext_m;
}

std::size_t GateService::pick_lane(std::size_t gate, const Request& request) const {
  std::size_t best = 0;
  double least = 1e18;
  for (std::size_t k = 0; k < lanes_[gate].size(); ++k) {
    const Lane& lane = lanes_[gate][k];
    const double cost = lane.waiting * ground_.gates[gate].service_s +
                        geo::length(lane.at - request.at) / std::max(request.speed_mps, 0.1);
    if (cost < least) {
      least = cost;
      best = k;
    }
  }
  return best;
}

void GateService::serve(std::span<const Request> requests, double time_s) {
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    for (Lane& lane : lanes_[g]) {
      if (lane.served == kNobody || time_s < lane.free_s) continue;
      visits_[lane.served].let_in = true;
      lane.served = kNobody;
      --lane.waiting;
    }
  }
  for (const Request& request : requests) {
    Visit& visit = visits_[request.person];
    if (visit.gate == 0) {
      visit.gate = static_cast<std::uint16_t>(request.gate + 1);
      visit.lane = static_cast<std::uint16_t>(pick_lane(request.gate, request));
      visit.since_s = static_cast<float>(time_s);
      visit.let_in = false;
      ++lanes_[request.gate][visit.lane].waiting;
      continue;
    }
    Lane& lane = lanes_[request.gate][visit.lane];
    if (visit.let_in || lane.served != kNobody) continue;
    if (lane.next == kNobody || std::pair(visit.since_s, request.person) <
                                    std::pair(visits_[lane.next].since_s, lane.next)) {
      lane.next = request.person;
    }
  }
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    const bool shut = holds(ground_.gates[g].shut, time_s);
    for (Lane& lane : lanes_[g]) {
      const std::uint32_t next = std::exchange(lane.next, kNobody);
      if (next == kNobody || shut) continue;
      lane.served = next;
      lane.free_s = time_s + ground_.gates[g].service_s;
    }
  }
}

void GateService::moved(std::uint32_t person, LevelId level, Vec2 was, Vec2 now, double time_s) {
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    const Gate& gate = ground_.gates[g];
    if (gate.level != level || lanes_[g].empty()) continue;
    const auto& [least, most] = reach_[g];
    if (now.x < least.x || now.y < least.y || now.x > most.x || now.y > most.y) continue;
    bool through = false;
    for (std::size_t k = 0; k + 1 < gate.line.size(); ++k) {
      through = through || crosses({gate.line[k], gate.line[k + 1]}, was, now);
    }
    if (!through) continue;
    Passage& passage = passages_[g];
    const Visit visit = visits_[person];
    leave(person);
    if (passage.persons++ == 0) passage.first_s = time_s;
    passage.last_s = time_s;
    if (visit.gate != g + 1) continue;
    const double waited = time_s - visit.since_s;
    passage.waited_s += waited;
    passage.longest_wait_s = std::max(passage.longest_wait_s, waited);
  }
}

void GateService::leave(std::uint32_t person) {
  if (visits_.empty()) return;
  Visit& visit = visits_[person];
  if (visit.gate != 0 && !visit.let_in) {
    Lane& lane = lanes_[visit.gate - 1U][visit.lane];
    if (lane.served == person) lane.served = kNobody;
    --lane.waiting;
  }
  visit = {};
}

std::uint64_t GateService::queue(std::size_t gate) const {
  std::uint64_t sum = 0;
  for (const Lane& lane : lanes_[gate]) sum += lane.waiting;
  return sum;
}

}  // namespace defilada::crowd
