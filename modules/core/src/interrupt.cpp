// SPDX-License-Identifier: MIT
#include "defilada/core/interrupt.hpp"

#include <signal.h>

#include <array>
#include <atomic>
#include <cstddef>

#include "defilada/core/check.hpp"

namespace defilada {
namespace {

// The one place of the project with state outside of objects: a signal handler can reach no other.
std::atomic<bool> pressed{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not take a lock");
constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
std::array<struct sigaction, kSignals.size()> former{};
bool guarded = false;

extern "C" void on_interrupt(int signal) {
  // Another of the three after the first kills too: its handling is the default by now, and it is
  // delivered when this returns.
  if (pressed.exchange(true, std::memory_order_relaxed)) ::raise(signal);
}

void take(int signal, struct sigaction& before) {
  DEFILADA_CHECK(::sigaction(signal, nullptr, &before) == 0);
  if (before.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  // After the first signal the handling falls back to the default, so that the second one kills;
  // a read or write that was under way goes on, so that no half-finished call is mistaken for one.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  DEFILADA_CHECK(::sigaction(signal, &action, nullptr) == 0);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  DEFILADA_CHECK(!guarded);
  guarded = true;
  pressed.store(false, std::memory_order_relaxed);
  for (std::size_t i = 0; i < kSignals.size(); ++i) take(kSignals[i], former[i]);
}

InterruptGuard::~InterruptGuard() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], &former[i], nullptr);
  }
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
