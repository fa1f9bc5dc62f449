// SPDX-License-Identifier: MIT
#include "defilada/movement/drill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

/// Form line, two parts on the left of the leading one (q = 3, f = 2), and back:
///
///      a a            a a                       c c  b b  a a
///      a a            a a        go aside,      c c  b b  a a
///      b b     ->       b b      leading      - - axis - - - -
///      b b              b b      part too, then
///      c c          c c          go forward
///      c c          c c
namespace defilada::movement {
namespace {

using What = show::Evolution::What;
using Side = show::Evolution::Side;

constexpr double kSideStepM = 0.3048;  ///< 12 in: drill theory (S104)
constexpr double kEqualM = 1e-6;

using Evolving = tl::expected<Evolved, DrillFault>;

tl::unexpected<DrillFault> fault(std::string code, Phrase message) {
  return tl::unexpected(DrillFault{std::move(code), std::move(message)});
}

/// How long one slot is under way in a phase, in all its directions.
double duration_of(double length_m, double speed_mps, double acceleration) {
  const auto moves = SpeedProfile::move(length_m, speed_mps, acceleration);
  return moves.empty() ? 0 : moves.back().t0_s + moves.back().duration_s;
}

double speed_of(const DrillPhase& phase, std::size_t slot) {
  return phase.by_m[slot].x < 0 ? 0.5 * phase.speed_mps : phase.speed_mps;
}

class Evolver {
 public:
  Evolver(const show::Show& show, const show::Evolution& evolution, const Arrangement& before,
          const show::Gait& gait, double acceleration)
      : show_(show), evolution_(evolution), before_(before), gait_(gait) {
    out_.acceleration_mps2 = acceleration;
    out_.after = before;
    index_ranks();
  }

  Evolving run() {
    switch (evolution_.what) {
      case What::open_order: return change_distance(1);
      case What::close_order: return change_distance(-1);
      case What::form_line: return form_line();
      case What::form_column: return form_column();
      case What::dress: return dress();
      default: out_.duration_s = evolution_.lasts.seconds(); return out_;
    }
  }

 private:
  // ---- what is there

  /// Ranks as drill counts them: leaders go with the first one.
  void index_ranks() {
    rank_.resize(before_.slots.size());
    const bool leaders = leads(0) && before_.backs_m.size() > 1;
    for (std::size_t i = 0; i < rank_.size(); ++i) {
      const std::uint32_t rank = before_.rank_of[i];
      rank_[i] = leaders && rank > 0 ? static_cast<int>(rank) : static_cast<int>(rank) + 1;
    }
    ranks_ = static_cast<int>(before_.backs_m.size()) - (leaders ? 1 : 0);
    leaders_ = leaders;
  }

  /// All of this rank are leaders.
  [[nodiscard]] bool leads(std::uint32_t rank) const {
    for (std::size_t i = 0; i < before_.slots.size(); ++i) {
      if (before_.rank_of[i] == rank && !before_.slots[i].slot.leader) return false;
    }
    return true;
  }
  [[nodiscard]] bool is_leader(std::size_t slot) const {
    return leaders_ && before_.rank_of[slot] == 0;
  }
  [[nodiscard]] double back_of_rank(int rank) const {
    return before_.backs_m[static_cast<std::size_t>(rank) - (leaders_ ? 0 : 1)];
  }
  [[nodiscard]] double separation_m() const {
    double most = 0;
    for (const PlacedSlot& placed : before_.slots) {
      most = std::max(most, show_[placed.kind].separation_m);
    }
    return most;
  }
  [[nodiscard]] bool steps_aside() const {
    return std::all_of(before_.slots.begin(), before_.slots.end(), [&](const PlacedSlot& placed) {
      const auto category = show_[placed.kind].category;
      return category == show::Category::foot || category == show::Category::mounted;
    });
  }

  /// Full ranks behind the leaders, alike and at one interval and one distance.
  struct Grid {
    int files = 0;
    double interval_m = 0;
    double distance_m = 0;
    std::vector<int> file;  ///< (slot) from 0 at the right; leaders -1
  };
  [[nodiscard]] std::optional<Grid> grid() const {
    Grid grid;
    grid.file.assign(before_.slots.size(), -1);
    std::vector<std::vector<std::size_t>> rows(static_cast<std::size_t>(ranks_));
    for (std::size_t i = 0; i < before_.slots.size(); ++i) {
      if (!is_leader(i)) rows[static_cast<std::size_t>(rank_[i]) - 1].push_back(i);
    }
    const auto left = [&](std::size_t i) { return before_.slots[i].slot.left_m; };
    for (auto& row : rows) {
      std::sort(row.begin(), row.end(), [&](auto a, auto b) { return left(a) < left(b); });
      if (row.size() != rows.front().size()) return std::nullopt;
      for (std::size_t f = 0; f < row.size(); ++f) {
        grid.file[row[f]] = static_cast<int>(f);
        if (std::abs(left(row[f]) - left(rows.front()[f])) > kEqualM) return std::nullopt;
      }
    }
    grid.files = static_cast<int>(rows.front().size());
    const formation::Spec& spec = show_contingent_formation();
    grid.interval_m = spec.interval_m;
    grid.distance_m = spec.distance_m;
    const auto& first = rows.front();
    if (first.size() > 1) grid.interval_m = left(first[1]) - left(first[0]);
    for (std::size_t f = 1; f < first.size(); ++f) {
      if (std::abs(left(first[f]) - left(first[f - 1]) - grid.interval_m) > kEqualM) {
        return std::nullopt;
      }
    }
    if (ranks_ > 1) grid.distance_m = back_of_rank(2) - back_of_rank(1);
    for (int rank = 2; rank <= ranks_; ++rank) {
      const double apart = back_of_rank(rank) - back_of_rank(rank - 1);
      if (std::abs(apart - grid.distance_m) > kEqualM) return std::nullopt;
    }
    return grid;
  }
  /// For the one rank or file that shows no distance or interval of its own.
  [[nodiscard]] const formation::Spec& show_contingent_formation() const {
    static const formation::Spec kNone;
    return spec_ == nullptr ? kNone : *spec_;
  }

 public:
  void take_formation(const formation::Spec& spec) { spec_ = &spec; }

 private:
  // ---- phases

  DrillPhase& add_phase(double speed_mps) {
    DrillPhase phase;
    phase.t0_s = out_.duration_s;
    phase.speed_mps = speed_mps;
    phase.by_m.resize(before_.slots.size());
    out_.phases.push_back(std::move(phase));
    return out_.phases.back();
  }

  void close_phase(DrillPhase& phase) {
    for (std::size_t i = 0; i < phase.by_m.size(); ++i) {
      phase.duration_s = std::max(
          phase.duration_s,
          duration_of(geo::length(phase.by_m[i]), speed_of(phase, i), out_.acceleration_mps2));
      out_.after.slots[i].slot.back_m -= phase.by_m[i].x;
      out_.after.slots[i].slot.left_m += phase.by_m[i].y;
    }
    out_.duration_s += phase.duration_s;
  }

  /// The head line where the first now is; ranks and files counted anew.
  Evolving settle() {
    double first = std::numeric_limits<double>::infinity();
    for (const PlacedSlot& placed : out_.after.slots) first = std::min(first, placed.slot.back_m);
    for (PlacedSlot& placed : out_.after.slots) placed.slot.back_m -= first;
    out_.ahead_m = -first;
    measure(show_, out_.after);
    std::vector<std::size_t> order(out_.after.slots.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto& slots = out_.after.slots;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto key = [&](std::size_t i) {
        return std::pair(out_.after.rank_of[i], slots[i].slot.left_m);
      };
      return key(a) < key(b);
    });
    int file = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::uint32_t rank = out_.after.rank_of[order[k]];
      file = k > 0 && out_.after.rank_of[order[k - 1]] == rank ? file + 1 : 0;
      out_.after.slots[order[k]].slot.rank = static_cast<int>(rank);
      out_.after.slots[order[k]].slot.file = file;
    }
    return std::move(out_);
  }

  // ---- evolutions

  Evolving change_distance(int sign) {
    const int stands = evolution_.stands > 0 ? evolution_.stands : std::min(3, ranks_);
    if (stands > ranks_) {
      return fault("movement.drill-ranks",
                   phrase("rank {} is to stand fast, and there are {} ranks "
                          "behind the leaders: 'stands: {}' or less",
                          stands, ranks_, ranks_));
    }
    for (int rank = 2; sign < 0 && rank <= ranks_; ++rank) {
      const double distance = back_of_rank(rank) - back_of_rank(rank - 1);
      const double spare = distance - separation_m();
      if (evolution_.by_m <= spare + kEqualM) continue;
      return fault("movement.drill-too-near",
                   phrase("ranks {} and {} stand {:.2f} m apart and would come to {:.2f} m; "
                          "{:.2f} m are wanted between its bodies: close by {:.2f} m or less",
                          rank - 1, rank, distance, distance - evolution_.by_m, separation_m(),
                          std::max(0.0, std::floor(spare * 100) / 100)));
    }
    DrillPhase& phase = add_phase(gait_.speed_mps);
    for (std::size_t i = 0; i < rank_.size(); ++i) {
      phase.by_m[i].x = sign * (stands - rank_[i]) * evolution_.by_m;
    }
    close_phase(phase);
    return settle();
  }

  struct Parts {
    Grid grid;
    int count = 0;       ///< q
    int files = 0;       ///< of one, f
    double width_m = 0;  ///< W
    double depth_m = 0;  ///< S
    /// Of the k-th part from the front of the column: where it stands in the line.
    [[nodiscard]] double aside_m(int part, Side side) const {
      const double place = part - 0.5 * (count - 1);
      return (side == Side::right ? -place : place) * width_m;
    }
  };

  [[nodiscard]] tl::expected<Grid, DrillFault> wanted_grid() const {
    if (!steps_aside()) {
      return fault("movement.drill-vehicles",
                   phrase("a vehicle cannot go aside: lines and columns are formed by "
                          "those on foot or on horseback"));
    }
    auto grid = this->grid();
    if (!grid) {
      return fault("movement.drill-not-full",
                   phrase("its ranks are not alike: a block of full ranks, at one interval and one "
                          "distance, can change between line and column"));
    }
    return std::move(*grid);
  }

  Evolving form_line() {
    auto grid = wanted_grid();
    if (!grid) return tl::unexpected(grid.error());
    Parts parts{std::move(*grid)};
    parts.files = parts.grid.files;
    parts.count = evolution_.files / parts.files;
    const bool divides = evolution_.files % parts.files == 0 && parts.count > 1;
    if (!divides || ranks_ % parts.count != 0) {
      return fault("movement.drill-files",
                   phrase("a column of {} files and {} ranks cannot form a "
                          "line of {} files: {}",
                          parts.files, ranks_, evolution_.files, lines_of(parts.files)));
    }
    const int deep = ranks_ / parts.count;
    parts.width_m = parts.files * parts.grid.interval_m;
    parts.depth_m = deep * parts.grid.distance_m;
    const auto part_of = [&](std::size_t slot) { return (rank_[slot] - 1) / deep; };
    aside(parts, 1, part_of);
    DrillPhase& forward = add_phase(gait_.speed_mps);
    for (std::size_t i = 0; i < rank_.size(); ++i) {
      if (!is_leader(i)) forward.by_m[i].x = part_of(i) * parts.depth_m;
    }
    close_phase(forward);
    return settle();
  }

  Evolving form_column() {
    auto grid = wanted_grid();
    if (!grid) return tl::unexpected(grid.error());
    Parts parts{std::move(*grid)};
    parts.files = evolution_.files;
    parts.count = parts.grid.files / parts.files;
    if (parts.grid.files % parts.files != 0 || parts.count < 2) {
      return fault("movement.drill-files",
                   phrase("a line of {} files cannot form a column of {}: {}", parts.grid.files,
                          parts.files, columns_of(parts.grid.files)));
    }
    parts.width_m = parts.files * parts.grid.interval_m;
    parts.depth_m = ranks_ * parts.grid.distance_m;
    const auto part_of = [&](std::size_t slot) {
      const int from_right = parts.grid.file[slot] / parts.files;
      return evolution_.side == Side::right ? parts.count - 1 - from_right : from_right;
    };
    DrillPhase& forward = add_phase(gait_.speed_mps);
    for (std::size_t i = 0; i < rank_.size(); ++i) {
      const int part = is_leader(i) ? 0 : part_of(i);
      forward.by_m[i].x = (parts.count - 1 - part) * parts.depth_m;
    }
    close_phase(forward);
    aside(parts, -1, part_of);
    return settle();
  }

  template <typename PartOf>
  void aside(const Parts& parts, int sign, PartOf part_of) {
    DrillPhase& aside = add_phase(gait_.speed_mps);
    for (std::size_t i = 0; i < rank_.size(); ++i) {
      if (is_leader(i)) continue;
      aside.by_m[i].y = sign * parts.aside_m(part_of(i), evolution_.side);
    }
    aside.facing_rad = std::numbers::pi / 2;
    close_phase(aside);
  }

  [[nodiscard]] Phrase lines_of(int files) const {
    std::string fitting;
    for (int count = 2; count <= ranks_; ++count) {
      if (ranks_ % count != 0) continue;
      fitting += fmt::format("{}{}", fitting.empty() ? "" : ", ", count * files);
    }
    return fitting.empty() ? phrase("it has one rank") : phrase("{} would do", fitting);
  }
  [[nodiscard]] static Phrase columns_of(int files) {
    std::string fitting;
    for (int each = 1; each < files; ++each) {
      if (files % each == 0) fitting += fmt::format("{}{}", fitting.empty() ? "" : ", ", each);
    }
    return fitting.empty() ? phrase("it has one file") : phrase("{} would do", fitting);
  }

  Evolving dress() {
    if (evolution_.interval_m) {
      if (auto done = take_interval(*evolution_.interval_m); !done) {
        return tl::unexpected(done.error());
      }
    }
    out_.duration_s = std::max(out_.duration_s, evolution_.lasts.seconds());
    return settle();
  }

  tl::expected<void, DrillFault> take_interval(double interval_m) {
    auto grid = wanted_grid();
    if (!grid) return tl::unexpected(grid.error());
    if (interval_m < separation_m() - kEqualM) {
      return fault("movement.drill-too-near",
                   phrase("files would come to {:.2f} m; {:.2f} m are wanted between its "
                          "bodies",
                          interval_m, separation_m()));
    }
    const double base = evolution_.side == Side::right  ? 0
                        : evolution_.side == Side::left ? grid->files - 1
                                                        : 0.5 * (grid->files - 1);
    const double change = interval_m - grid->interval_m;
    DrillPhase& phase = add_phase(kSideStepM * gait_.cadence_hz);
    for (std::size_t i = 0; i < rank_.size(); ++i) {
      // Leaders keep before the middle.
      const double file = is_leader(i) ? 0.5 * (grid->files - 1) : grid->file[i];
      phase.by_m[i].y = (file - base) * change;
    }
    close_phase(phase);
    return {};
  }

  const show::Show& show_;
  const show::Evolution& evolution_;
  const Arrangement& before_;
  const show::Gait& gait_;
  const formation::Spec* spec_ = nullptr;
  std::vector<int> rank_;  ///< (slot) from 1
  int ranks_ = 0;
  bool leaders_ = false;
  Evolved out_;
};

}  // namespace

tl::expected<Evolved, DrillFault> evolve(const show::Show& show, const show::Evolution& evolution,
                                         const Arrangement& before, const show::Gait& gait,
                                         const formation::Spec& formation,
                                         double acceleration_mps2) {
  Evolver evolver(show, evolution, before, gait, acceleration_mps2);
  evolver.take_formation(formation);
  return evolver.run();
}

std::vector<SpeedProfile::Phase> way_of(const Evolved& evolved, const DrillPhase& phase,
                                        std::size_t slot) {
  return SpeedProfile::move(geo::length(phase.by_m[slot]), speed_of(phase, slot),
                            evolved.acceleration_mps2);
}

geo::Vec2 moved_at(const Evolved& evolved, std::size_t slot, double t_s) {
  geo::Vec2 moved;
  for (const DrillPhase& phase : evolved.phases) {
    const double length = geo::length(phase.by_m[slot]);
    if (length == 0 || t_s <= phase.t0_s) continue;
    double along = length;
    for (const auto& part : way_of(evolved, phase, slot)) {
      const double u = t_s - phase.t0_s - part.t0_s;
      if (u < 0 || u > part.duration_s) continue;
      along = part.s0_m + u * (part.v0_mps + 0.5 * part.a_mps2 * u);
      break;
    }
    moved = moved + (along / length) * phase.by_m[slot];
  }
  return moved;
}

Ends ends_of(const show::Show& show, const Arrangement& before, const Evolved& evolved) {
  Ends ends;
  double foremost = -std::numeric_limits<double>::infinity();
  double rearmost = foremost;
  for (std::size_t i = 0; i < before.slots.size(); ++i) {
    const double half = 0.5 * show[before.slots[i].kind].length_m;
    const double place =
        before.slots[i].slot.back_m + evolved.after.slots[i].slot.back_m;  // of both, twice
    if (2 * half - place > foremost) {
      foremost = 2 * half - place;
      ends.nose = i;
    }
    if (place + 2 * half > rearmost) {
      rearmost = place + 2 * half;
      ends.tail = i;
    }
  }
  return ends;
}

}  // namespace defilada::movement
