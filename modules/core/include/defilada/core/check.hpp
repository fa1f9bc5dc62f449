// SPDX-License-Identifier: MIT
#pragma once

namespace defilada::detail {
[[noreturn]] void check_failed(const char* condition, const char* file, int line) noexcept;
}

/// A fault of the program, never of its input: always on, prints and aborts.
#define DEFILADA_CHECK(condition) \
  (static_cast<bool>(condition)   \
       ? static_cast<void>(0)     \
       : ::defilada::detail::check_failed(#condition, __FILE__, __LINE__))

/// The same for hot places: on in builds without NDEBUG.
#ifdef NDEBUG
#define DEFILADA_ASSERT(condition) static_cast<void>(0)
#else
#define DEFILADA_ASSERT(condition) DEFILADA_CHECK(condition)
#endif
