// SPDX-License-Identifier: MIT
#include "defilada/proof/separation.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <thread>

#include "broad.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kFew = 48;  ///< movers: all pairs are as fast
constexpr std::size_t kManySingles = 192;

std::uint64_t pair_count(std::uint64_t n) {
  return n < 2 ? 0 : n * (n - 1) / 2;
}

/// Midway between the two, when they are nearest.
void place(const Motions& motions, Approach& each) {
  std::array<double, 3> a{};
  std::array<double, 3> b{};
  motions.position(motions.movers[each.a], each.t_least_s, a);
  motions.position(motions.movers[each.b], each.t_least_s, b);
  for (std::size_t d = 0; d < 3; ++d) each.place_m[d] = 0.5 * (a[d] + b[d]);
}

SeparationReport make_report(const Motions& motions, const SeparationOptions& options,
                             Threads& threads, Found&& found) {
  SeparationReport report;
  report.pairs = pair_count(motions.movers.size());
  constexpr std::size_t kBatch = 2048;
  std::array<std::function<void()>, 2> parts{
      [&] { join_conflicts(found.conflicts); },
      [&] {
        std::sort(found.looked.begin(), found.looked.end());
        const auto end = std::unique(found.looked.begin(), found.looked.end());
        report.refined = static_cast<std::uint64_t>(end - found.looked.begin());
      }};
  threads.each(parts.size(), [&](std::size_t i) { parts[i](); });
  report.conflicts = std::move(found.conflicts);
  const std::size_t count = report.conflicts.size();
  threads.each((count + kBatch - 1) / kBatch, [&](std::size_t batch) {
    const std::size_t end = std::min(count, (batch + 1) * kBatch);
    for (std::size_t i = batch * kBatch; i < end; ++i) place(motions, report.conflicts[i]);
  });
  report.least_upper_m = std::min(found.least.upper_m, options.cap_m);
  // Whoever was passed over is further than the least found less the tolerance.
  report.least_lower_m = std::min(found.least.lower_m, report.least_upper_m);
  if (found.least.upper_m < options.cap_m) {
    report.nearest = {found.least.a, found.least.b};
    report.t_nearest_s = found.least.t_s;
  }
  return report;
}

}  // namespace

void Found::take(Found&& other) {
  conflicts.insert(conflicts.end(), other.conflicts.begin(), other.conflicts.end());
  looked.insert(looked.end(), other.looked.begin(), other.looked.end());
  least.take(other.least);
  extended += other.extended;
}

Prover::Prover(const Motions& motions, const Rules& rules, const SeparationOptions& options,
               Units units, Threads& threads)
    : motions_(motions),
      rules_(rules),
      options_(options),
      threads_(threads),
      units_(std::move(units.units)),
      singles_(std::move(units.alone)) {
  std::vector<double> asked(rules.classes(), 0);
  for (std::uint32_t a = 0; a < rules.classes(); ++a) {
    for (std::uint32_t b = 0; b < rules.classes(); ++b) {
      const Limit& limit = rules.between(a, b);
      if (limit.shape != Limit::Shape::none) asked[a] = std::max(asked[a], limit.distance_m);
    }
  }
  time_s_ = {kInfinity, -kInfinity};
  reach_m_.reserve(motions.movers.size());
  for (const MotionMover& mover : motions.movers) {
    const MotionPath& path = motions.paths[mover.path];
    const double error = path.error_centre_m +
                         (std::abs(mover.left_m) + mover.body.circumradius_m()) * path.error_normal;
    reach_m_.push_back((0.5 * asked[mover.of_class] + mover.body.circumradius_m() + error) *
                       (1 + 1e-12));
    widest_m_ = std::max(widest_m_, 2 * reach_m_.back());
    const auto [begin, end] = motions.interval(path);
    time_s_ = {std::min(time_s_[0], begin), std::max(time_s_[1], end)};
  }
  any_flat_ = any_flat();
}

double Prover::range_m(double demand_m) const {
  const double interest = interest_m_ - options_.tolerance_m;
  if (options_.measure == SeparationOptions::Measure::margin)
    return demand_m + std::max(0.0, interest);
  return std::max(demand_m, interest);
}

bool Prover::any_flat() const {
  for (std::uint32_t a = 0; a < rules_.classes(); ++a) {
    for (std::uint32_t b = a; b < rules_.classes(); ++b) {
      if (rules_.between(a, b).shape == Limit::Shape::cylinder) return true;
    }
  }
  return std::any_of(motions_.movers.begin(), motions_.movers.end(),
                     [](const MotionMover& mover) { return !mover.body.is_disc(); });
}

PairProof Prover::pair_proof() const {
  PairProof proof(motions_, rules_, options_);
  proof.interest_m = interest_m_;
  return proof;
}

void Prover::keep(PairProof& proof, Found& found) {
  found.conflicts.insert(found.conflicts.end(), proof.conflicts.begin(), proof.conflicts.end());
  found.least.take(proof.least);
  found.extended += proof.extended;
}

void Prover::in_parallel(std::size_t count, const std::function<void(std::size_t, Found&)>& work) {
  std::vector<Found> all(count);
  total_ += count;
  const auto caller = std::this_thread::get_id();
  threads_.each(count, [&](std::size_t i) {
    if (stopped_.load(std::memory_order_relaxed)) return;
    work(i, all[i]);
    const std::size_t done = ++done_;
    if (options_.progress && std::this_thread::get_id() == caller &&
        !options_.progress(static_cast<double>(done) / static_cast<double>(total_))) {
      stopped_ = true;
    }
  });
  for (Found& each : all) found_.take(std::move(each));
}

void Prover::look_everywhere() {
  look_at_units();
  look_at_slices();
}

Result<SeparationReport> Prover::run() {
  if (motions_.movers.size() <= kFew) {
    interest_m_ = options_.cap_m;
    in_parallel(1, [&](std::size_t, Found& found) {
      PairProof proof = pair_proof();
      const auto count = static_cast<std::uint32_t>(motions_.movers.size());
      for (std::uint32_t a = 0; a < count && !stopped_; ++a) {
        for (std::uint32_t b = a + 1; b < count; ++b) {
          if (rules_.between(motions_.movers[a].of_class, motions_.movers[b].of_class).shape ==
              Limit::Shape::none) {
            continue;
          }
          found.looked.push_back(std::uint64_t{a} << 32U | b);
          proof.look(a, b, time_s_[0], time_s_[1]);
          proof.interest_m = std::min(proof.interest_m, proof.least.upper_m);
        }
      }
      keep(proof, found);
    });
    if (stopped_) return fail(Errc::interrupted, phrase("interrupted"));
    return make_report(motions_, options_, threads_, std::move(found_));
  }
  // From here on the grid pays: many who go alone, and not among as many units.
  const bool by_slices = singles_.size() >= kManySingles && singles_.size() > 2 * units_.size();
  if (!by_slices) {
    for (const std::uint32_t index : singles_) units_.push_back(lone_unit(motions_, index));
    singles_.clear();
  }
  inside_units();
  cut_into_slices();
  if (stopped_) return fail(Errc::interrupted, phrase("interrupted"));
  interest_m_ = std::min(options_.cap_m, found_.least.upper_m);
  if (const auto guess = sample()) {
    // Bounds of the pair at that instant: reached by somebody, so nobody needs to look further.
    PairProof proof = pair_proof();
    proof.look(guess->a, guess->b, guess->t_s, guess->t_s);
    found_.least.take(proof.least);
    interest_m_ = std::min(interest_m_, found_.least.upper_m);
  }
  const bool guessed = interest_m_ < options_.cap_m;
  // Nobody is known to be near anybody: look around in growing circles.
  const Found inside = found_;
  if (!guessed) interest_m_ = std::min(options_.cap_m, std::max(2 * widest_m_, 1.0));
  for (int round = 0;; ++round) {
    found_ = inside;
    look_everywhere();
    if (stopped_) return fail(Errc::interrupted, phrase("interrupted"));
    constexpr int kRounds = 16;
    if (found_.least.upper_m <= interest_m_ || interest_m_ >= options_.cap_m || round == kRounds)
      break;
    interest_m_ = std::min(options_.cap_m, interest_m_ * 4);
  }
  const double passed_over = std::min(found_.least.upper_m, interest_m_) - options_.tolerance_m;
  found_.least.lower_m = std::min(
      found_.least.lower_m, found_.least.upper_m < options_.cap_m ? passed_over : options_.cap_m);
  return make_report(motions_, options_, threads_, std::move(found_));
}

Result<SeparationReport> prove_separation(const Motions& motions, const Rules& rules,
                                          const SeparationOptions& options) {
  Threads threads(options.threads);
  Motions lanes;
  Units units;
  if (motions.movers.size() > kFew) units = find_units(motions, options.groups, lanes, threads);
  const Motions& all = lanes.paths.empty() ? motions : lanes;
  return Prover(all, rules, options, std::move(units), threads).run();
}

SeparationReport prove_all_pairs(const Motions& motions, const Rules& rules,
                                 const SeparationOptions& options) {
  PairProof proof(motions, rules, options);
  Found found;
  for (std::uint32_t a = 0; a < motions.movers.size(); ++a) {
    for (std::uint32_t b = a + 1; b < motions.movers.size(); ++b) {
      if (rules.between(motions.movers[a].of_class, motions.movers[b].of_class).shape ==
          Limit::Shape::none) {
        continue;
      }
      found.looked.push_back(std::uint64_t{a} << 32U | b);
      proof.look(a, b, -kInfinity, kInfinity);
      proof.interest_m = std::min(proof.interest_m, proof.least.upper_m);
    }
  }
  found.conflicts = std::move(proof.conflicts);
  found.least = proof.least;
  Threads alone(1);
  return make_report(motions, options, alone, std::move(found));
}

}  // namespace defilada::proof
