// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "commands.hpp"
#include "crowd_of_show.hpp"
#include "defilada/core/file.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/crowd/check_ground.hpp"
#include "defilada/crowd/read_site.hpp"
#include "defilada/crowd/site_run.hpp"
#include "json_parts.hpp"
#include "perform.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargest = 200'000'000;  ///< bytes

crowd::Model model_of(const std::string& name) {
  if (name == "collision-free-speed" || name == "csm") return crowd::CollisionFreeSpeed{};
  if (name == "reciprocal-avoidance" || name == "orca") return crowd::ReciprocalAvoidance{};
  return crowd::AnticipationVelocity{};
}

/// Reads the files and puts the people on the ground; reports all that is wrong with it, also on
/// the drawing.
Result<crowd::Site> ready_site(const Options& options, const Console& console, Sources& sources,
                               Diagnostics& told) {
  std::vector<FileId> files;
  for (const auto& path : options.crowd.sites) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      return fail(Errc::bad_input, phrase("'{}' does not exist", path.string()));
    }
    auto text = read_text_file(path, kLargest);
    if (!text) return tl::unexpected(text.error());
    files.push_back(sources.add(path.string(), std::move(*text)));
  }
  crowd::Site site = crowd::read_site(files, sources, told);
  const auto bad = [] { return fail(Errc::bad_input, phrase("the site has errors")); };
  if (told.has_errors()) return bad();
  auto ground = crowd::with_agents(site.ground, options.crowd.agents);
  const auto faults = crowd::check_ground(ground ? *ground : site.ground);
  for (const crowd::Fault& fault : faults) told.report(fault.diagnostic);
  if (!options.crowd.drawing.empty()) {
    const std::string drawing =
        crowd::draw_ground(ground ? *ground : site.ground, faults, std::cref(console.words()));
    if (auto status = write_file_atomically(options.crowd.drawing, drawing); !status) {
      return tl::unexpected(status.error());
    }
  }
  if (told.has_errors()) return bad();
  if (!ground) return tl::unexpected(ground.error());
  site.ground = std::move(*ground);
  return site;
}

/// Until Ctrl-C; the line that a waiting person sees counts who is out, before that the seconds.
class Watch {
 public:
  Watch(const Options& options, const Console& console, std::int64_t agents)
      : shown_(!options.quiet && agents > 0),
        all_(static_cast<std::uint64_t>(agents) * static_cast<std::uint64_t>(options.crowd.runs)),
        say_(console.words()) {}
  bool operator()(double time_s, std::uint64_t out) {
    if (shown_ && any_ + out == 0) {
      if (!waiting_) waiting_.emplace(phrase("nobody is out yet; seconds simulated"), 0, say_);
      const auto seconds = static_cast<std::uint64_t>(std::max(0.0, time_s));
      waiting_->advance(seconds - std::min(seconds, seconds_));
      seconds_ = std::max(seconds_, seconds);
    } else if (shown_) {
      waiting_.reset();
      if (!progress_) progress_.emplace(phrase("people out"), all_, say_);
      progress_->advance(out - std::min(out, last_));
    }
    last_ = std::max(last_, out);
    return !interrupted();
  }
  void next_run() {
    any_ += last_;
    last_ = 0;
  }

 private:
  bool shown_;
  std::uint64_t all_;
  const language::Words& say_;
  std::optional<Progress> waiting_;
  std::optional<Progress> progress_;
  std::uint64_t any_ = 0;  ///< out in the runs before
  std::uint64_t last_ = 0;
  std::uint64_t seconds_ = 0;
};

crowd::SiteRunOptions run_options(const Options& options, int run) {
  crowd::SiteRunOptions wanted;
  wanted.simulation.model = model_of(options.crowd.model);
  if (options.crowd.exits == "quickest") wanted.exits = crowd::Choice::quickest;
  wanted.simulation.step_s = options.crowd.step_s;
  wanted.simulation.threads = options.threads;
  wanted.simulation.seed = options.crowd.seed + static_cast<std::uint64_t>(run);
  wanted.until_s = options.crowd.until_s;
  wanted.trajectory = options.crowd.trajectory;
  wanted.trajectory_fps = options.crowd.fps;
  wanted.recording = options.crowd.recording;
  return wanted;
}

/// What is done of the runs, on disk: every three minutes, and when Ctrl-C ends them. A trajectory
/// cannot be gone on with: then nothing is kept.
class Checkpoint {
 public:
  Checkpoint(const Options& options, const crowd::Site& site)
      : path_((options.out ? *options.out : fs::path("out") / options.crowd.sites.front().stem()) /
              "crowd.checkpoint"),
        key_(crowd::key_of(site, run_options(options, 0))),
        keeps_(options.crowd.trajectory.empty()) {}

  /// What an earlier run has kept; nothing where there is none.
  Status take_up() {
    std::error_code ignored;
    if (!fs::exists(path_, ignored)) return {};
    const auto bytes = read_file(path_, kLargestCheckpoint);
    if (!bytes) return tl::unexpected(bytes.error());
    auto progress = crowd::load_progress(*bytes, key_);
    if (!progress) {
      return fail(progress.error().code, phrase("'{}': {}; remove it, or leave out --resume",
                                                path_.string(), progress.error().message));
    }
    progress_ = std::move(*progress);
    return {};
  }

  /// Of the next run.
  void set(crowd::SiteRunOptions& wanted) {
    wanted.running = progress_.running ? &*progress_.running : nullptr;
    if (!keeps_) return;
    wanted.keeps_now = [this] { return seconds_now() - kept_s_ > kKeepEvery_s; };
    wanted.keep_running = [this](const crowd::SiteRunning& running) {
      kept_s_ = seconds_now();
      std::error_code ignored;
      fs::create_directories(path_.parent_path(), ignored);
      kept_ = true;
      return write_file_atomically(path_, crowd::save_progress({progress_.done, running}, key_));
    };
  }
  void add(const crowd::SiteRun& run) {
    progress_.done.push_back(run);
    progress_.running.reset();
  }
  [[nodiscard]] const std::vector<crowd::SiteRun>& done() const { return progress_.done; }
  [[nodiscard]] bool kept() const { return kept_; }
  /// All runs are done.
  void forget() const {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

 private:
  static constexpr std::uint64_t kLargestCheckpoint = 4'000'000'000;  ///< bytes
  static constexpr double kKeepEvery_s = 180;
  fs::path path_;
  std::uint64_t key_;
  bool keeps_;
  bool kept_ = false;
  crowd::SiteProgress progress_;
  double kept_s_ = seconds_now();
};

struct Runs {
  std::vector<crowd::SiteRun> all;
  std::vector<std::vector<Finding>> findings;  ///< (runs)
  bool kept = false;                           ///< what is done, to be gone on with
};

Result<Runs> run_all(const crowd::Site& site, const Options& options, const Console& console) {
  std::int64_t agents = 0;
  for (const auto& start : site.ground.starts) agents += start.agents.value_or(0);
  Checkpoint checkpoint(options, site);
  if (options.crowd.resume) {
    if (Status status = checkpoint.take_up(); !status) return tl::unexpected(status.error());
  }
  Watch watch(options, console, agents);
  Runs runs;
  runs.all = checkpoint.done();
  for (const crowd::SiteRun& done : runs.all) {
    watch(done.simulated_s, done.out);
    watch.next_run();
  }
  while (runs.all.size() < static_cast<std::size_t>(options.crowd.runs)) {
    crowd::SiteRunOptions wanted = run_options(options, static_cast<int>(runs.all.size()));
    wanted.progress = [&](double time_s, const crowd::Counts& counts) {
      return watch(time_s, counts.out);
    };
    checkpoint.set(wanted);
    auto made = crowd::run_site(site, wanted);
    if (!made) return tl::unexpected(made.error());
    // After Ctrl-C: what is done, or as much of the only run.
    const bool stop = made->interrupted;
    if (!stop) checkpoint.add(*made);
    if (!stop || runs.all.empty()) runs.all.push_back(std::move(*made));
    if (stop) {
      runs.kept = checkpoint.kept();
      return runs;
    }
    watch.next_run();
  }
  checkpoint.forget();
  return runs;
}

std::size_t errors_in(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](const Finding& it) { return it.severity == Severity::error; }));
}

/// In how many of them something is wrong.
std::size_t runs_with_errors(const Runs& runs) {
  return static_cast<std::size_t>(
      std::count_if(runs.findings.begin(), runs.findings.end(),
                    [](const auto& findings) { return errors_in(findings) > 0; }));
}

std::string hash_text(std::uint64_t hash) {
  return fmt::format("{:016x}", hash);
}

Json place_json(crowd::Vec2 place, const crowd::Site& site) {
  return Json::array({place.x + site.offset.x, place.y + site.offset.y});
}

/// To a microsecond: 331.4 and not 331.40000000000003.
double rounded(double seconds) {
  return std::round(1e6 * seconds) / 1e6;
}

Json or_null(const std::optional<double>& value) {
  return value ? Json(rounded(*value)) : Json(nullptr);
}

Json passages(const crowd::Ground& ground, const crowd::SiteRun& run, bool gates) {
  Json out = Json::array();
  const auto& all = gates ? run.gates : run.exits;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const crowd::Passage& one = all[i];
    const auto persons = static_cast<double>(one.persons);
    Json json{{"name", gates ? ground.gates[i].name : ground.exits[i].name},
              {"persons", one.persons},
              {"first_s", one.persons > 0 ? Json(rounded(one.first_s)) : Json(nullptr)},
              {"last_s", one.persons > 0 ? Json(rounded(one.last_s)) : Json(nullptr)}};
    if (gates) {
      json["mean_wait_s"] = one.persons > 0 ? Json(rounded(one.waited_s / persons)) : Json(nullptr);
      json["longest_wait_s"] = rounded(one.longest_wait_s);
      json["longest_queue"] = run.longest_queues[i];
    }
    out.push_back(std::move(json));
  }
  return out;
}

Json run_json(const crowd::SiteRun& run, const crowd::Site& site, const Options& options) {
  return {{"format", "defilada-crowd/1"},
          {"model", options.crowd.model},
          {"exit_choice", options.crowd.exits},
          {"seed", options.crowd.seed},
          {"dt_s", options.crowd.step_s},
          {"agents", run.agents},
          {"steps", run.steps},
          {"agent_steps", run.agent_steps},
          {"agent_steps_per_s",
           run.seconds > 0 ? static_cast<double>(run.agent_steps) / run.seconds : 0.0},
          {"out", run.out},
          {"inside", run.inside},
          {"to_come", run.to_come},
          {"simulated_s", rounded(run.simulated_s)},
          {"clearance_s", or_null(run.clearance_s)},
          {"max_density", run.max_density},
          {"max_density_s", rounded(run.max_density_s)},
          {"max_density_place", place_json(run.max_density_place, site)},
          {"exits", passages(site.ground, run, false)},
          {"gates", passages(site.ground, run, true)},
          {"state_hash", hash_text(run.state_hash)},
          {"seconds", run.seconds}};
}

/// Of several runs; a run that was not cleared counts as longer than all.
Json spread(const std::vector<crowd::SiteRun>& runs, bool clearance) {
  std::vector<double> values;
  for (const crowd::SiteRun& run : runs) {
    if (!clearance) values.push_back(run.max_density);
    if (clearance && run.clearance_s) values.push_back(*run.clearance_s);
  }
  if (values.size() < runs.size()) return {{"median", nullptr}, {"p95", nullptr}};
  return {{"median", rounded(crowd::quantile(values, 0.5))},
          {"p95", rounded(crowd::quantile(values, 0.95))}};
}

std::string json_of(const Runs& all, const crowd::Site& site, const Options& options,
                    const Sources& sources, const language::Words& say) {
  const std::vector<crowd::SiteRun>& runs = all.all;
  Json json = run_json(runs.front(), site, options);
  json["findings"] = Json::array();
  for (const Finding& each : all.findings.front()) {
    json["findings"].push_back(finding_json(each, sources, say));
  }
  if (runs.size() == 1) return text_of(json);
  json["runs"] = {
      {"count", runs.size()},
      {"cleared", std::count_if(runs.begin(), runs.end(),
                                [](const auto& run) { return run.clearance_s.has_value(); })},
      {"with_errors", runs_with_errors(all)},
      {"clearance_s", spread(runs, true)},
      {"max_density", spread(runs, false)}};
  Json& each = json["runs"]["each"] = Json::array();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    each.push_back({{"seed", options.crowd.seed + i},
                    {"out", runs[i].out},
                    {"clearance_s", or_null(runs[i].clearance_s)},
                    {"max_density", runs[i].max_density},
                    {"errors", errors_in(all.findings[i])},
                    {"state_hash", hash_text(runs[i].state_hash)}});
  }
  return text_of(json);
}

Count count(std::uint64_t number) {
  return {static_cast<std::int64_t>(number)};
}

std::string text_of(const crowd::SiteRun& run, const crowd::Site& site,
                    const language::Words& say) {
  std::string out;
  const auto line = [&](const Phrase& sentence) { out += say(sentence) + "\n"; };
  if (run.clearance_s) {
    line(phrase("people: {}; the last one left after {:.1f} s", count(run.agents),
                *run.clearance_s));
  } else {
    line(phrase("people: {}; out after {:.1f} s: {}, still inside: {}, not yet come: {}",
                count(run.agents), run.simulated_s, count(run.out), count(run.inside),
                count(run.to_come)));
  }
  line(phrase("densest: {:.2f} people per m2 at {:.0f} s, about x {:.1f}, y {:.1f}",
              run.max_density, run.max_density_s, run.max_density_place.x + site.offset.x,
              run.max_density_place.y + site.offset.y));
  for (std::size_t i = 0; i < run.exits.size(); ++i) {
    line(phrase("exit {}: passed by {}, the last one after {:.1f} s", site.ground.exits[i].name,
                count(run.exits[i].persons), run.exits[i].last_s));
  }
  for (std::size_t i = 0; i < run.gates.size(); ++i) {
    const crowd::Passage& gate = run.gates[i];
    const double mean_s = gate.persons > 0 ? gate.waited_s / static_cast<double>(gate.persons) : 0;
    line(phrase(
        "gate {}: passed by {}, waits of {:.1f} s on average and {:.1f} s at most, a queue of "
        "{} at most",
        site.ground.gates[i].name, count(gate.persons), mean_s, gate.longest_wait_s,
        count(run.longest_queues[i])));
  }
  line(phrase("{} steps in {:.2f} s: {:.2f} million steps of people who walk a second",
              count(run.steps), run.seconds,
              run.seconds > 0 ? 1e-6 * static_cast<double>(run.agent_steps) / run.seconds : 0.0));
  return out;
}

std::string text_of(const Finding& finding, const Sources& sources, bool colour,
                    const language::Words& say) {
  Diagnostic told;
  told.severity = finding.severity;
  told.code = finding.code;
  told.message = finding.message;
  told.span = finding.span;
  std::string out = render(told, sources, colour, say);
  for (std::size_t k = 0; k < finding.who.size(); ++k) {
    out += (k == 0 ? "  " : ", ") + finding.who[k] + (k + 1 == finding.who.size() ? "\n" : "");
  }
  return out;
}

std::string text_of(const Runs& all, const crowd::Site& site, std::uint64_t seed,
                    const Sources& sources, const Console& console) {
  const language::Words& say = console.words();
  const std::vector<crowd::SiteRun>& runs = all.all;
  std::string out = text_of(runs.front(), site, say);
  for (const Finding& each : all.findings.front()) {
    out += text_of(each, sources, console.colours_results(), say);
  }
  if (runs.size() == 1) return out;
  if (const std::size_t bad = runs_with_errors(all); bad > 0) {
    out += say(phrase("{} runs: in {} of them something is wrong", runs.size(), bad)) + "\n";
  }
  // Where the first run is good: what is wrong in the first that is not.
  const auto wrong = std::find_if(all.findings.begin(), all.findings.end(),
                                  [](const auto& findings) { return errors_in(findings) > 0; });
  if (wrong != all.findings.begin() && wrong != all.findings.end()) {
    out += say(phrase("with seed {}:",
                      seed + static_cast<std::uint64_t>(wrong - all.findings.begin()))) +
           "\n";
    for (const Finding& each : *wrong) {
      if (each.severity == Severity::error) {
        out += text_of(each, sources, console.colours_results(), say);
      }
    }
  }
  std::vector<double> times;
  std::vector<double> densities;
  for (const crowd::SiteRun& run : runs) {
    densities.push_back(run.max_density);
    if (run.clearance_s) times.push_back(*run.clearance_s);
  }
  if (times.size() == runs.size()) {
    out += say(phrase("{} runs: the last one left after {:.1f} s (median), {:.1f} s (95th "
                      "percentile)",
                      runs.size(), crowd::quantile(times, 0.5), crowd::quantile(times, 0.95))) +
           "\n";
  } else {
    out += say(phrase("{} runs: in {} of them not everybody left", runs.size(),
                      runs.size() - times.size())) +
           "\n";
  }
  out +=
      say(phrase("{} runs: densest {:.2f} people per m2 (median), {:.2f} (95th percentile)",
                 runs.size(), crowd::quantile(densities, 0.5), crowd::quantile(densities, 0.95))) +
      "\n";
  return out;
}

}  // namespace

int crowd_command(const Options& options, Console& console) {
  if (options.crowd.sites.size() == 1 && is_show(options.crowd.sites.front())) {
    return crowd_of_show(options, console);
  }
  Sources sources;
  Diagnostics told;
  const auto failed = [&](const Error& error) {
    told.sort();
    return report_failure(error, told, sources, console);
  };
  std::error_code ignored;
  if (options.crowd.share < 1 && fs::exists(options.crowd.sites.front(), ignored)) {
    return failed({Errc::usage, phrase("--people-share is of the spectators of a show; how many "
                                       "people walk on a site is said by --agents")});
  }
  const auto site = ready_site(options, console, sources, told);
  if (!site) return failed(site.error());
  told.sort();
  for (const Diagnostic& warning : told.all()) {
    console.tell(render(warning, sources, console.colours_messages(), console.words()));
  }
  auto runs = run_all(*site, options, console);
  if (!runs) return failed(runs.error());
  for (const crowd::SiteRun& run : runs->all) {
    runs->findings.push_back(crowd::findings_of(*site, run));
  }
  if (console.json()) {
    console.print(json_of(*runs, *site, options, sources, console.words()));
  } else if (!console.quiet()) {
    console.print(text_of(*runs, *site, options.crowd.seed, sources, console));
  }
  if (!interrupted()) return runs_with_errors(*runs) > 0 ? kBreaksARule : 0;
  console.say(phrase("interrupted: these are the results so far"));
  if (runs->kept) console.say(phrase("what is done is kept: --resume goes on from there"));
  return exit_status(Errc::interrupted);
}

}  // namespace defilada::app
