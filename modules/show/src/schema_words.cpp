// SPDX-License-Identifier: MIT
#include "schema_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "quantity_text.hpp"

namespace defilada::show::words {
namespace {

void add_alternative(Phrase& text, const Phrase& alternative) {
  text = text.empty() ? alternative : phrase("{}, or {}", text, alternative);
}

Phrase describe_mapping(const Type& type) {
  if (type.names) return phrase("a mapping with names of {}s as keys", said(type.names->what));
  if (type.entry) return phrase("'NAME: {{…}}'");
  return phrase("a mapping with {}", join(all_keys(type)));
}

}  // namespace

Phrase said(std::string_view word) {
  return {word, {}};
}

Phrase key_and_doc(const Field& field) {
  return Phrase::given({{"en", fmt::format("'{}': {}", field.key, field.doc)},
                        {"pl", fmt::format("„{}”", field.key)}});
}

std::string join(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::vector<std::string> strings(const std::vector<std::string_view>& words) {
  return {words.begin(), words.end()};
}

Phrase describe(const Scalar& scalar) {
  switch (scalar.form) {
    case Scalar::Form::text:
    case Scalar::Form::date: return said(scalar.what);
    case Scalar::Form::words: return phrase("one of: {}", join(scalar.words));
    case Scalar::Form::quantity: return quantity_text::expectation(scalar.dimension);
  }
  return {};
}

Phrase describe_scalars(const Type& type) {
  Phrase text;
  for (const Scalar& scalar : type.scalars) add_alternative(text, describe(scalar));
  return text;
}

Phrase describe(const Type& type) {
  Phrase text = describe_scalars(type);
  if (type.list) add_alternative(text, phrase("a list, each item {}", describe(*type.list->item)));
  if (type.is_mapping()) add_alternative(text, describe_mapping(type));
  return text;
}

std::vector<std::string_view> keys(const Object& object) {
  std::vector<std::string_view> keys;
  for (const Field& field : object.fields) keys.push_back(field.key);
  return keys;
}

std::vector<std::string_view> all_keys(const Type& type) {
  std::vector<std::string_view> all;
  for (const Object& object : type.objects)
    for (const std::string_view key : keys(object))
      if (std::find(all.begin(), all.end(), key) == all.end()) all.push_back(key);
  return all;
}

const std::vector<std::string>& annotation_keys() {
  static const std::vector<std::string> keys = {"value", "source", "quality"};
  return keys;
}

bool means_one_thing(const Type& type, std::string_view key) {
  const Field* first = type.field(key);
  return first != nullptr &&
         std::all_of(type.objects.begin(), type.objects.end(), [&](const Object& object) {
           const Field* field = object.field(key);
           return field == nullptr || field->type == first->type;
         });
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int year = 0;
  int month = 0;
  int day = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) continue;
    if (text[i] < '0' || text[i] > '9') return false;
    int& part = i < 4 ? year : i < 7 ? month : day;
    part = part * 10 + (text[i] - '0');
  }
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const std::array days = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= days[static_cast<std::size_t>(month - 1)];
}

}  // namespace defilada::show::words
