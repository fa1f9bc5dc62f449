// SPDX-License-Identifier: MIT
#include "template.hpp"

#ifdef DEFILADA_PLAYER_FILE
// The assembler copies the file into the object: a compiler takes minutes over an array that long.
__asm__(
    ".pushsection .rodata\n"
    ".global defilada_player_begin\n"
    ".global defilada_player_end\n"
    "defilada_player_begin:\n"
    ".incbin \"" DEFILADA_PLAYER_FILE
    "\"\n"
    "defilada_player_end:\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" const char defilada_player_begin[];
extern "C" const char defilada_player_end[];

namespace defilada::playback {
std::string_view player_template() noexcept {
  return {defilada_player_begin, defilada_player_end};
}
}  // namespace defilada::playback
#else
namespace defilada::playback {
std::string_view player_template() noexcept {
  return {};
}
}  // namespace defilada::playback
#endif
