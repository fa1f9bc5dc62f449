// SPDX-License-Identifier: MIT
// What a variant changes, held against its base.
#include "defilada/comparison/variant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "defilada/show/read.hpp"
#include "source_dir.hpp"

namespace defilada::comparison {
namespace {

struct Planned {
  show::Show show;
  plan::Plan plan;
};

/// The street of tests/shows/variants.yaml with its base and its variants planned.
class Family {
 public:
  explicit Family(const std::filesystem::path& path) {
    const std::filesystem::path project = test::source_dir();
    Diagnostics diagnostics;
    auto read =
        show::read_variants(project / path, {{project / "catalogue"}}, sources_, diagnostics);
    for (const Diagnostic& each : diagnostics.all()) ADD_FAILURE() << render(each, sources_, false);
    if (!read) return;
    all_.push_back(planned(std::move(read->base)));
    for (show::Show& variant : read->variants) all_.push_back(planned(std::move(variant)));
  }

  [[nodiscard]] const Planned& base() const { return all_.at(0); }
  [[nodiscard]] const Planned& variant(const std::string& name) const {
    for (std::size_t i = 1; i < all_.size(); ++i) {
      if (all_[i].show.variant->name == name) return all_[i];
    }
    throw std::runtime_error("no variant " + name);
  }
  [[nodiscard]] VariantOutcome outcome(const std::string& name) const {
    const Planned& other = variant(name);
    return outcome_of(base().show, base().plan, other.show, other.plan);
  }

 private:
  static Planned planned(show::Show show) {
    auto plan = plan::make_plan(show);
    return {std::move(show), std::move(*plan)};
  }

  Sources sources_;
  std::vector<Planned> all_;
};

const Family& street() {
  static const Family family("tests/shows/variants.yaml");
  return family;
}

template <typename Changed>
std::vector<std::string> names(const std::vector<Changed>& all, Fate fate) {
  std::vector<std::string> out;
  for (const auto& each : all) {
    if (each.fate == fate) out.push_back(each.name);
  }
  return out;
}

TEST(Variant, WithoutTheFlypastItsItemAndContingentsGo) {
  const VariantOutcome outcome = street().outcome("no flying weather");
  EXPECT_TRUE(outcome.holds()) << outcome.why();
  EXPECT_THAT(names(outcome.difference.items, Fate::removed), testing::ElementsAre("fly past"));
  EXPECT_THAT(names(outcome.difference.contingents, Fate::removed),
              testing::ElementsAre("helicopters"));
  // The finale waits for the march in place of the flypast: the base's 12:20:00 is earlier.
  EXPECT_THAT(names(outcome.difference.items, Fate::changed), testing::ElementsAre("finale"));
}

TEST(Variant, ASpeechThatIsLateMovesWhatComesAfter) {
  const VariantOutcome outcome = street().outcome("late speech");
  EXPECT_TRUE(outcome.holds()) << outcome.why();
  for (const ItemChange& item : outcome.difference.items) {
    if (item.name != "speech") continue;
    ASSERT_EQ(item.changes.size(), 2U);
    EXPECT_DOUBLE_EQ(*item.changes[0].difference(), 60);
  }
  EXPECT_THAT(names(outcome.difference.items, Fate::changed), testing::Contains("march"));
}

TEST(Variant, OneThatCannotHoldSaysWhy) {
  const VariantOutcome outcome = street().outcome("very late speech");
  EXPECT_FALSE(outcome.feasible);
  EXPECT_FALSE(outcome.holds());
  EXPECT_THAT(
      outcome.why().english(),
      testing::MatchesRegex("it misses by ([0-9]+ (h|min) )*[0-9]+([.][0-9][0-9]?[0-9]?)? s: .*"));
  EXPECT_TRUE(outcome.difference.nothing());
  const plan::VariantRow row = row_of(outcome);
  EXPECT_FALSE(row.start.has_value());
  EXPECT_EQ(row.why, outcome.why().english());
}

TEST(Variant, AGuestWhoIsLateIsToldAndNobodyElse) {
  const VariantOutcome outcome = street().outcome("late guest");
  EXPECT_TRUE(outcome.holds()) << outcome.why();
  ASSERT_EQ(outcome.guests.size(), 1U);
  EXPECT_EQ(outcome.guests[0].name, "beta");
  ASSERT_EQ(outcome.guests[0].changes.size(), 1U);
  EXPECT_EQ(outcome.guests[0].changes[0].about, "arrives");
  EXPECT_DOUBLE_EQ(*outcome.guests[0].changes[0].difference(), 75);
}

TEST(Variant, AGuestWhoIsGreetedLastLetsTheOthersComeSooner) {
  const VariantOutcome outcome = street().outcome("very late guest");
  EXPECT_TRUE(outcome.holds()) << outcome.why();
  ASSERT_EQ(outcome.guests.size(), 2U);  // beta, and gamma who is greeted before it
  for (const GuestChange& guest : outcome.guests) {
    for (const Change& change : guest.changes) {
      if (change.about != "is greeted") continue;
      EXPECT_EQ(*change.difference() > 0, guest.name == "beta") << guest.name;
    }
  }
}

TEST(Variant, ComparedWithItselfNothingChanges) {
  const Planned& base = street().base();
  EXPECT_THAT(compare_guests(base.show, base.plan, base.show, base.plan), testing::IsEmpty());
  const Planned& late = street().variant("late guest");
  const auto there = compare_guests(base.show, base.plan, late.show, late.plan);
  const auto back = compare_guests(late.show, late.plan, base.show, base.plan);
  ASSERT_EQ(there.size(), back.size());
  for (std::size_t i = 0; i < there.size(); ++i) {
    EXPECT_EQ(there[i].changes[0].before, back[i].changes[0].after);
    EXPECT_EQ(there[i].changes[0].after, back[i].changes[0].before);
  }
}

}  // namespace
}  // namespace defilada::comparison
