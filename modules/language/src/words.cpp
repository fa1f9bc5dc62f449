// SPDX-License-Identifier: MIT
#include "defilada/language/words.hpp"

#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "defilada/core/check.hpp"
#include "pattern.hpp"

namespace defilada::language {
namespace {

constexpr std::size_t kEnglish = 0;

/// A message made ready. Most are texts with gaps, and joining those needs no ICU.
struct Ready {
  struct Piece {
    std::string text;  ///< stands before the argument
    std::size_t argument = kNone;
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t arity = 0;
  std::vector<Piece> pieces;                           ///< empty where there is a choice
  std::vector<icu::UnicodeString> names;               ///< of the arguments
  std::vector<bool> chooses;                           ///< whether it chooses a plural form
  std::unique_ptr<const icu::MessageFormat> prototype; /*!< of a message with a choice */
};

std::size_t index_in(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? Ready::kNone : static_cast<std::size_t>(found - names.begin());
}

/// The texts between the gaps. ICU's rules for quotes hold here, too, so its parser finds both.
std::vector<Ready::Piece> pieces_of(std::string_view text, const std::vector<std::string>& names) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::MessagePattern pattern(to_icu(text), nullptr, code);
  const icu::UnicodeString& whole = pattern.getPatternString();
  std::vector<Ready::Piece> pieces;
  icu::UnicodeString before;
  std::int32_t from = 0;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const icu::MessagePattern::Part& part = pattern.getPart(i);
    const UMessagePatternPartType type = part.getType();
    const bool text_ends =
        type != UMSGPAT_PART_TYPE_ARG_NAME && type != UMSGPAT_PART_TYPE_ARG_LIMIT;
    if (text_ends) before.append(whole, from, part.getIndex() - from);
    if (type == UMSGPAT_PART_TYPE_ARG_NAME) {
      pieces.push_back({from_icu(before), index_in(names, from_icu(pattern.getSubstring(part)))});
      before.remove();
    }
    from = part.getLimit();
  }
  pieces.push_back({from_icu(before), Ready::kNone});
  return pieces;
}

Ready make_ready(const MessageText& message, std::size_t column) {
  const std::vector<std::string> names = anatomy(message.patterns[kEnglish]).arguments;
  const Anatomy here = anatomy(message.patterns[column]);
  Ready ready;
  ready.arity = names.size();
  if (here.plural_over.empty()) {
    ready.pieces = pieces_of(message.patterns[column], names);
    return ready;
  }
  for (const std::string& name : names) {
    ready.names.push_back(to_icu(name));
    ready.chooses.push_back(index_in(here.plural_over, name) != Ready::kNone);
  }
  UErrorCode code = U_ZERO_ERROR;
  ready.prototype = std::make_unique<icu::MessageFormat>(to_icu(message.patterns[column]),
                                                         locale_of(column), code);
  DEFILADA_CHECK(U_SUCCESS(code));
  return ready;
}

const std::vector<Ready>& catalogue(std::size_t column) {
  static const std::array<std::vector<Ready>, kLanguages.size()> kAll = [] {
    std::array<std::vector<Ready>, kLanguages.size()> all;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const MessageText& message : all_messages()) all[i].push_back(make_ready(message, i));
    }
    return all;
  }();
  return kAll[column];
}

std::string joined(const Ready& ready, std::span<const Argument> arguments) {
  std::string out;
  for (const Ready::Piece& piece : ready.pieces) {
    out += piece.text;
    if (piece.argument != Ready::kNone) out += arguments[piece.argument].text();
  }
  return out;
}

std::string chosen(const Ready& ready, std::span<const Argument> arguments) {
  std::vector<icu::Formattable> values;
  for (std::size_t i = 0; i < ready.arity; ++i) {
    values.push_back(ready.chooses[i] ? icu::Formattable(arguments[i].number())
                                      : icu::Formattable(to_icu(arguments[i].text())));
  }
  // Formatting changes a MessageFormat inside, and Words may be shared.
  icu::MessageFormat format(*ready.prototype);
  UErrorCode code = U_ZERO_ERROR;
  icu::UnicodeString out;
  format.format(ready.names.data(), values.data(), static_cast<std::int32_t>(values.size()), out,
                code);
  DEFILADA_CHECK(U_SUCCESS(code));
  return from_icu(out);
}

bool chooses_by_thousands(const Ready& ready, std::span<const Argument> arguments) {
  for (std::size_t i = 0; i < ready.arity; ++i) {
    if (ready.chooses[i] && std::abs(arguments[i].number()) >= 1000) return true;
  }
  return false;
}

/// "pl", "pl-PL" and "pl_PL.UTF-8" are Polish.
std::size_t column_of(std::string_view language) {
  const std::string_view stem = language.substr(0, language.find_first_of("-_.@"));
  const auto found = std::find(kLanguages.begin(), kLanguages.end(), stem);
  return found == kLanguages.end() ? kEnglish
                                   : static_cast<std::size_t>(found - kLanguages.begin());
}

}  // namespace

Words::Words(std::string language)
    : language_(std::move(language)), column_(column_of(language_)) {}

std::string_view Words::pattern(Msg id) const noexcept {
  return all_messages()[static_cast<std::size_t>(id)].patterns[column_];
}

std::string Words::say(Msg id, std::span<const Argument> arguments) const {
  const Ready& ready = catalogue(column_)[static_cast<std::size_t>(id)];
  DEFILADA_CHECK(arguments.size() >= ready.arity);
  if (!ready.prototype) return joined(ready, arguments);
  const std::string text = chosen(ready, arguments);
  return chooses_by_thousands(ready, arguments) ? regrouped(text, column_) : text;
}

}  // namespace defilada::language
