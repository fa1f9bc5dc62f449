// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

/// Texts that must be right: the examples of the documentation, and the shows and catalogues of the
/// project.
namespace defilada::show::example_texts {

struct Example {
  std::string name;
  std::string text;
};

[[nodiscard]] std::string file(const std::string& path_in_project);
/// These lines in a small show, in place of its own keys of the same names.
[[nodiscard]] std::string in_a_show(const std::string& lines);
/// Every YAML block of docs/show-file.md as a whole show: its keys in place of those of a small
/// show, its placeholders
/// ("…") filled. A block of one contingent's lines or formations is put into a march.
[[nodiscard]] std::vector<Example> documented();
/// shows/*/show.yaml, and those of tests/shows that are not meant to be faulty.
[[nodiscard]] std::vector<Example> shows();
/// catalogue/*.yaml
[[nodiscard]] std::vector<Example> catalogues();

}  // namespace defilada::show::example_texts
