// SPDX-License-Identifier: MIT
// The reader never crashes, nor does the verifier on what it returns; what it returns is written
// back as it was read.
#include <cstddef>
#include <cstdint>
#include <string>

#include "defilada/certificate/verify.hpp"
#include "defilada/core/check.hpp"
#include "packing.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace defilada;
  // Packed bytes are hard to hit: what is not gzip counts as what would be inside.
  std::string packed(reinterpret_cast<const char*>(data), size);
  if (size < 2 || data[0] != 0x1f || data[1] != 0x8b) packed = certificate::pack(packed);
  const auto read = certificate::read(packed, 1 << 20);
  if (!read) return 0;
  const auto verdict = certificate::verify(*read);
  DEFILADA_CHECK(verdict.holds == verdict.reason.empty());
  DEFILADA_CHECK(certificate::read(certificate::write(*read)).has_value());
  return 0;
}
