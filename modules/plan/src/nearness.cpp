// SPDX-License-Identifier: MIT
// Which contingents come nearest to each other. Boxes about each contingent at instants tell which
// pairs may; the distance of their movers then, which do; and the proof how near they come.
#include "defilada/plan/nearness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "prove_scene.hpp"

namespace defilada::plan {
namespace {

using proof::Limit;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFar_m = 100;  ///< pairs that stay farther beyond what they owe are not told
constexpr std::size_t kInstants = 240;  ///< of a curve
constexpr std::size_t kLooks = 500;     ///< at which boxes are compared

struct Box {
  double x0 = kInfinity, x1 = -kInfinity, y0 = kInfinity, y1 = -kInfinity, z0 = kInfinity,
         z1 = -kInfinity;
  [[nodiscard]] bool empty() const { return x1 < x0; }
  void take(double x, double y, double z) {
    x0 = std::min(x0, x);
    x1 = std::max(x1, x);
    y0 = std::min(y0, y);
    y1 = std::max(y1, y);
    z0 = std::min(z0, z);
    z1 = std::max(z1, z);
  }
};

double gap(double a0, double a1, double b0, double b1) {
  return std::max({0.0, a0 - b1, b0 - a1});
}

using Place = std::array<double, 3>;

/// A contingent as far as this question goes.
struct Party {
  show::ContingentId id;
  std::vector<std::uint32_t> movers;
  std::vector<std::uint32_t> outermost;
  std::vector<std::uint32_t> kinds;
  bool air = false;
  double from_s = kInfinity;
  double to_s = -kInfinity;
  bool moves = false;
};

class Finder {
 public:
  Finder(const show::Show& show, const track::TrackSet& tracks) : show_(show), tracks_(tracks) {
    for (const track::Group& group : tracks.groups) {
      if (group.mover_count == 0) continue;
      Party party;
      party.id = {group.contingent};
      std::set<std::uint32_t> paths;
      std::set<std::uint32_t> kinds;
      for (std::uint32_t i = 0; i < group.mover_count; ++i) {
        const std::uint32_t m = group.first_mover + i;
        party.movers.push_back(m);
        paths.insert(tracks.movers[m].path);
        kinds.insert(tracks.movers[m].kind);
      }
      party.outermost = outermost(party.movers);
      party.kinds.assign(kinds.begin(), kinds.end());
      party.air = show::flies(show.kinds[party.kinds.front()].category);
      for (const std::uint32_t p : paths) {
        const auto [from, to] = tracks.interval(tracks.paths[p]);
        party.from_s = std::min(party.from_s, from);
        party.to_s = std::max(party.to_s, to);
      }
      party.moves = moves(party);
      parties_.push_back(std::move(party));
    }
  }

  std::vector<Nearness> nearest(std::size_t most);

 private:
  [[nodiscard]] std::vector<std::uint32_t> outermost(
      const std::vector<std::uint32_t>& movers) const {
    std::map<std::tuple<std::uint32_t, Place>, std::array<std::uint32_t, 2>> ends;
    for (const std::uint32_t m : movers) {
      const track::Mover& mover = tracks_.movers[m];
      const auto [found, fresh] = ends.try_emplace({mover.path, mover.offset_m}, std::array{m, m});
      if (mover.left_m < tracks_.movers[found->second[0]].left_m) found->second[0] = m;
      if (mover.left_m > tracks_.movers[found->second[1]].left_m) found->second[1] = m;
    }
    std::vector<std::uint32_t> out;
    for (const auto& [key, pair] : ends) {
      out.push_back(pair[0]);
      if (pair[1] != pair[0]) out.push_back(pair[1]);
    }
    return out;
  }

  [[nodiscard]] bool moves(const Party& party) const {
    return std::any_of(party.movers.begin(), party.movers.end(), [&](std::uint32_t m) {
      const auto pieces = tracks_.pieces_of(tracks_.paths[tracks_.movers[m].path]);
      return std::any_of(pieces.begin(), pieces.end(), [](const track::Piece& piece) {
        return piece.x[1] != 0 || piece.y[1] != 0 || piece.x[2] != 0 || piece.y[2] != 0;
      });
    });
  }

  [[nodiscard]] std::vector<Place> places(const Party& party, double t_s) const {
    std::vector<Place> out;
    if (t_s < party.from_s || t_s > party.to_s) return out;
    for (const std::uint32_t m : party.movers) {
      if (const auto state = tracks_.at(tracks_.movers[m], t_s)) out.push_back(state->position_m);
    }
    return out;
  }

  /// About those who are farthest to the sides on each path.
  [[nodiscard]] Box box(const Party& party, double t_s) const {
    Box box;
    if (t_s < party.from_s || t_s > party.to_s) return box;
    for (const std::uint32_t m : party.outermost) {
      const auto state = tracks_.at(tracks_.movers[m], t_s);
      if (state) box.take(state->position_m[0], state->position_m[1], state->position_m[2]);
    }
    return box;
  }

  [[nodiscard]] Limit wanted(const Party& a, const Party& b) const {
    Limit most;
    for (const std::uint32_t p : a.kinds) {
      for (const std::uint32_t q : b.kinds) {
        const Limit own = centre_limit(show_, {a.id.value, p}, {b.id.value, q});
        if (own.shape == Limit::Shape::none) continue;
        most.shape = own.shape;
        most.distance_m = std::max(most.distance_m, own.distance_m);
        most.vertical_m = std::max(most.vertical_m, own.vertical_m);
      }
    }
    return most;
  }

  struct Candidate {
    std::size_t a = 0;
    std::size_t b = 0;
    Limit limit;
    double margin_m = kInfinity;  ///< of boxes, then of movers, at the instants looked at
    double t_s = 0;               ///< when that is
  };
  [[nodiscard]] std::vector<Candidate> candidates(double from_s, double to_s) const;
  [[nodiscard]] double distance(const Party& a, const Party& b, const Limit& limit,
                                double t_s) const;
  [[nodiscard]] Nearness proven(const Candidate& candidate) const;
  void draw(const Candidate& candidate, double from_s, double to_s, Nearness& nearness) const;

  const show::Show& show_;
  const track::TrackSet& tracks_;
  std::vector<Party> parties_;
};

/// Least distance on the ground of those whose heights differ by less than the limit.
double Finder::distance(const Party& a, const Party& b, const Limit& limit, double t_s) const {
  auto first = places(a, t_s);
  auto second = places(b, t_s);
  if (first.empty() || second.empty()) return kInfinity;
  const auto middle = [](const std::vector<Place>& all, std::size_t d) {
    double sum = 0;
    for (const Place& p : all) sum += p[d];
    return sum / static_cast<double>(all.size());
  };
  const double dx = middle(second, 0) - middle(first, 0);
  const double dy = middle(second, 1) - middle(first, 1);
  const double length = std::max(1e-9, std::hypot(dx, dy));
  const auto along = [&](const Place& p) { return (p[0] * dx + p[1] * dy) / length; };
  // From the sides that face each other on, until the axis alone keeps the rest apart.
  std::sort(first.begin(), first.end(),
            [&](const Place& p, const Place& q) { return along(p) > along(q); });
  std::sort(second.begin(), second.end(),
            [&](const Place& p, const Place& q) { return along(p) < along(q); });
  double least = kInfinity;
  for (const Place& p : first) {
    if (along(second.front()) - along(p) >= least) break;
    for (const Place& q : second) {
      if (along(q) - along(p) >= least) break;
      if (std::abs(p[2] - q[2]) >= limit.vertical_m) continue;
      least = std::min(least, std::hypot(p[0] - q[0], p[1] - q[1]));
    }
  }
  return least;
}

/// The least distance of two contingents by the proof, to 1 cm.
Nearness Finder::proven(const Candidate& candidate) const {
  track::TrackSet two;
  two.pieces = tracks_.pieces;
  two.paths = tracks_.paths;
  for (const std::size_t party : {candidate.a, candidate.b}) {
    for (const std::uint32_t m : parties_[party].movers) two.movers.push_back(tracks_.movers[m]);
  }
  const Scene scene = make_scene(show_, two, false);
  proof::Rules rules = centre_rules(show_, scene);
  for (std::uint32_t a = 0; a < scene.classes.size(); ++a) {
    for (std::uint32_t b = a; b < scene.classes.size(); ++b) {
      if (scene.classes[a].contingent == scene.classes[b].contingent) rules.set(a, b, {});
    }
  }
  proof::SeparationOptions options;
  options.cap_m = candidate.limit.distance_m + 10 * kFar_m;
  const auto report = proof::prove_separation(scene.motions, rules, options);
  Nearness nearness;
  nearness.a = parties_[candidate.a].id;
  nearness.b = parties_[candidate.b].id;
  nearness.wanted_m = candidate.limit.distance_m;
  if (!report || report->nearest[0] == report->nearest[1]) {
    nearness.lower_m = nearness.upper_m = kInfinity;
    return nearness;
  }
  nearness.lower_m = report->least_lower_m;
  nearness.upper_m = report->least_upper_m;
  nearness.t_s = report->t_nearest_s;
  const auto& who = report->nearest;
  nearness.wanted_m =
      rules.between(scene.motions.movers[who[0]].of_class, scene.motions.movers[who[1]].of_class)
          .distance_m;
  Place p{};
  Place q{};
  if (scene.motions.position(scene.motions.movers[who[0]], nearness.t_s, p) &&
      scene.motions.position(scene.motions.movers[who[1]], nearness.t_s, q)) {
    for (std::size_t d = 0; d < 3; ++d) nearness.place_m[d] = 0.5 * (p[d] + q[d]);
  }
  return nearness;
}

void Finder::draw(const Candidate& candidate, double from_s, double to_s,
                  Nearness& nearness) const {
  std::vector<double> instants;
  for (std::size_t i = 0; i <= kInstants; ++i) {
    instants.push_back(from_s + (to_s - from_s) * static_cast<double>(i) / kInstants);
  }
  // Finer where it matters: a pass may last a second.
  std::vector<double> aways{0.1, 0.3, 20, 30, 45, 60};
  for (int i = 1; i <= 30; ++i) aways.push_back(0.5 * i);
  for (const double away : aways) {
    instants.push_back(nearness.t_s - away);
    instants.push_back(nearness.t_s + away);
  }
  std::sort(instants.begin(), instants.end());
  for (const double t : instants) {
    const double d = distance(parties_[candidate.a], parties_[candidate.b], candidate.limit, t);
    nearness.curve.push_back({t, std::isfinite(d) ? d : std::nan("")});
  }
  nearness.curve.push_back({nearness.t_s, nearness.upper_m});
  std::sort(nearness.curve.begin(), nearness.curve.end(),
            [](const auto& a, const auto& b) { return a[0] < b[0]; });
}

/// All pairs that owe each other something, the nearest by their boxes first.
std::vector<Finder::Candidate> Finder::candidates(double from_s, double to_s) const {
  std::vector<Candidate> all;
  for (std::size_t a = 0; a < parties_.size(); ++a) {
    for (std::size_t b = a + 1; b < parties_.size(); ++b) {
      Candidate candidate{a, b, wanted(parties_[a], parties_[b])};
      const bool meet = std::max(parties_[a].from_s, parties_[b].from_s) <=
                        std::min(parties_[a].to_s, parties_[b].to_s);
      if (candidate.limit.shape == Limit::Shape::none || !meet) continue;
      if (parties_[a].moves || parties_[b].moves) all.push_back(candidate);
    }
  }
  std::vector<Box> boxes(parties_.size());
  for (std::size_t i = 0; i <= kLooks; ++i) {
    const double t = from_s + (to_s - from_s) * static_cast<double>(i) / kLooks;
    for (std::size_t p = 0; p < parties_.size(); ++p) boxes[p] = box(parties_[p], t);
    for (Candidate& each : all) {
      const Box& p = boxes[each.a];
      const Box& q = boxes[each.b];
      if (p.empty() || q.empty()) continue;
      if (gap(p.z0, p.z1, q.z0, q.z1) >= each.limit.vertical_m) continue;
      const double level = std::hypot(gap(p.x0, p.x1, q.x0, q.x1), gap(p.y0, p.y1, q.y0, q.y1));
      if (level - each.limit.distance_m >= each.margin_m) continue;
      each.margin_m = level - each.limit.distance_m;
      each.t_s = t;
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Candidate& x, const Candidate& y) { return x.margin_m < y.margin_m; });
  return all;
}

std::vector<Nearness> Finder::nearest(std::size_t most) {
  constexpr std::size_t kTries = 3;  // times as many as are wanted: boxes may overlap at a corner
  double from = kInfinity;
  double to = -kInfinity;
  for (const Party& party : parties_) {
    if (!party.moves) continue;
    from = std::min(from, party.from_s);
    to = std::max(to, party.to_s);
  }
  if (from > to) return {};
  std::vector<Candidate> tried = candidates(from, to);
  std::erase_if(tried, [](const Candidate& each) { return each.margin_m >= kFar_m; });
  if (tried.size() > kTries * most) tried.resize(kTries * most);
  const double step = (to - from) / kLooks;
  for (Candidate& each : tried) {
    each.margin_m = kInfinity;
    for (const double share : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
      const double d =
          distance(parties_[each.a], parties_[each.b], each.limit, each.t_s + share * step);
      each.margin_m = std::min(each.margin_m, d - each.limit.distance_m);
    }
  }
  std::stable_sort(tried.begin(), tried.end(),
                   [](const Candidate& x, const Candidate& y) { return x.margin_m < y.margin_m; });
  if (tried.size() > most) tried.resize(most);
  std::vector<Nearness> all;
  for (const Candidate& each : tried) {
    Nearness nearness = proven(each);
    if (!std::isfinite(nearness.upper_m)) continue;
    draw(each, from, to, nearness);
    all.push_back(std::move(nearness));
  }
  std::stable_sort(all.begin(), all.end(), [](const Nearness& x, const Nearness& y) {
    return x.upper_m - x.wanted_m < y.upper_m - y.wanted_m;
  });
  return all;
}

}  // namespace

std::vector<Nearness> nearest_pairs(const show::Show& show, const Plan& plan, std::size_t most) {
  return most == 0 ? std::vector<Nearness>() : Finder(show, plan.tracks).nearest(most);
}

}  // namespace defilada::plan
