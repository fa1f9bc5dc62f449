// SPDX-License-Identifier: MIT
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "parts.hpp"

namespace defilada::playback {
namespace {

static_assert(std::endian::native == std::endian::little, "the arrays are copied as they lie");

constexpr std::size_t kAlignment = 8;  // of the largest type, so that a reader can view in place

class Writer {
 public:
  explicit Writer(Json& table) : table_(table) {}

  template <typename T>
  void add(const char* name, const char* type, const std::vector<T>& values) {
    table_[name] = {{"type", type}, {"offset", bytes_.size()}, {"count", values.size()}};
    const std::size_t size = values.size() * sizeof(T);
    const std::size_t at = bytes_.size();
    bytes_.resize(at + (size + kAlignment - 1) / kAlignment * kAlignment, '\0');
    if (size > 0) std::memcpy(bytes_.data() + at, values.data(), size);
  }
  void f64(const char* name, const std::vector<double>& values) { add(name, "f64", values); }
  void f32(const char* name, const std::vector<float>& values) { add(name, "f32", values); }
  void u32(const char* name, const std::vector<std::uint32_t>& values) { add(name, "u32", values); }

  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  Json& table_;
  std::string bytes_;
};

template <typename T, typename Range, typename Get>
std::vector<T> column(const Range& range, const Get& get) {
  std::vector<T> values;
  values.reserve(range.size());
  for (const auto& element : range) values.push_back(static_cast<T>(get(element)));
  return values;
}

std::vector<double> coefficients(const std::vector<track::Piece>& pieces,
                                 track::Polynomial track::Piece::*which) {
  std::vector<double> values;
  values.reserve(pieces.size() * track::kOrder);
  // All c0, then all c1, ...: most of the high ones are 0 and pack to nothing.
  for (int k = 0; k < track::kOrder; ++k) {
    for (const track::Piece& piece : pieces) values.push_back((piece.*which)[k]);
  }
  return values;
}

void add_paths(Writer& out, const track::TrackSet& tracks) {
  using track::Path;
  using track::Piece;
  out.u32("path_first_piece",
          column<std::uint32_t>(tracks.paths, [](const Path& path) { return path.first_piece; }));
  out.u32("path_piece_count",
          column<std::uint32_t>(tracks.paths, [](const Path& path) { return path.piece_count; }));
  out.f64("piece_t0_s", column<double>(tracks.pieces, [](const Piece& p) { return p.t0_s; }));
  out.f64("piece_t1_s", column<double>(tracks.pieces, [](const Piece& p) { return p.t1_s; }));
  out.f64("piece_facing_rad",
          column<double>(tracks.pieces, [](const Piece& p) { return p.facing_rad; }));
  out.f64("piece_x", coefficients(tracks.pieces, &Piece::x));
  out.f64("piece_y", coefficients(tracks.pieces, &Piece::y));
  out.f64("piece_z", coefficients(tracks.pieces, &Piece::z));
  out.f64("piece_nx", coefficients(tracks.pieces, &Piece::nx));
  out.f64("piece_ny", coefficients(tracks.pieces, &Piece::ny));
}

void add_movers(Writer& out, const std::vector<track::Mover>& movers) {
  using track::Mover;
  const auto whole = [&](const char* name, const auto& get) {
    out.u32(name, column<std::uint32_t>(movers, get));
  };
  const auto real = [&](const char* name, const auto& get) {
    out.f32(name, column<float>(movers, get));
  };
  whole("mover_path", [](const Mover& m) { return m.path; });
  whole("mover_contingent", [](const Mover& m) { return m.contingent; });
  whole("mover_kind", [](const Mover& m) { return m.kind; });
  whole("mover_slot", [](const Mover& m) { return m.slot; });
  whole("mover_part", [](const Mover& m) { return m.part; });
  real("mover_left_m", [](const Mover& m) { return m.left_m; });
  real("mover_dx_m", [](const Mover& m) { return m.offset_m[0]; });
  real("mover_dy_m", [](const Mover& m) { return m.offset_m[1]; });
  real("mover_dz_m", [](const Mover& m) { return m.offset_m[2]; });
}

/// What must be set in the cells of `before` to have those of `now`: cell << 8 | value, 0 where
/// nobody is any more. Both are ascending.
void append_changes(const std::vector<std::uint32_t>& before, const std::vector<std::uint32_t>& now,
                    std::vector<std::uint32_t>& changes) {
  std::size_t b = 0;
  std::size_t n = 0;
  while (b < before.size() || n < now.size()) {
    const std::uint32_t was = b < before.size() ? before[b] >> 8U : 0xFFFFFFFFU;
    const std::uint32_t is = n < now.size() ? now[n] >> 8U : 0xFFFFFFFFU;
    if (was < is) {
      changes.push_back(was << 8U);
      ++b;
    } else if (is < was) {
      changes.push_back(now[n++]);
    } else {
      if (before[b] != now[n]) changes.push_back(now[n]);
      ++b;
      ++n;
    }
  }
}

void add_crowd(Writer& out, const Crowd& crowd) {
  std::vector<double> times;
  std::vector<std::uint32_t> first{0};
  std::vector<std::uint32_t> changes;
  std::vector<std::uint32_t> seated;
  static const std::vector<std::uint32_t> nobody;
  const std::vector<std::uint32_t>* before = &nobody;
  for (const Crowd::Frame& frame : crowd.frames) {
    times.push_back(frame.time_s);
    append_changes(*before, frame.cells, changes);
    first.push_back(static_cast<std::uint32_t>(changes.size()));
    seated.insert(seated.end(), frame.seated.begin(), frame.seated.end());
    before = &frame.cells;
  }
  out.f64("crowd_time_s", times);
  out.u32("crowd_first_change", first);
  out.u32("crowd_changes", changes);
  out.u32("crowd_seated", seated);
}

}  // namespace

Json crowd_json(const Crowd& crowd) {
  Json zones = Json::array();
  for (const Crowd::Zone& zone : crowd.zones) {
    zones.push_back({{"area", zone.area}, {"people", zone.people}});
  }
  return {{"x", crowd.origin.x},      {"y", crowd.origin.y}, {"cell_m", crowd.cell_m},
          {"columns", crowd.columns}, {"rows", crowd.rows},  {"steps", crowd.steps},
          {"zones", std::move(zones)}};
}

std::string arrays(const track::TrackSet& tracks, const Crowd* crowd, Json& table) {
  Writer out(table);
  add_paths(out, tracks);
  add_movers(out, tracks.movers);
  if (crowd != nullptr) add_crowd(out, *crowd);
  return out.take();
}

}  // namespace defilada::playback
