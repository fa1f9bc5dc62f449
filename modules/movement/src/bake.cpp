// SPDX-License-Identifier: MIT
#include "defilada/movement/bake.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "defilada/core/check.hpp"
#include "defilada/movement/hold.hpp"
#include "defilada/movement/wind.hpp"
#include "rank_baker.hpp"

namespace defilada::movement {

std::vector<Look> looks_of(const show::Show& show, const Motion& motion, std::size_t rank) {
  const show::Contingent& who = show[motion.contingent()];
  const Arrangement& arrangement = motion.arrangement();
  const double own =
      motion.keeps_distances() ? 0 : -(arrangement.front_m + arrangement.backs_m[rank]);
  std::vector<Look> looks;
  for (std::size_t i = 0; i < motion.zones().size(); ++i) {
    const show::GaitZone& zone = motion.zones()[i];
    if (!zone.facing_rad) continue;
    const double shift = motion.change(i) == show::Change::rank ? 0 : own;
    const double ahead = motion.ahead_at(zone.from_m);
    looks.push_back({zone.from_m + shift - ahead, zone.to_m + shift - ahead, *zone.facing_rad});
  }
  for (const show::Halt& halt : show[who.procession].halts) {
    const double at = show[halt.station].s_m;
    const double s = at + own - motion.ahead_at(at);
    if (halt.facing_rad) looks.push_back({s, s, *halt.facing_rad});
  }
  return looks;
}

namespace {

Climb climb_of(const show::Show& show, const Motion& motion, std::size_t rank, double steps_off_s) {
  const show::Contingent& contingent = show[motion.contingent()];
  const show::Procession& procession = show[contingent.procession];
  Climb climb;
  if (!procession.air) return climb;
  climb.height_m = height_m(show, motion.contingent());
  if (procession.break_off) {
    climb.from_s = steps_off_s + motion.rank_at(rank, motion.leaves_line_m());
    climb.rate_mps = procession.break_off->climb_mps;
  }
  return climb;
}

/// True if every rank is on one and the same straight from beginning to end.
bool all_on_one_straight(const Motion& motion) {
  const double depth = motion.arrangement().depth_m();
  const double from = motion.start_m() - depth;
  const double to = motion.end_m() + depth;
  const geo::Route::Element* only = nullptr;
  for (const auto& element : motion.route().elements()) {
    if (element.s0 + element.length <= from || element.s0 >= to) continue;
    if (element.curvature != 0 || (only != nullptr && only->heading != element.heading))
      return false;
    only = &element;
  }
  return true;
}

/// What a rank drives: that of a recovery vehicle, which is alone in its rank, with what it does.
Motion::RankProfile profile_of(const Motion& motion, std::size_t rank) {
  const auto& stall = motion.stall();
  if (stall && stall->profile && rank == motion.arrangement().rank_of[stall->recovery->slot]) {
    return {&*stall->profile, 0};
  }
  return motion.profile_of(rank);
}

track::Mover mover_of(const Motion& motion, std::size_t slot) {
  const Arrangement& arrangement = motion.arrangement();
  track::Mover mover;
  mover.contingent = motion.contingent().value;
  mover.slot = static_cast<std::uint32_t>(slot);
  mover.part = arrangement.slots[slot].part;
  mover.kind = arrangement.slots[slot].kind.value;
  mover.left_m = arrangement.slots[slot].slot.left_m;
  return mover;
}

}  // namespace

namespace {

void bake_motion(const show::Show& show, const Motion& motion, double forms_up_s,
                 double steps_off_s, track::TrackSet& tracks, double until_s) {
  if (!motion.drill().empty()) {
    return bake_drilled(show, motion, forms_up_s, steps_off_s, tracks, until_s);
  }
  const Arrangement& arrangement = motion.arrangement();
  const show::Procession& procession = show[show[motion.contingent()].procession];
  const double end_s = steps_off_s + motion.duration_s();
  const double widest = std::max(arrangement.left_m, arrangement.right_m);
  const double limit = procession.air ? kAirErrorM : kGroundErrorM;
  const bool climbs =
      procession.air && procession.break_off && procession.break_off->climb_mps != 0;
  const bool one_path = motion.keeps_distances() && all_on_one_straight(motion) && !climbs;

  const Wind wind = procession.air ? Wind(show) : Wind(geo::Vec2{});
  const auto facing = procession.line_up ? procession.line_up->facing_rad : std::nullopt;
  const auto stays_facing = procession.stays ? procession.stays->facing_rad : std::nullopt;
  const double until = motion.stays() ? until_s : end_s;
  std::vector<std::uint32_t> paths;
  const std::size_t path_count = one_path ? 1 : arrangement.backs_m.size();
  for (std::size_t rank = 0; rank < path_count; ++rank) {
    RankBaker baker(motion.route(), motion.lane_shifts(rank), profile_of(motion, rank), steps_off_s,
                    end_s, climb_of(show, motion, rank, steps_off_s), looks_of(show, motion, rank),
                    wind, widest, limit, tracks);
    paths.push_back(baker.bake(forms_up_s, facing, until, stays_facing));
  }
  track::Group group{motion.contingent().value, static_cast<std::uint32_t>(tracks.movers.size()),
                     static_cast<std::uint32_t>(arrangement.slots.size())};
  const geo::Vec2 direction = motion.route().at(motion.start_m()).direction;
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    track::Mover mover = mover_of(motion, i);
    const std::uint32_t rank = arrangement.rank_of[i];
    mover.path = paths[one_path ? 0 : rank];
    if (one_path) {
      const double back = arrangement.backs_m[rank];
      mover.offset_m = {-back * direction.x, -back * direction.y, 0};
    }
    tracks.movers.push_back(mover);
  }
  tracks.groups.push_back(group);
}

}  // namespace

void bake(const show::Show& show, const Motion& motion, double forms_up_s, double steps_off_s,
          track::TrackSet& tracks, double until_s) {
  const bool holds = show[motion.contingent()].hold && forms_up_s < steps_off_s - kSameTimeS;
  if (!holds) return bake_motion(show, motion, forms_up_s, steps_off_s, tracks, until_s);
  const Motion all = with_hold(show, motion, steps_off_s - forms_up_s);
  bake_motion(show, all, forms_up_s, forms_up_s, tracks, until_s);
}

void bake_in_place(const show::Show& show, show::ContingentId contingent,
                   const Arrangement& arrangement, double begin_s, double end_s,
                   track::TrackSet& tracks) {
  const show::Contingent::InPlace& place = *show[contingent].in_place;
  const geo::Vec2 direction{std::cos(place.facing_rad), std::sin(place.facing_rad)};
  const geo::Vec2 normal = geo::left_of(direction);
  track::Piece piece;
  piece.t0_s = begin_s;
  piece.t1_s = end_s;
  piece.x = {place.position.x};
  piece.y = {place.position.y};
  piece.nx = {normal.x};
  piece.ny = {normal.y};
  tracks.paths.push_back(
      {static_cast<std::uint32_t>(tracks.pieces.size()), 1, kRoundingM, 1e-12, true});
  tracks.pieces.push_back(piece);
  tracks.groups.push_back({contingent.value, static_cast<std::uint32_t>(tracks.movers.size()),
                           static_cast<std::uint32_t>(arrangement.slots.size())});
  for (std::size_t i = 0; i < arrangement.slots.size(); ++i) {
    const PlacedSlot& placed = arrangement.slots[i];
    track::Mover mover;
    mover.path = static_cast<std::uint32_t>(tracks.paths.size() - 1);
    mover.left_m = placed.slot.left_m;
    mover.offset_m = {-placed.slot.back_m * direction.x, -placed.slot.back_m * direction.y, 0};
    mover.contingent = contingent.value;
    mover.kind = placed.kind.value;
    mover.slot = static_cast<std::uint32_t>(i);
    mover.part = placed.part;
    tracks.movers.push_back(mover);
  }
}

track::Path bake_way(const geo::Route& route, const SpeedProfile& profile, double departs_s,
                     double ends_s, double left_m, track::TrackSet& tracks) {
  RankBaker baker(route, {}, {&profile, 0}, departs_s, ends_s, {}, {}, Wind(geo::Vec2{}),
                  std::abs(left_m), kGroundErrorM, tracks);
  static_cast<void>(baker.bake(departs_s, std::nullopt, ends_s, std::nullopt));
  const track::Path path = tracks.paths.back();
  tracks.paths.pop_back();
  return path;
}

}  // namespace defilada::movement
