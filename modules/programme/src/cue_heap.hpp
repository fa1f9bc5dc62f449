// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace defilada::programme::detail {

/// A queue of cues, least key first. A cue may be in it repeatedly: whoever pops it knows which
/// entry is out of date. Four children to a node, side by side in a cache line.
class CueHeap {
 public:
  struct Entry {
    std::int64_t key;
    std::uint32_t cue;
  };

  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  void clear() noexcept { entries_.clear(); }

  void push(Entry entry) {
    std::size_t hole = entries_.size();
    entries_.push_back(entry);
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (entries_[parent].key <= entry.key) break;
      entries_[hole] = entries_[parent];
      hole = parent;
    }
    entries_[hole] = entry;
  }

  /// Requires: not empty.
  Entry pop() {
    const Entry top = entries_.front();
    const Entry last = entries_.back();
    entries_.pop_back();
    if (entries_.empty()) return top;
    std::size_t hole = 0;
    for (std::size_t child = 1; child < entries_.size(); child = 4 * hole + 1) {
      const std::size_t end = std::min(child + 4, entries_.size());
      for (std::size_t other = child + 1; other < end; ++other) {
        if (entries_[other].key < entries_[child].key) child = other;
      }
      if (entries_[child].key >= last.key) break;
      entries_[hole] = entries_[child];
      hole = child;
    }
    entries_[hole] = last;
    return top;
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace defilada::programme::detail
