// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace defilada::app::studio {

/// A thread that does one thing after the other.
class Worker {
 public:
  using Job = std::function<void()>;
  /// Called where the job has thrown; `what` is what was said.
  using Fault = std::function<void(const char* what)>;

  Worker() : thread_([this] { run(); }) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// Lets the job in hand end; those that wait are dropped.
  ~Worker() {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
    }
    wakes_.notify_one();
    thread_.join();
  }

  /// Does it on this thread.
  static void perform(const Job& job, const Fault& fault) {
    try {
      job();
    } catch (const std::exception& exception) {
      if (fault) fault(exception.what());
    }
  }

  /// From any thread. A job that throws ends itself alone.
  void add(Job job, Fault fault = {}) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.emplace_back(std::move(job), std::move(fault));
    }
    wakes_.notify_one();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      wakes_.wait(lock, [this] { return ends_ || !jobs_.empty(); });
      if (ends_) return;
      {
        const auto [job, fault] = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        perform(job, fault);
      }  // what a job holds goes without the lock
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wakes_;
  std::deque<std::pair<Job, Fault>> jobs_;
  bool ends_ = false;
  std::thread thread_;  ///< last: it uses the others
};

}  // namespace defilada::app::studio
