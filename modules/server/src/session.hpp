// SPDX-License-Identifier: MIT
// Boost.Beast costs 20 s of compiling: this header is of the two files that know sockets.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "defilada/server/gate.hpp"
#include "defilada/server/server.hpp"

namespace defilada::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

class Session;

/// What the sessions share, and whom they ask; all on the server's thread.
class Host : public std::enable_shared_from_this<Host> {
 public:
  explicit Host(const Limits& of) : limits(of) {}
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  /// The session has closed.
  virtual void forget(Session* session) = 0;
  /// Whether it waits for a request: of those the oldest are closed when there are too many.
  virtual void waits(Session* session, bool yes) = 0;
  /// It will be told of events; false: there are too many of such.
  [[nodiscard]] virtual bool add_stream(Session* session) = 0;
  virtual void handle(Request request, const Answer& answer) = 0;

  asio::io_context io{1};
  Limits limits;
  std::optional<Gate> gate;
};

/// One connection: request, response, request, ... until either side has enough.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Host& server)
      : stream_(std::move(socket)),
        heartbeat_(stream_.get_executor()),
        server_(server),
        buffer_(server_.limits.header_bytes + (64u << 10)) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void read_head();
  void close();
  void push(std::shared_ptr<const std::string> event);
  void answer(Response response);

  std::optional<std::list<Session*>::iterator> place;  ///< among those that wait, where it does

 private:
  using Parser = http::request_parser<http::string_body>;

  void got_head(error_code error);
  void read_body();
  void got_body(error_code error);
  void refuse(error_code error);
  void send_head(const Response& response);
  void send_rest();
  void sent();
  void begin_events();
  void send_events();
  void watch_reader();
  void beat();
  [[nodiscard]] Gate::Head gate_head() const;
  [[nodiscard]] Request request();

  beast::tcp_stream stream_;
  asio::steady_timer heartbeat_;
  Host& server_;  ///< owns the sessions
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::string path_, query_;
  bool keep_open_ = true;
  bool answered_ = false;
  bool only_head_ = false;

  std::string head_;   ///< of the response
  Response response_;  ///< being sent
  std::string_view left_;
  std::deque<std::shared_ptr<const std::string>> events_;
  bool sending_event_ = false;
  bool streams_ = false;
  std::array<char, 256> ignored_{};
};

}  // namespace defilada::server
