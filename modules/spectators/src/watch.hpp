// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "defilada/core/state_bytes.hpp"
#include "defilada/crowd/simulation.hpp"
#include "defilada/spectators/day.hpp"
#include "gate_line.hpp"

namespace defilada::spectators {

/// Looks at a running simulation now and then and keeps what a phase tells. Every second: who
/// waits before which gate, who stands in which emergency lane; every ten seconds: densities; every
/// minute: curves.
class Watch {
 public:
  Watch(const show::Show& show, const Scene& scene, const crowd::Simulation& simulation,
        std::vector<std::uint32_t> who, const RunOptions& options, Phase& phase);

  /// After each step.
  void look(const crowd::Simulation& simulation);
  /// Once, at the end.
  void finish(const crowd::Simulation& simulation);

  /// What it knows and the phase does not tell.
  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(next_second_s_, next_density_s_, next_minute_s_, last_x_, last_y_, waited_s_, through_,
          is_seated_, seated_s_, spells_, lane_since_s_, lane_last_s_);
  }
  /// Goes on from what was kept; false: it is of something else.
  [[nodiscard]] bool take_up(StateReader& reader);

 private:
  void every_second(const crowd::Simulation& simulation);
  void gates(const crowd::Columns& walking);
  void lanes(const crowd::Simulation& simulation);
  void count_in_lanes(const crowd::Columns& people, bool walk,
                      std::vector<std::uint32_t>& count) const;
  void densities(const crowd::Simulation& simulation);
  void add_density(const crowd::Columns& people, bool walk);
  void every_minute(const crowd::Simulation& simulation);
  void seated(const crowd::Simulation& simulation);
  void make_map(const crowd::Simulation& simulation);
  void mark_zones();
  void mark_lanes();
  [[nodiscard]] std::optional<std::size_t> cell_of(double x, double y) const;

  const show::Show& show_;
  const Scene& scene_;
  std::vector<std::uint32_t> who_;
  RunOptions options_;
  Phase& phase_;
  double next_second_s_ = 0;
  double next_density_s_ = 0;
  double next_minute_s_ = 0;
  double now_s_ = 0;  ///< of day

  // (engine's person)
  std::vector<GateLine> gates_;  ///< somewhat longer than they are
  std::vector<crowd::Fixed> last_x_;
  std::vector<crowd::Fixed> last_y_;
  std::vector<float> waited_s_;
  std::vector<std::uint8_t> through_;
  std::vector<std::uint8_t> is_seated_;
  std::vector<float> seated_s_;

  // (cell)
  std::vector<float> room_m2_;
  std::vector<std::uint16_t> count_;
  std::vector<float> vx_, vy_, vv_;
  std::vector<std::uint16_t> walk_;
  std::vector<std::uint8_t> in_zone_;
  crowd::Spells spells_;  ///< times are of day

  // (square metre)
  std::vector<std::uint16_t> lane_cells_;
  std::vector<double> lane_m2_;
  std::vector<std::optional<double>> lane_since_s_;
  std::vector<double> lane_last_s_;  ///< blocked
};

}  // namespace defilada::spectators
