// SPDX-License-Identifier: MIT
#include "json_parts.hpp"

#include <utility>

namespace defilada::app {

std::string text_of(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

double seconds_of(std::int64_t us) {
  return static_cast<double>(us) / 1e6;
}

Json or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}

void add_place(Json& json, Span span, const Sources& sources) {
  const Position position = sources.position(span);
  json["file"] = or_null(sources.name(span.file));
  json["line"] = span.known() ? Json(position.line) : Json(nullptr);
  json["column"] = span.known() ? Json(position.column) : Json(nullptr);
}

Json fix_json(const Fix& fix, const Sources& sources, const language::Words& say) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    edits.push_back({{"file", or_null(sources.name(edit.span.file))},
                     {"start", edit.span.begin},
                     {"end", edit.span.end},
                     {"new", edit.text}});
  }
  return {{"text", say(fix.text)}, {"edits", std::move(edits)}};
}

Json finding_json(const Finding& finding, const Sources& sources, const language::Words& say) {
  Json json{{"severity", std::string(to_string(finding.severity))},
            {"code", finding.code},
            {"message", say(finding.message)}};
  add_place(json, finding.span, sources);
  json["t0_s"] = finding.begin ? Json(seconds_of(finding.begin->us)) : Json(nullptr);
  json["t1_s"] = finding.end ? Json(seconds_of(finding.end->us)) : Json(nullptr);
  json["place"] = finding.place ? Json(*finding.place) : Json(nullptr);
  json["who"] = finding.who;
  json["fix"] = finding.fix ? fix_json(*finding.fix, sources, say) : Json(nullptr);
  return json;
}

}  // namespace defilada::app
