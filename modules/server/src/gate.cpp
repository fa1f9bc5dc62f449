// SPDX-License-Identifier: MIT
#include "defilada/server/gate.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <utility>

#include "wire.hpp"

namespace defilada::server {
namespace {

bool has_dotted_part(std::string_view path) {
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part == "." || part == "..") return true;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return false;
}

/// Every response of the gate says no more than what was wrong: an attacker reads it too.
std::optional<Response> refuse(int status, const char* why) {
  return Response::text(status, std::string(why) + "\n");
}

}  // namespace

Gate::Gate(std::vector<std::string> names, std::uint16_t port, std::string token,
           std::size_t target_limit)
    : token_(std::move(token)), target_limit_(target_limit) {
  for (const std::string& name : names) {
    hosts_.push_back(lower(name) + ":" + std::to_string(port));
    if (port == 80) hosts_.push_back(lower(name));  // browsers leave it out
  }
}

bool Gate::is_own_origin(std::string_view origin) const {
  constexpr std::string_view kScheme = "http://";
  return origin.starts_with(kScheme) &&
         std::find(hosts_.begin(), hosts_.end(), lower(origin.substr(kScheme.size()))) !=
             hosts_.end();
}

std::optional<Response> Gate::refusal(const Head& head, std::string& path,
                                      std::string& query) const {
  if (head.hosts.size() != 1) return refuse(400, "exactly one Host header is needed");
  if (std::find(hosts_.begin(), hosts_.end(), lower(head.hosts.front())) == hosts_.end()) {
    return refuse(403, "this server does not answer to that host name");
  }
  if (head.target.size() > target_limit_) return refuse(414, "the address is too long");
  const std::optional<Target> target = target_of(head.target);
  if (!target) return refuse(400, "the address is malformed");
  const bool reads = head.method == "GET" || head.method == "HEAD";
  if (!reads && head.method != "PUT" && head.method != "POST") {
    Response response = *refuse(405, "only GET, HEAD, PUT and POST are known");
    response.headers.emplace_back("Allow", "GET, HEAD, PUT, POST");
    return response;
  }
  if (!std::all_of(head.origins.begin(), head.origins.end(),
                   [&](const std::string& each) { return is_own_origin(each); })) {
    return refuse(403, "requests of other sites are not answered");
  }
  // A link on another page may open the studio; nothing else of another site reaches the server.
  const bool foreign = head.fetch_site == "cross-site" || head.fetch_site == "same-site";
  if (foreign && (!reads || target->path != "/")) {
    return refuse(403, "requests of other sites are not answered");
  }
  if (!reads) {
    constexpr std::string_view kBearer = "Bearer ";
    std::string_view given = head.token;
    if (given.empty() && head.authorization.starts_with(kBearer)) {
      given = std::string_view(head.authorization).substr(kBearer.size());
    }
    if (!same_secret(given, token_)) return refuse(403, "the token of this start is needed");
  }
  path = target->path;
  query = target->query;
  return std::nullopt;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;  // the length is no secret
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(
        difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i])));
  }
  return difference == 0;
}

std::optional<std::string> make_token() {
  constexpr const char* kDigits = "0123456789abcdef";
  std::array<unsigned char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return std::nullopt;
  }
  std::string token;
  for (const unsigned char byte : bytes) {
    token += kDigits[byte >> 4U];
    token += kDigits[byte & 15U];
  }
  return token;
}

std::optional<Target> target_of(std::string_view target) {
  if (target.empty() || target.front() != '/' || target.starts_with("//")) return std::nullopt;
  const bool plain = std::all_of(target.begin(), target.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '#' && c != '\\';
  });
  if (!plain) return std::nullopt;
  const std::size_t mark = target.find('?');
  std::optional<std::string> path = percent_decoded(target.substr(0, mark));
  if (!path || path->find('\0') != std::string::npos || path->find('\\') != std::string::npos ||
      has_dotted_part(*path)) {
    return std::nullopt;
  }
  return Target{std::move(*path), mark == std::string_view::npos
                                      ? std::string()
                                      : std::string(target.substr(mark + 1))};
}

}  // namespace defilada::server
