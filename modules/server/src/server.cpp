// SPDX-License-Identifier: MIT
#include "defilada/server/server.hpp"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "session.hpp"
#include "wire.hpp"

namespace defilada::server {

class Server::Impl final : public Host {
 public:
  Impl(const Options& options, Handler handler)
      : Host(options.limits), handler_(std::move(handler)), acceptor_(io), tick_(io) {}

  Status open(const Options& options);
  void accept();
  void watch();
  void publish(const std::string& text);
  void close_all();

  void forget(Session* session) override;
  void waits(Session* session, bool yes) override;
  [[nodiscard]] bool add_stream(Session* session) override;
  void handle(Request request, const Answer& answer) override {
    hand(handler_, std::move(request), answer);
  }

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
