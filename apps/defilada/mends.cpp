// SPDX-License-Identifier: MIT
#include "mends.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "defilada/core/edits.hpp"

namespace defilada::app {
namespace {

/// CODE or CODE:LINE.
struct Name {
  std::string_view code;
  std::optional<int> line;
};

Name name_of(std::string_view word) {
  const std::size_t colon = word.rfind(':');
  if (colon == std::string_view::npos) return {word, std::nullopt};
  const std::string_view digits = word.substr(colon + 1);
  int line = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), line);
  const bool whole = fault == std::errc() && end == digits.data() + digits.size();
  return whole ? Name{word.substr(0, colon), line} : Name{word, std::nullopt};
}

bool means(const Name& name, std::string_view code, Span span, const Sources& sources) {
  return name.code == code && (!name.line || sources.position(span).line == *name.line);
}

bool same_edits(const Fix& a, const Fix& b) {
  return std::equal(a.edits.begin(), a.edits.end(), b.edits.begin(), b.edits.end(), same);
}

bool overlap(const Fix& a, const Fix& b) {
  return std::any_of(a.edits.begin(), a.edits.end(), [&](const Edit& one) {
    return std::any_of(b.edits.begin(), b.edits.end(),
                       [&](const Edit& other) { return overlaps(one, other); });
  });
}

void take(const Mend& mend, Choice& choice) {
  const auto any = [&](auto&& condition) {
    return std::any_of(choice.chosen.begin(), choice.chosen.end(), condition);
  };
  if (any([&](const Mend& each) { return same_edits(each.fix, mend.fix); })) return;
  const bool free = !any([&](const Mend& each) { return overlap(each.fix, mend.fix); });
  (free ? choice.chosen : choice.skipped).push_back(mend);
}

}  // namespace

std::vector<Mend> mends_of(const Work& work) {
  std::vector<Mend> mends;
  for (const Finding& finding : work.plan.findings) {
    if (!finding.fix || finding.fix->edits.empty()) continue;
    mends.push_back({finding.code, finding.message, finding.span, *finding.fix});
  }
  for (std::size_t i = 0; i < work.plan.conflicts.size(); ++i) {
    const plan::Conflict& conflict = work.plan.conflicts[i];
    for (std::size_t j = 0; j < conflict.fixes.size(); ++j) {
      const Fix& fix = conflict.fixes[j];
      if (fix.edits.empty()) continue;
      mends.push_back({fmt::format("conflict.{}.{}", i + 1, j + 1),
                       phrase("the programme cannot hold"), fix.edits.front().span, fix});
    }
  }
  return mends;
}

Choice choose(const Work& work, const std::vector<Mend>& mends,
              const std::vector<std::string>& codes) {
  Choice choice;
  for (const std::string& word : codes) {
    const Name name = name_of(word);
    bool found = false;
    for (const Mend& mend : mends) {
      if (!means(name, mend.code, mend.span, work.sources)) continue;
      found = true;
      take(mend, choice);
    }
    if (found) continue;
    const auto& findings = work.plan.findings;
    const bool known = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
      return means(name, finding.code, finding.span, work.sources);
    });
    (known ? choice.unmendable : choice.unknown).push_back(word);
  }
  return choice;
}

}  // namespace defilada::app
