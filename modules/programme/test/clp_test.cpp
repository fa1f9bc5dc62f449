// SPDX-License-Identifier: MIT
//
// A programme is a system of linear inequalities, so a linear programming solver knows whether it
// can hold. Clp: https://github.com/coin-or/Clp
#include <Clp_C_Interface.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "defilada/programme/network.hpp"
#include "random_network.hpp"

namespace defilada::programme {
namespace {

using testing::Dice;
using testing::Shape;

struct DeleteModel {
  void operator()(Clp_Simplex* model) const { Clp_deleteModel(model); }
};

/// A column is a cue, a row is -1 * from + 1 * to <= bound.
bool clp_says_feasible(const Network& network) {
  std::vector<CoinBigIndex> row_begin{0};
  std::vector<int> columns;
  std::vector<double> elements;
  std::vector<double> upper;
  for (const Constraint& c : network.constraints()) {
    if (c.from != c.to) {
      columns.insert(columns.end(), {static_cast<int>(c.from.value), static_cast<int>(c.to.value)});
      elements.insert(elements.end(), {-1.0, 1.0});
    }
    row_begin.push_back(static_cast<CoinBigIndex>(columns.size()));
    upper.push_back(static_cast<double>(c.bound.us));
  }
  const std::unique_ptr<Clp_Simplex, DeleteModel> model(Clp_newModel());
  Clp_setLogLevel(model.get(), 0);
  const auto cues = static_cast<int>(network.cue_count());
  Clp_resize(model.get(), 0, cues);
  const std::vector<double> below(static_cast<std::size_t>(cues), -1e30);
  const std::vector<double> above(static_cast<std::size_t>(cues), 1e30);
  Clp_chgColumnLower(model.get(), below.data());
  Clp_chgColumnUpper(model.get(), above.data());
  const std::vector<double> lower(upper.size(), -1e30);
  Clp_addRows(model.get(), static_cast<int>(upper.size()), lower.data(), upper.data(),
              row_begin.data(), columns.data(), elements.data());
  // Not the dual simplex: of free columns Clp 1.17's calls some systems infeasible that a known
  // schedule satisfies.
  Clp_primal(model.get(), 0);
  constexpr int kOptimal = 0;
  constexpr int kPrimalInfeasible = 1;
  const int status = Clp_status(model.get());
  EXPECT_TRUE(status == kOptimal || status == kPrimalInfeasible) << status;
  return status == kOptimal;
}

/// Small whole bounds, so that the solver's tolerance of 1e-7 cannot decide.
Network scattered(Dice& dice) {
  Network network;
  const std::uint32_t cues = 5 + dice.below(50);
  for (std::uint32_t i = 1; i < cues; ++i) network.add_cue();
  const std::int64_t least = -dice.between(0, 40);
  for (std::uint32_t i = 0; i < 3 * cues; ++i) {
    network.at_most(CueId{dice.below(cues)}, CueId{dice.below(cues)},
                    Duration{dice.between(least, 100)}, StatementId{i});
  }
  return network;
}

Network programme(Dice& dice) {
  auto sample = testing::make_sample(Shape::shuffled, 10 + dice.below(40), dice);
  if (dice.chance(50)) {
    testing::plant_conflict(sample, 3 + dice.below(4), Duration{dice.between(1, 40) * 1'000'000},
                            dice);
  }
  Network in_seconds;
  for (std::uint32_t i = 1; i < sample.network.cue_count(); ++i) in_seconds.add_cue();
  for (Constraint c : sample.network.constraints()) {
    c.bound.us /= 1'000'000;
    in_seconds.add(c);
  }
  return in_seconds;
}

TEST(Clp, AgreesOnAThousandNetworks) {
  int infeasible = 0;
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    Dice dice(seed);
    const Network network = seed % 2 == 0 ? scattered(dice) : programme(dice);
    const bool expected = clp_says_feasible(network);
    ASSERT_EQ(feasible(network), expected) << "seed " << seed;
    ASSERT_EQ(solve(network).windows.has_value(), expected) << "seed " << seed;
    infeasible += expected ? 0 : 1;
  }
  EXPECT_GT(infeasible, 250);
  EXPECT_LT(infeasible, 750);
}

}  // namespace
}  // namespace defilada::programme
