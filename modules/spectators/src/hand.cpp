// SPDX-License-Identifier: MIT
#include "defilada/spectators/hand.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/geo/polygon.hpp"
#include "defilada/spectators/fluid.hpp"

namespace defilada::spectators {
namespace {

double length_of(const std::vector<Vec2>& line) {
  double sum = 0;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) sum += geo::length(line[k + 1] - line[k]);
  return sum;
}

/// From its opening, or the first who comes, until it shuts or everybody is to be seated.
DayPeriod open_of(const Scene& scene, std::size_t gate) {
  DayPeriod open{scene.begin_s, scene.said->seated_by.seconds()};
  for (const DayPeriod& shut : scene.gate_shut[gate]) {
    if (std::isinf(shut.from_s)) open.from_s = std::max(open.from_s, shut.to_s);
    if (std::isinf(shut.to_s)) open.to_s = std::min(open.to_s, shut.from_s);
  }
  return open;
}

/// The longest of the queue as a fluid, and how long who comes then waits.
void longest_queue(const Scene& scene, std::size_t gate, const DayPeriod& open, double per_s,
                   HandGate& out) {
  const Curve queue = queue_by_hand(scene, gate);
  for (std::size_t k = 0; k < queue.size(); ++k) {
    if (queue[k] <= out.most_queue) continue;
    const double now_s = scene.begin_s + 60 * static_cast<double>(k);
    out.most_queue = queue[k];
    out.most_queue_s = now_s;
    out.longest_wait_s = queue[k] / per_s + std::max(0.0, open.from_s - now_s);
  }
}

HandGate gate_by_hand(const Scene& scene, std::size_t gate) {
  const crowd::Gate& what = scene.ground.gates[gate];
  HandGate out;
  out.lanes = what.lanes;
  const DayPeriod open = open_of(scene, gate);
  out.hours = std::max(0.0, open.to_s - open.from_s) / 3600;
  out.per_hour = what.service_s > 0 ? 3600 / what.service_s : 0;
  for (const Spectator& each : scene.people) out.people += each.gate == gate ? 1 : 0;
  if (out.per_hour <= 0) return out;
  const double each = out.per_hour * out.hours;
  // A lane is not asked for because of a rounding error.
  out.lanes_needed =
      each > 0 ? static_cast<int>(std::ceil(static_cast<double>(out.people) / each - 1e-9)) : 0;
  longest_queue(scene, gate, open, what.lanes / what.service_s, out);
  return out;
}

bool is_blocked(const show::Emergency& emergency, std::size_t exit) {
  return std::any_of(emergency.blocked.begin(), emergency.blocked.end(),
                     [&](show::WayOutId id) { return id.value == exit; });
}

std::int64_t whole(double people) {
  return static_cast<std::int64_t>(std::floor(people));
}

}  // namespace

Curve queue_by_hand(const Scene& scene, std::size_t gate) {
  const crowd::Gate& what = scene.ground.gates[gate];
  if (what.service_s <= 0) return {};
  const double per_s = what.lanes / what.service_s;
  const DayPeriod open = open_of(scene, gate);
  std::vector<double> comes;
  for (const Spectator& each : scene.people) {
    if (each.gate == gate) comes.push_back(each.comes_s);
  }
  std::sort(comes.begin(), comes.end());
  Curve queue;
  double served = 0;
  std::size_t come = 0;
  for (double now_s = scene.begin_s; now_s < open.to_s; now_s += 60) {
    while (come < comes.size() && comes[come] <= now_s) ++come;
    if (now_s > open.from_s) served = std::min(served + 60 * per_s, static_cast<double>(come));
    queue.push_back(static_cast<std::uint32_t>(static_cast<double>(come) - served));
  }
  return queue;
}

Hand by_hand(const show::Show& show, const Scene& scene) {
  const show::Spectators& said = *scene.said;
  Hand hand;
  hand.hours = (said.seated_by.seconds() - scene.begin_s) / 3600;
  double entry = 0;
  double entry_an_hour = 0;
  for (std::size_t g = 0; g < scene.ground.gates.size(); ++g) {
    const HandGate& gate = hand.gates.emplace_back(gate_by_hand(scene, g));
    hand.lanes += gate.lanes;
    entry_an_hour += gate.lanes * gate.per_hour;
    entry += gate.lanes * gate.per_hour * gate.hours;
  }
  hand.entry_an_hour = whole(entry_an_hour);
  hand.entry = whole(entry);
  const auto people = static_cast<double>(scene.people.size());
  if (hand.lanes > 0 && hand.hours > 0 && entry_an_hour > 0) {
    const double per_lane = entry_an_hour / hand.lanes * hand.hours;
    hand.lanes_needed = static_cast<int>(std::ceil(people / per_lane - 1e-9));
  }
  double out_a_minute = 0;
  for (const crowd::Exit& each : scene.ground.exits) {
    HandExit& exit = hand.exits.emplace_back();
    exit.width_m = length_of(std::get<crowd::Line>(each.shape));
    exit.per_minute = kRatePerMetreMinute * exit.width_m;
    if (each.persons_per_second) {
      exit.per_minute = std::min(exit.per_minute, 60 * *each.persons_per_second);
    }
    out_a_minute += exit.per_minute;
  }
  double standing_m2 = 0;
  for (const show::Zone& zone : said.zones) {
    hand.holding += show[zone.area].capacity.value_or(zone.people);
    standing_m2 += geo::area(show[zone.area].polygon);
  }
  hand.standing = whole(kStandingPerM2 * standing_m2);
  hand.exit = whole(out_a_minute * said.limits.clear.seconds() / 60);
  hand.safe = std::min(hand.holding, hand.exit);
  if (hand.lanes > 0 && entry_an_hour > 0) hand.safe = std::min(hand.safe, hand.entry);
  for (const show::Emergency& each : said.emergencies) {
    HandEmergency& emergency = hand.emergencies.emplace_back();
    for (std::size_t e = 0; e < hand.exits.size(); ++e) {
      if (!is_blocked(each, e)) emergency.per_minute += hand.exits[e].per_minute;
    }
    emergency.clears_s = emergency.per_minute > 0 ? 60 * people / emergency.per_minute : 0;
    emergency.capacity = whole(emergency.per_minute * each.within->seconds() / 60);
    hand.safe = std::min(hand.safe, emergency.capacity);
    hand.emergency = &each == &said.emergencies.front()
                         ? emergency.capacity
                         : std::min(hand.emergency, emergency.capacity);
  }
  return hand;
}

}  // namespace defilada::spectators
