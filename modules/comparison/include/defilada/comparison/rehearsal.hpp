// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/clock.hpp"
#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/core/time.hpp"
#include "defilada/plan/plan.hpp"

/// Times that were measured at a rehearsal, held against the plan cue by cue.
namespace defilada::comparison {

/// A row of the file.
struct Measured {
  std::size_t cue = 0;  ///< index in plan.cues
  Time time;
  std::string note;
  Span span;  ///< of the row's cue
};

/// Reads CSV (RFC 4180, UTF-8, comma, semicolon or tab): a header with the columns `cue` and
/// `time`, and if wanted `note`, in any order; other columns are left alone. A cue is named as a
/// cue list names it, by its words ("head of army crosses salute line") or its id
/// ("army.head@salute-line"), whatever the case; a time is a clock time of the show's day, 09:47,
/// 09:47:03 or 09:47:03.5. Every fault goes to `diagnostics` with its place and, for a cue, what
/// was probably meant; a cue measured twice is a fault. Nothing comes back when there was one.
/// Cost: O(rows · log cues), and O(cues) for each unknown cue.
[[nodiscard]] std::optional<std::vector<Measured>> read_rehearsal(FileId file,
                                                                  const Sources& sources,
                                                                  const plan::Plan& plan,
                                                                  const Clock& clock,
                                                                  Diagnostics& diagnostics);

/// One cue at the rehearsal.
struct Held {
  std::size_t cue = 0;  ///< index in plan.cues
  Time planned;
  Time measured;
  Duration late;  ///< measured - planned
  Duration
      beyond;  ///< how far outside of [earliest, latest]: > 0 too late, < 0 too early, 0 inside
  std::string note;
  /// How much longer than planned it took from the measured cue before of the same contingent;
  /// none for its first.
  std::optional<Duration> slower;
};

/// By the planned time, then id. Law: late is zero for a plan's own times, and adding the same to
/// all measured times adds it to each `late` and leaves each `slower`.
[[nodiscard]] std::vector<Held> hold_against(const plan::Plan& plan,
                                             const std::vector<Measured>& measured);

}  // namespace defilada::comparison
