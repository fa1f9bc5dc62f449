// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "defilada/crowd/read_site.hpp"

namespace defilada::crowd {
namespace {

using geo::Feature;
using Ring = std::vector<Vec2>;

constexpr int kDepthLimit = 64;
constexpr std::size_t kPositionLimit = 1'000'000;

/// Recursive descent; after the first fault everything is skipped.
class WktReader {
 public:
  WktReader(FileId file, std::string_view text, Diagnostics& diagnostics)
      : file_(file), text_(text), diagnostics_(diagnostics) {}

  geo::FeatureCollection read() {
    out_.metres = true;
    skip_space();
    while (good_ && at_ < text_.size()) {
      geometry(0);
      skip_space();
      if (at_ < text_.size() && (text_[at_] == ';' || text_[at_] == ',')) ++at_;
      skip_space();
    }
    return std::move(out_);
  }

 private:
  void fault(std::size_t begin, std::string code, Phrase message, Phrase expected = {}) {
    if (!good_) return;
    good_ = false;
    const std::size_t end = std::min(text_.size(), std::max(at_, begin + 1));
    diagnostics_.error(std::move(code),
                       Span{file_, static_cast<std::uint32_t>(std::min(begin, text_.size())),
                            static_cast<std::uint32_t>(end)},
                       std::move(message), std::move(expected));
  }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))) {
      ++at_;
    }
  }
  bool take(char wanted) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void need(char wanted) {
    if (good_ && !take(wanted)) {
      fault(at_, "crowd.wkt-syntax", phrase("this is not well-known text"), phrase("'{}'", wanted));
    }
  }

  std::string word() {
    skip_space();
    std::string out;
    while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) {
      out += static_cast<char>(std::toupper(static_cast<unsigned char>(text_[at_++])));
    }
    return out;
  }

  void geometry(int depth) {
    skip_space();
    const std::size_t begin = at_;
    if (depth > kDepthLimit) {
      fault(begin, "crowd.wkt-syntax", phrase("collections nested deeper than {}", kDepthLimit));
      return;
    }
    const std::string type = word();
    std::string more = word();
    if (more == "Z" || more == "M" || more == "ZM") more = word();
    const bool empty = more == "EMPTY";
    const auto of = [&](std::string_view name, auto read) {
      if (type != name) return false;
      if (!empty) read();
      return true;
    };
    const bool known =
        of("POINT", [&] { add(Feature::Geometry::point, {list(1)}, begin); }) ||
        of("LINESTRING", [&] { add(Feature::Geometry::line, {list(2)}, begin); }) ||
        of("POLYGON", [&] { polygon(begin); }) || of("MULTIPOINT", [&] { multipoint(begin); }) ||
        of("MULTILINESTRING",
           [&] { parts([&] { add(Feature::Geometry::line, {list(2)}, begin); }); }) ||
        of("MULTIPOLYGON", [&] { parts([&] { polygon(begin); }); }) ||
        of("GEOMETRYCOLLECTION", [&] { parts([&] { geometry(depth + 1); }); });
    if (!known) {
      fault(begin, "crowd.wkt-syntax", phrase("this is not well-known text"),
            phrase("POLYGON, MULTIPOLYGON, LINESTRING, GEOMETRYCOLLECTION"));
    }
  }

  template <typename Part>
  void parts(Part part) {
    need('(');
    do {
      part();
    } while (good_ && take(','));
    need(')');
  }

  /// Points with or without brackets of their own.
  void multipoint(std::size_t begin) {
    parts([&] {
      const bool own = take('(');
      const Vec2 point = position();
      if (own) need(')');
      add(Feature::Geometry::point, {{point}}, begin);
    });
  }

  void polygon(std::size_t begin) {
    std::vector<Ring> rings;
    parts([&] {
      skip_space();
      const std::size_t ring_begin = at_;
      Ring ring = list(1);
      if (!good_) return;
      if (ring.size() < 4) {
        fault(ring_begin, "crowd.wkt-ring", phrase("a ring of {} positions", ring.size()),
              phrase("at least four, the last equal to the first"));
        return;
      }
      if (ring.front() != ring.back()) {
        fault(ring_begin, "crowd.wkt-ring", phrase("the ring is not closed"),
              phrase("a last position equal to the first"));
        return;
      }
      ring.pop_back();
      rings.push_back(std::move(ring));
    });
    add(Feature::Geometry::polygon, std::move(rings), begin);
  }

  Ring list(std::size_t least) {
    skip_space();
    const std::size_t begin = at_;
    Ring out;
    parts([&] { out.push_back(position()); });
    if (good_ && out.size() < least) {
      fault(begin, "crowd.wkt-ring", phrase("a line of fewer than two positions"));
    }
    return out;
  }

  Vec2 position() {
    if (++positions_ > kPositionLimit) {
      fault(at_, "crowd.wkt-syntax", phrase("more than {} positions", kPositionLimit));
    }
    const double x = number();
    const double y = number();
    // A height, and a measure.
    for (int more = 0; good_ && more < 2; ++more) {
      skip_space();
      if (at_ >= text_.size() || text_[at_] == ',' || text_[at_] == ')') break;
      number();
    }
    return {x, y};
  }

  double number() {
    skip_space();
    if (!good_) return 0;
    double value = 0;
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) {
      fault(at_, "crowd.wkt-syntax", phrase("a coordinate that is not a number"));
      return 0;
    }
    at_ += static_cast<std::size_t>(end - begin);
    return value;
  }

  void add(Feature::Geometry geometry, std::vector<Ring> rings, std::size_t begin) {
    if (!good_) return;
    Feature feature;
    feature.geometry = geometry;
    feature.rings = std::move(rings);
    feature.span = {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    out_.features.push_back(std::move(feature));
  }

  FileId file_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  geo::FeatureCollection out_;
  std::size_t at_ = 0;
  std::size_t positions_ = 0;
  bool good_ = true;
};

}  // namespace

geo::FeatureCollection read_wkt(FileId file, const Sources& sources, Diagnostics& diagnostics) {
  return WktReader(file, sources.text(file), diagnostics).read();
}

}  // namespace defilada::crowd
