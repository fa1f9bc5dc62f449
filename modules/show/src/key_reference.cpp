// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "schema.hpp"
#include "schema_words.hpp"

namespace defilada::show {
namespace {

std::string anchor(std::string_view name) {
  std::string text(name);
  for (char& c : text)
    if (c == ' ') c = '-';
  return text;
}

/// A type as a link to its section where it has one, else in words.
std::string linked(const Type& type) {
  if (type.anything) return std::string(type.name);
  if (!type.is_mapping() && !type.list) {
    std::string text;
    for (const Scalar& scalar : type.scalars) {
      if (!text.empty()) text += " or ";
      if (scalar.form == Scalar::Form::words)
        text += "`" + fmt::format("{}", fmt::join(scalar.words, "` `")) + "`";
      else
        text += scalar.form == Scalar::Form::quantity
                    ? fmt::format("{}{}", to_string(scalar.dimension),
                                  scalar.positive ? " above zero" : "")
                    : std::string(scalar.what);
    }
    return text;
  }
  return fmt::format("[{}](#{})", type.name, anchor(type.name));
}

void add_keys(std::string& text, const Object& object) {
  text += "\n| key | value | meaning |\n| --- | --- | --- |\n";
  for (const Field& field : object.fields)
    text += fmt::format("| `{}`{} | {} | {} |\n", field.key,
                        field.need == Need::required ? " (required)" : "", linked(*field.type),
                        field.doc);
}

std::string law(const Group& group) {
  const std::string keys = "`" + fmt::format("{}", fmt::join(group.keys, "` `")) + "`";
  switch (group.law) {
    case Group::Law::at_most_one: return "At most one of " + keys + ".";
    case Group::Law::exactly_one: return "Exactly one of " + keys + ".";
    case Group::Law::at_least_one: return "At least one of " + keys + ".";
    case Group::Law::needs_one_of:
      return fmt::format("`{}` only beside {}.", group.key,
                         group.keys.size() > 1 ? "one of " + keys : keys);
    case Group::Law::excludes: return fmt::format("`{}` not beside {}.", group.key, keys);
  }
  return {};
}

void add_objects(std::string& text, const Type& type) {
  for (const Object& object : type.objects) {
    if (!object.chosen_by.empty()) text += fmt::format("\nWith `{}`:\n", object.chosen_by);
    add_keys(text, object);
    if (!object.groups.empty()) text += "\n";
    for (const Group& group : object.groups) text += "- " + law(group) + "\n";
  }
}

void add_section(std::string& text, const Type& type) {
  text += fmt::format("\n## {}\n\n{}\n", type.name, type.doc);
  std::string forms;
  const auto add = [&](const std::string& form) { forms += "- " + form + "\n"; };
  for (const Scalar& scalar : type.scalars) add(words::describe(scalar).english());
  if (type.list)
    add(fmt::format("a list of {} {}, each: {}",
                    type.list->most == type.list->least ? "exactly" : "at least", type.list->least,
                    linked(*type.list->item)));
  if (type.names)
    add(fmt::format("a mapping from the names of {}s, each to: {}", type.names->what,
                    linked(*type.names->type)));
  if (type.entry)
    add(fmt::format("one name of a {}, and for it: {}", type.entry->what,
                    linked(*type.entry->type)));
  if (!type.objects.empty() && !forms.empty()) add("a mapping with the keys below");
  if (type.nothing) add("nothing");
  if (!forms.empty()) text += "\n" + forms;
  add_objects(text, type);
}

constexpr std::string_view kHead =
    R"(# Keys of the show file

This page is generated from the table by which show files are checked; a test keeps it so. What the words mean is in [the show file](show-file.md).

In place of any text or quantity, `{value: …, source: …, quality: …}` may stand; and every mapping, but a line that gives one name, accepts `source` (a text) and `quality` (`published` `calibrated` `assumed`).
)";

}  // namespace

std::string key_reference() {
  std::string text(kHead);
  for (const Type* type : all_types())
    if (type->is_mapping() || type->list) add_section(text, *type);
  return text;
}

}  // namespace defilada::show
