// SPDX-License-Identifier: MIT
#include <cmath>
#include <unordered_map>

#include "defilada/core/json_tape.hpp"
#include "defilada/core/suggest.hpp"
#include "defilada/proof/read_tracks.hpp"

namespace defilada::proof {
namespace {

constexpr int kDepthLimit = 32;
constexpr double kJump_m = 1e-3;
constexpr double kSameInstant_s = 1e-6;  ///< pieces that near in time are joined
constexpr double kFarthest_m = 1e15;
constexpr double kLatest_s = 1e12;
constexpr std::string_view kFormat = "defilada-tracks/1";

using Index = JsonTape::Index;
using Type = JsonTape::Type;

class TracksReader {
 public:
  TracksReader(const JsonTape& tape, Diagnostics& diagnostics)
      : tape_(tape), diagnostics_(diagnostics) {}

  TracksFile read() {
    const Index root = tape_.root();
    if (!tape_.is(root, Type::object)) {
      error("tracks.format", root, phrase("this JSON holds no tracks"),
            phrase("an object with format, separation_m and movers"));
      return {};
    }
    format(root);
    limit(root);
    const Index movers = member(root, "movers", Type::array, phrase("a list of movers"));
    if (movers == JsonTape::kNone) return {};
    for (Index i = tape_.first(movers); i != tape_.end(movers); i = tape_.after(i)) mover(i);
    return std::move(file_);
  }

 private:
  Diagnostic& error(std::string code, Index place, Phrase message, Phrase expected = {},
                    std::string suggestion = {}) {
    Span span = tape_.span(place);
    // Of a long value the beginning is enough to point at.
    if (tape_.is(place, Type::object) || tape_.is(place, Type::array)) span.end = span.begin + 1;
    return diagnostics_.error(std::move(code), span, std::move(message), std::move(expected),
                              std::move(suggestion));
  }

  /// A member of a type; reported when it is not there or is another.
  Index member(Index object, std::string_view key, Type type, const Phrase& expected) {
    const Index value = tape_.member(object, key);
    if (value == JsonTape::kNone) {
      std::vector<std::string> names;
      for (Index i = tape_.first(object); i != tape_.end(object); i = tape_.after(tape_.after(i))) {
        if (names.size() < 32) names.push_back(tape_.string(i));
      }
      error("tracks.missing", object, phrase("no member \"{}\"", key), expected,
            nearest(key, names));
      return value;
    }
    if (!tape_.is(value, type)) {
      error("tracks.type", value, phrase("\"{}\" is something else", key), expected);
      return JsonTape::kNone;
    }
    return value;
  }

  void format(Index root) {
    const Index value = member(root, "format", Type::string, phrase("\"format\": \"{}\"", kFormat));
    if (value == JsonTape::kNone || tape_.string(value) == kFormat) return;
    error("tracks.format", value, phrase("the format {} is not known", tape_.raw(value)),
          phrase("\"{}\"", kFormat));
  }

  /// A number that is finite and at least `least`.
  std::optional<double> number(Index value, double least, const Phrase& what) {
    if (!tape_.is(value, Type::number)) {
      error("tracks.type", value, phrase("{} is no number", what), phrase("a finite number"));
      return std::nullopt;
    }
    const auto read = tape_.number(value);
    if (!read) {
      error("tracks.number", value, phrase("{} is too large for a number", what),
            phrase("a finite number"));
      return std::nullopt;
    }
    if (*read < least) {
      error("tracks.number", value, phrase("{} is below {}", what, least),
            phrase("at least {}", least));
      return std::nullopt;
    }
    return read;
  }

  void limit(Index root) {
    const Index separation = tape_.member(root, "separation_m");
    const Index horizontal = tape_.member(root, "horizontal_m");
    const Index vertical = tape_.member(root, "vertical_m");
    if (separation != JsonTape::kNone) {
      if (horizontal != JsonTape::kNone || vertical != JsonTape::kNone) {
        error("tracks.separation", separation, phrase("a separation and a cylinder at once"),
              phrase("separation_m, or horizontal_m and vertical_m"));
      }
      if (const auto value = number(separation, 0, Phrase::verbatim("separation_m"))) {
        file_.limit = Limit{Limit::Shape::sphere, *value, 0};
      }
    } else if (horizontal != JsonTape::kNone || vertical != JsonTape::kNone) {
      if (horizontal == JsonTape::kNone || vertical == JsonTape::kNone) {
        error("tracks.separation", horizontal == JsonTape::kNone ? vertical : horizontal,
              phrase("half of a cylinder"), phrase("both horizontal_m and vertical_m"));
        return;
      }
      const auto h = number(horizontal, 0, Phrase::verbatim("horizontal_m"));
      const auto v = number(vertical, 0, Phrase::verbatim("vertical_m"));
      if (h && v) file_.limit = Limit{Limit::Shape::cylinder, *h, *v};
    }
  }

  void mover(Index value) {
    if (!tape_.is(value, Type::object)) {
      error("tracks.type", value, phrase("this is no mover"),
            phrase("an object with id and pieces"));
      return;
    }
    const Index id = member(value, "id", Type::string, phrase("\"id\": a name of its own"));
    const Index pieces = member(value, "pieces", Type::array, phrase("a list of pieces"));
    if (id != JsonTape::kNone) remember(id);
    MotionMover mover;
    const Index radius = tape_.member(value, "radius_m");
    if (radius != JsonTape::kNone)
      mover.body.radius_m = number(radius, 0, Phrase::verbatim("radius_m")).value_or(0);
    mover.path = file_.motions.add_path(0, 0, false);
    file_.motions.movers.push_back(mover);
    if (pieces == JsonTape::kNone) return;
    if (tape_.first(pieces) == tape_.end(pieces)) {
      error("tracks.missing", pieces, phrase("a mover without pieces is nowhere"),
            phrase("at least one piece"));
    }
    before_ = JsonTape::kNone;
    for (Index i = tape_.first(pieces); i != tape_.end(pieces); i = tape_.after(i)) piece(i);
  }

  void remember(Index id) {
    std::string name = tape_.string(id);
    const auto [known, fresh] = seen_.emplace(name, id);
    if (!fresh) {
      auto& diagnostic = error("tracks.id", id, phrase("the id {} is there twice", tape_.raw(id)),
                               phrase("an id of its own"));
      diagnostic.notes.push_back({phrase("first here"), tape_.span(known->second)});
    }
    file_.ids.push_back(std::move(name));
  }

  bool coordinate(Index value, const char* key, std::size_t d) {
    if (!tape_.is(value, Type::array)) {
      error("tracks.type", value, phrase("\"{}\" is no list of coefficients", key),
            phrase("[c0, c1, ...]"));
      return false;
    }
    std::size_t k = 0;
    for (Index i = tape_.first(value); i != tape_.end(value); i = tape_.after(i), ++k) {
      if (k > kMaxDegree) {
        error("tracks.degree", i, phrase("a polynomial of a higher degree than can be proven"),
              phrase("at most {} coefficients", kMaxDegree + 1));
        return false;
      }
      const auto c = number(i, -std::numeric_limits<double>::infinity(), phrase("a coefficient"));
      if (!c) return false;
      if (coefficients_.size() <= k) coefficients_.push_back({});
      coefficients_[k][d] = *c;
    }
    if (k == 0)
      error("tracks.missing", value, phrase("\"{}\" has no coefficients", key),
            phrase("[c0, c1, ...]"));
    return k > 0;
  }

  void piece(Index value) {
    if (!tape_.is(value, Type::object)) {
      error("tracks.type", value, phrase("this is no piece"),
            phrase("an object with t0, t1, x and y"));
      return;
    }
    const Index from = member(value, "t0", Type::number, phrase("\"t0\": seconds"));
    const Index to = member(value, "t1", Type::number, phrase("\"t1\": seconds"));
    const Index x = member(value, "x", Type::array, phrase("\"x\": [c0, c1, ...]"));
    const Index y = member(value, "y", Type::array, phrase("\"y\": [c0, c1, ...]"));
    if (from == JsonTape::kNone || to == JsonTape::kNone || x == JsonTape::kNone ||
        y == JsonTape::kNone)
      return;
    const auto t0 = number(from, -kLatest_s, Phrase::verbatim("t0"));
    const auto t1 = number(to, -kLatest_s, Phrase::verbatim("t1"));
    coefficients_.clear();
    bool good = coordinate(x, "x", 0) & coordinate(y, "y", 1);
    const Index z = tape_.member(value, "z");
    if (z != JsonTape::kNone) good = coordinate(z, "z", 2) && good;
    if (!t0 || !t1 || !good) return;
    if (*t1 > kLatest_s) {
      error("tracks.number", to, phrase("t1 is beyond {} s", kLatest_s), phrase("seconds"));
    } else if (*t1 <= *t0) {
      error("tracks.backwards", to,
            phrase("the piece ends at {} s, before or when it begins ({} s)", *t1, *t0),
            phrase("t1 > t0"));
    } else if (reaches(value, *t1 - *t0) && joins(from, *t0)) {
      file_.motions.add_piece(*t0, *t1, coefficients_);
      before_ = value;
    }
  }

  /// Beyond this, sums of squares leave double.
  bool reaches(Index value, double length_s) {
    double sum = 0;
    double power = 1;
    for (const Coefficient& c : coefficients_) {
      sum += power * (std::abs(c[0]) + std::abs(c[1]) + std::abs(c[2]));
      power *= length_s;
    }
    if (sum < kFarthest_m) return true;
    error("tracks.number", value, phrase("the terms of the piece reach beyond {} m", kFarthest_m),
          phrase("times in seconds since t0, lengths in metres"));
    return false;
  }

  bool joins(Index from, double t0) {
    if (before_ == JsonTape::kNone) return true;
    const MotionPiece& last = file_.motions.pieces.back();
    if (t0 < last.t1_s) {
      auto& diagnostic = error(
          "tracks.overlap", from,
          phrase("the piece begins at {} s, before the one before it ends ({} s)", t0, last.t1_s),
          phrase("pieces in the order of time, without overlap"));
      Span span = tape_.span(before_);
      span.end = span.begin + 1;
      diagnostic.notes.push_back({phrase("the one before"), span});
      return false;
    }
    if (t0 - last.t1_s > kSameInstant_s) return true;
    std::array<double, 3> end{};
    if (!file_.motions.position(file_.motions.movers.back(), last.t1_s, end)) return true;
    const Coefficient& c = coefficients_.front();
    const double jump = std::hypot(c[0] - end[0], c[1] - end[1], c[2] - end[2]);
    if (jump <= kJump_m) return true;
    error("tracks.jump", from, phrase("the track jumps by {:.6g} m at {} s", jump, t0),
          phrase("pieces that meet within 1 mm"));
    return false;
  }

  const JsonTape& tape_;
  Diagnostics& diagnostics_;
  TracksFile file_;
  std::unordered_map<std::string, Index> seen_;
  std::vector<Coefficient> coefficients_;
  Index before_ = JsonTape::kNone;
};

}  // namespace

std::optional<TracksFile> read_tracks_json(FileId file, const Sources& sources,
                                           Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const JsonTape tape =
      JsonTape::read(file, sources.text(file), kDepthLimit, diagnostics, "tracks");
  if (tape.empty()) return std::nullopt;
  TracksFile tracks = TracksReader(tape, diagnostics).read();
  if (diagnostics.errors() > before) return std::nullopt;
  return tracks;
}

std::optional<TracksFile> read_tracks(FileId file, const Sources& sources,
                                      Diagnostics& diagnostics) {
  std::string_view text = sources.text(file);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  return json ? read_tracks_json(file, sources, diagnostics)
              : read_tracks_csv(file, sources, diagnostics);
}

}  // namespace defilada::proof
