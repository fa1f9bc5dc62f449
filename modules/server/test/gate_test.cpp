// SPDX-License-Identifier: MIT
#include "defilada/server/gate.hpp"

#include <gtest/gtest.h>

#include <set>

namespace defilada::server {
namespace {

const Gate kGate({"127.0.0.1", "localhost", "[::1]"}, 8080, "secret", 100);

int status_of(Gate::Head head) {
  std::string path;
  std::string query;
  const auto refusal = kGate.refusal(head, path, query);
  return refusal ? refusal->status : 200;
}

Gate::Head good(const char* method = "GET") {
  Gate::Head head;
  head.method = method;
  head.target = "/api/show";
  head.hosts = {"127.0.0.1:8080"};
  return head;
}

TEST(Gate, LetsItsOwnPageIn) {
  EXPECT_EQ(status_of(good()), 200);
  Gate::Head put = good("PUT");
  put.token = "secret";
  EXPECT_EQ(status_of(put), 200);
  put.origins = {"http://LocalHost:8080"};
  put.fetch_site = "same-origin";
  EXPECT_EQ(status_of(put), 200);
}

TEST(Gate, EveryOneOfItsConditionsIsNeeded) {
  Gate::Head put = good("PUT");
  EXPECT_EQ(status_of(put), 403) << "no token";
  put.token = "secre";
  EXPECT_EQ(status_of(put), 403);
  put.token = "secret";
  put.hosts = {"evil:8080"};
  EXPECT_EQ(status_of(put), 403);
  put.hosts = {};
  EXPECT_EQ(status_of(put), 400);
  put.hosts = {"127.0.0.1:8080", "127.0.0.1:8080"};
  EXPECT_EQ(status_of(put), 400);
  put.hosts = {"127.0.0.1:8080"};
  put.origins = {"http://127.0.0.1:8080", "http://evil"};
  EXPECT_EQ(status_of(put), 403);
  put.origins = {};
  put.method = "PATCH";
  EXPECT_EQ(status_of(put), 405);
  put.method = "PUT";
  put.target = "/" + std::string(100, 'x');
  EXPECT_EQ(status_of(put), 414);
}

TEST(Gate, APortOfTheWebMayBeLeftOut) {
  const Gate gate({"localhost"}, 80, "secret", 100);
  std::string path;
  std::string query;
  Gate::Head head = good();
  head.hosts = {"localhost"};
  EXPECT_FALSE(gate.refusal(head, path, query));
  head.origins = {"http://localhost"};
  EXPECT_FALSE(gate.refusal(head, path, query));
}

TEST(Target, IsDecodedOnceAndNeverClimbs) {
  const auto path = [](std::string_view target) {
    const auto found = target_of(target);
    return found ? found->path + "|" + found->query : std::string("none");
  };
  EXPECT_EQ(path("/a/b?c=d&e"), "/a/b|c=d&e");
  EXPECT_EQ(path("/a%20b%2525"), "/a b%25|");
  EXPECT_EQ(path("/a?x=%2e%2e/.."), "/a|x=%2e%2e/..");  // a query names no file
  for (const char* bad :
       {"", "a", "*", "http://x/", "//x", "/..", "/a/../b", "/%2e%2e/x", "/a/%2E", "/a\\b",
        "/a%5cb", "/a%00b", "/a%", "/a%4", "/a%zz", "/a b", "/a#b", "/\x80"}) {
    EXPECT_EQ(path(bad), "none") << bad;
  }
}

TEST(Secret, IsComparedWhole) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("bbc", "abc"));
  EXPECT_FALSE(same_secret("", "abc"));
  EXPECT_FALSE(same_secret("abcd", "abc"));
}

TEST(Token, IsNewEachTime) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) tokens.insert(make_token().value());
  EXPECT_EQ(tokens.size(), 100U);
  EXPECT_EQ(tokens.begin()->size(), 64U);
}

TEST(Request, ParametersAreDecoded) {
  Request request;
  request.query = "lang=pl&name=a%20b&empty&bad=%z&lang=en";
  EXPECT_EQ(request.parameter("lang"), "pl");
  EXPECT_EQ(request.parameter("name"), "a b");
  EXPECT_EQ(request.parameter("empty"), "");
  EXPECT_EQ(request.parameter("bad"), std::nullopt);
  EXPECT_EQ(request.parameter("nam"), std::nullopt);
}

}  // namespace
}  // namespace defilada::server
