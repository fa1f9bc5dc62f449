// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

/// Hashes that tell damage and difference, not who caused them. FNV-1a, 64 bit: G. Fowler, L. C.
/// Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm" (IETF draft).
namespace defilada {

inline constexpr std::uint64_t kHashBegin = 0xcbf29ce484222325U;
inline constexpr std::uint64_t kHashPrime = 0x100000001b3U;

/// Of bytes. Cost: linear.
[[nodiscard]] constexpr std::uint64_t fnv_1a(std::string_view bytes) noexcept {
  std::uint64_t hash = kHashBegin;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * kHashPrime;
  return hash;
}

/// Of what was hashed so far (kHashBegin: nothing) and one word more. A word at a time in place of
/// a byte; its high half is folded in, lest it never reach the low one.
[[nodiscard]] constexpr std::uint64_t hash_word(std::uint64_t so_far, std::uint64_t word) noexcept {
  const std::uint64_t hash = (so_far ^ word) * kHashPrime;
  return hash ^ (hash >> 32U);
}

}  // namespace defilada
