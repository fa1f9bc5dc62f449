// SPDX-License-Identifier: MIT
#include "defilada/comparison/issue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "defilada/plan/plan_file.hpp"
#include "defilada/show/read.hpp"
#include "source_dir.hpp"

namespace defilada::comparison {
namespace {

namespace fs = std::filesystem;

class ReadIssue : public testing::Test {
 protected:
  ReadIssue() {
    folder_ = fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directories(folder_);
    path_ = folder_ / "plan.sqlite";
  }
  ~ReadIssue() override { fs::remove_all(folder_); }

  /// Reads a show of the project, plans it and writes its plan file.
  Issue written(const std::string& show_folder) {
    Sources sources;
    Diagnostics diagnostics;
    const fs::path root(test::source_dir());
    const auto show =
        show::read_show(root / "shows" / show_folder, {{root / "catalogue"}}, sources, diagnostics);
    EXPECT_TRUE(show);
    const plan::Plan plan = plan::make_plan(*show).value();
    EXPECT_TRUE(plan::write_plan_file(path_, *show, plan, sources, {}));
    return issue_of(*show, plan);
  }
  void execute(const char* sql) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql;
    sqlite3_close(database);
  }

  fs::path folder_;
  fs::path path_;
};

TEST_F(ReadIssue, GivesBackWhatWasWritten) {
  for (const char* show : {"first-steps", "beijing-2025"}) {
    const Issue issue = written(show);
    EXPECT_GT(issue.contingents.size(), 5U);
    EXPECT_GT(issue.items.size(), 3U);
    const auto back = read_issue(path_);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, issue);
    fs::remove(path_);
  }
}

TEST_F(ReadIssue, KnowsWhoIsAhead) {
  const Issue issue = written("first-steps");
  const auto ahead_of = [&](const std::string& name) {
    for (const IssuedContingent& who : issue.contingents) {
      if (who.name == name) return who.ahead;
    }
    return std::string("not there");
  };
  EXPECT_EQ(ahead_of("fire brigade"), "");
  EXPECT_EQ(ahead_of("sports club"), "scouts");
  EXPECT_EQ(ahead_of("town band"), "");
}

TEST_F(ReadIssue, RefusesWhatIsNoPlan) {
  EXPECT_EQ(read_issue(path_).error().code, Errc::environment);
  std::ofstream(path_) << "this is not a database, however long it may be";
  EXPECT_EQ(read_issue(path_).error().code, Errc::bad_input);
  fs::remove(path_);
  (void)written("first-steps");
  execute("UPDATE meta SET value = 'defilada-plan/9' WHERE key = 'format'");
  const auto later = read_issue(path_);
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, Errc::bad_input);
  EXPECT_THAT(later.error().message, testing::HasSubstr("'defilada-plan/9'"));
  execute("UPDATE meta SET value = 'defilada-plan/1' WHERE key = 'format'");
  EXPECT_TRUE(read_issue(path_));
  execute("UPDATE contingents SET depth_m = 9e999");
  EXPECT_EQ(read_issue(path_).error().code, Errc::bad_input);
  execute("DROP TABLE crossings");
  EXPECT_EQ(read_issue(path_).error().code, Errc::bad_input);
}

}  // namespace
}  // namespace defilada::comparison
