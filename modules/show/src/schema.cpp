// SPDX-License-Identifier: MIT
#include "schema.hpp"

#include <algorithm>

namespace defilada::show {

const Field* Object::field(std::string_view key) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

const Field* Type::field(std::string_view key) const {
  for (const Object& object : objects)
    if (const Field* field = object.field(key)) return field;
  return nullptr;
}

bool is_nothing(const Node& node) {
  if (!node.is_scalar() || node.quoted) return false;
  const std::string& text = node.text;
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool is_annotated(const Node& node, const Type& type) {
  return node.is_mapping() && !type.scalars.empty() && node.find("value") != nullptr;
}

const Scalar* scalar_form(std::string_view text, const Type& type) {
  const bool number_like =
      !text.empty() && std::string_view("0123456789+-.").find(text.front()) != text.npos;
  for (const Scalar& scalar : type.scalars) {
    const bool last = &scalar == &type.scalars.back();
    if (last || scalar.form != Scalar::Form::quantity || number_like) return &scalar;
  }
  return nullptr;
}

const Object* chosen_object(const Node& mapping, const Type& type) {
  if (type.objects.size() == 1 && type.objects.front().chosen_by.empty())
    return &type.objects.front();
  const Object* chosen = nullptr;
  for (const Object& object : type.objects) {
    if (mapping.find(object.chosen_by) == nullptr) continue;
    if (chosen != nullptr) return nullptr;
    chosen = &object;
  }
  return chosen;
}

}  // namespace defilada::show
