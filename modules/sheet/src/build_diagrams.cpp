// SPDX-License-Identifier: MIT
#include "build.hpp"

namespace defilada::sheet {

std::vector<Section> build_diagrams(const Context& context) {
  const Words& words = context.words;
  std::vector<Section> sections;
  for (const RouteGroup& group : route_groups(context)) {
    const std::string id = "diagram-" + std::to_string(sections.size() + 1);
    TimeDistance diagram =
        draw_time_distance(context, group, id + "-drawing", kLandscapeWidth, kLandscapeHeight);
    if (diagram.drawing.shapes.empty()) continue;
    const std::string& route = context.show[group.main].name;
    std::string caption = words(Msg::diagram_caption);
    if (diagram.numbered) caption += words(Msg::diagram_numbered);
    if (diagram.named_every > 1) caption += words(Msg::diagram_unnamed, diagram.named_every);
    for (const RouteGroup::Branch& branch : group.branches) {
      caption += words(Msg::diagram_branches, context.show[branch.route].name,
                       context.format.length(branch.shared_m), route);
    }
    Section section{
        .id = id, .title = words(Msg::diagrams, route), .landscape = true, .new_page = true};
    section.blocks.emplace_back(
        Figure{std::move(diagram.drawing), Rich(std::move(caption), Emphasis::small)});
    sections.push_back(std::move(section));
  }
  return sections;
}

}  // namespace defilada::sheet
