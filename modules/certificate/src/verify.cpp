// SPDX-License-Identifier: MIT
#include "defilada/certificate/verify.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "bounds.hpp"
#include "checks.hpp"
#include "clock.hpp"
#include "kerbs.hpp"
#include "rings.hpp"
#include "steps.hpp"

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Everybody in x keeps the distance from everybody in y (x == y: from everybody else) during
/// [from, to].
struct Goal {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  double from_s = 0;
  double to_s = 0;
  [[nodiscard]] bool among() const { return x == y; }
};

/// Each mover once, each node cut into its halves: then what is shown for the root is shown for
/// everybody.
std::optional<Phrase> fault_of(const Tree& tree, std::size_t movers) {
  if (tree.order.size() != movers) return phrase("somebody is not in the tree, or twice");
  std::vector<bool> seen(movers, false);
  for (const std::uint32_t mover : tree.order) {
    if (mover >= movers || seen[mover]) return phrase("somebody is not in the tree, or twice");
    seen[mover] = true;
  }
  if (movers == 0) return {};
  if (tree.nodes.empty() || tree.nodes[0].first != 0 || tree.nodes[0].count != movers) {
    return phrase("the tree does not hold everybody");
  }
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
    const Tree::Node& node = tree.nodes[i];
    if (node.first_half == 0) continue;
    if (node.first_half <= i || node.second_half <= i || node.first_half >= tree.nodes.size() ||
        node.second_half >= tree.nodes.size()) {
      return phrase("the tree goes round");
    }
    const Tree::Node& a = tree.nodes[node.first_half];
    const Tree::Node& b = tree.nodes[node.second_half];
    if (a.first != node.first || a.count == 0 || b.count == 0 || b.first != a.first + a.count ||
        a.count + b.count != node.count) {
      return phrase("a node of the tree is not its halves");
    }
  }
  return {};
}

class Walk {
 public:
  Walk(const Statement& statement, const Question& question, const Tree& tree,
       const std::string& proof)
      : statement_(statement), tree_(tree), groups_(statement, question, tree), steps_(proof) {}

  /// Why the steps do not show what is asked; none: they do. `go_on` now and then with the bytes
  /// read.
  std::optional<Phrase> run(const std::function<bool(std::size_t)>& go_on) {
    const auto [from, to] = statement_.interval();
    if (!statement_.movers.empty()) open_.push_back({0, 0, from, to});
    while (!open_.empty()) {
      const Goal goal = open_.back();
      open_.pop_back();
      if (++answer.steps % 1024 == 0 && !go_on(steps_.position())) return phrase("interrupted");
      if (auto reason = settle(goal)) return reason;
    }
    if (!steps_.at_end()) return phrase("there are steps that settle nothing");
    return {};
  }

  Answer answer{0, 0, kInfinity};

 private:
  std::optional<Phrase> settle(const Goal& goal) {
    const auto step = steps_.step();
    if (!step) return phrase("the proof ends before it is done: {}", said(goal));
    switch (*step) {
      case Step::nothing: return nothing(goal);
      case Step::never_together: return never_together(goal);
      case Step::first_half:
      case Step::second_half: return halve(goal, *step == Step::first_half);
      case Step::halve_time: return halve_time(goal);
      case Step::plane: return plane(goal);
      case Step::above:
      case Step::below: return height(goal, *step == Step::above ? 1 : -1);
      case Step::one_path: return one_path(goal);
    }
    return phrase("a step is not known");
  }

  std::optional<Phrase> nothing(const Goal& goal) {
    if (goal.among() && tree_.nodes[goal.x].count == 1) return {};
    if (!groups_.hardest(goal.x, goal.y).owed) return {};
    return phrase("they owe each other a distance: {}", said(goal));
  }

  std::optional<Phrase> never_together(const Goal& goal) {
    const Group& x = groups_.of(goal.x);
    const Group& y = groups_.of(goal.y);
    const double from = std::max({goal.from_s, x.from_s, y.from_s});
    const double to = std::min({goal.to_s, x.to_s, y.to_s});
    if (!goal.among() && from > to) return {};
    return phrase("they are there at the same time: {}", said(goal));
  }

  std::optional<Phrase> halve(const Goal& goal, bool first) {
    const Tree::Node& node = tree_.nodes[first ? goal.x : goal.y];
    if (node.first_half == 0 || (goal.among() && !first)) {
      return phrase("one alone has no halves: {}", said(goal));
    }
    const std::uint32_t a = node.first_half;
    const std::uint32_t b = node.second_half;
    if (goal.among()) {
      open_.push_back({a, b, goal.from_s, goal.to_s});
      open_.push_back({b, b, goal.from_s, goal.to_s});
      open_.push_back({a, a, goal.from_s, goal.to_s});
    } else if (first) {
      open_.push_back({b, goal.y, goal.from_s, goal.to_s});
      open_.push_back({a, goal.y, goal.from_s, goal.to_s});
    } else {
      open_.push_back({goal.x, b, goal.from_s, goal.to_s});
      open_.push_back({goal.x, a, goal.from_s, goal.to_s});
    }
    return {};
  }

  std::optional<Phrase> halve_time(const Goal& goal) {
    const double at = middle(goal.from_s, goal.to_s);
    if (!(goal.from_s < at && at < goal.to_s)) {
      return phrase("an instant has no halves: {}", said(goal));
    }
    // Both halves hold the middle: no instant is left out.
    open_.push_back({goal.x, goal.y, at, goal.to_s});
    open_.push_back({goal.x, goal.y, goal.from_s, at});
    return {};
  }

  std::optional<Phrase> plane(const Goal& goal) {
    const auto ux = steps_.number();
    const auto uy = steps_.number();
    const auto speed = steps_.number();
    const auto claimed = steps_.number();
    if (!ux || !uy || !speed || !claimed) return cut_off(goal);
    if (goal.among()) return phrase("nobody is apart from oneself: {}", said(goal));
    ++answer.planes;
    return judge(goal, *claimed,
                 plane_bound(groups_, goal.x, goal.y, *ux, *uy, *speed, goal.from_s, goal.to_s));
  }

  std::optional<Phrase> height(const Goal& goal, int sign) {
    const auto speed = steps_.number();
    const auto claimed = steps_.number();
    if (!speed || !claimed) return cut_off(goal);
    if (goal.among()) return phrase("nobody is apart from oneself: {}", said(goal));
    ++answer.planes;
    return judge(goal, *claimed,
                 height_bound(groups_, goal.x, goal.y, sign, *speed, goal.from_s, goal.to_s));
  }

  std::optional<Phrase> one_path(const Goal& goal) {
    const auto claimed = steps_.number();
    if (!claimed) return cut_off(goal);
    if (!goal.among()) return phrase("two groups are not on one path: {}", said(goal));
    return judge(goal, *claimed, one_path_bound(groups_, goal.x, goal.from_s, goal.to_s));
  }

  std::optional<Phrase> judge(const Goal& goal, double claimed, std::optional<double> shown) {
    if (!shown) return phrase("a step shows nothing: {}", said(goal));
    if (!(*shown >= claimed)) {
      return phrase("a bound is {:.9f} m and not {:.9f} m: {}", *shown, claimed, said(goal));
    }
    if (!(*shown >= -kSameDistance_m)) {
      return phrase("{:.9f} m are missing: {}", -*shown, said(goal));
    }
    answer.least_bound_m = std::min(answer.least_bound_m, *shown);
    return {};
  }

  Phrase cut_off(const Goal& goal) const { return phrase("a step is cut off: {}", said(goal)); }

  [[nodiscard]] Phrase said(const Goal& goal) const {
    const std::string from = clock_text(goal.from_s);
    const std::string to = clock_text(goal.to_s);
    if (goal.among()) return phrase("among {}, from {} to {}", whom(goal.x), from, to);
    return phrase("{} and {}, from {} to {}", whom(goal.x), whom(goal.y), from, to);
  }
  [[nodiscard]] Phrase whom(std::uint32_t node) const {
    const Tree::Node& what = tree_.nodes[node];
    const std::string first = statement_.name(tree_.order[what.first]);
    if (what.count == 1) return Phrase::verbatim(first);
    return phrase("{} to {}", first, statement_.name(tree_.order[what.first + what.count - 1]));
  }

  const Statement& statement_;
  const Tree& tree_;
  Groups groups_;
  StepReader steps_;
  std::vector<Goal> open_;
};

}  // namespace

Verdict verify(const Certificate& certificate, const std::function<bool(double share)>& progress) {
  const Statement& statement = certificate.statement;
  Verdict verdict;
  const auto refused = [&](Phrase reason) {
    verdict.holds = false;
    verdict.answers.clear();
    verdict.reason = std::move(reason);
    return verdict;
  };
  if (Status status = statement.validate(); !status) return refused(status.error().message);
  if (auto fault = fault_of(certificate.tree, statement.movers.size())) return refused(*fault);
  if (certificate.proofs.size() != statement.questions.size()) {
    return refused(phrase("a question has no proof, or a proof no question"));
  }
  std::size_t all = 1;
  for (const std::string& proof : certificate.proofs) all += proof.size();
  std::size_t before = 0;
  for (std::size_t q = 0; q < statement.questions.size(); ++q) {
    const std::string& proof = certificate.proofs[q];
    Walk walk(statement, statement.questions[q], certificate.tree, proof);
    const auto reason = walk.run([&](std::size_t read) {
      return !progress || progress(static_cast<double>(before + read) / static_cast<double>(all));
    });
    if (reason) return refused(*reason);
    verdict.answers.push_back(walk.answer);
    before += proof.size();
  }
  for (const Bound& bound : statement.bounds) {
    if (auto fault = fault_of(statement, bound)) return refused(*fault);
  }
  if (certificate.rooms_m.size() != statement.kerbs.size()) {
    return refused(phrase("a kerb has no room stated, or a room no kerb"));
  }
  for (std::size_t k = 0; k < statement.kerbs.size(); ++k) {
    if (auto fault = fault_of(statement, statement.kerbs[k], certificate.rooms_m[k]))
      return refused(*fault);
  }
  for (std::uint32_t r = 0; r < statement.rings.size(); ++r) {
    if (auto fault = fault_of_ring(statement, r)) return refused(*fault);
  }
  verdict.holds = true;
  return verdict;
}

}  // namespace defilada::certificate
