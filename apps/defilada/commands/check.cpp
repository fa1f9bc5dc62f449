// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "perform.hpp"

namespace defilada::app {

int check_command(const Options& options, Console& console) {
  return perform(options, {}, console);
}

}  // namespace defilada::app
