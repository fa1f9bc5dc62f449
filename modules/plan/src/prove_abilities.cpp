// SPDX-License-Identifier: MIT
// Whether anybody is asked for more than they can do, at every instant: findings of the tracks, one
// for each contingent, kind of limit and stretch of time.
#include <fmt/format.h>

#include <algorithm>
#include <numbers>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "ability_of.hpp"
#include "air_heights.hpp"
#include "defilada/proof/abilities.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using proof::Ability;
using proof::Excess;
using proof::Motions;
using proof::Quantity;

constexpr double kKmh = 3.6;
constexpr double kOneCause_s = 60;

double or_any(double limit) {
  return limit > 0 ? limit : Ability::kAny;
}

Motions motions_of(const track::TrackSet& tracks) {
  Motions motions;
  motions.add_paths(tracks);
  for (const track::Mover& mover : tracks.movers) {
    proof::MotionMover own;
    own.path = mover.path;
    own.left_m = mover.left_m;
    own.offset_m = mover.offset_m;
    own.of_class = mover.kind;
    motions.movers.push_back(own);
  }
  return motions;
}

/// The codes under which movement tells the same, by closed forms, before there are tracks.
std::vector<std::string_view> told_by_movement(Quantity quantity) {
  switch (quantity) {
    case Quantity::speed:
      return {"movement.too-fast", "movement.outer-file-pace", "movement.wheel-too-tight"};
    case Quantity::slowness: return {"movement.too-slow"};
    case Quantity::acceleration: return {"movement.change-too-short"};
    case Quantity::turning_radius: return {"movement.turning-circle", "movement.wheel-too-tight"};
    case Quantity::bank: return {"movement.bank-too-steep", "movement.turn-too-tight"};
    case Quantity::climb: return {"movement.climb-too-steep"};
    case Quantity::floor:
    case Quantity::ceiling: break;
  }
  return {};
}

/// Excesses of one contingent and quantity that go on, or come back within a minute.
struct Cause {
  std::uint32_t contingent = 0;
  Quantity quantity = Quantity::speed;
  double t0_s = 0;
  double t1_s = 0;
  Excess worst;
  std::set<std::uint32_t> movers;
  std::optional<show::RouteId> line;  ///< whose floor or ceiling it is; none: the kind's
};

bool worse(const Excess& a, const Excess& b) {
  return std::abs(a.value - a.limit) > std::abs(b.value - b.limit);
}

std::vector<Cause> causes_of(const track::TrackSet& tracks, std::vector<Excess> excesses) {
  const auto key = [&](const Excess& each) {
    return std::tuple(tracks.movers[each.mover].contingent, each.quantity, each.t0_s, each.mover);
  };
  std::sort(excesses.begin(), excesses.end(),
            [&](const Excess& a, const Excess& b) { return key(a) < key(b); });
  std::vector<Cause> causes;
  for (const Excess& each : excesses) {
    const std::uint32_t contingent = tracks.movers[each.mover].contingent;
    const bool goes_on = !causes.empty() && causes.back().contingent == contingent &&
                         causes.back().quantity == each.quantity &&
                         each.t0_s <= causes.back().t1_s + kOneCause_s;
    if (!goes_on) causes.push_back({contingent, each.quantity, each.t0_s, each.t1_s, each, {}, {}});
    Cause& cause = causes.back();
    cause.t1_s = std::max(cause.t1_s, each.t1_s);
    if (worse(each, cause.worst)) cause.worst = each;
    cause.movers.insert(each.mover);
  }
  return causes;
}

bool is_told(const show::Show& show, const Cause& cause, const std::vector<Finding>& findings) {
  const std::vector<std::string_view> codes = told_by_movement(cause.quantity);
  const Span span = show.contingents[cause.contingent].span;
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.span == span &&
           std::find(codes.begin(), codes.end(), finding.code) != codes.end();
  });
}

Phrase sentence(const show::Show& show, const track::TrackSet& tracks, const Cause& cause) {
  const Excess& worst = cause.worst;
  const track::Mover& mover = tracks.movers[worst.mover];
  const std::string who = mover_name(show, mover);
  const Phrase kind = show.kinds[mover.kind].label.said();
  const auto degrees = [](double radians) { return radians * 180 / std::numbers::pi; };
  switch (cause.quantity) {
    case Quantity::speed:
      return phrase("{} moves at up to {:.1f} km/h; {} can do {:.1f} km/h", who, worst.value * kKmh,
                    kind, worst.limit * kKmh);
    case Quantity::slowness:
      return phrase("{} slows down to {:.1f} km/h; {} flies no slower than {:.1f} km/h", who,
                    worst.value * kKmh, kind, worst.limit * kKmh);
    case Quantity::acceleration:
      return phrase("{} changes its speed by up to {:.2f} m/s each second; {} can do {:.2f}", who,
                    worst.value, kind, worst.limit);
    case Quantity::turning_radius:
      return phrase("{} turns as tightly as {:.1f} m; {} needs {:.1f} m", who, worst.value, kind,
                    worst.limit);
    case Quantity::bank:
      return phrase("{} must bank up to {:.0f} degrees; {} banks {:.0f} at most", who,
                    degrees(worst.value), kind, degrees(worst.limit));
    case Quantity::climb:
      return phrase("{} climbs or sinks by up to {:.1f} m/s; {} can do {:.1f} m/s", who,
                    std::abs(worst.value), kind, worst.limit);
    case Quantity::floor:
      if (!cause.line) {
        return phrase("{} flies at {:.1f} m, {:.1f} m too low for {}, which keeps above {:g} m",
                      who, worst.value, worst.limit - worst.value, kind, worst.limit);
      }
      return phrase("{} flies at {:.1f} m, {:.1f} m below the floor of {}, {:g} m", who,
                    worst.value, worst.limit - worst.value, show[*cause.line].name, worst.limit);
    case Quantity::ceiling: break;
  }
  if (!cause.line) {
    return phrase("{} flies at {:.1f} m, {:.1f} m too high for {}, which keeps below {:g} m", who,
                  worst.value, worst.value - worst.limit, kind, worst.limit);
  }
  return phrase("{} flies at {:.1f} m, {:.1f} m above the ceiling of {}, {:g} m", who, worst.value,
                worst.value - worst.limit, show[*cause.line].name, worst.limit);
}

Finding finding_of(const show::Show& show, const track::TrackSet& tracks, const Cause& cause) {
  constexpr std::size_t kNamed = 20;
  Finding finding;
  finding.severity = Severity::error;
  finding.code = "plan.beyond-" + std::string(to_string(cause.quantity));
  finding.message = sentence(show, tracks, cause);
  finding.span = show.contingents[cause.contingent].span;
  finding.begin = time_from_seconds(cause.t0_s);
  finding.end = time_from_seconds(cause.t1_s);
  finding.place = cause.worst.place_m;
  finding.who.push_back(mover_name(show, tracks.movers[cause.worst.mover]));
  for (const std::uint32_t mover : cause.movers) {
    if (finding.who.size() == kNamed) break;
    if (mover != cause.worst.mover) finding.who.push_back(mover_name(show, tracks.movers[mover]));
  }
  if (cause.quantity == Quantity::floor || cause.quantity == Quantity::ceiling) {
    const show::Contingent& who = show.contingents[cause.contingent];
    finding.fix = other_height(show, who, height_limits(show, who, cause.line), cause.worst);
  }
  return finding;
}

}  // namespace

Ability ability_of(const show::Kind& kind) {
  Ability ability;
  ability.speed_max_mps = or_any(kind.speed_max_mps);
  ability.acceleration_mps2 = or_any(kind.acceleration_mps2);
  if (kind.category == show::Category::vehicle) ability.turning_radius_m = kind.turning_radius_m;
  if (show::flies(kind.category)) {
    ability.speed_min_mps = kind.speed_min_mps;
    ability.bank_max_rad = or_any(kind.bank_max_rad);
    ability.climb_max_mps = or_any(kind.climb_max_mps);
    if (kind.floor_m) ability.floor_m = *kind.floor_m;
    if (kind.ceiling_m) ability.ceiling_m = *kind.ceiling_m;
  }
  return ability;
}

bool prove_abilities(const show::Show& show, const Options& options, Plan& plan) {
  std::vector<Ability> abilities;
  for (const show::Kind& kind : show.kinds) abilities.push_back(ability_of(kind));
  proof::AbilityOptions wanted;
  wanted.progress = [&](double share) {
    return !options.progress || options.progress("limits", share);
  };
  const auto report = proof::prove_abilities(motions_of(plan.tracks), abilities, wanted);
  if (!report) return false;
  const auto heights = prove_heights(show, plan, wanted);
  if (!heights) return false;
  std::vector<Cause> causes = causes_of(plan.tracks, report->excesses);
  for (const BeyondLine& beyond : *heights) {
    for (Cause& cause : causes_of(plan.tracks, beyond.excesses)) {
      cause.line = beyond.line;
      causes.push_back(std::move(cause));
    }
  }
  std::vector<Finding> found;
  for (const Cause& cause : causes) {
    if (!is_told(show, cause, plan.findings)) found.push_back(finding_of(show, plan.tracks, cause));
  }
  plan.findings.insert(plan.findings.end(), std::make_move_iterator(found.begin()),
                       std::make_move_iterator(found.end()));
  return true;
}

}  // namespace defilada::plan
