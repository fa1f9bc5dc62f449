// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "commands.hpp"
#include "defilada/core/file.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/proof/read_tracks.hpp"
#include "perform.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

constexpr std::uint64_t kLargest = 2'000'000'000;  ///< bytes
constexpr double kCapTimes = 100;                  ///< least distances beyond are given as this
constexpr int kConflict = 1;

std::optional<proof::Limit> asked_limit(const Options& options, const proof::TracksFile& tracks) {
  if (options.separation_m) {
    return proof::Limit{proof::Limit::Shape::sphere, *options.separation_m, 0};
  }
  if (options.horizontal_m) {
    return proof::Limit{proof::Limit::Shape::cylinder, *options.horizontal_m, *options.vertical_m};
  }
  return tracks.limit;
}

Result<proof::SeparationReport> prove(const proof::TracksFile& tracks, const proof::Limit& limit,
                                      const Options& options, const Console& console) {
  constexpr std::uint64_t kSteps = 1000;
  std::optional<Progress> progress;
  if (!options.quiet) progress.emplace(phrase("proof"), kSteps, console.words());
  std::uint64_t done = 0;
  proof::Rules rules(1);
  rules.set(0, 0, limit);
  proof::SeparationOptions wanted;
  wanted.threads = options.threads;
  wanted.cap_m = kCapTimes * limit.distance_m;
  wanted.progress = [&](double share) {
    const auto steps = static_cast<std::uint64_t>(share * kSteps);
    if (progress && steps > done) progress->advance(steps - done);
    done = std::max(done, steps);
    return !interrupted();
  };
  return proof::prove_separation(tracks.motions, rules, wanted);
}

std::string json_of(const proof::SeparationReport& report, const proof::TracksFile& tracks,
                    double seconds) {
  using Json = nlohmann::ordered_json;
  Json conflicts = Json::array();
  for (const proof::Approach& each : report.conflicts) {
    conflicts.push_back({{"a", tracks.ids[each.a]},
                         {"b", tracks.ids[each.b]},
                         {"t0", each.t0_s},
                         {"t1", each.t1_s},
                         {"t_least", each.t_least_s},
                         {"least_m", each.least_m},
                         {"wanted_m", each.wanted_m},
                         {"x", each.place_m[0]},
                         {"y", each.place_m[1]},
                         {"z", each.place_m[2]}});
  }
  const Json json{
      {"verdict", report.clear() ? "clear" : "conflict"},
      {"least_distance_m", {{"lower", report.least_lower_m}, {"upper", report.least_upper_m}}},
      {"conflicts", std::move(conflicts)},
      {"movers", tracks.ids.size()},
      {"pairs", report.pairs},
      {"refined", report.refined},
      {"seconds", seconds}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Phrase limit_text(const proof::Limit& limit) {
  if (limit.shape == proof::Limit::Shape::sphere) return phrase("{:g} m", limit.distance_m);
  return phrase("{:g} m horizontally or {:g} m vertically", limit.distance_m, limit.vertical_m);
}

/// The worst first.
std::string conflict_lines(const proof::SeparationReport& report, const proof::TracksFile& tracks,
                           const language::Words& words) {
  constexpr std::size_t kListed = 20;
  std::vector<const proof::Approach*> worst;
  for (const proof::Approach& each : report.conflicts) worst.push_back(&each);
  std::stable_sort(worst.begin(), worst.end(),
                   [](const auto* x, const auto* y) { return x->missing_m() > y->missing_m(); });
  std::string out;
  for (std::size_t i = 0; i < std::min(kListed, worst.size()); ++i) {
    const proof::Approach& each = *worst[i];
    out += "  " +
           words(phrase("{} and {}: {:.4f} m at t = {:.3f} s, {:.4f} m too near; from {:.3f} to "
                        "{:.3f} s, about x {:.1f}, y {:.1f}, z {:.1f}",
                        tracks.ids[each.a], tracks.ids[each.b], each.least_m, each.t_least_s,
                        each.missing_m(), each.t0_s, each.t1_s, each.place_m[0], each.place_m[1],
                        each.place_m[2])) +
           "\n";
  }
  if (worst.size() > kListed) {
    out += "  " +
           words(phrase("and {} more, by how near they come; --json lists all",
                        Count{static_cast<std::int64_t>(worst.size() - kListed)})) +
           "\n";
  }
  return out;
}

std::string text_of(const proof::SeparationReport& report, const proof::TracksFile& tracks,
                    const proof::Limit& limit, const language::Words& words) {
  const Count movers{static_cast<std::int64_t>(tracks.ids.size())};
  const Count pairs{static_cast<std::int64_t>(report.pairs)};
  const Count refined{static_cast<std::int64_t>(report.refined)};
  std::string out;
  if (report.clear()) {
    out =
        words(phrase("clear at every instant: {} is kept (movers: {}, pairs: {}, looked at one by "
                     "one: {})",
                     limit_text(limit), movers, pairs, refined)) +
        "\n";
  } else {
    out =
        words(phrase("conflicts: {}; {} is asked (movers: {}, pairs: {}, looked at one by one: {})",
                     Count{static_cast<std::int64_t>(report.conflicts.size())}, limit_text(limit),
                     movers, pairs, refined)) +
        "\n" + conflict_lines(report, tracks, words);
  }
  if (report.nearest[0] != report.nearest[1]) {
    out += words(phrase("least distance between {:.4f} and {:.4f} m: {} and {} at t = {:.3f} s",
                        report.least_lower_m, report.least_upper_m, tracks.ids[report.nearest[0]],
                        tracks.ids[report.nearest[1]], report.t_nearest_s)) +
           "\n";
  } else if (report.clear()) {
    out += words(phrase("nobody comes nearer than {:g} m, beyond which nobody looked",
                        report.least_lower_m)) +
           "\n";
  }
  return out;
}

}  // namespace

int prove_command(const Options& options, Console& console) {
  Sources sources;
  Diagnostics faults;
  const auto failed = [&](const Error& error) {
    faults.sort();
    return report_failure(error, faults, sources, console);
  };
  auto text = read_text_file(options.show, kLargest);
  if (!text) return failed(text.error());
  const FileId file = sources.add(options.show.string(), std::move(*text));
  const auto tracks = proof::read_tracks(file, sources, faults);
  if (!tracks) return failed({Errc::bad_input, phrase("the tracks have errors")});
  const auto limit = asked_limit(options, *tracks);
  if (!limit) {
    return failed({Errc::usage, phrase("'{}' says no separation: give one, --separation '2 m'",
                                       options.show.string())});
  }
  const double start_s = seconds_now();
  const auto report = prove(*tracks, *limit, options, console);
  if (!report) return failed(report.error());
  const double seconds = seconds_now() - start_s;
  if (console.json()) {
    console.print(json_of(*report, *tracks, seconds));
  } else if (!console.quiet()) {
    console.print(text_of(*report, *tracks, *limit, console.words()));
  }
  return report->clear() ? 0 : kConflict;
}

}  // namespace defilada::app
