// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "quantity.hpp"

/// The letters of quantities: numbers, spaces, words, clock times; without units and dimensions.
namespace defilada::show::quantity_text {

/// Bytes of the space character at the beginning: ' ', U+00A0, U+2009 or U+202F; 0 if there is
/// none.
[[nodiscard]] std::size_t space_at(std::string_view text) noexcept;
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// What a failed reading says: empty `fault` means that it succeeded.
struct Number {
  std::string_view text;  ///< as written
  double value = 0;
  bool whole = true;  ///< without a fraction
  std::string_view fault_id{};
  Phrase fault{};
  std::string meant{};  ///< the number as it should be written
};
struct ClockTime {
  std::int64_t us = 0;
  Phrase fault{};
  std::string meant{};
};

/// A cursor over one quantity.
class Text {
 public:
  explicit Text(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }
  [[nodiscard]] std::string_view rest() const noexcept { return text_; }
  void skip_spaces() noexcept;
  /// Takes '+' or '-'; 1 or -1.
  double sign() noexcept;
  /// Digits with an optional point and fraction. After a fault the cursor stands behind what was
  /// meant as the number.
  Number number();
  /// All up to the next space or digit.
  std::string_view letters() noexcept;
  /// Takes a phrase ("at least") and the spaces after it, of which there must be one.
  bool take_word(std::string_view phrase) noexcept;
  /// What stands before and after the first `word` between spaces; the second is nothing without
  /// it.
  [[nodiscard]] std::pair<std::string_view, std::optional<std::string_view>> split_at_word(
      std::string_view word) const noexcept;
  /// All of the text as a clock time, a whole number in groups of three or without groups.
  [[nodiscard]] ClockTime clock() const;
  [[nodiscard]] Number grouped_whole() const;

 private:
  std::string_view take_digits() noexcept;
  Number misgrouped(std::string_view first);

  std::string_view text_;
};

/// The clock time that a text which is none was meant for: "12:00" for "noon", "11:00" for "11.00";
/// "" if none. Midnight is the end of the date.
[[nodiscard]] std::string meant_clock(std::string_view written);
/// The window that was meant by "8-12 min"; not looked at whether it is one. `text` is "" if none.
struct MeantWindow {
  std::string text{};
  bool dash = false;  ///< a dash stands in place of "to"
};
[[nodiscard]] MeantWindow meant_window(std::string_view written);

/// The number that was meant by one with something behind it: 52.2508 by "52°15'03\"N", the number
/// alone otherwise. `number` is what could be read.
[[nodiscard]] std::string meant_decimal(std::string_view number, std::string_view behind);

/// "length".
[[nodiscard]] Phrase name_of(Dimension dimension);
/// "a length such as 0.75 m (units: mm, …)".
[[nodiscard]] Phrase expectation(Dimension dimension);
/// What the units measure: a window's are of duration.
[[nodiscard]] Dimension measured(Dimension dimension) noexcept;

}  // namespace defilada::show::quantity_text
