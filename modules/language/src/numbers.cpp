// SPDX-License-Identifier: MIT
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <chrono>
#include <cmath>

#include "defilada/core/check.hpp"
#include "defilada/language/words.hpp"
#include "pattern.hpp"

namespace defilada::language {
namespace {

using icu::number::LocalizedNumberFormatter;
using icu::number::NumberFormatter;
using icu::number::Precision;

std::string text_of(const icu::number::FormattedNumber& number) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::UnicodeString text = number.toString(code);
  DEFILADA_CHECK(U_SUCCESS(code));
  // Both languages' rules of typography ask for a minus sign; the library's data have a hyphen.
  return from_icu(icu::UnicodeString(text).findAndReplace(u"-", u"\u2212"));
}

std::string formatted(const LocalizedNumberFormatter& formatter, double value) {
  UErrorCode code = U_ZERO_ERROR;
  return text_of(formatter.formatDouble(value, code));
}

std::string rounded(const icu::Locale& locale, double value, const Precision& precision) {
  const auto formatter = NumberFormatter::withLocale(locale)
                             .grouping(UNUM_GROUPING_OFF)
                             .sign(UNUM_SIGN_NEGATIVE)
                             .precision(precision);
  return formatted(formatter, value);
}

}  // namespace

const icu::Locale& locale_of(std::size_t column) {
  static const std::array<icu::Locale, kLanguages.size()> kLocales{icu::Locale("en", "GB"),
                                                                   icu::Locale("pl", "PL")};
  return kLocales[column];
}

std::string grouped(std::string_view digits) {
  constexpr std::string_view kGroupSpace = "\u202F";
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0 && digits.size() > 4) out += kGroupSpace;
    out += digits[i];
  }
  return out;
}

std::string regrouped(std::string_view text, std::size_t column) {
  const std::string_view separator = column == 0 ? "," : "\u00A0";
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  const auto digits_at = [&](std::size_t at) {
    std::size_t n = 0;
    while (is_digit(at + n)) ++n;
    return n;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t n = digits_at(at);
    if (n == 0) {
      out += text[at++];
      continue;
    }
    std::string digits(text.substr(at, n));
    at += n;
    const bool may_be_first = n <= 3;
    while (may_be_first && text.substr(at).starts_with(separator) &&
           digits_at(at + separator.size()) == 3) {
      digits += text.substr(at + separator.size(), 3);
      at += separator.size() + 3;
      n = 0;
    }
    out += n == 0 ? grouped(digits) : digits;
  }
  return out;
}

std::string Words::number(std::int64_t n) const {
  // Unsigned: the least value has no opposite in 64 bits.
  const auto bits = static_cast<std::uint64_t>(n);
  return (n < 0 ? "\u2212" : "") + grouped(std::to_string(n < 0 ? 0 - bits : bits));
}

std::string Words::decimal(double value, int digits) const {
  return rounded(locale_of(column_), value, Precision::maxFraction(digits));
}

std::string Words::fixed(double value, int digits) const {
  return rounded(locale_of(column_), value, Precision::fixedFraction(digits));
}

std::string Words::percent(double share) const {
  const auto formatter = NumberFormatter::withLocale(locale_of(column_))
                             .unit(icu::NoUnit::percent())
                             .precision(Precision::integer());
  return formatted(formatter, std::round(share * 100));
}

std::string Words::list(const std::vector<std::string>& parts) const {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<icu::ListFormatter> formatter(
      icu::ListFormatter::createInstance(locale_of(column_), code));
  std::vector<icu::UnicodeString> texts;
  for (const std::string& part : parts) texts.push_back(to_icu(part));
  icu::UnicodeString out;
  formatter->format(texts.data(), static_cast<std::int32_t>(texts.size()), out, code);
  DEFILADA_CHECK(U_SUCCESS(code));
  return from_icu(out);
}

std::string Words::date(Date date, Msg pattern_id) const {
  namespace chrono = std::chrono;
  const chrono::sys_days day{chrono::year(date.year) / static_cast<unsigned>(date.month) /
                             static_cast<unsigned>(date.day)};
  const double ms = static_cast<double>(day.time_since_epoch().count()) * 86'400'000.0;
  UErrorCode code = U_ZERO_ERROR;
  icu::SimpleDateFormat format(to_icu(pattern(pattern_id)), locale_of(column_), code);
  DEFILADA_CHECK(U_SUCCESS(code));
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString out;
  format.format(ms, out);
  return from_icu(out);
}

std::string Words::day_period(int minutes) const {
  UErrorCode code = U_ZERO_ERROR;
  // Patterns of CLDR: B is the part of the day as running text says it, "in the morning".
  icu::SimpleDateFormat format(icu::UnicodeString("B"), locale_of(column_), code);
  DEFILADA_CHECK(U_SUCCESS(code));
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString out;
  format.format(minutes * 60'000.0, out);
  return from_icu(out);
}

}  // namespace defilada::language
