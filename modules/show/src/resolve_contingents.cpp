// SPDX-License-Identifier: MIT
// Contingents: who they are. What a line leaves out comes from what it is `like`, then from the
// defaults of its procession:
//
//     line --> like --> like of like ...        kind, formation or parts, crew, people role
//       `----> defaults                         the same, and attributes
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "resolver.hpp"
#include "schema_table.hpp"

namespace defilada::show {
namespace {

constexpr std::array<std::string_view, 4> kAttributes{"branch", "nation", "role",
                                                      "first appearance"};

View first_given(const View& a, const View& b, const View& c) {
  if (a.given()) return a;
  return b.given() ? b : c;
}

/// The formations that a mapping holds.
std::vector<std::string_view> shapes_in(const View& view) {
  std::vector<std::string_view> shapes;
  for (const std::string_view key : table::formation_keys()) {
    if (view[key].node() != nullptr) shapes.push_back(key);
  }
  return shapes;
}

class ContingentResolver {
 public:
  explicit ContingentResolver(Resolver& resolver) : r_(resolver) {}

  void resolve() {
    for (std::uint32_t i = 0; i < r_.order_lines.size(); ++i) {
      arrange(i);
      fill(r_.order_lines[i]);
    }
  }

 private:
  // ---- like and defaults

  void arrange(std::uint32_t index) {
    Line& line = r_.order_lines[index];
    if (line.state != Line::State::untouched) return;
    line.state = Line::State::begun;
    path_.push_back(index);
    merge(line, model_of(line));
    path_.pop_back();
    line.state = Line::State::done;
  }

  /// What the line is like; nullptr for nothing.
  const Arrangement* model_of(const Line& line) {
    const View like = line.view["like"];
    const auto written = like.text();
    if (!written) return nullptr;
    const auto found = r_.line_of_name.find(collapsed(*written));
    if (found == r_.line_of_name.end()) {
      r_.reference(r_.names, like, Named::contingent);  // says what is wrong with the name
      return nullptr;
    }
    const Line& model = r_.order_lines[found->second];
    if (model.state == Line::State::begun) {
      report_cycle(found->second, like);
      return nullptr;
    }
    if (path_.size() > static_cast<std::size_t>(kMergeDepthLimit)) {
      r_.error("show.too-deep", like.scalar_span(),
               phrase("contingents that are like each other more than {} deep", kMergeDepthLimit));
      return nullptr;
    }
    arrange(found->second);
    return &model.arrangement;
  }

  void report_cycle(std::uint32_t index, const View& like) {
    const auto name = [&](std::uint32_t line) { return in_quotes(r_.order_lines[line].name); };
    auto each = std::find(path_.begin(), path_.end(), index);
    Phrase chain = name(*each);
    while (++each != path_.end()) chain = phrase("{} is like {}", chain, name(*each));
    chain = phrase("{} is like {}", chain, name(index));
    r_.error("show.like-cycle", like.scalar_span(),
             phrase("a contingent is like itself: {}", chain));
  }

  void merge(Line& line, const Arrangement* model) {
    const Arrangement nothing;
    const Arrangement& like = model == nullptr ? nothing : *model;
    Arrangement& out = line.arrangement;
    out.kind = first_given(line.view["kind"], like.kind, line.defaults["kind"]);
    out.crew = first_given(line.view["crew"], like.crew, line.defaults["crew"]);
    out.people_role =
        first_given(line.view["people role"], like.people_role, line.defaults["people role"]);
    out.defaults = line.defaults;
    const auto own = shapes_in(line.view);
    if (line.view["parts"].given()) {
      out.shape = "parts";
    } else if (!own.empty()) {
      out.shape = own.front();
    } else if (!like.shape.empty()) {
      out.shape = like.shape;
      out.formation = like.formation;
      out.defaults = like.defaults;
      out.from_defaults = like.from_defaults;
      return;
    } else {
      take_default_formation(line);
      return;
    }
    out.formation = line.view[out.shape];
    out.is_own = true;
  }

  void take_default_formation(Line& line) {
    const auto shapes = shapes_in(line.defaults);
    if (shapes.size() == 1) {
      line.arrangement.shape = shapes.front();
      line.arrangement.formation = line.defaults[shapes.front()];
      line.arrangement.from_defaults = true;
      return;
    }
    if (line.view.node() != nullptr && !line.view.is_mapping() && line.view.given()) return;
    std::string held;
    for (const std::string_view shape : shapes) {
      held += fmt::format("{}'{}'", held.empty() ? "" : ", ", shape);
    }
    r_.error("show.no-formation", line.name_span,
             shapes.empty() ? phrase("contingent {} has no formation", in_quotes(line.name))
                            : phrase("contingent {} does not say which formation of the "
                                     "defaults it has",
                                     in_quotes(line.name)),
             shapes.empty()
                 ? phrase("one of block, column, vic, … here, in what it is like, or in the "
                          "defaults")
                 : phrase("one of {}", held));
  }

  // ---- the contingents of a line

  void fill(Line& line) {
    std::vector<Part> parts;
    if (!line.arrangement.shape.empty()) resolve_parts(r_, line, parts);
    const Text label = Resolver::label(line.view["label"], "");
    const auto attributes = attributes_of(line);
    if (r_.slots > kSlotLimit || !within_copy_limit(line, label, attributes, parts)) return;
    for (std::uint32_t i = 0; i < line.times; ++i) {
      Contingent& contingent = r_.show.contingents[line.first + i];
      contingent.parts = parts;
      contingent.attributes = attributes;
      contingent.label = label;
      for (auto& [language, text] : contingent.label.by_language) {
        if (text.empty()) {
          text = contingent.name;
        } else if (line.numbered) {
          text += fmt::format(" {}", i + 1);
        }
      }
    }
  }

  std::map<std::string, std::string> attributes_of(const Line& line) {
    std::map<std::string, std::string> out;
    for (const View& from : {line.view, line.defaults}) {  // what is there already stays
      for (const std::string_view key : kAttributes) {
        if (const auto said = from[key].text()) out.emplace(key, *said);
      }
    }
    const View further =
        line.view["attributes"].given() ? line.view["attributes"] : line.defaults["attributes"];
    for (const NamedView& each : further.named()) {
      const auto said = each.value.text();
      if (said && !out.emplace(each.name, *said).second) {
        r_.error("show.attribute-twice", each.name_span,
                 phrase("the attribute {} is said already, under a key of its own",
                        in_quotes(each.name)));
      }
    }
    return out;
  }

  /// A text may say little and repeat it often.
  bool within_copy_limit(const Line& line, const Text& label,
                         const std::map<std::string, std::string>& attributes,
                         const std::vector<Part>& parts) {
    std::size_t bytes = line.name.size();
    for (const auto& [key, text] : attributes) bytes += key.size() + text.size();
    for (const auto& [language, text] : label.by_language) bytes += text.size();
    for (const Part& part : parts) {
      for (const Exhibit& exhibit : part.exhibits) bytes += sizeof exhibit + exhibit.name.size();
    }
    copied_bytes_ += bytes * line.times;
    if (copied_bytes_ <= kCopyLimitBytes) return true;
    r_.error("show.too-large", line.name_span,
             phrase("what is said of all contingents together is too long"),
             phrase("{} MiB at most", kCopyLimitBytes >> 20));
    return false;
  }

  Resolver& r_;
  std::vector<std::uint32_t> path_;  ///< lines whose arrangement is being looked for
  std::size_t copied_bytes_ = 0;
};

}  // namespace

void resolve_contingents(Resolver& r) {
  ContingentResolver(r).resolve();
}

}  // namespace defilada::show
