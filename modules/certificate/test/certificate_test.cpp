// SPDX-License-Identifier: MIT
// What is certified is true, what is true is certified, and what was doctored is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "defilada/certificate/make.hpp"
#include "defilada/certificate/verify.hpp"
#include "scenes.hpp"
#include "steps.hpp"

namespace defilada::certificate {
namespace {

using testing::HasSubstr;

Certificate made(Statement statement) {
  auto certificate = make_certificate(std::move(statement));
  EXPECT_TRUE(certificate) << certificate.error().message;
  return certificate ? std::move(*certificate) : Certificate{};
}

std::string refusal(const Certificate& certificate) {
  const Verdict verdict = verify(certificate);
  EXPECT_FALSE(verdict.holds);
  return verdict.reason.english();
}

/// Two blocks of two ranks that march and wheel, one behind the other; two vehicles cross behind.
Statement parade() {
  Scene scene;
  for (int rank = 0; rank < 4; ++rank) {
    const double late = 0.8 * rank;
    const std::uint32_t path = scene.path(0.001, 1e-4);
    const double y = -20;
    scene.piece(0, 10 + late, {{10, y - 1.5 * late, 0, -1, 0}, {0, 1.5, 0, 0, 0}});
    // Where the pieces do not meet in place nothing depends on it: the check is piece by piece.
    scene.arc(10 + late, 18 + late, -2, y + 15, 12, 0, 1.0);
    for (int file = 0; file < 5; ++file) {
      scene.mover(path, -0.8 * file, {}, {0, 0, 0.25}, 0, static_cast<std::uint32_t>(rank / 2));
    }
  }
  const std::uint32_t path = scene.path(0.001, 1e-4);
  scene.piece(0, 20, {{60, -80, 0, 0, 1}, {-6, 0, 0, 0, 0}});
  scene.mover(path, 0, {}, {3, 1.5, 0}, 1, 2);
  scene.mover(path, 5, {}, {3, 1.5, 0}, 1, 2);
  scene.ask(0.6);
  scene.ask(0.1, true);
  return scene.s;
}

// ---- true and certified are the same

class RandomScenes : public testing::TestWithParam<unsigned> {};

TEST_P(RandomScenes, AreCertifiedIfAndOnlyIfTheyAreClear) {
  int clear = 0;
  int broken = 0;
  for (unsigned i = 0; i < 40; ++i) {
    const unsigned seed = 1000 * GetParam() + i;
    SCOPED_TRACE(seed);
    const Statement scene = random_scene(seed);
    ASSERT_TRUE(scene.validate());
    // One question at a time: both occur often enough.
    for (const Question& question : scene.questions) {
      Statement one = scene;
      one.questions = {question};
      const Worst worst = worst_of(one, question);
      const auto certificate = make_certificate(one);
      if (certificate) {
        const Verdict verdict = verify(*certificate);
        EXPECT_TRUE(verdict.holds) << verdict.reason;
        EXPECT_GE(worst.margin, -kSameDistance_m - 1e-12);
        if (verdict.holds) {
          EXPECT_LE(verdict.answers[0].least_bound_m, worst.margin + 1e-12);
        }
        ++clear;
      } else {
        // The samples come as near to the truth as a hundredth of what they find.
        EXPECT_LT(worst.margin, 1e-6)
            << certificate.error().message << "; samples: " << one.name(worst.a) << " and "
            << one.name(worst.b) << " at " << worst.t;
        ++broken;
      }
    }
  }
  EXPECT_GT(clear, 10);
  EXPECT_GT(broken, 10);
}
INSTANTIATE_TEST_SUITE_P(Seeds, RandomScenes, testing::Range(0U, 8U));

// A pass that lasts microseconds: there is no certificate, and none of the scene without it serves.
TEST(Planted, ConflictIsNeverCertified) {
  std::mt19937_64 random(7);
  int tried = 0;
  for (unsigned seed = 0; tried < 25 && seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    Statement clear = random_scene(seed);
    clear.questions = {{"centres", false, {{true, 0.3, 1e300}}, {0, 0, 0, 0}}};
    const auto certificate = make_certificate(clear);
    if (!certificate) continue;
    // Somebody comes by at 2 km/s, and passes 0.29 m beside somebody else.
    const std::uint32_t victim = static_cast<std::uint32_t>(random() % clear.movers.size());
    const std::uint32_t culprit = (victim + 1) % static_cast<std::uint32_t>(clear.movers.size());
    if (clear.movers[culprit].path == clear.movers[victim].path) continue;
    const Path& path = clear.paths[clear.movers[victim].path];
    const Piece& piece = clear.pieces[path.first_piece];
    const double t = piece.t0_s + 0.37 * (piece.t1_s - piece.t0_s);
    const auto at = now(clear, clear.movers[victim], t);
    ASSERT_TRUE(at);
    Statement planted = clear;
    planted.paths.push_back({static_cast<std::uint32_t>(planted.pieces.size()), 1, 0, 0});
    planted.pieces.push_back(
        {t - 0.01, t + 0.01, static_cast<std::uint32_t>(planted.coefficients.size()), 2, 0});
    planted.coefficients.push_back({at->place[0] - 20, at->place[1] + 0.29, at->place[2], 0, 1});
    planted.coefficients.push_back({2000, 0, 0, 0, 0});
    Mover& mover = planted.movers[culprit];
    mover.path = static_cast<std::uint32_t>(planted.paths.size() - 1);
    mover.left_m = 0;
    mover.offset_m = {};
    ++tried;
    EXPECT_FALSE(make_certificate(planted));
    Certificate old = *certificate;
    old.statement = planted;
    refusal(old);
    // Nor does anything that comes of its steps by chance.
    for (int i = 0; i < 200; ++i) {
      Certificate forged = old;
      std::string& proof = forged.proofs[0];
      for (int edits = 1 + static_cast<int>(random() % 6); edits > 0; --edits) {
        const std::size_t where = random() % proof.size();
        switch (random() % 3) {
          case 0: proof[where] = static_cast<char>(random() % 9); break;
          case 1: proof[where] = static_cast<char>(random()); break;
          default: proof.insert(where, 1, static_cast<char>(random() % 9)); break;
        }
      }
      EXPECT_FALSE(verify(forged).holds);
    }
  }
  EXPECT_EQ(tried, 25);
}

TEST(Ties, AreClearAndHaveCertificates) {
  Scene scene;
  const double angle = 0.7;  // no number of double precision is exact here
  for (const double left : {0.0, 2.0}) {
    const std::uint32_t path = scene.path();
    scene.piece(0, 1000,
                {{3000 - left * std::sin(angle), 2000 + left * std::cos(angle), 0, -std::sin(angle),
                  std::cos(angle)},
                 {1.3 * std::cos(angle), 1.3 * std::sin(angle), 0, 0, 0}});
    scene.mover(path, 0, {}, {}, 0, left > 0 ? 1 : 0);
  }
  Scene farther = scene;
  scene.ask(2);
  EXPECT_TRUE(verify(made(scene.s)).holds);
  farther.ask(2 + 1e-8);
  EXPECT_FALSE(make_certificate(farther.s));
}

TEST(Ties, AtAnInstantAreDecided) {
  for (const double by : {-1e-6, 1e-6}) {
    Scene scene;
    scene.path();
    scene.piece(0, 10, {{0, 0, 0, 0, 1}});
    scene.mover(0, 0);
    scene.path();
    scene.piece(0, 10, {{-250, 2 + by, 0, 0, 1}, {50, 0, 0, 0, 0}});
    scene.mover(1, 0, {}, {}, 0, 1);
    scene.ask(2);
    EXPECT_EQ(make_certificate(scene.s).has_value(), by > 0) << by;
  }
}

// What the tracks may be off counts against the pair: on one path, what the normal adds alone.
TEST(Errors, OfTheTracksAreInside) {
  for (const bool together : {false, true}) {
    Scene scene;
    scene.path(0.1, 0.001);
    scene.piece(0, 10, {{0, 0, 0, 0, 1}, {1, 0, 0, 0, 0}});
    if (!together) {
      scene.path(0.1, 0.001);
      scene.piece(0, 10, {{0, 0, 0, 0, 1}, {1, 0, 0, 0, 0}});
    }
    scene.mover(0, 0, {}, {}, 0, 0);
    scene.mover(together ? 0 : 1, 2, {}, {}, 0, 1);
    const double least = 2 - (together ? 0.002 : 0.1 + 0.1 + 0.002);
    Scene harder = scene;
    scene.ask(least - 1e-8);
    harder.ask(least + 1e-8);
    EXPECT_TRUE(make_certificate(scene.s)) << together;
    EXPECT_FALSE(make_certificate(harder.s)) << together;
  }
}

// The search looks at them too; the verifier must see them by itself.
TEST(Errors, ThatGrowAreRefused) {
  Scene scene;
  for (const double y : {0.0, 2.0}) {
    scene.path(0.1, 0.001);
    scene.piece(0, 10, {{0, y, 0, 0, 1}, {1, 0, 0, 0, 0}});
    scene.mover(y > 0 ? 1 : 0, 3, {}, {}, 0, y > 0 ? 1 : 0);
    scene.mover(y > 0 ? 1 : 0, 9, {}, {}, 0, y > 0 ? 1 : 0);
  }
  scene.ask(1.7);
  const Certificate certificate = made(scene.s);
  EXPECT_TRUE(verify(certificate).holds);
  for (const std::size_t path : {0U, 1U}) {
    Certificate worse = certificate;
    worse.statement.paths[path].error_centre_m = 0.3;
    refusal(worse);
    worse = certificate;
    worse.statement.paths[path].error_normal = 0.8;
    refusal(worse);
  }
}

TEST(Heights, KeepAircraftApart) {
  Scene scene;
  for (int i = 0; i < 2; ++i) {
    scene.path(0.5, 0);
    scene.piece(0, 100,
                {{i == 0 ? -5000.0 : 5000.0, 0, 100.0 + 31 * i, 0, 1},
                 {i == 0 ? 100.0 : -100.0, 0, 0, 0, 0}});
    scene.mover(static_cast<std::uint32_t>(i), 0, {}, {}, 0, static_cast<std::uint32_t>(i));
  }
  Scene harder = scene;
  scene.ask(50, false, 30);
  EXPECT_TRUE(verify(made(scene.s)).holds);
  harder.ask(50, false, 30.1);  // 31 less both errors
  EXPECT_FALSE(make_certificate(harder.s));
}

// Stretches of time hold their ends: who leaves when the other comes is there with them.
TEST(Times, ThatTouchAreNotApart) {
  Scene scene;
  for (const double from : {0.0, 5.125}) {
    scene.path();
    scene.piece(from, from + 5, {{1, 2, 0, 0, 1}});
    scene.mover(from > 0 ? 1 : 0, 0, {}, {}, 0, from > 0 ? 1 : 0);
  }
  scene.ask(1);
  Certificate certificate = made(scene.s);
  EXPECT_TRUE(verify(certificate).holds);
  certificate.statement.pieces[1].t0_s = 5;
  EXPECT_THAT(refusal(certificate), HasSubstr("at the same time"));
  EXPECT_FALSE(make_certificate(certificate.statement));
}

TEST(Nobody, IsCertifiedAtOnce) {
  Scene scene;
  scene.ask(1);
  const Certificate certificate = made(scene.s);
  EXPECT_TRUE(verify(certificate).holds);
  EXPECT_TRUE(certificate.proofs[0].empty());
}

// ---- doctored

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

// ---- the file

TEST(File, ReadsWhatItWrote) {
  const Certificate certificate = made(parade());
  const std::string bytes = write(certificate);
  const auto again = read(bytes);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(write(*again), bytes);
  EXPECT_EQ(write(again->statement), write(certificate.statement));
  EXPECT_TRUE(verify(*again).holds);
  EXPECT_EQ(again->tree.nodes.size(), certificate.tree.nodes.size());
}

TEST(File, IsTheSameEachTime) {
  EXPECT_EQ(write(made(parade())), write(made(parade())));
}

TEST(File, CutOffOrDamagedIsRefused) {
  const std::string bytes = write(made(parade()));
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_FALSE(read(bytes.substr(0, size)));
  }
  EXPECT_FALSE(read(bytes + "x"));
  std::mt19937_64 random(5);
  for (int i = 0; i < 300; ++i) {
    std::string damaged = bytes;
    damaged[10 + random() % (damaged.size() - 10)] ^= static_cast<char>(1U << random() % 8);
    const auto certificate = read(damaged);
    // gzip's own sum finds it, or it does not matter.
    if (certificate) {
      EXPECT_EQ(write(*certificate), bytes);
    }
  }
  EXPECT_FALSE(read(bytes, 1000));
}

}  // namespace
}  // namespace defilada::certificate
