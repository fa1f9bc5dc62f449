// SPDX-License-Identifier: MIT
#include "defilada/core/json_tape.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace defilada {
namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

int hex_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Code unit of the four hexadecimal digits at `at`; -1 if they are not there.
int code_unit(std::string_view text, std::size_t at) noexcept {
  if (at + 4 > text.size()) return -1;
  int unit = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

/// A code point from `\uXXXX` or a pair of them at `at` (the place of the 'u'), which moves behind
/// it; half of a pair comes out as U+FFFD.
std::uint32_t escaped_code_point(std::string_view text, std::size_t& at) {
  const int high = code_unit(text, at + 1);
  at += 5;
  if (high < 0xD800 || high > 0xDFFF) return static_cast<std::uint32_t>(high);
  const bool pair = high < 0xDC00 && text.substr(at, 2) == "\\u";
  const int low = pair ? code_unit(text, at + 2) : -1;
  if (low < 0xDC00 || low > 0xDFFF) return 0xFFFD;
  at += 6;
  return 0x10000 + ((static_cast<std::uint32_t>(high) - 0xD800) << 10) +
         (static_cast<std::uint32_t>(low) - 0xDC00);
}

char plain_escape(char c) noexcept {
  switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;
  }
}

/// Length of the well-formed UTF-8 character at `at`; 0 if there is none (RFC 3629).
std::size_t character_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(at);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return continues(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead < 0xF0) {
    const unsigned next = byte(at + 1);
    const bool well = !(lead == 0xE0 && next < 0xA0) && !(lead == 0xED && next >= 0xA0);
    return well && continues(at + 1) && continues(at + 2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead < 0xF5) {
    const unsigned next = byte(at + 1);
    const bool well = !(lead == 0xF0 && next < 0x90) && !(lead == 0xF4 && next >= 0x90);
    return well && continues(at + 1) && continues(at + 2) && continues(at + 3) ? 4 : 0;
  }
  return 0;
}

std::string unescape(std::string_view quoted) {
  const std::string_view text = quoted.substr(1, quoted.size() - 2);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\\') {
      out.push_back(text[i++]);
    } else if (text[++i] == 'u') {
      append_utf8(out, escaped_code_point(text, i));
    } else {
      out.push_back(plain_escape(text[i++]));
    }
  }
  return out;
}

}  // namespace

/// Recursive descent; stops at the first fault, since what follows a broken bracket says nothing.
class JsonReader {
 public:
  JsonReader(JsonTape& tape, int depth_limit, Diagnostics& diagnostics, std::string_view prefix)
      : tape_(tape),
        text_(tape.text_),
        depth_limit_(depth_limit),
        diagnostics_(diagnostics),
        prefix_(prefix) {}

  bool document() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    if (!value(0)) return false;
    blank();
    return at_ == text_.size() ||
           wrong(phrase("more text after the end of the JSON value"), phrase("nothing"));
  }

 private:
  using Type = JsonTape::Type;

  void blank() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  [[nodiscard]] bool sees(char c) const { return at_ < text_.size() && text_[at_] == c; }

  bool takes(char c) {
    blank();
    if (!sees(c)) return false;
    ++at_;
    return true;
  }

  bool wrong(Phrase message, Phrase expected = {}) {
    const auto begin = static_cast<std::uint32_t>(std::min(at_, text_.size()));
    const auto end = static_cast<std::uint32_t>(std::min(at_ + 1, text_.size()));
    diagnostics_.error(prefix_ + ".json-syntax", {tape_.file_, begin, end}, std::move(message),
                       std::move(expected));
    return false;
  }

  std::size_t open(Type type) {
    const auto begin = static_cast<std::uint32_t>(at_);
    tape_.values_.push_back({begin, begin, 0, type});
    return tape_.values_.size() - 1;
  }

  bool close(std::size_t index) {
    tape_.values_[index].end = static_cast<std::uint32_t>(at_);
    tape_.values_[index].next = static_cast<JsonTape::Index>(tape_.values_.size());
    return true;
  }

  bool value(int depth) {
    blank();
    if (at_ == text_.size())
      return wrong(phrase("the text ends too early"), phrase("a JSON value"));
    if (depth > depth_limit_) {
      return wrong(phrase("nested deeper than {} levels", depth_limit_));
    }
    switch (text_[at_]) {
      case '{': return object(depth);
      case '[': return array(depth);
      case '"': return string();
      case 't': return word("true", Type::boolean);
      case 'f': return word("false", Type::boolean);
      case 'n': return word("null", Type::null);
      default: return number();
    }
  }

  bool word(std::string_view expected, Type type) {
    if (text_.substr(at_, expected.size()) != expected) return not_a_value();
    const std::size_t index = open(type);
    at_ += expected.size();
    return close(index);
  }

  bool not_a_value() {
    for (const std::string_view word : {"NaN", "nan", "Infinity", "inf"}) {
      if (text_.substr(at_, word.size()) == word) {
        return wrong(phrase("{} is no number of JSON", word), phrase("a finite number"));
      }
    }
    return wrong(phrase("this is not JSON"),
                 phrase("a value: an object, an array, a string, a number, true, false or null"));
  }

  bool digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > begin;
  }

  bool number() {
    const std::size_t index = open(Type::number);
    if (sees('-')) ++at_;
    const std::size_t whole = at_;
    if (!digits()) {
      tape_.values_.pop_back();
      return not_a_value();
    }
    if (text_[whole] == '0' && at_ - whole > 1) {
      at_ = whole;
      return wrong(phrase("a JSON number has no leading zeros"));
    }
    if (sees('.')) {
      ++at_;
      if (!digits()) return wrong(phrase("a number ends at its point"), phrase("a digit"));
    }
    if (sees('e') || sees('E')) {
      ++at_;
      if (sees('+') || sees('-')) ++at_;
      if (!digits()) return wrong(phrase("a number ends at its exponent"), phrase("a digit"));
    }
    return close(index);
  }

  bool escape() {
    constexpr std::string_view kPlain = "\"\\/bfnrt";
    if (sees('u')) {
      if (code_unit(text_, at_ + 1) < 0) {
        return wrong(phrase("a broken escape"), phrase("\\u and four hexadecimal digits"));
      }
      at_ += 5;
      return true;
    }
    if (at_ < text_.size() && kPlain.find(text_[at_]) != std::string_view::npos) {
      ++at_;
      return true;
    }
    return wrong(phrase("an escape that JSON does not have"),
                 phrase("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"));
  }

  bool string() {
    const std::size_t index = open(Type::string);
    const std::size_t begin = at_;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return close(index);
      }
      if (static_cast<unsigned char>(c) < 0x20) break;
      const std::size_t length = character_length(text_, at_);
      if (length == 0) return wrong(phrase("a byte that is not UTF-8"));
      at_ += length;
      if (c == '\\' && !escape()) return false;
    }
    at_ = begin;
    return wrong(phrase("a string that is not closed on its line"), phrase("a closing \""));
  }

  bool array(int depth) {
    const std::size_t index = open(Type::array);
    ++at_;
    if (takes(']')) return close(index);
    do {
      if (!value(depth + 1)) return false;
    } while (takes(','));
    if (!takes(']')) return wrong(phrase("an array is not closed here"), phrase("',' or ']'"));
    return close(index);
  }

  bool key(std::set<std::string>& seen) {
    blank();
    if (!sees('"'))
      return wrong(phrase("an object's member needs a name"), phrase("a string in double quotes"));
    const auto index = static_cast<JsonTape::Index>(tape_.values_.size());
    if (!string()) return false;
    std::string name = tape_.string(index);
    if (seen.contains(name)) {
      diagnostics_.error(prefix_ + ".json-duplicate-member", tape_.span(index),
                         phrase("the member '{}' is written twice", name));
      return false;
    }
    seen.insert(std::move(name));
    return takes(':') || wrong(phrase("a member has no value"), phrase("':'"));
  }

  bool object(int depth) {
    const std::size_t index = open(Type::object);
    ++at_;
    if (takes('}')) return close(index);
    std::set<std::string> seen;
    do {
      if (!key(seen) || !value(depth + 1)) return false;
    } while (takes(','));
    if (!takes('}')) return wrong(phrase("an object is not closed here"), phrase("',' or '}}'"));
    return close(index);
  }

  JsonTape& tape_;
  std::string_view text_;
  int depth_limit_;
  Diagnostics& diagnostics_;
  std::string prefix_;
  std::size_t at_ = 0;
};

JsonTape JsonTape::read(FileId file, std::string_view text, int depth_limit,
                        Diagnostics& diagnostics, std::string_view prefix) {
  JsonTape tape;
  tape.file_ = file;
  tape.text_ = text;
  if (!JsonReader(tape, depth_limit, diagnostics, prefix).document()) tape.values_.clear();
  return tape;
}

std::string JsonTape::string(Index value) const {
  return unescape(raw(value));
}

std::optional<double> JsonTape::number(Index value) const {
  const std::string_view digits = raw(value);
  double number = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (result.ec != std::errc()) return std::nullopt;
  return number;
}

JsonTape::Index JsonTape::member(Index object, std::string_view key) const {
  if (!is(object, Type::object)) return kNone;
  for (Index i = first(object); i != end(object);) {
    const Index value = after(i);
    if (string(i) == key) return value;
    i = after(value);
  }
  return kNone;
}

}  // namespace defilada
