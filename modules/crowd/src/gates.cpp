// SPDX-License-Identifier: MIT
#include "gates.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gate_lines.hpp"
#include "routes.hpp"

namespace defilada::crowd {
namespace {

/// Nobody joins a queue that is longer than this before he has come near.
constexpr double kLongest_m = 100;
/// Lanes that are nearer have no queues beside each other.
constexpr double kApart_m = 0.45;
/// Who is this near to the end of a queue is its next; the first is served from there on: the
/// seconds of service are from one person to the next.
constexpr double kJoins_m = 1;
/// The same where the queue is drawn: who waits behind a line that was full gets the place from
/// there, lest all press on for it.
constexpr double kJoinsDrawn_m = 2.5;
/// Who is this far from his place may give it up.
constexpr double kLost_m = 2;
/// By so much somebody is nearer to a place who stands before another on the way to it.
constexpr double kBefore_m = 0.3;
/// This near to his place he stands.
constexpr double kAtPlace_m = 0.2;

double length_of(const Line& line) {
  double sum = 0;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) sum += geo::length(line[k + 1] - line[k]);
  return sum;
}

bool are_finite(const std::vector<float>& all) {
  return std::all_of(all.begin(), all.end(), [](float each) { return std::isfinite(each); });
}

Vec2 at_length(const Line& line, double along) {
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const double part = geo::length(line[k + 1] - line[k]);
    if (along <= part && part > 0) return line[k] + (along / part) * (line[k + 1] - line[k]);
    along -= part;
  }
  return line.back();
}

}  // namespace

GateService::Reach GateService::reach_of(const Line& line) {
  Reach reach = {line.front(), line.front()};
  for (const Vec2& p : line) {
    reach.least = {std::min(reach.least.x, p.x), std::min(reach.least.y, p.y)};
    reach.most = {std::max(reach.most.x, p.x), std::max(reach.most.y, p.y)};
  }
  const Vec2 about = {kLongest_m + kReach_m, kLongest_m + kReach_m};
  return {reach.least - about, reach.most + about};
}

GateService::GateService(const Ground& ground, std::size_t people)
    : ground_(ground),
      closed_(ground.gates.size(), false),
      lanes_(ground.gates.size()),
      shortest_m_(ground.gates.size(), 0),
      visits_(ground.gates.empty() ? 0 : people),
      at_x_(visits_.size()),
      at_y_(visits_.size()),
      passages_(ground.gates.size()) {
  for (std::size_t g = 0; g < ground.gates.size(); ++g) {
    const Gate& gate = ground.gates[g];
    reach_.push_back(reach_of(gate.line));
    if (gate.service_s <= 0) continue;
    const double length = length_of(gate.line);
    for (int k = 0; k < gate.lanes; ++k) {
      Lane& lane = lanes_[g].emplace_back();
      lane.at = at_length(gate.line, (k + 0.5) * length / gate.lanes);
      lane.across = unit_left(gate.line, lane.at);
      measure_room(ground, g, lane);
    }
    take_drawn_queues(g);
  }
}

/// By steps of one place, until somebody there would not stand on the ground, or beyond a barrier.
void GateService::measure_room(const Ground& ground, std::size_t gate, Lane& lane) const {
  const LevelId level = ground.gates[gate].level;
  const Gate& of = ground.gates[gate];
  const bool apart = length_of(of.line) >= kApart_m * of.lanes;
  const auto most = apart ? static_cast<std::uint32_t>(kLongest_m / kPitch_m) : 1U;
  for (const bool left : {false, true}) {
    std::uint32_t& room = lane.room[left ? 1 : 0];
    while (room < most && walkable(ground, level, place_of(lane, left, room)) &&
           (room == 0 ||
            !parted(ground, level, place_of(lane, left, room - 1), place_of(lane, left, room)))) {
      ++room;
    }
  }
}

Vec2 GateService::place_of(const Lane& lane, bool left, std::size_t place) const {
  if (!lane.drawn.empty() && left == lane.drawn_left) {
    return lane.drawn[std::min(place, lane.drawn.size() - 1)];
  }
  const double back = kFirst_m + kPitch_m * static_cast<double>(place);
  return lane.at + (left ? back : -back) * lane.across;
}

bool GateService::left_of(const Lane& lane, Vec2 at) const {
  return dot(at - lane.at, lane.across) > 0;
}

std::vector<Segment> GateService::queue_places(std::size_t gate) const {
  std::vector<Segment> places;
  for (const Lane& lane : lanes_[gate]) {
    for (const bool left : {false, true}) {
      const std::uint32_t room = lane.room[left ? 1 : 0];
      if (!lane.drawn.empty() && left == lane.drawn_left) {
        for (std::size_t k = 0; k < lane.drawn.size(); ++k) {
          places.push_back({k == 0 ? lane.at : lane.drawn[k - 1], lane.drawn[k]});
        }
      } else if (room > 0) {
        places.push_back({lane.at, place_of(lane, left, room - 1)});
      }
    }
  }
  return places;
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
    const std::size_t place = visit.place == kComing ? end_of(lane, visit.left) : visit.place;
    result.lane = place_of(lane, visit.left, place);
    const double away = square(result.lane - at);
    const Vec2 to_line = nearest(ground_.gates[g].line, at) - at;
    const bool at_line = square(to_line) <= kStop_m * kStop_m;
    const bool drawn = !lane.drawn.empty() && visit.left == lane.drawn_left;
    const bool at_head = feeds(g, visit.lane);
    // Nobody passes whose turn it is not.
    result.back = at_line && (visit.place != 0 || at_head);
    if (result.back) {
      result.lane = at + (visit.left ? 1.0 : -1.0) * lane.across;
    } else if (drawn && visit.place != kComing) {
      result.lane = along_drawn(lane, place, at);
    }
    if (visit.place == 0 && (at_head || lane.feeder != 0)) {
      // At the head of a queue of several lanes, or on from there to his own.
      result.in_queue = true;
      result.arrived = away <= kJoins_m * kJoins_m;
      result.hold = away <= kAtPlace_m * kAtPlace_m;
    } else if (visit.place == 0) {
      result.arrived = square(to_line) <= kJoins_m * kJoins_m;
      result.hold = at_line;
    } else if (visit.place == kComing) {
      result.in_queue = true;
      const double joins = drawn ? kJoinsDrawn_m : kJoins_m;
      result.arrived = away <= joins * joins && lane.queue.size() == place;
    } else {
      result.in_queue = true;
      result.hold = away <= kAtPlace_m * kAtPlace_m;
    }
    // He may be kept from the end of his queue, or from his place.
    result.ask = result.arrived || visit.place == kComing || away > kAtPlace_m * kAtPlace_m;
    result.to_lane = !result.hold;
    if (drawn && visit.place == kComing) return to_end_of_drawn(lane, place, level, at, result);
    if (result.to_lane && !result.back && parted(ground_, level, at, result.lane)) {
      // The way that he follows leads round the barrier.
      result.to_lane = result.in_queue = result.arrived = false;
    }
    return result;
  }
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    const Gate& gate = ground_.gates[g];
    if (lanes_[g].empty() || gate.level != level || closed_[g]) continue;
    const auto& [least, most] = reach_[g];
    if (at.x < least.x || at.y < least.y || at.x > most.x || at.y > most.y) continue;
    const Vec2 to_line = nearest(gate.line, at) - at;
    const double away = std::sqrt(square(to_line));
    if (way != nullptr && !gate.queues.empty() && joins_drawn(g, at, *way)) {
      result.ask = true;
      result.hold = away <= kStop_m;
      result.gate = static_cast<std::uint32_t>(g);
      return result;
    }
    if (away > kReach_m + shortest_m_[g] || dot(wish, to_line) <= 0) continue;
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
      for (Lane& lane : lanes_[g]) {
        lane.queue.clear();
        lane.serves = false;
        lane.coming = 0;
      }
      shortest_m_[g] = 0;
    }
    closed_[g] = closed;
  }
}

bool GateService::in_place(std::uint32_t person, Vec2 at) const {
  const Visit& visit = visits_[person];
  if (visit.gate == 0 || visit.let_in || visit.place == 0 || visit.place == kComing) return false;
  const Lane& lane = lanes_[visit.gate - 1U][visit.lane];
  return square(place_of(lane, visit.left, visit.place) - at) <= kAtPlace_m * kAtPlace_m;
}

bool GateService::far_back(std::uint32_t person) const {
  const Visit& visit = visits_[person];
  if (visit.gate == 0 || visit.let_in || visit.place != kComing) return false;
  const Lane& lane = lanes_[visit.gate - 1U][visit.lane];
  return end_of(lane, visit.left) < lane.queue.size();
}

std::size_t GateService::end_of(const Lane& lane, bool left) const {
  const std::uint32_t room = std::max(lane.room[left ? 1 : 0], 1U);
  return std::min<std::size_t>(lane.queue.size(), room - 1);
}

/// Where queues are drawn, those who come from their side take one of them.
GateService::Pick GateService::pick_lane(std::size_t gate, const Request& request) const {
  const auto is_drawn = [](const Lane& lane) { return !lane.drawn.empty(); };
  const auto drawn = std::find_if(lanes_[gate].begin(), lanes_[gate].end(), is_drawn);
  const bool takes_drawn =
      drawn != lanes_[gate].end() &&
      (left_of(*drawn, request.at) == drawn->drawn_left || beside_drawn(gate, request.at));
  Pick best;
  double least = 1e18;
  for (std::size_t k = 0; k < lanes_[gate].size(); ++k) {
    const Lane& lane = lanes_[gate][k];
    if (takes_drawn ? !is_drawn(lane) : feeds(gate, k)) continue;
    const bool left = takes_drawn ? lane.drawn_left : left_of(lane, request.at);
    const Vec2 end = place_of(lane, left, end_of(lane, left));
    const auto ahead = static_cast<double>(lane.queue.size() + lane.coming) / lane.lanes;
    const double cost = ahead * ground_.gates[gate].service_s +
                        geo::length(end - request.at) / std::max(request.speed_mps, 0.1);
    if (cost < least) {
      least = cost;
      best = {k, left};
    }
  }
  return best;
}

void GateService::turn_to_lane(const Request& request) {
  Visit& visit = visits_[request.person];
  const Pick pick = pick_lane(request.gate, request);
  visit.gate = static_cast<std::uint16_t>(request.gate + 1);
  visit.lane = static_cast<std::uint16_t>(pick.lane);
  visit.place = kComing;
  visit.left = pick.left;
  ++lanes_[request.gate][visit.lane].coming;
}

/// Those behind come up.
void GateService::give_up_place(std::uint32_t person) {
  Visit& visit = visits_[person];
  Lane& lane = lanes_[visit.gate - 1U][visit.lane];
  if (visit.place == kComing) {
    --lane.coming;
    return;
  }
  if (visit.place == 0) lane.serves = false;
  lane.queue.erase(lane.queue.begin() + visit.place);
  for (std::size_t k = visit.place; k < lane.queue.size(); ++k) {
    visits_[lane.queue[k]].place = static_cast<std::uint32_t>(k);
  }
  visit.place = kComing;
}

/// Who stands nearer to his place than he does, and is next in turn, is in his way or soon will be:
/// of two who came to the end of a queue at once, the later one may have got before the first. In
/// turn all would wait for him for ever.
bool GateService::change_places(const Request& request) {
  Visit& visit = visits_[request.person];
  Lane& lane = lanes_[request.gate][visit.lane];
  if (visit.place + 1 >= lane.queue.size() || (visit.place == 0 && lane.serves)) return false;
  const Vec2 place = place_of(lane, visit.left, visit.place);
  const std::uint32_t next = lane.queue[visit.place + 1];
  const Vec2 other = {double{at_x_[next]}, double{at_y_[next]}};
  if (visits_[next].left != visit.left ||
      geo::length(other - place) + kBefore_m > geo::length(request.at - place)) {
    return false;
  }
  std::swap(lane.queue[visit.place], lane.queue[visit.place + 1]);
  visits_[next].place = visit.place++;
  return true;
}

void GateService::take_request(const Request& request, double time_s) {
  Visit& visit = visits_[request.person];
  if (visit.let_in) return;
  if (visit.gate == 0) {
    visit.since_s = static_cast<float>(time_s);
    turn_to_lane(request);
    return;
  }
  Lane& lane = lanes_[request.gate][visit.lane];
  if (visit.place == 0 && request.arrived) {
    lane.ready = true;
  } else if (request.arrived) {
    const auto rank = [&](std::uint32_t person) {
      return std::pair(visits_[person].since_s, person);
    };
    if (lane.next == kNobody || rank(request.person) < rank(lane.next)) {
      lane.next = request.person;
    }
  } else if (request.kept && visit.place != kComing && change_places(request)) {
    return;
  } else if (request.kept && lane.next != request.person && lane.feeder == 0 &&
             (visit.place == kComing ||
              square(place_of(lane, visit.left, visit.place) - request.at) > kLost_m * kLost_m)) {
    // Others stand between him and his place: lest all behind wait for him, he gives it up and
    // takes the next at the end of a queue that he comes to.
    give_up_place(request.person);
    turn_to_lane(request);
  }
}

void GateService::serve(std::span<const Request> requests, double time_s) {
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    for (Lane& lane : lanes_[g]) {
      if (!lane.serves || time_s < lane.free_s) continue;
      const std::uint32_t person = lane.queue.front();
      give_up_place(person);
      visits_[person].let_in = true;
    }
  }
  for (const Request& request : requests) take_request(request, time_s);
  for (std::size_t g = 0; g < lanes_.size(); ++g) {
    feed(g, time_s);
    const bool shut = holds(ground_.gates[g].shut, time_s);
    std::size_t shortest = lanes_[g].empty() ? 0 : SIZE_MAX;
    for (Lane& lane : lanes_[g]) {
      if (const std::uint32_t next = std::exchange(lane.next, kNobody); next != kNobody) {
        visits_[next].place = static_cast<std::uint32_t>(lane.queue.size());
        lane.queue.push_back(next);
        --lane.coming;
      }
      if (std::exchange(lane.ready, false) && !lane.serves && !shut) {
        lane.serves = true;
        lane.free_s = time_s + ground_.gates[g].service_s;
      }
      if (ground_.gates[g].queues.empty() || !lane.drawn.empty()) {
        shortest = std::min(shortest, lane.queue.size());
      }
    }
    shortest_m_[g] = std::min(kLongest_m, kPitch_m * static_cast<double>(shortest));
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
  if (visit.gate != 0 && !visit.let_in) give_up_place(person);
  visit = {};
}

bool GateService::sound(std::size_t people) const {
  const std::size_t gates = ground_.gates.size();
  if (closed_.size() != gates || shortest_m_.size() != gates || passages_.size() != gates ||
      visits_.size() != (gates == 0 ? 0 : people) || at_x_.size() != visits_.size() ||
      at_y_.size() != visits_.size() || !are_finite(at_x_) || !are_finite(at_y_)) {
    return false;
  }
  std::size_t queued = 0;
  for (std::size_t g = 0; g < gates; ++g) {
    if (!(shortest_m_[g] >= 0 && shortest_m_[g] <= kLongest_m)) return false;
    for (std::size_t k = 0; k < lanes_[g].size(); ++k) {
      const Lane& lane = lanes_[g][k];
      if (lane.serves && (lane.queue.empty() || feeds(g, k))) return false;
      for (std::size_t place = 0; place < lane.queue.size(); ++place) {
        if (lane.queue[place] >= people) return false;
        const Visit& visit = visits_[lane.queue[place]];
        if (visit.gate != g + 1 || visit.lane != k || visit.place != place || visit.let_in) {
          return false;
        }
      }
      queued += lane.queue.size();
    }
  }
  const auto is_sound = [&](const Visit& visit) {
    if (visit.gate == 0) return true;
    if (visit.gate > gates || visit.lane >= lanes_[visit.gate - 1U].size()) return false;
    if (!visit.let_in && visit.place != kComing) --queued;
    return true;
  };
  return std::all_of(visits_.begin(), visits_.end(), is_sound) && queued == 0;
}

std::uint64_t GateService::queue(std::size_t gate) const {
  std::uint64_t sum = 0;
  for (const Lane& lane : lanes_[gate]) sum += lane.queue.size() + lane.coming;
  return sum;
}

}  // namespace defilada::crowd
