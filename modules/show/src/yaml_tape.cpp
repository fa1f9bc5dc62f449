// SPDX-License-Identifier: MIT
#include "yaml_tape.hpp"

#include <yaml.h>

#include <algorithm>
#include <limits>
#include <map>
#include <new>

#include "defilada/core/check.hpp"
#include "defilada/core/suggest.hpp"
#include "defilada/show/read.hpp"
#include "yaml_syntax.hpp"
#include "yaml_text.hpp"

namespace defilada::show::yaml {
namespace {

/// A text counts as one node for every so many bytes, so that an alias cannot multiply it unseen.
constexpr std::size_t kBytesPerNode = 64;

class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event_); }
  yaml_event_t* get() { return &event_; }
  const yaml_event_t* operator->() const { return &event_; }

 private:
  yaml_event_t event_{};
};

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}
std::string_view view(const char* text) {
  return text == nullptr ? std::string_view() : text;
}

class Reader {
 public:
  Reader(FileId file, std::string_view text, Diagnostics& diagnostics)
      : file_(file),
        text_(text),
        body_(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0),
        offsets_(text.substr(body_)),
        diagnostics_(diagnostics) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &parser_, reinterpret_cast<const unsigned char*>(text.data()) + body_, text.size() - body_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { yaml_parser_delete(&parser_); }

  std::optional<Tape> read() {
    while (true) {
      Event event;
      if (yaml_parser_parse(&parser_, event.get()) == 0) {
        report_syntax();
        return std::nullopt;
      }
      if (event->type == YAML_STREAM_END_EVENT) break;
      if (!take(event)) return std::nullopt;
    }
    if (tape_.empty()) {
      diagnostics_.error("yaml.empty", span(body_, body_), phrase("the file is empty"),
                         phrase("a mapping"));
      return std::nullopt;
    }
    return std::move(tape_);
  }

 private:
  /// False after a fault that leaves no tree.
  bool take(const Event& event) {
    switch (event->type) {
      case YAML_DOCUMENT_START_EVENT: return take_document(event);
      case YAML_ALIAS_EVENT: return take_alias(event);
      case YAML_SCALAR_EVENT: return take_scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return open(Entry::Kind::sequence, event, view(event->data.sequence_start.anchor),
                    view(event->data.sequence_start.tag));
      case YAML_MAPPING_START_EVENT:
        return open(Entry::Kind::mapping, event, view(event->data.mapping_start.anchor),
                    view(event->data.mapping_start.tag));
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(event); return true;
      default: return true;  // beginnings and ends of stream and document
    }
  }

  bool take_document(const Event& event) {
    const auto& start = event->data.document_start;
    if (start.tag_directives.start != start.tag_directives.end)
      diagnostics_.error("yaml.tag", mark_span(event), phrase("tags have no meaning here"),
                         phrase("no directive"));
    if (tape_.empty()) return true;
    diagnostics_.error("yaml.several-documents", mark_span(event),
                       phrase("a second document begins here"), phrase("one document in a file"));
    return false;
  }

  bool take_scalar(const Event& event) {
    const auto& scalar = event->data.scalar;
    Entry entry;
    entry.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
    entry.quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    entry.nodes = 1 + scalar.length / kBytesPerNode;
    const std::size_t end = byte_of(event->end_mark);
    const bool left_out = entry.text.empty() && !entry.quoted;
    const std::size_t begin = left_out ? end : without_properties(byte_of(event->start_mark), end);
    const bool block =
        scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE;
    entry.span = span(begin, block ? without_blanks(begin, end) : end);
    report_tag(view(scalar.tag), entry.span);
    return add(std::move(entry), view(scalar.anchor));
  }

  bool take_alias(const Event& event) {
    const std::string name(view(event->data.alias.anchor));
    const Span place = mark_span(event);
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) return report_unknown_anchor(name, place);
    const Entry& target = tape_[found->second];
    if (!target.closed) {
      diagnostics_.error("yaml.alias-cycle", place,
                         phrase("'*{}' stands within what it stands for", name));
      return false;
    }
    if (static_cast<int>(open_.size()) + target.height > kDepthLimit) return report_depth(place);
    Entry entry;
    entry.kind = Entry::Kind::alias;
    entry.span = place;
    entry.target = found->second;
    entry.nodes = target.nodes;
    entry.height = target.height;
    return add(std::move(entry), {});
  }

  bool open(Entry::Kind kind, const Event& event, std::string_view anchor, std::string_view tag) {
    const std::size_t end = byte_of(event->end_mark);
    const std::size_t begin = without_properties(byte_of(event->start_mark), end);
    if (static_cast<int>(open_.size()) >= kDepthLimit) return report_depth(span(begin, end));
    Entry entry;
    entry.kind = kind;
    entry.span = span(begin, end);
    entry.closed = false;
    report_tag(tag, entry.span);
    const std::size_t index = tape_.size();
    if (!add(std::move(entry), anchor)) return false;
    open_.push_back(index);
    return true;
  }

  /// A collection in brackets ends with its bracket, any other with its last value: libyaml ends it
  /// where the next thing begins.
  void close(const Event& event) {
    DEFILADA_CHECK(!open_.empty());
    const std::size_t index = open_.back();
    open_.pop_back();
    Entry& entry = tape_[index];
    const std::size_t begin = byte_of(event->start_mark);
    const std::size_t end = byte_of(event->end_mark);
    const bool bracket = end == begin + 1 && (text_[begin] == ']' || text_[begin] == '}');
    entry.span.end =
        bracket ? static_cast<std::uint32_t>(end) : std::max(entry.span.begin, last_end_);
    last_end_ = entry.span.end;
    entry.size = tape_.size() - index;
    entry.closed = true;
    for (std::size_t i = index + 1; i < tape_.size(); i += tape_[i].size) {
      entry.nodes += tape_[i].nodes;
      entry.height = std::max(entry.height, tape_[i].height + 1);
    }
  }

  bool add(Entry entry, std::string_view anchor) {
    total_nodes_ += entry.nodes;
    if (total_nodes_ > kNodeLimit) {
      diagnostics_.error("yaml.too-many-nodes", entry.span,
                         phrase("the text unfolds to more than {} values", kNodeLimit));
      return false;
    }
    if (!anchor.empty()) anchors_[std::string(anchor)] = tape_.size();
    last_end_ = entry.span.end;
    tape_.push_back(std::move(entry));
    return true;
  }

  bool report_depth(Span place) {
    diagnostics_.error("yaml.too-deep", place,
                       phrase("the text is nested more than {} levels deep", kDepthLimit));
    return false;
  }

  void report_tag(std::string_view tag, Span place) {
    if (!tag.empty())
      diagnostics_.error("yaml.tag", place, phrase("tags such as '{}' have no meaning here", tag),
                         phrase("the value alone, or quotes around a text that begins with '!'"));
  }

  bool report_unknown_anchor(const std::string& name, Span place) {
    std::vector<std::string> names;
    for (const auto& [anchor, index] : anchors_) names.push_back(anchor);
    const std::string near = nearest(name, names);
    diagnostics_.error(
        "yaml.unknown-anchor", place, phrase("there is no anchor '&{}' before this alias", name),
        phrase("quotes around a text that begins with '*'"), near.empty() ? "" : "*" + near);
    return false;
  }

  void report_syntax() {
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    const std::size_t problem = byte_of(parser_.problem_mark);
    const std::size_t context = byte_of(parser_.context_mark);
    const char character = problem < text_.size() ? text_[problem] : '\0';
    const SyntaxFault fault =
        explain_syntax(view(parser_.problem), view(parser_.context), character);
    const std::size_t place = fault.at_context ? context : problem;
    Diagnostic& diagnostic = diagnostics_.error(std::string(fault.id), character_span(place),
                                                fault.message, fault.expected);
    if (!fault.context.empty())
      diagnostic.notes.push_back({fault.context, character_span(context)});
  }

  /// Behind an anchor ("&name"), a tag and the blanks and comments after them; not past `end`.
  [[nodiscard]] std::size_t without_properties(std::size_t begin, std::size_t end) const {
    std::size_t at = begin;
    while (at < end && (text_[at] == '&' || text_[at] == '!')) {
      const bool anchor = text_[at++] == '&';
      while (at < end && (anchor ? is_name(text_[at]) : !is_blank(text_[at]))) ++at;
      at = to_next_word(at);
    }
    return std::min(at, end);
  }

  [[nodiscard]] std::size_t to_next_word(std::size_t at) const {
    while (at < text_.size() && (is_blank(text_[at]) || text_[at] == '#')) {
      const bool comment = text_[at] == '#';
      if (comment)
        at = std::min(text_.find('\n', at), text_.size());
      else
        ++at;
    }
    return at;
  }

  [[nodiscard]] std::size_t without_blanks(std::size_t begin, std::size_t end) const {
    while (end > begin && is_blank(text_[end - 1])) --end;
    return end;
  }

  /// Of an anchor's name, as libyaml has it.
  static bool is_name(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '-';
  }
  static bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  [[nodiscard]] std::size_t byte_of(const yaml_mark_t& mark) const {
    return body_ + offsets_.byte_of(mark.index);
  }
  [[nodiscard]] Span mark_span(const Event& event) const {
    return span(byte_of(event->start_mark), byte_of(event->end_mark));
  }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  /// One character; at a line's end an empty span.
  [[nodiscard]] Span character_span(std::size_t begin) const {
    std::size_t end = begin;
    if (end < text_.size() && text_[end] != '\n' && text_[end] != '\r') {
      ++end;
      while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
    }
    return span(begin, end);
  }

  FileId file_;
  std::string_view text_;
  std::size_t body_;  ///< where the text begins behind a byte order mark
  CharacterOffsets offsets_;
  Diagnostics& diagnostics_;
  yaml_parser_t parser_{};
  Tape tape_;
  std::vector<std::size_t> open_;  ///< collections that are being read, outermost first
  std::map<std::string, std::size_t> anchors_;
  std::size_t total_nodes_ = 0;
  std::uint32_t last_end_ = 0;  ///< of the value read last
};

}  // namespace

std::optional<Tape> read_tape(FileId file, std::string_view text, Diagnostics& diagnostics) {
  return Reader(file, text, diagnostics).read();
}

}  // namespace defilada::show::yaml
