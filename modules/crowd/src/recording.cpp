// SPDX-License-Identifier: MIT
#include "defilada/crowd/recording.hpp"

#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <utility>

#include "bytes.hpp"
#include "defilada/core/check.hpp"
#include "defilada/core/hash.hpp"
#include "recording_chunk.hpp"

namespace defilada::crowd {
namespace {

constexpr std::string_view kBegin = "DFCROWD1";
constexpr std::string_view kEnd = "DFCRWEND";
constexpr std::uint32_t kChunkMark = 0x4b4e4843;  // "CHNK"
constexpr std::uint32_t kIndexMark = 0x58444e49;  // "INDX"
constexpr std::size_t kChunkHeader = 28;
constexpr std::size_t kIndexEntry = 16;
constexpr std::size_t kNoteLimit = 1U << 20U;
constexpr std::size_t kRawLimit = 1U << 30U;
constexpr int kZstdLevel = 3;
constexpr std::size_t kFrames = RecordingWriter::kChunkFrames;
/// Each place begins a stretch of its own, with an id as long as they get, and the count of them.
constexpr std::size_t kMostRowBytes = 5 + 3 + 2 + 2 * 4;
static_assert(RecordingWriter::kChunkPlaces * kMostRowBytes + 4 <= kRawLimit);

struct Chunk {
  std::uint64_t offset = 0;
  std::uint32_t first = 0;
  std::uint32_t frames = 0;
};

tl::unexpected<Error> damaged() {
  return fail(Errc::bad_input, phrase("this recording is damaged"));
}

}  // namespace

struct RecordingWriter::State {
  std::filesystem::path path;
  std::string name;
  std::ofstream stream;
  std::vector<ChunkRow> rows;
  std::vector<Chunk> chunks;
  std::uint32_t frames = 0;
  std::uint32_t first = 0;  ///< of the open chunk
  std::size_t places = 0;   ///< that a chunk has at most

  Status write(std::string_view bytes) {
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.flush();
    if (stream) return {};
    return fail(Errc::environment, phrase("cannot write '{}': {}", name, system_reason(errno)));
  }

  /// By id, then frame: they came by frame.
  void sort_rows() {
    std::uint32_t most = 0;
    for (const ChunkRow& row : rows) most = std::max(most, row.id);
    if (most > 4 * rows.size() + 1'000'000) {
      std::stable_sort(rows.begin(), rows.end(),
                       [](const ChunkRow& a, const ChunkRow& b) { return a.id < b.id; });
      return;
    }
    std::vector<std::uint32_t> begins(std::size_t{most} + 2);
    for (const ChunkRow& row : rows) ++begins[row.id + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    std::vector<ChunkRow> sorted(rows.size());
    for (const ChunkRow& row : rows) sorted[begins[row.id]++] = row;
    rows.swap(sorted);
  }

  /// The open chunk, as it is so far.
  std::string packed_chunk() {
    sort_rows();
    const std::string raw = chunk_bytes(rows);
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    const std::size_t size =
        ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), kZstdLevel);
    DEFILADA_CHECK(ZSTD_isError(size) == 0 && raw.size() <= kRawLimit);
    packed.resize(size);
    std::string out;
    put_number(out, kChunkMark);
    put_number(out, first);
    put_number(out, frames - first);
    put_number(out, static_cast<std::uint32_t>(raw.size()));
    put_number(out, static_cast<std::uint32_t>(size));
    put_number(out, fnv_1a(packed));
    return out + packed;
  }

  Status close_chunk() {
    if (frames == first) return {};
    const std::string bytes = packed_chunk();
    rows.clear();
    chunks.push_back({static_cast<std::uint64_t>(stream.tellp()), first, frames - first});
    first = frames;
    return write(bytes);
  }
};

RecordingWriter::RecordingWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordingWriter::RecordingWriter(RecordingWriter&&) noexcept = default;
RecordingWriter& RecordingWriter::operator=(RecordingWriter&&) noexcept = default;
RecordingWriter::~RecordingWriter() = default;

Result<RecordingWriter> RecordingWriter::begin(const std::filesystem::path& path,
                                               RecordingHeader header, std::size_t places) {
  DEFILADA_CHECK(header.interval_s > 0 && header.note.size() <= kNoteLimit);
  DEFILADA_CHECK(places <= kChunkPlaces);
  auto state = std::make_unique<State>();
  state->places = places;
  state->path = path;
  state->name = path.string();
  state->stream.open(path, std::ios::binary | std::ios::trunc);
  std::string out(kBegin);
  put_number(out, header.begin_s);
  put_number(out, header.interval_s);
  put_number(out, static_cast<std::uint32_t>(header.note.size()));
  out += header.note;
  if (auto status = state->write(out); !status) return tl::unexpected(status.error());
  return RecordingWriter(std::move(state));
}

Status RecordingWriter::add(std::span<const RecordedPerson> people) {
  State& state = *state_;
  if (people.size() > kChunkPlaces) {
    return fail(Errc::bad_input, phrase("{} people are more than a recording holds: {}",
                                        Count{static_cast<std::int64_t>(people.size())},
                                        Count{std::int64_t{kChunkPlaces}}));
  }
  if (state.rows.size() + people.size() > state.places) {
    if (auto status = state.close_chunk(); !status) return status;
  }
  const auto frame = static_cast<std::uint8_t>(state.frames - state.first);
  for (const RecordedPerson& person : people) {
    state.rows.push_back({person.id, static_cast<std::int32_t>(std::lround(100 * person.x)),
                          static_cast<std::int32_t>(std::lround(100 * person.y)), person.level,
                          person.state, frame});
  }
  ++state.frames;
  return state.frames - state.first == kFrames ? state.close_chunk() : Status{};
}

Status RecordingWriter::finish() {
  State& state = *state_;
  if (auto status = state.close_chunk(); !status) return status;
  const auto at = static_cast<std::uint64_t>(state.stream.tellp());
  std::string out;
  put_number(out, kIndexMark);
  put_number(out, static_cast<std::uint32_t>(state.chunks.size()));
  for (const Chunk& chunk : state.chunks) {
    put_number(out, chunk.offset);
    put_number(out, chunk.first);
    put_number(out, chunk.frames);
  }
  put_number(out, at);
  out += kEnd;
  if (auto status = state.write(out); !status) return status;
  // What keep() wrote may have been longer.
  std::error_code error;
  std::filesystem::resize_file(state.path, at + out.size(), error);
  if (!error) return {};
  return fail(Errc::environment, phrase("cannot write '{}': {}", state.name, error.message()));
}

Status RecordingWriter::keep() {
  State& state = *state_;
  if (state.frames == state.first) return {};
  const auto at = state.stream.tellp();
  if (auto status = state.write(state.packed_chunk()); !status) return status;
  state.stream.seekp(at);
  return {};
}

std::size_t RecordingWriter::frames() const noexcept {
  return state_->frames;
}

struct RecordingReader::State {
  std::unique_ptr<std::istream> stream;
  std::uint64_t size = 0;
  std::uint64_t begin = 0;  ///< of the first chunk
  RecordingHeader header;
  std::vector<Chunk> chunks;
  std::size_t frames = 0;
  std::size_t unpacked = SIZE_MAX;  ///< the chunk whose frames these are
  std::vector<std::vector<RecordedPerson>> people;

  /// Empty if they are not all there.
  std::string bytes(std::uint64_t offset, std::size_t count) {
    if (offset > size || size - offset < count) return {};
    std::string out(count, '\0');
    stream->clear();
    stream->seekg(static_cast<std::streamoff>(offset));
    stream->read(out.data(), static_cast<std::streamsize>(count));
    return *stream ? out : std::string{};
  }

  bool read_header() {
    stream->seekg(0, std::ios::end);
    const auto end = stream->tellg();
    if (!*stream || end < 0) return false;
    size = static_cast<std::uint64_t>(end);
    const std::size_t fixed = kBegin.size() + 20;
    const std::string head = bytes(0, fixed);
    if (!head.starts_with(kBegin)) return false;
    ByteReader reader(std::string_view(head).substr(kBegin.size()));
    header.begin_s = reader.number<double>();
    header.interval_s = reader.number<double>();
    const auto note = reader.number<std::uint32_t>();
    begin = fixed + note;
    if (note > kNoteLimit || begin > size) return false;
    header.note = bytes(fixed, note);
    return std::isfinite(header.begin_s) && std::isfinite(header.interval_s) &&
           header.interval_s > 0;
  }

  bool read_index() {
    const std::string tail = bytes(size < 16 ? 0 : size - 16, 16);
    if (!tail.ends_with(kEnd)) return false;
    const auto at = ByteReader(tail).number<std::uint64_t>();
    if (at < begin || at > size - 16) return false;
    const std::string index = bytes(at, static_cast<std::size_t>(size - 16 - at));
    ByteReader reader(index);
    if (reader.number<std::uint32_t>() != kIndexMark) return false;
    const std::size_t count = reader.number<std::uint32_t>();
    if (reader.left() != count * kIndexEntry) return false;
    for (std::size_t i = 0; i < count; ++i) {
      const auto offset = reader.number<std::uint64_t>();
      const auto first = reader.number<std::uint32_t>();
      if (!add({offset, first, reader.number<std::uint32_t>()})) return false;
    }
    return true;
  }

  /// Chunks follow each other from frame 0 on.
  bool add(const Chunk& chunk) {
    if (chunk.first != frames || chunk.frames == 0 || chunk.frames > kFrames) return false;
    chunks.push_back(chunk);
    frames += chunk.frames;
    return true;
  }

  /// What is whole of a recording that was cut off.
  void walk() {
    chunks.clear();
    frames = 0;
    for (std::uint64_t at = begin;;) {
      const std::string head = bytes(at, kChunkHeader);
      ByteReader reader(head);
      if (reader.number<std::uint32_t>() != kChunkMark) return;
      const auto first = reader.number<std::uint32_t>();
      const auto count = reader.number<std::uint32_t>();
      reader.number<std::uint32_t>();
      const auto packed = reader.number<std::uint32_t>();
      if (size - at - kChunkHeader < packed || !add({at, first, count})) return;
      at += kChunkHeader + packed;
    }
  }

  std::uint64_t end_of(const Chunk& chunk) {
    const std::string head = bytes(chunk.offset, kChunkHeader);
    ByteReader reader(std::string_view(head).substr(std::min<std::size_t>(head.size(), 16)));
    return chunk.offset + kChunkHeader + reader.number<std::uint32_t>();
  }

  Status unpack(std::size_t number) {
    const Chunk& chunk = chunks[number];
    const std::string head = bytes(chunk.offset, kChunkHeader);
    ByteReader reader(head);
    const bool right = reader.number<std::uint32_t>() == kChunkMark &&
                       reader.number<std::uint32_t>() == chunk.first &&
                       reader.number<std::uint32_t>() == chunk.frames;
    const std::size_t raw_size = reader.number<std::uint32_t>();
    const std::size_t packed_size = reader.number<std::uint32_t>();
    const auto sum = reader.number<std::uint64_t>();
    if (!right || raw_size > kRawLimit) return damaged();
    const std::string packed = bytes(chunk.offset + kChunkHeader, packed_size);
    if (packed.size() != packed_size || fnv_1a(packed) != sum) return damaged();
    // What it says of itself, before memory is taken.
    if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != raw_size) return damaged();
    std::string raw(raw_size, '\0');
    const std::size_t got = ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) != 0 || got != raw_size) return damaged();
    const auto rows = chunk_rows(raw);
    if (!rows) return damaged();
    people.assign(chunk.frames, {});
    for (const ChunkRow& row : *rows) {
      if (row.frame >= chunk.frames) return damaged();
      people[row.frame].push_back(
          {row.id, row.x_cm / 100.0, row.y_cm / 100.0, row.level, row.state});
    }
    unpacked = number;
    return {};
  }
};

RecordingReader::RecordingReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordingReader::RecordingReader(RecordingReader&&) noexcept = default;
RecordingReader& RecordingReader::operator=(RecordingReader&&) noexcept = default;
RecordingReader::~RecordingReader() = default;

Result<RecordingReader> RecordingReader::open(const std::filesystem::path& path) {
  auto stream = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*stream)
    return fail(Errc::environment,
                phrase("cannot read '{}': {}", path.string(), system_reason(errno)));
  return read(std::move(stream));
}

Result<RecordingReader> RecordingReader::read(std::unique_ptr<std::istream> stream) {
  auto state = std::make_unique<State>();
  state->stream = std::move(stream);
  if (!state->read_header()) {
    return fail(Errc::bad_input, phrase("this is not a recording of a crowd"));
  }
  if (!state->read_index()) state->walk();
  return RecordingReader(std::move(state));
}

const RecordingHeader& RecordingReader::header() const noexcept {
  return state_->header;
}
std::size_t RecordingReader::frames() const noexcept {
  return state_->frames;
}
double RecordingReader::time_s(std::size_t frame) const noexcept {
  return state_->header.begin_s + static_cast<double>(frame) * state_->header.interval_s;
}

Result<std::vector<RecordedPerson>> RecordingReader::frame(std::size_t frame) {
  State& state = *state_;
  DEFILADA_CHECK(frame < state.frames);
  const auto after =
      std::upper_bound(state.chunks.begin(), state.chunks.end(), frame,
                       [](std::size_t at, const Chunk& chunk) { return at < chunk.first; });
  const auto number = static_cast<std::size_t>(after - state.chunks.begin()) - 1;
  if (state.unpacked != number) {
    state.unpacked = SIZE_MAX;
    if (auto status = state.unpack(number); !status) return tl::unexpected(status.error());
  }
  return state.people[frame - state.chunks[number].first];
}

Result<RecordingWriter> RecordingWriter::go_on(const std::filesystem::path& path,
                                               RecordingHeader header, std::size_t frames,
                                               std::size_t places) {
  auto reader = RecordingReader::open(path);
  if (!reader) return tl::unexpected(reader.error());
  const RecordingHeader& found = reader->header();
  if (found.begin_s != header.begin_s || found.interval_s != header.interval_s ||
      found.note != header.note || reader->frames() < frames) {
    return damaged();
  }
  auto state = std::make_unique<State>();
  state->path = path;
  state->name = path.string();
  state->places = places;
  RecordingReader::State& read = *reader->state_;
  std::uint64_t end = read.begin;  ///< of the chunks that stay
  for (const Chunk& chunk : read.chunks) {
    // The last one may be short because keep() wrote it, or because it was full of places.
    const bool is_closed = chunk.frames == kFrames || &chunk != &read.chunks.back();
    if (!is_closed || chunk.first + chunk.frames > frames) break;
    state->chunks.push_back(chunk);
    state->frames = state->first = chunk.first + chunk.frames;
    end = read.end_of(chunk);
  }
  state->stream.open(path, std::ios::binary | std::ios::in | std::ios::out);
  state->stream.seekp(static_cast<std::streamoff>(end));
  if (!state->stream) {
    return fail(Errc::environment,
                phrase("cannot write '{}': {}", path.string(), system_reason(errno)));
  }
  RecordingWriter writer(std::move(state));
  for (std::size_t frame = writer.frames(); frame < frames; ++frame) {
    const auto people = reader->frame(frame);
    if (!people) return tl::unexpected(people.error());
    if (auto status = writer.add(*people); !status) return tl::unexpected(status.error());
  }
  return writer;
}

}  // namespace defilada::crowd
