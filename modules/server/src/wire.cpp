// SPDX-License-Identifier: MIT
#include "wire.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <memory>
#include <utility>

namespace defilada::server {
namespace {

/// Nothing but the server's own files: no inline script or style, no plug-in, no frame around it.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

/// A header's value must not begin another header.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return text;
}

}  // namespace

std::string lower(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string head_of(const Response& response, bool keep_open) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  const auto add = [&](std::string_view name, const std::string& value) {
    head += fmt::format("{}: {}\r\n", name, one_line(value));
  };
  add("Content-Type", response.type);
  // A 204 has no content to be long (RFC 9110, 8.6).
  const bool sized = !response.events && response.status != 204;
  if (sized) add("Content-Length", std::to_string(response.body().size()));
  add("Connection", keep_open ? "keep-alive" : "close");
  add("Cache-Control", "no-store");
  add("X-Content-Type-Options", "nosniff");
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Content-Security-Policy", response.policy.empty() ? std::string(kPolicy) : response.policy);
  for (const auto& [name, value] : response.headers) add(name, value);
  return head + "\r\n";
}

void keep_to_ourselves(int socket) {
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
}

void hand(const Handler& handler, Request request, Answer answer) {
  const Answer once = [answer = std::move(answer),
                       given = std::make_shared<std::atomic<bool>>(false)](Response response) {
    if (!given->exchange(true)) answer(std::move(response));
  };
  try {
    handler(std::move(request), once);
  } catch (const std::exception& exception) {
    once(Response::text(500, fmt::format("a fault of the program: {}\n", exception.what())));
  }
}

std::string event_text(std::string_view event, std::string_view data) {
  std::string text = fmt::format("event: {}\n", event);
  while (true) {
    const std::size_t end = data.find('\n');
    text += fmt::format("data: {}\n", data.substr(0, end));
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + 1);
  }
  return text + "\n";
}

}  // namespace defilada::server
