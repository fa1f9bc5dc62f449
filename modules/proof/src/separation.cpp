// SPDX-License-Identifier: MIT
#include "defilada/proof/separation.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <thread>

#include "broad.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kFew = 48;  ///< movers: all pairs are as fast
constexpr std::size_t kManySingles = 192;

}  // namespace

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
  find_reaches(asked);
  any_flat_ = any_flat();
}

/// How far everybody reaches, and when anybody is there.
void Prover::find_reaches(const std::vector<double>& asked) {
  constexpr std::size_t kBatch = 1024;
  const std::size_t count = motions_.movers.size();
  reach_m_.resize(count);
  std::vector<std::array<double, 2>> times((count + kBatch - 1) / kBatch, {kInfinity, -kInfinity});
  threads_.in_batches(count, kBatch, [&](std::size_t first, std::size_t last) {
    std::array<double, 2> own{kInfinity, -kInfinity};
    for (std::size_t i = first; i < last; ++i) {
      const MotionMover& mover = motions_.movers[i];
      const MotionPath& path = motions_.paths[mover.path];
      const double body = mover.body.circumradius_m();
      const double error =
          path.error_centre_m + (std::abs(mover.left_m) + body) * path.error_normal;
      reach_m_[i] = (0.5 * asked[mover.of_class] + body + error) * (1 + 1e-12);
      const auto [begin, end] = motions_.interval(path);
      own = {std::min(own[0], begin), std::max(own[1], end)};
    }
    times[first / kBatch] = own;
  });
  time_s_ = {kInfinity, -kInfinity};
  for (const auto& [begin, end] : times)
    time_s_ = {std::min(time_s_[0], begin), std::max(time_s_[1], end)};
  for (const double reach : reach_m_) widest_m_ = std::max(widest_m_, 2 * reach);
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
  const std::size_t first = parts_.size();
  parts_.resize(first + count);
  total_ += count;
  const auto caller = std::this_thread::get_id();
  threads_.each(count, [&](std::size_t i) {
    if (stopped_.load(std::memory_order_relaxed)) return;
    work(i, parts_[first + i]);
    const std::size_t done = ++done_;
    if (options_.progress && std::this_thread::get_id() == caller &&
        !options_.progress(static_cast<double>(done) / static_cast<double>(total_))) {
      stopped_ = true;
    }
  });
  for (std::size_t i = first; i < parts_.size(); ++i) least_.take(parts_[i].least);
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
    return make_report(motions_, options_, threads_, parts_, least_);
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
  interest_m_ = std::min(options_.cap_m, least_.upper_m);
  if (const auto guess = sample()) {
    // Bounds of the pair at that instant: reached by somebody, so nobody needs to look further.
    PairProof proof = pair_proof();
    proof.look(guess->a, guess->b, guess->t_s, guess->t_s);
    least_.take(proof.least);
    interest_m_ = std::min(interest_m_, least_.upper_m);
  }
  const bool guessed = interest_m_ < options_.cap_m;
  // Nobody is known to be near anybody: look around in growing circles.
  const std::size_t inside = parts_.size();
  const Least inside_least = least_;
  if (!guessed) interest_m_ = std::min(options_.cap_m, std::max(2 * widest_m_, 1.0));
  for (int round = 0;; ++round) {
    parts_.resize(inside);
    least_ = inside_least;
    look_everywhere();
    if (stopped_) return fail(Errc::interrupted, phrase("interrupted"));
    constexpr int kRounds = 16;
    if (least_.upper_m <= interest_m_ || interest_m_ >= options_.cap_m || round == kRounds) break;
    interest_m_ = std::min(options_.cap_m, interest_m_ * 4);
  }
  const double passed_over = std::min(least_.upper_m, interest_m_) - options_.tolerance_m;
  least_.lower_m =
      std::min(least_.lower_m, least_.upper_m < options_.cap_m ? passed_over : options_.cap_m);
  return make_report(motions_, options_, threads_, parts_, least_);
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
  std::vector<Found> parts(1);
  Found& found = parts[0];
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
  Threads alone(1);
  return make_report(motions, options, alone, parts, proof.least);
}

}  // namespace defilada::proof
