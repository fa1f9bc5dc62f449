// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace defilada::test {

/// A part of a page of docs/ that a test writes, so that its numbers stay true; all round it is
/// written by hand:
///
///     <!-- kept: NAME -->
///     the block
///     <!-- /kept -->
///
/// Whether the page (its name in docs/) has this text there; with UPDATE_GOLDEN set in the
/// environment it is put there first. Read the difference before it is committed.
[[nodiscard]] bool has_kept_block(const std::string& page, std::string_view name,
                                  const std::string& text);

}  // namespace defilada::test
