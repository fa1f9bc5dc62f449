// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What goes in and out of the server, free of any library of sockets.
namespace defilada::server {

struct Request {
  std::string method;                          ///< "GET", "HEAD", "PUT" or "POST"
  std::string path;                            ///< percent-decoded, begins with '/', without query
  std::string query;                           ///< as sent, without '?'
  std::map<std::string, std::string> headers;  ///< names in lower case; the last of a name
  std::string body;

  /// "" where there is none. `name` in lower case.
  [[nodiscard]] const std::string& header(const std::string& name) const;
  /// The value of `name` in the query, percent-decoded; none where it is not there or malformed.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
  /// GET and HEAD.
  [[nodiscard]] bool only_reads() const noexcept { return method == "GET" || method == "HEAD"; }
};

struct Response {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  /// One of the two: a text that the response owns, or bytes that outlive the server.
  std::shared_ptr<const std::string> owned{};
  std::string_view lasting{};
  std::vector<std::pair<std::string, std::string>> headers{};  ///< besides those of every response
  /// In place of the server's own Content-Security-Policy; "": the server's.
  std::string policy{};
  /// The connection stays open and gets what Server::publish says (text/event-stream).
  bool events = false;

  [[nodiscard]] std::string_view body() const noexcept {
    return owned ? std::string_view(*owned) : lasting;
  }
  [[nodiscard]] static Response text(int status, std::string text);
  [[nodiscard]] static Response json(std::string text, int status = 200);
  [[nodiscard]] static Response bytes(std::string type, std::string bytes);
};

/// Gives the answer to a request: once, from any thread, at any time. Answers to a connection that
/// has gone, or to a server that has stopped, go nowhere.
using Answer = std::function<void(Response)>;

/// Called on the server's thread for each request that passed the gate; must not block. What it
/// throws becomes a 500.
using Handler = std::function<void(Request, Answer)>;

/// "Not Found" of 404.
[[nodiscard]] std::string_view reason_of(int status) noexcept;

/// Undoes %XX; none where a % is not followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace defilada::server
