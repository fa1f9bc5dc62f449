// SPDX-License-Identifier: MIT
#include "air_heights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace defilada::plan {
namespace {

using proof::Ability;

bool limits(const show::Route& line) {
  return line.floor_m || line.ceiling_m;
}

std::vector<HeightStretch> stretches_of(const show::Show& show, const FlightCard& card) {
  constexpr double kEver = std::numeric_limits<double>::infinity();
  const show::Contingent& who = show[card.contingent];
  std::vector<HeightStretch> out;
  double joins_s = -kEver;
  if (who.joins) {
    const auto join = std::find_if(
        card.points.begin(), card.points.end(),
        [&](const FlightCard::Point& point) { return point.station == who.joins->station; });
    if (join != card.points.end()) joins_s = join->head.seconds();
    out.push_back({card.contingent, who.joins->from, -kEver, joins_s});
  }
  const double leaves_s = card.break_off ? card.break_off->time.seconds() : kEver;
  out.push_back({card.contingent, show[who.procession].route, joins_s, leaves_s});
  std::erase_if(out, [&](const HeightStretch& each) { return !limits(show[each.line]); });
  return out;
}

/// The same polynomial in powers of (t - t0 - by). Its roundings are a millionth of the nanometre
/// that the limits of heights leave.
void move_origin(std::array<proof::Coefficient, track::kOrder>& own, double by_s) {
  for (std::size_t done = 0; done + 1 < own.size(); ++done) {
    for (std::size_t k = own.size() - 1; k-- > done;) {
      for (std::size_t d = 0; d < own[k].size(); ++d) own[k][d] += by_s * own[k + 1][d];
    }
  }
}

/// The stretches of flights as movers of their own.
class OnLines {
 public:
  OnLines(const show::Show& show, const Plan& plan) : plan_(plan) {
    for (const show::Route& route : show.site.routes) {
      Ability ability;
      if (route.floor_m) ability.floor_m = *route.floor_m;
      if (route.ceiling_m) ability.ceiling_m = *route.ceiling_m;
      abilities.push_back(ability);
    }
    for (const HeightStretch& stretch : height_stretches(show, plan)) add(stretch);
  }

  proof::Motions motions;
  std::vector<Ability> abilities;     ///< (route)
  std::vector<std::uint32_t> movers;  ///< (mover of motions) index in the plan's

 private:
  void add(const HeightStretch& stretch) {
    std::map<std::uint32_t, std::uint32_t> known;  // paths
    for (const track::Group& group : plan_.tracks.groups) {
      if (group.contingent != stretch.contingent.value) continue;
      for (std::uint32_t m = 0; m < group.mover_count; ++m) {
        const std::uint32_t index = group.first_mover + m;
        const track::Mover& mover = plan_.tracks.movers[index];
        const auto [found, fresh] = known.try_emplace(mover.path);
        if (fresh) found->second = add_path(plan_.tracks.paths[mover.path], stretch);
        proof::MotionMover on;
        on.path = found->second;
        on.left_m = mover.left_m;
        on.offset_m = mover.offset_m;
        on.of_class = stretch.line.value;
        motions.movers.push_back(on);
        movers.push_back(index);
      }
    }
  }

  std::uint32_t add_path(const track::Path& path, const HeightStretch& stretch) {
    std::array<proof::Coefficient, track::kOrder> own{};
    const std::uint32_t added =
        motions.add_path(path.error_centre_m, path.error_normal, path.straight);
    for (const track::Piece& piece : plan_.tracks.pieces_of(path)) {
      if (piece.t1_s <= stretch.from_s || piece.t0_s >= stretch.to_s) continue;
      for (std::size_t k = 0; k < own.size(); ++k) {
        own[k] = {piece.x[k], piece.y[k], piece.z[k], piece.nx[k], piece.ny[k]};
      }
      const double from = std::max(piece.t0_s, stretch.from_s);
      if (from > piece.t0_s) move_origin(own, from - piece.t0_s);
      motions.add_piece(from, std::min(piece.t1_s, stretch.to_s), own, piece.facing_rad);
    }
    return added;
  }

  const Plan& plan_;
};

}  // namespace

std::vector<HeightStretch> height_stretches(const show::Show& show, const Plan& plan) {
  std::vector<HeightStretch> out;
  for (const FlightCard& card : plan.flights) {
    const std::vector<HeightStretch> own = stretches_of(show, card);
    out.insert(out.end(), own.begin(), own.end());
  }
  return out;
}

Result<std::vector<BeyondLine>> prove_heights(const show::Show& show, const Plan& plan,
                                              const proof::AbilityOptions& options) {
  const OnLines lines(show, plan);
  std::vector<BeyondLine> out;
  if (lines.movers.empty()) return out;
  auto report = proof::prove_abilities(lines.motions, lines.abilities, options);
  if (!report) return tl::unexpected(report.error());
  std::map<std::uint32_t, BeyondLine> beyond;
  for (proof::Excess& each : report->excesses) {
    const show::RouteId line{lines.motions.movers[each.mover].of_class};
    each.mover = lines.movers[each.mover];
    beyond[line.value].line = line;
    beyond[line.value].excesses.push_back(each);
  }
  for (auto& [line, each] : beyond) out.push_back(std::move(each));
  return out;
}

HeightLimits height_limits(const show::Show& show, const show::Contingent& who,
                           std::optional<show::RouteId> line) {
  HeightLimits limits;
  const auto narrow = [&](const std::optional<double>& floor_m,
                          const std::optional<double>& ceiling_m) {
    if (floor_m) limits.floor_m = std::max(limits.floor_m, *floor_m);
    if (ceiling_m) limits.ceiling_m = std::min(limits.ceiling_m, *ceiling_m);
  };
  for (const show::Part& part : who.parts)
    narrow(show[part.kind].floor_m, show[part.kind].ceiling_m);
  if (line) narrow(show[*line].floor_m, show[*line].ceiling_m);
  return limits;
}

std::optional<Fix> other_height(const show::Show& show, const show::Contingent& who,
                                const HeightLimits& limits, const proof::Excess& worst) {
  constexpr double kStep_m = 5;
  const show::Procession& flypast = show[who.procession];
  const Span span = who.height_m ? who.height_span : flypast.height_span;
  if (!span.known()) return {};
  const double own = who.height_m.value_or(flypast.height_m);
  const double by = worst.limit - worst.value;
  const double steps = by > 0 ? std::ceil(by / kStep_m - 1e-6) : std::floor(by / kStep_m + 1e-6);
  const double height = own + steps * kStep_m;
  const double then = worst.value + steps * kStep_m;
  const bool fits = height > 0 && std::min(height, then) >= limits.floor_m &&
                    std::max(height, then) <= limits.ceiling_m;
  if (!fits) return {};
  const std::string text = fmt::format("{:g} m", height);
  return Fix{phrase("fly at {} instead of {:g} m", Measure{text}, own), {Edit{span, text}}};
}

}  // namespace defilada::plan
