// SPDX-License-Identifier: MIT
#include "version.hpp"

#include <fmt/format.h>

#include "commands.hpp"
#include "summary.hpp"

namespace defilada::app {

const char* const kVersion = DEFILADA_VERSION;

int version_command(const Options&, Console& console) {
  console.print(console.json() ? version_json() : fmt::format("defilada {}\n", kVersion));
  return 0;
}

}  // namespace defilada::app
