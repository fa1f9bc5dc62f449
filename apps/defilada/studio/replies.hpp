// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "defilada/core/result.hpp"
#include "defilada/server/message.hpp"
#include "json_parts.hpp"
#include "studio/worker.hpp"

/// What the answers of the studio have in common.
namespace defilada::app::studio {

/// On one line, which a line feed ends. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string dumped(const Json& json);

/// `code` is for the page, `message` for whoever reads it without one.
[[nodiscard]] server::Response refused(int status, const char* code, const std::string& message);
[[nodiscard]] server::Response refused(const Error& error);

/// What a worker's job that has thrown answers: 500.
[[nodiscard]] Worker::Fault fault_to(const server::Answer& answer);

/// A whole number and nothing else.
[[nodiscard]] std::optional<std::uint64_t> number_of(const std::string& text);

}  // namespace defilada::app::studio
