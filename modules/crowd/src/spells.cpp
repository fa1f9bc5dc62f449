// SPDX-License-Identifier: MIT
#include "defilada/crowd/spells.hpp"

#include <algorithm>
#include <deque>

#include "defilada/core/check.hpp"

namespace defilada::crowd {

Spells::Spells(std::size_t cells, double limit, double lasts_s)
    : limit_(static_cast<float>(limit)),
      lasts_s_(static_cast<float>(lasts_s)),
      since_s_(cells, -1),
      from_s_(cells, -1),
      to_s_(cells, -1),
      most_(cells, 0) {}

void Spells::see(std::size_t cell, double now_s, float density) {
  const auto now = static_cast<float>(now_s);
  if (density <= limit_) {
    since_s_[cell] = -1;
    return;
  }
  if (since_s_[cell] < 0) since_s_[cell] = now;
  if (now - since_s_[cell] < lasts_s_) return;
  if (from_s_[cell] < 0) from_s_[cell] = since_s_[cell];
  to_s_[cell] = now;
  most_[cell] = std::max(most_[cell], density);
}

std::vector<Spell> Spells::joined(const CellRaster& raster) const {
  DEFILADA_CHECK(raster.size() == from_s_.size());
  std::vector<Spell> spells;
  std::vector<std::uint8_t> seen(from_s_.size(), 0);
  const std::size_t on_level = std::size_t{raster.columns} * raster.rows;
  for (std::size_t first = 0; first < seen.size(); ++first) {
    if (from_s_[first] < 0 || seen[first] != 0) continue;
    const std::size_t level = first / on_level;
    Spell spell;
    spell.from_s = double{from_s_[first]};
    spell.to_s = double{to_s_[first]};
    spell.level = static_cast<LevelId>(level);
    std::deque<std::size_t> open{first};
    seen[first] = 1;
    while (!open.empty()) {
      const std::size_t c = open.front();
      open.pop_front();
      ++spell.cells;
      spell.from_s = std::min(spell.from_s, double{from_s_[c]});
      spell.to_s = std::max(spell.to_s, double{to_s_[c]});
      const auto column = static_cast<std::int64_t>(c % raster.columns);
      const auto row = static_cast<std::int64_t>(c / raster.columns % raster.rows);
      if (double{most_[c]} > spell.density) {
        spell.density = double{most_[c]};
        spell.place = raster.middle(c);
      }
      for (std::int64_t y = row - 1; y <= row + 1; ++y) {
        for (std::int64_t x = column - 1; x <= column + 1; ++x) {
          if (x < 0 || y < 0 || x >= raster.columns || y >= raster.rows) continue;
          const std::size_t n = level * on_level + static_cast<std::size_t>(y * raster.columns + x);
          if (from_s_[n] < 0 || seen[n] != 0) continue;
          seen[n] = 1;
          open.push_back(n);
        }
      }
    }
    spells.push_back(spell);
  }
  std::stable_sort(spells.begin(), spells.end(),
                   [](const Spell& a, const Spell& b) { return a.from_s < b.from_s; });
  return spells;
}

bool Spells::sound(std::size_t cells) const {
  return since_s_.size() == cells && from_s_.size() == cells && to_s_.size() == cells &&
         most_.size() == cells;
}

}  // namespace defilada::crowd
