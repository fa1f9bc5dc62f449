// SPDX-License-Identifier: MIT
#pragma once

#if defined(__SANITIZE_THREAD__)
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}
#endif

/// What the thread sanitizer cannot see of a parallel loop.
namespace defilada {

/// A parallel loop, from before its first task to after its last. oneTBB hands tasks over inside a
/// library that is not built with the thread sanitizer, which therefore takes everything that the
/// caller wrote before the loop, and reads after it, for a race. This says what the library
/// promises (oneAPI specification, "Task scheduler": a loop's tasks happen after its call, and its
/// return after its tasks) and nothing more: two tasks that touch the same data are still found.
/// Without the sanitizer it is nothing at all.
///
///     const Fork fork;
///     tbb::parallel_for(tbb::blocked_range<...>(...), [&](const auto& range) {
///       const Fork::Task task(fork);
///       ...
///     });                              // and the fork's scope ends here
///
/// Over a range, not over numbers: only there is the body copied into each task, while the other
/// form lets the tasks read a body that is made after the fork.
class Fork {
 public:
  Fork() { release(&begin_); }
  ~Fork() { acquire(&end_); }
  Fork(const Fork&) = delete;
  Fork& operator=(const Fork&) = delete;

  /// One task of the loop, or as many as one thread does in one go.
  class Task {
   public:
    explicit Task(const Fork& fork) : fork_(fork) { acquire(&fork_.begin_); }
    ~Task() { release(&fork_.end_); }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

   private:
    const Fork& fork_;
  };

 private:
#if defined(__SANITIZE_THREAD__)
  static void acquire(char* tag) {
    __tsan_acquire(tag);
  }
  static void release(char* tag) {
    __tsan_release(tag);
  }
#else
  static void acquire(char* /*tag*/) {}
  static void release(char* /*tag*/) {}
#endif
  mutable char begin_ = 0;
  mutable char end_ = 0;
};

}  // namespace defilada
