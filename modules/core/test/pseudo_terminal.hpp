// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

namespace defilada::test {

/// Runs `work` in a child process whose standard error is a new terminal (or a pipe) and returns
/// what it wrote there.
template <typename Work>
std::string output_of_child(bool terminal, Work work) {
  std::array<int, 2> ends{-1, -1};  // ours, the child's
  if (terminal) {
    ends[0] = ::posix_openpt(O_RDWR | O_NOCTTY);
    EXPECT_EQ(::grantpt(ends[0]) | ::unlockpt(ends[0]), 0);
    ends[1] = ::open(::ptsname(ends[0]), O_RDWR | O_NOCTTY);
  } else {
    EXPECT_EQ(::pipe(ends.data()), 0);
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    work();
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string output;
  std::array<char, 4096> part{};
  // At its end a pipe reads as 0 bytes, a terminal as an error.
  for (ssize_t n = 0; (n = ::read(ends[0], part.data(), part.size())) > 0;) {
    output.append(part.data(), static_cast<std::size_t>(n));
  }
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  return output;
}

}  // namespace defilada::test
