// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "defilada/core/clock.hpp"
#include "defilada/core/time.hpp"
#include "defilada/language/words.hpp"
#include "defilada/show/model.hpp"

namespace defilada::drawing {

using language::Msg;
using language::Words;

/// Quantities as people read them. Numbers are grouped with a narrow space and joined to their
/// units with one that does not break.
class Format {
 public:
  Format(const Words& words, const Clock& clock) : words_(&words), clock_(&clock) {}

  /// "10 000"
  [[nodiscard]] std::string count(std::int64_t n) const;
  /// Rounded to `digits` decimals, trailing zeros cut: "50.8", "0.75", "12"; "50,8" in Polish.
  [[nodiscard]] std::string decimal(double value, int digits) const;
  /// "09:47:00"
  [[nodiscard]] std::string clock(Time time) const { return clock_->wall_clock(time); }
  /// "09:47": for axes on whole minutes.
  [[nodiscard]] std::string clock_minutes(Time time) const;
  /// "Wednesday 3 September 2025"
  [[nodiscard]] std::string date() const;
  /// "4 min 59 s", "50.8 s", "1 h 10 min", "-3 s": tenths below ten minutes, else whole seconds.
  [[nodiscard]] std::string duration(Duration length) const;
  /// "0.75 m", "71 m", "3.48 km"
  [[nodiscard]] std::string length(double metres) const;
  /// "1.8 km", whatever the length: for axes.
  [[nodiscard]] std::string kilometres(double metres) const;
  /// People and horses in m/s, all others in km/h.
  [[nodiscard]] std::string speed(double mps, show::Category category) const;
  /// "quick march, 1.40 m/s" for "quick march/china"; a gait that is named by its speed ("10 km/h")
  /// is not told twice.
  [[nodiscard]] std::string gait(const std::string& name, double mps,
                                 show::Category category) const;
  /// "39.9063° N, 116.3914° E"
  [[nodiscard]] std::string position(double lat_deg, double lon_deg) const;
  /// "48 m east, 160 m south" of the show's origin.
  [[nodiscard]] std::string place(double east_m, double north_m) const;
  /// "north", "north-east", … of a direction counted anticlockwise from east.
  [[nodiscard]] std::string compass(double heading_rad) const;

 private:
  const Words* words_;
  const Clock* clock_;
};

}  // namespace defilada::drawing
