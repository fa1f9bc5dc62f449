// SPDX-License-Identifier: MIT
#include "studio/client.hpp"

#include <cstdint>
#include <cstring>

#include "json_parts.hpp"

#ifdef DEFILADA_STUDIO_FILE
// The assembler copies the file into the object: a compiler takes minutes over an array that long.
__asm__(
    ".pushsection .rodata\n"
    ".global defilada_studio_begin\n"
    ".global defilada_studio_end\n"
    "defilada_studio_begin:\n"
    ".incbin \"" DEFILADA_STUDIO_FILE
    "\"\n"
    "defilada_studio_end:\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" const char defilada_studio_begin[];
extern "C" const char defilada_studio_end[];
#endif

namespace defilada::app::studio {
namespace {

/// studio/one-file.ts writes it: u32 length of a JSON table, the table, the files' bytes.
std::map<std::string, ClientFile> unpacked(std::string_view pack) {
  std::map<std::string, ClientFile> files;
  std::uint32_t length = 0;
  if (pack.size() < sizeof length) return files;
  std::memcpy(&length, pack.data(), sizeof length);
  const std::string_view bytes = pack.substr(sizeof length + length);
  for (const Json& row : Json::parse(pack.substr(sizeof length, length))) {
    files[row["name"].get<std::string>()] = {
        row["type"].get<std::string>(),
        bytes.substr(row["offset"].get<std::size_t>(), row["size"].get<std::size_t>())};
  }
  return files;
}

}  // namespace

const std::map<std::string, ClientFile>& client_files() {
#ifdef DEFILADA_STUDIO_FILE
  static const auto files = unpacked({defilada_studio_begin, defilada_studio_end});
#else
  static const auto files = unpacked({});
#endif
  return files;
}

}  // namespace defilada::app::studio
