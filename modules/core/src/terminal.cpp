// SPDX-License-Identifier: MIT
#include "defilada/core/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "display.hpp"

namespace defilada {
namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

}  // namespace

bool wants_escapes(int fd) {
  const std::string_view term = environment("TERM");
  return ::isatty(fd) == 1 && environment("NO_COLOR").empty() && !term.empty() && term != "dumb";
}

std::string printable(std::string_view text) {
  return display::printable(text);
}

int terminal_columns(int fd) {
  struct winsize size {};
  const bool known = ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

int terminal_rows(int fd) {
  struct winsize size {};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

}  // namespace defilada
