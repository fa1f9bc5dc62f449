// SPDX-License-Identifier: MIT
#include "defilada/core/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace defilada::detail {

void check_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "defilada: fault of the program: '%s' does not hold at %s:%d\n", condition,
               file, line);
  std::abort();
}

}  // namespace defilada::detail
