// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/figures/flown.hpp"
#include "defilada/legibility/reading.hpp"

/// Where one must be, in the frame of a flight, to read its figure.
///
///            direction of flight           What eyes see of a figure that keeps its shape depends
///                   ^                      on nothing but where they are below it. So the places
///        . . . . # # # . .                 from which it reads are one patch that flies with it;
///        . . . # # # # # .                 somebody on the ground reads the figure for as long as
///        . . . . # # # . .                 the patch passes over him.
///                 o o
///                o   o  figure
namespace defilada::figures {

class Footprint {
 public:
  /// `below_m`: from the plane of flight down to the eyes. All references must outlive it. A cell
  /// is looked at when it is first asked for.
  Footprint(const legibility::Measure& measure, std::span<const Spot> spots, double below_m,
            double cell_m);

  /// Whether it reads to eyes there: in the middle of the cell in which (ahead, left) lies. A pure
  /// function, whatever was asked before.
  [[nodiscard]] bool reads(double ahead_m, double left_m);

  /// No eyes farther from the figure's middle than this see it high enough.
  [[nodiscard]] double reach_m() const noexcept { return reach_m_; }
  [[nodiscard]] Spot middle() const noexcept { return middle_; }
  [[nodiscard]] double cell_m() const noexcept { return cell_m_; }

 private:
  enum class Known : std::uint8_t { nothing, reads, does_not };

  const legibility::Measure& measure_;
  std::span<const Spot> spots_;
  double below_m_;
  double cell_m_;
  Spot middle_;
  double reach_m_ = 0;
  int side_ = 0;  // cells from the middle to the edge
  std::vector<Known> cells_;
};

/// A cell that is small against what changes the picture: a fifteenth of the height above the eyes,
/// times `coarser`.
[[nodiscard]] double cell_for(double below_m, double coarser = 1) noexcept;

}  // namespace defilada::figures
