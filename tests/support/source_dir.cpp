// SPDX-License-Identifier: MIT
#include "source_dir.hpp"

namespace defilada::test {

const char* source_dir() {
  return DEFILADA_SOURCE_DIR;
}

}  // namespace defilada::test
