// SPDX-License-Identifier: MIT
#include "studio/plan_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "mends.hpp"
#include "summary.hpp"

namespace defilada::app::studio {
namespace {

using language::Words;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json or_null(const std::optional<Time>& time) {
  return time ? Json(seconds_of(time->us)) : Json(nullptr);
}
Json or_null(const std::optional<Duration>& duration) {
  return duration ? Json(seconds_of(duration->us)) : Json(nullptr);
}

/// {"file", "line", "column", "start", "end"}; null where it is not known.
Json place_json(Span span, const Sources& sources) {
  if (!span.known()) return nullptr;
  Json json = Json::object();
  add_place(json, span, sources);
  json["start"] = span.begin;
  json["end"] = span.end;
  return json;
}

Json point_json(const geo::Vec2& point) {
  return Json::array({point.x, point.y});
}

class Writer {
 public:
  Writer(const Outcome& outcome, const Words& say)
      : outcome_(outcome), work_(outcome.work), say_(say) {}

  [[nodiscard]] Sections sections();

 private:
  [[nodiscard]] const show::Show& show() const { return *work_.show; }
  [[nodiscard]] const plan::Plan& plan() const { return work_.plan; }
  [[nodiscard]] Json place(Span span) const { return place_json(span, work_.sources); }

  [[nodiscard]] Json diagnostics() const;
  [[nodiscard]] Json summary() const;
  [[nodiscard]] Json site() const;
  [[nodiscard]] Json items() const;
  [[nodiscard]] Json item(const plan::ItemPlan& planned) const;
  [[nodiscard]] Json processions() const;
  [[nodiscard]] Json contingent(show::ContingentId id) const;
  [[nodiscard]] Json lines() const;
  [[nodiscard]] Json findings() const;
  [[nodiscard]] Json conflicts() const;
  [[nodiscard]] Json spectators() const;
  [[nodiscard]] Json variants() const;
  [[nodiscard]] Json day() const;

  const Outcome& outcome_;
  const Work& work_;
  const Words& say_;
};

Json Writer::diagnostics() const {
  Json list = Json::array();
  for (const Diagnostic& each : work_.diagnostics.all()) {
    Json notes = Json::array();
    for (const Diagnostic::Note& note : each.notes) {
      notes.push_back({{"message", say_(note.message)}, {"place", place(note.span)}});
    }
    list.push_back({{"severity", std::string(to_string(each.severity))},
                    {"code", each.code},
                    {"message", say_(each.message)},
                    {"expected", say_(each.expected)},
                    {"suggestion", each.suggestion},
                    {"place", place(each.span)},
                    {"notes", std::move(notes)}});
  }
  return list;
}

Json Writer::summary() const {
  const plan::Counts& counts = plan().counts;
  Json roles = Json::object();
  for (const auto& [role, count] : counts.people_by_role) roles[role] = count;
  return {{"name", show().name},
          {"title", text_json(show().title)},
          {"zone", show().clock.zone()},
          {"midnight", show().clock.iso8601(Time{})},
          {"feasible", plan().feasible},
          {"start_s", seconds_of(plan().start.us)},
          {"end_s", seconds_of(plan().end.us)},
          {"over_s", or_null(plan().over)},
          {"contingents", counts.contingents},
          {"people", counts.people},
          {"people_by_role", std::move(roles)},
          {"movers", counts.movers},
          {"vehicles", counts.vehicles},
          {"aircraft", counts.aeroplanes + counts.helicopters + counts.drones},
          {"spectators", counts.spectators},
          {"cues", plan().cues.size()}};
}

Json Writer::site() const {
  Json routes = Json::array();
  for (const show::Route& route : show().site.routes) {
    Json points = Json::array();
    for (const geo::Vec2& point : route.points) points.push_back(point_json(point));
    routes.push_back({{"name", route.name},
                      {"air", route.air},
                      {"width_m", route.width_m},
                      {"length_m", route.geometry.elements().empty() ? 0 : route.geometry.length()},
                      {"points", std::move(points)},
                      {"place", place(route.span)}});
  }
  Json stations = Json::array();
  for (const show::Station& station : show().site.stations) {
    stations.push_back({{"name", station.name},
                        {"route", show()[station.route].name},
                        {"s_m", station.s_m},
                        {"point", point_json(station.position)},
                        {"place", place(station.span)}});
  }
  Json areas = Json::array();
  for (const show::Area& area : show().site.areas) {
    Json outer = Json::array();
    for (const geo::Vec2& point : area.polygon.outer) outer.push_back(point_json(point));
    areas.push_back({{"name", area.name},
                     {"use", area.use == show::AreaUse::stand      ? "stand"
                             : area.use == show::AreaUse::obstacle ? "obstacle"
                                                                   : "area"},
                     {"capacity", area.capacity ? Json(*area.capacity) : Json(nullptr)},
                     {"outer", std::move(outer)},
                     {"place", place(area.span)}});
  }
  return {{"origin", {show().site.origin.lat_deg, show().site.origin.lon_deg}},
          {"routes", std::move(routes)},
          {"stations", std::move(stations)},
          {"areas", std::move(areas)}};
}

Json Writer::item(const plan::ItemPlan& planned) const {
  const show::Item& each = show()[planned.item];
  const auto cue =
      std::find_if(plan().cues.begin(), plan().cues.end(), [&](const plan::Cue& other) {
        return other.item == planned.item && other.what == plan::Cue::What::item_start;
      });
  const bool found = cue != plan().cues.end();
  const auto span_s = [](const std::optional<show::Item::At>& at) {
    return at ? Json{{"time_s", seconds_of(at->time.us)},
                     {"within_s", seconds_of(at->within.us)},
                     {"place", nullptr}}
              : Json(nullptr);
  };
  Json at = span_s(each.at);
  if (each.at) at["place"] = place(each.at->span);
  Json lasts = nullptr;
  if (each.lasts.least && each.lasts.most) {
    lasts = {{"least_s", seconds_of(each.lasts.least->us)},
             {"most_s", seconds_of(each.lasts.most->us)},
             {"place", place(each.lasts_span)}};
  }
  return {{"name", each.name},
          {"label", text_json(each.label)},
          {"note", each.note},
          {"kind", each.review       ? "review"
                   : each.motorcade  ? "motorcade"
                   : each.procession ? (show()[*each.procession].air ? "flypast" : "march")
                                     : "item"},
          {"procession", each.procession ? Json(show()[*each.procession].name) : Json(nullptr)},
          {"part", each.part ? Json(show()[*each.part].name) : Json(nullptr)},
          {"start_s", seconds_of(planned.start.us)},
          {"end_s", seconds_of(planned.end.us)},
          {"slack_s", or_null(planned.slack)},
          {"critical", planned.critical},
          {"because", found ? say_(cue->because) : std::string()},
          {"at", std::move(at)},
          {"lasts", std::move(lasts)},
          {"after", each.after.size()},
          {"place", place(each.span)}};
}

Json Writer::items() const {
  Json list = Json::array();
  for (const plan::ItemPlan& planned : plan().items) list.push_back(item(planned));
  return list;
}

/// Of each part, whether it is written there or taken from elsewhere: what `formation::Spec` says.
Json formations_json(const show::Contingent& contingent) {
  Json list = Json::array();
  for (const show::Part& part : contingent.parts) {
    const formation::Spec& spec = part.formation;
    list.push_back({{"part", part.label},
                    {"shape", formation::to_string(spec.shape)},
                    {"files", spec.files},
                    {"ranks", spec.ranks},
                    {"count", spec.count},
                    {"leaders", spec.leaders},
                    {"head_files", spec.head_files},
                    {"interval_m", spec.interval_m},
                    {"distance_m", spec.distance_m},
                    {"leader_interval_m", spec.leader_interval_m},
                    {"leader_distance_m", spec.leader_distance_m},
                    {"spacing_m", spec.spacing_m},
                    {"text", spec.text},
                    {"drawn", !spec.drawing.empty()},
                    {"right", spec.right}});
  }
  return list;
}

Json Writer::contingent(show::ContingentId id) const {
  const show::Contingent& each = show()[id];
  Json json{{"name", each.name}, {"label", text_json(each.label)}};
  if (id.value < plan().contingents.size()) {
    const plan::ContingentPlan& planned = plan().contingents[id.value];
    json["people"] = planned.people;
    json["movers"] = planned.movers;
    json["depth_m"] = planned.depth_m;
    json["width_m"] = planned.width_m;
    json["steps_off_s"] = or_null(planned.steps_off);
    json["over_target_s"] = or_null(planned.over_target);
    json["ends_s"] = or_null(planned.disperses ? planned.disperses : planned.stands);
    json["least_gap_m"] = planned.least_gap_m ? Json(*planned.least_gap_m) : Json(nullptr);
  }
  json["formations"] = formations_json(each);
  json["kind"] = each.parts.empty() ? Json(nullptr) : Json(show()[each.parts.front().kind].name);
  json["place"] = place(each.span);
  return json;
}

Json Writer::processions() const {
  Json list = Json::array();
  for (const show::Procession& procession : show().processions) {
    Json order = Json::array();
    for (const show::ContingentId id : procession.order) order.push_back(contingent(id));
    list.push_back({{"name", procession.name},
                    {"air", procession.air},
                    {"counted", procession.counted},
                    {"route", show()[procession.route].name},
                    {"order", std::move(order)},
                    {"place", place(procession.span)}});
  }
  return list;
}

/// A tenth of a second and of a metre are less than a pixel of any diagram.
Json line_json(const std::vector<std::array<double, 2>>& line) {
  Json points = Json::array();
  for (const auto& [t, s] : line) {
    points.push_back({std::round(10 * t) / 10, std::round(10 * s) / 10});
  }
  return points;
}

/// Where the head and the tail of each contingent are along its route, by the clock.
Json Writer::lines() const {
  Json list = Json::array();
  for (const show::Procession& procession : show().processions) {
    for (const show::ContingentId id : procession.order) {
      if (id.value >= plan().contingents.size()) continue;
      const plan::ContingentPlan& planned = plan().contingents[id.value];
      if (planned.head_line.size() < 2) continue;
      list.push_back({{"procession", procession.name},
                      {"contingent", show()[id].name},
                      {"head", line_json(planned.head_line)},
                      {"tail", line_json(planned.tail_line)}});
    }
  }
  return list;
}

Json Writer::findings() const {
  Json list = Json::array();
  for (const Finding& each : plan().findings) {
    list.push_back(finding_json(each, work_.sources, say_));
  }
  return list;
}

Json Writer::conflicts() const {
  Json list = Json::array();
  for (const plan::Conflict& conflict : plan().conflicts) {
    Json statements = Json::array();
    for (const plan::ConflictLine& line : conflict.statements) {
      statements.push_back(
          {{"text", say_(line.text)}, {"physics", line.physics}, {"place", place(line.span)}});
    }
    Json fixes = Json::array();
    for (const Fix& fix : conflict.fixes) fixes.push_back(fix_json(fix, work_.sources, say_));
    list.push_back({{"short_by_s", seconds_of(conflict.short_by.us)},
                    {"ring", conflict.ring},
                    {"statements", std::move(statements)},
                    {"fixes", std::move(fixes)}});
  }
  return list;
}

/// null where the show says nothing of them.
Json Writer::spectators() const {
  if (!show().spectators) return nullptr;
  const show::Spectators& said = *show().spectators;
  Json emergencies = Json::array();
  for (const show::Emergency& each : said.emergencies) {
    emergencies.push_back({{"name", each.name}, {"label", text_json(each.label)}});
  }
  return {{"people", said.people},
          {"gates", said.gates.size()},
          {"exits", said.exits.size()},
          {"emergencies", std::move(emergencies)},
          {"place", place(said.span)}};
}

Json Writer::variants() const {
  Json list = Json::array();
  for (const show::Show& each : work_.variants) {
    list.push_back({{"name", each.variant->name}, {"label", text_json(each.variant->label)}});
  }
  return list;
}

Json Writer::day() const {
  Json list = Json::array();
  for (const plan::PartPlan& part : plan().parts) {
    const show::DayPart& named = show()[part.part];
    list.push_back({{"name", named.name},
                    {"label", text_json(named.label)},
                    {"start_s", seconds_of(part.start.us)},
                    {"end_s", seconds_of(part.end.us)},
                    {"performs", part.performs}});
  }
  return list;
}

Sections Writer::sections() {
  Sections list{{"diagnostics", dumped(diagnostics())}};
  if (!outcome_.has_plan()) return list;
  list.emplace_back("summary", dumped(summary()));
  list.emplace_back("site", dumped(site()));
  list.emplace_back("items", dumped(items()));
  list.emplace_back("processions", dumped(processions()));
  list.emplace_back("lines", dumped(lines()));
  list.emplace_back("findings", dumped(findings()));
  list.emplace_back("conflicts", dumped(conflicts()));
  list.emplace_back("spectators", dumped(spectators()));
  if (outcome_.whole) list.emplace_back("variants", dumped(variants()));
  list.emplace_back("day", dumped(day()));
  return list;
}

}  // namespace

Json text_json(const show::Text& text) {
  Json json = Json::object();
  for (const auto& [language, words] : text.by_language) json[language] = words;
  return json;
}

Json finding_json(const Finding& finding, const Sources& sources, const Words& say) {
  return {{"severity", std::string(to_string(finding.severity))},
          {"code", finding.code},
          {"message", say(finding.message)},
          {"t0_s", or_null(finding.begin)},
          {"t1_s", or_null(finding.end)},
          {"point", finding.place ? Json(*finding.place) : Json(nullptr)},
          {"who", finding.who},
          {"fix", finding.fix ? fix_json(*finding.fix, sources, say) : Json(nullptr)},
          {"place", place_json(finding.span, sources)}};
}

Sections sections_of(const Outcome& outcome, const Words& say) {
  return Writer(outcome, say).sections();
}

std::string plan_json(const Outcome& outcome, const Sections& sections, const Sections* base,
                      const Words& say) {
  const plan::Seconds& seconds = outcome.work.plan.seconds;
  Json head{{"format", "defilada-studio/1"},
            {"revision", outcome.revision},
            {"etag", outcome.etag},
            {"saved", outcome.saved},
            {"proven", outcome.proven && outcome.has_plan()},
            {"state", !outcome.has_plan()          ? "wrong"
                      : outcome.work.plan.feasible ? "holds"
                                                   : "cannot-hold"},
            {"error", outcome.error ? Json(say(outcome.error->message)) : Json(nullptr)},
            {"seconds",
             {{"read", seconds.read},
              {"programme", seconds.programme},
              {"tracks", seconds.tracks},
              {"proof", outcome.proven ? Json(seconds.proof) : Json(nullptr)},
              {"all", outcome.took_s}}}};
  std::string text = dumped(head);
  text.pop_back();  // the closing brace
  std::string unchanged;
  for (const auto& [name, part] : sections) {
    const bool same =
        base != nullptr && std::any_of(base->begin(), base->end(), [&](const auto& old) {
          return old.first == name && old.second == part;
        });
    if (same) {
      unchanged += (unchanged.empty() ? "\"" : ",\"") + name + "\"";
    } else {
      text += ",\"" + name + "\":" + part;
    }
  }
  return text + ",\"unchanged\":[" + unchanged + "]}\n";
}

}  // namespace defilada::app::studio
