// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>

#include "defilada/movement/bake.hpp"
#include "rank_baker.hpp"

/// A contingent that drills. Between evolutions at the halt each slot is in a rank, whose path is
/// that of any other; a slot's own track is that path with its place in the rank folded in:
///
///   stage 0             evolution 1      stage 1 ...         a countermarch within a stage:
///   rank path + left    straight moves   rank path + left    before + left N, in the bend + left
///   N0,
///                                                            behind it - left N
///
/// N0 is the normal where the bend begins: each file goes round a copy of the bend.
namespace defilada::movement {
namespace {

struct RankPath {
  std::vector<track::Piece> pieces;
  double error_centre_m = 0;
  double error_normal = 0;
};

class DrillBaker {
 public:
  DrillBaker(const show::Show& show, const Motion& motion, double forms_up_s, double steps_off_s,
             track::TrackSet& tracks, double until_s)
      : show_(show),
        motion_(motion),
        procession_(show[show[motion.contingent()].procession]),
        forms_up_(forms_up_s),
        steps_off_(steps_off_s),
        end_(steps_off_s + motion.duration_s()),
        until_(motion.stays() ? until_s : end_),
        tracks_(tracks) {
    stages_.push_back({&motion.arrangement(), 0, nullptr, {}, steps_off_, end_});
    for (const Drilled& each : motion.drill()) {
      if (each.turns_back) stages_.back().bends.push_back(&*each.bend);
      if (!each.halted) continue;
      stages_.back().to_s = steps_off_ + each.t0_s;
      stages_.push_back(
          {&each.after, each.ahead_m, &*each.halted, {}, steps_off_ + each.t1_s, end_});
    }
    for (const Stage& stage : stages_) {
      widest_ = std::max({widest_, stage.formation->left_m, stage.formation->right_m});
    }
  }

  void bake() {
    const Arrangement& first = motion_.arrangement();
    tracks_.groups.push_back({motion_.contingent().value,
                              static_cast<std::uint32_t>(tracks_.movers.size()),
                              static_cast<std::uint32_t>(first.slots.size())});
    for (std::size_t slot = 0; slot < first.slots.size(); ++slot) {
      track::Mover mover;
      mover.contingent = motion_.contingent().value;
      mover.slot = static_cast<std::uint32_t>(slot);
      mover.part = first.slots[slot].part;
      mover.kind = first.slots[slot].kind.value;
      mover.path = path_of(slot);
      tracks_.movers.push_back(mover);
    }
  }

 private:
  struct Stage {
    const Arrangement* formation;
    double ahead_m;
    const Evolved* evolved;          ///< how it came about; nullptr: as it stepped off
    std::vector<const Bend*> bends;  ///< countermarches while it lasts
    double from_s;
    double to_s;
  };

  [[nodiscard]] double shift_of(const Stage& stage, std::size_t rank) const {
    return stage.ahead_m - motion_.arrangement().front_m - stage.formation->backs_m[rank];
  }
  [[nodiscard]] const SpeedProfile& frame() const { return *motion_.profile_of(0).profile; }

  std::uint32_t path_of(std::size_t slot) {
    track::Path path;
    path.first_piece = static_cast<std::uint32_t>(tracks_.pieces.size());
    path.straight = false;
    for (std::size_t k = 0; k < stages_.size(); ++k) {
      if (k > 0) evolve(k, slot);
      const Stage& stage = stages_[k];
      const std::uint32_t rank = stage.formation->rank_of[slot];
      const RankPath& along = rank_path(k, rank);
      const double left = stage.formation->slots[slot].slot.left_m;
      for (const track::Piece& piece : along.pieces) {
        tracks_.pieces.push_back(folded(stage, rank, piece, left));
      }
      path.error_centre_m =
          std::max(path.error_centre_m, along.error_centre_m + std::abs(left) * along.error_normal);
      path.error_normal = std::max(path.error_normal, along.error_normal);
    }
    path.piece_count = static_cast<std::uint32_t>(tracks_.pieces.size()) - path.first_piece;
    tracks_.paths.push_back(path);
    return static_cast<std::uint32_t>(tracks_.paths.size() - 1);
  }

  const RankPath& rank_path(std::size_t k, std::uint32_t rank) {
    const auto known = ranks_.find({k, rank});
    if (known != ranks_.end()) return known->second;
    const Stage& stage = stages_[k];
    RankPath& out = ranks_[{k, rank}];
    const bool first = k == 0;
    const bool last = k + 1 == stages_.size();
    if (!first && !last && stage.to_s - stage.from_s < kSameTimeS) return out;
    track::TrackSet scratch;
    RankBaker baker(motion_.route(), motion_.lane_shifts(rank), {&frame(), shift_of(stage, rank)},
                    steps_off_, end_, {}, looks_of(show_, motion_, rank), Wind(geo::Vec2{}),
                    widest_, kGroundErrorM, scratch);
    baker.between(stage.from_s, stage.to_s);
    const auto facing = procession_.line_up ? procession_.line_up->facing_rad : std::nullopt;
    const auto stays = procession_.stays ? procession_.stays->facing_rad : std::nullopt;
    static_cast<void>(
        baker.bake(first ? forms_up_ : steps_off_, facing, last ? until_ : stage.to_s, stays));
    out.pieces = std::move(scratch.pieces);
    out.error_centre_m = scratch.paths.front().error_centre_m;
    out.error_normal = scratch.paths.front().error_normal;
    return out;
  }

  [[nodiscard]] track::Piece folded(const Stage& stage, std::uint32_t rank, track::Piece piece,
                                    double left) const {
    const double middle = 0.5 * (piece.t0_s + piece.t1_s);
    const double s = frame().s_at(middle - steps_off_) + shift_of(stage, rank);
    for (const Bend* bend : stage.bends) {
      if (s <= bend->from_m) break;
      if (s < bend->to_m) {
        piece.x[0] += left * bend->normal.x;
        piece.y[0] += left * bend->normal.y;
        return piece;
      }
      left = -left;
    }
    for (int c = 0; c < track::kOrder; ++c) {
      piece.x[c] += left * piece.nx[c];
      piece.y[c] += left * piece.ny[c];
    }
    return piece;
  }

  // ---- an evolution at the halt, which leads to stage k

  void evolve(std::size_t k, std::size_t slot) {
    const Stage& before = stages_[k - 1];
    const Evolved& evolved = *stages_[k].evolved;
    const std::uint32_t rank = before.formation->rank_of[slot];
    const double s = frame().s_at(before.to_s - steps_off_) + shift_of(before, rank);
    const auto pose = motion_.route().at(s);
    const geo::Vec2 normal = geo::left_of(pose.direction);
    double left = before.formation->slots[slot].slot.left_m;
    for (const Bend* bend : before.bends) {
      if (s > bend->to_m) left = -left;
    }
    left += motion_.lane_at(before.to_s - steps_off_);
    geo::Vec2 place = pose.position + left * normal;
    double t = before.to_s;
    for (const DrillPhase& phase : evolved.phases) {
      const geo::Vec2 by = phase.by_m[slot];
      const double length = geo::length(by);
      const double begin = before.to_s + phase.t0_s;
      if (length > 0) {
        stand(t, begin, place, normal);
        const geo::Vec2 along = (by.x / length) * pose.direction + (by.y / length) * normal;
        for (const auto& part : way_of(evolved, phase, slot)) {
          track::Piece piece = still(begin + part.t0_s, begin + part.t0_s + part.duration_s,
                                     place + part.s0_m * along, normal);
          piece.x[1] = part.v0_mps * along.x;
          piece.y[1] = part.v0_mps * along.y;
          piece.x[2] = 0.5 * part.a_mps2 * along.x;
          piece.y[2] = 0.5 * part.a_mps2 * along.y;
          piece.facing_rad = by.y < 0 ? -phase.facing_rad : phase.facing_rad;
          add(piece);
          t = piece.t1_s;
        }
        place = place + length * along;
      }
    }
    stand(t, stages_[k].from_s, place, normal);
  }

  void stand(double from, double to, geo::Vec2 place, geo::Vec2 normal) {
    if (to - from < kSameTimeS) {
      if (to != from && !tracks_.pieces.empty()) tracks_.pieces.back().t1_s = to;
      return;
    }
    add(still(from, to, place, normal));
  }

  static track::Piece still(double from, double to, geo::Vec2 place, geo::Vec2 normal) {
    track::Piece piece;
    piece.t0_s = from;
    piece.t1_s = to;
    piece.x = {place.x};
    piece.y = {place.y};
    piece.nx = {normal.x};
    piece.ny = {normal.y};
    return piece;
  }

  /// Times follow each other to the bit.
  void add(track::Piece piece) {
    if (!tracks_.pieces.empty() && std::abs(tracks_.pieces.back().t1_s - piece.t0_s) < kSameTimeS) {
      piece.t0_s = tracks_.pieces.back().t1_s;
    }
    tracks_.pieces.push_back(piece);
  }

  const show::Show& show_;
  const Motion& motion_;
  const show::Procession& procession_;
  double forms_up_;
  double steps_off_;
  double end_;
  double until_;
  double widest_ = 0;
  track::TrackSet& tracks_;
  std::vector<Stage> stages_;
  std::map<std::pair<std::size_t, std::uint32_t>, RankPath> ranks_;
};

}  // namespace

void bake_drilled(const show::Show& show, const Motion& motion, double forms_up_s,
                  double steps_off_s, track::TrackSet& tracks, double until_s) {
  DrillBaker(show, motion, forms_up_s, steps_off_s, tracks, until_s).bake();
}

}  // namespace defilada::movement
