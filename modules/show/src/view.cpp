// SPDX-License-Identifier: MIT
#include "view.hpp"

#include <algorithm>

#include "defilada/core/check.hpp"
#include "schema_table.hpp"
#include "schema_words.hpp"

namespace defilada::show {
namespace {

bool allows(const Type& type, Scalar::Form form, Dimension dimension) {
  return std::any_of(type.scalars.begin(), type.scalars.end(), [&](const Scalar& scalar) {
    return scalar.form == form && (form != Scalar::Form::quantity || scalar.dimension == dimension);
  });
}

bool is_provenance(std::string_view key) {
  return key == "source" || key == "quality";
}

template <typename T>
std::optional<T> value_of(Result<T> result) {
  return result ? std::optional<T>(std::move(*result)) : std::nullopt;
}

}  // namespace

bool View::given() const {
  return node_ != nullptr && !is_nothing(*node_);
}

bool View::is_scalar() const {
  return scalar() != nullptr;
}
bool View::is_list() const {
  return node_ != nullptr && type_->list && node_->is_sequence();
}
bool View::is_mapping() const {
  return node_ != nullptr && type_->is_mapping() && node_->is_mapping() &&
         !is_annotated(*node_, *type_);
}

Span View::span() const {
  return node_ != nullptr ? node_->span : holder_span_;
}
Span View::scalar_span() const {
  const Node* node = scalar();
  return node != nullptr ? node->span : span();
}

View View::operator[](std::string_view key) const {
  DEFILADA_CHECK(type_ != nullptr);
  const Field* field = type_->field(key);
  DEFILADA_CHECK(field != nullptr);  // the table has no such key
  View view;
  view.type_ = field->type;
  view.varies_ = !words::means_one_thing(*type_, key);
  view.holder_span_ = span();
  if (!is_mapping()) return view;
  if (const Object* object = chosen_object(*node_, *type_)) {
    const Field* chosen = object->field(key);
    if (chosen == nullptr) return view;
    view.type_ = chosen->type;
  } else if (view.varies_) {
    return view;
  }
  if (const Node::Member* member = node_->find_member(key)) {
    view.node_ = &member->value;
    view.key_span_ = member->key_span;
  }
  return view;
}

std::vector<NamedView> View::named() const {
  DEFILADA_CHECK(type_ != nullptr);
  const bool lines = type_->list && type_->list->item->entry;
  DEFILADA_CHECK(type_->names || type_->entry || lines);
  std::vector<NamedView> all;
  const auto add = [&](const Node::Member& member, const Type& type) {
    NamedView named{member.key, member.key_span, View(member.value, type)};
    named.value.key_span_ = member.key_span;
    all.push_back(named);
  };
  if (node_ == nullptr) return all;
  if (node_->is_sequence() && lines) {
    for (const View& item : items())
      for (const NamedView& named : item.named()) all.push_back(named);
  } else if (node_->is_mapping() && type_->entry && node_->members.size() == 1) {
    add(node_->members.front(), *type_->entry->type);
  } else if (is_mapping() && type_->names) {
    for (const Node::Member& member : node_->members)
      if (!is_provenance(member.key)) add(member, *type_->names->type);
  }
  return all;
}

std::vector<View> View::items() const {
  DEFILADA_CHECK(type_ != nullptr && type_->list);
  std::vector<View> all;
  if (!is_list()) return all;
  for (const Node& item : node_->items) all.emplace_back(item, *type_->list->item);
  return all;
}

std::vector<View> View::each() const {
  DEFILADA_CHECK(type_ != nullptr && type_->list);
  if (is_list()) return items();
  return given() ? std::vector<View>{*this} : std::vector<View>{};
}

// ---------------------------------------------------------------- scalars

const Node* View::scalar() const {
  if (!given() || type_->scalars.empty()) return nullptr;
  if (node_->is_scalar()) return node_;
  if (!is_annotated(*node_, *type_)) return nullptr;
  const Node* value = node_->find("value");
  return value->is_scalar() && !is_nothing(*value) ? value : nullptr;
}

bool View::may_be(Scalar::Form form, Dimension dimension) const {
  return type_ != nullptr && (varies_ || allows(*type_, form, dimension));
}

const Scalar* View::form() const {
  const Node* node = scalar();
  return node == nullptr ? nullptr : scalar_form(node->text, *type_);
}

std::optional<std::string_view> View::text() const {
  DEFILADA_CHECK(may_be(Scalar::Form::text));
  const Scalar* meant = form();
  if (meant == nullptr || meant->form != Scalar::Form::text || scalar()->text.empty())
    return std::nullopt;
  return scalar()->text;
}

std::optional<std::string_view> View::word() const {
  DEFILADA_CHECK(may_be(Scalar::Form::words));
  const Scalar* meant = form();
  if (meant == nullptr || meant->form != Scalar::Form::words) return std::nullopt;
  const auto found = std::find(meant->words.begin(), meant->words.end(), scalar()->text);
  return found == meant->words.end() ? std::nullopt : std::optional(*found);
}

std::optional<std::string_view> View::date() const {
  DEFILADA_CHECK(may_be(Scalar::Form::date));
  if (scalar() == nullptr || !words::is_date(scalar()->text)) return std::nullopt;
  return scalar()->text;
}

std::optional<std::string_view> View::quantity_text(Dimension dimension) const {
  DEFILADA_CHECK(may_be(Scalar::Form::quantity, dimension));
  const Scalar* meant = form();
  if (meant == nullptr || meant->form != Scalar::Form::quantity || meant->dimension != dimension)
    return std::nullopt;
  const std::string& text = scalar()->text;
  if (quantity_fault(dimension, text, meant->positive)) return std::nullopt;
  return text;
}

bool View::reads_as(Dimension dimension) const {
  return quantity_text(dimension).has_value();
}

std::optional<double> View::length_m() const {
  const auto text = quantity_text(Dimension::length);
  return text ? value_of(parse_length_m(*text)) : std::nullopt;
}
std::optional<double> View::coordinate_m() const {
  const auto text = quantity_text(Dimension::coordinate);
  return text ? value_of(parse_coordinate_m(*text)) : std::nullopt;
}
std::optional<double> View::speed_mps() const {
  const auto text = quantity_text(Dimension::speed);
  return text ? value_of(parse_speed_mps(*text)) : std::nullopt;
}
std::optional<Duration> View::duration() const {
  const auto text = quantity_text(Dimension::duration);
  return text ? value_of(parse_duration(*text)) : std::nullopt;
}
std::optional<double> View::frequency_hz() const {
  const auto text = quantity_text(Dimension::frequency);
  return text ? value_of(parse_frequency_hz(*text)) : std::nullopt;
}
std::optional<double> View::acceleration_mps2() const {
  const auto text = quantity_text(Dimension::acceleration);
  return text ? value_of(parse_acceleration_mps2(*text)) : std::nullopt;
}
std::optional<double> View::angle_rad() const {
  const auto text = quantity_text(Dimension::angle);
  return text ? value_of(parse_angle_rad(*text)) : std::nullopt;
}
std::optional<double> View::turn_rad() const {
  const auto text = quantity_text(Dimension::turn);
  return text ? value_of(parse_turn_rad(*text)) : std::nullopt;
}
std::optional<std::int64_t> View::clock_us() const {
  const auto text = quantity_text(Dimension::clock);
  return text ? value_of(parse_clock_us(*text)) : std::nullopt;
}
std::optional<WindowText> View::window() const {
  const auto text = quantity_text(Dimension::window);
  return text ? value_of(parse_window(*text)) : std::nullopt;
}
std::optional<double> View::share() const {
  const auto text = quantity_text(Dimension::share);
  return text ? value_of(parse_share(*text)) : std::nullopt;
}
std::optional<std::int64_t> View::count() const {
  const auto text = quantity_text(Dimension::count);
  return text ? value_of(parse_count(*text)) : std::nullopt;
}
std::optional<double> View::plain_number() const {
  const auto text = quantity_text(Dimension::plain_number);
  if (!text) return std::nullopt;
  const auto value = value_of(parse_plain_number(*text));
  if (!value || *value < form()->least || *value > form()->most) return std::nullopt;
  return value;
}

// ---------------------------------------------------------------- provenance

std::optional<std::string_view> View::provenance(std::string_view key) const {
  if (node_ == nullptr || !node_->is_mapping() || type_->entry) return std::nullopt;
  const Node* said = node_->find(key);
  if (said == nullptr) return std::nullopt;
  const Type& type = key == "source" ? table::text() : table::word_of_quality();
  const View view(*said, type);
  return key == "source" ? view.text() : view.word();
}

std::optional<std::string_view> View::source() const {
  return provenance("source");
}
std::optional<std::string_view> View::quality() const {
  return provenance("quality");
}

}  // namespace defilada::show
