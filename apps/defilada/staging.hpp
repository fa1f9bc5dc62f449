// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "defilada/core/result.hpp"

namespace defilada::app {

/// A folder inside the destination in which new files grow, until all of them are there. It goes
/// with its end; what killed processes left behind is cleared when the next one starts.
class Staging {
 public:
  /// Makes `folder` if it is missing. Errors (environment): it is a file, or cannot be written to.
  static Result<Staging> in(const std::filesystem::path& folder);

  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&&) = delete;
  ~Staging();

  [[nodiscard]] std::filesystem::path path_of(const std::string& name) const;
  /// The error as it reads to somebody who knows the folder only.
  [[nodiscard]] Error told(Error error) const;

 private:
  Staging(std::filesystem::path folder, std::filesystem::path place);

  std::filesystem::path folder_;
  std::filesystem::path place_;  ///< empty once moved from
};

}  // namespace defilada::app
