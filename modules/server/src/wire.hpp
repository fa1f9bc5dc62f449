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

/// What the program starts (a browser) gets no socket of ours: it would hold the port after our
/// end, and could answer in our place.
void keep_to_ourselves(int socket);

/// Calls the handler. What it throws is a 500, not the end of the server. A second answer goes
/// nowhere: it must not become that of the next request on the same connection.
void hand(const Handler& handler, Request request, Answer answer);

/// One event of a stream (text/event-stream).
[[nodiscard]] std::string event_text(std::string_view event, std::string_view data);

}  // namespace defilada::server
