// SPDX-License-Identifier: MIT
#include "csv.hpp"

#include <csv.h>

#include <new>

namespace defilada::comparison {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// As the first line has it: spreadsheets write semicolons where the comma is a decimal one, and
/// tabs into what is copied.
unsigned char separator_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const auto has = [&](char c) { return line.find(c) != std::string_view::npos; };
  if (has(',')) return ',';
  return has(';') ? ';' : has('\t') ? '\t' : ',';
}

/// libcsv with the place of each field: it is fed byte by byte, so that when it tells the end of a
/// field, the place is known.
class Splitter {
 public:
  explicit Splitter(unsigned char separator) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, separator);
  }
  ~Splitter() { csv_free(&parser_); }
  Splitter(const Splitter&) = delete;
  Splitter& operator=(const Splitter&) = delete;

  CsvTable split(std::string_view text) {
    at_ = begin_ = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    for (; at_ < text.size(); ++at_) {
      if (csv_parse(&parser_, &text[at_], 1, on_field, on_row, this) != 1) return fault();
    }
    if (csv_fini(&parser_, on_field, on_row, this) != 0) return fault();
    return std::move(table_);
  }

 private:
  static void on_field(void* text, std::size_t size, void* self) {
    auto& splitter = *static_cast<Splitter*>(self);
    splitter.row_.push_back({std::string(static_cast<const char*>(text), size),
                             static_cast<std::uint32_t>(splitter.begin_),
                             static_cast<std::uint32_t>(splitter.at_)});
    splitter.begin_ = splitter.at_ + 1;
  }
  static void on_row(int, void* self) {
    auto& splitter = *static_cast<Splitter*>(self);
    const bool empty = splitter.row_.size() == 1 && splitter.row_.front().text.empty();
    if (!empty) splitter.table_.rows.push_back(std::move(splitter.row_));
    splitter.row_.clear();
    splitter.begin_ = splitter.at_ + 1;
  }
  CsvTable fault() {
    if (csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
    table_.sound = false;
    table_.fault_at = static_cast<std::uint32_t>(begin_);
    return std::move(table_);
  }

  csv_parser parser_{};
  CsvTable table_;
  CsvRow row_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
};

}  // namespace

CsvTable read_csv(std::string_view text) {
  return Splitter(separator_of(text)).split(text);
}

}  // namespace defilada::comparison
