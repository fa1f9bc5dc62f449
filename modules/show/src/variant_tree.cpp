// SPDX-License-Identifier: MIT
#include "variant_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "defilada/core/suggest.hpp"
#include "namespace.hpp"
#include "quantity.hpp"
#include "variant_path.hpp"
#include "variant_removal.hpp"

namespace defilada::show {
namespace {

Node scalar(std::string text, Span span) {
  Node node;
  node.span = span;
  node.text = std::move(text);
  return node;
}

std::string clock_text(std::int64_t us) {
  const std::int64_t s = us / 1'000'000;
  std::string text = fmt::format("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  if (us % 1'000'000 != 0) text += fmt::format(".{:06}", us % 1'000'000);
  return text;
}

/// The members of a mapping by path or name.
template <typename Act>
void each(const Node& variant, std::string_view key, Act act) {
  const Node* all = variant.find(key);
  if (all == nullptr) return;
  for (const Node::Member& member : all->members) {
    if (member.key != "source" && member.key != "quality") act(member);
  }
}

/// Does what one variant says, after what it is like.
class Maker {
 public:
  Maker(const Node& base, Diagnostics& diagnostics) : base_(base), diagnostics_(diagnostics) {}

  std::optional<VariantTree> make(const Node::Member& variant) {
    const std::size_t errors = diagnostics_.errors();
    out_.root = base_;
    drop(out_.root, "variants");
    drop(out_.root, "published");
    apply(variant);
    if (diagnostics_.errors() != errors) return std::nullopt;
    return std::move(out_);
  }

 private:
  void apply(const Node::Member& variant) {
    chain_.push_back(collapsed(variant.key));
    if (const Node* like = variant.value.find("like")) apply_like(bare(*like));
    chain_.pop_back();
    each(variant.value, "set", [&](const Node::Member& one) { set(one); });
    each(variant.value, "add", [&](const Node::Member& one) { add(one); });
    each(variant.value, "late", [&](const Node::Member& one) { late(one); });
    take_away(out_.root, variant.value, out_.taken, diagnostics_);
    each(variant.value, "set", [&](const Node::Member& one) { still_there(one); });
  }

  void apply_like(const Node& like) {
    const std::string name = collapsed(like.text);
    const auto& variants = base_.find("variants")->members;
    const auto model =
        std::find_if(variants.begin(), variants.end(),
                     [&](const Node::Member& other) { return collapsed(other.key) == name; });
    if (model == variants.end()) {
      std::vector<std::string> names;
      for (const Node::Member& other : variants) names.push_back(collapsed(other.key));
      diagnostics_.error("show.unknown-name", like.span,
                         phrase("there is no variant {}", in_quotes(like.text)), {},
                         nearest(name, names));
      return;
    }
    const auto begun = std::find(chain_.begin(), chain_.end(), name);
    if (begun == chain_.end()) return apply(*model);
    Phrase ring = in_quotes(name);
    for (auto one = chain_.end(); one != begun;)
      ring = phrase("{} is like {}", in_quotes(*--one), ring);
    diagnostics_.error("show.variant-cycle", like.span,
                       phrase("a variant is like itself: {}", ring));
  }

  // ---- set

  void set(const Node::Member& one) {
    const Path path = parse_path(one.key, one.key_span);
    const auto at = place_of(out_.root, path, diagnostics_);
    if (!at) return;
    const Span key_span = path.parts.back().span;
    if (at->holder->is_sequence()) {
      at->value() = one.value;
      if (at->line) at->holder->items[at->index].members.front().key_span = key_span;
    } else if (at->is_there()) {
      Node::Member& member = at->holder->members[at->index];
      member.key_span = key_span;
      member.value = one.value;
    } else {
      at->holder->members.push_back({path.parts.back().text, key_span, one.value});
    }
  }

  /// What is set in something that the variant takes away was meant otherwise.
  void still_there(const Node::Member& one) {
    for (const Path::Part& part : parse_path(one.key, one.key_span).parts) {
      const auto taken = out_.taken.find(part.text);
      if (taken == out_.taken.end()) continue;
      diagnostics_
          .error("show.taken-away", part.span,
                 phrase("{} is taken away, and here something of it is set", in_quotes(part.text)),
                 phrase("one of the two"))
          .notes.push_back({phrase("it is taken away here"), taken->second});
      return;
    }
  }

  // ---- add

  void add(const Node::Member& one) {
    const Path path = parse_path(one.key, one.key_span);
    const auto at = place_of(out_.root, path, diagnostics_);
    if (!at) return;
    if (at->holder->is_sequence()) {
      insert(*at->holder, at->index + 1, one);
    } else if (!at->is_there()) {
      at->holder->members.push_back({path.parts.back().text, path.parts.back().span, one.value});
    } else if (at->value().is_sequence()) {
      insert(at->value(), at->value().items.size(), one);
    } else if (at->value().is_mapping() && one.value.is_mapping()) {
      merge(at->value(), path, one.value);
    } else {
      diagnostics_.error(
          "show.variant-add", one.key_span,
          phrase("{} is there, and nothing can be added to it", in_quotes(path.text())),
          phrase("'set' for another value; 'add' for what a list or mapping lacks"));
    }
  }

  void insert(Node& list, std::size_t at, const Node::Member& one) {
    if (!one.value.is_sequence()) {
      diagnostics_.error("show.variant-add", one.value.span,
                         phrase("what is added to the list {} is no list", in_quotes(one.key)),
                         phrase("a list: '[…]', or lines that begin with '-'"));
      return;
    }
    list.items.insert(list.items.begin() + static_cast<std::ptrdiff_t>(at), one.value.items.begin(),
                      one.value.items.end());
  }

  void merge(Node& mapping, const Path& path, const Node& added) {
    for (const Node::Member& member : added.members) {
      const Node::Member* there = mapping.find_member(member.key);
      if (there == nullptr) {
        mapping.members.push_back(member);
        continue;
      }
      diagnostics_
          .error("show.variant-add", member.key_span,
                 phrase("{} has {} already", in_quotes(path.text()), in_quotes(member.key)),
                 phrase("'set: {{{} / {}: …}}'", path.text(), member.key))
          .notes.push_back({phrase("it is here"), there->key_span});
    }
  }

  // ---- late

  void late(const Node::Member& one) {
    const std::string name = collapsed(one.key);
    const Directory directory(out_.root);
    std::vector<const Found*> found = directory.all(name);
    const bool another = !found.empty();
    std::erase_if(found, [](const Found* each) {
      return each->what != Found::What::delegation && each->what != Found::What::item;
    });
    if (found.size() != 1) return report_late(one, directory, found.size() > 1, another);
    const auto at = find(out_.root, found.front()->path(one.key_span), diagnostics_);
    if (!at) return;
    if (found.front()->what == Found::What::delegation) {
      late_delegation(one, at->value());
    } else {
      late_item(one, at->value());
    }
  }

  void report_late(const Node::Member& one, const Directory& directory, bool several,
                   bool another) {
    diagnostics_.error(
        "show.variant-late", one.key_span,
        several   ? phrase("{} is a delegation and an item", in_quotes(one.key))
        : another ? phrase("{} is no delegation and no item of the programme", in_quotes(one.key))
                  : phrase("there is no delegation or item {}", in_quotes(one.key)),
        several   ? phrase("'set' with the path of one of the two")
        : another ? phrase("of a march or flypast, the item that runs it; of a contingent, 'set' "
                           "for its headway or gap")
                  : Phrase(),
        another ? std::string() : nearest(collapsed(one.key), directory.keys()));
  }

  static void late_delegation(const Node::Member& one, Node& delegation) {
    const auto key = step(delegation, "late");
    if (key && key->is_there()) drop(delegation, "late");
    delegation.members.push_back({"late", one.key_span, one.value});
  }

  void late_item(const Node::Member& one, Node& item) {
    const auto by = parse_duration(bare(one.value).text);
    if (!by) return;  // told by the table
    if (Node* at = child(item, "at")) {
      if (const auto time = parse_clock_us(bare(*at).text)) {
        *at = scalar(clock_text(*time + by->us), one.value.span);
      }
    } else if (child(item, "after") != nullptr) {
      late_after(*by, one, item);
    } else {
      diagnostics_.error(
          "show.variant-late", one.key_span,
          phrase("{} has no 'at' and no 'after' that could be later", in_quotes(one.key)),
          phrase("the item with which it starts, or 'set' for an 'at' or 'after'"));
    }
  }

  static void late_after(Duration by, const Node::Member& one, Node& item) {
    WindowText window{Duration{}, std::nullopt};
    if (const Node* later = child(item, "later")) {
      window = parse_window(bare(*later).text).value_or(window);
    } else if (const Node* within = child(item, "within")) {
      if (const auto most = parse_duration(bare(*within).text)) window.most = *most;
    }
    const std::string least = print_duration(window.least.value_or(Duration{}) + by);
    drop(item, "later");
    drop(item, "within");
    item.members.push_back(
        {"later", one.key_span,
         scalar(window.most ? fmt::format("{} to {}", least, print_duration(*window.most + by))
                            : "at least " + least,
                one.value.span)});
  }

  const Node& base_;
  Diagnostics& diagnostics_;
  VariantTree out_;
  std::vector<std::string> chain_;  ///< variants that are being applied
};

}  // namespace

std::optional<VariantTree> variant_tree(const Node& base, const Node::Member& variant,
                                        Diagnostics& diagnostics) {
  return Maker(base, diagnostics).make(variant);
}

}  // namespace defilada::show
