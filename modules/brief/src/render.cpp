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

std::string_view markdown_mark(Block::Is is) {
  switch (is) {
    case Block::Is::title: return "# ";
    case Block::Is::heading: return "## ";
    case Block::Is::quotation:
    case Block::Is::report: return "> ";
    case Block::Is::entry: return "- ";
    case Block::Is::dateline:
    case Block::Is::paragraph: break;
  }
  return "";
}

/// A newspaper's column: the masthead's rule, a dateline, the lead under its own rule.
constexpr std::string_view kStyle =
    R"css(:root{color-scheme:light dark;--ink:#1b1c20;--faint:#5c6066;
--rule:#c6c5c0;--paper:#fffefb;--accent:#9e1b22}
@media(prefers-color-scheme:dark){:root{--ink:#e9e7e2;--faint:#a5a7ab;--rule:#45474c;--paper:#17181b;--accent:#ff8a80}}
body{font:1.06rem/1.55 "Noto Serif",Charter,Cambria,Georgia,serif;color:var(--ink);background:var(--paper);
max-width:40rem;margin:0 auto;padding:2rem 1.25rem 4rem;font-variant-numeric:lining-nums}
h1{font-size:2.35rem;line-height:1.12;margin:.3em 0 .25em;text-wrap:balance;border-top:.35rem solid var(--accent);padding-top:.5em}
.dateline{font-size:.9rem;color:var(--faint);margin:0 0 1.6rem;padding-bottom:.9rem;border-bottom:1px solid var(--rule)}
h2{font-size:1.2rem;margin:2.2rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--rule)}
.dateline+h2{border-top:0;padding-top:0;color:var(--accent);font-size:1rem}
.lead{font-size:1.16rem;line-height:1.5}
p{margin:.55em 0}
blockquote{margin:1.1rem 0;padding-left:1rem;border-left:.2rem solid var(--accent)}
blockquote p{margin:0;font-style:italic}
blockquote.report p{font-style:normal}
cite{display:block;font-style:normal;font-size:.8rem;line-height:1.4;color:var(--faint);margin-top:.25rem}
ul{margin:.5em 0;padding-left:1.2rem}
li{margin:.15em 0}
p,li,h1,cite{overflow-wrap:anywhere}
nav ul{list-style:none;padding:0;margin:0;font-size:.9rem;display:flex;flex-wrap:wrap;gap:.2rem 1.5rem}
nav a{color:var(--faint)}
article+article{margin-top:4rem}
@media print{nav{display:none}article+article{break-before:page;margin:0}body{font-size:10.5pt;max-width:none;padding:0}blockquote,li{break-inside:avoid}h2{break-after:avoid}}
)css";

std::string html_block(const Block& block, bool lead) {
  const std::string text = escape_markup(block.text);
  switch (block.is) {
    case Block::Is::title: return fmt::format("<h1>{}</h1>\n", text);
    case Block::Is::dateline: return fmt::format("<p class=\"dateline\">{}</p>\n", text);
    case Block::Is::heading: return fmt::format("<h2>{}</h2>\n", text);
    case Block::Is::entry: return fmt::format("<li>{}</li>\n", text);
    case Block::Is::paragraph:
      return fmt::format("<p{}>{}</p>\n", lead ? " class=\"lead\"" : "", text);
    case Block::Is::quotation:
    case Block::Is::report: break;
  }
  return fmt::format("<blockquote{}><p>{}</p><cite>{}</cite></blockquote>\n",
                     block.is == Block::Is::report ? " class=\"report\"" : "", text,
                     escape_markup(block.origin));
}

std::string article(const Edition& edition) {
  const std::string language = escape_markup(edition.language);
  std::string out = fmt::format("<article lang=\"{0}\" id=\"{0}\">\n", language);
  bool in_list = false;
  int headings = 0;
  for (const Block& block : edition.document) {
    const bool entry = block.is == Block::Is::entry;
    if (entry != in_list) out += entry ? "<ul>\n" : "</ul>\n";
    in_list = entry;
    headings += block.is == Block::Is::heading ? 1 : 0;
    out += html_block(block, headings == 1);
  }
  if (in_list) out += "</ul>\n";
  return out + "</article>\n";
}

/// To each edition by its title, in its own language.
std::string links_to(const std::vector<Edition>& editions) {
  std::string out = "<nav><ul>\n";
  for (const Edition& each : editions) {
    const std::string language = escape_markup(each.language);
    const std::string title =
        each.document.empty() ? "" : escape_markup(each.document.front().text);
    out += fmt::format("<li><a href=\"#{0}\" lang=\"{0}\">{1}</a></li>\n", language, title);
  }
  return out + "</ul></nav>\n";
}

}  // namespace

std::string markdown(const Document& document) {
  std::string out;
  for (std::size_t i = 0; i < document.size(); ++i) {
    const Block& block = document[i];
    out += fmt::format("{}{}{}\n", before(document, i), markdown_mark(block.is),
                       for_markdown(block.text));
    if (!block.origin.empty()) out += fmt::format(">\n> {}\n", for_markdown(block.origin));
  }
  return out;
}

std::string plain_text(const Document& document) {
  std::string out;
  for (std::size_t i = 0; i < document.size(); ++i) {
    const bool entry = document[i].is == Block::Is::entry;
    out += fmt::format("{}{}{}\n", before(document, i), entry ? "- " : "", document[i].text);
    if (!document[i].origin.empty()) out += fmt::format("({})\n", document[i].origin);
  }
  return out;
}

std::string markdown(const std::vector<Edition>& editions) {
  std::string out;
  for (const Edition& each : editions)
    out += (out.empty() ? "" : "\n---\n\n") + markdown(each.document);
  return out;
}

std::string html(const std::vector<Edition>& editions) {
  const Edition none{"en", {}};
  const Edition& first = editions.empty() ? none : editions.front();
  // Whatever a show file holds, the page runs nothing and asks nobody.
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      escape_markup(first.language),
      first.document.empty() ? "" : escape_markup(first.document.front().text), kStyle);
  if (editions.size() > 1) out += links_to(editions);
  for (const Edition& each : editions) out += article(each);
  return out + "</body>\n</html>\n";
}

}  // namespace defilada::brief
