// SPDX-License-Identifier: MIT
#include "messages.hpp"

#include <array>

namespace defilada::sheet {
namespace {

constexpr std::array kEnglish{
#define DEFILADA_MESSAGE(id, english) std::string_view(english),
#include "messages.inc"
#undef DEFILADA_MESSAGE
};

/// Which of a message's forms goes with n. Source: Unicode CLDR, plural rules of English.
std::size_t plural_form(std::int64_t n) noexcept {
  return n == 1 ? 0 : 1;
}

}  // namespace

std::string_view Words::pattern(Msg id) const noexcept {
  return kEnglish[static_cast<std::size_t>(id)];
}

std::string Words::counted(Msg id, std::int64_t n, std::string_view shown) const {
  std::string_view form = pattern(id);
  for (std::size_t i = plural_form(n); i > 0; --i) form.remove_prefix(form.find('|') + 1);
  form = form.substr(0, form.find('|'));
  return fmt::vformat(form, fmt::make_format_args(shown));
}

}  // namespace defilada::sheet
