// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace defilada::sheet {

/// Every text of the sheet that the show does not say itself: messages.inc holds them by id.
enum class Msg : std::uint16_t {
#define DEFILADA_MESSAGE(id, english) id,
#include "messages.inc"
#undef DEFILADA_MESSAGE
};

/// The words of one language. English stands in for languages that have none yet.
class Words {
 public:
  explicit Words(std::string language) : language_(std::move(language)) {}

  [[nodiscard]] const std::string& language() const noexcept { return language_; }

  /// The message with {0}, {1}, … replaced.
  template <typename... Args>
  [[nodiscard]] std::string operator()(Msg id, const Args&... args) const {
    return fmt::vformat(pattern(id), fmt::make_format_args(args...));
  }
  /// A message of several forms, "{0} person|{0} people": the one that goes with n, {0} being
  /// `shown`.
  [[nodiscard]] std::string counted(Msg id, std::int64_t n, std::string_view shown) const;

 private:
  [[nodiscard]] std::string_view pattern(Msg id) const noexcept;

  std::string language_;
};

}  // namespace defilada::sheet
