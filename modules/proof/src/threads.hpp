// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
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

  /// Calls work(begin, end) for the batches [0, size), [size, 2 size), … of [0, count): the same on
  /// any number of threads. For items that are not worth a task each.
  template <class Work>
  void in_batches(std::size_t count, std::size_t size, const Work& work) {
    each((count + size - 1) / size,
         [&](std::size_t batch) { work(batch * size, std::min(count, (batch + 1) * size)); });
  }

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;  ///< none: the caller alone
};

}  // namespace defilada::proof
