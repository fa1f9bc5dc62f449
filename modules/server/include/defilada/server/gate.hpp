// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/server/message.hpp"

/// Who gets in. A page of any site that is open in the same browser can send requests to a server
/// on loopback, and can give its own name that address (DNS rebinding). So, before anything is
/// routed:
///
///     address     begins with '/', not too long, no NUL, no '.' or '..' as a part   400, 414
///     Host        exactly one, and one of the list                                  400, 403
///     method      GET, HEAD, PUT, POST                                              405
///     from whom   Origin, where sent, is the server's own; Sec-Fetch-Site, where
///                 sent, is not of another site                                      403
///     changes     the token of this start, in a header                              403
namespace defilada::server {

class Gate {
 public:
  /// `names` are host names without a port ("127.0.0.1", "[::1]", "localhost"); the port follows
  /// when the server knows it. `token` is not empty.
  Gate(std::vector<std::string> names, std::uint16_t port, std::string token,
       std::size_t target_limit);

  /// The line and the headers of a request, before its body is read.
  struct Head {
    std::string method;
    std::string target;
    std::vector<std::string> hosts;  ///< every Host header
    std::vector<std::string> origins;
    std::string fetch_site;     ///< Sec-Fetch-Site
    std::string token;          ///< X-Defilada-Token
    std::string authorization;  ///< or "Bearer TOKEN" here
  };
  /// The refusal, or nothing: then `path` and `query` are set.
  [[nodiscard]] std::optional<Response> refusal(const Head& head, std::string& path,
                                                std::string& query) const;

  [[nodiscard]] const std::string& token() const noexcept { return token_; }

 private:
  [[nodiscard]] bool is_own_origin(std::string_view origin) const;

  std::vector<std::string> hosts_;
  std::string token_;
  std::size_t target_limit_;
};

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

/// 256 bits of the system's randomness, as 64 hexadecimal digits. Errors: environment.
[[nodiscard]] std::optional<std::string> make_token();

/// Splits a request's target into a decoded path and the query as it stands. None where it is not
/// an absolute path, holds a NUL or a backslash, is not UTF-8's ASCII part with percent signs, or
/// has a part '.' or '..'.
struct Target {
  std::string path;
  std::string query;
};
[[nodiscard]] std::optional<Target> target_of(std::string_view target);

}  // namespace defilada::server
