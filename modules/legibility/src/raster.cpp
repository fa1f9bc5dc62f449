// SPDX-License-Identifier: MIT
#include "defilada/legibility/raster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "defilada/core/check.hpp"

namespace defilada::legibility {
namespace {

constexpr float kInked = 0.5F;

int pixels(double length, double pixel) {
  return std::max(1, static_cast<int>(std::ceil(length / pixel - 1e-6)));
}

}  // namespace

int Window::columns() const noexcept {
  return pixels(box.width(), pixel);
}
int Window::rows() const noexcept {
  return pixels(box.height(), pixel);
}

Pen::Pen(const Window& window, double stroke) : window_(window), stroke_(stroke) {
  DEFILADA_CHECK(window.pixel > 0 &&
                 window.box.width() / window.pixel * (window.box.height() / window.pixel) <=
                     kMostPixels);
  raster_.width = window.columns();
  raster_.height = window.rows();
  raster_.ink.assign(static_cast<std::size_t>(raster_.width) * raster_.height, 0);
}

/// Ink falls off over one pixel about the edge of the stroke.
void Pen::line(Point from, Point to) {
  // In pixels, rows downwards.
  const auto at = [&](Point p) {
    return Point{(p.x - window_.box.low.x) / window_.pixel,
                 (window_.box.high.y - p.y) / window_.pixel};
  };
  const Point a = at(from);
  const Point b = at(to);
  const double radius = stroke_ / (2 * window_.pixel);
  const double reach = radius + 1;
  const auto cut = [](double value, int most) {
    return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
  };
  const int x0 = cut(std::min(a.x, b.x) - reach, raster_.width);
  const int x1 = cut(std::max(a.x, b.x) + reach + 1, raster_.width);
  const int y0 = cut(std::min(a.y, b.y) - reach, raster_.height);
  const int y1 = cut(std::max(a.y, b.y) + reach + 1, raster_.height);
  const Point d{b.x - a.x, b.y - a.y};
  const double length2 = d.x * d.x + d.y * d.y;
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      const Point p{x + 0.5 - a.x, y + 0.5 - a.y};
      const double k = length2 > 0 ? std::clamp((p.x * d.x + p.y * d.y) / length2, 0.0, 1.0) : 0.0;
      const double rx = p.x - k * d.x;
      const double ry = p.y - k * d.y;
      const double away = std::sqrt(rx * rx + ry * ry);
      const auto ink = static_cast<float>(std::clamp(radius - away + 0.5, 0.0, 1.0));
      float& pixel = raster_.ink[static_cast<std::size_t>(y) * raster_.width + x];
      pixel = std::max(pixel, ink);
    }
  }
}

void Pen::draw(const Joined& joined) {
  std::vector<bool> met(joined.dots.size(), false);
  for (const auto& edge : joined.edges) {
    line(joined.dots[edge[0]], joined.dots[edge[1]]);
    met[edge[0]] = met[edge[1]] = true;
  }
  for (std::size_t i = 0; i < met.size(); ++i) {
    if (!met[i]) line(joined.dots[i], joined.dots[i]);
  }
}

void Pen::draw(std::span<const formation::Stroke> strokes) {
  for (const formation::Stroke& stroke : strokes) {
    for (std::size_t i = 1; i < stroke.points.size(); ++i) {
      line(stroke.points[i - 1], stroke.points[i]);
    }
    if (stroke.closed) line(stroke.points.back(), stroke.points.front());
  }
}

namespace {

std::vector<float> gauss(double sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  std::vector<float> weights;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) sum += std::exp(-i * i / (2 * sigma * sigma));
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma)) / sum));
  }
  return weights;
}

/// `to[i] += weight * from[i]` for one row.
void add_row(const float* from, float* to, int count, float weight) {
  for (int i = 0; i < count; ++i) to[i] += weight * from[i];
}

}  // namespace

Raster blurred(const Raster& raster, double sigma) {
  if (!(sigma > 0)) return raster;
  const std::vector<float> weights = gauss(sigma);
  const int reach = static_cast<int>(weights.size() / 2);
  const int width = raster.width;
  const int height = raster.height;
  Raster across{width, height, std::vector<float>(raster.ink.size(), 0)};
  Raster both = across;
  for (int k = -reach; k <= reach; ++k) {
    const float weight = weights[static_cast<std::size_t>(k + reach)];
    const int first = std::max(0, -k);
    const int count = width - std::abs(k);
    for (int y = 0; y < height && count > 0; ++y) {
      const std::size_t row = static_cast<std::size_t>(y) * width;
      add_row(&raster.ink[row + first + k], &across.ink[row + first], count, weight);
    }
  }
  for (int y = 0; y < height; ++y) {
    for (int k = std::max(-reach, -y); k <= std::min(reach, height - 1 - y); ++k) {
      add_row(&across.ink[static_cast<std::size_t>(y + k) * width],
              &both.ink[static_cast<std::size_t>(y) * width], width,
              weights[static_cast<std::size_t>(k + reach)]);
    }
  }
  return both;
}

double correlation(const Raster& a, const Raster& b) {
  DEFILADA_CHECK(a.width == b.width && a.height == b.height);
  const auto n = static_cast<double>(a.ink.size());
  double sa = 0;
  double sb = 0;
  for (std::size_t i = 0; i < a.ink.size(); ++i) {
    sa += a.ink[i];
    sb += b.ink[i];
  }
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.ink.size(); ++i) {
    const double x = a.ink[i] - sa / n;
    const double y = b.ink[i] - sb / n;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

double overlap(const Raster& a, const Raster& b) {
  DEFILADA_CHECK(a.width == b.width && a.height == b.height);
  std::size_t both = 0;
  std::size_t either = 0;
  for (std::size_t i = 0; i < a.ink.size(); ++i) {
    const bool in_a = a.ink[i] >= kInked;
    const bool in_b = b.ink[i] >= kInked;
    both += in_a && in_b ? 1U : 0U;
    either += in_a || in_b ? 1U : 0U;
  }
  return either == 0 ? 1 : static_cast<double>(both) / static_cast<double>(either);
}

std::string to_pgm(const Raster& raster) {
  std::string file = fmt::format("P5\n{} {}\n255\n", raster.width, raster.height);
  for (const float ink : raster.ink) {
    file += static_cast<char>(
        static_cast<unsigned char>(std::lround(255 * (1 - std::clamp(ink, 0.0F, 1.0F)))));
  }
  return file;
}

}  // namespace defilada::legibility
