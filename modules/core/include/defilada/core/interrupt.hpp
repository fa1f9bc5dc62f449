// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/core/result.hpp"

namespace defilada {

/// Lets Ctrl-C (SIGINT), a manager of services (SIGTERM) and a terminal that is closed (SIGHUP) end
/// the program in good order: the first of these signals raises a flag that long loops poll, the
/// second one, whichever it is, ends the process as the system does. What was ignored at the start
/// (nohup, a background job of a script) stays ignored.
/// One at a time per process, made by main(); the former handling comes back with its end.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();
};

/// Whether one of the signals came since the guard was made. Cost: one load; any thread may ask.
[[nodiscard]] bool interrupted() noexcept;

/// The same for functions that return a Result: Error{interrupted} once one came.
[[nodiscard]] Status check_interrupt();

}  // namespace defilada
