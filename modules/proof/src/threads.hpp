// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace defilada::proof {

/// So many threads, the caller among them, for the length of a proof: who has come once is near
/// when the next piece of work begins.
class Threads {
 public:
  /// 0: as many as the machine has; more than it has is a wish, too.
  explicit Threads(int count);
  ~Threads();
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  /// Calls work(i) for all i < count, each once, in any order.
  void each(std::size_t count, const std::function<void(std::size_t)>& work);

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;  ///< none: the caller alone
};

}  // namespace defilada::proof
