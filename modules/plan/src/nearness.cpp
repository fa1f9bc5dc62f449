// SPDX-License-Identifier: MIT
// Which contingents come nearest to each other. Boxes about a contingent at an instant and the
// speed of its fastest bound how near two can come in a stretch of time, which is halved where that
// is nearer than the nearest known; the proof then says of the few that are left how near it is.
//
//   distance |  \ box to box        no nearer than d - (va + vb) length / 2 in the whole stretch
//            |   \___/
//            +--------------> t
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "prove_scene.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using proof::Limit;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFar_m = 100;       ///< pairs that stay farther beyond what they owe are not told
constexpr double kShortest_s = 0.2;  ///< of a stretch: the proof finds what lies inside
constexpr std::size_t kInstants = 480;

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
  std::vector<std::uint32_t> kinds;
  bool air = false;
  double from_s = kInfinity;
  double to_s = -kInfinity;
  double speed_mps = 0;  ///< of the fastest, at any instant looked at
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
      party.kinds.assign(kinds.begin(), kinds.end());
      party.air = show::flies(show.kinds[party.kinds.front()].category);
      for (const std::uint32_t p : paths) {
        const auto [from, to] = tracks.interval(tracks.paths[p]);
        party.from_s = std::min(party.from_s, from);
        party.to_s = std::max(party.to_s, to);
      }
      party.speed_mps = speed_of(party);
      parties_.push_back(std::move(party));
    }
  }

  std::vector<Nearness> nearest(std::size_t most);

 private:
  /// Of the movers farthest from their paths too: looked at in each piece.
  [[nodiscard]] double speed_of(const Party& party) const {
    double fastest = 0;
    std::set<std::pair<std::uint32_t, double>> seen;
    for (const std::uint32_t m : party.movers) {
      const track::Mover& mover = tracks_.movers[m];
      if (!seen.emplace(mover.path, std::abs(mover.left_m)).second) continue;
      for (const track::Piece& piece : tracks_.pieces_of(tracks_.paths[mover.path])) {
        for (const double share : {0.0, 0.5, 1.0}) {
          const double dt = share * (piece.t1_s - piece.t0_s);
          const double vx =
              track::derivative(piece.x, dt) + mover.left_m * track::derivative(piece.nx, dt);
          const double vy =
              track::derivative(piece.y, dt) + mover.left_m * track::derivative(piece.ny, dt);
          fastest = std::max(fastest, std::hypot(vx, vy));
        }
      }
    }
    return 1.2 * fastest;
  }

  [[nodiscard]] std::vector<Place> places(const Party& party, double t_s) const {
    std::vector<Place> out;
    if (t_s < party.from_s || t_s > party.to_s) return out;
    for (const std::uint32_t m : party.movers) {
      if (const auto state = tracks_.at(tracks_.movers[m], t_s)) out.push_back(state->position_m);
    }
    return out;
  }

  /// From the places; kept, for a contingent is asked for with many others.
  const Box& box(std::size_t party, double t_s) {
    const auto [found, fresh] = boxes_.try_emplace({party, t_s});
    if (fresh) {
      for (const Place& place : places(parties_[party], t_s)) {
        found->second.take(place[0], place[1], place[2]);
      }
    }
    return found->second;
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
    double margin_m = kInfinity;  ///< of boxes or better: a first guess
  };
  void look(Candidate& candidate, double from_s, double to_s, double beyond_m);
  [[nodiscard]] double distance(const Party& a, const Party& b, const Limit& limit,
                                double t_s) const;
  [[nodiscard]] Nearness proven(const Candidate& candidate) const;
  void draw(const Candidate& candidate, double from_s, double to_s, Nearness& nearness) const;

  const show::Show& show_;
  const track::TrackSet& tracks_;
  std::vector<Party> parties_;
  std::map<std::pair<std::size_t, double>, Box> boxes_;
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

/// Lowers the candidate's margin to what boxes say of [from, to], where that is below `beyond`.
void Finder::look(Candidate& candidate, double from_s, double to_s, double beyond_m) {
  const Party& a = parties_[candidate.a];
  const Party& b = parties_[candidate.b];
  const double t = 0.5 * (from_s + to_s);
  const double reach = 0.5 * (to_s - from_s) * (a.speed_mps + b.speed_mps);
  const Box& p = box(candidate.a, t);
  const Box& q = box(candidate.b, t);
  const bool both = !p.empty() && !q.empty();
  const bool heights =
      both && gap(p.z0, p.z1, q.z0, q.z1) < candidate.limit.vertical_m + 0.1 * reach;
  const double level =
      both ? std::hypot(gap(p.x0, p.x1, q.x0, q.x1), gap(p.y0, p.y1, q.y0, q.y1)) : 0;
  const double bound = level - candidate.limit.distance_m - reach;
  if (both && (!heights || bound >= std::min(beyond_m, candidate.margin_m))) return;
  if (to_s - from_s < kShortest_s || (both && reach < 0.5)) {
    const double exact = distance(a, b, candidate.limit, t) - candidate.limit.distance_m;
    candidate.margin_m = std::min(candidate.margin_m, exact);
    return;
  }
  look(candidate, from_s, t, beyond_m);
  look(candidate, t, to_s, beyond_m);
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
  for (const double away : {0.1, 0.3, 1.0, 2.0, 4.0, 8.0, 15.0}) {
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

std::vector<Nearness> Finder::nearest(std::size_t most) {
  std::vector<Candidate> candidates;
  std::vector<double> margins;  // of the nearest so far, in order
  for (std::size_t a = 0; a < parties_.size(); ++a) {
    for (std::size_t b = a + 1; b < parties_.size(); ++b) {
      Candidate candidate{a, b, wanted(parties_[a], parties_[b])};
      if (candidate.limit.shape == Limit::Shape::none) continue;
      const double from = std::max(parties_[a].from_s, parties_[b].from_s);
      const double to = std::min(parties_[a].to_s, parties_[b].to_s);
      if (from > to || parties_[a].speed_mps + parties_[b].speed_mps == 0) continue;
      const double beyond = margins.size() < most ? kFar_m : margins[most - 1];
      look(candidate, from, to, beyond);
      if (candidate.margin_m >= beyond) continue;
      candidates.push_back(candidate);
      margins.insert(std::upper_bound(margins.begin(), margins.end(), candidate.margin_m),
                     candidate.margin_m);
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& x, const Candidate& y) { return x.margin_m < y.margin_m; });
  if (candidates.size() > most) candidates.resize(most);
  std::vector<Nearness> all;
  for (const Candidate& candidate : candidates) all.push_back(proven(candidate));
  double from = kInfinity;
  double to = -kInfinity;
  for (const Candidate& candidate : candidates) {
    for (const std::size_t party : {candidate.a, candidate.b}) {
      if (parties_[party].speed_mps == 0) continue;
      from = std::min(from, parties_[party].from_s);
      to = std::max(to, parties_[party].to_s);
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) draw(candidates[i], from, to, all[i]);
  return all;
}

}  // namespace

void fill_nearness(const show::Show& show, std::size_t most, Plan& plan) {
  plan.nearness = Finder(show, plan.tracks).nearest(most);
}

}  // namespace defilada::plan
