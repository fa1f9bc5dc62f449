// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "defilada/spectators/day.hpp"

namespace defilada::app::studio {

/// How dense it was in each cell of the ground, frame by frame, of each phase of a run: what the
/// browser colours. Kept sparse: a cell without people costs nothing.
///
///     phase ── frame ── frame ── …        every kEvery_s of the show
///                └ u32 (cell << 8 | density in steps of 1 / kSteps people per m2)
class DensityFilm {
 public:
  static constexpr double kEvery_s = 20;
  static constexpr std::size_t kChunk = 32;  ///< frames that are sent together
  static constexpr double kSteps = 20;       ///< of density a person per m2; 255 steps at most

  /// Row 0 is the southernmost.
  struct Grid {
    geo::Vec2 origin;
    double cell_m = 0;
    std::uint32_t columns = 0;
    std::uint32_t rows = 0;
  };

  /// Over the ground of the scene. Of a share of the people the cells are larger, since one person
  /// then stands for 1 / share.
  DensityFilm(const spectators::Scene& scene, double share);

  /// The next frame of a phase; phases come one after the other. Densities are of all people: those
  /// who were simulated, over the share, over the ground of the cell.
  void add(std::size_t phase, const spectators::RunOptions::Frame& frame);
  /// The same of places, as a recording has them.
  void add(std::size_t phase, double time_s, std::span<const geo::Vec2> people);

  [[nodiscard]] const Grid& grid() const noexcept { return grid_; }
  [[nodiscard]] std::size_t phases() const noexcept { return phases_.size(); }
  [[nodiscard]] std::size_t frames(std::size_t phase) const { return phases_[phase].frames.size(); }
  [[nodiscard]] double begin_s(std::size_t phase) const { return phases_[phase].begin_s; }
  /// Cells with people, ascending, each cell << 8 | density in steps.
  [[nodiscard]] std::span<const std::uint32_t> cells(std::size_t phase, std::size_t frame) const {
    return phases_[phase].frames[frame];
  }
  /// Frames kChunk * chunk and on: of each u32 how many cells, then the cells. Little-endian. ""
  /// where there are none.
  [[nodiscard]] std::string chunk(std::size_t phase, std::size_t chunk) const;

 private:
  using Frame = std::vector<std::uint32_t>;
  struct Phase {
    double begin_s = 0;
    std::vector<Frame> frames;
  };
  void begin(std::size_t phase, double time_s);
  void count(geo::Vec2 place);
  void count(const crowd::Columns& people);
  void finish(std::size_t phase);
  [[nodiscard]] double room_m2(std::uint32_t cell);

  const spectators::Scene& scene_;
  double share_;
  Grid grid_;
  std::vector<Phase> phases_;
  std::unordered_map<std::uint32_t, double> room_m2_;  ///< of the cells that had people
  std::vector<std::uint32_t> counts_;                  ///< (cell)
  std::vector<std::uint32_t> taken_;                   ///< cells with people, of this frame
};

}  // namespace defilada::app::studio
