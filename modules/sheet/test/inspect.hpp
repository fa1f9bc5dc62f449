// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "../src/build.hpp"
#include "defilada/sheet/document.hpp"
#include "fixture.hpp"

/// Looking at what came out: drawings of a document, and the tools that read files back.
namespace defilada::sheet::inspect {

[[nodiscard]] Document document_of(const fixture::Event& event);

/// All drawings, those on cards included, in the order of the pages.
[[nodiscard]] std::vector<const Drawing*> drawings(const Document& document);
[[nodiscard]] const Drawing& drawing(const Document& document, const std::string& id);
[[nodiscard]] std::vector<Label> labels(const Drawing& drawing);

struct Ran {
  int status = -1;
  std::string output;
};
/// Runs a command in the shell; its standard output, and its error output where it fails.
[[nodiscard]] Ran run(const std::string& command);

/// A file of this test run, which the next call with this name replaces.
[[nodiscard]] std::filesystem::path scratch(const std::string& name);
void write(const std::filesystem::path& path, const std::string& text);
[[nodiscard]] std::string read(const std::filesystem::path& path);

/// How often `part` is in `text`.
[[nodiscard]] std::size_t count(const std::string& text, const std::string& part);

}  // namespace defilada::sheet::inspect
