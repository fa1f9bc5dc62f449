// SPDX-License-Identifier: MIT
#include "table_setter.hpp"

#include <algorithm>
#include <numeric>

namespace defilada::sheet {
namespace {

constexpr double kFlexLeast = 34;  // pt: a column of text is never narrower
constexpr double kFitMost = 0.28;  // of the table: a column of figures is never wider
constexpr double kSwatch = 5.2;    // pt
constexpr double kSwatchGap = 4;
constexpr double kBar = 2.2;  // pt, the bar of a marked row
constexpr double kHair = 0.35;

TextStyle heading_style(double size, Align align) {
  return {
      .size_pt = size * 0.86, .bold = true, .ink = Ink::faint, .align = align, .line_height = 1.16};
}

}  // namespace

SetTable::SetTable(const Table& table, double width_pt, Typesetter& setter)
    : table_(table),
      width_(width_pt * table.width),
      size_(table.compact ? 7.2 : 8.4),
      padding_(table.compact ? 1.2 : 2.6),
      gap_(table.compact ? 6 : 8) {
  set_cells(setter);
  choose_widths();
  wrap_cells();
}

double SetTable::indent(const SetCell& cell) const noexcept {
  return cell.swatch == Ink::none ? 0 : kSwatch + kSwatchGap;
}

void SetTable::set_cells(Typesetter& setter) {
  for (const Column& column : table_.columns) {
    const TextStyle style = heading_style(size_, column.align);
    headings_.push_back(&setter.set(column.heading, style));
    double longest = 0;
    for (std::size_t begin = 0; begin < column.heading.size();) {
      const std::size_t end = std::min(column.heading.find(' ', begin), column.heading.size());
      longest = std::max(
          longest, setter.set(column.heading.substr(begin, end - begin), style).natural_width());
      begin = end + 1;
    }
    heading_words_.push_back(longest);
  }
  for (const Row& row : table_.rows) {
    SetRow& set = rows_.emplace_back();
    for (std::size_t i = 0; i < row.cells.size() && i < table_.columns.size(); ++i) {
      const bool group = row.kind == Row::Kind::group;
      const TextStyle style{.size_pt = size_,
                            .bold = row.kind != Row::Kind::body,
                            .align = group ? Align::start : table_.columns[i].align,
                            .line_height = table_.compact ? 1.2 : 1.26};
      set.cells.push_back({&setter.set(row.cells[i].text, style), row.cells[i].swatch});
    }
  }
}

std::vector<double> SetTable::natural_widths() const {
  std::vector<double> natural = heading_words_;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (table_.rows[r].kind == Row::Kind::group) continue;
    for (std::size_t i = 0; i < rows_[r].cells.size(); ++i) {
      const SetCell& cell = rows_[r].cells[i];
      natural[i] = std::max(natural[i], cell.text->natural_width() + indent(cell));
    }
  }
  return natural;
}

/// Flexible columns share what is left by their weights; one that needs less gives the rest back.
void SetTable::share_rest(std::vector<double>& natural, double rest) {
  std::vector<bool> settled(natural.size(), false);
  double weights = 0;
  for (std::size_t i = 0; i < natural.size(); ++i) {
    settled[i] = table_.columns[i].flex == 0;
    weights += table_.columns[i].flex;
  }
  for (bool changed = true; changed && weights > 0;) {
    changed = false;
    for (std::size_t i = 0; i < natural.size(); ++i) {
      if (settled[i] || natural[i] > rest * table_.columns[i].flex / weights) continue;
      settled[i] = changed = true;
      widths_[i] = natural[i];
      rest -= natural[i];
      weights -= table_.columns[i].flex;
    }
  }
  for (std::size_t i = 0; i < natural.size(); ++i) {
    if (!settled[i]) widths_[i] = std::max(kFlexLeast, rest * table_.columns[i].flex / weights);
  }
}

void SetTable::choose_widths() {
  std::vector<double> natural = natural_widths();
  widths_.assign(natural.size(), 0);
  const double gaps = gap_ * static_cast<double>(natural.size() - 1);
  double fixed = 0;
  std::size_t flexible = 0;
  for (std::size_t i = 0; i < natural.size(); ++i) {
    if (table_.columns[i].flex > 0) {
      ++flexible;
    } else {
      widths_[i] = std::min(natural[i], kFitMost * width_);
      fixed += widths_[i];
    }
  }
  const double most = width_ - gaps - kFlexLeast * static_cast<double>(flexible);
  if (fixed > most) {
    for (double& width : widths_) width *= most / fixed;
    fixed = most;
  }
  share_rest(natural, width_ - gaps - fixed);
  // Where everything is narrow, the widest flexible columns take what is left.
  const double used = std::accumulate(widths_.begin(), widths_.end(), gaps);
  double flex = 0;
  for (const Column& column : table_.columns) flex += column.flex;
  for (std::size_t i = 0; i < widths_.size() && flex > 0 && used < width_; ++i) {
    widths_[i] += (width_ - used) * table_.columns[i].flex / flex;
  }
  double x = 0;
  for (const double width : widths_) {
    x_.push_back(x);
    x += width + gap_;
  }
}

void SetTable::wrap_cells() {
  double tallest = 0;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    headings_[i]->wrap(widths_[i]);
    tallest = std::max(tallest, headings_[i]->height());
  }
  header_height_ = table_.headings ? tallest + 3.2 : 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    SetRow& row = rows_[r];
    const bool group = table_.rows[r].kind == Row::Kind::group;
    const double above = padding_ + (group ? 6 : 0);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      row.cells[i].text->wrap(group ? width_ : std::max(8.0, widths_[i] - indent(row.cells[i])));
      row.baseline = std::max(row.baseline, above + row.cells[i].text->first_baseline());
    }
    for (const SetCell& cell : row.cells) {
      const double below = cell.text->height() - cell.text->first_baseline();
      row.height = std::max(row.height, row.baseline + below + padding_);
    }
  }
}

double SetTable::height() const noexcept {
  double height = header_height_;
  for (const SetRow& row : rows_) height += row.height;
  return height;
}

Canvas SetTable::header() const {
  Canvas canvas{.height = header_height_};
  if (!table_.headings) return canvas;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    // Headings stand on one line at the bottom.
    canvas.add_text(*headings_[i], x_[i], header_height_ - 2.6 - headings_[i]->height());
  }
  canvas.add(RectangleMark{0, header_height_ - 0.7, width_, 0.7, Ink::text});
  return canvas;
}

Canvas SetTable::row(std::size_t index) const {
  const SetRow& set = rows_[index];
  const Row& row = table_.rows[index];
  Canvas canvas{.height = set.height};
  for (std::size_t i = 0; i < set.cells.size(); ++i) {
    const SetCell& cell = set.cells[i];
    if (cell.swatch != Ink::none) {
      canvas.add(RectangleMark{x_[i], set.baseline - kSwatch, kSwatch, kSwatch, cell.swatch});
    }
    canvas.add_text(*cell.text, x_[i] + indent(cell), set.baseline - cell.text->first_baseline());
  }
  if (row.marked) canvas.add(RectangleMark{-2.2 * kBar, 0.8, kBar, set.height - 1.6, Ink::accent});
  if (row.kind == Row::Kind::total) {
    canvas.add(RectangleMark{0, 0, width_, 0.7, Ink::text});
  } else {
    const Ink ink = row.kind == Row::Kind::group ? Ink::text : Ink::rule;
    canvas.add(RectangleMark{0, set.height - kHair, width_, kHair, ink});
  }
  if (!row.id.empty()) canvas.add(TargetMark{row.id, "", 0, 0, 0});
  return canvas;
}

Canvas SetTable::whole() const {
  Canvas canvas;
  canvas.append(header(), 0, 0);
  double y = header_height_;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    canvas.append(row(r), 0, y);
    y += rows_[r].height;
  }
  canvas.height = y;
  return canvas;
}

/// Height that must be left before row `r` is begun: a group's heading keeps its first row, a row
/// keeps the total that follows.
double SetTable::needed_from(std::size_t r) const noexcept {
  double height = rows_[r].height;
  for (; r + 1 < rows_.size(); ++r) {
    const bool keep =
        table_.rows[r].kind == Row::Kind::group || table_.rows[r + 1].kind == Row::Kind::total;
    if (!keep) break;
    height += rows_[r + 1].height;
  }
  return height;
}

void SetTable::flow(Flow& flow) const {
  if (rows_.empty()) return;
  flow.need(header_height_ + std::min(needed_from(0), flow.frame().height / 2));
  flow.place(header());
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const double page = flow.frame().height - header_height_;
    if (rows_[r].height > page) {
      flow_tall_row(r, flow);
      continue;
    }
    if (!flow.fits(std::min(needed_from(r), page))) {
      flow.new_page(flow.landscape());
      flow.place(header());
    }
    flow.place(row(r));
  }
}

void SetTable::flow_tall_row(std::size_t r, Flow& flow) const {
  const SetRow& row = rows_[r];
  std::vector<std::size_t> next(row.cells.size(), 0);
  const auto unfinished = [&] {
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (next[i] < row.cells[i].text->lines().size()) return true;
    }
    return false;
  };
  while (unfinished()) {
    const double room = flow.room() - 2 * padding_;
    Canvas canvas;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& lines = row.cells[i].text->lines();
      if (next[i] >= lines.size()) continue;
      const double top = lines[next[i]].top;
      std::size_t last = next[i];
      while (last < lines.size() && lines[last].bottom - top <= room) ++last;
      canvas.add(
          TextMark{row.cells[i].text, next[i], last, x_[i] + indent(row.cells[i]), padding_});
      if (last > next[i])
        canvas.height = std::max(canvas.height, lines[last - 1].bottom - top + 2 * padding_);
      next[i] = last;
    }
    if (table_.rows[r].marked) {
      canvas.add(RectangleMark{-2.2 * kBar, 0.8, kBar, canvas.height - 1.6, Ink::accent});
    }
    flow.place(std::move(canvas));
    if (!unfinished()) break;
    flow.new_page(flow.landscape());
    flow.place(header());
  }
}

}  // namespace defilada::sheet
