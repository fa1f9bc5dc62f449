// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "scene.hpp"

/// What is read off a run, written apart from the engine's own measurements.
namespace defilada::crowd::validation {

/// Who crosses a line, and when: between two frames, where the straight way between them meets it.
class LineGauge {
 public:
  explicit LineGauge(Segment line, LevelId level = 0) : line_(line), level_(level) {}
  struct Crossing {
    double time_s = 0;
    std::size_t person = 0;
    bool to_right = false;  ///< of the line, looking from its first to its last point
  };
  void see(const Frame& frame);
  [[nodiscard]] const std::vector<Crossing>& crossings() const { return crossings_; }
  [[nodiscard]] std::vector<double> times_s() const;

 private:
  Segment line_;
  LevelId level_;
  std::vector<Crossing> crossings_;
};

/// How many are in a rectangle, and how fast they are.
class AreaGauge {
 public:
  AreaGauge(Vec2 least, Vec2 most, LevelId level = 0) : least_(least), most_(most), level_(level) {}
  /// Speed is then what a person covers in this unit direction (by person).
  void set_headings(std::vector<Vec2> headings) { headings_ = std::move(headings); }
  struct Sample {
    double time_s = 0;
    double count = 0;
    double speed_mps = 0;  ///< mean of what each covered since the frame before; 0 if nobody is in
  };
  void see(const Frame& frame);
  [[nodiscard]] const std::vector<Sample>& samples() const { return samples_; }
  [[nodiscard]] double area_m2() const { return (most_.x - least_.x) * (most_.y - least_.y); }
  [[nodiscard]] double density(const Sample& sample) const { return sample.count / area_m2(); }
  /// Over [from_s, to_s): mean density, and the mean speed of all the people seen.
  struct Mean {
    double density = 0;
    double speed_mps = 0;
    /// People a second and metre across the mean direction: density times speed.
    [[nodiscard]] double specific_flow() const { return density * speed_mps; }
  };
  [[nodiscard]] Mean mean(double from_s, double to_s) const;
  /// The greatest density, as a mean over `window_s`.
  [[nodiscard]] double peak_density(double window_s = 1) const;

 private:
  Vec2 least_;
  Vec2 most_;
  LevelId level_;
  std::vector<Vec2> headings_;
  std::vector<Sample> samples_;
};

/// People a second between the n-th fraction of them and another: the steady part of an outflow.
/// `times_s` in any order; kNever is left out.
[[nodiscard]] double flow_between(std::vector<double> times_s, double from_fraction = 0.2,
                                  double to_fraction = 0.8);
/// The longest time between one and the next.
[[nodiscard]] double longest_pause_s(std::vector<double> times_s);

[[nodiscard]] double mean_of(std::span<const double> values);
[[nodiscard]] double deviation_of(std::span<const double> values);
/// Least squares: y = intercept + slope x, and how much of the variance it explains.
struct LinearFit {
  double intercept = 0;
  double slope = 0;
  double r2 = 0;
};
[[nodiscard]] LinearFit fit_line(std::span<const double> x, std::span<const double> y);
/// Probability of a deviation as large as this or larger, of a sample against a distribution
/// (Kolmogorov and Smirnov, one sample, Stephens' approximation for small samples).
[[nodiscard]] double kolmogorov_smirnov_p(std::vector<double> sample,
                                          const std::function<double(double)>& cumulative);

}  // namespace defilada::crowd::validation
