// SPDX-License-Identifier: MIT

#include <algorithm>
#include <array>
#include <cstdint>
#include <regex>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "defilada/core/suggest.hpp"
#include "schema.hpp"
#include "schema_table.hpp"
#include "schema_words.hpp"
#include "spacing_hint.hpp"

namespace defilada::show {
namespace {

/// What holds a value, for messages: a key and its place, or an item of a list.
struct Holder {
  std::string_view name;
  Span span;
};

bool is_language(std::string_view name) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const std::string_view primary = name.substr(0, name.find('-'));
  if (primary.size() < 2 || primary.size() > 3) return false;
  if (!std::all_of(primary.begin(), primary.end(), lower)) return false;
  const std::string_view rest = name.substr(primary.size());
  return std::all_of(rest.begin(), rest.end(), [&](char c) {
    return lower(c) || c == '-' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

/// 3.9.2025, 3. 9. 2025, 2025/9/3, 3 9 2025; of 3/9/2025 nobody knows which is the month.
std::string meant_date(const std::string& text) {
  static const std::regex kDayFirst(R"(^([0-9]{1,2})[. -] ?([0-9]{1,2})[. -] ?([0-9]{4})$)");
  static const std::regex kYearFirst(R"(^([0-9]{4})[./ -]([0-9]{1,2})[./ -]([0-9]{1,2})$)");
  std::smatch parts;
  if (text.size() > 20) return {};
  const bool day_first = std::regex_match(text, parts, kDayFirst);
  if (!day_first && !std::regex_match(text, parts, kYearFirst)) return {};
  const auto number = [&](std::size_t i) { return std::stoi(parts[i].str()); };
  const std::string meant = fmt::format("{:04}-{:02}-{:02}", number(day_first ? 3 : 1), number(2),
                                        number(day_first ? 1 : 3));
  return words::is_date(meant) ? meant : std::string{};
}

class Validator {
 public:
  Validator(const Node& root, Diagnostics& diagnostics) : root_(root), diagnostics_(diagnostics) {}

  void check(const Node& node, const Type& type, const Holder& holder) {
    if (type.anything) return;
    if (is_nothing(node)) {
      if (!type.nothing) report_nothing(type, holder);
    } else if (node.is_scalar() && !type.scalars.empty()) {
      check_scalar(node, type);
    } else if (node.is_sequence() && type.list) {
      check_list(node, type);
    } else if (is_annotated(node, type)) {
      check_annotation(node, type);
    } else if (node.is_mapping() && type.is_mapping()) {
      check_mapping(node, type, holder);
    } else {
      report_shape(node, type, holder);
    }
  }

 private:
  Diagnostic* report(std::string_view id, Span place, Phrase message, Phrase expected = {},
                     std::string suggestion = {}) {
    if (!seen_.emplace(place.begin, place.end, std::string(id), message.english()).second)
      return nullptr;
    return &diagnostics_.error(std::string(id), place, std::move(message), std::move(expected),
                               std::move(suggestion));
  }

  void report_nothing(const Type& type, const Holder& holder) {
    report("show.empty-value", holder.span,
           holder.name.empty() ? phrase("a value is missing")
                               : phrase("'{}' has no value", holder.name),
           words::describe(type));
  }

  void report_shape(const Node& node, const Type& type, const Holder& holder) {
    const std::array kShapes = {phrase("a text"), phrase("a list"), phrase("a mapping")};
    const Phrase& shape = kShapes[static_cast<std::size_t>(node.type)];
    report("show.wrong-shape", node.span,
           holder.name.empty() ? phrase("{} cannot stand here", shape)
                               : phrase("'{}' cannot be {}", holder.name, shape),
           words::describe(type), meant_shape(node, type));
  }

  [[nodiscard]] std::string meant_shape(const Node& node, const Type& type) const {
    if (!node.is_scalar()) return {};
    if (type.entry) return node.text + ":";
    if (&type == &table::height() && !quantity_fault(Dimension::coordinate, node.text)) {
      return fmt::format("{{agl: {}}}", node.text);
    }
    return &type == &table::spacing() ? meant_spacing(root_, node) : std::string{};
  }

  // ------------------------------------------------------------ scalars

  void check_scalar(const Node& node, const Type& type) {
    const Scalar& scalar = *scalar_form(node.text, type);
    if (node.text.empty()) {
      report("show.empty-value", node.span, phrase("the text is empty"), words::describe(scalar));
      return;
    }
    switch (scalar.form) {
      case Scalar::Form::text: break;
      case Scalar::Form::words: check_word(node, scalar); break;
      case Scalar::Form::quantity: check_quantity(node, scalar); break;
      case Scalar::Form::date: check_date(node); break;
    }
  }

  void check_word(const Node& node, const Scalar& scalar) {
    if (std::find(scalar.words.begin(), scalar.words.end(), node.text) != scalar.words.end())
      return;
    report("show.unknown-word", node.span,
           phrase("'{}' is not {}", node.text, words::said(scalar.what)),
           phrase("one of: {}", words::join(scalar.words)),
           nearest(node.text, words::strings(scalar.words)));
  }

  void check_quantity(const Node& node, const Scalar& scalar) {
    if (auto fault = quantity_fault(scalar.dimension, node.text, scalar.positive)) {
      report(fault->id, node.span, std::move(fault->message), std::move(fault->expected),
             std::move(fault->suggestion));
      return;
    }
    if (scalar.dimension != Dimension::plain_number) return;
    const double value = *parse_plain_number(node.text);
    if (value < scalar.least || value > scalar.most)
      report("show.out-of-range", node.span,
             phrase("{} cannot be a {}", node.text, words::said(scalar.what)),
             phrase("{} to {}", scalar.least, scalar.most));
  }

  void check_date(const Node& node) {
    if (!words::is_date(node.text))
      report("show.date", node.span, phrase("'{}' is not a date", node.text),
             phrase("a day of the calendar, such as 2025-09-03"), meant_date(node.text));
  }

  void check_annotation(const Node& node, const Type& type) {
    for (const Node::Member& member : node.members) {
      const Holder holder{member.key, member.key_span};
      if (member.key == "value") {
        check_annotated_value(member.value, type, holder);
      } else if (!check_provenance(member)) {
        report("show.unknown-key", member.key_span, phrase("unknown key '{}'", member.key),
               phrase("one of: {}", "value, source, quality"),
               nearest(member.key, words::annotation_keys()));
      }
    }
  }

  void check_annotated_value(const Node& value, const Type& type, const Holder& holder) {
    if (is_nothing(value)) {
      report_nothing(type, holder);
    } else if (value.is_scalar()) {
      check_scalar(value, type);
    } else {
      report("show.wrong-shape", value.span, phrase("beside its source a value is a single text"),
             words::describe_scalars(type));
    }
  }

  /// Whether the member says where its mapping comes from; then it is checked.
  bool check_provenance(const Node::Member& member) {
    const Holder holder{member.key, member.key_span};
    if (member.key == "source") {
      check(member.value, table::text(), holder);
    } else if (member.key == "quality") {
      check(member.value, table::word_of_quality(), holder);
    } else {
      return false;
    }
    return true;
  }

  // ------------------------------------------------------------ lists

  void check_list(const Node& node, const Type& type) {
    const List& list = *type.list;
    if (node.items.size() < list.least || node.items.size() > list.most) {
      const Phrase expected = list.least == list.most ? phrase("exactly {}", list.least)
                                                      : phrase("at least {}", list.least);
      report("show.list-length", node.span, phrase("the list has {} items", node.items.size()),
             expected);
    }
    for (const Node& item : node.items) check(item, *list.item, {{}, item.span});
  }

  // ------------------------------------------------------------ mappings

  void check_mapping(const Node& node, const Type& type, const Holder& holder) {
    if (type.names) {
      check_names(node, *type.names, holder);
    } else if (type.entry) {
      check_entry(node, *type.entry);
    } else if (const Object* object = chosen_object(node, type)) {
      check_object(node, type, *object, holder);
    } else {
      check_choice(node, type, holder);
    }
  }

  void check_names(const Node& node, const Names& names, const Holder& holder) {
    for (const Node::Member& member : node.members) {
      if (check_provenance(member)) continue;
      if (names.languages && !is_language(member.key))
        report("show.language", member.key_span, phrase("'{}' is not a language", member.key),
               phrase("a language such as en, pl or zh-Hans"));
      check(member.value, *names.type, {member.key, member.key_span});
    }
    if (names.languages && node.find("en") == nullptr)
      report("show.missing-key", place(node, holder), phrase("the English text is missing"),
             Phrase::verbatim("en"));
  }

  void check_entry(const Node& node, const Entry& entry) {
    if (node.members.size() == 1) {
      const Node::Member& member = node.members.front();
      check(member.value, *entry.type, {member.key, member.key_span});
      return;
    }
    const Span second = node.members.empty() ? node.span : node.members[1].key_span;
    Diagnostic* diagnostic =
        report("show.one-name", second,
               node.members.empty() ? phrase("the {} has no name", words::said(entry.what))
                                    : phrase("a line names one {}; '{}' is a second key beside it",
                                             words::said(entry.what), node.members[1].key),
               phrase("'NAME: {{…}}', or what is said of it farther to the right than its name"));
    if (diagnostic != nullptr && !node.members.empty())
      diagnostic->notes.push_back(
          {phrase("the {} is named here", words::said(entry.what)), node.members.front().key_span});
  }

  void check_object(const Node& node, const Type& type, const Object& object,
                    const Holder& holder) {
    std::set<std::string> misspelt;  // keys that were probably meant: not missing as well
    for (const Node::Member& member : node.members) {
      if (const Field* field = object.field(member.key))
        check(member.value, *field->type, {member.key, member.key_span});
      else if (!check_provenance(member))
        misspelt.insert(report_unknown_key(node, member, type, object));
    }
    for (const Field& field : object.fields)
      if (field.need == Need::required && node.find(field.key) == nullptr &&
          !misspelt.contains(std::string(field.key)))
        report_missing_key(node, type, field, holder);
    for (const Group& group : object.groups) check_group(node, group, holder);
  }

  void report_missing_key(const Node& node, const Type& type, const Field& field,
                          const Holder& holder) {
    report("show.missing-key", place(node, holder),
           holder.name.empty() ? phrase("the {} has no '{}'", words::said(type.name), field.key)
                               : phrase("'{}' has no '{}'", holder.name, field.key),
           words::key_and_doc(field));
  }

  /// "52.25" where "lat: 52,25" in braces reads as the value 52 and the key 25 without a value.
  static std::string meant_decimal(const Node& node, const Node::Member& member) {
    const auto is_digits = [](const std::string& text) {
      return !text.empty() &&
             std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    const auto before = std::find_if(node.members.begin(), node.members.end(),
                                     [&](const Node::Member& each) { return &each == &member; });
    if (before == node.members.begin() || before == node.members.end()) return {};
    const Node::Member& holder = *std::prev(before);
    if (!is_nothing(member.value) || !is_digits(member.key) || !holder.value.is_scalar()) return {};
    std::string_view whole = holder.value.text;
    if (whole.starts_with('-')) whole.remove_prefix(1);
    return is_digits(std::string(whole)) ? holder.value.text + "." + member.key : std::string();
  }

  /// Gives the key that was probably meant.
  std::string report_unknown_key(const Node& node, const Node::Member& member, const Type& type,
                                 const Object& object) {
    const Phrase expected = phrase("one of: {}", words::join(words::keys(object)));
    if (type.field(member.key) != nullptr) {
      report("show.exclusive-keys", member.key_span,
             phrase("'{}' does not go with '{}'", member.key, object.chosen_by), expected);
      return {};
    }
    if (std::string decimal = meant_decimal(node, member); !decimal.empty()) {
      report("show.unknown-key", member.key_span,
             phrase("a comma in a number: the decimal point is '.'"), {}, std::move(decimal));
      return {};
    }
    std::string meant = nearest(member.key, words::strings(words::keys(object)));
    report("show.unknown-key", member.key_span, phrase("unknown key '{}'", member.key), expected,
           meant);
    return meant;
  }

  /// None or several of the keys that choose among sets of keys: what the sets have in common is
  /// checked.
  void check_choice(const Node& node, const Type& type, const Holder& holder) {
    Group choice{.law = Group::Law::exactly_one};
    for (const Object& object : type.objects) choice.keys.push_back(object.chosen_by);
    check_group(node, choice, holder);
    for (const Node::Member& member : node.members) {
      const Field* field = type.field(member.key);
      if (field != nullptr && words::means_one_thing(type, member.key))
        check(member.value, *field->type, {member.key, member.key_span});
      else if (field == nullptr && !check_provenance(member))
        report("show.unknown-key", member.key_span, phrase("unknown key '{}'", member.key),
               phrase("one of: {}", words::join(words::all_keys(type))),
               nearest(member.key, words::strings(words::all_keys(type))));
    }
  }

  void check_group(const Node& node, const Group& group, const Holder& holder) {
    using Law = Group::Law;
    std::vector<const Node::Member*> there;
    for (const std::string_view key : group.keys)
      if (const Node::Member* member = node.find_member(key)) there.push_back(member);
    const Node::Member* subject = node.find_member(group.key);
    const bool only_one = group.law == Law::at_most_one || group.law == Law::exactly_one;
    const bool needs_one = group.law == Law::exactly_one || group.law == Law::at_least_one;
    if (only_one)
      for (std::size_t i = 1; i < there.size(); ++i) report_exclusive(*there[i], *there[0]);
    if (needs_one && there.empty())
      report("show.missing-one-of", place(node, holder),
             holder.name.empty() ? phrase("a key is missing")
                                 : phrase("'{}' lacks a key", holder.name),
             phrase("one of: {}", words::join(group.keys)));
    if (group.law == Law::needs_one_of && subject != nullptr && there.empty())
      report("show.needs-key", subject->key_span, phrase("'{}' stands alone", subject->key),
             phrase("beside it one of: {}", words::join(group.keys)));
    if (group.law == Law::excludes && subject != nullptr)
      for (const Node::Member* member : there) report_exclusive(*member, *subject);
  }

  void report_exclusive(const Node::Member& member, const Node::Member& other) {
    Diagnostic* diagnostic = report("show.exclusive-keys", member.key_span,
                                    phrase("'{}' does not go with '{}'", member.key, other.key),
                                    phrase("one of the two"));
    if (diagnostic != nullptr)
      diagnostic->notes.push_back({phrase("'{}' is here", other.key), other.key_span});
  }

  /// Where something is missing from a mapping: at the key that holds it.
  static Span place(const Node& node, const Holder& holder) {
    return holder.name.empty() ? node.span : holder.span;
  }

  const Node& root_;
  Diagnostics& diagnostics_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string, std::string>> seen_;
};

}  // namespace

void validate(const Node& node, const Type& type, Diagnostics& diagnostics) {
  Validator(node, diagnostics).check(node, type, {{}, node.span});
}

}  // namespace defilada::show
