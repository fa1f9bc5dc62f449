// SPDX-License-Identifier: MIT
#include "groups.hpp"

#include <algorithm>
#include <unordered_map>

namespace defilada::crowd {

Groups::Groups(std::span<const Person> people) {
  std::unordered_map<std::uint32_t, std::uint32_t> members;
  for (const Person& person : people) {
    if (person.group != Person::kAlone) ++members[person.group];
  }
  if (members.empty()) return;
  group_of_.assign(people.size(), Person::kAlone);
  std::unordered_map<std::uint32_t, std::uint32_t> index;
  for (std::uint32_t k = 0; k < people.size(); ++k) {
    const std::uint32_t number = people[k].group;
    if (number == Person::kAlone || members[number] < 2) continue;
    const auto [at, added] = index.try_emplace(number, static_cast<std::uint32_t>(groups_.size()));
    if (added) groups_.push_back({k, 0, false, 0, 0});
    group_of_[k] = at->second;
  }
}

void Groups::look() {
  for (Group& group : groups_) group.seen = false;
}

void Groups::see(std::uint32_t person, std::uint8_t stage, float to_go_s, float speed_mps) {
  if (of(person) == Person::kAlone) return;
  Group& group = groups_[of(person)];
  const bool later =
      group.seen && (stage > group.stage || (stage == group.stage && to_go_s <= group.to_go_s));
  if (!later) group = {group.head, stage, true, to_go_s, speed_mps};
}

float Groups::together(std::uint32_t person, std::uint8_t stage, float to_go_s,
                       float speed_mps) const {
  constexpr float kBeside_m = 0.5F;
  constexpr float kAhead_m = 2;
  constexpr float kLost_m = 15;
  constexpr float kSlower = 0.8F;
  if (of(person) == Person::kAlone) return speed_mps;
  const Group& group = groups_[of(person)];
  const float ahead = group.to_go_s - to_go_s;
  if (!group.seen || group.stage != stage || !(ahead > kBeside_m && ahead < kLost_m)) {
    return speed_mps;
  }
  const float own = std::max(0.0F, (kAhead_m - ahead) / (kAhead_m - kBeside_m));
  const float waits = std::min(speed_mps, std::max(kLeast_mps, kSlower * group.speed_mps));
  return own * speed_mps + (1 - own) * waits;
}

}  // namespace defilada::crowd
