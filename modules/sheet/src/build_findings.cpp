// SPDX-License-Identifier: MIT
#include <algorithm>

#include "build.hpp"
#include "defilada/sheet/render.hpp"

namespace defilada::sheet {
namespace {

constexpr std::size_t kWhoMost = 4;

/// "contingent/slot" as the contingent's label and the slot; what names no contingent stays as it
/// is.
std::string who_words(const drawing::Context& context, const std::string& who) {
  const std::size_t slash = who.rfind('/');
  const std::string name = who.substr(0, slash);
  for (std::uint32_t i = 0; i < context.show.contingents.size(); ++i) {
    if (context.show.contingents[i].name != name) continue;
    return context.label(show::ContingentId{i}) +
           (slash == std::string::npos ? "" : who.substr(slash));
  }
  return who;
}

Row finding_row(const drawing::Context& context, const Sources& sources, const Finding& finding) {
  const Words& words = context.words;
  Rich text(context.words(finding.message), Emphasis::plain);
  if (finding.fix)
    text.line().add(words(Msg::would_mend, words(finding.fix->text)), Emphasis::small);
  text.line().add(finding.code, Emphasis::code);
  Rich who;
  for (std::size_t i = 0; i < std::min(finding.who.size(), kWhoMost); ++i) {
    who.line().add(who_words(context, finding.who[i]));
  }
  if (finding.who.size() > kWhoMost) {
    who.line().add(words(Msg::and_more, finding.who.size() - kWhoMost), Emphasis::small);
  }
  Rich when;
  if (finding.begin) when.add(context.format.clock(*finding.begin));
  if (finding.end && finding.end != finding.begin)
    when.line().add(context.format.clock(*finding.end));
  Rich where;
  if (finding.span.known()) where.add(sources.where(finding.span), Emphasis::code);
  Row row{.marked = finding.severity == Severity::error};
  row.cells = {{std::move(text)}, {std::move(who)}, {std::move(when)}, {std::move(where)}};
  return row;
}

}  // namespace

std::optional<Section> findings_section(const drawing::Context& context, const Sources& sources,
                                        std::span<const Finding> findings) {
  if (findings.empty()) return std::nullopt;
  const Words& words = context.words;
  Table table{.label = words(Msg::findings),
              .columns = {{.heading = words(Msg::col_finding), .flex = 4},
                          {.heading = words(Msg::col_who), .flex = 1.4},
                          {.heading = words(Msg::col_when)},
                          {.heading = words(Msg::col_where)}}};
  const std::array groups{std::pair(Severity::error, Msg::errors),
                          std::pair(Severity::warning, Msg::warnings),
                          std::pair(Severity::note, Msg::notes)};
  for (const auto& [severity, title] : groups) {
    const auto of_this = std::count_if(findings.begin(), findings.end(),
                                       [&](const Finding& f) { return f.severity == severity; });
    if (of_this == 0) continue;
    table.rows.push_back({.kind = Row::Kind::group,
                          .cells = {{Rich(words(Msg::finding_group, words(title),
                                                context.format.count(of_this)))}}});
    for (const Finding& finding : findings) {
      if (finding.severity == severity)
        table.rows.push_back(finding_row(context, sources, finding));
    }
  }
  Section section{.id = "findings", .title = words(Msg::findings)};
  section.blocks.emplace_back(std::move(table));
  return section;
}

std::optional<Section> build_findings(const Context& context) {
  return findings_section(context, context.sources, context.plan.findings);
}

}  // namespace defilada::sheet
