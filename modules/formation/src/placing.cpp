// SPDX-License-Identifier: MIT
#include "placing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <queue>
#include <utility>

namespace defilada::formation {
namespace {

// The repulsion is (gap / distance)^(2^k - 2), for these k: from one that evens out everything to
// one that sees the nearest pair only.
constexpr std::array<int, 5> kSquarings = {2, 3, 4, 5, 6};
constexpr int kPasses = 60;           // at each power
constexpr int kPassesPerList = 20;    // then the list of near pairs is made anew
constexpr double kReach = 3;          // mean gaps: pairs farther apart do not matter
constexpr double kDamping = 0.5;      // both slots of a pair move
constexpr double kLongestStep = 0.1;  // mean gaps a pass

double arc_gap(const Curve& curve, int inside) {
  return curve.length() / (curve.ring ? inside : inside + 1);
}

/// A slot that may slide.
struct Bead {
  const Curve* curve;
  double s;
};

/// The slots of one outline while they slide.
class Sliding {
 public:
  Sliding(const Outline& outline, const Counts& counts) : fixed_(outline.nodes.size()) {
    at_ = outline.nodes;
    tangent_.resize(fixed_);
    double length = 0;
    for (std::size_t c = 0; c < counts.size(); ++c) {
      const Curve& curve = outline.curves[c];
      length += curve.length();
      for (int i = 0; i < counts[c]; ++i) {
        beads_.push_back({&curve, (curve.ring ? i : i + 1) * arc_gap(curve, counts[c])});
      }
    }
    mean_ = length / static_cast<double>(fixed_ + beads_.size());
    at_.resize(fixed_ + beads_.size());
    tangent_.resize(at_.size());
    settle();
  }

  Placing run() {
    Placing best = placing();
    for (const int squarings : kSquarings) {
      for (int pass = 0; pass < kPasses; ++pass) {
        if (pass % kPassesPerList == 0) list_near_pairs();
        step(squarings);
        const double least = least_near();
        if (least > best.least_gap) {
          best.least_gap = least;
          best.slots = at_;
        }
      }
    }
    at_ = best.slots;
    return placing();
  }

 private:
  void settle() {
    for (std::size_t i = 0; i < beads_.size(); ++i) {
      const OnCurve on = evaluate(*beads_[i].curve, beads_[i].s);
      at_[fixed_ + i] = on.point;
      tangent_[fixed_ + i] = on.tangent;
    }
  }

  double square(std::size_t i, std::size_t j) const {
    const double dx = at_[i].x - at_[j].x;
    const double dy = at_[i].y - at_[j].y;
    return dx * dx + dy * dy;
  }

  void list_near_pairs() {
    pairs_.clear();
    const double reach = kReach * mean_ * kReach * mean_;
    for (std::size_t i = 0; i < at_.size(); ++i) {
      for (std::size_t j = i + 1; j < at_.size(); ++j) {
        if (square(i, j) < reach) pairs_.emplace_back(i, j);
      }
    }
    least_ = least_near();
  }

  double least_near() const {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& [i, j] : pairs_) least = std::min(least, square(i, j));
    return std::sqrt(least);
  }

  /// One damped Newton step of every bead along its curve. With w = (least / d)^(2^k) the force is
  /// w d cos and the stiffness w ((2^k - 1) cos^2 + sin^2 / 4), cos being that of the angle between
  /// the curve and the line to the other slot.
  void step(int squarings) {
    force_.assign(at_.size(), 0);
    stiffness_.assign(at_.size(), 0);
    const double power = std::ldexp(1.0, squarings) * 2 - 1;
    const double scale = least_ * least_;
    for (const auto& [i, j] : pairs_) {
      const double d2 = std::max(square(i, j), 1e-12);
      double w = scale / d2;
      for (int k = 0; k < squarings; ++k) w *= w;
      push(i, j, w, d2, power);
      push(j, i, w, d2, power);
    }
    for (std::size_t b = 0; b < beads_.size(); ++b) slide(b);
    settle();
    least_ = least_near();
  }

  void push(std::size_t i, std::size_t from, double w, double d2, double power) {
    const double along =
        (at_[i].x - at_[from].x) * tangent_[i].x + (at_[i].y - at_[from].y) * tangent_[i].y;
    const double cos2 = along * along / d2;
    force_[i] += w * along;
    stiffness_[i] += w * (power * cos2 + 0.25 * (1 - cos2));
  }

  void slide(std::size_t b) {
    const std::size_t i = fixed_ + b;
    if (stiffness_[i] <= 0) return;
    Bead& bead = beads_[b];
    const double longest = kLongestStep * mean_;
    const double length = bead.curve->length();
    const double moved =
        bead.s + std::clamp(kDamping * force_[i] / stiffness_[i], -longest, longest);
    if (bead.curve->ring) {
      bead.s = moved - std::floor(moved / length) * length;
    } else {
      bead.s = std::clamp(moved, 0.0, length);
    }
  }

  Placing placing() const {
    Placing result{at_, std::numeric_limits<double>::infinity(), 0};
    for (std::size_t i = 0; i < at_.size(); ++i) {
      double nearest = std::numeric_limits<double>::infinity();
      for (std::size_t j = 0; j < at_.size(); ++j) {
        if (j != i) nearest = std::min(nearest, square(i, j));
      }
      nearest = std::sqrt(nearest);
      result.least_gap = std::min(result.least_gap, nearest);
      result.mean_gap += nearest / static_cast<double>(at_.size());
    }
    return result;
  }

  std::size_t fixed_;
  std::vector<Bead> beads_;
  std::vector<Point> at_;  // nodes, then beads
  std::vector<Point> tangent_;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;
  std::vector<double> force_;
  std::vector<double> stiffness_;
  double mean_ = 0;
  double least_ = 0;
};

}  // namespace

Counts least_counts(const Outline& outline) {
  Counts counts;
  for (const Curve& curve : outline.curves) counts.push_back(curve.least_inside);
  return counts;
}

void share_out(const std::vector<const Outline*>& outlines, int spare,
               std::vector<Counts>& counts) {
  struct Offer {
    double gap;  // if the next slot goes here
    std::size_t outline, curve;
    bool operator<(const Offer& o) const {  // the best is the greatest
      return gap != o.gap ? gap < o.gap : std::pair(outline, curve) > std::pair(o.outline, o.curve);
    }
  };
  const auto offer = [&](std::size_t o, std::size_t c) {
    return Offer{arc_gap(outlines[o]->curves[c], counts[o][c] + 1), o, c};
  };
  std::priority_queue<Offer> offers;
  for (std::size_t o = 0; o < outlines.size(); ++o) {
    for (std::size_t c = 0; c < counts[o].size(); ++c) offers.push(offer(o, c));
  }
  for (; spare > 0; --spare) {
    const Offer best = offers.top();
    offers.pop();
    ++counts[best.outline][best.curve];
    offers.push(offer(best.outline, best.curve));
  }
}

Placing spread(const Outline& outline, const Counts& counts) {
  return Sliding(outline, counts).run();
}

}  // namespace defilada::formation
