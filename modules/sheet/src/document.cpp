// SPDX-License-Identifier: MIT
#include "defilada/sheet/document.hpp"

#include <algorithm>

#include "defilada/drawing/text.hpp"

namespace defilada::sheet {

Rich& Rich::add(std::string text, Emphasis emphasis, std::string href) {
  runs_.push_back({.text = std::move(text),
                   .emphasis = emphasis,
                   .href = std::move(href),
                   .new_line = new_line_ && !runs_.empty()});
  new_line_ = false;
  return *this;
}

Rich& Rich::append(const Rich& more) {
  for (const Run& run : more.runs_) {
    if (run.new_line) line();
    add(run.text, run.emphasis, run.href);
  }
  return *this;
}

Rich& Rich::line() {
  new_line_ = true;
  return *this;
}

Rich& Rich::add_linked(std::string_view text, Emphasis emphasis) {
  while (!text.empty()) {
    const std::size_t found = std::min(text.find("http://"), text.find("https://"));
    if (found != 0) {
      add(std::string(text.substr(0, found)), emphasis);
      if (found == std::string_view::npos) break;
      text.remove_prefix(found);
    }
    std::string_view address = text.substr(0, text.find_first_of(" \t\n\r<>\"'"));
    // A full stop or bracket after an address belongs to the sentence.
    while (!address.empty() &&
           std::string_view(".,;:)]").find(address.back()) != std::string_view::npos) {
      address.remove_suffix(1);
    }
    const std::string href = drawing::safe_href(address) ? std::string(address) : "";
    add(std::string(address), emphasis, href);
    text.remove_prefix(address.size());
  }
  return *this;
}

}  // namespace defilada::sheet
