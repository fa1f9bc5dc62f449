// SPDX-License-Identifier: MIT
#include "defilada/core/source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "defilada/core/check.hpp"

namespace defilada {
namespace {

bool continues_code_point(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

FileId Sources::add(std::string name, std::string text) {
  DEFILADA_CHECK(text.size() < UINT32_MAX);
  std::vector<std::uint32_t> line_starts{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  files_.push_back({std::move(name), std::move(text), std::move(line_starts)});
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const Sources::File* Sources::find(FileId file) const {
  if (file.value == UINT32_MAX) return nullptr;
  DEFILADA_CHECK(file.value < files_.size());
  return &files_[file.value];
}

std::string_view Sources::name(FileId file) const {
  const File* const found = find(file);
  return found == nullptr ? std::string_view{} : found->name;
}

std::string_view Sources::text(FileId file) const {
  const File* const found = find(file);
  return found == nullptr ? std::string_view{} : found->text;
}

std::string_view Sources::text(Span span) const {
  const std::string_view whole = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

Position Sources::position(FileId file, std::uint32_t offset) const {
  const File* const found = find(file);
  if (found == nullptr) return {};
  const std::string_view text = found->text;
  std::size_t at = std::min<std::size_t>(offset, text.size());
  const auto after = std::upper_bound(found->line_starts.begin(), found->line_starts.end(), at);
  const std::size_t start = *(after - 1);
  while (at > start && at < text.size() && continues_code_point(text[at])) --at;
  const std::string_view before = text.substr(start, at - start);
  const auto code_points = std::count_if(before.begin(), before.end(),
                                         [](char byte) { return !continues_code_point(byte); });
  return {static_cast<int>(after - found->line_starts.begin()), static_cast<int>(code_points) + 1};
}

std::string_view Sources::line(FileId file, std::uint32_t offset) const {
  const File* const found = find(file);
  if (found == nullptr) return {};
  const std::string_view text = found->text;
  const std::size_t at = std::min<std::size_t>(offset, text.size());
  const auto after = std::upper_bound(found->line_starts.begin(), found->line_starts.end(), at);
  const std::size_t start = *(after - 1);
  std::size_t end = after == found->line_starts.end() ? text.size() : *after - 1;
  if (end > start && text[end - 1] == '\r') --end;
  return text.substr(start, end - start);
}

std::string Sources::where(Span span) const {
  if (!span.known()) return {};
  const Position place = position(span);
  return fmt::format("{}:{}:{}", name(span.file), place.line, place.column);
}

}  // namespace defilada
