// SPDX-License-Identifier: MIT
#include "defilada/show/names.hpp"

namespace defilada::show {
namespace {

/// Of a show or a const one.
template <typename AnyShow, typename Each>
void walk(AnyShow& show, const Each& each) {
  const auto named = [&](auto& things) {
    for (auto& thing : things) each(thing.name);
  };
  each(show.site.datum);
  named(show.site.routes);
  named(show.site.stations);
  named(show.site.areas);
  named(show.site.safety.lanes);
  named(show.site.safety.posts);
  named(show.processions);
  for (auto& contingent : show.contingents) {
    for (auto& part : contingent.parts) {
      each(part.label);
      named(part.exhibits);
    }
  }
  if (!show.spectators) return;
  auto& spectators = *show.spectators;
  named(spectators.ground);
  named(spectators.obstacles);
  named(spectators.stairs);
  named(spectators.fences);
  named(spectators.stops);
  named(spectators.gates);
  named(spectators.crossings);
  named(spectators.closings);
  named(spectators.exits);
  named(spectators.amenities);
  named(spectators.population);
}

}  // namespace

Show in_language(Show show, std::string_view language) {
  const auto known =
      show.names.find(std::string(language.substr(0, language.find_first_of("-_.@"))));
  if (known == show.names.end()) return show;
  walk(show, [&](std::string& name) {
    const auto there = known->second.find(name);
    if (there != known->second.end()) name = there->second;
  });
  return show;
}

void for_each_name(const Show& show, const std::function<void(const std::string&)>& each) {
  walk(show, [&](const std::string& name) {
    if (!name.empty()) each(name);
  });
}

}  // namespace defilada::show
