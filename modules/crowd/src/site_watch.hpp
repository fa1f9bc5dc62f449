// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/crowd/site_run.hpp"
#include "defilada/crowd/spells.hpp"

namespace defilada::crowd {

/// Looks at a run of a site once a second: where people are too dense for too long, and who does
/// not get on.
class SiteWatch {
 public:
  SiteWatch(const Simulation& simulation, const SiteLimits& limits, std::size_t people);

  void look(const Simulation& simulation);
  /// When the run has ended, of its own accord or at its time: what is to be told of it.
  void finish(const Simulation& simulation, SiteRun& run) const;

  [[nodiscard]] std::string save() const;
  /// Goes on from what was saved; false: it is of something else.
  [[nodiscard]] bool load(std::string_view saved);

 private:
  /// How far somebody has come, and since when he comes no further.
  struct Progress {
    float least_to_go_s = 0;  ///< of who walks 1 m/s
    Fixed x = 0;
    Fixed y = 0;
    float since_s = -1;  ///< < 0: not seen walking yet
    std::uint16_t errand = 0;
    template <class Bytes>
    void keep(Bytes& bytes) {
      bytes(least_to_go_s, x, y, since_s, errand);
    }
  };
  void mark(const WaitingArea& wait);
  void densities(const Simulation& simulation);
  void progress(const Simulation& simulation);
  [[nodiscard]] bool moves_up(const Simulation& simulation, std::size_t gate) const;
  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(dense_, poor_, people_, next_density_s_);
  }

  CellRaster raster_;
  std::vector<float> room_m2_;                    ///< (cells)
  std::vector<std::uint8_t> in_wait_;             ///< (cells) where people are to stand close
  std::vector<std::uint16_t> all_, walk_, ways_;  ///< (cells) of the moment
  bool any_service_ = false;
  Spells dense_;
  Spells poor_;  ///< of the level of service
  std::vector<Progress> people_;
  double next_density_s_ = 0;
};

}  // namespace defilada::crowd
