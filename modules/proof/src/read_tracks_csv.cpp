// SPDX-License-Identifier: MIT
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>

#include "defilada/core/suggest.hpp"
#include "defilada/proof/read_tracks.hpp"

namespace defilada::proof {
namespace {

Phrase header() {
  return phrase("a first line with time, id, x, y and, if wanted, z");
}
constexpr std::array<const char*, 5> kColumns{"time", "id", "x", "y", "z"};
constexpr double kFarthest = 1e12;  ///< m and s
constexpr std::size_t kNone = SIZE_MAX;

/// A field with its place; quotes taken off.
struct Field {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view text;
};

class CsvReader {
 public:
  CsvReader(FileId file, std::string_view text, Diagnostics& diagnostics)
      : file_(file), text_(text), diagnostics_(diagnostics) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    const std::string_view header = text_.substr(at_, text_.find('\n', at_) - at_);
    const auto has = [&](char c) { return header.find(c) != std::string_view::npos; };
    separator_ = has(',') ? ',' : has(';') ? ';' : has('\t') ? '\t' : ',';
  }

  TracksFile read() {
    if (!next_row()) {
      diagnostics_.error("tracks.empty", {file_, 0, 0}, phrase("there is nothing in the file"),
                         header());
      return {};
    }
    if (!read_header()) return {};
    while (next_row()) read_row();
    return finish();
  }

 private:
  struct Row {
    double t;
    std::array<double, 3> at;
  };
  struct Track {
    std::string id;
    Span first;
    std::vector<Row> rows;
  };

  /// Fields of the next line that is not blank; false at the end.
  bool next_row() {
    row_.clear();
    while (at_ < text_.size() && row_.empty()) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      std::string_view line = text_.substr(at_, end - at_);
      if (line.ends_with('\r')) line.remove_suffix(1);
      const std::size_t begin = at_;
      at_ = end + 1;
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      split(line, begin);
    }
    return !row_.empty();
  }

  void split(std::string_view line, std::size_t offset) {
    std::size_t from = 0;
    for (;;) {
      std::size_t to = line.find(separator_, from);
      // A separator within quotes belongs to the field.
      if (from < line.size() && line[from] == '"') {
        const std::size_t close = line.find('"', from + 1);
        to = close == std::string_view::npos ? close : line.find(separator_, close);
      }
      const std::size_t end = std::min(to, line.size());
      std::string_view text = line.substr(from, end - from);
      const std::size_t lead = std::min(text.find_first_not_of(" \t"), text.size());
      text.remove_prefix(lead);
      while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
      Field field{static_cast<std::uint32_t>(offset + from + lead),
                  static_cast<std::uint32_t>(offset + from + lead + text.size()), text};
      if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        field.text = text.substr(1, text.size() - 2);
      row_.push_back(field);
      if (to == std::string_view::npos) return;
      from = to + 1;
    }
  }

  [[nodiscard]] Span span(const Field& field) const { return {file_, field.begin, field.end}; }
  [[nodiscard]] Span row_span() const { return {file_, row_.front().begin, row_.back().end}; }

  bool read_header() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < row_.size(); ++i) {
      std::string name;
      for (const char c : row_[i].text)
        name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      for (std::size_t k = 0; k < kColumns.size(); ++k) {
        if (name != kColumns[k]) continue;
        if (column_[k] != kNone) {
          diagnostics_.error("tracks.header", span(row_[i]),
                             phrase("the column '{}' is there twice", name));
          return false;
        }
        column_[k] = i;
      }
      names.push_back(std::move(name));
    }
    for (std::size_t k = 0; k < 4; ++k) {
      if (column_[k] != kNone) continue;
      diagnostics_.error("tracks.header", row_span(), phrase("no column '{}'", kColumns[k]),
                         header(), nearest(kColumns[k], names));
      return false;
    }
    return true;
  }

  bool number(const Field& field, double& out) {
    const char* const end = field.text.data() + field.text.size();
    const char* begin = field.text.data();
    if (begin != end && *begin == '+') ++begin;
    const auto result = std::from_chars(begin, end, out);
    if (result.ec == std::errc() && result.ptr == end && std::abs(out) <= kFarthest) return true;
    diagnostics_.error(
        "tracks.number", span(field),
        field.text.empty() ? phrase("a number is missing")
                           : phrase("'{}' is no number that can be", field.text),
        phrase("a number between -{} and {}, with a decimal point", kFarthest, kFarthest));
    return false;
  }

  void read_row() {
    std::size_t needed = 0;
    for (const std::size_t column : column_)
      needed = column == kNone ? needed : std::max(needed, column);
    if (row_.size() <= needed) {
      diagnostics_.error("tracks.row", row_span(),
                         phrase("the row has fewer columns than the header"));
      return;
    }
    Row row{};
    bool good = number(row_[column_[0]], row.t);
    for (std::size_t d = 0; d < 3; ++d) {
      if (column_[2 + d] != kNone) good = number(row_[column_[2 + d]], row.at[d]) && good;
    }
    const Field& id = row_[column_[1]];
    if (id.text.empty()) {
      diagnostics_.error("tracks.id", span(id), phrase("an id is missing"),
                         phrase("the name of the mover"));
      return;
    }
    if (!good) {
      damaged_.insert(std::string(id.text));
      return;
    }
    const auto [known, fresh] = by_id_.emplace(std::string(id.text), tracks_.size());
    if (fresh) tracks_.push_back({std::string(id.text), span(id), {}});
    Track& track = tracks_[known->second];
    if (!track.rows.empty() && row.t <= track.rows.back().t) {
      diagnostics_.error(
          "tracks.backwards", span(row_[column_[0]]),
          phrase("{} is at {} s after it was at {} s", track.id, row.t, track.rows.back().t),
          phrase("the rows of an id in the order of time"));
      return;
    }
    if (!track.rows.empty() && !moves(track.rows.back(), row)) {
      diagnostics_.error("tracks.number", row_span(),
                         phrase("{} moves faster than {} m/s", track.id, kFarthest),
                         phrase("times in seconds"));
      return;
    }
    track.rows.push_back(row);
  }

  static bool moves(const Row& a, const Row& b) {
    for (std::size_t d = 0; d < 3; ++d) {
      if (!(std::abs(b.at[d] - a.at[d]) <= kFarthest * (b.t - a.t))) return false;
    }
    return true;
  }

  TracksFile finish() {
    TracksFile out;
    for (const Track& track : tracks_) {
      if (track.rows.size() < 2) {
        if (damaged_.contains(track.id)) continue;  // told of its other row
        diagnostics_.error("tracks.row", track.first,
                           phrase("{} has one row: it moves nowhere", track.id),
                           phrase("at least two rows of an id"));
        continue;
      }
      MotionMover mover;
      mover.path = out.motions.add_path(0, 0, false);
      for (std::size_t i = 0; i + 1 < track.rows.size(); ++i) {
        const Row& a = track.rows[i];
        const Row& b = track.rows[i + 1];
        std::array<Coefficient, 2> c{};
        for (std::size_t d = 0; d < 3; ++d) {
          c[0][d] = a.at[d];
          c[1][d] = (b.at[d] - a.at[d]) / (b.t - a.t);
        }
        out.motions.add_piece(a.t, b.t, c);
      }
      out.motions.movers.push_back(mover);
      out.ids.push_back(track.id);
    }
    return out;
  }

  FileId file_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  char separator_ = ',';
  std::vector<Field> row_;
  std::array<std::size_t, 5> column_{kNone, kNone, kNone, kNone, kNone};
  std::unordered_map<std::string, std::size_t> by_id_;
  std::set<std::string> damaged_;  ///< ids of rows that were no rows
  std::vector<Track> tracks_;
};

}  // namespace

std::optional<TracksFile> read_tracks_csv(FileId file, const Sources& sources,
                                          Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  TracksFile tracks = CsvReader(file, sources.text(file), diagnostics).read();
  if (diagnostics.errors() > before) return std::nullopt;
  return tracks;
}

}  // namespace defilada::proof
