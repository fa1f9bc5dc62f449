// SPDX-License-Identifier: MIT
// The spectators' side of the studio: runs are begun, followed, stopped and looked at.
#include <charconv>
#include <string>
#include <utility>

#include "crowd_kept.hpp"
#include "defilada/language/words.hpp"
#include "products.hpp"
#include "studio/replies.hpp"
#include "studio/studio.hpp"

namespace defilada::app::studio {

using server::Answer;
using server::Request;
using server::Response;

/// On the run's thread: how far it is, ten times a second, and that it has ended.
void Studio::crowd_told(const CrowdRun& run, const spectators::RunOptions::Progress* now,
                        std::size_t phase, double share) {
  const double now_s = seconds_now();
  if (now != nullptr && now_s < next_crowd_s_) return;
  next_crowd_s_ = now_s + 0.1;
  Json said{{"run", run.number}, {"state", to_string(run.state)}, {"share", share}};
  if (now != nullptr) {
    said["phase"] = phase;
    said["people"] = now->people;
    said["in"] = now->in;
    said["seated"] = now->seated;
    said["out"] = now->out;
    said["time_s"] = now->time_s;
  } else if (run.state == CrowdRun::State::failed) {
    said["message"] = language::Words(options_.language)(run.error->message);
  }
  publish("crowd", dumped(said));
}

/// The run that `defilada crowd` or `defilada run` has left where its products go.
std::optional<std::pair<KeptRun, std::filesystem::path>> Studio::kept_elsewhere() const {
  const OutcomePtr outcome = planner_.saved();
  if (!outcome || !outcome->has_plan()) return std::nullopt;
  auto folder = out_folder(options_, *outcome->work.show);
  auto kept = kept_run(folder);
  if (!kept) return std::nullopt;
  return std::pair{std::move(*kept), std::move(folder)};
}

void Studio::open_crowd(const Request& request, const Answer& answer) {
  keeper_.add([this, request, answer] { open_kept(request, answer); }, fault_to(answer));
}

void Studio::open_kept(const Request& request, const Answer& answer) {
  const auto kept = kept_elsewhere();
  if (!kept) return answer(refused(404, "not-found", "no run lies where products go"));
  if ('"' + kept->first.show + '"' != etag_of(request.body)) {
    return answer(refused(409, "other", "the run that lies there is of another text"));
  }
  const CrowdRunPtr run = crowds_.begin(request.body, kept->first.variant, kept->first.share,
                                        kept->first.seed, kept->second);
  if (!run) return answer(refused(409, "busy", "the spectators are simulated already"));
  answer(Response::json(crowd_run_line(*run), 202));
}

void Studio::begin_crowd(const Request& request, const Answer& answer) {
  double share = 1;
  const std::string wanted = request.parameter("share").value_or("1");
  const auto [end, fault] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), share);
  const auto seed = number_of(request.parameter("seed").value_or("1"));
  if (fault != std::errc() || end != wanted.data() + wanted.size() || !(share > 0 && share <= 1) ||
      !seed) {
    return answer(refused(400, "malformed", "expected share in (0, 1] and a whole seed"));
  }
  const CrowdRunPtr run =
      crowds_.begin(request.body, request.parameter("variant").value_or(""), share, *seed);
  if (!run) return answer(refused(409, "busy", "the spectators are simulated already"));
  answer(Response::json(crowd_run_line(*run), 202));
}

/// The list of runs, or what came of one.
void Studio::crowd(const Request& request, const Answer& answer) {
  const auto wanted = request.parameter("run");
  if (!wanted) {
    std::string list;
    for (const CrowdRunPtr& each : crowds_.all()) {
      std::string line = crowd_run_line(*each);
      line.pop_back();  // its line feed
      list += (list.empty() ? "" : ",") + line;
    }
    const auto look = [this, answer, list] {
      Json kept = nullptr;
      if (const auto it = kept_elsewhere()) {
        kept = {{"etag", '"' + it->first.show + '"'},
                {"variant", it->first.variant},
                {"share", it->first.share},
                {"seed", it->first.seed}};
      }
      answer(Response::json("{\"runs\":[" + list + "],\"kept\":" + kept.dump() + "}\n"));
    };
    return keeper_.add(look, fault_to(answer));
  }
  const CrowdRunPtr run = crowds_.find(number_of(*wanted).value_or(0));
  if (!run) return answer(refused(410, "gone", "that run is no longer at hand"));
  if (run->state != CrowdRun::State::done) {
    return answer(refused(409, "running", "the run has not ended"));
  }
  const auto tell = [run, answer, language = language_of(request)] {
    answer(Response::json(crowd_run_json(*run, language::Words(language))));
  };
  printer_.add(tell, fault_to(answer));
}

/// A chunk of frames of density.
void Studio::density(const Request& request, const Answer& answer) {
  const auto number = [&](const char* name) {
    return number_of(request.parameter(name).value_or("0"));
  };
  const CrowdRunPtr run = crowds_.find(number("run").value_or(0));
  if (!run) return answer(refused(410, "gone", "that run is no longer at hand"));
  const auto phase = number("phase");
  const auto chunk = number("chunk");
  if (run->state != CrowdRun::State::done || !phase || !chunk) {
    return answer(refused(409, "running", "the run has not ended"));
  }
  const auto pack = [run, answer, phase = *phase, chunk = *chunk] {
    std::string bytes = run->film->chunk(phase, chunk);
    if (bytes.empty()) return answer(refused(404, "not-found", "the film has no such frames"));
    answer(Response::bytes("application/octet-stream", std::move(bytes)));
  };
  teller_.add(pack, fault_to(answer));
}

/// A chunk of places: read by a thread of its own, since it takes a while where many walk.
void Studio::places(const Request& request, const Answer& answer) {
  const auto number = [&](const char* name, const char* otherwise) {
    return number_of(request.parameter(name).value_or(otherwise));
  };
  const CrowdRunPtr run = crowds_.find(number("run", "0").value_or(0));
  if (!run) return answer(refused(410, "gone", "that run is no longer at hand"));
  if (run->state != CrowdRun::State::done) {
    return answer(refused(409, "running", "the run has not ended"));
  }
  constexpr std::uint64_t kMost = 1'000'000;  // chunks and phases: so that no product overflows
  const auto phase = number("phase", "0");
  const auto chunk = number("chunk", "0");
  const auto stride = number("stride", "1");
  if (!phase || !chunk || !stride || *phase > kMost || *chunk > kMost || *stride < 1 ||
      *stride > PlacesFilm::kStrides) {
    return answer(refused(400, "malformed", "expected whole numbers: phase, chunk, stride"));
  }
  const auto pack = [run, answer, phase = *phase, chunk = *chunk, stride = *stride] {
    auto bytes = run->places->chunk(phase, chunk, stride);
    if (!bytes) return answer(refused(bytes.error()));
    if (bytes->empty()) return answer(refused(404, "not-found", "there are no such frames"));
    answer(Response::bytes("application/octet-stream", std::move(*bytes)));
  };
  filmer_.add(pack, fault_to(answer));
}

}  // namespace defilada::app::studio
