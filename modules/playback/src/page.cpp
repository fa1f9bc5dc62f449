// SPDX-License-Identifier: MIT
#include "defilada/playback/page.hpp"

#include <zlib.h>

#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/core/markup.hpp"
#include "defilada/playback/encode.hpp"
#include "template.hpp"

namespace defilada::playback {
namespace {

Result<std::string> deflated(std::string_view bytes) {
  constexpr int kRaw = -15;  // a window of 32 KiB, no header
  constexpr int kMemory = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kRaw, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return fail(Errc::environment, phrase("out of memory while packing the playback"));
  }
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  // zlib's pointers are not const for historical reasons; deflate does not write through next_in.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int end = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  DEFILADA_CHECK(end == Z_STREAM_END);  // deflateBound bounds what deflate writes
  return packed;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k <= bytes.size() ? kLetters[group >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return text;
}

}  // namespace

Result<std::string> deflate_base64(std::string_view bytes) {
  const Result<std::string> packed = deflated(bytes);
  if (!packed) return packed;
  return base64(*packed);
}

std::string fill(std::string_view page_template, std::string_view title, std::string_view language,
                 std::string_view data) {
  const std::string shown = escape_markup(title);
  const std::string code = escape_markup(language);
  // In the order of the page, so that what was filled in is not searched again.
  const std::pair<std::string_view, std::string_view> marks[] = {
      {"@DEFILADA_LANGUAGE@", code}, {"@DEFILADA_TITLE@", shown}, {"@DEFILADA_DATA@", data}};
  std::string page;
  page.reserve(page_template.size() + data.size() + shown.size());
  for (const auto& [mark, value] : marks) {
    const std::size_t at = page_template.find(mark);
    DEFILADA_CHECK(at != std::string_view::npos);
    page.append(page_template.substr(0, at)).append(value);
    page_template.remove_prefix(at + mark.size());
  }
  return page.append(page_template);
}

bool player_is_built() noexcept {
  return !player_template().empty();
}

Result<std::string> page(const show::Show& show, const plan::Plan& plan, std::string_view language,
                         const Crowd* crowd) {
  DEFILADA_CHECK(player_is_built());
  const Result<std::string> data = deflate_base64(encode(show, plan, language, crowd));
  if (!data) return data;
  return fill(player_template(), show.title.in(std::string(language)), language, *data);
}

}  // namespace defilada::playback
