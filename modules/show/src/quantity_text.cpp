// SPDX-License-Identifier: MIT
#include "quantity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace defilada::show::quantity_text {
namespace {

constexpr std::array<std::string_view, 4> kSpaces = {" ", "\u00a0", "\u2009", "\u202f"};
constexpr std::string_view kMinusSign = "\u2212";

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool starts_with_digit(std::string_view text) noexcept {
  return !text.empty() && is_digit(text.front());
}

std::string_view without_spaces(std::string_view text) noexcept {
  while (const std::size_t bytes = space_at(text)) text.remove_prefix(bytes);
  return text;
}

double value_of(std::string_view digits) {
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Digits without zeros in front.
std::string significant(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

bool has_needless_zero(std::string_view digits) noexcept {
  return digits.size() > 1 && digits.front() == '0';
}

Number faulty(std::string_view id, Phrase fault, std::string meant = {}) {
  return {.text = {}, .fault_id = id, .fault = std::move(fault), .meant = std::move(meant)};
}

/// "e6", "E-3": as calculators and other programs write powers of ten.
bool begins_exponent(std::string_view text) noexcept {
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return false;
  text.remove_prefix(1);
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return starts_with_digit(text);
}

Number exponent_fault() {
  return faulty("quantity.malformed", phrase("a number is written out, without an exponent"));
}

Number comma_fault(std::string_view before, std::string_view after) {
  if (after.size() == 3 && before != "0")  // 1,000: thousands or thousandths?
    return faulty("quantity.decimal-comma",
                  phrase("a comma in a number: write {0}{1} or {0}.{1}", before, after));
  return faulty("quantity.decimal-comma", phrase("a comma in a number: the decimal point is '.'"),
                fmt::format("{}.{}", before, after));
}

}  // namespace

std::size_t space_at(std::string_view text) noexcept {
  for (const std::string_view space : kSpaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

std::string_view trimmed(std::string_view text) noexcept {
  text = without_spaces(text);
  const auto is_last = [&](std::string_view space) { return text.ends_with(space); };
  for (auto last = kSpaces.end();
       (last = std::find_if(kSpaces.begin(), kSpaces.end(), is_last)) != kSpaces.end();)
    text.remove_suffix(last->size());
  return text;
}

void Text::skip_spaces() noexcept {
  text_ = without_spaces(text_);
}

double Text::sign() noexcept {
  if (text_.empty() || (text_.front() != '+' && text_.front() != '-')) return 1;
  const double sign = text_.front() == '-' ? -1 : 1;
  text_.remove_prefix(1);
  return sign;
}

std::string_view Text::take_digits() noexcept {
  const auto end = std::find_if_not(text_.begin(), text_.end(), is_digit);
  const auto digits = text_.substr(0, static_cast<std::size_t>(end - text_.begin()));
  text_.remove_prefix(digits.size());
  return digits;
}

/// After the digits `first` there are spaces or '_' and more digits.
Number Text::misgrouped(std::string_view first) {
  std::string joined(first);
  bool threes = first.size() <= 3;
  while (true) {
    const std::string_view ahead = text_.starts_with('_') ? text_.substr(1) : without_spaces(text_);
    if (ahead.size() == text_.size() || !starts_with_digit(ahead)) break;
    text_ = ahead;
    const std::string_view group = take_digits();
    threes = threes && group.size() == 3;
    joined += group;
  }
  if (!threes) return faulty("quantity.unit-missing", phrase("'{}' has no unit", first));
  return faulty("quantity.malformed", phrase("the digits of a quantity are not grouped"), joined);
}

Number Text::number() {
  const std::string_view all = text_;
  if (text_.starts_with(kMinusSign))
    return faulty("quantity.sign", phrase("the minus sign is written '-'"));
  if (text_.starts_with('-') || text_.starts_with('+')) {
    text_.remove_prefix(1);
    return faulty("quantity.sign", phrase("a sign where none is allowed"),
                  std::string(take_digits()));
  }
  if (text_.starts_with('.') && starts_with_digit(text_.substr(1))) {
    text_.remove_prefix(1);
    return faulty("quantity.malformed", phrase("a digit is missing before the point"),
                  "0." + std::string(take_digits()));
  }
  const std::string_view digits = take_digits();
  if (digits.empty()) {
    return faulty("quantity.malformed", all.empty()
                                            ? phrase("a number is missing")
                                            : phrase("'{}' does not begin with a number", all));
  }
  if (has_needless_zero(digits))
    return faulty("quantity.malformed", phrase("a number begins with a needless zero"),
                  significant(digits));
  if (text_.starts_with(',') && starts_with_digit(text_.substr(1))) {
    text_.remove_prefix(1);
    return comma_fault(digits, take_digits());
  }
  const std::string_view ahead = text_.starts_with('_') ? text_.substr(1) : without_spaces(text_);
  if (ahead.size() < text_.size() && starts_with_digit(ahead)) return misgrouped(digits);
  if (begins_exponent(text_)) return exponent_fault();
  if (!text_.starts_with('.')) return {.text = digits, .value = value_of(digits)};
  text_.remove_prefix(1);
  if (take_digits().empty())
    return faulty("quantity.malformed", phrase("digits are missing after the point"),
                  std::string(digits));
  if (begins_exponent(text_)) return exponent_fault();
  const std::string_view written = all.substr(0, all.size() - text_.size());
  return {.text = written, .value = value_of(written), .whole = false};
}

std::string_view Text::letters() noexcept {
  std::size_t bytes = 0;
  while (bytes < text_.size() && !is_digit(text_[bytes]) && space_at(text_.substr(bytes)) == 0)
    ++bytes;
  const std::string_view letters = text_.substr(0, bytes);
  text_.remove_prefix(bytes);
  return letters;
}

bool Text::take_word(std::string_view phrase) noexcept {
  std::string_view ahead = text_;
  while (!phrase.empty()) {
    const std::string_view word = phrase.substr(0, phrase.find(' '));
    phrase.remove_prefix(std::min(phrase.size(), word.size() + 1));
    if (!ahead.starts_with(word)) return false;
    ahead.remove_prefix(word.size());
    if (space_at(ahead) == 0) return false;
    ahead = without_spaces(ahead);
  }
  text_ = ahead;
  return true;
}

std::pair<std::string_view, std::optional<std::string_view>> Text::split_at_word(
    std::string_view word) const noexcept {
  for (std::size_t at = 1; at < text_.size(); ++at) {
    if (space_at(text_.substr(at)) == 0) continue;
    const std::string_view ahead = without_spaces(text_.substr(at));
    if (ahead.starts_with(word) && space_at(ahead.substr(word.size())) > 0)
      return {text_.substr(0, at), without_spaces(ahead.substr(word.size()))};
  }
  return {text_, std::nullopt};
}

namespace {

/// Two digits; -1 if they are not.
int two_digits(std::string_view text) noexcept {
  if (text.size() != 2 || !is_digit(text[0]) || !is_digit(text[1])) return -1;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

/// Microseconds of ".5"; -1 if it is no fraction of one to six digits.
std::int64_t fraction_us(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (text.front() != '.' || text.size() < 2 || text.size() > 7) return -1;
  std::int64_t us = 0;
  for (std::size_t i = 1; i <= 6; ++i) {
    if (i < text.size() && !is_digit(text[i])) return -1;
    us = us * 10 + (i < text.size() ? text[i] - '0' : 0);
  }
  return us;
}

std::string_view from(std::string_view text, std::size_t at) noexcept {
  return text.substr(std::min(at, text.size()));
}

}  // namespace

ClockTime Text::clock() const {
  const auto fault = [](Phrase message, std::string meant = {}) {
    return ClockTime{0, std::move(message), std::move(meant)};
  };
  if (text_.size() >= 4 && is_digit(text_[0]) && text_[1] == ':') {
    const std::string meant = meant_clock(text_);  // "9:00 PM" is another hour
    return fault(phrase("the hour of a clock time has two digits"),
                 meant.empty() ? "0" + std::string(text_) : meant);
  }
  const int hours = two_digits(text_.substr(0, 2));
  const int minutes = two_digits(from(text_, 3).substr(0, 2));
  const bool with_seconds = text_.size() > 5;
  const int seconds = with_seconds ? two_digits(from(text_, 6).substr(0, 2)) : 0;
  const std::int64_t us = fraction_us(from(text_, 8));
  const bool colons = text_.size() >= 5 && text_[2] == ':' && (!with_seconds || text_[5] == ':');
  if (!colons || hours < 0 || minutes < 0 || seconds < 0 || us < 0)
    return fault(phrase("'{}' is not a clock time", text_));
  if (hours > 47) return fault(phrase("the hours of a clock time go from 00 to 47"));
  if (minutes > 59 || seconds > 59)
    return fault(phrase("the minutes and seconds of a clock time go from 00 to 59"));
  return {((hours * 60 + minutes) * 60 + seconds) * std::int64_t{1'000'000} + us, {}, {}};
}

Number Text::grouped_whole() const {
  Text cursor(text_);
  if (text_.starts_with('-') || text_.starts_with('+'))
    return faulty("quantity.sign", phrase("a count has no sign"));
  std::string digits(cursor.take_digits());
  if (digits.empty()) return faulty("quantity.count", phrase("'{}' is not a whole number", text_));
  if (has_needless_zero(digits))
    return faulty("quantity.malformed", phrase("a number begins with a needless zero"),
                  significant(digits));
  const std::size_t first = digits.size();
  while (!cursor.at_end()) {
    const std::size_t gap = cursor.text_.front() == '_' ? 1 : space_at(cursor.text_);
    if (cursor.text_.front() == ',' && cursor.text_.size() == 4)
      return faulty("quantity.decimal-comma", phrase("a comma in a number"),
                    digits + std::string(cursor.text_.substr(1)));
    if (gap == 0) return faulty("quantity.count", phrase("'{}' is not a whole number", text_));
    cursor.text_.remove_prefix(gap);
    const std::string_view group = cursor.take_digits();
    if (group.size() != 3 || first > 3 || digits == "0")
      return faulty("quantity.malformed", phrase("the digits of a count are grouped in threes"));
    digits += group;
  }
  return {.text = text_, .value = value_of(digits)};
}

}  // namespace defilada::show::quantity_text
