// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "plot.hpp"

/// docs/validation-crowd.md: sections of rows, one section for each geometry, judged by every
/// standard that asks for it.
namespace defilada::crowd::validation {

enum class Verdict : std::uint8_t {
  holds,
  fails,
  told,  ///< the standard asks to document, or the reference is not at hand: nothing to hold
};
/// holds or fails.
[[nodiscard]] constexpr Verdict judge(bool holds) {
  return holds ? Verdict::holds : Verdict::fails;
}

struct Row {
  std::string test;  ///< "RiMEA 4", "NIST 2.1; ISO 2; IMO 1" or what is published
  std::string criterion;
  std::string result;
  Verdict verdict = Verdict::told;
};

struct Section {
  std::string title;
  std::string geometry;
  std::vector<Row> rows;
  std::vector<Plot> plots;  ///< files below docs/images/crowd
  std::string after;        ///< what is to be said about it
};

/// One geometry. Slow ones run only where DEFILADA_SLOW_TESTS is set; the page has them all.
struct Case {
  const char* name;  ///< letters and digits
  bool slow;
  Section (*run)();
};
[[nodiscard]] std::span<const Case> cases();

[[nodiscard]] std::string text_of(const Section& section);
/// The page of these sections, each as text_of gives it: with the tables over all standards.
[[nodiscard]] std::string page_of(const std::vector<std::string>& sections);
/// The sections of a page, as they were given to page_of.
[[nodiscard]] std::vector<std::string> sections_of(const std::string& page);

}  // namespace defilada::crowd::validation
