// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "perform.hpp"

namespace defilada::app {

int run_command(const Options& options, Console& console) {
  return perform(options,
                 {.plan_file = true,
                  .sheet = true,
                  .playback = true,
                  .brief = true,
                  .safety = true,
                  .summary_file = true},
                 console);
}

}  // namespace defilada::app
