// SPDX-License-Identifier: MIT
#include "defilada/legibility/reading.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "defilada/formation/lettering.hpp"

namespace defilada::legibility {
namespace {

constexpr double kPixelsPerGap = 6;
constexpr double kLeastRows = 32;  // of a glyph's height
constexpr double kMostRows = 128;
constexpr std::size_t kAllDigits = 3;  // longer numbers have too many rivals
constexpr double kItself = 0.95;       // an image that is so like the figure is the figure
constexpr double kLeastPixels = 1.5;   // thinner strokes vanish

float dot(const std::vector<float>& a, const std::vector<float>& b) {
  // Eight sums side by side: the compiler keeps them in one register, and the order is fixed.
  float sums[8] = {};
  const std::size_t whole = a.size() / 8 * 8;
  for (std::size_t i = 0; i < whole; i += 8) {
    for (std::size_t k = 0; k < 8; ++k) sums[k] += a[i + k] * b[i + k];
  }
  float sum = 0;
  for (std::size_t i = whole; i < a.size(); ++i) sum += a[i] * b[i];
  for (const float part : sums) sum += part;
  return sum;
}

bool all_digits(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> rival_texts(const std::string& text, bool all) {
  std::vector<std::string> texts;
  if (text.empty()) return texts;  // a drawing
  if (all && all_digits(text) && text.size() <= kAllDigits) {
    std::size_t numbers = 1;
    for (std::size_t i = 0; i < text.size(); ++i) numbers *= 10;
    for (std::size_t n = 0; n < numbers; ++n) {
      std::string number = std::to_string(n);
      number.insert(0, text.size() - number.size(), '0');
      if (number != text) texts.push_back(std::move(number));
    }
    return texts;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') continue;
    const bool digit = text[i] >= '0' && text[i] <= '9';
    for (char c = digit ? '0' : 'A'; c <= (digit ? '9' : 'Z'); ++c) {
      if (c == text[i]) continue;
      texts.push_back(text);
      texts.back()[i] = c;
    }
  }
  return texts;
}

/// The box of all points of the strokes.
Box box_of_strokes(std::span<const formation::Stroke> strokes) {
  std::vector<Point> points;
  for (const auto& stroke : strokes) {
    points.insert(points.end(), stroke.points.begin(), stroke.points.end());
  }
  return box_of(points);
}

/// From one box to another, each direction by itself; a box without extent keeps its middle.
class Fit {
 public:
  Fit(const Box& from, const Box& to)
      : from_(from),
        to_(to),
        x_(ratio(from.width(), to.width())),
        y_(ratio(from.height(), to.height())) {}
  Point operator()(Point p) const {
    return {to_.low.x + to_.width() / 2 + (p.x - from_.low.x - from_.width() / 2) * x_,
            to_.low.y + to_.height() / 2 + (p.y - from_.low.y - from_.height() / 2) * y_};
  }

 private:
  static double ratio(double from, double to) { return from > 0 ? to / from : 0; }
  Box from_;
  Box to_;
  double x_;
  double y_;
};

}  // namespace

bool Reading::reads(double least_overlap) const noexcept {
  return correlation >= kLeastCorrelation && margin() >= kLeastMargin && overlap >= least_overlap &&
         aspect <= kMostAspect && aspect >= 1 / kMostAspect;
}

Measure::Measure(const formation::Figure& drawn, const std::string& text, Rivals rivals)
    : slots_(box_of(drawn.slots)), strokes_(box_of_strokes(drawn.strokes)), gap_(drawn.mean_gap) {
  const double rows = std::clamp(kPixelsPerGap / gap_, kLeastRows, kMostRows);
  window_.pixel = 1 / rows;
  stroke_ = std::max(gap_ / 2, kLeastPixels / rows);
  blur_px_ = std::max(gap_ / 2 * rows, kLeastPixels);
  const double margin = stroke_ + 2 * blur_px_ / rows;
  window_.box = {{strokes_.low.x - margin, strokes_.low.y - margin},
                 {strokes_.high.x + margin, strokes_.high.y + margin}};
  figure_ = laid(drawn.strokes);
  pattern_ = pattern_of(figure_);
  std::vector<formation::Stroke> image = drawn.strokes;
  for (auto& stroke : image) {
    for (Point& p : stroke.points) p.x = -p.x;
  }
  mirrored_ = pattern_of(laid(image));
  for (auto& stroke : image) {
    for (Point& p : stroke.points) p.y = -p.y;
  }
  upside_down_ = pattern_of(laid(image));
  add_rivals(text, formation::glyph_distance(drawn, text), rivals);
}

void Measure::add_rivals(const std::string& text, double apart, Rivals rivals) {
  for (const std::string& other : rival_texts(text, rivals == Rivals::all)) {
    const auto lettering = formation::lettering(other, apart);
    if (lettering) rivals_.push_back({other, pattern_of(laid(lettering->strokes)), 0});
  }
  rivals_.push_back({"mirror image", mirrored_, 0});
  rivals_.push_back({"upside down", upside_down_, 0});
  for (Rival& rival : rivals_) rival.likeness = dot(rival.pattern, pattern_);
  rivals_.erase(std::remove_if(rivals_.begin(), rivals_.end(),
                               [](const Rival& each) { return each.likeness > kItself; }),
                rivals_.end());
  std::stable_sort(rivals_.begin(), rivals_.end(),
                   [](const Rival& a, const Rival& b) { return a.likeness > b.likeness; });
}

Raster Measure::laid(std::span<const formation::Stroke> strokes) const {
  const Fit fit(box_of_strokes(strokes), strokes_);
  std::vector<formation::Stroke> fitted(strokes.begin(), strokes.end());
  for (auto& stroke : fitted) {
    for (Point& p : stroke.points) p = fit(p);
  }
  Pen pen(window_, stroke_);
  pen.draw(fitted);
  return std::move(pen).take();
}

Measure::Pattern Measure::pattern_of(const Raster& raster) const {
  Pattern pattern = blurred(raster, blur_px_).ink;
  double sum = 0;
  for (const float ink : pattern) sum += ink;
  const auto mean = static_cast<float>(sum / static_cast<double>(pattern.size()));
  double squares = 0;
  for (float& ink : pattern) {
    ink -= mean;
    squares += static_cast<double>(ink) * ink;
  }
  const auto scale = static_cast<float>(squares > 0 ? 1 / std::sqrt(squares) : 0);
  for (float& ink : pattern) ink *= scale;
  return pattern;
}

Measure::Seen Measure::look(std::span<const Point> picture) const {
  Joined joined = join(picture);
  const Box box = box_of(picture);
  const Fit fit(box, slots_);
  for (Point& p : joined.dots) p = fit(p);
  Pen pen(window_, stroke_);
  pen.draw(joined);
  Seen seen{std::move(pen).take(), {}, 0};
  const double own = slots_.width() / slots_.height();
  if (box.height() > 0 && own > 0) seen.aspect = box.width() / box.height() / own;
  return seen;
}

Reading Measure::read(std::span<const Point> picture) const {
  Reading reading;
  if (picture.size() < 2) return reading;
  Seen seen = look(picture);
  seen.pattern = pattern_of(seen.drawn);
  reading.aspect = seen.aspect;
  reading.correlation = dot(seen.pattern, pattern_);
  reading.overlap = overlap(seen.drawn, figure_);
  reading.mirrored = dot(seen.pattern, mirrored_);
  reading.upside_down = dot(seen.pattern, upside_down_);
  find_rival(seen, reading.correlation, 2, reading);
  return reading;
}

/// The angle between a picture and a rival is at least the difference of their angles to the
/// figure; the likest rivals come first, so that the rest can be left out once that says enough.
void Measure::find_rival(const Seen& seen, double correlation, double enough,
                         Reading& reading) const {
  reading.rival = rivals_.empty() ? 0 : -1;
  const double own = std::acos(std::clamp(correlation, -1.0, 1.0));
  for (const Rival& rival : rivals_) {
    const double angle = std::acos(std::clamp(rival.likeness, -1.0, 1.0));
    if (angle > own && std::cos(angle - own) + 1e-6 < reading.rival) break;
    const double alike = dot(seen.pattern, rival.pattern);
    if (alike > reading.rival) {
      reading.rival = alike;
      reading.rival_name = rival.name;
      if (alike > enough) break;
    }
  }
}

std::vector<Measure::Likeness> Measure::ranking(std::span<const Point> picture) const {
  std::vector<Likeness> ranking;
  if (picture.size() < 2) return ranking;
  const Pattern seen = pattern_of(look(picture).drawn);
  for (const Rival& rival : rivals_) ranking.push_back({rival.name, dot(seen, rival.pattern)});
  std::stable_sort(ranking.begin(), ranking.end(), [](const Likeness& a, const Likeness& b) {
    return a.correlation > b.correlation;
  });
  return ranking;
}

bool Measure::reads(std::span<const Point> picture, double least_overlap) const {
  if (picture.size() < 2) return false;
  Seen seen = look(picture);
  Reading reading;
  reading.aspect = seen.aspect;
  if (seen.aspect > kMostAspect || seen.aspect < 1 / kMostAspect) return false;
  reading.overlap = overlap(seen.drawn, figure_);
  if (reading.overlap < least_overlap) return false;
  seen.pattern = pattern_of(seen.drawn);
  reading.correlation = dot(seen.pattern, pattern_);
  if (reading.correlation < kLeastCorrelation) return false;
  find_rival(seen, reading.correlation, reading.correlation - kLeastMargin, reading);
  return reading.reads(least_overlap);
}

}  // namespace defilada::legibility
