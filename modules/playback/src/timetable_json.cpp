// SPDX-License-Identifier: MIT
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "defilada/core/diagnostics.hpp"
#include "guests.hpp"
#include "parts.hpp"

namespace defilada::playback {
namespace {

template <typename Tag>
Json id_json(show::Id<Tag> id) {
  return id.valid() ? Json(id.value) : Json();
}
Json seconds_json(const std::optional<Time>& time) {
  return time ? Json(time->seconds()) : Json();
}

const char* what_name(plan::Cue::What what) {
  switch (what) {
    case plan::Cue::What::item_start: return "item_start";
    case plan::Cue::What::item_end: return "item_end";
    case plan::Cue::What::step_off: return "step_off";
    case plan::Cue::What::head: return "head";
    case plan::Cue::What::tail: return "tail";
    case plan::Cue::What::rank: return "rank";
    case plan::Cue::What::enters_hold: return "enters_hold";
    case plan::Cue::What::stands: return "stands";
    case plan::Cue::What::abeam: return "abeam";
    case plan::Cue::What::halts: return "halts";
    case plan::Cue::What::drives_on: return "drives_on";
    case plan::Cue::What::evolution_starts: return "evolution_starts";
    case plan::Cue::What::evolution_ends: return "evolution_ends";
  }
  return "item_start";
}

/// "2025-09-03T09:00:00+08:00" -> 28800; the last six characters of Clock::iso8601 are the offset.
std::int64_t offset_s(const Clock& clock, Time time) {
  const std::string text = clock.iso8601(time);
  const std::string offset = text.substr(text.size() - 6);
  const std::int64_t size =
      std::stol(offset.substr(1, 2)) * 3600 + std::stol(offset.substr(4)) * 60;
  return offset.front() == '-' ? -size : size;
}

}  // namespace

Json offsets_json(const Clock& clock) {
  constexpr std::int64_t kStep_s = 900;  // zones change at full quarters of an hour
  constexpr std::int64_t kDay_s = 86'400;
  Json list = Json::array();
  std::optional<std::int64_t> last;
  for (std::int64_t t = -kDay_s; t <= 2 * kDay_s; t += kStep_s) {
    const std::int64_t now = offset_s(clock, Time{t * 1'000'000});
    if (now != last) list.push_back(Json::array({t, now}));
    last = now;
  }
  return list;
}

Json items_json(const show::Show& show, const plan::Plan& plan) {
  Json list = Json::array();
  for (const plan::ItemPlan& planned : plan.items) {
    const show::Item& item = show[planned.item];
    Json statements = Json::array();
    for (const show::Statement& statement : item.statements) {
      if (statement.text.empty()) continue;  // a report, nobody's words
      statements.push_back(
          {{"who", statement.who}, {"to", statement.to}, {"text", statement.text}});
    }
    list.push_back({{"id", planned.item.value},
                    {"name", item.name},
                    {"label", text_json(item.label)},
                    {"note", item.note},
                    {"start_s", planned.start.seconds()},
                    {"end_s", planned.end.seconds()},
                    {"critical", planned.critical},
                    {"procession", item.procession ? id_json(*item.procession) : Json()},
                    {"from", item.from ? id_json(*item.from) : Json()},
                    {"to", item.to ? id_json(*item.to) : Json()},
                    {"statements", std::move(statements)}});
  }
  return list;
}

Json cues_json(const show::Show& show, const plan::Plan& plan, const language::Words& say) {
  Json list = Json::array();
  for (const plan::Cue& cue : plan.cues) {
    const std::optional<Duration> slack = cue.slack();
    list.push_back({{"id", cue.id},
                    {"label", say(cue.said)},
                    {"what", what_name(cue.what)},
                    {"item", id_json(cue.item)},
                    {"contingent", id_json(cue.contingent)},
                    {"station", id_json(cue.station)},
                    {"evolution", cue.evolution ? Json(show::to_string(*cue.evolution)) : Json()},
                    {"t_s", cue.time.seconds()},
                    {"slack_s", slack ? Json(slack->seconds()) : Json()},
                    {"critical", cue.critical},
                    {"because", say(cue.because)}});
  }
  add_guest_cues(show, plan, list);
  return list;
}

Json findings_json(const plan::Plan& plan, const language::Words& say) {
  Json list = Json::array();
  for (const Finding& finding : plan.findings) {
    list.push_back({{"severity", to_string(finding.severity)},
                    {"code", finding.code},
                    {"message", say(finding.message)},
                    {"t0_s", seconds_json(finding.begin)},
                    {"t1_s", seconds_json(finding.end)},
                    {"place", finding.place ? Json(*finding.place) : Json()},
                    {"who", finding.who},
                    {"fix", finding.fix ? Json(say(finding.fix->text)) : Json()}});
  }
  return list;
}

Json conflicts_json(const plan::Plan& plan, const language::Words& say) {
  Json list = Json::array();
  for (const plan::Conflict& conflict : plan.conflicts) {
    Json statements = Json::array();
    for (const plan::ConflictLine& line : conflict.statements) statements.push_back(say(line.text));
    list.push_back(
        {{"short_by_s", conflict.short_by.seconds()}, {"statements", std::move(statements)}});
  }
  return list;
}

}  // namespace defilada::playback
