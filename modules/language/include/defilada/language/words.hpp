// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "defilada/core/clock.hpp"
#include "defilada/core/phrase.hpp"

/// Every text that Defilada says itself, in every language it speaks.
///
///     *_messages.inc    id, English, Polish       in ICU's message format, arguments by name
///         │
///     Words("pl")       one language of them      words(Msg::n_errors, 3) -> "3 błędy"
///
/// Numbers, dates, lists and the choice between plural forms are ICU's (Unicode CLDR).
namespace defilada::language {

/// The ids of all messages: sheet_messages.inc and its neighbours.
enum class Msg : std::uint16_t {
#define DEFILADA_MESSAGE(id, english, polish) id,
#include "defilada/language/messages.inc"
#undef DEFILADA_MESSAGE
};

/// The languages that have all messages, English first.
inline constexpr std::array<std::string_view, 2> kLanguages{"en", "pl"};

/// A value for a place in a message. A number that chooses a plural form is shown (by #) as the
/// language writes it; any other stands in digits.
class Argument {
 public:
  template <std::integral T>
  Argument(T number)  // NOLINT: a value is an argument
      : text_(fmt::to_string(number)), number_(static_cast<std::int64_t>(number)) {}
  template <typename T>
  requires(!std::integral<T>) Argument(const T& value)
      : text_(fmt::format("{}", value)) {}  // NOLINT: likewise

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::int64_t number() const noexcept { return number_; }

 private:
  std::string text_;
  std::int64_t number_ = 0;
};

/// The words of one language. English stands in for languages that have none. Cheap to make; safe
/// to share between threads.
class Words {
 public:
  explicit Words(std::string language);

  /// As asked for, whether or not there are words of it.
  [[nodiscard]] const std::string& language() const noexcept { return language_; }

  /// The message with its arguments, given in the order in which the English text first names them.
  /// Cost: a copy for messages without a choice; some 10 us of ICU for those with one.
  template <typename... Args>
  [[nodiscard]] std::string operator()(Msg id, const Args&... args) const {
    if constexpr (sizeof...(Args) == 0)
      return say(id, {});
    else
      return say(id, std::array<Argument, sizeof...(Args)>{Argument(args)...});
  }
  /// The same for a message that chooses by n and shows it as `shown`.
  [[nodiscard]] std::string counted(Msg id, std::int64_t n, std::string_view shown) const {
    return say(id, std::array{Argument(n), Argument(shown)});
  }
  /// A phrase of the modules below, which do not know this one: its translation by its English
  /// pattern (src/polish/), with its figures as the language writes them. A phrase that has no
  /// translation stands in English; a test sees to it that all have one.
  [[nodiscard]] std::string operator()(const Phrase& phrase) const;
  /// Without arguments filled in.
  [[nodiscard]] std::string_view pattern(Msg id) const noexcept;

  /// "4557", "12 000": groups of three from five digits on, divided by U+202F, as the SI has it.
  [[nodiscard]] std::string number(std::int64_t n) const;
  /// Rounded to `digits` decimals, trailing zeros cut: "0.75", "0,75".
  [[nodiscard]] std::string decimal(double value, int digits) const;
  /// Always with `digits` decimals: "1.40", "1,40".
  [[nodiscard]] std::string fixed(double value, int digits) const;
  /// "45%", "45%": of a share in [0, 1], rounded to whole hundredths.
  [[nodiscard]] std::string percent(double share) const;
  /// "a, b and c", "a, b i c".
  [[nodiscard]] std::string list(const std::vector<std::string>& parts) const;
  /// A date by a pattern of CLDR that a message gives, Msg::date_long for one.
  [[nodiscard]] std::string date(Date date, Msg pattern) const;
  /// The part of the day `minutes` after midnight, as running text says it: "in the morning",
  /// "rano".
  [[nodiscard]] std::string day_period(int minutes) const;

 private:
  [[nodiscard]] std::string say(Msg id, std::span<const Argument> arguments) const;

  std::string language_;
  std::size_t column_;  ///< in kLanguages
};

/// One message in one language, taken apart: what a test of the messages asks.
struct Anatomy {
  std::string error{};                     ///< of the message format; empty: it is sound
  std::vector<std::string> arguments{};    ///< names, in the order in which they are first named
  std::vector<std::string> plural_over{};  ///< names of those that choose a plural form
  /// For each plural choice, the categories it has a form for.
  std::vector<std::vector<std::string>> categories{};
};
[[nodiscard]] Anatomy anatomy(std::string_view pattern);
/// Every message: its id as text and its patterns by kLanguages.
struct MessageText {
  std::string_view id;
  std::array<std::string_view, kLanguages.size()> patterns;
};
[[nodiscard]] std::span<const MessageText> all_messages() noexcept;
/// The translations of phrases: the English pattern (of fmt) and the Polish one (of ICU), which
/// calls the arguments by their number: {0}, {1, plural, one {…} …}.
struct PhraseText {
  std::string_view english;
  std::string_view polish;
};
[[nodiscard]] std::span<const PhraseText> all_phrases() noexcept;
/// The plural categories of CLDR that whole numbers of the language use: "one", "other".
[[nodiscard]] std::vector<std::string> plural_categories(std::string_view language);

}  // namespace defilada::language
