// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string_view>

#include "defilada/brief/brief.hpp"
#include "defilada/core/markup.hpp"

namespace defilada::brief {
namespace {

std::string for_markdown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\*_`<>[]#&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// Entries stand on neighbouring lines; before everything else is an empty one.
std::string_view before(const Document& document, std::size_t i) {
  const bool list =
      i > 0 && document[i].is == Block::Is::entry && document[i - 1].is == Block::Is::entry;
  return i == 0 || list ? "" : "\n";
}

}  // namespace

std::string markdown(const Document& document) {
  std::string out;
  for (std::size_t i = 0; i < document.size(); ++i) {
    std::string_view mark;
    switch (document[i].is) {
      case Block::Is::title: mark = "# "; break;
      case Block::Is::heading: mark = "## "; break;
      case Block::Is::quotation: mark = "> "; break;
      case Block::Is::entry: mark = "- "; break;
      case Block::Is::paragraph: break;
    }
    out += fmt::format("{}{}{}\n", before(document, i), mark, for_markdown(document[i].text));
  }
  return out;
}

std::string plain_text(const Document& document) {
  std::string out;
  for (std::size_t i = 0; i < document.size(); ++i) {
    const bool entry = document[i].is == Block::Is::entry;
    out += fmt::format("{}{}{}\n", before(document, i), entry ? "- " : "", document[i].text);
  }
  return out;
}

std::string html(const Document& document, const std::string& language) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
      "<style>body{{font:1.05rem/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 "
      "1rem}}</style>\n",
      escape_markup(language), document.empty() ? "" : escape_markup(document.front().text));
  bool in_list = false;
  for (const Block& block : document) {
    std::string_view tag = "p";
    switch (block.is) {
      case Block::Is::title: tag = "h1"; break;
      case Block::Is::heading: tag = "h2"; break;
      case Block::Is::quotation: tag = "blockquote"; break;
      case Block::Is::entry: tag = "li"; break;
      case Block::Is::paragraph: break;
    }
    const bool entry = block.is == Block::Is::entry;
    if (entry != in_list) out += entry ? "<ul>\n" : "</ul>\n";
    in_list = entry;
    out += fmt::format("<{0}>{1}</{0}>\n", tag, escape_markup(block.text));
  }
  if (in_list) out += "</ul>\n";
  return out + "</html>\n";
}

}  // namespace defilada::brief
