// SPDX-License-Identifier: MIT
#include "defilada/core/interrupt.hpp"

#include <signal.h>

#include <atomic>

#include "defilada/core/check.hpp"

namespace defilada {
namespace {

// The one place of the project with state outside of objects: a signal handler can reach no other.
std::atomic<bool> pressed{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not take a lock");
struct sigaction former {};
bool guarded = false;

extern "C" void on_interrupt(int) {
  pressed.store(true, std::memory_order_relaxed);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  DEFILADA_CHECK(!guarded);
  guarded = true;
  pressed.store(false, std::memory_order_relaxed);
  DEFILADA_CHECK(::sigaction(SIGINT, nullptr, &former) == 0);
  if (former.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  // After the first signal the handling falls back to the default, so that the second one kills;
  // a read or write that was under way goes on, so that no half-finished call is mistaken for one.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  DEFILADA_CHECK(::sigaction(SIGINT, &action, nullptr) == 0);
}

InterruptGuard::~InterruptGuard() {
  ::sigaction(SIGINT, &former, nullptr);
  guarded = false;
}

bool interrupted() noexcept {
  return pressed.load(std::memory_order_relaxed);
}

Status check_interrupt() {
  if (interrupted()) return fail(Errc::interrupted, phrase("interrupted"));
  return {};
}

}  // namespace defilada
