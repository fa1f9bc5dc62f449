// SPDX-License-Identifier: MIT
#include <algorithm>

#include "build.hpp"

namespace defilada::sheet {
namespace {

constexpr std::size_t kWhoMost = 4;

/// "contingent/slot" as the contingent's label and the slot; what names no contingent stays as it
/// is.
std::string who_words(const Context& context, const std::string& who) {
  const std::size_t slash = who.rfind('/');
  const std::string name = who.substr(0, slash);
  for (std::uint32_t i = 0; i < context.show.contingents.size(); ++i) {
    if (context.show.contingents[i].name != name) continue;
    return context.label(show::ContingentId{i}) +
           (slash == std::string::npos ? "" : who.substr(slash));
  }
  return who;
}

Row finding_row(const Context& context, const Finding& finding) {
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
  Row row{.marked = finding.severity == Severity::error};
  row.cells = {
      {std::move(text)}, {std::move(who)}, {std::move(when)}, {context.where(finding.span)}};
  return row;
}

}  // namespace

std::optional<Section> build_findings(const Context& context) {
  if (context.plan.findings.empty()) return std::nullopt;
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
    const auto of_this = std::count_if(context.plan.findings.begin(), context.plan.findings.end(),
                                       [&](const Finding& f) { return f.severity == severity; });
    if (of_this == 0) continue;
    table.rows.push_back({.kind = Row::Kind::group,
                          .cells = {{Rich(words(Msg::finding_group, words(title),
                                                context.format.count(of_this)))}}});
    for (const Finding& finding : context.plan.findings) {
      if (finding.severity == severity) table.rows.push_back(finding_row(context, finding));
    }
  }
  Section section{.id = "findings", .title = words(Msg::findings)};
  section.blocks.emplace_back(std::move(table));
  return section;
}

}  // namespace defilada::sheet
