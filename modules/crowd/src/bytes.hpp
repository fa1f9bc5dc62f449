// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

/// Little-endian numbers in a string of bytes.
namespace defilada::crowd {

template <typename T>
void put_number(std::string& out, T value) {
  if constexpr (std::is_same_v<T, double>) {
    put_number(out, std::bit_cast<std::uint64_t>(value));
  } else {
    for (std::size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
  }
}

/// Takes numbers off the front; after the first that is not there everything is 0 and good() false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

  template <typename T>
  T number() {
    if constexpr (std::is_same_v<T, double>) {
      return std::bit_cast<double>(number<std::uint64_t>());
    } else {
      const std::string_view part = take(sizeof(T));
      std::uint64_t value = 0;
      for (std::size_t i = 0; i < part.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(part[i])} << (8 * i);
      }
      return static_cast<T>(value);
    }
  }
  /// Empty if there are not so many.
  std::string_view take(std::size_t count) {
    if (bytes_.size() < count) {
      good_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view out = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return out;
  }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

}  // namespace defilada::crowd
