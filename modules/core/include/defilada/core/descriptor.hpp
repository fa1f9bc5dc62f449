// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

#include <utility>

namespace defilada {

/// Owns an open file descriptor of the system; negative: none. Closed at the end of its life.
class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] bool open() const noexcept { return fd_ >= 0; }
  [[nodiscard]] int get() const noexcept { return fd_; }
  /// The result of close(2), which may be the first to tell that a write failed.
  [[nodiscard]] int close() noexcept { return ::close(std::exchange(fd_, -1)); }
  /// Closes what it has and owns `fd` from now on.
  void reset(int fd) noexcept {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_;
};

}  // namespace defilada
