// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <iterator>

#include "defilada/core/check.hpp"
#include "defilada/track/tracks.hpp"

namespace defilada::track {
namespace {

constexpr std::size_t kChunk = 1 << 16;

/// {} of fmt prints the shortest text that reads back to the same double.
void append_polynomial(fmt::memory_buffer& out, const char* name, const Polynomial& polynomial) {
  int last = kOrder - 1;
  while (last > 0 && polynomial[last] == 0) --last;
  fmt::format_to(std::back_inserter(out), ",\"{}\":[", name);
  for (int k = 0; k <= last; ++k) {
    fmt::format_to(std::back_inserter(out), "{}{}", k == 0 ? "" : ",", polynomial[k]);
  }
  out.push_back(']');
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

void append_mover(fmt::memory_buffer& out, const TrackSet& tracks, const Mover& mover,
                  std::string_view id) {
  fmt::format_to(std::back_inserter(out), "{{\"id\":{},\"pieces\":[", quoted(id));
  bool first = true;
  for (const Piece& piece : tracks.expand(mover)) {
    fmt::format_to(std::back_inserter(out), "{}{{\"t0\":{},\"t1\":{}", first ? "" : ",", piece.t0_s,
                   piece.t1_s);
    append_polynomial(out, "x", piece.x);
    append_polynomial(out, "y", piece.y);
    append_polynomial(out, "z", piece.z);
    out.push_back('}');
    first = false;
  }
  fmt::format_to(std::back_inserter(out), "]}}");
}

/// Gathers text and hands it on in chunks.
class Chunks {
 public:
  Chunks(WriteChunk write, void* context) : write_(write), context_(context) {}

  fmt::memory_buffer out;

  Status flush() {
    Status status = write_(context_, std::string_view(out.data(), out.size()));
    out.clear();
    return status;
  }
  Status movers(const NamedTracks& named) {
    DEFILADA_CHECK(named.ids.size() == named.tracks.movers.size());
    for (std::size_t i = 0; i < named.ids.size(); ++i) {
      append_mover(out, named.tracks, named.tracks.movers[i], named.ids[i]);
      fmt::format_to(std::back_inserter(out), "{}", i + 1 < named.ids.size() ? ",\n" : "\n");
      if (out.size() < kChunk) continue;
      if (auto status = flush(); !status) return status;
    }
    return {};
  }

 private:
  WriteChunk write_;
  void* context_;
};

}  // namespace

Status write_tracks_json(const TrackSet& tracks, std::span<const std::string> ids,
                         double separation_m, WriteChunk write, void* context) {
  return write_tracks_json({tracks, ids}, std::nullopt, separation_m, write, context);
}

Status write_tracks_json(const NamedTracks& movers, const std::optional<NamedTracks>& guests,
                         double separation_m, WriteChunk write, void* context) {
  Chunks chunks(write, context);
  fmt::format_to(std::back_inserter(chunks.out),
                 "{{\"format\":\"defilada-tracks/1\",\"separation_m\":{},\"movers\":[\n",
                 separation_m);
  if (Status status = chunks.movers(movers); !status) return status;
  if (guests) {
    fmt::format_to(std::back_inserter(chunks.out), "],\"guests\":[\n");
    if (Status status = chunks.movers(*guests); !status) return status;
  }
  fmt::format_to(std::back_inserter(chunks.out), "]}}\n");
  return chunks.flush();
}

}  // namespace defilada::track
