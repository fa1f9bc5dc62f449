// SPDX-License-Identifier: MIT
#include "session.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "wire.hpp"

namespace defilada::server {

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

}  // namespace defilada::server
