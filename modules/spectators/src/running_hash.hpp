// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace defilada::spectators {

/// The fingerprint of a run so far, with one state more. FNV-1a, of whole words.
[[nodiscard]] constexpr std::uint64_t with_state(std::uint64_t so_far, std::uint64_t state) {
  return (so_far ^ state) * 0x100000001b3U;
}

}  // namespace defilada::spectators
