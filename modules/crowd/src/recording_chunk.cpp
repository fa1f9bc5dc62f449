// SPDX-License-Identifier: MIT
#include "recording_chunk.hpp"

#include <span>

#include "bytes.hpp"

namespace defilada::crowd {
namespace {

constexpr std::size_t kFrames = RecordingWriter::kChunkFrames;

std::uint32_t zigzag(std::int64_t value) {
  return static_cast<std::uint32_t>(value << 1 ^ value >> 63);
}
std::int32_t unzigzag(std::uint32_t value) {
  return static_cast<std::int32_t>(value >> 1 ^ (0U - (value & 1)));
}

void put_varint(std::string& out, std::uint32_t value) {
  while (value >= 0x80) {
    out += static_cast<char>((value & 0x7f) | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}
std::uint32_t take_varint(ByteReader& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const auto byte = bytes.number<std::uint8_t>();
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if ((byte & 0x80) == 0) break;
  }
  return static_cast<std::uint32_t>(value);
}

template <typename T>
void put_planes(std::string& out, const std::vector<T>& values) {
  for (std::size_t plane = 0; plane < sizeof(T); ++plane) {
    for (const T value : values) out += static_cast<char>(value >> (8 * plane) & 0xff);
  }
}
template <typename T>
std::vector<T> take_planes(ByteReader& bytes, std::size_t count) {
  if (bytes.left() / sizeof(T) < count) {
    bytes.take(bytes.left() + 1);
    return std::vector<T>(0);
  }
  std::vector<T> out(count);
  for (std::size_t plane = 0; plane < sizeof(T); ++plane) {
    const std::string_view part = bytes.take(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto byte = static_cast<std::uint32_t>(static_cast<unsigned char>(part[i]));
      out[i] = static_cast<T>(out[i] | byte << (8 * plane));
    }
  }
  return out;
}

/// A row's step against the one before it, if the two can be in one stretch.
struct Step {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

class ChunkWriter {
 public:
  std::string write(const std::vector<ChunkRow>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i == 0 || !goes_on(rows[i - 1], rows[i])) begin(rows[i]);
    }
    std::string out;
    put_number(out, static_cast<std::uint32_t>(ids_.size()));
    std::uint32_t last = 0;
    for (const std::uint32_t id : ids_) {
      put_varint(out, id - last);
      last = id;
    }
    put_planes(out, from_);
    put_planes(out, count_);
    put_planes(out, state_);
    put_planes(out, level_);
    put_planes(out, x_);
    put_planes(out, y_);
    put_planes(out, step_x_);
    put_planes(out, step_y_);
    return out;
  }

 private:
  void begin(const ChunkRow& row) {
    ids_.push_back(row.id);
    from_.push_back(row.frame);
    count_.push_back(1);
    state_.push_back(row.state);
    level_.push_back(row.level);
    x_.push_back(static_cast<std::uint32_t>(row.x_cm));
    y_.push_back(static_cast<std::uint32_t>(row.y_cm));
    step_ = {};
  }

  /// Adds the row to the stretch of the one before it.
  bool goes_on(const ChunkRow& before, const ChunkRow& row) {
    if (before.id != row.id || before.frame + 1 != row.frame || before.level != row.level ||
        before.state != row.state) {
      return false;
    }
    const Step step = {std::int64_t{row.x_cm} - before.x_cm, std::int64_t{row.y_cm} - before.y_cm};
    const std::int64_t dx = step.x - step_.x;
    const std::int64_t dy = step.y - step_.y;
    constexpr std::int64_t kMost = 32767;
    if (dx < -kMost || dx > kMost || dy < -kMost || dy > kMost) return false;
    step_x_.push_back(static_cast<std::uint16_t>(zigzag(dx)));
    step_y_.push_back(static_cast<std::uint16_t>(zigzag(dy)));
    ++count_.back();
    step_ = step;
    return true;
  }

  std::vector<std::uint32_t> ids_;
  std::vector<std::uint8_t> from_;
  std::vector<std::uint8_t> count_;
  std::vector<std::uint8_t> state_;
  std::vector<std::uint16_t> level_;
  std::vector<std::uint32_t> x_;
  std::vector<std::uint32_t> y_;
  std::vector<std::uint16_t> step_x_;
  std::vector<std::uint16_t> step_y_;
  Step step_;
};

}  // namespace

std::string chunk_bytes(const std::vector<ChunkRow>& rows) {
  return ChunkWriter().write(rows);
}

std::optional<std::vector<ChunkRow>> chunk_rows(std::string_view whole) {
  ByteReader bytes(whole);
  const std::size_t n = bytes.number<std::uint32_t>();
  if (n > bytes.left()) return std::nullopt;
  std::vector<std::uint32_t> ids(n);
  std::uint32_t last = 0;
  for (std::uint32_t& id : ids) id = last += take_varint(bytes);
  const auto from = take_planes<std::uint8_t>(bytes, n);
  const auto count = take_planes<std::uint8_t>(bytes, n);
  const auto state = take_planes<std::uint8_t>(bytes, n);
  const auto level = take_planes<std::uint16_t>(bytes, n);
  const auto x = take_planes<std::uint32_t>(bytes, n);
  const auto y = take_planes<std::uint32_t>(bytes, n);
  if (!bytes.good()) return std::nullopt;
  std::size_t steps = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (count[i] == 0 || from[i] + count[i] > static_cast<int>(kFrames)) return std::nullopt;
    const bool after = i == 0 || ids[i] > ids[i - 1] ||
                       (ids[i] == ids[i - 1] && from[i] >= from[i - 1] + count[i - 1]);
    if (!after) return std::nullopt;
    steps += count[i] - 1U;
  }
  const auto step_x = take_planes<std::uint16_t>(bytes, steps);
  const auto step_y = take_planes<std::uint16_t>(bytes, steps);
  if (!bytes.good() || bytes.left() != 0) return std::nullopt;

  std::vector<ChunkRow> out;
  out.reserve(n + steps);
  std::size_t at = 0;
  for (std::size_t i = 0; i < n; ++i) {
    // Modulo 2^32, so that no bytes overflow.
    std::uint32_t px = x[i];
    std::uint32_t py = y[i];
    std::uint32_t dx = 0;
    std::uint32_t dy = 0;
    for (int k = 0; k < count[i]; ++k) {
      if (k > 0) {
        px += dx += static_cast<std::uint32_t>(unzigzag(step_x[at]));
        py += dy += static_cast<std::uint32_t>(unzigzag(step_y[at]));
        ++at;
      }
      out.push_back({ids[i], static_cast<std::int32_t>(px), static_cast<std::int32_t>(py), level[i],
                     state[i], static_cast<std::uint8_t>(from[i] + k)});
    }
  }
  return out;
}

}  // namespace defilada::crowd
