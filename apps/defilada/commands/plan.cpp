// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "perform.hpp"

namespace defilada::app {

int plan_command(const Options& options, Console& console) {
  return perform(options, {.plan_file = true}, console);
}

}  // namespace defilada::app
