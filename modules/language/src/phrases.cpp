// SPDX-License-Identifier: MIT
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>

#include "defilada/core/check.hpp"
#include "defilada/language/words.hpp"
#include "pattern.hpp"

namespace defilada::language {
namespace {

constexpr std::array kPhrases{
#define DEFILADA_PHRASE(english, polish) PhraseText{english, polish},
#include "polish/phrases.inc"
#undef DEFILADA_PHRASE
};

/// For each English pattern its place in kPhrases.
std::optional<std::size_t> index_of(std::string_view english) {
  static const auto kIndex = [] {
    std::unordered_map<std::string_view, std::size_t> index;
    for (std::size_t i = 0; i < kPhrases.size(); ++i) index.emplace(kPhrases[i].english, i);
    return index;
  }();
  const auto found = kIndex.find(english);
  return found == kIndex.end() ? std::nullopt : std::optional(found->second);
}

const icu::MessageFormat& format_of(std::size_t i, std::size_t column) {
  static const auto kFormats = [column] {
    std::vector<std::unique_ptr<const icu::MessageFormat>> formats;
    for (const PhraseText& phrase : kPhrases) {
      UErrorCode code = U_ZERO_ERROR;
      formats.push_back(
          std::make_unique<icu::MessageFormat>(to_icu(phrase.polish), locale_of(column), code));
      DEFILADA_CHECK(U_SUCCESS(code));
    }
    return formats;
  }();
  return *kFormats[i];
}

/// "3.78 s" -> "3,78 s": a point between two digits is a decimal one.
std::string with_commas(std::string text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '.' && digit(i - 1) && digit(i + 1)) text[i] = ',';
  }
  return text;
}

std::string shown(const Words& words, const Phrase::Argument& argument) {
  if (const auto* part = std::get_if<Phrase>(&argument.value())) return words(*part);
  if (const auto* count = std::get_if<Count>(&argument.value())) return words.number(count->number);
  const bool figure = std::holds_alternative<double>(argument.value()) ||
                      std::holds_alternative<Measure>(argument.value());
  return figure ? with_commas(argument.shown()) : argument.shown();
}

/// A whole number goes as one, so that it can choose a plural form.
icu::Formattable formattable(const Words& words, const Phrase::Argument& argument, bool chooses) {
  const auto* count = std::get_if<Count>(&argument.value());
  const auto* number = std::get_if<std::int64_t>(&argument.value());
  if (chooses && count != nullptr) return {count->number};
  if (chooses && number != nullptr) return {*number};
  return {to_icu(shown(words, argument))};
}

}  // namespace

std::span<const PhraseText> all_phrases() noexcept {
  return kPhrases;
}

std::string Words::operator()(const Phrase& phrase) const {
  if (!phrase.languages().empty()) {
    const auto own = phrase.languages().find(std::string(kLanguages[column_]));
    return own == phrase.languages().end() ? phrase.english() : own->second;
  }
  if (column_ == 0 || phrase.pattern().empty()) return phrase.english();
  const std::optional<std::size_t> found = index_of(phrase.pattern());
  if (!found) {
    return phrase.filled([&](const Phrase::Argument& argument) { return shown(*this, argument); });
  }
  const std::vector<std::string> choosing = anatomy(kPhrases[*found].polish).plural_over;
  std::vector<icu::Formattable> values;
  for (std::size_t i = 0; i < phrase.arguments().size(); ++i) {
    const bool chooses =
        std::find(choosing.begin(), choosing.end(), std::to_string(i)) != choosing.end();
    values.push_back(formattable(*this, phrase.arguments()[i], chooses));
  }
  // Formatting changes a MessageFormat inside, and Words may be shared.
  icu::MessageFormat format(format_of(*found, column_));
  UErrorCode code = U_ZERO_ERROR;
  icu::UnicodeString out;
  icu::FieldPosition ignored(icu::FieldPosition::DONT_CARE);
  format.format(values.data(), static_cast<std::int32_t>(values.size()), out, ignored, code);
  DEFILADA_CHECK(U_SUCCESS(code));
  return choosing.empty() ? from_icu(out) : regrouped(from_icu(out), column_);
}

}  // namespace defilada::language
