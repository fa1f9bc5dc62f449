// SPDX-License-Identifier: MIT
#include "defilada/core/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

#include "defilada/core/random.hpp"

namespace defilada {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A fresh folder for each test, gone afterwards.
class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "defilada-core-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::size_t files_in_folder() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

  fs::path folder_;
};

TEST_F(FileTest, WhatIsWrittenIsRead) {
  const fs::path path = folder_ / "plan";
  for (const std::size_t size : {0U, 1U, 4096U, 100'000U}) {
    Random random(10, static_cast<std::uint32_t>(size), 0);
    std::string content(size, '\0');
    for (char& byte : content) byte = static_cast<char>(random.below(256));
    ASSERT_TRUE(write_file_atomically(path, content).has_value());
    const Result<std::string> read = read_file(path, size);
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(*read, content);
    EXPECT_EQ(files_in_folder(), 1U) << "no temporary file stays";
  }
}

TEST_F(FileTest, TheLimitIsAnErrorOfThePerson) {
  const fs::path path = folder_ / "big";
  ASSERT_TRUE(write_file_atomically(path, "12345").has_value());
  const Result<std::string> read = read_file(path, 4);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, Errc::bad_input);
  EXPECT_THAT(read.error().message, HasSubstr("holds 5 bytes; at most 4 are read"));
}

TEST_F(FileTest, WhatIsNoFileIsAnErrorOfTheEnvironment) {
  const Result<std::string> missing = read_file(folder_ / "missing", 10);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, Errc::environment);
  EXPECT_THAT(missing.error().message, HasSubstr("No such file or directory"));
  EXPECT_THAT(read_file(folder_, 10).error().message, HasSubstr("a folder"));
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(read_file(folder_ / "pipe", 10).error().message, HasSubstr("not a regular file"));
  EXPECT_THAT(read_file("/dev/zero", 10).error().message, HasSubstr("not a regular file"));
}

TEST_F(FileTest, AFileThatGrowsBehindItsSizeIsStillCapped) {
  // Files below /proc say that they are empty and are not.
  const Result<std::string> read = read_file("/proc/self/status", 16);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, Errc::bad_input);
  const Result<std::string> whole = read_file("/proc/self/status", 1'000'000);
  ASSERT_TRUE(whole.has_value());
  EXPECT_THAT(*whole, HasSubstr("VmPeak"));
}

TEST_F(FileTest, PermissionsOfTheOldFileStay) {
  const fs::path path = folder_ / "plan";
  ASSERT_TRUE(write_file_atomically(path, "old").has_value());
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  ASSERT_TRUE(write_file_atomically(path, "new").has_value());
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0640U);
}

TEST_F(FileTest, WhoMayNotReadTheOldFileMayNotReadTheGrowingOne) {
  const fs::path path = folder_ / "plan";
  const auto rights_of_temporary = [&] {
    const fs::path temporary = temporary_for(path);
    EXPECT_TRUE(make_temporary(temporary, path).has_value());
    struct stat info {};
    EXPECT_EQ(::stat(temporary.c_str(), &info), 0);
    return info.st_mode & 07777U;
  };
  const mode_t before = ::umask(022);
  EXPECT_EQ(rights_of_temporary(), 0644U) << "a new file is for whom the umask leaves it";
  ASSERT_TRUE(write_file_atomically(path, "old").has_value());
  for (const mode_t rights : {0600U, 0640U, 0444U}) {
    ASSERT_EQ(::chmod(path.c_str(), rights), 0);
    EXPECT_EQ(rights_of_temporary(), rights);
  }
  ::umask(before);
}

TEST_F(FileTest, WhatIsNoTextIsToldAsWhatItIs) {
  using namespace std::string_literals;
  const auto kind = [](const std::string& bytes) {
    const auto found = kind_of_binary(bytes);
    return found ? found->english() : "a text";
  };
  EXPECT_EQ(kind("SQLite format 3\0"s + std::string(84, 'x')), "a database (SQLite)");
  EXPECT_EQ(kind("%PDF-1.7\n%\xB5\xED\xAE\xFB"), "a PDF");
  EXPECT_EQ(kind("\x1f\x8b\x08"), "a file packed by gzip");
  EXPECT_EQ(kind("ELF\0\0\1\0\0\0abc"s), "binary data");
  for (const std::string& text :
       {""s, "defilada: 1\n"s, "\xEF\xBB\xBFtitle: x"s, "t: \xB6wi\xEAto"s, "\xFF\xFEt\0i\0t\0"s,
        "t\0i\0t\0l\0e\0"s, "\0t\0i\0t\0l"s}) {
    EXPECT_EQ(kind(text), "a text") << text;
  }
  const fs::path path = folder_ / "plan";
  ASSERT_TRUE(write_file_atomically(path, "SQLite format 3\0"s).has_value());
  const Result<std::string> refused = read_text_file(path, 100);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::bad_input);
  EXPECT_THAT(refused.error().message, HasSubstr("is a database (SQLite), not a text"));
  EXPECT_FALSE(read_text_file(path, 4).has_value());
}

TEST_F(FileTest, FailuresNameTheCallAndLeaveNothing) {
  const Status no_folder = write_file_atomically(folder_ / "missing" / "plan", "x");
  ASSERT_FALSE(no_folder.has_value());
  EXPECT_EQ(no_folder.error().code, Errc::environment);
  EXPECT_THAT(no_folder.error().message, HasSubstr("(open)"));
  ASSERT_TRUE(fs::create_directory(folder_ / "taken"));
  const Status over_folder = write_file_atomically(folder_ / "taken", "x");
  ASSERT_FALSE(over_folder.has_value());
  EXPECT_THAT(over_folder.error().message, HasSubstr("(rename)"));
  EXPECT_EQ(files_in_folder(), 1U);
  EXPECT_FALSE(commit_file(folder_ / "never written", folder_ / "plan").has_value());
}

TEST_F(FileTest, CommitsWhatSomebodyElseWrote) {
  const fs::path path = folder_ / "plan.sqlite";
  const fs::path temporary = temporary_for(path);
  EXPECT_EQ(temporary.parent_path(), folder_);
  EXPECT_EQ(temporary.filename().string().front(), '.');
  std::ofstream(temporary) << "pages";
  ASSERT_TRUE(commit_file(temporary, path).has_value());
  EXPECT_EQ(*read_file(path, 100), "pages");
  EXPECT_FALSE(fs::exists(temporary));
}

TEST_F(FileTest, AFullDiskLeavesTheOldFile) {
  // A limit on the size of files makes write(2) fail half-way, as a full disk does.
  const fs::path path = folder_ / "plan";
  ASSERT_TRUE(write_file_atomically(path, "old").has_value());
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{10'000, 10'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Status written = write_file_atomically(path, std::string(100'000, 'x'));
    const bool right = !written && written.error().code == Errc::environment &&
                       written.error().message.english().find("(write)") != std::string::npos;
    ::_exit(right ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(*read_file(path, 100), "old");
  EXPECT_EQ(files_in_folder(), 1U);
}

/// A file of one letter, long enough that it cannot be written in one go of the disk.
std::string page_of(char letter) {
  return std::string(300'000, letter);
}

TEST_F(FileTest, AKillAtAnyMomentLeavesTheOldFileOrTheNewOne) {
  const fs::path path = folder_ / "plan";
  ASSERT_TRUE(write_file_atomically(path, page_of('a')).has_value());
  int changed = 0;
  char last = 'a';
  // The slower the machine, the longer a writer lives, so that some get through a file or two.
  std::uint32_t longest_us = 4000;
  for (std::uint32_t run = 0; run < 150 && changed < 25; ++run) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (char letter = 'a';; letter = static_cast<char>(letter == 'z' ? 'a' : letter + 1)) {
        if (!write_file_atomically(path, page_of(letter))) ::_exit(1);
      }
    }
    ::usleep(500 + Random(11, run, 0).below(longest_us));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself";
    const Result<std::string> content = read_file(path, 1'000'000);
    ASSERT_TRUE(content.has_value()) << content.error().message;
    ASSERT_FALSE(content->empty());
    ASSERT_EQ(*content, page_of(content->front())) << "neither the old file nor a new one";
    if (content->front() != last) {
      ++changed;
    } else {
      longest_us = std::min(2 * longest_us, 500'000U);
    }
    last = content->front();
  }
  EXPECT_GT(changed, 3) << "the writers never got anywhere: this test showed nothing";
}

TEST(ContentHash, IsFnv1a) {
  // Test vectors of the FNV authors, http://www.isthe.com/chongo/tech/comp/fnv/.
  EXPECT_EQ(content_hash(""), "cbf29ce484222325");
  EXPECT_EQ(content_hash("a"), "af63dc4c8601ec8c");
  EXPECT_EQ(content_hash("foobar"), "85944171f73967e8");
}

}  // namespace
}  // namespace defilada
