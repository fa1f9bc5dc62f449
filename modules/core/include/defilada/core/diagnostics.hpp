// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/phrase.hpp"
#include "defilada/core/source.hpp"

namespace defilada {

enum class Severity { error, warning, note };
[[nodiscard]] std::string_view to_string(Severity severity) noexcept;

/// Replaces the bytes of `span` by `text`; an empty span inserts.
struct Edit {
  Span span;
  std::string text;
};

/// A change to the show file that would mend what is reported.
struct Fix {
  Phrase text;  ///< "step off 8 s later"
  std::vector<Edit> edits;
};

/// One thing that is wrong with a text that a person wrote.
/// `code` is its stable id ("show.unknown-key"), under which a translation is kept.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;
  Phrase message;          ///< what is wrong
  Span span;               ///< where
  Phrase expected;         ///< what was expected; may be empty
  std::string suggestion;  ///< the word that was probably meant ("did you mean"); may be empty
  /// Other places that matter ("first defined here").
  struct Note {
    Phrase message;
    Span span;
  };
  std::vector<Note> notes;
};

/// Collects every fault of a pass, so that a person sees all of them at once.
class Diagnostics {
 public:
  /// After `limit` reports further ones are counted but dropped.
  explicit Diagnostics(std::size_t limit = 1000) : limit_(limit) {}

  /// Returns the stored diagnostic, to add to it before the next report; a dropped one goes to a
  /// scratch place.
  Diagnostic& report(Diagnostic diagnostic);
  Diagnostic& error(std::string code, Span span, Phrase message, Phrase expected = {},
                    std::string suggestion = {});
  Diagnostic& warning(std::string code, Span span, Phrase message, Phrase expected = {},
                      std::string suggestion = {});

  [[nodiscard]] bool has_errors() const noexcept { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
  [[nodiscard]] std::size_t dropped() const noexcept { return dropped_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const noexcept { return all_; }
  /// By file, then place, then code: the order in which they are shown. Those without a place come
  /// last; equal ones keep their order.
  void sort();

 private:
  std::vector<Diagnostic> all_;
  Diagnostic scratch_;
  std::size_t limit_;
  std::size_t errors_ = 0;
  std::size_t dropped_ = 0;
};

/// As a compiler shows it:
///     show.yaml:12:7: error: unknown key 'catence' [show.unknown-key]
///       12 |       catence: 112 /min
///          |       ^~~~~~~
///       expected one of: pace, cadence, speed; did you mean 'cadence'?
/// The caret line runs under the whole span, cut at the end of its first line and to the 100
/// columns that are shown of a long line; tabs count to the next multiple of 4 and wide characters
/// two columns. The notes follow in the same form. `expected` is written after the word "expected".
/// Control and direction-changing characters come out as U+FFFD: a show file cannot drive the
/// terminal; of what is no text no line is shown. Ends with a line feed. With `colour`, ANSI
/// colours are added. `say` chooses the language.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, const Sources& sources, bool colour,
                                 const Speaker& say = say_in_english);
/// "error", to be said.
[[nodiscard]] Phrase name_of(Severity severity);

}  // namespace defilada
