// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace defilada::comparison {

struct CsvField {
  std::string text;
  std::uint32_t begin = 0;  ///< byte offset of the field in the file, quotes included
  std::uint32_t end = 0;
};
using CsvRow = std::vector<CsvField>;

struct CsvTable {
  std::vector<CsvRow> rows;  ///< without empty lines
  bool sound = true;
  std::uint32_t fault_at = 0;  ///< byte offset, when not sound
};

/// Splits CSV by libcsv in its strict mode: a quote inside an unquoted field, or one that is never
/// closed, makes the table unsound. The separator is a semicolon where the first line has one and
/// no comma. A byte order mark is passed over.
[[nodiscard]] CsvTable read_csv(std::string_view text);

}  // namespace defilada::comparison
