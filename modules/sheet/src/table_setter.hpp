// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/sheet/document.hpp"
#include "pages.hpp"
#include "typesetter.hpp"

namespace defilada::sheet {

/// A table whose columns have their widths and whose cells have their lines.
class SetTable {
 public:
  SetTable(const Table& table, double width_pt, Typesetter& setter);

  [[nodiscard]] std::size_t rows() const noexcept { return rows_.size(); }
  [[nodiscard]] double header_height() const noexcept { return header_height_; }
  [[nodiscard]] double row_height(std::size_t row) const noexcept { return rows_[row].height; }
  [[nodiscard]] double height() const noexcept;

  [[nodiscard]] Canvas header() const;
  [[nodiscard]] Canvas row(std::size_t row) const;
  /// All of it, for what no page break cuts.
  [[nodiscard]] Canvas whole() const;

  /// On pages: the header again on each, no heading of a group and no total by itself at a page's
  /// end or beginning, rows taller than a page cut between lines.
  void flow(Flow& flow) const;

 private:
  struct SetCell {
    TextBlock* text = nullptr;
    Ink swatch = Ink::none;
  };
  struct SetRow {
    std::vector<SetCell> cells;
    double baseline = 0;  ///< of the first line of every cell, from the top of the row
    double height = 0;
  };

  void set_cells(Typesetter& setter);
  void choose_widths();
  void share_rest(std::vector<double>& natural, double rest);
  void wrap_cells();
  [[nodiscard]] double indent(const SetCell& cell) const noexcept;
  [[nodiscard]] std::vector<double> natural_widths() const;
  [[nodiscard]] double needed_from(std::size_t row) const noexcept;
  void flow_tall_row(std::size_t row, Flow& flow) const;

  const Table& table_;
  double width_;
  double size_;
  double padding_;
  double gap_;                  ///< between columns
  std::vector<double> x_;       ///< of each column
  std::vector<double> widths_;  ///< of each column
  std::vector<TextBlock*> headings_;
  std::vector<double> heading_words_;  ///< width of the longest word of each heading
  double header_height_ = 0;
  std::vector<SetRow> rows_;
};

}  // namespace defilada::sheet
