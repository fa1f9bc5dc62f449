// SPDX-License-Identifier: MIT
// What was doctored is refused, each with its reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "made.hpp"
#include "steps.hpp"

namespace defilada::certificate {
namespace {

using testing::HasSubstr;

class Doctored : public testing::Test {
 protected:
  void SetUp() override {
    certificate = made(parade());
    const Verdict verdict = verify(certificate);
    ASSERT_TRUE(verdict.holds) << verdict.reason;
    ASSERT_EQ(verdict.answers.size(), 2U);
    ASSERT_GT(verdict.answers[0].planes, 5U);
  }
  /// Bytes of the first such step of a question.
  std::size_t first_of(Step wanted, std::size_t question) const {
    StepReader reader(certificate.proofs[question]);
    while (!reader.at_end()) {
      const std::size_t at = reader.position();
      const auto step = reader.step();
      if (step == wanted) return at;
      const int numbers = step == Step::plane                          ? 4
                          : step == Step::above || step == Step::below ? 2
                          : step == Step::one_path                     ? 1
                                                                       : 0;
      for (int i = 0; i < numbers; ++i) EXPECT_TRUE(reader.number());
    }
    ADD_FAILURE() << "no such step";
    return 0;
  }
  void put(std::size_t question, std::size_t at, float value) {
    StepWriter writer;
    writer.number(value);
    certificate.proofs[question].replace(at, 4, writer.take());
  }
  Certificate certificate;
};

TEST_F(Doctored, BoundIsRefused) {
  put(0, first_of(Step::plane, 0) + 13, 100);
  EXPECT_THAT(refusal(certificate), HasSubstr("a bound is "));
}
TEST_F(Doctored, BoundOfOnePathIsRefused) {
  put(0, first_of(Step::one_path, 0) + 1, 100);
  EXPECT_THAT(refusal(certificate), HasSubstr("a bound is "));
}
TEST_F(Doctored, BoundBelowWhatIsWantedIsRefused) {
  // It claims little, and that is too little.
  certificate.statement.questions[0].limits[0].distance_m = 2.0;
  const std::string reason = refusal(certificate);
  EXPECT_THAT(reason, testing::AnyOf(HasSubstr("a bound is "), HasSubstr("are missing")));
  for (const Step step : {Step::one_path}) put(0, first_of(step, 0) + 1, -50);
  EXPECT_THAT(refusal(certificate), HasSubstr("are missing"));
}
TEST_F(Doctored, DirectionIsRefused) {
  const std::size_t at = first_of(Step::plane, 0) + 1;
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 0.0F}) {
    put(0, at, value);
    put(0, at + 4, value);
    EXPECT_THAT(refusal(certificate), HasSubstr("a step shows nothing"));
  }
}
TEST_F(Doctored, ALongerDirectionIsNoWiderGap) {
  const std::size_t at = first_of(Step::plane, 0) + 1;
  std::array<float, 4> plane{};  // direction, speed, bound
  StepReader reader(certificate.proofs[0]);
  while (reader.position() + 1 < at) {
    const auto step = reader.step();
    ASSERT_TRUE(step);
    const int numbers = step == Step::above || step == Step::below ? 2
                        : step == Step::one_path                   ? 1
                                                                   : 0;
    for (int i = 0; i < numbers; ++i) ASSERT_TRUE(reader.number());
  }
  ASSERT_EQ(reader.step(), Step::plane);
  for (float& number : plane) number = static_cast<float>(reader.number().value());
  for (std::size_t i = 0; i < 3; ++i) put(0, at + 4 * i, 8 * plane[i]);
  EXPECT_TRUE(verify(certificate).holds) << "the same line";
  put(0, at + 12, plane[3] + 0.5F);
  EXPECT_THAT(refusal(certificate), HasSubstr("a bound is "));
}
TEST_F(Doctored, MissingMoverIsRefused) {
  Certificate cut = certificate;
  cut.tree.order.pop_back();
  EXPECT_THAT(refusal(cut), HasSubstr("not in the tree"));
  Certificate twice = certificate;
  twice.tree.order[0] = twice.tree.order[1];
  EXPECT_THAT(refusal(twice), HasSubstr("or twice"));
  Certificate one_more = certificate;
  one_more.statement.movers.push_back(one_more.statement.movers.front());
  EXPECT_THAT(refusal(one_more), HasSubstr("not in the tree"));
}
TEST_F(Doctored, MissingUnitIsRefused) {
  Certificate cut = certificate;
  Tree::Node& root = cut.tree.nodes[0];
  Tree::Node& half = cut.tree.nodes[root.second_half];
  ASSERT_GT(half.count, 1U);
  half.count -= 1;
  EXPECT_THAT(refusal(cut), HasSubstr("not its halves"));
  root.count -= 1;
  EXPECT_THAT(refusal(cut), HasSubstr("does not hold everybody"));
  Certificate round = certificate;
  round.tree.nodes[round.tree.nodes[0].first_half].first_half = 0;
  round.tree.nodes[0].first_half = 0;
  round.tree.nodes[0].second_half = 0;
  EXPECT_THAT(refusal(round), HasSubstr("no halves"));
}
TEST_F(Doctored, HalvesOfAnotherNodeAreRefused) {
  // As many movers, each half as large, and others: the node's own would be shown nothing.
  std::vector<Tree::Node>& nodes = certificate.tree.nodes;
  const auto lend = [&](std::size_t i) {
    for (std::size_t j = i + 1; j < nodes.size(); ++j) {
      if (nodes[i].first_half == 0 || nodes[j].first_half == 0) continue;
      if (nodes[i].count != nodes[j].count || nodes[i].first == nodes[j].first) continue;
      nodes[i].first_half = nodes[j].first_half;
      nodes[i].second_half = nodes[j].second_half;
      return true;
    }
    return false;
  };
  bool lent = false;
  for (std::size_t i = 0; i < nodes.size() && !lent; ++i) lent = lend(i);
  ASSERT_TRUE(lent);
  EXPECT_THAT(refusal(certificate), HasSubstr("not its halves"));
}
TEST_F(Doctored, MissingPairIsRefused) {
  // In place of a plane: there is nothing to show, or they are never together.
  const std::size_t at = first_of(Step::plane, 0);
  for (const Step step : {Step::nothing, Step::never_together}) {
    Certificate cut = certificate;
    cut.proofs[0].replace(at, 17, 1, static_cast<char>(step));
    const std::string reason = refusal(cut);
    EXPECT_THAT(reason, testing::AnyOf(HasSubstr("owe each other"), HasSubstr("at the same time")));
  }
  Certificate cut = certificate;
  cut.proofs[0].erase(at, 17);
  refusal(cut);
}
TEST_F(Doctored, EndOfTheProofIsRefused) {
  Certificate cut = certificate;
  cut.proofs[0].resize(cut.proofs[0].size() - 1);
  EXPECT_THAT(refusal(cut),
              testing::AnyOf(HasSubstr("ends before it is done"), HasSubstr("cut off")));
  Certificate more = certificate;
  more.proofs[1] += static_cast<char>(Step::nothing);
  EXPECT_THAT(refusal(more), HasSubstr("settle nothing"));
  Certificate unknown = certificate;
  unknown.proofs[0][0] = 42;
  EXPECT_THAT(refusal(unknown), HasSubstr("ends before it is done"));
}
TEST_F(Doctored, MissingQuestionIsRefused) {
  Certificate cut = certificate;
  cut.proofs.pop_back();
  EXPECT_THAT(refusal(cut), HasSubstr("no proof"));
}
TEST_F(Doctored, CutTimeIsRefused) {
  // The second half of a stretch goes: what follows is read as its steps.
  const std::size_t at = first_of(Step::halve_time, 1);
  Certificate cut = certificate;
  cut.proofs[1].erase(at, 1);
  refusal(cut);
  // The tracks go on for longer than they did.
  Certificate longer = certificate;
  longer.statement.pieces[longer.statement.paths[4].first_piece].t1_s = 60;
  refusal(longer);
  // Tracks that end early make a true certificate, of another statement.
  Certificate shorter = certificate;
  shorter.statement.pieces[shorter.statement.paths[4].first_piece].t1_s = 19;
  EXPECT_NE(write(shorter.statement), write(certificate.statement));
}
TEST_F(Doctored, ShiftedTrackIsRefused) {
  Certificate into = certificate;
  const Piece& piece = into.statement.pieces[into.statement.paths[1].first_piece];
  into.statement.coefficients[piece.first_coefficient][1] += 3.0;
  refusal(into);
  // A shift by a millimetre leaves everybody clear; the bounds are those of other tracks.
  Certificate slight = certificate;
  slight.statement.coefficients[piece.first_coefficient][1] += 0.001;
  EXPECT_THAT(refusal(slight), HasSubstr("a bound is "));
}
TEST_F(Doctored, LargerBodyIsRefused) {
  certificate.statement.movers[20].body.half_width_m = 3;
  refusal(certificate);
}
TEST_F(Doctored, FaultsOfTheStatementAreRefused) {
  const auto with = [&](auto edit) {
    Certificate doctored = certificate;
    edit(doctored.statement);
    return refusal(doctored);
  };
  EXPECT_THAT(with([](Statement& s) { s.pieces[1].t0_s = 3; }), HasSubstr("backwards"));
  EXPECT_THAT(with([](Statement& s) { s.coefficients[0][0] = std::nan(""); }),
              HasSubstr("too large"));
  EXPECT_THAT(with([](Statement& s) { s.coefficients[0][0] = 1e13; }), HasSubstr("too large"));
  EXPECT_THAT(with([](Statement& s) { s.movers[3].path = 9; }), HasSubstr("no track"));
  EXPECT_THAT(with([](Statement& s) { s.movers[3].left_m = std::nan(""); }),
              HasSubstr("no number"));
  EXPECT_THAT(with([](Statement& s) { s.questions[0].of_classes[1] = 5; }),
              HasSubstr("limits are missing"));
  EXPECT_THAT(with([](Statement& s) {
                s.questions[0].limits.push_back({});
                s.questions[0].of_classes[1] = 1;
              }),
              HasSubstr("different distances"));
  EXPECT_THAT(with([](Statement& s) { s.questions[0].limits[0].distance_m = -std::nan(""); }),
              HasSubstr("no number"));
  EXPECT_THAT(with([](Statement& s) { s.paths[0].error_centre_m = -1; }), HasSubstr("no pieces"));
  EXPECT_THAT(with([](Statement& s) {
                for (auto& c : s.coefficients) c[3] = c[4] = 0;
              }),
              HasSubstr("without a direction"));
}

}  // namespace
}  // namespace defilada::certificate
