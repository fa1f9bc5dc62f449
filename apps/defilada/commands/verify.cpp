// SPDX-License-Identifier: MIT
#include "defilada/certificate/verify.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "commands.hpp"
#include "defilada/core/file.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/plan/statement.hpp"
#include "perform.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

using certificate::Certificate;
using certificate::Limit;
using certificate::Question;
using certificate::Statement;
using certificate::Verdict;

constexpr std::uint64_t kLargest = 4'000'000'000;  ///< bytes
constexpr int kRefused = 1;

Verdict checked(const Certificate& certificate, const Console& console) {
  constexpr std::uint64_t kSteps = 1000;
  std::optional<Progress> progress;
  if (!console.quiet()) progress.emplace(phrase("verifying"), kSteps, console.words());
  std::uint64_t done = 0;
  return certificate::verify(certificate, [&](double share) {
    const auto steps = static_cast<std::uint64_t>(share * kSteps);
    if (progress && steps > done) progress->advance(steps - done);
    done = std::max(done, steps);
    return !interrupted();
  });
}

/// Which part of two statements differs; none: they are the same to the bit.
std::optional<Phrase> difference(const Statement& own, const Statement& show) {
  const auto same = [](Statement a, Statement b, auto keep) {
    keep(a);
    keep(b);
    return certificate::write(a) == certificate::write(b);
  };
  if (same(own, show, [](Statement&) {})) return {};
  const auto only_limits = [](Statement& s) {
    Statement kept;
    kept.classes = s.classes;
    kept.questions = s.questions;
    s = std::move(kept);
  };
  const auto only_tracks = [](Statement& s) {
    Statement kept;
    kept.coefficients = std::move(s.coefficients);
    kept.pieces = std::move(s.pieces);
    kept.paths = std::move(s.paths);
    s = std::move(kept);
  };
  if (!same(own, show, only_tracks)) return phrase("its tracks are others");
  if (!same(own, show, only_limits)) return phrase("it is about other distances");
  const auto only_bounds = [](Statement& s) {
    Statement kept;
    kept.bounds = std::move(s.bounds);
    s = std::move(kept);
  };
  if (!same(own, show, only_bounds)) return phrase("it is about other speeds or heights");
  const auto only_kerbs = [](Statement& s) {
    Statement kept;
    kept.cells = std::move(s.cells);
    kept.roads = std::move(s.roads);
    kept.kerbs = std::move(s.kerbs);
    s = std::move(kept);
  };
  if (!same(own, show, only_kerbs)) return phrase("it is about other kerbs");
  // Rings are counted from the movers before them.
  const auto all_but_rings = [](Statement& s) {
    s.rings.clear();
    s.within.clear();
  };
  if (same(own, show, all_but_rings)) return phrase("it is about other stands or obstacles");
  return phrase("its movers, bodies or names are others");
}

std::int64_t pairs_of(const Statement& statement) {
  const auto n = static_cast<std::int64_t>(statement.movers.size());
  return n * (n - 1) / 2;
}

/// The least and the largest distance that a question asks for.
std::pair<double, double> distances_of(const Question& question) {
  double least = 0;
  double most = 0;
  bool first = true;
  for (const Limit& limit : question.limits) {
    if (!limit.owed) continue;
    least = first ? limit.distance_m : std::min(least, limit.distance_m);
    most = first ? limit.distance_m : std::max(most, limit.distance_m);
    first = false;
  }
  return {least, most};
}

/// How many contingents are.
std::int64_t held_to_kerbs(const Statement& statement) {
  std::set<std::uint32_t> classes;
  std::set<std::uint32_t> parties;
  for (const certificate::Kerb& kerb : statement.kerbs) classes.insert(kerb.of_class);
  for (const certificate::Mover& mover : statement.movers) {
    if (classes.contains(mover.of_class)) parties.insert(mover.party);
  }
  return static_cast<std::int64_t>(parties.size());
}

/// Who keeps how far from the kerbs of which road.
nlohmann::ordered_json kerbs_of(const Certificate& certificate) {
  const Statement& statement = certificate.statement;
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (std::size_t k = 0; k < statement.kerbs.size(); ++k) {
    const certificate::Kerb& kerb = statement.kerbs[k];
    const auto who = std::find_if(
        statement.movers.begin(), statement.movers.end(),
        [&](const certificate::Mover& mover) { return mover.of_class == kerb.of_class; });
    if (who == statement.movers.end()) continue;
    out.push_back({{"who", statement.parties[who->party]},
                   {"road", statement.roads[kerb.road].name},
                   {"room_m", certificate.rooms_m[k]}});
  }
  return out;
}

std::string json_of(const Certificate& certificate, const Verdict& verdict,
                    const std::optional<Phrase>& other, bool compared, double seconds,
                    const language::Words& words) {
  using Json = nlohmann::ordered_json;
  const Statement& statement = certificate.statement;
  Json questions = Json::array();
  for (std::size_t q = 0; q < verdict.answers.size(); ++q) {
    const auto [least, most] = distances_of(statement.questions[q]);
    questions.push_back({{"name", statement.questions[q].name},
                         {"outlines", statement.questions[q].outlines},
                         {"least_asked_m", least},
                         {"most_asked_m", most},
                         {"steps", verdict.answers[q].steps},
                         {"planes", verdict.answers[q].planes}});
  }
  Json json{{"verdict", verdict.holds ? "holds" : "refused"},
            {"reason", verdict.holds ? Json(nullptr) : Json(words(verdict.reason))},
            {"show", statement.show},
            {"movers", statement.movers.size()},
            {"pairs", pairs_of(statement)},
            {"interval_s", statement.interval()},
            {"questions", std::move(questions)},
            {"bounds", verdict.holds ? statement.bounds.size() : 0},
            {"kerbs", verdict.holds ? kerbs_of(certificate) : Json::array()},
            {"areas", verdict.holds ? statement.rings.size() : 0},
            {"within", verdict.holds ? statement.within.size() : 0},
            {"of_show", compared ? Json(!other) : Json(nullptr)},
            {"difference", other ? Json(words(*other)) : Json(nullptr)},
            {"seconds", seconds}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string text_of(const Certificate& certificate, const Verdict& verdict,
                    const language::Words& words) {
  const Statement& statement = certificate.statement;
  std::string out;
  const auto line = [&](const Phrase& said) { out += words(said) + "\n"; };
  if (!verdict.holds) {
    line(phrase("refused: {}", verdict.reason));
    return out;
  }
  line(phrase("holds for {}, at every instant (movers: {}, pairs: {})", statement.show,
              Count{static_cast<std::int64_t>(statement.movers.size())},
              Count{pairs_of(statement)}));
  for (std::size_t q = 0; q < verdict.answers.size(); ++q) {
    const auto [least, most] = distances_of(statement.questions[q]);
    const Count steps{static_cast<std::int64_t>(verdict.answers[q].steps)};
    const Phrase distance =
        least == most ? phrase("{:g} m", least) : phrase("{:g} to {:g} m", least, most);
    Phrase said = phrase("centres keep {}, or a height (steps: {})", distance, steps);
    if (statement.questions[q].outlines) {
      said = most <= 0 ? phrase("outlines do not touch (steps: {})", steps)
                       : phrase("outlines keep {} (steps: {})", distance, steps);
    }
    out += "  " + words(said) + "\n";
  }
  if (statement.bounds.empty()) {
    line(phrase(
        "not covered: speeds and other abilities, kerbs, heights of air lines, guests and their "
        "cars, the crowd"));
    return out;
  }
  out += "  " +
         words(phrase("speeds, accelerations, turns, climbs and heights are kept (bounds: {})",
                      Count{static_cast<std::int64_t>(statement.bounds.size())})) +
         "\n";
  if (!statement.kerbs.empty()) {
    out += "  " +
           words(phrase("marches stay between the kerbs of their roads, with {:.2f} m to spare "
                        "(contingents: {})",
                        *std::min_element(certificate.rooms_m.begin(), certificate.rooms_m.end()),
                        Count{held_to_kerbs(statement)})) +
           "\n";
  }
  if (!statement.rings.empty()) {
    out += "  " +
           words(phrase("nobody on the ground is within a stand or an obstacle (areas: {}; who "
                        "performs on a stand: {})",
                        Count{static_cast<std::int64_t>(statement.rings.size())},
                        Count{static_cast<std::int64_t>(statement.within.size())})) +
           "\n";
  }
  line(
      phrase("not covered: guests and their cars, kerbs for who forms up beside the road, the "
             "crowd"));
  return out;
}

}  // namespace

int verify_command(const Options& options, Console& console) {
  Work work;
  const auto failed = [&](const Error& error) { return report_failure(error, work, console); };
  auto bytes = read_file(options.other, kLargest);
  if (!bytes) return failed(bytes.error());
  const double start_s = seconds_now();
  const auto certificate = certificate::read(*bytes);
  if (!certificate) {
    return failed(
        {Errc::bad_input, phrase("'{}': {}", options.other.string(), certificate.error().message)});
  }
  const Verdict verdict = checked(*certificate, console);
  if (Status status = check_interrupt(); !status) return failed(status.error());
  const double seconds = seconds_now() - start_s;
  const bool compared = !options.show.empty();
  std::optional<Phrase> other;
  if (compared) {
    if (Status status = read_and_plan(options, console, work); !status) {
      return failed(status.error());
    }
    other = difference(certificate->statement, plan::statement_of(*work.show, work.plan));
  }
  const language::Words& words = console.words();
  if (console.json()) {
    console.print(json_of(*certificate, verdict, other, compared, seconds, words));
  } else if (!console.quiet()) {
    console.print(text_of(*certificate, verdict, words));
    if (compared) {
      console.print(words(other ? phrase("it is not about the plan of '{}': {}",
                                         options.show.string(), *other)
                                : phrase("it is about the plan of '{}'", options.show.string())) +
                    "\n");
    }
  }
  return verdict.holds && !other ? 0 : kRefused;
}

}  // namespace defilada::app
