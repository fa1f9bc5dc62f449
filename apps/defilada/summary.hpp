// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/language/words.hpp"
#include "work.hpp"

namespace defilada::app {

/// The parts of a summary that are left out unless asked for.
struct SummaryParts {
  bool findings = false;
  bool cues = false;
  bool cards = false;  ///< of flights
};

/// "defilada-summary/1" (docs/formats.md): one JSON object, keys in the order of the contract, ends
/// with a line feed. A stage that did not run is null. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string summary_json(const Work& work,
                                       const std::vector<std::filesystem::path>& outputs,
                                       SummaryParts parts, const language::Words& say);

/// "defilada-error/1": what is printed in place of a summary when there is none.
[[nodiscard]] std::string error_json(const Error& error, const std::vector<Diagnostic>& diagnostics,
                                     const Sources& sources, const language::Words& say);

/// "defilada-version/1".
[[nodiscard]] std::string version_json();

}  // namespace defilada::app
