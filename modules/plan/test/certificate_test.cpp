// SPDX-License-Identifier: MIT
// The real shows are certified, and their certificates re-checked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "defilada/certificate/make.hpp"
#include "defilada/certificate/verify.hpp"
#include "defilada/plan/statement.hpp"
#include "event.hpp"

namespace defilada::plan {
namespace {

using certificate::Certificate;
using certificate::Statement;

class CertificateOf : public testing::TestWithParam<const char*> {};

TEST_P(CertificateOf, TheShowHoldsAndNoOtherDoes) {
  const auto event = plan_event(GetParam());
  ASSERT_NE(event, nullptr);
  const Statement statement = statement_of(event->show, event->plan);
  ASSERT_EQ(statement.questions.size(), 2U);
  EXPECT_EQ(certificate::write(statement),
            certificate::write(statement_of(event->show, event->plan)));

  auto made = certificate::make_certificate(statement);
  ASSERT_TRUE(made) << made.error().message;
  const std::string bytes = certificate::write(*made);
  EXPECT_LT(bytes.size(), 10'000'000U);
  const auto read = certificate::read(bytes);
  ASSERT_TRUE(read) << read.error().message;
  const auto verdict = certificate::verify(*read);
  EXPECT_TRUE(verdict.holds) << verdict.reason;
  EXPECT_EQ(certificate::write(read->statement), certificate::write(statement));

  // Everybody asks for 30 cm more.
  Certificate harder = *read;
  for (auto& question : harder.statement.questions) {
    for (auto& limit : question.limits) limit.distance_m += 0.3;
  }
  EXPECT_FALSE(certificate::verify(harder).holds);

  // Everybody is asked to be slower, or to fly lower.
  ASSERT_FALSE(statement.bounds.empty());
  Certificate slower = *read;
  for (auto& bound : slower.statement.bounds) bound.speed_max_mps *= 0.2;
  EXPECT_THAT(certificate::verify(slower).reason.english(), testing::HasSubstr("greatest speed"));
  Certificate lower = *read;
  for (auto& bound : lower.statement.bounds) bound.ceiling_m = -1;
  EXPECT_FALSE(certificate::verify(lower).holds);

  // The roads are narrower than the formations, or 200 m aside.
  ASSERT_FALSE(statement.kerbs.empty());
  ASSERT_EQ(read->rooms_m.size(), statement.kerbs.size());
  Certificate narrow = *read;
  for (auto& cell : narrow.statement.cells) {
    cell.side_m *= 0.2;
    if (cell.bend) cell.high_m = cell.low_m + 0.4 * (cell.high_m - cell.low_m);
  }
  EXPECT_THAT(certificate::verify(narrow).reason.english(),
              testing::HasSubstr("between the kerbs"));
  Certificate aside = *read;
  for (auto& cell : aside.statement.cells) cell.y_m += 200;
  EXPECT_THAT(certificate::verify(aside).reason.english(), testing::HasSubstr("between the kerbs"));
  Certificate roomy = *read;
  for (double& room : roomy.rooms_m) room += 0.5;
  EXPECT_THAT(certificate::verify(roomy).reason.english(), testing::HasSubstr("between the kerbs"));

  // Each of the first contingents in turn stands 40 cm aside, in the way of no one or of someone:
  // what was shown was shown of other tracks.
  for (std::size_t p = 0; p < statement.paths.size(); p += 50) {
    Certificate shifted = *read;
    const auto& path = shifted.statement.paths[p];
    for (std::uint32_t i = 0; i < path.piece_count; ++i) {
      auto& piece = shifted.statement.pieces[path.first_piece + i];
      shifted.statement.coefficients[piece.first_coefficient][0] += 0.4;
      shifted.statement.coefficients[piece.first_coefficient][1] -= 0.4;
    }
    EXPECT_NE(certificate::write(shifted.statement), certificate::write(statement));
    if (statement.movers[0].path == p) {
      EXPECT_FALSE(certificate::verify(shifted).holds);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Shows, CertificateOf,
                         testing::Values("shows/beijing-2025", "shows/paris-2025",
                                         "shows/first-steps"));

// The statement asks what the proof asks: who is moved into somebody's way is found by both.
TEST(Statement, AsksWhatTheProofAsks) {
  const auto event = plan_event("shows/first-steps");
  ASSERT_NE(event, nullptr);
  const Statement statement = statement_of(event->show, event->plan);
  EXPECT_EQ(statement.movers.size() - event->plan.tracks.movers.size(), [&] {
    std::size_t edges = 0;
    for (const auto& area : event->show.site.areas) {
      if (area.use != show::AreaUse::area) edges += area.polygon.outer.size();
    }
    return edges;
  }());
  for (std::size_t m = 0; m < event->plan.tracks.movers.size(); ++m) {
    const auto& mover = event->plan.tracks.movers[m];
    EXPECT_EQ(statement.name(static_cast<std::uint32_t>(m)), mover_name(event->show, mover));
    const auto& kind = event->show.kinds[mover.kind];
    const auto& own = statement.movers[m];
    const auto& among = statement.limit(statement.questions[0], own.of_class, own.of_class);
    EXPECT_TRUE(among.owed);
    EXPECT_NEAR(among.distance_m, kind.separation_m, 0.026);
    EXPECT_EQ(std::isfinite(among.vertical_m), show::flies(kind.category));
  }
}

}  // namespace
}  // namespace defilada::plan
