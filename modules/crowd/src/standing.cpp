// SPDX-License-Identifier: MIT
#include "standing.hpp"

#include <cstring>

namespace defilada::crowd {
namespace {

constexpr std::uint64_t kPlaceBits = 32;
constexpr std::uint64_t kPlaceMask = (std::uint64_t{1} << kPlaceBits) - 1;

/// Adds `step` to the begins of all cells behind each of the cells, which ascend.
template <class CellOf>
void shift(std::vector<std::uint32_t>& begin, std::size_t count, std::uint32_t step,
           const CellOf& cell_of) {
  std::uint32_t sum = 0;
  for (std::size_t k = 0; k < count; ++k) {
    sum += step;
    const std::size_t last = k + 1 < count ? cell_of(k + 1) + std::size_t{1} : begin.size();
    for (std::size_t c = cell_of(k) + std::size_t{1}; c < last; ++c) begin[c] += sum;
  }
}

template <class T>
void move_run(std::vector<T>& column, std::size_t from, std::size_t to, std::size_t count) {
  if (count > 0) std::memmove(column.data() + to, column.data() + from, count * sizeof(T));
}

template <class T>
void merge_column(const StandingChanges& s, std::vector<std::uint64_t>& buffer,
                  std::vector<T>& column) {
  T* const came = reinterpret_cast<T*>(buffer.data());
  for (std::size_t k = 0; k < s.order.size(); ++k) came[k] = column[s.order[k] & kPlaceMask];
  for (std::size_t k = 0; k < s.gone.size(); ++k) {
    const std::size_t last = k + 1 < s.gone.size() ? s.gone[k + 1] : s.sorted;
    move_run(column, s.gone[k] + std::size_t{1}, s.gone[k] - k, last - s.gone[k] - 1);
  }
  std::size_t end = s.sorted - s.gone.size();
  for (std::size_t k = s.order.size(); k > 0; --k) {
    const std::size_t at = s.before[k - 1];
    move_run(column, at, at + k, end - at);
    column[at + k - 1] = came[k - 1];
    end = at;
  }
}

}  // namespace

void merge(const Grid& grid, StandingChanges& s, Columns& people,
           std::vector<std::uint32_t>& begin) {
  begin.resize(grid.cells() + std::size_t{1});
  std::sort(s.gone.begin(), s.gone.end());
  s.gone.erase(std::unique(s.gone.begin(), s.gone.end()), s.gone.end());
  // Who came and goes at once is not merged in at all.
  const auto first_new = std::lower_bound(s.gone.begin(), s.gone.end(), s.sorted);
  auto gone_new = first_new;
  s.order.clear();
  for (std::size_t i = s.sorted; i < people.size; ++i) {
    if (gone_new != s.gone.end() && *gone_new == i) {
      ++gone_new;
      continue;
    }
    const std::uint64_t cell = grid.cell(people.level[i], people.x[i], people.y[i]);
    s.order.push_back((cell << kPlaceBits) | i);
  }
  s.gone.erase(first_new, s.gone.end());
  std::sort(s.order.begin(), s.order.end());
  shift(begin, s.gone.size(), ~0U, [&](std::size_t k) {
    const std::uint32_t i = s.gone[k];
    return grid.cell(people.level[i], people.x[i], people.y[i]);
  });
  const auto cell_of = [&](std::size_t k) {
    return static_cast<std::uint32_t>(s.order[k] >> kPlaceBits);
  };
  s.before.clear();
  for (std::size_t k = 0; k < s.order.size(); ++k) s.before.push_back(begin[cell_of(k) + 1]);
  shift(begin, s.order.size(), 1, cell_of);
  s.buffer.resize(s.order.size());
  for_columns(people, [&](auto& column) { merge_column(s, s.buffer, column); });
  people.resize(s.sorted - s.gone.size() + s.order.size());
  s.sorted = people.size;
  s.gone.clear();
}

}  // namespace defilada::crowd
