// SPDX-License-Identifier: MIT
#include "studio/replies.hpp"

#include <charconv>

namespace defilada::app::studio {

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

server::Response refused(int status, const char* code, const std::string& message) {
  return server::Response::json(dumped({{"error", code}, {"message", message}}), status);
}

server::Response refused(const Error& error) {
  return refused(500, "environment", error.message.english());
}

Worker::Fault fault_to(const server::Answer& answer) {
  return [answer](const char* what) { answer(refused(500, "fault", what)); };
}

std::optional<std::uint64_t> number_of(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace defilada::app::studio
