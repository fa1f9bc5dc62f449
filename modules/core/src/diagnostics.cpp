// SPDX-License-Identifier: MIT
#include "defilada/core/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "defilada/core/file.hpp"
#include "display.hpp"

namespace defilada {
namespace {

constexpr int kShownColumns = 100;
constexpr int kColumnsBefore = 60;  // of a long line, shown before the place

struct Palette {
  std::string_view bold, error, warning, note, caret, off;
};
constexpr Palette kColours{"\x1b[1m",    "\x1b[1;31m", "\x1b[1;35m",
                           "\x1b[1;36m", "\x1b[1;32m", "\x1b[0m"};
constexpr Palette kPlain{};

std::string_view colour_of(Severity severity, const Palette& palette) noexcept {
  switch (severity) {
    case Severity::error: return palette.error;
    case Severity::warning: return palette.warning;
    case Severity::note: return palette.note;
  }
  return palette.note;
}

/// A line of the source and the marks below it, both cut to what is shown.
struct Excerpt {
  std::string text;
  std::string marks;
};

/// The part of a line around [begin, end) that can matter for what is shown: a line of a megabyte
/// costs no more than one of a kilobyte.
struct Window {
  std::size_t first;
  std::size_t last;
};
Window window_around(std::string_view line, std::size_t begin) noexcept {
  constexpr std::size_t kBytes = std::size_t{4} * kShownColumns;
  std::size_t first = begin > kBytes ? begin - kBytes : 0;
  while (first > 0 && first < begin && (static_cast<unsigned char>(line[first]) & 0xC0U) == 0x80U) {
    ++first;
  }
  return {first, std::min(line.size(), begin + kBytes)};
}

/// The first glyph to show, so that the place stays on the screen.
std::size_t first_shown(const std::vector<display::Glyph>& glyphs, std::size_t begin) noexcept {
  int before = 0;
  for (const display::Glyph& glyph : glyphs) {
    if (glyph.end <= begin) before += glyph.columns;
  }
  std::size_t first = 0;
  while (before > kColumnsBefore && first < glyphs.size()) before -= glyphs[first++].columns;
  return first;
}

Excerpt excerpt(std::string_view line, std::size_t begin, std::size_t end) {
  begin = std::min(begin, line.size());
  end = std::clamp(end, begin, line.size());
  const Window window = window_around(line, begin);
  const auto glyphs = display::glyphs(line.substr(window.first, window.last - window.first));
  begin -= window.first;
  end -= window.first;

  Excerpt result;
  std::size_t i = first_shown(glyphs, begin);
  int column = 0;
  if (window.first > 0 || i > 0) {
    result.text = "…";
    result.marks = " ";
    column = 1;
  }
  bool marked = false;
  for (; i < glyphs.size() && column + glyphs[i].columns <= kShownColumns; ++i) {
    const display::Glyph& glyph = glyphs[i];
    result.text += glyph.text;
    column += glyph.columns;
    const bool inside = glyph.end > begin && (glyph.begin < end || (begin == end && !marked));
    if (inside && !marked && glyph.columns == 0 && !result.marks.empty()) {
      result.marks.back() = '^';  // a lone combining mark: under the character that carries it
      marked = true;
    }
    for (int k = 0; k < glyph.columns; ++k) {
      result.marks += !inside ? ' ' : marked ? '~' : '^';
      marked = marked || inside;
    }
  }
  if (i < glyphs.size() || window.last < line.size()) result.text += "…";
  if (!marked) result.marks += '^';  // the place just after the line's last character
  result.marks.erase(result.marks.find_last_not_of(' ') + 1);
  return result;
}

void append_place(std::string& out, Span span, const Sources& sources, const Palette& palette) {
  // What is no text shows nothing but rubbish.
  if (kind_of_binary(sources.text(span.file))) return;
  const std::string_view line = sources.line(span.file, span.begin);
  const auto offset = static_cast<std::size_t>(line.data() - sources.text(span.file).data());
  const Excerpt shown = excerpt(line, span.begin - std::min<std::size_t>(span.begin, offset),
                                span.end - std::min<std::size_t>(span.end, offset));
  const std::string number = fmt::format("{:>4}", sources.position(span).line);
  out += fmt::format("{} | {}\n", number, shown.text);
  out +=
      fmt::format("{:{}} | {}{}{}\n", "", number.size(), palette.caret, shown.marks, palette.off);
}

/// How it is shown, and to whom.
struct Manner {
  const Sources& sources;
  const Palette& palette;
  const Speaker& say;
};

void append_headline(std::string& out, Severity severity, const Phrase& message,
                     std::string_view code, Span span, const Manner& manner) {
  const auto& [sources, palette, say] = manner;
  if (span.known()) {
    out +=
        fmt::format("{}{}:{} ", palette.bold, display::printable(sources.where(span)), palette.off);
  }
  out += fmt::format("{}{}:{} {}{}{}", colour_of(severity, palette), say(name_of(severity)),
                     palette.off, palette.bold, display::printable(say(message)), palette.off);
  out += code.empty() ? std::string("\n") : fmt::format(" [{}]\n", code);
  if (span.known()) append_place(out, span, sources, palette);
}

std::string advice(const Diagnostic& diagnostic, const Speaker& say) {
  std::string text;
  if (!diagnostic.expected.empty()) text = say(phrase("expected {}", diagnostic.expected));
  if (!diagnostic.suggestion.empty()) {
    text += (text.empty() ? "" : "; ") + say(phrase("did you mean '{}'?", diagnostic.suggestion));
  }
  return display::printable(text);
}

}  // namespace

std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "note";
}

Phrase name_of(Severity severity) {
  switch (severity) {
    case Severity::error: return phrase("error");
    case Severity::warning: return phrase("warning");
    case Severity::note: return phrase("note");
  }
  return phrase("note");
}

Diagnostic& Diagnostics::report(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::error) ++errors_;
  if (all_.size() >= limit_) {
    ++dropped_;
    scratch_ = std::move(diagnostic);
    return scratch_;
  }
  all_.push_back(std::move(diagnostic));
  return all_.back();
}

Diagnostic& Diagnostics::error(std::string code, Span span, Phrase message, Phrase expected,
                               std::string suggestion) {
  return report({Severity::error,
                 std::move(code),
                 std::move(message),
                 span,
                 std::move(expected),
                 std::move(suggestion),
                 {}});
}

Diagnostic& Diagnostics::warning(std::string code, Span span, Phrase message, Phrase expected,
                                 std::string suggestion) {
  return report({Severity::warning,
                 std::move(code),
                 std::move(message),
                 span,
                 std::move(expected),
                 std::move(suggestion),
                 {}});
}

void Diagnostics::sort() {
  const auto key = [](const Diagnostic& d) {
    return std::tie(d.span.file.value, d.span.begin, d.span.end, d.code);
  };
  std::stable_sort(all_.begin(), all_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

std::string render(const Diagnostic& diagnostic, const Sources& sources, bool colour,
                   const Speaker& say) {
  const Manner manner{sources, colour ? kColours : kPlain, say};
  std::string out;
  append_headline(out, diagnostic.severity, diagnostic.message, diagnostic.code, diagnostic.span,
                  manner);
  if (const std::string text = advice(diagnostic, say); !text.empty()) {
    out += fmt::format("  {}\n", text);
  }
  for (const Diagnostic::Note& note : diagnostic.notes) {
    append_headline(out, Severity::note, note.message, {}, note.span, manner);
  }
  return out;
}

}  // namespace defilada
