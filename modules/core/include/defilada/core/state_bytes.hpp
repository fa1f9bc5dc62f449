// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// The state of something that runs as bytes, to go on from there in another process. One list of
/// members writes it and reads it back, so that the two cannot differ:
///
///     template <class Bytes>
///     void keep(Bytes& bytes) { bytes(time_s_, queue_, seen_); }
///
/// Numbers, enums and bools are little-endian; a vector, a string or an optional tells its length
/// first; anything else has a member keep(), or a function keep(bytes, value) beside its type. Not
/// a format for files that others read: nothing says which member is which.
namespace defilada {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

namespace state_bytes {
template <class T>
inline constexpr bool kPlain = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <class T>
inline constexpr bool kVector = false;
template <class T>
inline constexpr bool kVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kOptional = false;
template <class T>
inline constexpr bool kOptional<std::optional<T>> = true;
}  // namespace state_bytes

class StateWriter {
 public:
  template <class... Members>
  void operator()(Members&&... members) {
    (put(members), ...);
  }
  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  void append(const void* from, std::size_t count) {
    bytes_.append(static_cast<const char*>(from), count);
  }
  template <class T>
  void put(T& value) {
    using Value = std::remove_const_t<T>;
    if constexpr (state_bytes::kPlain<Value>) {
      append(&value, sizeof(value));
    } else if constexpr (std::is_same_v<Value, std::string>) {
      const std::uint64_t count = value.size();
      append(&count, sizeof(count));
      append(value.data(), value.size());
    } else if constexpr (std::is_same_v<Value, std::vector<bool>>) {
      const std::uint64_t count = value.size();
      append(&count, sizeof(count));
      for (const bool each : value) put(each);
    } else if constexpr (state_bytes::kVector<Value>) {
      const std::uint64_t count = value.size();
      append(&count, sizeof(count));
      if constexpr (state_bytes::kPlain<typename Value::value_type>) {
        append(value.data(), value.size() * sizeof(typename Value::value_type));
      } else {
        for (auto& each : value) put(each);
      }
    } else if constexpr (state_bytes::kOptional<Value>) {
      const bool is = value.has_value();
      put(is);
      if (is) put(*value);
    } else if constexpr (requires { value.keep(*this); }) {
      value.keep(*this);
    } else {
      keep(*this, value);
    }
  }

  std::string bytes_;
};

/// Reads what a StateWriter wrote, member by member in the same order. Laws: what was written; of
/// any other bytes something or good() false, and never more memory than a few times the bytes.
class StateReader {
 public:
  explicit StateReader(std::string_view bytes) : bytes_(bytes) {}

  template <class... Members>
  void operator()(Members&... members) {
    (get(members), ...);
  }
  /// Everything that was asked for was there.
  [[nodiscard]] bool good() const { return good_; }
  /// good(), and nothing is left.
  [[nodiscard]] bool whole() const { return good_ && bytes_.empty(); }

 private:
  bool copy(void* to, std::size_t count) {
    if (bytes_.size() < count) {
      good_ = false;
      bytes_ = {};
      return false;
    }
    if (count > 0) std::memcpy(to, bytes_.data(), count);
    bytes_.remove_prefix(count);
    return true;
  }
  /// How many there are, each of `least` bytes or more.
  std::size_t count(std::size_t least) {
    std::uint64_t number = 0;
    if (copy(&number, sizeof(number)) && number <= bytes_.size() / least) {
      return static_cast<std::size_t>(number);
    }
    good_ = false;
    bytes_ = {};
    return 0;
  }
  template <class T>
  void get(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = 0;
      copy(&byte, 1);
      if (byte > 1) good_ = false;
      value = byte == 1;
    } else if constexpr (state_bytes::kPlain<T>) {
      if (!copy(&value, sizeof(value))) value = T{};
    } else if constexpr (std::is_same_v<T, std::string>) {
      value.resize(count(1));
      copy(value.data(), value.size());
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
      value.assign(count(1), false);
      for (std::size_t k = 0; k < value.size(); ++k) {
        bool each = false;
        get(each);
        value[k] = each;
      }
    } else if constexpr (state_bytes::kVector<T>) {
      using Each = typename T::value_type;
      if constexpr (state_bytes::kPlain<Each>) {
        value.resize(count(sizeof(Each)));
        copy(value.data(), value.size() * sizeof(Each));
      } else {
        value.clear();
        const std::size_t number = count(1);
        for (std::size_t k = 0; k < number && good_; ++k) get(value.emplace_back());
      }
    } else if constexpr (state_bytes::kOptional<T>) {
      bool is = false;
      get(is);
      value.reset();
      if (is) get(value.emplace());
    } else if constexpr (requires { value.keep(*this); }) {
      value.keep(*this);
    } else {
      keep(*this, value);
    }
  }

  std::string_view bytes_;
  bool good_ = true;
};

}  // namespace defilada
