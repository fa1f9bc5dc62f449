// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "node.hpp"

namespace defilada::show {

/// A text, read, with what was reported.
struct Reading {
  Sources sources;
  FileId file;
  Diagnostics diagnostics;
  Node root;

  explicit Reading(std::string text) {
    file = sources.add("show.yaml", std::move(text));
    root = read_yaml(file, sources, diagnostics);
  }
  [[nodiscard]] std::string_view text(Span span) const { return sources.text(span); }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const Diagnostic& diagnostic : diagnostics.all()) codes.push_back(diagnostic.code);
    return codes;
  }
  /// "id line:column" of the only diagnostic.
  [[nodiscard]] std::string only() const {
    if (diagnostics.all().size() != 1) return std::to_string(diagnostics.all().size()) + " reports";
    const Diagnostic& diagnostic = diagnostics.all().front();
    const Position place = sources.position(diagnostic.span);
    return diagnostic.code + " " + std::to_string(place.line) + ":" + std::to_string(place.column);
  }
};

}  // namespace defilada::show
