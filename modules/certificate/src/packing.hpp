// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// gzip, as zlib does it: the same bytes give the same bytes.
namespace defilada::certificate {

[[nodiscard]] std::string pack(std::string_view bytes);
/// nullopt: no gzip, cut off, damaged, or more than `limit_bytes` unpacked.
[[nodiscard]] std::optional<std::string> unpack(std::string_view bytes, std::uint64_t limit_bytes);

}  // namespace defilada::certificate
