// SPDX-License-Identifier: MIT
#include "check_queues.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "check_parts.hpp"
#include "raster.hpp"
#include "walls.hpp"

namespace defilada::crowd {
namespace {

constexpr double kBodyM = 0.4;
/// Of coordinates that were written in degrees.
constexpr double kSlackM = 0.01;
/// A queue that begins this near to its gate begins at it.
constexpr double kAtGateM = 1;

class QueueChecker {
 public:
  QueueChecker(const Ground& ground, const std::vector<std::vector<geo::Polygon>>& areas,
               std::vector<Fault>& faults)
      : ground_(ground), areas_(areas), faults_(faults) {}

  void check() {
    struct Drawn {
      const Gate* gate;
      const DrawnQueue* queue;
    };
    std::vector<Drawn> all;
    for (const Gate& gate : ground_.gates) {
      for (const DrawnQueue& queue : gate.queues) all.push_back({&gate, &queue});
      if (!gate.queues.empty()) check_queues_of(gate);
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      check_queue(*all[i].gate, *all[i].queue);
      for (std::size_t j = 0; j < i; ++j) {
        if (all[i].gate->level != all[j].gate->level) continue;
        meet(*all[i].gate, *all[j].queue, *all[i].queue, *all[j].gate);
      }
    }
  }

 private:
  static Phrase queue_named(const DrawnQueue& queue, const Gate& gate) {
    return queue.name.empty() ? phrase("the queue of the gate {}", named(gate.name))
                              : phrase("the queue '{}'", queue.name);
  }

  /// Queues need lanes that serve: each has one at least that is nearest to it.
  void check_queues_of(const Gate& gate) {
    const DrawnQueue& last = gate.queues.back();
    const auto tell = [&](Phrase message) {
      add("crowd.queue-gate", last.span, gate.level, last.line.front(), edges_of(last.line),
          std::move(message));
    };
    if (gate.service_s <= 0) {
      tell(phrase("{} leads to a gate that serves nobody: without a time of service nobody waits",
                  queue_named(last, gate)));
    } else if (gate.queues.size() > static_cast<std::size_t>(gate.lanes)) {
      tell(phrase(
          "the gate {} has more queues ({}) than lanes ({}): a queue without a lane moves nowhere",
          named(gate.name), gate.queues.size(), gate.lanes));
    }
  }

  void check_queue(const Gate& gate, const DrawnQueue& queue) {
    const std::vector<Segment> line = edges_of(queue.line);
    const double away = distance_to(edges_of(gate.line), queue.line.front());
    if (away > kAtGateM) {
      const bool turned = distance_to(edges_of(gate.line), queue.line.back()) <= kAtGateM;
      add("crowd.queue-gate", queue.span, gate.level, queue.line.front(), line,
          turned ? phrase("{} is drawn towards its gate: draw it from the gate backwards",
                          queue_named(queue, gate))
                 : phrase("{} begins {:.2f} m from its gate", queue_named(queue, gate), away));
    }
    // The gate itself is no wall to it.
    std::vector<Segment> around;
    const std::vector<Segment> gap = edges_of(gate.line);
    for (const Segment& wall : walls(ground_, gate.level, -INFINITY, areas_[gate.level])) {
      cut(wall, gap, around);
    }
    for (const Segment& part : line) {
      for (const Segment& wall : around) {
        const auto at = meeting(part, wall);
        // It may begin on the line of the gate, beside the end of a fence.
        if (!at || length(*at - queue.line.front()) < kOpeningReachM) continue;
        add("crowd.queue-wall", queue.span, gate.level, *at, line,
            phrase("{} crosses a wall", queue_named(queue, gate)));
        return;
      }
    }
    double off = 0;
    Vec2 place;
    for (const Segment& part : line) off += off_ground(ground_, part, gate.level, place);
    if (off > kAtGateM) {
      add("crowd.queue-wall", queue.span, gate.level, place, line,
          phrase("{} lies off the ground for {:.2f} m", queue_named(queue, gate), off));
      return;
    }
    meet_itself(gate, queue, line);
  }

  /// Where the two cross; nothing if they do not.
  static std::optional<Vec2> meeting(const Segment& a, const Segment& b) {
    const Vec2 along = a.to - a.from;
    const Vec2 other = b.to - b.from;
    const double turn = cross(along, other);
    if (turn == 0) return std::nullopt;
    const double s = cross(b.from - a.from, other) / turn;
    const double t = cross(b.from - a.from, along) / turn;
    if (s < 0 || s > 1 || t < 0 || t > 1) return std::nullopt;
    return a.from + s * along;
  }

  /// Where a body on the one line would touch a body on the other.
  static std::optional<Vec2> touching(const Segment& a, const Segment& b) {
    if (const auto at = meeting(a, b)) return at;
    for (const auto& [line, ends] : {std::pair(a, b), std::pair(b, a)}) {
      for (const Vec2 end : {ends.from, ends.to}) {
        if (length(end - nearest_on(line, end)) < kBodyM) return end;
      }
    }
    return std::nullopt;
  }

  void meet(const Gate& gate, const DrawnQueue& other, const DrawnQueue& queue,
            const Gate& other_gate) {
    for (const Segment& a : edges_of(queue.line)) {
      for (const Segment& b : edges_of(other.line)) {
        const auto at = touching(a, b);
        if (!at) continue;
        add("crowd.queue-overlap", queue.span, gate.level, *at, edges_of(queue.line),
            phrase("{} and {} overlap: people of both would stand in the same place",
                   queue_named(queue, gate), queue_named(other, other_gate)));
        return;
      }
    }
  }
  /// Legs of a serpentine, or a corner too sharp: people of two places would touch.
  void meet_itself(const Gate& gate, const DrawnQueue& queue, const std::vector<Segment>& line) {
    constexpr double kEveryM = 0.2;
    constexpr std::size_t kNextTo = 6;  // samples: two places
    std::vector<Vec2> samples;
    for (const Segment& part : line) {
      const auto parts = static_cast<int>(std::ceil(length(part.to - part.from) / kEveryM));
      for (int i = 0; i < parts; ++i) {
        samples.push_back(part.from + (static_cast<double>(i) / parts) * (part.to - part.from));
      }
    }
    samples.push_back(line.back().to);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      for (std::size_t j = i + kNextTo; j < samples.size(); ++j) {
        if (length(samples[j] - samples[i]) >= kBodyM - kSlackM) continue;
        add("crowd.queue-overlap", queue.span, gate.level, samples[j], line,
            phrase("{} overlaps itself: its legs need {:.2g} m between them",
                   queue_named(queue, gate), kBodyM));
        return;
      }
    }
  }

  void add(const char* code, Span span, LevelId level, Vec2 place, std::vector<Segment> shown,
           Phrase message) {
    Fault& fault = faults_.emplace_back();
    fault.diagnostic.severity = Severity::error;
    fault.diagnostic.code = code;
    fault.diagnostic.span = span;
    fault.diagnostic.message = std::move(message);
    fault.level = level;
    fault.place = place;
    fault.shown = std::move(shown);
  }

  const Ground& ground_;
  const std::vector<std::vector<geo::Polygon>>& areas_;
  std::vector<Fault>& faults_;
};

}  // namespace

void add_queue_faults(const Ground& ground, const std::vector<std::vector<geo::Polygon>>& areas,
                      std::vector<Fault>& faults) {
  QueueChecker(ground, areas, faults).check();
}

}  // namespace defilada::crowd
