// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/crowd/recording.hpp"

/// The inside of a chunk of a recording, before it is packed.
///
/// Columns of n stretches, by id, then frame; a stretch is a person's frames one after another on
/// one level in one state:
///     u32 n;  ids (LEB128, differences);  u8 first frame[n];  u8 frames[n];
///     u8 state[n];  u16 level[n] (two planes);  i32 x[n], y[n] in cm (four planes each);
/// then of all frames of a stretch but its first, the change of the step against the one before it
/// (the first step against 0), zigzag:
///     u16 x[s] (two planes), u16 y[s] (two planes)
/// All little-endian; a plane has the same byte of every element.
namespace defilada::crowd {

/// A person at a frame of the chunk.
struct ChunkRow {
  std::uint32_t id = 0;
  std::int32_t x_cm = 0;
  std::int32_t y_cm = 0;
  LevelId level = 0;
  std::uint8_t state = 0;
  std::uint8_t frame = 0;
  bool operator==(const ChunkRow&) const = default;
};

/// Requires rows by id, then frame, frames below 64, no two alike.
[[nodiscard]] std::string chunk_bytes(const std::vector<ChunkRow>& rows);
/// The rows in the same order; nullopt if the bytes are not a chunk.
[[nodiscard]] std::optional<std::vector<ChunkRow>> chunk_rows(std::string_view bytes);

}  // namespace defilada::crowd
