// SPDX-License-Identifier: MIT
#include "fixture.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>

#include "defilada/show/read.hpp"
#include "source_dir.hpp"

namespace defilada::playback::fixture {
namespace {

Planned make(const std::string& folder) {
  const std::filesystem::path root = test::source_dir();
  Sources sources;
  Diagnostics diagnostics;
  show::ReadOptions options;
  options.catalogues = {root / "catalogue"};
  auto show = show::read_show(root / folder / "show.yaml", options, sources, diagnostics);
  if (!show) throw std::runtime_error("cannot read " + folder);
  auto plan = plan::make_plan(*show);
  if (!plan) throw std::runtime_error("cannot plan " + folder);
  return {std::move(*show), std::move(*plan)};
}

}  // namespace

const Planned& planned(const std::string& folder) {
  static std::map<std::string, Planned> made;
  const auto found = made.find(folder);
  return found == made.end() ? made.emplace(folder, make(folder)).first->second : found->second;
}

}  // namespace defilada::playback::fixture
