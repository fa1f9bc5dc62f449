// SPDX-License-Identifier: MIT
#include "defilada/safety/report.hpp"

#include "build.hpp"
#include "defilada/core/file.hpp"
#include "defilada/show/names.hpp"

namespace defilada::safety {
namespace {

sheet::Document build_document(const Context& context) {
  sheet::Document document{
      .language = context.words.language(),
      .title = context.label(context.show.title, context.show.name),
      .created = context.show.clock.iso8601(Time{}),
      .author = context.words(drawing::Msg::made_by),
      .words = {.kind = context.say(phrase("Safety report: the spectators")),
                .contents = context.words(drawing::Msg::contents),
                .page_of = context.words(drawing::Msg::page_of, "{0}", "{1}")}};
  document.footer = context.words(drawing::Msg::footer, document.words.kind, context.format.date());
  document.subtitle.add(context.format.date(), Emphasis::strong);
  document.subtitle.add(
      " · " + std::string(context.show.clock.zone()) + " · " +
      context.format.position(context.show.site.origin.lat_deg, context.show.site.origin.lon_deg));
  document.sections.push_back(build_cover(context));
  document.sections.push_back(build_matrix(context));
  document.sections.push_back(build_emergency_matrix(context));
  document.sections.push_back(build_plan(context));
  document.sections.push_back(build_capacities(context));
  document.sections.push_back(build_ingress(context));
  if (context.subject.circulation != nullptr) {
    document.sections.push_back(build_circulation(context));
  }
  document.sections.push_back(build_clearance(context));
  document.sections.push_back(build_maps(context));
  if (auto findings =
          sheet::findings_section(context, context.subject.sources, context.subject.findings)) {
    document.sections.push_back(std::move(*findings));
  }
  document.sections.push_back(build_method(context));
  return document;
}

Subject with_show(const Subject& subject, const show::Show& shown) {
  return {.show = shown,
          .plan = subject.plan,
          .sources = subject.sources,
          .scene = subject.scene,
          .hand = subject.hand,
          .phases = subject.phases,
          .runs = subject.runs,
          .findings = subject.findings,
          .run = subject.run,
          .circulation = subject.circulation,
          .circulations = subject.circulations};
}

}  // namespace

std::string Context::length(double seconds) const {
  std::string text =
      seconds < 120 ? say(phrase("{:.0f} s", seconds)) : say(phrase("{:.1f} min", seconds / 60));
  // A number and its unit stay on one line.
  const std::size_t space = text.find(' ');
  return space == std::string::npos ? text : text.replace(space, 1, "\u00A0");
}

std::string Context::share() const {
  const double percent = 100 * subject.run.share;
  return words.decimal(percent, percent < 1 ? 2 : 1) + "\u00A0%";
}

std::string Context::name_of(const Phase& phase) const {
  switch (phase.what) {
    case Phase::What::ingress: return say(phrase("Spectators come"));
    case Phase::What::egress: return say(phrase("Spectators leave"));
    case Phase::What::emergency: return name_of(said.emergencies[phase.emergency]);
  }
  return {};
}

std::string report_html(const Subject& subject, const ReportOptions& options) {
  const show::Show shown = show::in_language(subject.show, options.language);
  const Subject named = with_show(subject, shown);
  return sheet::render_html(build_document(Context(named, options.language)));
}

Status write_report_pdf(const std::filesystem::path& path, const Subject& subject,
                        const ReportOptions& options) {
  const show::Show shown = show::in_language(subject.show, options.language);
  const Subject named = with_show(subject, shown);
  const auto bytes =
      sheet::render_pdf(build_document(Context(named, options.language)), options.paper);
  if (!bytes) return tl::unexpected(bytes.error());
  return write_file_atomically(path, *bytes);
}

}  // namespace defilada::safety
