// SPDX-License-Identifier: MIT
#include "commands.hpp"
#include "defilada/show/read.hpp"

namespace defilada::app {

int schema_command(const Options&, Console& console) {
  std::string schema = show::json_schema();
  if (!schema.ends_with('\n')) schema += '\n';
  console.print(schema);
  return 0;
}

}  // namespace defilada::app
