// SPDX-License-Identifier: MIT
#include <unicode/messagepattern.h>
#include <unicode/plurrule.h>

#include <algorithm>

#include "defilada/language/words.hpp"
#include "pattern.hpp"

namespace defilada::language {
namespace {

constexpr std::array kMessages{
#define DEFILADA_MESSAGE(id, english, polish) MessageText{#id, {english, polish}},
#include "defilada/language/messages.inc"
#undef DEFILADA_MESSAGE
};

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

/// Walks the parts of a parsed message: ICU lists them in the order of the text, with a start and
/// a limit for each argument and each form.
class Walk {
 public:
  explicit Walk(const icu::MessagePattern& pattern) : pattern_(pattern) {}

  Anatomy take() {
    for (std::int32_t i = 0; i < pattern_.countParts(); ++i) see(i);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string text_of(std::int32_t part) const {
    return from_icu(pattern_.getSubstring(pattern_.getPart(part)));
  }

  void see(std::int32_t i) {
    const icu::MessagePattern::Part& part = pattern_.getPart(i);
    switch (part.getType()) {
      case UMSGPAT_PART_TYPE_ARG_START:
        choices_.push_back(part.getArgType() == UMSGPAT_ARG_TYPE_PLURAL ? open(i) : kNone);
        break;
      case UMSGPAT_PART_TYPE_ARG_LIMIT: choices_.pop_back(); break;
      case UMSGPAT_PART_TYPE_ARG_NUMBER:  // those of phrases are numbers
      case UMSGPAT_PART_TYPE_ARG_NAME: add_once(out_.arguments, text_of(i)); break;
      case UMSGPAT_PART_TYPE_ARG_SELECTOR:
        if (choices_.back() != kNone) out_.categories[choices_.back()].push_back(text_of(i));
        break;
      default: break;
    }
  }

  std::size_t open(std::int32_t i) {
    add_once(out_.plural_over, text_of(i + 1));
    out_.categories.emplace_back();
    return out_.categories.size() - 1;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const icu::MessagePattern& pattern_;
  std::vector<std::size_t> choices_;  ///< the choices that are open, innermost last
  Anatomy out_;
};

}  // namespace

Anatomy anatomy(std::string_view pattern) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::MessagePattern parsed(to_icu(pattern), nullptr, code);
  if (U_FAILURE(code)) return {.error = u_errorName(code)};
  return Walk(parsed).take();
}

std::span<const MessageText> all_messages() noexcept {
  return kMessages;
}

std::vector<std::string> plural_categories(std::string_view language) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Locale locale{std::string(language).c_str()};
  const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(locale, code));
  const std::unique_ptr<icu::StringEnumeration> keywords(rules->getKeywords(code));
  std::vector<std::string> out;
  for (const icu::UnicodeString* word; (word = keywords->snext(code)) != nullptr;) {
    out.push_back(from_icu(*word));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace defilada::language
