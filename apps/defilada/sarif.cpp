// SPDX-License-Identifier: MIT
#include "sarif.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "json_parts.hpp"
#include "version.hpp"
#include "words.hpp"

namespace defilada::app {
namespace {

constexpr const char* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// A path as a relative reference, or a file URI (RFC 3986): all but unreserved bytes and "/"
/// become %XX.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

Json message(std::string_view text) {
  return {{"text", std::string(text)}};
}

Json region_of(Span span, const Sources& sources) {
  const Position begin = sources.position(span.file, span.begin);
  const Position end = sources.position(span.file, span.end);
  return {{"startLine", begin.line},  {"startColumn", begin.column},
          {"endLine", end.line},      {"endColumn", end.column},
          {"byteOffset", span.begin}, {"byteLength", span.end - span.begin}};
}

Json artifact_of(FileId file, const Sources& sources) {
  return {{"uri", uri_of(sources.name(file))}};
}

Json location_of(Span span, const Sources& sources) {
  return {{"physicalLocation",
           {{"artifactLocation", artifact_of(span.file, sources)},
            {"region", region_of(span, sources)}}}};
}

/// SARIF keeps the edits of a fix by file.
Json fix_of(const Fix& fix, const Sources& sources, const language::Words& say) {
  Json changes = Json::array();
  for (const Edit& edit : fix.edits) {
    const Json artifact = artifact_of(edit.span.file, sources);
    Json* change = nullptr;
    for (Json& each : changes) {
      if (each["artifactLocation"] == artifact) change = &each;
    }
    if (change == nullptr) {
      changes.push_back({{"artifactLocation", artifact}, {"replacements", Json::array()}});
      change = &changes.back();
    }
    (*change)["replacements"].push_back({{"deletedRegion", region_of(edit.span, sources)},
                                         {"insertedContent", message(edit.text)}});
  }
  return {{"description", message(say(fix.text))}, {"artifactChanges", std::move(changes)}};
}

class Log {
 public:
  Log(const Sources& sources, const language::Words& say) : sources_(sources), say_(say) {}

  void add(const Diagnostic& diagnostic) {
    std::vector<Phrase> text{diagnostic.message};
    if (!diagnostic.expected.empty()) text.push_back(phrase("expected {}", diagnostic.expected));
    if (!diagnostic.suggestion.empty()) {
      text.push_back(phrase("did you mean '{}'?", diagnostic.suggestion));
    }
    Json result =
        begun(diagnostic.code, diagnostic.severity, Phrase::joined(text, "; "), diagnostic.span);
    for (const Diagnostic::Note& note : diagnostic.notes) relate(result, note.message, note.span);
    results_.push_back(std::move(result));
  }

  void add(const Finding& finding) {
    Json result = begun(finding.code, finding.severity, finding.message, finding.span);
    if (finding.fix && !finding.fix->edits.empty()) {
      result["fixes"] = Json::array({fix_of(*finding.fix, sources_, say_)});
    }
    Json properties = Json::object();
    if (finding.begin) properties["t0_s"] = seconds_of(finding.begin->us);
    if (finding.end) properties["t1_s"] = seconds_of(finding.end->us);
    if (finding.place) properties["place"] = *finding.place;
    if (!finding.who.empty()) properties["who"] = finding.who;
    if (!properties.empty()) result["properties"] = std::move(properties);
    results_.push_back(std::move(result));
  }

  void add(const plan::Conflict& conflict) {
    const auto count = static_cast<std::int64_t>(conflict.statements.size());
    const Phrase text =
        conflict.ring ? phrase("these {} statements wait for each other in a ring", count)
        : count == 1
            ? phrase("this statement cannot hold: it misses by {}", spoken(conflict.short_by))
            : phrase("these {} statements cannot all hold: they miss by {}", count,
                     spoken(conflict.short_by));
    Span first;
    for (const plan::ConflictLine& line : conflict.statements) {
      if (!first.known()) first = line.span;
    }
    Json result = begun("programme.conflict", Severity::error, text, first);
    for (const plan::ConflictLine& line : conflict.statements) relate(result, line.text, line.span);
    for (const Fix& fix : conflict.fixes) {
      if (!fix.edits.empty()) result["fixes"].push_back(fix_of(fix, sources_, say_));
    }
    results_.push_back(std::move(result));
  }

  [[nodiscard]] Json finished() && {
    Json rules = Json::array();
    for (const std::string& code : rules_) rules.push_back({{"id", code}});
    Json driver{{"name", "Defilada"}, {"version", kVersion}, {"rules", std::move(rules)}};
    Json run{{"tool", {{"driver", std::move(driver)}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results_)}};
    return {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
  }

 private:
  [[nodiscard]] Json begun(const std::string& code, Severity severity, const Phrase& text,
                           Span span) {
    rules_.insert(code);
    Json result{{"ruleId", code},
                {"level", std::string(to_string(severity))},
                {"message", message(say_(text))}};
    if (span.known()) result["locations"] = Json::array({location_of(span, sources_)});
    return result;
  }

  void relate(Json& result, const Phrase& text, Span span) const {
    if (!span.known()) return;
    Json location = location_of(span, sources_);
    location["message"] = message(say_(text));
    result["relatedLocations"].push_back(std::move(location));
  }

  const Sources& sources_;
  const language::Words& say_;
  std::set<std::string> rules_;
  Json results_ = Json::array();
};

}  // namespace

std::string sarif_log(const Work& work, const language::Words& say) {
  Log log(work.sources, say);
  // Of a show that was planned the reader's warnings are among the findings.
  if (!work.show) {
    for (const Diagnostic& diagnostic : work.diagnostics.all()) log.add(diagnostic);
  }
  for (const Finding& finding : work.plan.findings) log.add(finding);
  for (const plan::Conflict& conflict : work.plan.conflicts) log.add(conflict);
  return text_of(std::move(log).finished());
}

}  // namespace defilada::app
