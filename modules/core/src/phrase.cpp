// SPDX-License-Identifier: MIT
#include "defilada/core/phrase.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <ostream>
#include <system_error>
#include <utility>

#include "defilada/core/check.hpp"

namespace defilada {
namespace {

/// Groups of three from five digits on, with a narrow space that does not break (as the SI brochure
/// has them, 5.4.4).
std::string grouped(std::int64_t number) {
  constexpr std::string_view kGroupSpace = "\u202F";
  std::string text = fmt::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  if (text.size() < first + 5) return text;
  for (std::size_t i = text.size(); i > first + 3; i -= 3) text.insert(i - 3, kGroupSpace);
  return text;
}

/// A figure as fmt would write it in a field with these marks (".1f").
struct Shown {
  std::string_view marks;

  std::string operator()(const std::string& text) const { return written(text); }
  std::string operator()(const Measure& measure) const { return written(measure.text); }
  std::string operator()(const Count& count) const { return written(grouped(count.number)); }
  std::string operator()(const Phrase& part) const { return written(part.english()); }
  template <typename Number>
  std::string operator()(Number number) const {
    return written(number);
  }

 private:
  template <typename T>
  [[nodiscard]] std::string written(const T& value) const {
    return fmt::format(fmt::runtime(fmt::format("{{:{}}}", marks)), value);
  }
};

/// Walks the fields of a pattern that fmt has checked: "a {} b {1:.2f} {{c}}".
template <typename OnText, typename OnField>
void walk(std::string_view pattern, OnText on_text, OnField on_field) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool twice = i + 1 < pattern.size() && pattern[i + 1] == c;
    if ((c == '{' || c == '}') && twice) {
      on_text(c);
      ++i;
    } else if (c == '{') {
      const std::size_t end = pattern.find('}', i);
      DEFILADA_CHECK(end != std::string_view::npos);
      const std::string_view field = pattern.substr(i + 1, end - i - 1);
      const std::size_t colon = std::min(field.find(':'), field.size());
      std::size_t index = 0;
      for (const char digit : field.substr(0, colon)) {
        index = 10 * index + static_cast<std::size_t>(digit - '0');
      }
      if (colon == 0) index = next++;
      on_field(index, field.substr(std::min(colon + 1, field.size())));
      i = end;
    } else {
      on_text(c);
    }
  }
}

}  // namespace

Phrase::Phrase(std::string_view pattern, std::vector<Argument> arguments)
    : pattern_(pattern), arguments_(std::move(arguments)) {
  walk(
      pattern_, [&](char c) { english_ += c; },
      [&](std::size_t index, std::string_view marks) {
        DEFILADA_CHECK(index < arguments_.size());
        Argument& argument = arguments_[index];
        std::string shown = std::visit(Shown{marks}, argument.value());
        english_ += shown;
        if (argument.shown_.empty()) argument.shown_ = std::move(shown);
      });
}

Phrase Phrase::verbatim(std::string text) {
  Phrase out;
  out.english_ = std::move(text);
  return out;
}

Phrase Phrase::given(std::map<std::string, std::string> by_language) {
  Phrase out;
  out.english_ = by_language["en"];
  out.given_ = std::move(by_language);
  return out;
}

Phrase Phrase::joined(const std::vector<Phrase>& parts, std::string_view between) {
  Phrase out;
  for (const Phrase& part : parts) {
    if (&part != parts.data()) out += verbatim(std::string(between));
    out += part;
  }
  return out;
}

std::string Phrase::filled(const std::function<std::string(const Argument&)>& shown) const {
  std::string out;
  walk(
      pattern_, [&](char c) { out += c; },
      [&](std::size_t index, std::string_view) { out += shown(arguments_[index]); });
  return out;
}

Phrase& Phrase::operator+=(const Phrase& more) {
  if (empty()) return *this = more;
  return *this = Phrase("{}{}", {Argument(std::move(*this)), Argument(more)});
}

Phrase Phrase::replaced(std::string_view from, std::string_view to) const {
  if (pattern_.empty()) {
    std::string text = english_;
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
    return given_.empty() ? verbatim(std::move(text)) : *this;
  }
  std::vector<Argument> arguments;
  for (const Argument& argument : arguments_) {
    if (const auto* text = std::get_if<std::string>(&argument.value())) {
      arguments.emplace_back(verbatim(*text).replaced(from, to).english());
    } else if (const auto* part = std::get_if<Phrase>(&argument.value())) {
      arguments.emplace_back(part->replaced(from, to));
    } else {
      arguments.push_back(argument);
    }
  }
  return {pattern_, std::move(arguments)};
}

std::ostream& operator<<(std::ostream& out, const Phrase& phrase) {
  return out << phrase.english();
}

std::string say_in_english(const Phrase& phrase) {
  return phrase.english();
}

Phrase system_reason(int error_number) {
  switch (error_number) {
    case EACCES: return phrase("Permission denied");
    case EDQUOT: return phrase("Disk quota exceeded");
    case EEXIST: return phrase("File exists");
    case EFBIG: return phrase("File too large");
    case EIO: return phrase("Input/output error");
    case EISDIR: return phrase("Is a directory");
    case ELOOP: return phrase("Too many levels of symbolic links");
    case EMFILE: return phrase("Too many open files");
    case ENAMETOOLONG: return phrase("File name too long");
    case ENOENT: return phrase("No such file or directory");
    case ENOMEM: return phrase("Cannot allocate memory");
    case ENOSPC: return phrase("No space left on device");
    case ENOTDIR: return phrase("Not a directory");
    case ENOTEMPTY: return phrase("Directory not empty");
    case EPERM: return phrase("Operation not permitted");
    case EROFS: return phrase("Read-only file system");
    case EXDEV: return phrase("Invalid cross-device link");
    case EBADF: return phrase("Bad file descriptor");
    default: return Phrase::verbatim(std::generic_category().message(error_number));
  }
}

}  // namespace defilada
