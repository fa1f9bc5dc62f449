// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bodies.hpp"
#include "steps.hpp"

/// Looks for the steps of one question's proof. Plain double: whatever it guesses, the checks of
/// the verifier decide.
///
///   Between(X, Y, I): looked at at three instants
///     a line keeps them apart at all three   -> the line that moves along with them, if the check
///                                               takes it; else both halves of I
///     at some                                -> both halves of I, while I is long
///     at none                                -> the halves of the larger of X and Y
namespace defilada::certificate {

class Search {
 public:
  using Progress = std::function<bool(double share)>;
  Search(Groups& groups, const Progress& progress) : groups_(groups), progress_(progress) {}

  /// The steps, or why there are none. Errors: bad_input, interrupted.
  [[nodiscard]] Result<std::string> run();

 private:
  struct Goal {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    double from_s = 0;
    double to_s = 0;
  };
  /// A line, or a height, that may keep two groups apart.
  struct Guess {
    Direction u;
    double margin_m = 0;  ///< at the worst of the instants
    double speed = 0;
  };
  struct Look;

  [[nodiscard]] Status settle(const Goal& goal);
  [[nodiscard]] Status among(const Goal& goal);
  [[nodiscard]] Status between(const Goal& goal);
  [[nodiscard]] bool take(const Goal& goal, const Guess& guess);
  void done(const Goal& goal);
  void halve_time(const Goal& goal);
  void halve_group(const Goal& goal, bool first);
  [[nodiscard]] Status too_near(const Goal& goal, double t_s, double missing_m) const;
  [[nodiscard]] std::uint32_t count(std::uint32_t node) const {
    return groups_.tree().nodes[node].count;
  }

  Groups& groups_;
  const Progress& progress_;
  StepWriter steps_;
  std::vector<Goal> open_;
  double whole_s_ = 0;
  double share_ = 0;  ///< of the pairs and of their time, settled
  std::uint64_t looked_ = 0;
};

}  // namespace defilada::certificate
