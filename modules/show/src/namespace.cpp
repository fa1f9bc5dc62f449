// SPDX-License-Identifier: MIT
#include "namespace.hpp"

#include <algorithm>
#include <utility>

#include "defilada/core/suggest.hpp"

namespace defilada::show {
namespace {

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// What is wrong with a name; "" if nothing.
Phrase unfit(const std::string& name) {
  if (name.empty()) return phrase("a name cannot be blank");
  if (name.size() > Namespace::kNameLimit) return phrase("a name of more than 200 bytes");
  if (std::any_of(name.begin(), name.end(), is_control)) {
    return phrase("a name cannot hold characters that do not print");
  }
  return {};
}

}  // namespace

Phrase with_article(Named what) {
  switch (what) {
    case Named::station: return phrase("a station");
    case Named::item: return phrase("an item of the programme");
    case Named::contingent: return phrase("a contingent");
    case Named::procession: return phrase("a march or flypast");
    case Named::route: return phrase("a route or air line");
    case Named::area: return phrase("an area, stand or obstacle");
    case Named::kind: return phrase("a kind");
    case Named::gait: return phrase("a gait");
    case Named::delegation: return phrase("a delegation");
    case Named::motorcade: return phrase("a motorcade");
    case Named::day_part: return phrase("a part of the day");
    case Named::stop: return phrase("a stop");
    case Named::gate: return phrase("a gate");
    case Named::way_out: return phrase("an exit");
    case Named::emergency: return phrase("an emergency");
  }
  return phrase("a name");
}

Phrase noun(Named what) {
  switch (what) {
    case Named::station: return phrase("station");
    case Named::item: return phrase("item of the programme");
    case Named::contingent: return phrase("contingent");
    case Named::procession: return phrase("march or flypast");
    case Named::route: return phrase("route or air line");
    case Named::area: return phrase("area, stand or obstacle");
    case Named::kind: return phrase("kind");
    case Named::gait: return phrase("gait");
    case Named::delegation: return phrase("delegation");
    case Named::motorcade: return phrase("motorcade");
    case Named::day_part: return phrase("part of the day");
    case Named::stop: return phrase("stop");
    case Named::gate: return phrase("gate");
    case Named::way_out: return phrase("exit");
    case Named::emergency: return phrase("emergency");
  }
  return phrase("name");
}

std::string collapsed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (!is_blank(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

Phrase in_quotes(std::string_view text) {
  constexpr std::size_t kShown = 80;
  std::string shown = collapsed(text.substr(0, 4 * kShown));
  if (shown.size() > kShown) {
    std::size_t cut = kShown;
    while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0U) == 0x80U) --cut;
    shown = shown.substr(0, cut) + "…";
  }
  return phrase("'{}'", shown);
}

bool Namespace::declare(Name name, Diagnostics& diagnostics) {
  std::string key = collapsed(name.text);
  if (const Phrase fault = unfit(key); !fault.empty()) {
    diagnostics.error("show.name", name.span, fault);
    return false;
  }
  const auto taken = by_name_.find(key);
  if (taken != by_name_.end()) {
    const Name& first = taken->second;
    const Phrase message =
        first.what == name.what
            ? phrase("{} is defined twice", in_quotes(key))
            : phrase("{} is already the name of {}", in_quotes(key), with_article(first.what));
    diagnostics.error("show.duplicate-name", name.span, message, phrase("a name of its own"))
        .notes.push_back({phrase("first defined here"), first.span});
    return false;
  }
  by_what_[name.what].push_back(key);
  by_name_.emplace(std::move(key), std::move(name));
  return true;
}

const Name* Namespace::find(std::string_view text) const {
  const auto found = by_name_.find(collapsed(text));
  return found == by_name_.end() ? nullptr : &found->second;
}

std::string Namespace::nearest(std::string_view text, std::initializer_list<Named> what) const {
  std::vector<std::string> candidates;
  for (const Named each : what) {
    const std::vector<std::string>& names = all(each);
    if (names.size() > comparisons_left_) return {};
    comparisons_left_ -= names.size();
    candidates.insert(candidates.end(), names.begin(), names.end());
  }
  return defilada::nearest(collapsed(text), candidates);
}

const std::vector<std::string>& Namespace::all(Named what) const {
  static const std::vector<std::string> kNone;
  const auto found = by_what_.find(what);
  return found == by_what_.end() ? kNone : found->second;
}

}  // namespace defilada::show
