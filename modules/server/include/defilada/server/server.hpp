// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/server/message.hpp"

namespace defilada::server {

/// What a connection may ask for. Each refuses one way of wearing the server out.
struct Limits {
  std::size_t header_bytes = 16u << 10;  ///< line and headers together; more: 431
  std::size_t body_bytes = 8u << 20;     ///< as large as a show file may be; more: 413
  std::size_t target_bytes = 2048;       ///< more: 414
  /// Open at once. One more closes the one that has waited longest for a request, so that a flood
  /// of silent sockets cannot lock anybody out; where all are at work, the new one is closed.
  std::size_t connections = 400;
  std::size_t event_streams = 32;   ///< more: 503
  std::size_t event_backlog = 256;  ///< events unsent; more: the stream is closed
  std::chrono::milliseconds header{
      10'000};  ///< from opening, or the last response, to the headers' end
  std::chrono::milliseconds body{30'000};       ///< to the body's end
  std::chrono::milliseconds write{20'000};      ///< without taking a byte of the response
  std::chrono::milliseconds heartbeat{15'000};  ///< between signs of life in a stream of events
};

struct Options {
  std::string address = "127.0.0.1";  ///< to listen on: an IP address
  std::uint16_t port = 0;             ///< 0: any that is free
  std::vector<std::string> names;     ///< host names it answers to besides its own and loopback's
  Limits limits;
};

/// An HTTP/1.1 server for one person's browser. One thread waits for all sockets, so that no number
/// of slow ones holds the others up.
///
///     socket --> header deadline --> Gate --> body deadline --> Handler --> Answer --> socket
///                    431           403 ...        413           (any thread)
///
/// Who misses a deadline is cut off.
/// Each response forbids framing, sniffing, referrers, caching and any script, style or connection
/// that is not its own (Content-Security-Policy).
class Server {
 public:
  class Impl;

  /// Binds and listens. Errors: usage (no such address), environment (the port is taken).
  [[nodiscard]] static Result<std::unique_ptr<Server>> listen(const Options& options,
                                                              Handler handler);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Serves on the calling thread until `stopped` says so (asked 20 times a second) or stop().
  void serve(const std::function<bool()>& stopped = {});
  /// Ends serve(). From any thread.
  void stop();

  /// Sends an event to every stream: `data` on one line or several. From any thread.
  void publish(std::string event, std::string data);
  [[nodiscard]] std::size_t event_streams() const noexcept;

  [[nodiscard]] std::uint16_t port() const noexcept;
  [[nodiscard]] const std::string& token() const noexcept;
  /// "http://127.0.0.1:8080/#token": a fragment never leaves the browser.
  [[nodiscard]] std::string address() const;

 private:
  explicit Server(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace defilada::server
