// SPDX-License-Identifier: MIT
#include "defilada/core/edits.hpp"

#include <algorithm>

#include "defilada/core/check.hpp"

namespace defilada {

bool same(const Edit& a, const Edit& b) noexcept {
  return a.span == b.span && a.text == b.text;
}

bool overlaps(const Edit& a, const Edit& b) noexcept {
  if (a.span.file != b.span.file || same(a, b)) return false;
  // Two at one place have no order; an insertion at the end of a stretch stands behind it.
  if (a.span.begin == b.span.begin) return true;
  const Edit& first = a.span.begin < b.span.begin ? a : b;
  const Edit& second = a.span.begin < b.span.begin ? b : a;
  return second.span.begin < first.span.end;
}

std::string edited(std::string_view text, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  edits.erase(std::unique(edits.begin(), edits.end(), same), edits.end());
  std::string out;
  std::size_t kept = 0;
  for (const Edit& edit : edits) {
    DEFILADA_CHECK(kept <= edit.span.begin && edit.span.begin <= edit.span.end &&
                   edit.span.end <= text.size());
    out.append(text.substr(kept, edit.span.begin - kept)).append(edit.text);
    kept = edit.span.end;
  }
  return out.append(text.substr(kept));
}

}  // namespace defilada
