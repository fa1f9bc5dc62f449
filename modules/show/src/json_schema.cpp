// SPDX-License-Identifier: MIT
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "defilada/show/read.hpp"
#include "schema.hpp"
#include "schema_table.hpp"

// An editor's YAML parser types scalars by YAML 1.2: `80` is a number, `true` a boolean. What
// Defilada reads as text is therefore accepted in each of these types.
namespace defilada::show {
namespace {

using Json = nlohmann::ordered_json;

std::string definition_name(const Type& type) {
  std::string name(type.name);
  for (char& c : name)
    if (c == ' ') c = '-';
  return name;
}

Json reference(const Type& type) {
  return {{"$ref", "#/definitions/" + definition_name(type)}};
}

Json any_of(Json alternatives) {
  if (alternatives.size() == 1) return alternatives.front();
  return {{"anyOf", std::move(alternatives)}};
}

/// `beside_quantity`: what looks like a quantity is meant as one, and is no text then.
Json text_schema(bool beside_quantity) {
  if (!beside_quantity)
    return {{"type", Json::array({"string", "number", "boolean"})}, {"minLength", 1}};
  return {{"type", Json::array({"string", "boolean"})}, {"pattern", "^[^-+.0-9]"}};
}

Json words_schema(const Scalar& scalar) {
  Json words = Json::array();
  for (const std::string_view word : scalar.words) {
    words.push_back(word);
    if (word == "1") words.push_back(1);  // a version, as an editor types it
  }
  return {{"enum", std::move(words)}};
}

Json quantity_schema(const Scalar& scalar) {
  Json text = {{"type", "string"},
               {"maxLength", 100},
               {"pattern", quantity_pattern(scalar.dimension, scalar.positive)}};
  if (scalar.dimension == Dimension::count)
    return any_of(Json::array({{{"type", "integer"}, {"minimum", scalar.positive ? 1 : 0}}, text}));
  if (scalar.dimension != Dimension::plain_number) return text;
  Json number = {{"type", "number"}};
  if (std::isfinite(scalar.least)) number["minimum"] = scalar.least;
  if (std::isfinite(scalar.most)) number["maximum"] = scalar.most;
  return any_of(Json::array({number, text}));
}

Json scalar_schema(const Scalar& scalar, bool beside_quantity) {
  switch (scalar.form) {
    case Scalar::Form::text: return text_schema(beside_quantity);
    case Scalar::Form::words: return words_schema(scalar);
    case Scalar::Form::quantity: return quantity_schema(scalar);
    case Scalar::Form::date:
      return {{"type", "string"},
              {"pattern", "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"}};
  }
  return Json::object();
}

void add_provenance(Json& properties) {
  if (!properties.contains("source")) properties["source"] = reference(table::text());
  if (!properties.contains("quality")) properties["quality"] = reference(table::word_of_quality());
}

/// The scalar alone, and with its provenance.
void add_scalars(Json& alternatives, const Type& type) {
  if (type.scalars.empty()) return;
  Json bare = Json::array();
  for (const Scalar& scalar : type.scalars)
    bare.push_back(scalar_schema(scalar, type.scalars.size() > 1));
  const Json value = any_of(bare);
  for (Json& alternative : bare) alternatives.push_back(std::move(alternative));
  Json properties = {{"value", value}};
  add_provenance(properties);
  alternatives.push_back({{"type", "object"},
                          {"properties", std::move(properties)},
                          {"required", {"value"}},
                          {"additionalProperties", false}});
}

Json requires_key(std::string_view key) {
  return {{"required", Json::array({key})}};
}

Json requires_any(const Group& group) {
  Json keys = Json::array();
  for (const std::string_view key : group.keys) keys.push_back(requires_key(key));
  return keys;
}

Json group_schema(const Group& group) {
  Json keys = requires_any(group);
  switch (group.law) {
    case Group::Law::exactly_one: return {{"oneOf", std::move(keys)}};
    case Group::Law::at_least_one: return {{"anyOf", std::move(keys)}};
    case Group::Law::at_most_one:
      keys.push_back({{"not", {{"anyOf", requires_any(group)}}}});
      return {{"oneOf", std::move(keys)}};
    case Group::Law::needs_one_of:
      return {{"dependencies", {{group.key, {{"anyOf", std::move(keys)}}}}}};
    case Group::Law::excludes:
      return {{"dependencies", {{group.key, {{"not", {{"anyOf", std::move(keys)}}}}}}}};
  }
  return Json::object();
}

Json object_schema(const Object& object) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : object.fields) {
    // Beside a $ref a draft-07 validator ignores everything, so the key's own words wrap it.
    properties[std::string(field.key)] = {{"description", field.doc},
                                          {"allOf", Json::array({reference(*field.type)})}};
    if (field.need == Need::required) required.push_back(field.key);
  }
  add_provenance(properties);
  Json schema = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  if (object.groups.empty()) return schema;
  schema["allOf"] = Json::array();
  for (const Group& group : object.groups) schema["allOf"].push_back(group_schema(group));
  return schema;
}

Json names_schema(const Names& names) {
  Json properties = Json::object();
  add_provenance(properties);
  Json schema = {{"type", "object"}, {"properties", std::move(properties)}};
  if (names.languages) {
    schema["required"] = {"en"};
    schema["propertyNames"] = {{"pattern", "^(?:source|quality|[a-z]{2,3}(?:-[-A-Za-z0-9]*)?)$"}};
  }
  schema["additionalProperties"] = reference(*names.type);
  return schema;
}

Json entry_schema(const Entry& entry) {
  return {{"type", "object"},
          {"minProperties", 1},
          {"maxProperties", 1},
          {"additionalProperties", reference(*entry.type)}};
}

Json list_schema(const List& list) {
  Json schema = {{"type", "array"}, {"items", reference(*list.item)}, {"minItems", list.least}};
  if (list.most != List{}.most) schema["maxItems"] = list.most;
  return schema;
}

Json type_schema(const Type& type) {
  Json alternatives = Json::array();
  add_scalars(alternatives, type);
  if (type.list) alternatives.push_back(list_schema(*type.list));
  for (const Object& object : type.objects) alternatives.push_back(object_schema(object));
  if (type.names) alternatives.push_back(names_schema(*type.names));
  if (type.entry) alternatives.push_back(entry_schema(*type.entry));
  if (type.nothing) alternatives.push_back({{"type", "null"}});
  Json schema = {{"title", type.name}, {"description", type.doc}};
  if (!type.anything) schema.update(any_of(std::move(alternatives)));
  return schema;
}

}  // namespace

std::string json_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "Defilada show file or catalogue"},
                 {"description", "A show.yaml or a catalogue of kinds, version 1."}};
  // Chosen by the key that only a catalogue has, so that an editor's complaints are about one of
  // the two.
  schema["if"] = {{"type", "object"}, {"required", {"defilada catalogue"}}};
  schema["then"] = reference(catalogue_type());
  schema["else"] = reference(show_type());
  Json& definitions = schema["definitions"] = Json::object();
  for (const Type* type : all_types()) definitions[definition_name(*type)] = type_schema(*type);
  return schema.dump(2) + "\n";
}

}  // namespace defilada::show
