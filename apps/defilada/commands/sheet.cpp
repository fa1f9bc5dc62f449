// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "perform.hpp"

namespace defilada::app {

int sheet_command(const Options& options, Console& console) {
  return perform(options, {.sheet = true}, console);
}

}  // namespace defilada::app
