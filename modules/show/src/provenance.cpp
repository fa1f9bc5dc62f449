// SPDX-License-Identifier: MIT
// Every `source` and `quality` of the texts, with what they are said of:
//
//     marches / foot column / headway     "time: 50.8 s, station: salute line"     S1, calibrated
#include <set>
#include <string>

#include "resolver.hpp"

namespace defilada::show {
namespace {

constexpr std::size_t kShownBytes = 200;

bool is_annotation(const std::string& key) {
  return key == "source" || key == "quality";
}

/// As written, on one line and without annotations; cut when it is long.
void print(const Node& node, std::string& out);

void print_nested(const Node& node, std::string& out) {
  const bool braces = node.is_mapping() && node.find("value") == nullptr;
  if (braces || node.is_sequence()) out += braces ? '{' : '[';
  print(node, out);
  if (braces || node.is_sequence()) out += braces ? '}' : ']';
}

void print(const Node& node, std::string& out) {
  if (out.size() > kShownBytes) return;
  if (node.is_scalar()) {
    out += collapsed(std::string_view(node.text).substr(0, 4 * kShownBytes));
    return;
  }
  bool first = true;
  const auto separate = [&] {
    if (!first) out += ", ";
    first = false;
  };
  if (node.is_sequence()) {
    for (const Node& item : node.items) {
      separate();
      print_nested(item, out);
    }
    return;
  }
  if (const Node* value = node.find("value")) {
    print(*value, out);
    return;
  }
  for (const Node::Member& member : node.members) {
    if (is_annotation(member.key)) continue;
    separate();
    out += member.key + ": ";
    print_nested(member.value, out);
  }
}

std::string shown(const Node& node) {
  std::string out;
  print(node, out);
  if (out.size() <= kShownBytes) return out;
  std::size_t cut = kShownBytes;
  while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0U) == 0x80U) --cut;
  return out.substr(0, cut) + "…";
}

Quality quality_of(std::string_view word) {
  if (word == "published") return Quality::published;
  if (word == "calibrated") return Quality::calibrated;
  return word == "assumed" ? Quality::assumed : Quality::unstated;
}

class Collector {
 public:
  explicit Collector(Show& show) : show_(show) {}

  void walk(const Node& node, const std::string& path) {
    if (node.is_mapping()) {
      take(node, path);
      for (const Node::Member& member : node.members) {
        if (!is_annotation(member.key)) walk(member.value, join(path, member.key));
      }
    } else if (node.is_sequence()) {
      for (std::size_t i = 0; i < node.items.size(); ++i) walk_item(node.items[i], path, i);
    }
  }

 private:
  static std::string join(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + " / " + key;
  }

  /// A line of an order is called by its name, any other item of a list by its number.
  void walk_item(const Node& item, const std::string& path, std::size_t i) {
    const bool named = item.is_mapping() && item.members.size() == 1;
    walk(item, named ? path : join(path, std::to_string(i + 1)));
  }

  void take(const Node& node, const std::string& path) {
    const Node* source = node.find("source");
    const Node* quality = node.find("quality");
    const bool said =
        (source != nullptr && source->is_scalar()) || (quality != nullptr && quality->is_scalar());
    if (!said) return;
    Provenance out;
    out.path = path;
    out.value = shown(node);
    if (source != nullptr) out.source = collapsed(source->text);
    if (quality != nullptr) out.quality = quality_of(quality->text);
    out.span = node.span;
    show_.provenance.push_back(std::move(out));
  }

  Show& show_;
};

/// Catalogues hold more than a show needs: only what it uses is told.
void collect_used(const Resolver& r, Collector& collector) {
  std::set<std::string, std::less<>> kinds;
  std::set<std::string, std::less<>> gaits;
  const auto use = [&gaits](const Gait& gait) { gaits.insert(gait.name); };
  for (const Procession& procession : r.show.processions) use(procession.base_gait);
  for (const Contingent& contingent : r.show.contingents) {
    if (contingent.base_gait) use(*contingent.base_gait);
    for (const GaitZone& zone : contingent.zones) use(zone.gait);
    for (const Part& part : contingent.parts) {
      if (part.kind.valid()) kinds.insert(r.show[part.kind].name);
    }
  }
  if (r.show.guests) {
    for (const KindId id : {r.show.guests->on_foot, r.show.guests->car}) {
      if (id.valid()) kinds.insert(r.show[id].name);
    }
  }
  for (const View& catalogue : r.catalogues) {
    for (const NamedView& each : catalogue["gaits"].named()) {
      const std::string name = collapsed(each.name);
      if (gaits.contains(name)) collector.walk(*each.value.node(), "gaits / " + name);
    }
    for (const NamedView& each : catalogue["kinds"].named()) {
      const std::string name = collapsed(each.name);
      if (kinds.contains(name)) collector.walk(*each.value.node(), "kinds / " + name);
    }
  }
}

}  // namespace

void collect_provenance(Resolver& r) {
  Collector collector(r.show);
  if (r.root.node() != nullptr) collector.walk(*r.root.node(), "");
  collect_used(r, collector);
}

}  // namespace defilada::show
