// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/core.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

/// What Defilada says, before a language is chosen.
///
///     phrase("{} needs {:.1f} m", name, 2.5)      who makes a message writes it in English, as for
///         │                                       fmt::format, and hands the figures over
///         ▼
///     Phrase                                      kept in a Diagnostic, a Finding, a Fix …
///         │                 │
///     .english()       language::Words("pl")(…)   said late, in the language that is asked for
///     "a needs 2.5 m"  "a: potrzeba 2,5 m"        by a table with the English text as its key
namespace defilada {

/// A quantity as text, "3.78 s": other languages write its decimal point in their own way. What is
/// to be typed into a show file is no figure of a sentence: hand it over as a string.
struct Measure {
  std::string text;
};

/// A whole number that is shown in groups, "10 412".
struct Count {
  std::int64_t number;
};

class Phrase {
 public:
  class Argument;

  Phrase() = default;
  /// `pattern` must outlive the program: a literal. See phrase().
  Phrase(std::string_view pattern, std::vector<Argument> arguments);

  /// What is the same in every language: a name, a stretch of the show file, words of the planner.
  [[nodiscard]] static Phrase verbatim(std::string text);
  /// Words that a person gave in several languages, by language ("en", "pl"); English must be there
  /// and stands in for those that are not.
  [[nodiscard]] static Phrase given(std::map<std::string, std::string> by_language);
  /// The parts one after another, `between` (", ") between two.
  [[nodiscard]] static Phrase joined(const std::vector<Phrase>& parts, std::string_view between);

  [[nodiscard]] const std::string& english() const noexcept { return english_; }
  [[nodiscard]] explicit operator std::string() const { return english_; }
  [[nodiscard]] bool empty() const noexcept { return english_.empty(); }
  /// For whoever says it in another language: the pattern, "" where the text is the same everywhere
  /// or given; what stands in it; the words given.
  [[nodiscard]] std::string_view pattern() const noexcept { return pattern_; }
  [[nodiscard]] const std::vector<Argument>& arguments() const noexcept { return arguments_; }
  [[nodiscard]] const std::map<std::string, std::string>& languages() const noexcept {
    return given_;
  }

  /// The English pattern with each argument as `shown` gives it.
  [[nodiscard]] std::string filled(const std::function<std::string(const Argument&)>& shown) const;

  /// Says `more` behind it.
  Phrase& operator+=(const Phrase& more);
  /// With `to` in place of `from` in names and other verbatim parts.
  [[nodiscard]] Phrase replaced(std::string_view from, std::string_view to) const;

  template <std::convertible_to<std::string_view> T>
  friend bool operator==(const Phrase& a, const T& b) {
    return a.english_ == std::string_view(b);
  }
  friend bool operator==(const Phrase& a, const Phrase& b) noexcept {
    return a.english_ == b.english_;
  }
  /// In English, for tests.
  friend std::ostream& operator<<(std::ostream& out, const Phrase& phrase);

 private:
  std::string english_;
  std::string_view pattern_;
  std::vector<Argument> arguments_;
  std::map<std::string, std::string> given_;
};

/// One figure or name in a phrase.
class Phrase::Argument {
 public:
  template <std::integral T>
  Argument(T number)  // NOLINT: a value is an argument
      : value_(static_cast<std::int64_t>(number)) {}
  Argument(bool) = delete;
  Argument(double number) : value_(number) {}                     // NOLINT: likewise
  Argument(std::string text) : value_(std::move(text)) {}         // NOLINT: likewise
  Argument(std::string_view text) : value_(std::string(text)) {}  // NOLINT: likewise
  Argument(const char* text) : value_(std::string(text)) {}       // NOLINT: likewise
  Argument(char letter) : value_(std::string(1, letter)) {}       // NOLINT: likewise
  Argument(Measure measure) : value_(std::move(measure)) {}       // NOLINT: likewise
  Argument(Count count) : value_(count) {}                        // NOLINT: likewise
  Argument(Phrase part) : value_(std::move(part)) {}              // NOLINT: likewise

  using Value = std::variant<std::int64_t, Count, double, std::string, Measure, Phrase>;
  [[nodiscard]] const Value& value() const noexcept { return value_; }
  /// As the English text shows it: "2.5" where the pattern asks for {:.1f}.
  [[nodiscard]] const std::string& shown() const noexcept { return shown_; }

 private:
  friend class Phrase;
  Value value_;
  std::string shown_;
};

namespace detail {
/// What fmt checks a pattern against.
template <typename T>
struct Checked {
  using type = const T&;
};
template <>
struct Checked<Phrase> {
  using type = const std::string&;
};
template <>
struct Checked<Measure> {
  using type = const std::string&;
};
template <>
struct Checked<Count> {
  using type = const std::string&;
};
}  // namespace detail

/// A phrase from an English pattern, which must be a literal, with one argument for each {}: whole
/// numbers, counts, doubles, texts, measures, other phrases. The pattern is checked while
/// compiling, as fmt::format does, and is the key under which modules/language keeps its
/// translations: a test fails while one is missing. Whole sentences translate best; two patterns
/// for one and for many
/// ("1 mover", "{} movers"). Cost: that of fmt::format, and a copy of each argument.
template <typename... Args>
[[nodiscard]] Phrase phrase(
    fmt::format_string<typename detail::Checked<std::decay_t<Args>>::type...> pattern,
    const Args&... arguments) {
  const fmt::string_view text = pattern;
  return Phrase(std::string_view(text.data(), text.size()), {Phrase::Argument(arguments)...});
}

/// Says a phrase in some language.
using Speaker = std::function<std::string(const Phrase&)>;
[[nodiscard]] std::string say_in_english(const Phrase& phrase);

/// The sentence of an error number of the system ("No space left on device").
[[nodiscard]] Phrase system_reason(int error_number);

}  // namespace defilada
