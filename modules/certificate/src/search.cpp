// SPDX-License-Identifier: MIT
#include "search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "checks.hpp"
#include "clock.hpp"
#include "look.hpp"

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLong_s = 4;     ///< shorter stretches are not halved for a group's sake
constexpr double kShort_s = 0.5;  ///< in shorter ones a group is halved first
constexpr double kShortest_s = 1e-6;
/// A bound as it is claimed: no more than what was found.
float claim(double bound) {
  auto claimed = static_cast<float>(std::min(bound, 1e6));
  if (claimed > bound) claimed = std::nextafter(claimed, -std::numeric_limits<float>::infinity());
  return claimed;
}

}  // namespace

/// The two groups at three instants of the time that they share.
struct Search::Look {
  std::vector<PairNow> at;
  std::vector<double> t_s;
  double wanted_m = 0;
  double wanted_up_m = kInfinity;
  std::vector<Guess> guesses;
  std::vector<double> best_m;  ///< (instant) the largest margin of any guess

  Look(Groups& groups, const Goal& goal) {
    const Group& x = groups.of(goal.x);
    const Group& y = groups.of(goal.y);
    const Limit limit = groups.hardest(goal.x, goal.y);
    const double errors = x.error_m + y.error_m;
    wanted_m = limit.distance_m + errors;
    wanted_up_m = limit.vertical_m + errors;
    const double from = std::max({goal.from_s, x.from_s, y.from_s});
    const double to = std::min({goal.to_s, x.to_s, y.to_s});
    for (const double share : {0.0, 0.5, 1.0}) {
      const double t = share == 1 ? to : from + share * (to - from);
      PairNow pair{GroupNow(groups.statement(), x, t), GroupNow(groups.statement(), y, t)};
      if (!pair.anybody()) continue;
      at.push_back(std::move(pair));
      t_s.push_back(t);
      if (from == to) break;
    }
    propose();
  }

  void propose() {
    std::vector<std::array<double, 2>> directions;
    for (const PairNow& pair : at) pair.propose(directions);
    best_m.assign(at.size(), -kInfinity);
    for (const auto& u : directions) add({u[0], u[1], 0});
    if (std::isfinite(wanted_up_m)) {
      add({0, 0, 1});
      add({0, 0, -1});
    }
    // Where nothing is found, the best direction may lie between those.
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (best_m[i] >= 0 || guesses.empty()) continue;
      const bool single = at[i].x.strands().size() == 1 && at[i].y.strands().size() == 1;
      const auto best =
          std::max_element(directions.begin(), directions.end(), [&](const auto& a, const auto& b) {
            return at[i].gap_m(a[0], a[1]) < at[i].gap_m(b[0], b[1]);
          });
      if (best == directions.end()) continue;
      const auto turned = at[i].turn(*best, single ? 1e-6 : 0.02);
      add({turned[0], turned[1], 0});
    }
  }

  [[nodiscard]] double margin(std::size_t i, const Direction& u) const {
    if (u.z == 0) return at[i].gap_m(u.x, u.y) - wanted_m;
    const Span1 below = at[i].x.heights();
    const Span1 above = at[i].y.heights();
    return (u.z > 0 ? above.low - below.high : below.low - above.high) - wanted_up_m;
  }

  void add(const Direction& u) {
    Guess guess{u, kInfinity, 0};
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double own = margin(i, u);
      best_m[i] = std::max(best_m[i], own);
      guess.margin_m = std::min(guess.margin_m, own);
    }
    guesses.push_back(guess);
  }

  /// The middle of the gap, from the first instant to the last.
  [[nodiscard]] double speed(const Direction& u) const {
    if (at.size() < 2) return 0;
    const auto place = [&](const PairNow& pair) {
      if (u.z == 0) return 0.5 * (pair.x.along(u.x, u.y).high + pair.y.along(u.x, u.y).low);
      const Span1 x = pair.x.heights();
      const Span1 y = pair.y.heights();
      return u.z > 0 ? 0.5 * (x.high + y.low) : -0.5 * (x.low + y.high);
    };
    return (place(at.back()) - place(at.front())) / (t_s.back() - t_s.front());
  }
};

void Search::done(const Goal& goal) {
  const double length = whole_s_ > 0 ? (goal.to_s - goal.from_s) / whole_s_ : 1;
  share_ +=
      static_cast<double>(count(goal.x)) * count(goal.y) * length * (goal.x == goal.y ? 0.5 : 1);
}

bool Search::take(const Goal& goal, const Guess& guess) {
  const auto ux = static_cast<float>(guess.u.x);
  const auto uy = static_cast<float>(guess.u.y);
  const auto speed = static_cast<float>(guess.speed);
  const int sign = guess.u.z > 0 ? 1 : -1;
  const auto bound =
      guess.u.z == 0 ? plane_bound(groups_, goal.x, goal.y, ux, uy, speed, goal.from_s, goal.to_s)
                     : height_bound(groups_, goal.x, goal.y, sign, speed, goal.from_s, goal.to_s);
  if (!bound || !(*bound >= -kSameDistance_m)) return false;
  if (guess.u.z == 0) {
    steps_.step(Step::plane);
    steps_.number(ux);
    steps_.number(uy);
  } else {
    steps_.step(sign > 0 ? Step::above : Step::below);
  }
  steps_.number(speed);
  steps_.number(claim(*bound));
  return true;
}

void Search::halve_time(const Goal& goal) {
  const double at = middle(goal.from_s, goal.to_s);
  steps_.step(Step::halve_time);
  open_.push_back({goal.x, goal.y, at, goal.to_s});
  open_.push_back({goal.x, goal.y, goal.from_s, at});
}

void Search::halve_group(const Goal& goal, bool first) {
  const Tree::Node& node = groups_.tree().nodes[first ? goal.x : goal.y];
  steps_.step(first ? Step::first_half : Step::second_half);
  if (first) {
    open_.push_back({node.second_half, goal.y, goal.from_s, goal.to_s});
    open_.push_back({node.first_half, goal.y, goal.from_s, goal.to_s});
  } else {
    open_.push_back({goal.x, node.second_half, goal.from_s, goal.to_s});
    open_.push_back({goal.x, node.first_half, goal.from_s, goal.to_s});
  }
}

Status Search::too_near(const Goal& goal, double t_s, double missing_m) const {
  const Statement& statement = groups_.statement();
  const auto& order = groups_.tree().order;
  const auto& nodes = groups_.tree().nodes;
  const std::string a = statement.name(order[nodes[goal.x].first]);
  const std::string b = statement.name(order[nodes[goal.y].first]);
  const std::string at = clock_text(t_s);
  if (missing_m > 0) {
    return fail(Errc::bad_input,
                phrase("{} and {} come too near at {}: {:.4g} m are missing", a, b, at, missing_m));
  }
  return fail(
      Errc::bad_input,
      phrase("{} and {} come so near to their limit at {} that no bound decides", a, b, at));
}

Status Search::among(const Goal& goal) {
  if (count(goal.x) == 1 || !groups_.hardest(goal.x, goal.x).owed) {
    steps_.step(Step::nothing);
    done(goal);
    return {};
  }
  const auto bound = one_path_bound(groups_, goal.x, goal.from_s, goal.to_s);
  if (bound && *bound >= -kSameDistance_m) {
    steps_.step(Step::one_path);
    steps_.number(claim(*bound));
    done(goal);
    return {};
  }
  const Tree::Node& node = groups_.tree().nodes[goal.x];
  steps_.step(Step::first_half);
  open_.push_back({node.first_half, node.second_half, goal.from_s, goal.to_s});
  open_.push_back({node.second_half, node.second_half, goal.from_s, goal.to_s});
  open_.push_back({node.first_half, node.first_half, goal.from_s, goal.to_s});
  return {};
}

Status Search::between(const Goal& goal) {
  if (!groups_.hardest(goal.x, goal.y).owed) {
    steps_.step(Step::nothing);
    done(goal);
    return {};
  }
  const Group& x = groups_.of(goal.x);
  const Group& y = groups_.of(goal.y);
  if (std::max({goal.from_s, x.from_s, y.from_s}) > std::min({goal.to_s, x.to_s, y.to_s})) {
    steps_.step(Step::never_together);
    done(goal);
    return {};
  }
  Look look(groups_, goal);
  const double length = goal.to_s - goal.from_s;
  const bool single = count(goal.x) == 1 && count(goal.y) == 1;
  std::size_t apart = 0;
  for (const double best : look.best_m) apart += best >= -kSameDistance_m ? 1 : 0;
  if (look.at.empty()) {
    // Seen at no instant: any line may do.
    if (take(goal, {{1, 0, 0}, 0, 0})) return done(goal), Status{};
  } else if (apart == look.at.size()) {
    auto best =
        std::max_element(look.guesses.begin(), look.guesses.end(),
                         [](const Guess& a, const Guess& b) { return a.margin_m < b.margin_m; });
    if (best->margin_m >= -kSameDistance_m) {
      best->speed = look.speed(best->u);
      if (take(goal, *best)) return done(goal), Status{};
    }
  }
  const bool all = apart == look.at.size();
  if (single) {
    const auto worst = std::min_element(look.best_m.begin(), look.best_m.end());
    if (!all || length < kShortest_s) {
      const auto i = static_cast<std::size_t>(worst - look.best_m.begin());
      return too_near(goal, look.at.empty() ? goal.from_s : look.t_s[i],
                      look.at.empty() ? 0 : -*worst);
    }
    halve_time(goal);
    return {};
  }
  if ((all && length > kShort_s) || (apart > 0 && length > kLong_s) || look.at.empty()) {
    halve_time(goal);
    return {};
  }
  const bool first = count(goal.y) == 1 || (count(goal.x) > 1 && look.at.front().x.size_m() >=
                                                                     look.at.front().y.size_m());
  halve_group(goal, first);
  return {};
}

Status Search::settle(const Goal& goal) {
  return goal.x == goal.y ? among(goal) : between(goal);
}

Result<std::string> Search::run() {
  const auto [from, to] = groups_.statement().interval();
  whole_s_ = to - from;
  const auto n = static_cast<double>(groups_.statement().movers.size());
  if (n > 0) open_.push_back({0, 0, from, to});
  while (!open_.empty()) {
    const Goal goal = open_.back();
    open_.pop_back();
    if (++looked_ % 1024 == 0 && progress_ && !progress_(std::min(1.0, share_ / (0.5 * n * n)))) {
      return fail(Errc::interrupted, phrase("interrupted"));
    }
    if (Status status = settle(goal); !status) return tl::unexpected(status.error());
  }
  return steps_.take();
}

}  // namespace defilada::certificate
