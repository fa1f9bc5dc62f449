// SPDX-License-Identifier: MIT
#include "variant_removal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "defilada/core/suggest.hpp"
#include "namespace.hpp"
#include "schema.hpp"

namespace defilada::show {
namespace {

constexpr std::array<std::string_view, 3> kFixed = {"defilada", "use", "variants"};

/// What goes has no key, or no place: no text has such.
void mark(const Place& place) {
  if (place.holder->is_sequence()) {
    place.holder->items[place.index].span = {};
  } else {
    place.holder->members[place.index].key.clear();
  }
}

bool goes(const Node& item) {
  return !item.span.known();
}

/// A list of which all goes, goes.
void sweep(Node& node) {
  std::erase_if(node.members, [](const Node::Member& member) {
    const std::vector<Node>& items = member.value.items;
    return member.key.empty() || (!items.empty() && std::all_of(items.begin(), items.end(), goes));
  });
  std::erase_if(node.items, goes);
  for (Node::Member& member : node.members) sweep(member.value);
  for (Node& item : node.items) sweep(item);
}

class Remover {
 public:
  Remover(Node& root, Taken& taken, Diagnostics& diagnostics)
      : root_(root), directory_(root), taken_(taken), diagnostics_(diagnostics) {}

  void take(const Node& without) {
    if (without.is_sequence()) {
      for (const Node& item : without.items) take_one(bare(item));
    } else {
      take_one(bare(without));
    }
    // Names and numbers are those of the text as it was: nothing moves before all are found.
    for (const Place& place : goes_) mark(place);
    sweep(root_);
    leave_lists();
  }

  void rules_fall_away() {
    Node* rules = child(root_, "rules");
    if (rules == nullptr) return;
    const std::vector<std::string> there = Directory(root_).cue_names();
    std::erase_if(rules->items, [&](const Node& rule) {
      return std::any_of(rule.members.begin(), rule.members.end(), [&](const Node::Member& member) {
        const bool cue =
            member.key == "cue" || member.key == "then" || member.key == "same moment as";
        return cue && !mentioned(bare(member.value).text, taken_, there).empty();
      });
    });
    if (rules->items.empty()) drop(root_, "rules");
  }

 private:
  void take_one(const Node& one) {
    if (one.text.find(" / ") != std::string::npos) {
      take_path(one);
    } else {
      take_name(one);
    }
  }

  void take_path(const Node& one) {
    const Path path = parse_path(one.text, one.span);
    const auto at = place_of(root_, path, diagnostics_);
    if (!at) return;
    const Path::Part& last = path.parts.back();
    if (!at->is_there()) {
      diagnostics_.error("show.variant-path", last.span,
                         phrase("there is no {} in {}", in_quotes(last.text),
                                in_quotes(path.text_before(path.parts.size() - 1))),
                         {}, nearest(last.text, next_parts(*at->holder)));
      return;
    }
    for (const Found* found : directory_.all(last.text)) {
      if (found->path({}).text() == path.text()) return take_found(*found, one.span);
    }
    goes_.push_back(*at);
  }

  void take_name(const Node& one) {
    const std::string name = collapsed(one.text);
    const auto found = directory_.all(name);
    if (found.size() > 1) {
      diagnostics_.error(
          "show.variant-ambiguous", one.span, phrase("two things are called {}", in_quotes(name)),
          phrase("a path: '{}' or '{}'", found[0]->path({}).text(), found[1]->path({}).text()));
    } else if (found.empty()) {
      diagnostics_.error("show.unknown-name", one.span,
                         phrase("there is nothing called {} to do without", in_quotes(name)),
                         phrase("a procession, contingent, item, delegation or motorcade, or a "
                                "path such as 'rules / 3'"),
                         nearest(name, directory_.keys()));
    } else {
      take_found(*found.front(), one.span);
    }
  }

  void take_found(const Found& found, Span span) {
    mark_found(found, span);
    if (found.what == Found::What::procession) take_order_of(found, span);
    if (found.what == Found::What::procession || found.what == Found::What::motorcade) {
      take_what_runs(found, span);
    }
  }

  void mark_found(const Found& found, Span span) {
    for (const std::string& name : found.names) taken_.emplace(name, span);
    if (const auto at = find(root_, found.path(span), diagnostics_)) goes_.push_back(*at);
  }

  void take_order_of(const Found& procession, Span span) {
    for (const std::string& key : directory_.keys()) {
      for (const Found* found : directory_.all(key)) {
        const bool inside =
            found->parts.size() > procession.parts.size() &&
            std::equal(procession.parts.begin(), procession.parts.end(), found->parts.begin());
        if (!inside) continue;
        for (const std::string& name : found->names) taken_.emplace(name, span);
      }
    }
  }

  /// An item that runs it has nothing else to do.
  void take_what_runs(const Found& found, Span span) {
    Node* programme = child(root_, "programme");
    if (programme == nullptr) return;
    for (std::size_t i = 0; i < programme->items.size(); ++i) {
      Node::Member* line = line_of(programme->items[i]);
      if (line == nullptr || !runs(line->value, found)) continue;
      taken_.emplace(collapsed(line->key), span);
      goes_.push_back({programme, i, true});
    }
  }

  static bool runs(Node& item, const Found& found) {
    const auto says = [&](Node* node, std::string_view key) {
      const Node* value = node == nullptr ? nullptr : child(*node, key);
      return value != nullptr && collapsed(bare(*value).text) == found.parts.back();
    };
    if (found.what == Found::What::motorcade) return says(&item, "motorcade");
    return says(&item, "march") || says(&item, "flypast") || says(child(item, "review"), "drive");
  }

  // ---- lists of names

  void leave(Node* list) {
    if (list == nullptr || !list->is_sequence()) return;
    std::erase_if(list->items, [&](const Node& item) {
      return bare(item).is_scalar() && taken_.contains(collapsed(bare(item).text));
    });
  }

  void leave_lists() {
    if (Node* programme = child(root_, "programme")) {
      for (Node& item : programme->items) {
        Node::Member* line = line_of(item);
        if (line == nullptr) continue;
        leave(child(line->value, "participants"));
        if (Node* review = child(line->value, "review")) leave(child(*review, "past"));
      }
    }
    if (Node* guests = child(root_, "guests")) leave_guests(*guests);
  }

  void leave_guests(Node& guests) {
    if (Node* motorcades = child(guests, "motorcades")) {
      for (Node::Member& motorcade : motorcades->members) {
        leave(child(motorcade.value, "guests"));
        leave_cars(motorcade.value);
      }
    }
    for (const std::string_view key : {"photograph", "seats"}) {
      Node* places = child(guests, key);
      Node* kept = places == nullptr ? nullptr : child(*places, "kept");
      if (kept == nullptr) continue;
      std::erase_if(kept->items, [&](Node& item) {
        const Node* who = child(item, "who");
        return who != nullptr && taken_.contains(collapsed(bare(*who).text));
      });
      if (kept->items.empty()) drop(*places, "kept");
    }
  }

  /// A car of one is not shared.
  void leave_cars(Node& motorcade) {
    Node* together = child(motorcade, "together");
    if (together == nullptr) return;
    for (Node& car : together->items) leave(&car);
    std::erase_if(together->items,
                  [](const Node& car) { return car.is_sequence() && car.items.size() < 2; });
    if (together->items.empty()) drop(motorcade, "together");
  }

  Node& root_;
  Directory directory_;
  Taken& taken_;
  Diagnostics& diagnostics_;
  std::vector<Place> goes_;
};

}  // namespace

void take_away(Node& root, const Node& variant, Taken& taken, Diagnostics& diagnostics) {
  Remover remover(root, taken, diagnostics);
  if (const Node* without = variant.find("without")) remover.take(*without);
  if (variant.find("rules on them") != nullptr) remover.rules_fall_away();
}

std::optional<Place> place_of(Node& root, const Path& path, Diagnostics& diagnostics) {
  const Path::Part& first = path.parts.front();
  if (std::find(kFixed.begin(), kFixed.end(), first.text) != kFixed.end()) {
    diagnostics.error("show.variant-fixed", first.span,
                      phrase("a variant has the base's {}", in_quotes(first.text)),
                      phrase("another path: 'programme / …', 'marches / …', 'site / …'"));
    return std::nullopt;
  }
  if (child(root, first.text) != nullptr) return find(root, path, diagnostics);
  if (path.parts.size() == 1 && show_type().field(first.text) != nullptr) {
    return step(root, first.text);
  }
  // The name of something: told with the path that is meant.
  const Directory directory(root);
  const auto known = directory.all(first.text);
  if (known.size() != 1) return find(root, path, diagnostics);
  Path meant = known.front()->path({});
  meant.parts.insert(meant.parts.end(), path.parts.begin() + 1, path.parts.end());
  diagnostics.error("show.variant-path", first.span,
                    phrase("the show has no {}", in_quotes(first.text)),
                    phrase("a path from the top of the show file"), meant.text());
  return std::nullopt;
}

}  // namespace defilada::show
