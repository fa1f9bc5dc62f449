// SPDX-License-Identifier: MIT
#include "memory.hpp"

#include <malloc.h>
#include <pthread.h>

#include <cstddef>

namespace defilada::app {

void ask_for_little_memory() {
#ifdef __GLIBC__
  constexpr std::size_t kStackBytes = std::size_t{1} << 20U;
  ::pthread_attr_t attributes;
  if (::pthread_attr_init(&attributes) == 0) {
    // Where either is refused, the greater need stays: no fault of ours.
    if (::pthread_attr_setstacksize(&attributes, kStackBytes) == 0) {
      static_cast<void>(::pthread_setattr_default_np(&attributes));
    }
    ::pthread_attr_destroy(&attributes);
  }
  ::mallopt(M_ARENA_MAX, 1);
#endif
}

}  // namespace defilada::app
