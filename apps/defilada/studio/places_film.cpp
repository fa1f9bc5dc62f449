// SPDX-License-Identifier: MIT
#include "studio/places_film.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>

namespace defilada::app::studio {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFrames = PlacesFilm::kChunk + 1;
constexpr double kSteps = 65534;  ///< the last number says that somebody is away

struct Spot {
  std::uint16_t x = PlacesFilm::kAway;
  std::uint16_t y = PlacesFilm::kAway;
  bool operator==(const Spot&) const = default;
};
/// Where somebody is in each frame of a chunk.
struct Way {
  std::uint32_t person = 0;
  std::array<Spot, kFrames> spots;
  [[nodiscard]] bool stands() const {
    return std::all_of(spots.begin(), spots.end(),
                       [&](const Spot& each) { return each == spots.front(); });
  }
};

/// Rows of those who are there, by person, over the frames of a chunk.
class Ways {
 public:
  explicit Ways(const PlacesFilm::Scale& scale) : scale_(scale) {}

  void add(std::size_t frame, const std::vector<crowd::RecordedPerson>& people) {
    for (const crowd::RecordedPerson& each : people) {
      row(each.id).spots[frame] = {step(each.x - scale_.origin.x), step(each.y - scale_.origin.y)};
    }
  }
  [[nodiscard]] const std::vector<Way>& all() const noexcept { return ways_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  Way& row(std::uint32_t person) {
    if (person >= rows_.size()) rows_.resize(std::size_t{person} + 1, kNone);
    if (rows_[person] == kNone) {
      rows_[person] = static_cast<std::uint32_t>(ways_.size());
      ways_.emplace_back().person = person;
    }
    return ways_[rows_[person]];
  }
  [[nodiscard]] std::uint16_t step(double metres) const {
    return static_cast<std::uint16_t>(std::clamp(std::round(metres / scale_.step_m), 0.0, kSteps));
  }

  const PlacesFilm::Scale& scale_;
  std::vector<std::uint32_t> rows_;  ///< (person)
  std::vector<Way> ways_;
};

template <typename Number>
void put(std::string& out, Number value) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    out += static_cast<char>((value >> (8 * i)) & 0xFFU);
  }
}

void put(std::string& out, const Spot& spot) {
  put(out, spot.x);
  put(out, spot.y);
}

/// Those who stand before those who move.
std::string bytes_of(const std::vector<Way>& ways) {
  std::vector<const Way*> standing;
  std::vector<const Way*> moving;
  for (const Way& each : ways) (each.stands() ? standing : moving).push_back(&each);
  std::string out;
  out.reserve(16 + 8 * standing.size() + (4 + 4 * kFrames) * moving.size());
  put(out, static_cast<std::uint32_t>(kFrames));
  put(out, static_cast<std::uint32_t>(standing.size()));
  put(out, static_cast<std::uint32_t>(moving.size()));
  for (const Way* each : standing) put(out, each->person);
  for (const Way* each : moving) put(out, each->person);
  for (const Way* each : standing) put(out, each->spots.front());
  for (const Way* each : moving) {
    for (const Spot& spot : each->spots) put(out, spot);
  }
  return out;
}

}  // namespace

PlacesFilm::PlacesFilm(geo::Vec2 origin, double widest_m)
    : scale_{origin, std::max(1.0, widest_m) / kSteps} {}

PlacesFilm::PlacesFilm(geo::Vec2 origin, double widest_m, std::vector<fs::path> recordings)
    : PlacesFilm(origin, widest_m) {
  for (fs::path& path : recordings) {
    Phase& phase = phases_.emplace_back();
    if (const auto reader = crowd::RecordingReader::open(path)) {
      phase.begin_s = reader->header().begin_s;
      phase.frames = reader->frames();
      phase.note = reader->header().note;
      every_s_ = reader->header().interval_s;
    }
    phase.path = std::move(path);
  }
}

Status PlacesFilm::begin(std::size_t phase, double time_s) {
  if (Status status = finish(); !status) return status;
  if (scratch_.folder().empty()) {
    return fail(Errc::environment, phrase("no folder for temporary files"));
  }
  phases_.resize(phase + 1);
  phases_[phase].begin_s = time_s;
  phases_[phase].path = scratch_.folder() / (std::to_string(phase) + ".recording");
  auto writer = crowd::RecordingWriter::begin(
      phases_[phase].path, {.begin_s = time_s, .interval_s = kEvery_s, .note = "{}"});
  if (!writer) return tl::unexpected(writer.error());
  writer_.emplace(std::move(*writer));
  return {};
}

Status PlacesFilm::add(std::size_t phase, const spectators::RunOptions::Frame& frame) {
  if (phase >= phases_.size()) {
    if (Status status = begin(phase, frame.time_s); !status) return status;
  }
  people_.clear();
  std::uint8_t state = 0;
  for (const crowd::Columns* columns : {&frame.walking, &frame.standing}) {
    for (std::size_t i = 0; i < columns->size; ++i) {
      people_.push_back({.id = frame.who[columns->person[i]],
                         .x = crowd::to_metres(columns->x[i]),
                         .y = crowd::to_metres(columns->y[i]),
                         .level = 0,
                         .state = state});
    }
    state = 1;
  }
  ++phases_[phase].frames;
  return writer_->add(people_);
}

Status PlacesFilm::finish() {
  if (!writer_) return {};
  const Status status = writer_->finish();
  writer_.reset();
  return status;
}

std::uint64_t PlacesFilm::bytes() const {
  std::uint64_t sum = 0;
  for (const Phase& each : phases_) {
    std::error_code fault;
    const std::uint64_t size = fs::file_size(each.path, fault);
    if (!fault) sum += size;
  }
  return sum;
}

/// `defilada crowd` writes over what lies where products go.
Result<crowd::RecordingReader> PlacesFilm::open(const Phase& phase) const {
  auto reader = crowd::RecordingReader::open(phase.path);
  if (!reader) return reader;
  const crowd::RecordingHeader& found = reader->header();
  const bool same = reader->frames() == phase.frames && found.begin_s == phase.begin_s &&
                    found.interval_s == every_s_ && found.note == phase.note;
  if (same) return reader;
  return fail(Errc::environment, phrase("'{}' was written anew since it was opened: open it again",
                                        phase.path.string()));
}

Result<std::string> PlacesFilm::chunk(std::size_t phase, std::size_t chunk, std::size_t stride) {
  if (phase >= phases_.size()) return std::string();
  const Phase& wanted = phases_[phase];
  const std::size_t first = chunk * kChunk * stride;
  if (first >= wanted.frames) return std::string();
  const std::lock_guard lock(mutex_);
  std::error_code unknown;
  const auto written = fs::last_write_time(wanted.path, unknown);
  if (!reader_ || reader_->phase != phase || reader_->written != written) {
    reader_.reset();
    auto reader = open(wanted);
    if (!reader) return tl::unexpected(reader.error());
    reader_.emplace(Opened{phase, written, std::move(*reader)});
  }
  Ways ways(scale_);
  for (std::size_t i = 0; i < kFrames; ++i) {
    const auto people = reader_->reader.frame(std::min(first + i * stride, wanted.frames - 1));
    if (!people) return tl::unexpected(people.error());
    ways.add(i, *people);
  }
  return bytes_of(ways.all());
}

}  // namespace defilada::app::studio
