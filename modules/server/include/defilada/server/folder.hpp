// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace defilada::server {

/// A folder whose files may be read by name, and nothing outside it.
///
/// Every part of a name is opened below the part before, without following a link, so that neither
/// a link nor a race with one leads out:   root -> openat("a") -> openat("b.geojson")
class Folder {
 public:
  /// The root itself may be a link: whoever starts the program names it.
  explicit Folder(std::filesystem::path root) : root_(std::move(root)) {}

  /// The bytes of a regular file no larger than `limit_bytes`; none where there is no such file, a
  /// part of its name is a link, '.', '..', empty or hidden.
  [[nodiscard]] std::optional<std::string> read(std::string_view name,
                                                std::uint64_t limit_bytes) const;

  /// Names of regular files below it, parts joined by '/', sorted; hidden ones and links left out.
  /// At most `most`, found among the first `visited` entries of the walk, of whatever kind, in the
  /// order of the file system: a folder may be one's home.
  [[nodiscard]] std::vector<std::string> names(std::size_t most,
                                               std::size_t visited = 20'000) const;

  [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }

 private:
  std::filesystem::path root_;
};

}  // namespace defilada::server
