// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace defilada::app::studio {

/// A folder for files that are gone with it.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  /// "" where the machine has no room for one.
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace defilada::app::studio
