// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace defilada::playback {

/// Reads a block as docs/formats.md describes it, and knows nothing of how it was written.
class Decoded {
 public:
  explicit Decoded(std::string_view bytes);

  nlohmann::json head;

  [[nodiscard]] std::size_t movers() const { return whole("mover_path").size(); }
  /// Position of a mover, m; nullopt outside its track.
  [[nodiscard]] std::optional<std::array<double, 3>> at(std::size_t mover, double t_s) const;
  [[nodiscard]] const std::vector<double>& real(const std::string& name) const {
    return reals_.at(name);
  }
  [[nodiscard]] const std::vector<std::uint32_t>& whole(const std::string& name) const {
    return wholes_.at(name);
  }

 private:
  [[nodiscard]] double value(const std::string& name, std::size_t piece, double dt_s) const;

  std::map<std::string, std::vector<double>> reals_;
  std::map<std::string, std::vector<std::uint32_t>> wholes_;
};

/// The bytes behind base64 of raw deflate.
[[nodiscard]] std::string unpacked(std::string_view base64);

}  // namespace defilada::playback
