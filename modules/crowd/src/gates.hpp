// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "defilada/crowd/simulation.hpp"

/// Gates that serve: a person a lane at a time, who came first first.
///
///      .      o o o o|  lane 0: the first stands at the line and is served, then let in; the
///      others
///        .    o o o o|  lane 1  stand behind, each at his place, and come up
///      6 m behind the shortest queue: picks the lane that will serve soonest, goes to its end
///
/// A lane's queue stands straight back from it as far as the ground reaches, or along the line that
/// is drawn for it; who comes later waits behind it as he can, and keeps his turn. A drawn queue of
/// several lanes is one queue: its first goes to the lane that is free, or will be when he is
/// there.
///
///      o o o o o o o o o)  a serpentine: places 0.6 m apart, as the crow flies
///      (o o o o o o o o o
///       o o o o o ─► head ──► o| lane 0
///                       └───► o| lane 1
namespace defilada::crowd {

template <class Bytes>
void keep(Bytes& bytes, Passage& passage) {
  bytes(passage.persons, passage.first_s, passage.last_s, passage.waited_s, passage.longest_wait_s);
}

class GateService {
 public:
  static constexpr std::uint32_t kNobody = 0xFFFFFFFFU;
  /// Who is this near to the line is served, and does not pass before.
  static constexpr double kStop_m = 0.35;
  static constexpr double kReach_m = 6;

  GateService(const Ground& ground, std::size_t people);

  /// Where a walker near a gate is: before order() and serve(). Of several people at once.
  void note(std::uint32_t person, Vec2 at) {
    at_x_[person] = static_cast<float>(at.x);
    at_y_[person] = static_cast<float>(at.y);
  }
  /// What a walker near a gate does next. Reads only.
  struct Order {
    bool hold = false;      ///< stays where he is
    bool to_lane = false;   ///< goes to `lane` straight
    bool in_queue = false;  ///< comes to rest there
    bool arrived = false;   ///< at the end of his queue; the first: at the line
    bool back = false;      ///< is at the line before his turn
    Vec2 lane;
    bool ask = false;  ///< to be told to serve()
    std::uint32_t gate = 0;
  };
  /// `way`: the field that he follows; nullptr: only his wish says whether he goes through a gate.
  [[nodiscard]] Order order(std::uint32_t person, LevelId level, Vec2 at, Vec2 wish,
                            const Field* way) const;
  /// Takes the grid of the present, which must outlive this or the next call; `open`: its ground.
  void take_grid(const FieldGrid& grid, const Ground& open, const GridOptions& options) {
    grid_ = &grid;
    find_ways(open, options);
  }
  /// Gates that are shut for good from now on take nobody any more; who queued there goes on.
  void close(double time_s);
  /// Whether the person has a lane and is not let in yet.
  [[nodiscard]] bool waits(std::uint32_t person) const {
    return !visits_.empty() && visits_[person].gate != 0 && !visits_[person].let_in;
  }

  /// The gate for that lane.
  [[nodiscard]] std::optional<std::size_t> waits_at(std::uint32_t person) const {
    if (!waits(person)) return std::nullopt;
    return std::size_t{visits_[person].gate} - 1;
  }

  /// Whether the person stands at his place in a queue, behind the first.
  [[nodiscard]] bool in_place(std::uint32_t person, Vec2 at) const;
  /// Whether the person waits behind a queue for which the ground has no more places.
  [[nodiscard]] bool far_back(std::uint32_t person) const;
  /// Where the queues of the lanes may stand: straight back on both sides, or as drawn.
  [[nodiscard]] std::vector<Segment> queue_places(std::size_t gate) const;

  struct Request {
    std::uint32_t gate;
    std::uint32_t person;
    Vec2 at;
    double speed_mps;
    bool arrived = false;
    bool kept = false;  ///< does not get on
  };
  /// Gives lanes in the order of requests, and places to those who have come to the end of their
  /// queue: of several the one who has waited longest. Serves the first once he is before it. Who
  /// is kept from his place changes places with the next in turn, where that one is nearer to it;
  /// far from it he looks for another lane.
  void serve(std::span<const Request> requests, double time_s);
  /// After the move: who crossed the line is through.
  void moved(std::uint32_t person, LevelId level, Vec2 was, Vec2 now, double time_s);
  /// Gives up a lane: the person goes elsewhere.
  void leave(std::uint32_t person);

  [[nodiscard]] std::span<const Passage> passages() const { return passages_; }
  [[nodiscard]] std::uint64_t queue(std::size_t gate) const;

  /// What lanes and people are about; where lanes are and what room they have follows from the
  /// ground.
  template <class Bytes>
  void keep(Bytes& bytes) {
    for (std::vector<Lane>& lanes : lanes_) {
      for (Lane& lane : lanes) bytes(lane.queue, lane.serves, lane.coming, lane.free_s);
    }
    bytes(closed_, shortest_m_, visits_, at_x_, at_y_, passages_);
  }
  /// After keep() has read: people, gates and lanes that are there, each in his place.
  [[nodiscard]] bool sound(std::size_t people) const;

 private:
  /// Within which of a line somebody comes to the gate.
  struct Reach {
    Vec2 least;
    Vec2 most;
  };
  static bool within(const Reach& reach, Vec2 at) {
    return at.x >= reach.least.x && at.y >= reach.least.y && at.x <= reach.most.x &&
           at.y <= reach.most.y;
  }
  /// A lane, or a drawn queue that feeds several: those are behind the lanes of their gate.
  struct Lane {
    Vec2 at;
    Vec2 across;  ///< unit; to the left of the line
    /// How many find room one behind the other: to the right, to the left of the line.
    std::uint32_t room[2] = {0, 0};
    Reach about;               ///< its drawn queue
    std::vector<Vec2> drawn;   ///< places of its drawn queue; empty: straight back
    Vec2 behind;               ///< its end: where who finds it full waits
    bool drawn_left = false;   ///< the side of the line on which they are
    std::uint16_t lanes = 1;   ///< how many it serves or feeds
    std::uint16_t feeder = 0;  ///< of a lane that is fed: 1 + index of its queue; 0: it is not
    std::uint32_t way_to_end = kNobody;  ///< of a drawn one: in ways_to_end_
    std::vector<std::uint32_t> queue;    ///< in turn; the first may be served
    bool serves = false;                 ///< the first
    std::uint32_t coming = 0;            ///< on their way to its end
    std::uint32_t next = kNobody;        ///< of those who come to its end in this step
    bool ready = false;                  ///< the first is at the line, or at the head
    double free_s = 0;
  };
  static constexpr std::uint32_t kComing = 0xFFFFFFFFU;
  struct Visit {
    std::uint16_t gate = 0;  ///< 1 + index; 0: none
    std::uint16_t lane = 0;
    float since_s = 0;
    std::uint32_t place = kComing;  ///< of the queue
    bool left = false;              ///< comes from the left of the line
    bool let_in = false;
    template <class Bytes>
    void keep(Bytes& bytes) {
      bytes(gate, lane, since_s, place, left, let_in);
    }
  };
  void measure_room(const Ground& ground, std::size_t gate, Lane& lane) const;
  void take_drawn_queues(std::size_t gate);
  /// Whether he comes to a drawn queue of the gate, and his way leads through the gate.
  [[nodiscard]] bool joins_drawn(std::size_t gate, Vec2 at, const Field& way) const;
  [[nodiscard]] bool beside_drawn(std::size_t gate, Vec2 at) const;
  /// Where he goes next on his way to a place of a drawn queue: along it.
  [[nodiscard]] Vec2 along_drawn(const Lane& lane, std::size_t place, Vec2 at) const;
  [[nodiscard]] bool feeds(std::size_t gate, std::size_t lane) const {
    return lane >= static_cast<std::size_t>(ground_.gates[gate].lanes);
  }
  void feed(std::size_t gate, double time_s);
  void find_ways(const Ground& open, const GridOptions& options);
  [[nodiscard]] static bool meets_queue(const Lane& lane, std::size_t end, Vec2 from, Vec2 to);
  [[nodiscard]] bool meets_others(const Lane& own, LevelId level, Vec2 from, Vec2 to) const;
  [[nodiscard]] Order to_end_of_drawn(const Lane& lane, std::size_t end, LevelId level, Vec2 at,
                                      Order order) const;
  [[nodiscard]] Vec2 place_of(const Lane& lane, bool left, std::size_t place) const;
  [[nodiscard]] bool left_of(const Lane& lane, Vec2 at) const;
  struct Pick {
    std::size_t lane = 0;
    bool left = false;
  };
  [[nodiscard]] Pick pick_lane(std::size_t gate, const Request& request) const;
  /// The place that who comes next gets, or waits for where the ground has no more.
  [[nodiscard]] std::size_t end_of(const Lane& lane, bool left) const;
  void turn_to_lane(const Request& request);
  void give_up_place(std::uint32_t person);
  void take_request(const Request& request, double time_s);
  bool change_places(const Request& request);

  [[nodiscard]] static Reach reach_of(const Line& line);

  const Ground& ground_;
  const FieldGrid* grid_ = nullptr;
  /// With drawn queues as walls, and the ways on it to the end of each.
  std::unique_ptr<FieldGrid> grid_round_queues_;
  std::vector<std::unique_ptr<Field>> ways_to_end_;
  std::vector<bool> closed_;              ///< (gates)
  std::vector<Reach> reach_;              ///< (gates)
  std::vector<std::vector<Lane>> lanes_;  ///< (gates); empty where nobody is served
  std::vector<double> shortest_m_;        ///< (gates) the shortest queue
  std::vector<Visit> visits_;             ///< (people)
  std::vector<float> at_x_, at_y_;        ///< (people) where they were noted last
  std::vector<Passage> passages_;         ///< (gates)
};

}  // namespace defilada::crowd
