// SPDX-License-Identifier: MIT
#include "gauges.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace defilada::crowd::validation {

void LineGauge::see(const Frame& frame) {
  const Vec2 along = line_.to - line_.from;
  const double length2 = dot(along, along);
  for (std::size_t i = 0; i < frame.at.size(); ++i) {
    if (frame.level[i] != level_) continue;
    const Vec2 from = frame.before[i];
    const Vec2 to = frame.at[i];
    const double side0 = cross(along, from - line_.from);
    const double side1 = cross(along, to - line_.from);
    if ((side0 >= 0) == (side1 >= 0)) continue;
    const double part = side0 / (side0 - side1);
    const Vec2 meets = from + part * (to - from);
    const double where = dot(meets - line_.from, along);
    if (where < 0 || where > length2) continue;
    crossings_.push_back({frame.time_s - (1 - part) * frame.since_s, i, side0 >= 0});
  }
}

std::vector<double> LineGauge::times_s() const {
  std::vector<double> times;
  for (const Crossing& each : crossings_) times.push_back(each.time_s);
  return times;
}

void AreaGauge::see(const Frame& frame) {
  Sample sample{frame.time_s, 0, 0};
  for (std::size_t i = 0; i < frame.at.size(); ++i) {
    const Vec2 p = frame.at[i];
    if (frame.inside[i] == 0 || frame.level[i] != level_ || p.x < least_.x || p.x >= most_.x ||
        p.y < least_.y || p.y >= most_.y) {
      continue;
    }
    ++sample.count;
    if (frame.since_s <= 0) continue;
    const Vec2 covered = p - frame.before[i];
    const double way = headings_.empty() ? length(covered) : dot(covered, headings_[i]);
    sample.speed_mps += way / frame.since_s;
  }
  if (sample.count > 0) sample.speed_mps /= sample.count;
  samples_.push_back(sample);
}

AreaGauge::Mean AreaGauge::mean(double from_s, double to_s) const {
  double frames = 0;
  double people = 0;
  double speeds = 0;
  for (const Sample& sample : samples_) {
    if (sample.time_s < from_s || sample.time_s >= to_s) continue;
    ++frames;
    people += sample.count;
    speeds += sample.count * sample.speed_mps;
  }
  if (people == 0) return {};
  return {people / frames / area_m2(), speeds / people};
}

double AreaGauge::peak_density(double window_s) const {
  double peak = 0;
  double sum = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    sum += samples_[i].count;
    while (samples_[i].time_s - samples_[first].time_s > window_s) sum -= samples_[first++].count;
    peak = std::max(peak, sum / static_cast<double>(i - first + 1));
  }
  return peak / area_m2();
}

namespace {
std::vector<double> sorted_finite(std::vector<double> times_s) {
  std::erase_if(times_s, [](double t) { return !std::isfinite(t); });
  std::sort(times_s.begin(), times_s.end());
  return times_s;
}
}  // namespace

double flow_between(std::vector<double> times_s, double from_fraction, double to_fraction) {
  const auto times = sorted_finite(std::move(times_s));
  if (times.size() < 3) return 0;
  const auto last = static_cast<double>(times.size() - 1);
  const auto first_index = static_cast<std::size_t>(std::lround(from_fraction * last));
  const auto last_index = static_cast<std::size_t>(std::lround(to_fraction * last));
  const double span_s = times[last_index] - times[first_index];
  return span_s > 0 ? static_cast<double>(last_index - first_index) / span_s : 0;
}

double longest_pause_s(std::vector<double> times_s) {
  const auto times = sorted_finite(std::move(times_s));
  double longest = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    longest = std::max(longest, times[i] - times[i - 1]);
  }
  return longest;
}

double mean_of(std::span<const double> values) {
  if (values.empty()) return 0;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(std::span<const double> values) {
  if (values.size() < 2) return 0;
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

LinearFit fit_line(std::span<const double> x, std::span<const double> y) {
  const double mean_x = mean_of(x);
  const double mean_y = mean_of(y);
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  if (xx == 0 || yy == 0) return {mean_y, 0, 0};
  return {mean_y - xy / xx * mean_x, xy / xx, xy * xy / (xx * yy)};
}

double kolmogorov_smirnov_p(std::vector<double> sample,
                            const std::function<double(double)>& cumulative) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double widest = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double f = cumulative(sample[i]);
    widest = std::max({widest, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  const double lambda = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * widest;
  double p = 0;
  for (int k = 1; k <= 100; ++k) {
    p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
  }
  return std::clamp(p, 0.0, 1.0);
}

}  // namespace defilada::crowd::validation
