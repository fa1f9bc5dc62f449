// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/core/result.hpp"

namespace defilada {

/// Lets Ctrl-C end the program in good order: the first SIGINT raises a flag that long loops poll,
/// the second one ends the process as the system does. Where SIGINT was ignored at the start
/// (nohup, a background job of a script) it stays ignored.
/// One at a time per process, made by main(); the former handling comes back with its end.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();
};

/// Whether Ctrl-C was pressed since the guard was made. Cost: one load; any thread may ask.
[[nodiscard]] bool interrupted() noexcept;

/// The same for functions that return a Result: Error{interrupted} once it was pressed.
[[nodiscard]] Status check_interrupt();

}  // namespace defilada
