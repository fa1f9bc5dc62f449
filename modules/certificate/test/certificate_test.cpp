// SPDX-License-Identifier: MIT
// What is certified is true, and what is true is certified.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "made.hpp"
#include "steps.hpp"

namespace defilada::certificate {
namespace {

using testing::HasSubstr;

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

// On a path that turns, places beside it turn and offsets do not: two who begin 1.05 m apart end
// 7 cm apart.
TEST(OnePath, OfOffsetsInATurnShowsNothing) {
  Scene scene;
  scene.path();
  scene.piece(0, 1, {{0, 0, 0, 0, 1}, {0, 0, 0, 0.5, -0.2}});
  scene.mover(0, 0);
  scene.mover(0, 2, {-0.95, -1.55, 0});
  scene.ask(0.9);
  EXPECT_FALSE(make_certificate(scene.s));
  Certificate forged;
  forged.statement = scene.s;
  forged.tree = {{0, 1}, {{0, 2, 1, 2}, {0, 1, 0, 0}, {1, 1, 0, 0}}};
  StepWriter writer;
  writer.step(Step::one_path);
  writer.number(0.1F);
  forged.proofs = {writer.take()};
  EXPECT_THAT(refusal(forged), HasSubstr("a step shows nothing"));
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
