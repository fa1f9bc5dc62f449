// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "defilada/core/phrase.hpp"

namespace defilada {

/// The line that a waiting person sees, at most `columns` columns of it:
///     tracks  4 200 of 10 000  42 %  about 7 s left
/// The estimate takes the steps to come to cost what the past ones did; it is left out before
/// `elapsed_s` reaches 1 s and before a fiftieth is done. A `total` of 0 means that it is not
/// known: then only the count is shown. Requires done <= total unless total is 0. `say` chooses the
/// language; no letter of it may be wider than a column.
[[nodiscard]] std::string progress_line(const Phrase& label, std::uint64_t done,
                                        std::uint64_t total, double elapsed_s, int columns,
                                        const Speaker& say = say_in_english);

/// Shows on a terminal how far a long piece of work is, with an estimate of what is left; silent in
/// a pipe. The line is redrawn in place, at most ten times a second, and cleared at the end, so
/// that nothing of it stays in the scroll-back. Not shared between threads.
///
///     Progress progress("tracks", contingents.size());
///     for (...) { ...; progress.advance(); }
class Progress {
 public:
  /// Where the line goes, and the clock that it goes by.
  struct Output {
    std::function<void(std::string_view)> write;  ///< empty: nothing is shown
    std::function<double()> now_s;                ///< seconds of a clock that never goes back
    int columns = 80;
    Speaker say = say_in_english;
  };

  /// On standard error, if wants_escapes() says that a person is looking.
  Progress(Phrase label, std::uint64_t total, Speaker say = say_in_english);
  Progress(Phrase label, std::uint64_t total, Output output);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  /// `steps` more are done; beyond the total they count as the total. Cost between two redraws: one
  /// look at the clock; none where nothing is shown.
  void advance(std::uint64_t steps = 1);
  /// Clears the line; called by the destructor too. Later calls do nothing.
  void finish();

 private:
  Phrase label_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  Output output_;
  double started_s_ = 0.0;
  double drawn_s_ = 0.0;
  bool visible_ = false;
};

}  // namespace defilada
