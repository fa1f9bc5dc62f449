// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/crowd/simulation.hpp"

/// Gates that serve: a person a lane at a time.
///
///      . . .  o o o o|  lane 0: the first stands at the line and is served,
///        . .    o o o|  lane 1  then let in; the next comes up
///      within 6 m: picks the lane that will serve soonest
namespace defilada::crowd {

class GateService {
 public:
  static constexpr std::uint32_t kNobody = 0xFFFFFFFFU;
  /// Who is this near to the line is served, and does not pass before.
  static constexpr double kStop_m = 0.35;
  static constexpr double kReach_m = 6;

  GateService(const Ground& ground, std::size_t people);

  /// What a walker near a gate does next. Reads only.
  struct Order {
    bool hold = false;     ///< stays where he is
    bool to_lane = false;  ///< goes to `lane` straight
    Vec2 lane;
    bool ask = false;  ///< wants a lane, or stands at the line: to be told to serve()
    std::uint32_t gate = 0;
  };
  /// `way`: the field that he follows; nullptr: only his wish says whether he goes through a gate.
  [[nodiscard]] Order order(std::uint32_t person, LevelId level, Vec2 at, Vec2 wish,
                            const Field* way) const;
  /// Gates that are shut for good from now on take nobody any more; who queued there goes on.
  void close(double time_s);
  /// Whether the person has a lane and is not let in yet.
  [[nodiscard]] bool waits(std::uint32_t person) const {
    return !visits_.empty() && visits_[person].gate != 0 && !visits_[person].let_in;
  }

  /// Whether the person has a lane and stands behind those who come next.
  [[nodiscard]] bool far_back(std::uint32_t person, Vec2 at) const;

  struct Request {
    std::uint32_t gate;
    std::uint32_t person;
    Vec2 at;
    double speed_mps;
  };
  /// Gives lanes in the order of requests; serves who has waited longest of those at the line.
  void serve(std::span<const Request> requests, double time_s);
  /// After the move: who crossed the line is through.
  void moved(std::uint32_t person, LevelId level, Vec2 was, Vec2 now, double time_s);
  /// Gives up a lane: the person goes elsewhere.
  void leave(std::uint32_t person);

  [[nodiscard]] std::span<const Passage> passages() const { return passages_; }
  [[nodiscard]] std::uint64_t queue(std::size_t gate) const;

 private:
  struct Lane {
    Vec2 at;
    std::uint32_t served = kNobody;
    double free_s = 0;
    std::uint32_t waiting = 0;  ///< assigned and not let in
    /// Of those who stand at the line in this step the one who has waited longest.
    std::uint32_t next = kNobody;
  };
  struct Visit {
    std::uint16_t gate = 0;  ///< 1 + index; 0: none
    std::uint16_t lane = 0;
    float since_s = 0;
    bool let_in = false;
  };
  [[nodiscard]] std::size_t pick_lane(std::size_t gate, const Request& request) const;

  /// Within which of a line somebody comes to the gate.
  struct Reach {
    Vec2 least;
    Vec2 most;
  };
  [[nodiscard]] static Reach reach_of(const Line& line);

  const Ground& ground_;
  std::vector<bool> closed_;              ///< (gates)
  std::vector<Reach> reach_;              ///< (gates)
  std::vector<std::vector<Lane>> lanes_;  ///< (gates); empty where nobody is served
  std::vector<Visit> visits_;             ///< (people)
  std::vector<Passage> passages_;         ///< (gates)
};

}  // namespace defilada::crowd
