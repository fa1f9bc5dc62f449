// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "defilada/drawing/context.hpp"

namespace defilada::drawing {
namespace {

std::string block_words(const formation::Spec& spec, const Words& words) {
  if (spec.ranks * spec.files == 1 && spec.leaders == 0 && spec.head_files == 0) {
    return words(Msg::single);
  }
  std::string text = spec.ranks == 1 && spec.leaders == 0 && spec.head_files == 0
                         ? words(Msg::block_one, spec.files)
                         : words(Msg::block_of, spec.ranks, spec.files);
  if (spec.head_files > 0) text = words(Msg::plus, spec.head_files, text);
  if (spec.leaders > 0) text = words(Msg::plus, text, spec.leaders);
  return text;
}

std::string column_words(const formation::Spec& spec, const Words& words) {
  const std::string text = spec.files > 1 ? words(Msg::column_abreast, spec.count, spec.files)
                                          : words(Msg::column_of, spec.count);
  return spec.leaders > 0 ? words(Msg::plus, text, spec.leaders) : text;
}

std::string shape_words(const formation::Spec& spec, std::size_t slots, const Words& words) {
  using formation::Shape;
  switch (spec.shape) {
    case Shape::block: return block_words(spec, words);
    case Shape::column: return column_words(spec, words);
    case Shape::arrow: return words(Msg::arrow_of, slots);
    case Shape::vic: return words(Msg::vic_of, slots);
    case Shape::echelon: return words(Msg::echelon_of, slots);
    case Shape::line_abreast: return words(Msg::line_of, slots);
    case Shape::trail: return words(Msg::trail_of, slots);
    case Shape::box: return words(Msg::box_of, slots);
    case Shape::diamond: return words(Msg::diamond_of, slots);
    case Shape::ring: return words(Msg::ring_of, slots);
    case Shape::figure: return words(Msg::figure_of, spec.text, slots);
  }
  return {};
}

}  // namespace

std::string Context::formation_words(show::ContingentId id) const {
  std::string text;
  for (const PlacedPart& placed : parts(id)) {
    std::string part = placed.layout.slots.size() == 1
                           ? words(parts(id).size() == 1 ? Msg::single : Msg::single_of_more)
                           : shape_words(placed.part->formation, placed.layout.slots.size(), words);
    if (!placed.part->label.empty()) part = words(Msg::part_labelled, part, placed.part->label);
    text = text.empty() ? part : words(Msg::plus, text, part);
  }
  return text;
}

std::string Context::tally_words(const Tally& tally) const {
  std::string text;
  const auto add = [&](Msg id, std::int64_t n) {
    if (n == 0) return;
    if (!text.empty()) text += " · ";
    text += words.counted(id, n, format.count(n));
  };
  add(Msg::n_people, tally.people);
  add(Msg::n_mounted, tally.mounted);
  add(Msg::n_vehicles, tally.vehicles);
  add(Msg::n_aeroplanes, tally.aeroplanes);
  add(Msg::n_helicopters, tally.helicopters);
  add(Msg::n_drones, tally.drones);
  return text;
}

}  // namespace defilada::drawing
