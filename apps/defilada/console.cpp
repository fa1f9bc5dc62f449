// SPDX-License-Identifier: MIT
#include "console.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "defilada/core/terminal.hpp"

namespace defilada::app {
namespace {

/// 0, or the error number of the write that failed.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Takes the number of a closed standard stream, opened the wrong way round, so that its use fails
/// as it would have.
void occupy(int fd, int wrong_way) {
  if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
    const int opened = ::open("/dev/null", wrong_way);
    if (opened >= 0 && opened != fd) ::close(opened);
  }
}

}  // namespace

void prepare_streams() {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  occupy(STDIN_FILENO, O_WRONLY);
  occupy(STDOUT_FILENO, O_RDONLY);
  occupy(STDERR_FILENO, O_RDONLY);
}

Console::Console(Modes modes) : modes_(std::move(modes)), words_(modes_.language) {
  colours_results_ = modes_.colour && !modes_.json && wants_escapes(STDOUT_FILENO);
  colours_messages_ = modes_.colour && wants_escapes(STDERR_FILENO);
}

void Console::print(std::string_view text) {
  if (reader_gone_ || !state_) return;
  const int failed = write_all(STDOUT_FILENO, text);
  if (failed == EPIPE) {
    reader_gone_ = true;  // `| head`: the person has seen enough
  } else if (failed != 0) {
    state_ = fail(Errc::environment,
                  phrase("cannot write to standard output: {}", system_reason(failed)));
  }
}

void Console::tell(std::string_view text) const {
  static_cast<void>(write_all(STDERR_FILENO, text));
}

std::size_t Console::screen_rows() const {
  constexpr std::size_t kOfAFile = 40;
  constexpr int kOfThePrompt = 2;
  const int rows = ::isatty(STDERR_FILENO) == 1 ? terminal_rows(STDERR_FILENO) : 0;
  return rows > kOfThePrompt ? static_cast<std::size_t>(rows - kOfThePrompt) : kOfAFile;
}

std::size_t Console::message_columns() const {
  return ::isatty(STDERR_FILENO) == 1 ? static_cast<std::size_t>(terminal_columns(STDERR_FILENO))
                                      : 0;
}

}  // namespace defilada::app
