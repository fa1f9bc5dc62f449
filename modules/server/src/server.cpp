// SPDX-License-Identifier: MIT
// The only file that knows sockets: Boost.Beast costs 20 s of compiling.
#include "defilada/server/server.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "defilada/server/gate.hpp"
#include "wire.hpp"

namespace defilada::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

}  // namespace

class Session;

class Server::Impl : public std::enable_shared_from_this<Server::Impl> {
 public:
  Impl(const Options& options, Handler handler)
      : limits(options.limits), handler_(std::move(handler)), acceptor_(io), tick_(io) {}

  Status open(const Options& options);
  void accept();
  void watch();
  void publish(const std::string& text);
  void close_all();

  // Of the sessions, on the server's thread.
  void forget(Session* session);
  void waits(Session* session, bool yes);
  [[nodiscard]] bool add_stream(Session* session);
  void handle(Request request, const Answer& answer) { hand(handler_, std::move(request), answer); }

  asio::io_context io{1};
  Limits limits;
  std::optional<Gate> gate;
  std::uint16_t port = 0;
  std::string host;  ///< as it stands in the address
  std::atomic<std::size_t> stream_count{0};
  std::function<bool()> stopped;  ///< while serve() runs

 private:
  void admit(tcp::socket socket);

  Handler handler_;
  tcp::acceptor acceptor_;
  asio::steady_timer tick_;
  std::map<Session*, std::shared_ptr<Session>> sessions_;  ///< keeps those that are open
  std::list<Session*> waiting_;                            ///< for a request; the longest first
  std::set<Session*> streams_;
};

/// One connection: request, response, request, ... until either side has enough.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Server::Impl& server)
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

  std::optional<std::list<Session*>::iterator> place;  ///< in Impl::waiting_

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
  Server::Impl& server_;  ///< owns the sessions
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

void Session::read_head() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(server_.limits.header_bytes));
  parser_->body_limit(server_.limits.body_bytes);
  answered_ = false;
  path_.clear();
  query_.clear();
  stream_.expires_after(server_.limits.header);
  server_.waits(this, true);
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, std::size_t) { self->got_head(error); });
}

Gate::Head Session::gate_head() const {
  const auto& message = parser_->get();
  Gate::Head head;
  const auto view = [](beast::string_view text) { return std::string(text.data(), text.size()); };
  head.method = view(message.method_string());
  head.target = view(message.target());
  for (const auto& field : message) {
    if (field.name() == http::field::host) head.hosts.push_back(view(field.value()));
    if (field.name() == http::field::origin) head.origins.push_back(view(field.value()));
    const std::string name = lower(view(field.name_string()));
    if (name == "sec-fetch-site") head.fetch_site = view(field.value());
    if (name == "x-defilada-token") head.token = view(field.value());
    if (name == "authorization") head.authorization = view(field.value());
  }
  return head;
}

/// The status by which a client learns what it did wrong; nothing where it has gone.
void Session::refuse(error_code error) {
  keep_open_ = false;
  answered_ = false;
  if (error == http::error::header_limit) {
    return answer(Response::text(431, "the headers are too long\n"));
  }
  if (error == http::error::body_limit) {
    return answer(Response::text(413, "the body is too long\n"));
  }
  if (error == beast::error::timeout || error == http::error::end_of_stream ||
      error == http::error::partial_message || error == asio::error::operation_aborted ||
      error.category() == asio::error::get_system_category()) {
    return close();  // after a timeout the socket is closed already
  }
  answer(Response::text(400, "the request is malformed\n"));
}

void Session::got_head(error_code error) {
  server_.waits(this, false);
  if (error) return refuse(error);
  const Gate::Head head = gate_head();
  only_head_ = head.method == "HEAD";
  keep_open_ = parser_->keep_alive();
  if (auto refusal = server_.gate->refusal(head, path_, query_)) {
    keep_open_ = false;  // its body is not read
    return answer(std::move(*refusal));
  }
  const bool reads = head.method == "GET" || head.method == "HEAD";
  const auto length = parser_->content_length();
  if (length && (*length > server_.limits.body_bytes || (reads && *length > 0))) {
    keep_open_ = false;
    return answer(Response::text(413, "the body is too long\n"));
  }
  if (reads && parser_->chunked()) {
    keep_open_ = false;
    return answer(Response::text(400, "a request that reads has no body\n"));
  }
  if (parser_->get()[http::field::expect] == "100-continue") {
    head_ = "HTTP/1.1 100 Continue\r\n\r\n";
    stream_.expires_after(server_.limits.write);
    asio::async_write(stream_, asio::buffer(head_),
                      [self = shared_from_this()](error_code failed, std::size_t) {
                        if (failed) return self->close();
                        self->read_body();
                      });
    return;
  }
  read_body();
}

void Session::read_body() {
  stream_.expires_after(server_.limits.body);
  http::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, std::size_t) { self->got_body(error); });
}

Request Session::request() {
  Request request;
  auto& message = parser_->get();
  request.method = std::string(message.method_string());
  request.path = path_;
  request.query = query_;
  for (const auto& field : message) {
    request.headers[lower({field.name_string().data(), field.name_string().size()})] =
        std::string(field.value());
  }
  request.body = std::move(message.body());
  return request;
}

void Session::got_body(error_code error) {
  if (error) return refuse(error);
  stream_.expires_never();  // now it is the handler's turn
  // A session lives and dies on the server's thread alone, whoever answers from wherever.
  server_.handle(request(), [weak = weak_from_this(),
                             server = server_.shared_from_this()](const Response& response) {
    asio::post(server->io, [weak, response] {
      if (const auto self = weak.lock()) self->answer(response);
    });
  });
}

void Session::answer(Response response) {
  if (answered_) return;
  answered_ = true;
  if (response.events && !server_.add_stream(this)) {
    response = Response::text(503, "too many windows are open\n");
  }
  if (response.events) keep_open_ = false;
  response_ = std::move(response);
  send_head(response_);
}

void Session::send_head(const Response& response) {
  head_ = head_of(response, keep_open_);
  stream_.expires_after(server_.limits.write);
  asio::async_write(stream_, asio::buffer(head_),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (error) return self->close();
                      if (self->response_.events) return self->begin_events();
                      const bool bare = self->only_head_ || self->response_.status == 204;
                      self->left_ = bare ? std::string_view() : self->response_.body();
                      self->send_rest();
                    });
}

/// Piece by piece: a slow reader has as long as it wants, as long as it reads.
void Session::send_rest() {
  if (left_.empty()) return sent();
  stream_.expires_after(server_.limits.write);
  stream_.async_write_some(asio::buffer(left_.data(), left_.size()),
                           [self = shared_from_this()](error_code error, std::size_t count) {
                             if (error) return self->close();
                             self->left_.remove_prefix(count);
                             self->send_rest();
                           });
}

void Session::sent() {
  response_ = Response();
  if (!keep_open_) {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    // What the client still sends is read for a moment, so that the response is not lost to a
    // reset.
    stream_.expires_after(std::chrono::milliseconds(500));
    return watch_reader();
  }
  read_head();
}

void Session::begin_events() {
  streams_ = true;
  stream_.expires_never();
  watch_reader();
  beat();
  send_events();
}

/// Notices that the other side has gone.
void Session::watch_reader() {
  stream_.async_read_some(asio::buffer(ignored_),
                          [self = shared_from_this()](error_code error, std::size_t) {
                            if (error) return self->close();
                            self->watch_reader();
                          });
}

void Session::beat() {
  heartbeat_.expires_after(server_.limits.heartbeat);
  heartbeat_.async_wait([weak = weak_from_this()](error_code error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->push(std::make_shared<const std::string>(": alive\n\n"));
    self->beat();
  });
}

void Session::push(std::shared_ptr<const std::string> event) {
  if (events_.size() >= server_.limits.event_backlog) return close();
  events_.push_back(std::move(event));
  if (streams_) send_events();
}

void Session::send_events() {
  if (sending_event_ || events_.empty()) return;
  sending_event_ = true;
  const auto event = events_.front();
  asio::async_write(stream_, asio::buffer(*event),
                    [self = shared_from_this(), event](error_code error, std::size_t) {
                      if (error) return self->close();
                      self->sending_event_ = false;
                      self->events_.pop_front();
                      self->send_events();
                    });
}

void Session::close() {
  const auto self = shared_from_this();  // the server may let go of it here
  heartbeat_.cancel();
  error_code ignored;
  stream_.socket().close(ignored);
  server_.forget(this);
}

// ---------------------------------------------------------------- the server

Status Server::Impl::open(const Options& options) {
  error_code error;
  const auto failed = [&](Errc code) {
    return fail(code, phrase("cannot listen on {} port {}: {}", options.address, options.port,
                             error.message()));
  };
  const asio::ip::address address = asio::ip::make_address(options.address, error);
  if (error) return failed(Errc::usage);
  const tcp::endpoint endpoint(address, options.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) keep_to_ourselves(acceptor_.native_handle());
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
  if (error) return failed(Errc::environment);
  port = acceptor_.local_endpoint().port();

  host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  std::vector<std::string> names = options.names;
  names.insert(names.end(), {host, "127.0.0.1", "localhost", "[::1]"});
  const std::optional<std::string> token = make_token();
  if (!token) return fail(Errc::environment, phrase("the system gives no random numbers"));
  gate.emplace(names, port, *token, limits.target_bytes);
  return {};
}

void Server::Impl::accept() {
  acceptor_.async_accept([this](error_code error, tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (!error) admit(std::move(socket));
    if (error && error != asio::error::connection_aborted) {
      // Out of descriptors: wait instead of turning round and round.
      auto timer = std::make_shared<asio::steady_timer>(io, std::chrono::milliseconds(50));
      timer->async_wait([this, timer](error_code) { accept(); });
      return;
    }
    accept();
  });
}

void Server::Impl::admit(tcp::socket socket) {
  if (sessions_.size() >= limits.connections) {
    if (waiting_.empty()) return;  // all are at work: the new one is closed
    waiting_.front()->close();
  }
  keep_to_ourselves(socket.native_handle());
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto session = std::make_shared<Session>(std::move(socket), *this);
  sessions_.emplace(session.get(), session);
  session->read_head();
}

void Server::Impl::forget(Session* session) {
  waits(session, false);
  if (streams_.erase(session) > 0) --stream_count;
  sessions_.erase(session);
}

void Server::Impl::waits(Session* session, bool yes) {
  if (session->place) {
    waiting_.erase(*session->place);
    session->place.reset();
  }
  if (yes) session->place = waiting_.insert(waiting_.end(), session);
}

bool Server::Impl::add_stream(Session* session) {
  if (streams_.size() >= limits.event_streams) return false;
  streams_.insert(session);
  ++stream_count;
  return true;
}

void Server::Impl::publish(const std::string& text) {
  const auto event = std::make_shared<const std::string>(text);
  const std::set<Session*> streams = streams_;  // push() may close one
  for (Session* session : streams) session->push(event);
}

void Server::Impl::watch() {
  tick_.expires_after(std::chrono::milliseconds(50));
  tick_.async_wait([this](error_code error) {
    if (error || !stopped) return;
    if (stopped()) return io.stop();
    watch();
  });
}

void Server::Impl::close_all() {
  error_code ignored;
  acceptor_.close(ignored);
  const auto sessions = sessions_;
  for (const auto& [session, kept] : sessions) session->close();
  // Their handlers see the closed sockets and let go of them.
  io.restart();
  io.poll();
}

Result<std::unique_ptr<Server>> Server::listen(const Options& options, Handler handler) {
  auto impl = std::make_shared<Impl>(options, std::move(handler));
  if (Status status = impl->open(options); !status) return tl::unexpected(status.error());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  impl_->close_all();
}

void Server::serve(const std::function<bool()>& stopped) {
  impl_->stopped = stopped;
  impl_->watch();
  impl_->accept();
  impl_->io.run();
  impl_->stopped = {};
}

void Server::stop() {
  asio::post(impl_->io, [impl = impl_.get()] { impl->io.stop(); });
}

void Server::publish(std::string event, std::string data) {
  asio::post(impl_->io,
             [impl = impl_.get(), text = event_text(event, data)] { impl->publish(text); });
}

std::size_t Server::event_streams() const noexcept {
  return impl_->stream_count;
}

std::uint16_t Server::port() const noexcept {
  return impl_->port;
}

const std::string& Server::token() const noexcept {
  return impl_->gate->token();
}

std::string Server::address() const {
  // What listens on every address is reached from here by loopback's.
  const bool any = impl_->host == "0.0.0.0" || impl_->host == "[::]";
  return fmt::format("http://{}:{}/#{}", any ? "127.0.0.1" : impl_->host, impl_->port, token());
}

}  // namespace defilada::server
