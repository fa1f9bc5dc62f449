// SPDX-License-Identifier: MIT
#include "studio/scratch.hpp"

#include <stdlib.h>

#include <string>
#include <system_error>

namespace defilada::app::studio {

namespace fs = std::filesystem;

Scratch::Scratch() {
  std::error_code fault;
  const fs::path temporary = fs::temp_directory_path(fault);
  if (fault) return;
  std::string pattern = (temporary / "defilada-studio-XXXXXX").string();
  if (::mkdtemp(pattern.data()) != nullptr) folder_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

}  // namespace defilada::app::studio
