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
/// promises (oneAPI specification, "parallel_for": tasks see what went before the call, and the
/// caller sees what the tasks did) and nothing more: two tasks that touch the same data are still
/// found. Without the sanitizer it is nothing at all.
///
///     const auto body = [&](const Range& part) { ... };
///     const Fork fork(body);
///     tbb::parallel_for(Range(0, n), fork.task());
///                                            // and here the scope of `fork` ends
template <class Body>
class Fork {
 public:
  /// `body` must outlive the fork.
  explicit Fork(const Body& body) : body_(body) { release(&begin_); }
  ~Fork() { acquire(&end_); }
  Fork(const Fork&) = delete;
  Fork& operator=(const Fork&) = delete;

  /// What a loop copies into each of its tasks: calls the body.
  class Task {
   public:
    explicit Task(const Fork& fork) : fork_(&fork) {}
    // The library's own copy of fork_ is what the sanitizer must not look at.
    template <class Part>
    __attribute__((no_sanitize("thread"))) void operator()(const Part& part) const {
      acquire(&fork_->begin_);
      fork_->body_(part);
      release(&fork_->end_);
    }

   private:
    const Fork* fork_;
  };
  [[nodiscard]] Task task() const { return Task(*this); }

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
  const Body& body_;
  mutable char begin_ = 0;
  mutable char end_ = 0;
};

}  // namespace defilada
