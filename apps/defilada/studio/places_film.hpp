// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "defilada/crowd/recording.hpp"
#include "defilada/spectators/day.hpp"
#include "studio/scratch.hpp"

namespace defilada::app::studio {

/// Where each spectator was, of each phase of a run: recordings (crowd/recording.hpp) in a folder
/// that goes with it, or those of a run that somebody else has made.
///
///     recording ──► chunk: kChunk + 1 frames   those who stand: a place
///     every 2 s            so far apart         those who move: a place in each frame
///                          as is asked for      (the last is the first of the next chunk)
class PlacesFilm {
 public:
  static constexpr double kEvery_s = 2;
  static constexpr std::size_t kChunk = 16;  ///< steps from frame to frame that are sent together
  static constexpr std::uint64_t kStrides = 16;   ///< frames apart at most
  static constexpr std::uint16_t kAway = 0xFFFF;  ///< in place of x: not there

  /// Of what is sent: places are origin + step times a 16-bit number.
  struct Scale {
    geo::Vec2 origin;
    double step_m = 0;
  };

  /// To be recorded. The box is that of the ground.
  PlacesFilm(geo::Vec2 origin, double widest_m);
  /// Recorded before: the file of each phase.
  PlacesFilm(geo::Vec2 origin, double widest_m, std::vector<std::filesystem::path> recordings);

  /// The next frame of a phase; phases come one after the other. Errors (environment): it cannot be
  /// written.
  Status add(std::size_t phase, const spectators::RunOptions::Frame& frame);
  /// After the last one.
  Status finish();

  [[nodiscard]] const Scale& scale() const noexcept { return scale_; }
  [[nodiscard]] std::size_t phases() const noexcept { return phases_.size(); }
  [[nodiscard]] std::size_t frames(std::size_t phase) const { return phases_[phase].frames; }
  [[nodiscard]] double begin_s(std::size_t phase) const { return phases_[phase].begin_s; }
  [[nodiscard]] double every_s() const noexcept { return every_s_; }
  /// What it takes on the disk.
  [[nodiscard]] std::uint64_t bytes() const;

  /// Frames kChunk * chunk * stride and on, each `stride` behind the one before; after the last
  /// frame all stay. docs/studio.md has every byte. "" where there are none. Requires finish().
  /// From any thread. Errors (environment): the recording is no longer the one that it was.
  /// Cost: reading those frames; 50 000 who walk take about 0.2 s.
  [[nodiscard]] Result<std::string> chunk(std::size_t phase, std::size_t chunk, std::size_t stride);

 private:
  struct Phase {
    std::filesystem::path path;
    double begin_s = 0;
    std::size_t frames = 0;
    std::string note = "{}";
  };
  [[nodiscard]] Result<crowd::RecordingReader> open(const Phase& phase) const;
  Status begin(std::size_t phase, double time_s);

  Scratch scratch_;
  Scale scale_;
  double every_s_ = kEvery_s;
  std::vector<Phase> phases_;
  std::optional<crowd::RecordingWriter> writer_;
  std::vector<crowd::RecordedPerson> people_;
  struct Opened {
    std::size_t phase = 0;
    std::filesystem::file_time_type written;
    crowd::RecordingReader reader;
  };
  std::mutex mutex_;              ///< of the reader
  std::optional<Opened> reader_;  ///< the phase read last
};

}  // namespace defilada::app::studio
