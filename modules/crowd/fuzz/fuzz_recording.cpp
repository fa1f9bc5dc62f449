// SPDX-License-Identifier: MIT
// RecordingReader never crashes; frames that it gives have people by their ids.
#include <cmath>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/crowd/recording.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using defilada::crowd::RecordingReader;
  auto reader = RecordingReader::read(
      std::make_unique<std::istringstream>(std::string(reinterpret_cast<const char*>(data), size)));
  if (!reader) return 0;
  // A hostile index may claim many frames in few bytes.
  for (std::size_t i = 0; i < reader->frames() && i < 1000; i += 7) {
    const auto frame = reader->frame(i);
    if (!frame) continue;
    for (std::size_t p = 0; p < frame->size(); ++p) {
      DEFILADA_CHECK(std::isfinite((*frame)[p].x) && std::isfinite((*frame)[p].y));
      DEFILADA_CHECK(p == 0 || (*frame)[p - 1].id < (*frame)[p].id);
    }
  }
  return 0;
}
