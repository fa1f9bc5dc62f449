// SPDX-License-Identifier: MIT
#include "defilada/server/server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace defilada::server {
namespace {

using std::chrono::milliseconds;

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval patience{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  Client(Client&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_) {}
  ~Client() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] bool connected() const { return connected_; }
  void send(const std::string& text) const { ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL); }
  /// Until `end` has come, or the other side has closed.
  [[nodiscard]] std::string receive(const std::string& end = {}) const {
    std::string all;
    char bytes[4096];
    while (end.empty() || all.find(end) == std::string::npos) {
      const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
      if (got <= 0) break;
      all.append(bytes, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int fd_;
  bool connected_ = false;
};

/// A server on a thread of its own.
class ServerTest : public testing::Test {
 protected:
  void start(const Limits& limits = {}) {
    Options options;
    options.limits = limits;
    server_ = Server::listen(options, [this](Request request, Answer answer) {
                handle(std::move(request), std::move(answer));
              }).value();
    thread_ = std::thread([this] { server_->serve(); });
  }
  void TearDown() override {
    for (std::thread& each : slow_) each.join();
    if (server_) server_->stop();
    if (thread_.joinable()) thread_.join();
    server_.reset();
  }
  void handle(Request request, Answer answer) {
    if (request.path == "/events") {
      Response response;
      response.type = "text/event-stream";
      response.events = true;
      return answer(response);
    }
    if (request.path == "/slow") {
      slow_.emplace_back([answer] {
        std::this_thread::sleep_for(milliseconds(200));
        answer(Response::text(200, "slow"));
        answer(Response::text(200, "twice"));  // goes nowhere
      });
      return;
    }
    if (request.path == "/fault") throw std::runtime_error("of no use");
    if (request.path == "/late") {
      slow_.emplace_back([answer] {
        answer(Response::text(200, "first"));
        std::this_thread::sleep_for(milliseconds(100));
        answer(Response::text(200, "second"));  // while the next request is at work
      });
      return;
    }
    if (request.path == "/nothing") {
      Response response = Response::text(200, "not sent");
      response.status = 204;
      return answer(response);
    }
    if (request.path == "/large") return answer(Response::text(200, std::string(8u << 20, 'x')));
    answer(Response::text(200, request.method + " " + request.path + " " + request.body));
  }
  [[nodiscard]] std::string head(const std::string& line, const std::string& more = {}) const {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_->port()) + "\r\n" +
           more + "\r\n";
  }
  [[nodiscard]] std::string ask(const std::string& line, const std::string& more = {}) const {
    const Client client(server_->port());
    client.send(head(line, more + "Connection: close\r\n"));
    return client.receive();
  }

  std::unique_ptr<Server> server_;
  std::thread thread_;
  std::vector<std::thread> slow_;
};

TEST_F(ServerTest, AnswersRequestAfterRequestOnOneConnection) {
  start();
  const Client client(server_->port());
  for (int i = 0; i < 3; ++i) {
    client.send(head("GET /a" + std::to_string(i)));
    EXPECT_NE(client.receive("GET /a" + std::to_string(i) + " ").find("200 OK"), std::string::npos);
  }
  client.send(head("HEAD /large"));
  const std::string answer = client.receive("\r\n\r\n");
  EXPECT_NE(answer.find("Content-Length: 8388608\r\n"), std::string::npos);
  client.send(head("PUT /b", "X-Defilada-Token: " + server_->token() +
                                 "\r\nContent-Length: 5\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.receive("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hello");
  EXPECT_NE(client.receive("hello").find("PUT /b hello"), std::string::npos);
}

TEST_F(ServerTest, AnswersComeFromAnyThreadAndOnce) {
  start();
  const std::string answer = ask("GET /slow");
  EXPECT_NE(answer.find("\r\n\r\nslow"), std::string::npos);
  EXPECT_EQ(answer.find("twice"), std::string::npos);
}

TEST_F(ServerTest, AFaultIsThatOfOneRequest) {
  start();
  const std::string answer = ask("GET /fault");
  EXPECT_NE(answer.find("500 Internal Server Error"), std::string::npos) << answer;
  EXPECT_NE(ask("GET /here").find("GET /here"), std::string::npos);
}

TEST_F(ServerTest, ASecondAnswerIsNotTheNextRequests) {
  start();
  const Client client(server_->port());
  client.send(head("GET /late"));
  EXPECT_NE(client.receive("first").find("200 OK"), std::string::npos);
  client.send(head("GET /slow"));
  EXPECT_TRUE(client.receive("\r\n\r\ns").ends_with("slow"));
}

/// RFC 9110, 8.6 and 15.3.5: no length, no content; the connection goes on.
TEST_F(ServerTest, NoContentHasNoLength) {
  start();
  const Client client(server_->port());
  client.send(head("GET /nothing"));
  const std::string nothing = client.receive("\r\n\r\n");
  EXPECT_NE(nothing.find("204 No Content"), std::string::npos);
  EXPECT_EQ(nothing.find("Content-Length"), std::string::npos);
  client.send(head("GET /next"));
  const std::string next = client.receive("GET /next ");
  EXPECT_TRUE(next.starts_with("HTTP/1.1 200")) << next;
}

TEST_F(ServerTest, WhatIsStartedGetsNoSocketOfIts) {
  start();
  const Client client(server_->port());
  client.send(head("GET /here"));
  (void)client.receive("GET /here ");
  std::size_t sockets = 0;
  for (int fd = 3; fd < 256; ++fd) {
    sockaddr_in own{};
    socklen_t size = sizeof own;
    const bool is_socket = ::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) == 0;
    if (!is_socket || own.sin_family != AF_INET || ntohs(own.sin_port) != server_->port()) continue;
    ++sockets;
    EXPECT_TRUE((static_cast<unsigned>(::fcntl(fd, F_GETFD)) & FD_CLOEXEC) != 0U) << fd;
  }
  EXPECT_EQ(sockets, 2U);  // that which listens, that which was accepted
}

TEST_F(ServerTest, AClientThatLeavesHarmsNobody) {
  start();
  for (const char* path : {"/slow", "/large", "/events"}) {
    const Client client(server_->port());
    client.send(head(std::string("GET ") + path));
  }
  EXPECT_NE(ask("GET /here").find("GET /here"), std::string::npos);
}

TEST_F(ServerTest, DeadlinesCutOff) {
  Limits limits;
  limits.header = milliseconds(100);
  limits.body = milliseconds(100);
  start(limits);
  const std::string token = "X-Defilada-Token: " + server_->token() + "\r\n";
  for (const std::string& begun : {std::string(), std::string("GET / HTT"),
                                   head("PUT /", token + "Content-Length: 5\r\n") + "abc"}) {
    const Client client(server_->port());
    client.send(begun);
    const auto since = std::chrono::steady_clock::now();
    EXPECT_EQ(client.receive(), "");
    EXPECT_LT(std::chrono::steady_clock::now() - since, milliseconds(5000));
  }
}

TEST_F(ServerTest, TheOneThatWaitsLongestMakesRoom) {
  Limits limits;
  limits.connections = 4;
  start(limits);
  std::vector<Client> silent;
  for (int i = 0; i < 20; ++i) {
    silent.emplace_back(server_->port());
    EXPECT_TRUE(silent.back().connected());
  }
  EXPECT_NE(ask("GET /here").find("GET /here"), std::string::npos);
  EXPECT_EQ(silent.front().receive(), "");
}

TEST_F(ServerTest, EveryStreamGetsEveryEventInOrder) {
  start();
  std::vector<Client> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back(server_->port());
    clients.back().send(head("GET /events"));
    EXPECT_NE(clients.back().receive("\r\n\r\n").find("text/event-stream"), std::string::npos);
  }
  while (server_->event_streams() < 3) std::this_thread::sleep_for(milliseconds(1));
  std::vector<std::thread> writers;
  std::string expected;
  for (int i = 0; i < 50; ++i) {
    server_->publish("step", "line " + std::to_string(i) + "\nmore");
    expected += "event: step\ndata: line " + std::to_string(i) + "\ndata: more\n\n";
  }
  for (const Client& client : clients)
    EXPECT_EQ(client.receive("line 49\ndata: more\n\n"), expected);
}

TEST_F(ServerTest, StreamsThatNobodyReadsAreClosed) {
  Limits limits;
  limits.event_backlog = 4;
  limits.event_streams = 2;
  limits.heartbeat = milliseconds(20);
  start(limits);
  const Client client(server_->port());
  client.send(head("GET /events"));
  EXPECT_NE(client.receive(": alive\n\n").find(": alive"), std::string::npos);
  const std::string large(1u << 20, 'x');
  for (int i = 0; i < 200 && server_->event_streams() > 0; ++i) {
    server_->publish("large", large);
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_EQ(server_->event_streams(), 0U);
}

TEST_F(ServerTest, StopsWhileEverythingIsUnderWay) {
  start();
  std::vector<Client> clients;
  for (const char* path : {"/slow", "/large", "/events", "/events"}) {
    clients.emplace_back(server_->port());
    clients.back().send(head(std::string("GET ") + path));
  }
  std::thread publisher([this] {
    for (int i = 0; i < 100; ++i) server_->publish("a", "b");
  });
  std::this_thread::sleep_for(milliseconds(30));
  server_->stop();
  thread_.join();
  publisher.join();
  for (std::thread& each : slow_) each.join();
  slow_.clear();
  server_.reset();
  EXPECT_FALSE(clients.front().receive().starts_with("HTTP/1.1 500"));
}

TEST(Listen, SaysWhatIsWrong) {
  Options options;
  options.address = "nowhere";
  EXPECT_EQ(Server::listen(options, {}).error().code, Errc::usage);
  options.address = "127.0.0.1";
  const auto first = Server::listen(options, {}).value();
  options.port = first->port();
  EXPECT_EQ(Server::listen(options, {}).error().code, Errc::environment);
}

}  // namespace
}  // namespace defilada::server
