// SPDX-License-Identifier: MIT
// Any bytes as a show file: read_yaml and validate never crash and never run away; every report has
// a place inside the text; what a view gives of a validated tree never aborts, and what has no
// fault is there.
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "node.hpp"
#include "schema.hpp"
#include "view.hpp"

namespace defilada::show {
namespace {

std::size_t check_places(const Node& node, std::size_t size) {
  DEFILADA_CHECK(node.span.known() && node.span.begin <= node.span.end && node.span.end <= size);
  std::size_t nodes = 1;
  for (const Node& item : node.items) nodes += check_places(item, size);
  for (const Node::Member& member : node.members) {
    DEFILADA_CHECK(!member.key.empty() && member.key_span.end <= size);
    nodes += 1 + check_places(member.value, size);
  }
  return nodes;
}

/// Asks a view for everything that its type allows.
void ask(const View& view, const Type& type);

void ask_scalar(const View& view, const Scalar& scalar, bool sound) {
  bool there = true;
  switch (scalar.form) {
    case Scalar::Form::text: there = view.text().has_value(); break;
    case Scalar::Form::words: there = view.word().has_value(); break;
    case Scalar::Form::date: there = view.date().has_value(); break;
    case Scalar::Form::quantity: there = view.reads_as(scalar.dimension); break;
  }
  DEFILADA_CHECK(there || !sound);
}

bool is_sound(const View& view, const Type& type) {
  Diagnostics diagnostics;
  validate(*view.node(), type, diagnostics);
  return !diagnostics.has_errors();
}

void ask(const View& view, const Type& type) {
  if (type.scalars.size() == 1)
    ask_scalar(view, type.scalars.front(), view.is_scalar() && is_sound(view, type));
  if (type.list)
    for (const View& item : view.each())
      if (view.is_list()) ask(item, *type.list->item);
  if (type.names || type.entry)
    for (const NamedView& named : view.named())
      ask(named.value, type.names ? *type.names->type : *type.entry->type);
  static_cast<void>(view.source());
  static_cast<void>(view.quality());
  for (const Object& object : type.objects)
    for (const Field& field : object.fields)
      if (const View value = view[field.key]; value.node() != nullptr && type.objects.size() == 1)
        ask(value, *field.type);
}

void run(std::string text) {
  const std::size_t size = text.size();
  Sources sources;
  Diagnostics diagnostics;
  const Node root = read_yaml(sources.add("fuzz.yaml", std::move(text)), sources, diagnostics);
  DEFILADA_CHECK(root.span.known() || (diagnostics.has_errors() && root.is_mapping()));
  if (root.span.known()) {
    const Type& type = root.find("defilada catalogue") != nullptr ? catalogue_type() : show_type();
    const std::size_t nodes = check_places(root, size);
    validate(root, type, diagnostics);
    if (nodes < 2000) ask(View(root, type), type);
  }
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    DEFILADA_CHECK(diagnostic.span.known() && diagnostic.span.begin <= diagnostic.span.end);
    DEFILADA_CHECK(diagnostic.span.end <= size && !diagnostic.message.empty());
  }
  if (!diagnostics.all().empty())
    DEFILADA_CHECK(!render(diagnostics.all().back(), sources, true).empty());
}

}  // namespace
}  // namespace defilada::show

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  defilada::show::run(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
