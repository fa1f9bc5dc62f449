// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace defilada {

/// Index of a file in Sources. Files are never removed.
struct FileId {
  std::uint32_t value = UINT32_MAX;
  constexpr bool operator==(const FileId&) const = default;
};

/// A stretch of a source file: byte offsets in UTF-8, [begin, end). Every statement of the model
/// carries one, so that a finding can point at it and a fix can replace it.
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool known() const noexcept { return file.value != UINT32_MAX; }
  constexpr bool operator==(const Span&) const = default;
};

/// Line and column as editors count them: from 1, columns in code points.
struct Position {
  int line = 0;
  int column = 0;
};

/// The texts that were read, so that places in them can be shown. Owns names and contents; a view
/// stays good until the next add(). Lines end at LF or CR LF.
/// The unknown file (FileId{}) has no name, no text and the position {0, 0}.
class Sources {
 public:
  /// `name` is what messages print: a path relative to where the person stands. Requires a text
  /// below 4 GiB (readers cap files far below it).
  FileId add(std::string name, std::string text);

  [[nodiscard]] std::size_t size() const noexcept { return files_.size(); }
  [[nodiscard]] std::string_view name(FileId file) const;
  [[nodiscard]] std::string_view text(FileId file) const;
  [[nodiscard]] std::string_view text(Span span) const;

  /// Place of a byte offset; an offset past the end is the place after the last character, one
  /// inside a character the place of that character. Cost: the length of its line.
  [[nodiscard]] Position position(FileId file, std::uint32_t offset) const;
  [[nodiscard]] Position position(Span span) const { return position(span.file, span.begin); }
  /// The whole line (without its end) that holds `offset`.
  [[nodiscard]] std::string_view line(FileId file, std::uint32_t offset) const;
  /// "file:line:column" of the span's beginning, or "" for an unknown span.
  [[nodiscard]] std::string where(Span span) const;

 private:
  struct File {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };
  [[nodiscard]] const File* find(FileId file) const;

  std::vector<File> files_;
};

}  // namespace defilada
