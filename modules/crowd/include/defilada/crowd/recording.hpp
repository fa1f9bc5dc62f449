// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/crowd/ground.hpp"

/// Where everybody was, frame by frame: compact, and readable from any instant.
///
///     file   = header, chunk, chunk, ..., index            docs/formats.md has every byte
///     chunk  = up to 64 frames: who is there in which of them; per person the first place in whole
///              centimetres and from frame to frame the steps; planes of equal bytes together; zstd
///     index  = where each chunk begins; without it (a run that was cut off) chunks are found by
///              walking from one to the next
///
/// A person who stands costs almost nothing: all steps are 0.
namespace defilada::crowd {

struct RecordedPerson {
  std::uint32_t id = 0;
  double x = 0;  ///< m
  double y = 0;
  LevelId level = 0;
  std::uint8_t state = 0;  ///< what the writer means by it (walking, waiting ...)
  bool operator==(const RecordedPerson&) const = default;
};

struct RecordingHeader {
  double begin_s = 0;       ///< time of the first frame
  double interval_s = 0.5;  ///< > 0
  std::string note;         ///< the writer's: what was simulated, as JSON; at most 1 MiB
};

/// Writes a recording. Law: what is read back is what was added, places to 5 mm.
class RecordingWriter {
 public:
  /// How many frames a chunk has: what must be unpacked to look at one of them.
  static constexpr std::size_t kChunkFrames = 64;
  /// How many places of people a chunk has at most, all its frames together: of more than half a
  /// million people a chunk has fewer frames. A frame of more people than this cannot be recorded.
  static constexpr std::size_t kChunkPlaces = std::size_t{1} << 25U;

  /// The file grows at `path` itself, so that what is written when the machine stops can be read.
  /// A chunk is closed before a frame that would bring it over `places`, at most kChunkPlaces.
  /// Errors (environment): it cannot be written.
  static Result<RecordingWriter> begin(const std::filesystem::path& path, RecordingHeader header,
                                       std::size_t places = kChunkPlaces);
  RecordingWriter(RecordingWriter&&) noexcept;
  RecordingWriter& operator=(RecordingWriter&&) noexcept;
  ~RecordingWriter();

  /// The next frame, in any order. Requires ids that are there once, and places within 20 000 km.
  /// Cost: about 10 ns a person, and every 64th time the packing of the chunk. Errors: environment;
  /// bad_input (more than kChunkPlaces people).
  Status add(std::span<const RecordedPerson> people);
  /// Writes what was added so far, to be taken up by go_on() if the program ends before the next
  /// chunk is full. Changes nothing of the file that comes of it in the end.
  Status keep();
  /// Opens a recording that was cut off, at least `frames` of which were written (by keep(), or as
  /// chunks), to add the frames from there on; the others are dropped. Law: the file is the same to
  /// the byte as if nothing had happened, with the same `places`. Errors: environment (not there);
  /// bad_input (damaged, with another header, or fewer frames).
  static Result<RecordingWriter> go_on(const std::filesystem::path& path, RecordingHeader header,
                                       std::size_t frames, std::size_t places = kChunkPlaces);
  [[nodiscard]] std::size_t frames() const noexcept;
  /// Writes the last chunk and the index.
  Status finish();

 private:
  struct State;
  explicit RecordingWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class RecordingReader {
 public:
  /// Errors: environment (not there, not readable), bad_input (not a recording, damaged). A
  /// recording without its end has the frames of the whole chunks that are there.
  static Result<RecordingReader> open(const std::filesystem::path& path);
  static Result<RecordingReader> read(std::unique_ptr<std::istream> stream);
  RecordingReader(RecordingReader&&) noexcept;
  RecordingReader& operator=(RecordingReader&&) noexcept;
  ~RecordingReader();

  [[nodiscard]] const RecordingHeader& header() const noexcept;
  [[nodiscard]] std::size_t frames() const noexcept;
  [[nodiscard]] double time_s(std::size_t frame) const noexcept;

  /// Everybody who is there, by id. Requires frame < frames(). Errors (bad_input): a damaged chunk.
  /// Cost: the unpacking of its chunk; none for the next frames of the same.
  Result<std::vector<RecordedPerson>> frame(std::size_t frame);

 private:
  friend class RecordingWriter;
  struct State;
  explicit RecordingReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace defilada::crowd
