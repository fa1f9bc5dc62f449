// SPDX-License-Identifier: MIT
#include "studio/studio.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "defilada/core/edits.hpp"
#include "defilada/language/words.hpp"
#include "defilada/playback/encode.hpp"
#include "defilada/server/folder.hpp"
#include "defilada/show/read.hpp"
#include "json_parts.hpp"
#include "mends.hpp"
#include "studio/client.hpp"
#include "studio/downloads.hpp"
#include "studio/preview.hpp"
#include "studio/replies.hpp"
#include "version.hpp"

namespace defilada::app::studio {
namespace {

namespace fs = std::filesystem;
using server::Answer;
using server::Request;
using server::Response;

constexpr std::size_t kFilesListed = 500;
constexpr std::size_t kPlansTold = 24;  ///< whose sections are kept, so that only changes are sent

bool is_utf8(const std::string& text) {
  try {
    (void)Json(text).dump();
    return true;
  } catch (const Json::exception&) {
    return false;
  }
}

std::string tab_of(const Request& request) {
  return request.header("x-defilada-tab").substr(0, 64);
}

std::string type_of(const std::string& name) {
  const std::string ending = fs::path(name).extension().string();
  if (ending == ".geojson" || ending == ".json") return "application/json; charset=utf-8";
  return "text/plain; charset=utf-8";  // whatever it is: nothing of a show's folder runs
}

}  // namespace

Studio::Studio(Options options, Desk desk, std::vector<fs::path> catalogues)
    : options_(std::move(options)),
      desk_(std::move(desk)),
      catalogues_(std::move(catalogues)),
      planner_(options_, desk_.name(),
               [this](std::string_view stage, double share) { progressed(stage, share); }),
      crowds_(options_, desk_.name(),
              [this](const CrowdRun& run, const spectators::RunOptions::Progress* now,
                     std::size_t phase, double share) { crowd_told(run, now, phase, share); }) {}

Studio::~Studio() {
  planner_.stop();
}

void Studio::serve_by(server::Server& server) {
  server_ = &server;
  keeper_.add([this] {
    if (const auto page = desk_.read(); page) {
      const std::lock_guard lock(mutex_);
      seen_ = page->etag;
      plan(page->text);
    }
  });
}

void Studio::publish(const char* event, const std::string& data) {
  if (server_ != nullptr) server_->publish(event, data.substr(0, data.find_last_not_of('\n') + 1));
}

/// On the planner's thread. A bar that moves ten times a second is enough.
void Studio::progressed(std::string_view stage, double share) {
  const double now_s = seconds_now();
  if (now_s < next_progress_s_) return;
  next_progress_s_ = now_s + 0.1;
  publish("progress", dumped({{"stage", stage}, {"share", share}}));
}

std::string Studio::language_of(const Request& request) const {
  const std::string wanted = request.parameter("lang").value_or(options_.language);
  const auto known = std::find(language::kLanguages.begin(), language::kLanguages.end(), wanted);
  return known == language::kLanguages.end() ? "en" : wanted;
}

// ---------------------------------------------------------------- routes

void Studio::handle(const Request& request, const Answer& answer) {
  if (request.only_reads()) {
    read(request, answer);
  } else {
    change(request, answer);
  }
}

void Studio::read(const Request& request, const Answer& answer) {
  const std::string& path = request.path;
  if (path == "/api/show") return show_text(answer);
  if (path == "/api/plan") return saved_plan(request, answer);
  if (path == "/api/tracks") return tracks(request, answer);
  if (path == "/api/session") return answer(session());
  if (path == "/api/files") {
    return keeper_.add([this, answer] { answer(files()); }, fault_to(answer));
  }
  if (path.starts_with("/api/preview/")) return preview(request, answer);
  if (path == "/api/crowd") return crowd(request, answer);
  if (path == "/api/crowd/density") return density(request, answer);
  if (path == "/api/crowd/places") return places(request, answer);
  if (path == "/api/downloads" || path.starts_with("/api/download/")) {
    return take_away(request, answer);
  }
  if (path == "/api/schema") {
    Response response = Response::json(show::json_schema());
    response.type = "application/schema+json; charset=utf-8";
    return answer(std::move(response));
  }
  if (path == "/api/events") {
    if (request.method == "HEAD") return answer(refused(405, "method", "events are read by GET"));
    Response response;
    response.type = "text/event-stream; charset=utf-8";
    response.events = true;
    return answer(std::move(response));
  }
  file(path, answer);
}

void Studio::change(const Request& request, const Answer& answer) {
  const std::string& path = request.path;
  const bool put = request.method == "PUT";
  if (path == "/api/show" && put) return save(request, answer);
  if (path == "/api/plan" && !put) return draft(request, answer);
  if (path == "/api/fix" && !put) return fix(request, answer);
  if (path == "/api/crowd" && !put) return begin_crowd(request, answer);
  if (path == "/api/crowd/open" && !put) return open_crowd(request, answer);
  if (path == "/api/crowd/stop" && !put) {
    return answer(Response::json(dumped({{"stopped", crowds_.stop()}})));
  }
  const bool known = path == "/api/show" || path == "/api/plan" || path == "/api/fix" ||
                     path == "/api/crowd" || path == "/api/crowd/open" || path == "/api/crowd/stop";
  if (!known) return answer(refused(404, "not-found", "there is nothing of that name"));
  Response response = refused(405, "method", "not by this method");
  response.headers.emplace_back("Allow",
                                path == "/api/show" ? "GET, HEAD, PUT" : "GET, HEAD, POST");
  answer(std::move(response));
}

Response Studio::session() const {
  Json languages = Json::array();
  for (const std::string_view each : language::kLanguages) languages.push_back(each);
  return Response::json(dumped({{"format", "defilada-session/1"},
                                {"version", kVersion},
                                {"file", desk_.name()},
                                {"languages", std::move(languages)},
                                {"language", options_.language}}));
}

/// The page's own files, then those of the show's folder and of the catalogues, and no others.
void Studio::file(const std::string& path, const Answer& answer) {
  const std::string name = path == "/" ? "index.html" : path.substr(1);
  if (const auto found = client_files().find(name); found != client_files().end()) {
    Response response;
    response.type = found->second.type;
    response.lasting = found->second.bytes;
    return answer(std::move(response));
  }
  constexpr std::string_view kShow = "files/show/";
  constexpr std::string_view kCatalogue = "files/catalogue/";
  std::vector<std::pair<fs::path, std::string>> places;
  if (name.starts_with(kShow)) places.emplace_back(desk_.folder(), name.substr(kShow.size()));
  if (name.starts_with(kCatalogue)) {
    for (const fs::path& each : catalogues_) {
      places.emplace_back(each, name.substr(kCatalogue.size()));
    }
  }
  if (places.empty()) return answer(refused(404, "not-found", "there is nothing of that name"));
  const auto find = [places, answer] {
    for (const auto& [folder, below] : places) {
      if (auto text = server::Folder(folder).read(below, show::kFileLimitBytes)) {
        return answer(Response::bytes(type_of(below), std::move(*text)));
      }
    }
    answer(refused(404, "not-found", "there is nothing of that name"));
  };
  keeper_.add(find, fault_to(answer));
}

Response Studio::files() const {
  Json list = Json::array();
  for (const std::string& name : server::Folder(desk_.folder()).names(kFilesListed)) {
    list.push_back("files/show/" + name);
  }
  for (const fs::path& folder : catalogues_) {
    for (const std::string& name : server::Folder(folder).names(kFilesListed)) {
      list.push_back("files/catalogue/" + name);
    }
  }
  return Response::json(dumped(list));
}

// ---------------------------------------------------------------- the file

void Studio::show_text(const Answer& answer) {
  const auto read = [this, answer] {
    const auto page = desk_.read();
    if (!page) return answer(refused(page.error()));
    Response response = Response::bytes("application/yaml; charset=utf-8", page->text);
    response.headers.emplace_back("ETag", page->etag);
    answer(std::move(response));
  };
  keeper_.add(read, fault_to(answer));
}

void Studio::save(const Request& request, const Answer& answer) {
  if (request.body.find_first_not_of(" \t\r\n") == std::string::npos) {
    return answer(refused(422, "empty", "an empty text is not saved"));
  }
  std::optional<std::string> match;
  if (request.headers.count("if-match") > 0) match = request.header("if-match");
  const auto write = [this, answer, match, tab = tab_of(request), text = request.body] {
    if (!is_utf8(text)) return answer(refused(422, "encoding", "the text is not UTF-8"));
    const auto saved = desk_.save(text, match);
    if (!saved) return answer(refused(saved.error()));
    const std::string& etag = saved->page.etag;
    Response response = Response::json(
        dumped(saved->done
                   ? Json{{"etag", etag}}
                   : Json{{"error", "changed"},
                          {"message", "the file was changed by somebody else: nothing was written"},
                          {"etag", etag},
                          {"text", saved->page.text}}),
        saved->done ? 200 : (match ? 412 : 409));
    response.headers.emplace_back("ETag", etag);
    answer(std::move(response));
    if (!saved->done) return;
    publish("changed", dumped({{"etag", etag}, {"tab", tab}}));
    const std::lock_guard lock(mutex_);
    seen_ = etag;
    plan(text);
  };
  keeper_.add(write, fault_to(answer));
}

void Studio::look_round() {
  if (!desk_.may_have_changed()) return;
  keeper_.add([this] {
    const auto page = desk_.peek();
    if (!page) return;
    const std::lock_guard lock(mutex_);
    if (page->etag == seen_) return;
    seen_ = page->etag;
    publish("changed", dumped({{"etag", page->etag}, {"tab", nullptr}}));
    plan(page->text);
  });
}

// ---------------------------------------------------------------- plans

void Studio::plan(const std::string& text) {
  planner_.plan_saved(text, [this](const OutcomePtr& outcome) {
    if (outcome) planned(outcome);
  });
}

void Studio::planned(const OutcomePtr& outcome) {
  publish("planned", dumped({{"revision", outcome->revision},
                             {"etag", outcome->etag},
                             {"proven", outcome->proven}}));
  std::vector<std::pair<Request, Answer>> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(waiting_);
  }
  for (const auto& [request, answer] : waiting) read(request, answer);
}

OutcomePtr Studio::wanted(const Request& request) const {
  const std::optional<std::string> revision = request.parameter("revision");
  if (!revision) return planner_.saved();
  const auto number = number_of(*revision);
  return number ? planner_.outcome(*number) : nullptr;
}

Studio::SectionsPtr Studio::sections(const OutcomePtr& outcome, const std::string& language) {
  const std::pair key{outcome->revision, language};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = told_.find(key); found != told_.end()) return found->second;
  }
  auto made = std::make_shared<const Sections>(sections_of(*outcome, language::Words(language)));
  const std::lock_guard lock(mutex_);
  told_[key] = made;
  while (told_.size() > kPlansTold) told_.erase(told_.begin());  // the oldest
  return made;
}

Response Studio::told(const OutcomePtr& outcome, const std::string& language,
                      const std::string& base) {
  const SectionsPtr parts = sections(outcome, language);
  SectionsPtr old;
  if (const auto number = number_of(base)) {
    const std::lock_guard lock(mutex_);
    const auto found = told_.find({*number, language});
    if (found != told_.end()) old = found->second;
  }
  return Response::json(plan_json(*outcome, *parts, old.get(), language::Words(language)));
}

void Studio::saved_plan(const Request& request, const Answer& answer) {
  const OutcomePtr outcome = wanted(request);
  if (!outcome && request.parameter("revision")) {
    return answer(refused(410, "gone", "that plan is no longer at hand"));
  }
  if (!outcome) {
    const std::lock_guard lock(mutex_);
    if (!planner_.saved()) {
      waiting_.emplace_back(request, answer);
      return;
    }
  }
  const auto tell = [this, answer, outcome = outcome ? outcome : planner_.saved(),
                     language = language_of(request),
                     base = request.parameter("base").value_or("")] {
    answer(told(outcome, language, base));
  };
  teller_.add(tell, fault_to(answer));
}

void Studio::draft(const Request& request, const Answer& answer) {
  const bool proof = request.parameter("proof").value_or("") == "1";
  const bool whole = !request.parameter("quick").has_value();
  planner_.plan_draft(tab_of(request), request.body, proof, whole,
                      [this, answer, language = language_of(request),
                       base = request.parameter("base").value_or("")](const OutcomePtr& outcome) {
                        if (!outcome)
                          return answer(refused(409, "superseded", "a newer text took its place"));
                        Worker::perform([&] { answer(told(outcome, language, base)); },
                                        fault_to(answer));
                      });
}

void Studio::tracks(const Request& request, const Answer& answer) {
  OutcomePtr outcome = wanted(request);
  if (!outcome && !request.parameter("revision")) {
    const std::lock_guard lock(mutex_);
    outcome = planner_.saved();  // it may have come since; who waits is told under this lock
    if (!outcome) {
      waiting_.emplace_back(request, answer);
      return;
    }
  }
  if (!outcome) return answer(refused(410, "gone", "that plan is no longer at hand"));
  if (!outcome->has_plan() && request.parameter("any")) {
    Response nothing;  // for who asks before it knows: a refusal would stand in the browser's log
    nothing.status = 204;
    return answer(std::move(nothing));
  }
  if (!outcome->has_plan()) {
    return answer(refused(409, "no-plan", "the text has errors: there are no tracks"));
  }
  const auto encode = [outcome, answer, language = language_of(request)] {
    const double start_s = seconds_now();
    Response response =
        Response::bytes("application/octet-stream",
                        playback::encode(*outcome->work.show, outcome->work.plan, language));
    response.headers.emplace_back("X-Defilada-Revision", std::to_string(outcome->revision));
    response.headers.emplace_back(
        "Server-Timing", fmt::format("encode;dur={:.1f}", 1e3 * (seconds_now() - start_s)));
    answer(std::move(response));
  };
  teller_.add(encode, fault_to(answer));
}

// ---------------------------------------------------------------- mending, taking away

/// {"revision": N, "codes": ["…"]} -> the text of that plan with these mended. Nothing is written:
/// the page takes the text over, where it can be undone.
void Studio::fix(const Request& request, const Answer& answer) {
  teller_.add([this, request, answer] { mend(request, answer); }, fault_to(answer));
}

void Studio::mend(const Request& request, const Answer& answer) {
  const Json asked = Json::parse(request.body, nullptr, false);
  const bool sound = asked.is_object() && asked.contains("codes") && asked["codes"].is_array() &&
                     asked.contains("revision") && asked["revision"].is_number_unsigned();
  if (!sound) {
    return answer(refused(400, "malformed", R"(expected {"revision": N, "codes": ["CODE"]})"));
  }
  const OutcomePtr outcome = planner_.outcome(asked["revision"].get<std::uint64_t>());
  if (!outcome) return answer(refused(410, "gone", "that plan is no longer at hand"));
  std::vector<std::string> codes;
  for (const Json& each : asked["codes"]) {
    if (each.is_string()) codes.push_back(each.get<std::string>());
  }
  const Choice choice = choose(outcome->work, mends_of(outcome->work), codes);
  const Sources& sources = outcome->work.sources;
  std::vector<Edit> edits;
  for (const Mend& mend : choice.chosen) {
    for (const Edit& each : mend.fix.edits) {
      if (sources.name(each.span.file) != desk_.name()) {
        return answer(refused(409, "elsewhere", "the edit is one of another file"));
      }
      edits.push_back(each);
    }
  }
  if (edits.empty()) return answer(refused(404, "no-fix", "no edit is known that would mend it"));
  answer(Response::json(dumped({{"text", edited(outcome->text, edits)},
                                {"mended", choice.chosen.size()},
                                {"skipped", choice.skipped.size()}})));
}

/// /api/preview/formation and /api/preview/figure of a contingent, of any plan at hand.
void Studio::preview(const Request& request, const Answer& answer) {
  const OutcomePtr outcome = wanted(request);
  if (!outcome) return answer(refused(410, "gone", "that plan is no longer at hand"));
  const auto draw = [outcome, answer, path = request.path, language = language_of(request),
                     contingent = request.parameter("contingent").value_or(""),
                     stand = request.parameter("stand")] {
    std::optional<std::string> drawn;
    if (path == "/api/preview/formation") {
      drawn = formation_preview(contingent, *outcome, language);
    } else if (path == "/api/preview/figure") {
      const auto number = number_of(stand.value_or(""));
      drawn = figure_preview(contingent, number, *outcome, language);
    }
    if (!drawn) return answer(refused(404, "not-found", "there is no such drawing"));
    Response response = Response::bytes("image/svg+xml", std::move(*drawn));
    response.policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    answer(std::move(response));
  };
  teller_.add(draw, fault_to(answer));
}

void Studio::take_away(const Request& request, const Answer& answer) {
  const OutcomePtr outcome = wanted(request);
  if (!outcome) return answer(refused(410, "gone", "there is no plan of that text at hand"));
  constexpr std::string_view kOne = "/api/download/";
  std::string name =
      request.path.starts_with(kOne) ? request.path.substr(kOne.size()) : std::string();
  const bool keep = request.parameter("keep").has_value();
  const auto print = [outcome, answer, name, keep, crowd = crowds_.newest(),
                      language = language_of(request)] {
    if (name.empty()) return answer(Response::json(downloads_json(*outcome, crowd, language)));
    auto made = download(name, *outcome, crowd, language);
    if (!made) return answer(refused(made.error()));
    if (!*made) return answer(refused(404, "not-found", "there is nothing of that name now"));
    Response response = Response::bytes((*made)->type, std::move((*made)->bytes));
    response.policy = (*made)->policy;
    const bool opens = !keep && name != "playback.html" && name != "plan.sqlite";
    response.headers.emplace_back(
        "Content-Disposition", fmt::format("{}; filename=\"{}\"", opens ? "inline" : "attachment",
                                           fs::path(name).filename().string()));
    answer(std::move(response));
  };
  printer_.add(print, fault_to(answer));
}

}  // namespace defilada::app::studio
