// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "defilada/server/message.hpp"

/// What goes over the wire, as text.
namespace defilada::server {

/// ASCII letters in lower case.
[[nodiscard]] std::string lower(std::string_view name);

/// The status line and the headers of a response, with those that every response has.
[[nodiscard]] std::string head_of(const Response& response, bool keep_open);

/// One event of a stream (text/event-stream).
[[nodiscard]] std::string event_text(std::string_view event, std::string_view data);

}  // namespace defilada::server
