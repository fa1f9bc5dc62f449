// SPDX-License-Identifier: MIT
#include "defilada/core/interrupt.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace defilada {
namespace {

TEST(Interrupt, TheFirstSignalRaisesTheFlag) {
  const InterruptGuard guard;
  EXPECT_FALSE(interrupted());
  EXPECT_TRUE(check_interrupt().has_value());
  ::raise(SIGINT);
  EXPECT_TRUE(interrupted());
  ASSERT_FALSE(check_interrupt().has_value());
  EXPECT_EQ(exit_status(check_interrupt().error().code), 130);
}

TEST(Interrupt, SoDoTheEndOfASessionAndTheManagerOfServices) {
  for (const int signal : {SIGTERM, SIGHUP}) {
    const InterruptGuard guard;
    ::raise(signal);
    EXPECT_TRUE(interrupted()) << signal;
  }
}

TEST(Interrupt, ANewGuardStartsAfresh) {
  {
    const InterruptGuard guard;
    ::raise(SIGINT);
  }
  const InterruptGuard guard;
  EXPECT_FALSE(interrupted());
}

/// The wait status of a child that runs `work`.
template <typename Work>
int status_of_child(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST(Interrupt, TheSecondSignalKills) {
  const int status = status_of_child([] {
    const InterruptGuard guard;
    ::raise(SIGINT);
    ::raise(SIGINT);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGINT);
}

TEST(Interrupt, AnotherSecondSignalKillsToo) {
  const int status = status_of_child([] {
    const InterruptGuard guard;
    ::raise(SIGINT);
    ::raise(SIGTERM);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGTERM);
}

TEST(Interrupt, TheFormerHandlingComesBack) {
  const int status = status_of_child([] {
    { const InterruptGuard guard; }
    ::raise(SIGINT);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGINT);
}

TEST(Interrupt, WhatWasIgnoredStaysIgnored) {
  const int status = status_of_child([] {
    ::signal(SIGINT, SIG_IGN);
    const InterruptGuard guard;
    ::raise(SIGINT);
    ::raise(SIGINT);
    if (interrupted()) ::_exit(1);
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Interrupt, EachIgnoredOneStaysIgnored) {
  const int status = status_of_child([] {
    ::signal(SIGHUP, SIG_IGN);
    const InterruptGuard guard;
    ::raise(SIGHUP);
    ::raise(SIGHUP);
    if (interrupted()) ::_exit(1);
    ::raise(SIGTERM);
    if (!interrupted()) ::_exit(2);
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(InterruptDeathTest, OneGuardAtATime) {
  EXPECT_DEATH(
      {
        const InterruptGuard one;
        const InterruptGuard two;
      },
      "fault of the program");
}

}  // namespace
}  // namespace defilada
