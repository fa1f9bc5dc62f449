// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/crowd/simulation.hpp"

/// Who came together stays together: who is ahead of the last of his group walks slower, until he
/// all but waits.
///
///     o          o  o o      ──►     speed of who is ahead, by how far:
///     last        0.5 m .. 2 m       his own, then down to a little less than the last one's
namespace defilada::crowd {

class Groups {
 public:
  /// Numbers of groups are the callers'; groups of one are none.
  explicit Groups(std::span<const Person> people);

  [[nodiscard]] bool any() const { return !groups_.empty(); }
  /// Of whom the draws of his group are made: its first member; himself if he is alone.
  [[nodiscard]] std::uint32_t head(std::uint32_t person) const {
    return of(person) == Person::kAlone ? person : groups_[of(person)].head;
  }

  /// Begins to look who is the last of each group.
  void look();
  /// A walker who may be the last: his stage, how far his way is yet [s at 1 m/s], his speed.
  void see(std::uint32_t person, std::uint8_t stage, float to_go_s, float speed_mps);
  /// How fast he walks, who would walk at `speed_mps`. Law: at most that; at least that or
  /// kLeast_mps, so that nobody is waited for by people who stand in his way. Who is 15 m and more
  /// apart from the last, or in another stage, has lost him.
  [[nodiscard]] float together(std::uint32_t person, std::uint8_t stage, float to_go_s,
                               float speed_mps) const;

  static constexpr float kLeast_mps = 0.15F;

  /// Who is the last of each: is looked at now and then only.
  template <class Bytes>
  void keep(Bytes& bytes) {
    for (Group& group : groups_) bytes(group.stage, group.seen, group.to_go_s, group.speed_mps);
  }

 private:
  struct Group {
    std::uint32_t head;
    std::uint8_t stage;
    bool seen;
    float to_go_s;
    float speed_mps;
  };
  [[nodiscard]] std::uint32_t of(std::uint32_t person) const {
    return group_of_.empty() ? Person::kAlone : group_of_[person];
  }
  std::vector<std::uint32_t> group_of_;  ///< (people); empty if all are alone
  std::vector<Group> groups_;
};

}  // namespace defilada::crowd
