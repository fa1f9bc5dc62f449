// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"

/// A YAML document as a flat list, aliases not yet unfolded:
///
///     a: [x, *b]      mapping(size 5) key 'a'  sequence(size 3) scalar 'x'  alias -> 7
///
/// so that what the aliases unfold to is counted, and refused, before anything is built.
namespace defilada::show::yaml {

struct Entry {
  enum class Kind { scalar, sequence, mapping, alias };
  Kind kind = Kind::scalar;
  Span span;
  std::string text;     ///< scalar
  bool quoted = false;  ///< scalar
  bool closed = true;   ///< false while its items are being read
  std::size_t size =
      1;  ///< entries of it and all in it; those of a mapping are key, value, key, value …
  std::size_t target = 0;  ///< alias: the entry it stands for
  std::size_t nodes = 1;   ///< that it unfolds to
  int height = 1;          ///< of the tree that it unfolds to
};

using Tape = std::vector<Entry>;

/// The entries of the only document, the root first; nothing after a fault that leaves no tree.
/// Faults that leave one (tags, keys) are reported too.
[[nodiscard]] std::optional<Tape> read_tape(FileId file, std::string_view text,
                                            Diagnostics& diagnostics);

}  // namespace defilada::show::yaml
