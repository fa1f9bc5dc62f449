// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "defilada/certificate/certificate.hpp"

/// Steps as bytes: one for the step, four for each number behind it.
namespace defilada::certificate {

class StepReader {
 public:
  explicit StepReader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] std::optional<Step> step() {
    if (at_ == bytes_.size()) return {};
    const auto byte = static_cast<std::uint8_t>(bytes_[at_++]);
    if (byte > static_cast<std::uint8_t>(Step::one_path)) return {};
    return static_cast<Step>(byte);
  }
  [[nodiscard]] std::optional<float> number() {
    if (bytes_.size() - at_ < 4) return {};
    std::uint32_t bits = 0;
    for (unsigned i = 0; i < 4; ++i) {
      bits |= std::uint32_t{static_cast<std::uint8_t>(bytes_[at_ + i])} << (8 * i);
    }
    at_ += 4;
    return std::bit_cast<float>(bits);
  }
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t position() const { return at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

class StepWriter {
 public:
  void step(Step step) { bytes_ += static_cast<char>(step); }
  void number(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned i = 0; i < 4; ++i) bytes_ += static_cast<char>(bits >> (8 * i) & 0xff);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Instant at which a stretch is halved.
[[nodiscard]] inline double middle(double from_s, double to_s) {
  return from_s + 0.5 * (to_s - from_s);
}

}  // namespace defilada::certificate
