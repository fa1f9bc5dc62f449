// SPDX-License-Identifier: MIT
#include "spacing_hint.hpp"

#include <fmt/format.h>

#include <string_view>

#include "quantity.hpp"

namespace defilada::show {
namespace {

const Node* at(const Node* node, std::string_view key) {
  return node != nullptr && node->is_mapping() ? node->find(key) : nullptr;
}

std::string_view text_of(const Node* node) {
  if (node == nullptr) return {};
  if (node->is_scalar()) return node->text;
  return text_of(at(node, "value"));
}

bool holds(const Node& outer, const Node& inner) {
  return outer.span.file == inner.span.file && outer.span.begin <= inner.span.begin &&
         inner.span.end <= outer.span.end;
}

/// The march or flypast in whose text `value` stands.
const Node* procession_around(const Node& show, const Node& value) {
  for (const std::string_view key : {"marches", "flypasts"}) {
    const Node* all = at(&show, key);
    if (all == nullptr || !all->is_mapping()) continue;
    for (const Node::Member& member : all->members) {
      if (holds(member.value, value)) return &member.value;
    }
  }
  return nullptr;
}

/// Where a flypast's time counts, else the first station of its route but the line-up.
std::string_view station_for(const Node& show, const Node* procession) {
  if (const auto over = text_of(at(procession, "over")); !over.empty()) return over;
  const std::string_view route = text_of(at(procession, "route"));
  const std::string_view line_up = text_of(at(at(procession, "line-up"), "station"));
  const Node* stations = at(at(&show, "site"), "stations");
  if (stations == nullptr || !stations->is_mapping() || route.empty()) return {};
  for (const Node::Member& station : stations->members) {
    if (text_of(at(&station.value, "route")) == route && station.key != line_up) return station.key;
  }
  return {};
}

}  // namespace

std::string meant_spacing(const Node& show, const Node& value) {
  const bool is_time = !quantity_fault(Dimension::duration, value.text);
  if (!is_time && quantity_fault(Dimension::length, value.text)) return {};
  const std::string_view station = station_for(show, procession_around(show, value));
  if (station.empty()) return {};
  return fmt::format("{{{}: {}, station: {}}}", is_time ? "time" : "distance", value.text, station);
}

}  // namespace defilada::show
