// SPDX-License-Identifier: MIT
#include "defilada/server/folder.hpp"

#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>

namespace defilada::server {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class FolderTest : public testing::Test {
 protected:
  FolderTest() {
    std::string pattern = (fs::temp_directory_path() / "defilada-folder-XXXXXX").string();
    outer_ = ::mkdtemp(pattern.data());
    root_ = outer_ / "root";
    fs::create_directories(root_ / "sub");
    write(outer_ / "secret", "secret");
    write(root_ / "a.txt", "a");
    write(root_ / "sub" / "b.txt", "bb");
    write(root_ / ".hidden", "hidden");
  }
  ~FolderTest() override { fs::remove_all(outer_); }
  static void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  fs::path outer_;
  fs::path root_;
};

TEST_F(FolderTest, ReadsWhatLiesInIt) {
  const Folder folder(root_);
  EXPECT_EQ(folder.read("a.txt", 100), "a");
  EXPECT_EQ(folder.read("sub/b.txt", 2), "bb");
  EXPECT_EQ(folder.read("sub/b.txt", 1), std::nullopt);
  EXPECT_THAT(folder.names(10), ElementsAre("a.txt", "sub/b.txt"));
  EXPECT_EQ(folder.names(1).size(), 1U);
}

TEST_F(FolderTest, TheWalkEndsHoweverLittleItFinds) {
  fs::create_directory(root_ / "deep");
  for (int i = 0; i < 50; ++i) {
    fs::create_directory(root_ / "deep" / std::to_string(i));
    std::ofstream(root_ / "deep" / (".hidden" + std::to_string(i))) << "x";
  }
  const Folder folder(root_);
  EXPECT_EQ(folder.names(10).size(), 2U);
  EXPECT_EQ(folder.names(10, 105).size(), 2U);  // 3 files, 52 folders, 50 files: all
  EXPECT_EQ(folder.names(10, 0).size(), 0U);
  std::size_t found = 0;
  for (std::size_t visited = 1; visited < 110; ++visited) {
    const std::size_t now = folder.names(10, visited).size();
    EXPECT_LE(found, now);
    EXPECT_LE(now, visited);
    found = now;
  }
}

TEST_F(FolderTest, NoNameLeadsOut) {
  fs::create_symlink(outer_ / "secret", root_ / "link");
  fs::create_directory_symlink(outer_, root_ / "up");
  fs::create_symlink("a.txt", root_ / "inner");
  ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  const Folder folder(root_);
  for (const char* name : {"", ".", "..", "../secret", "sub/../../secret", "sub/..", "/a.txt",
                           "//a.txt", "sub//b.txt", "a.txt/", "link", "up/secret", "up/root/a.txt",
                           "inner", "pipe", "sub", ".hidden", "nothing"}) {
    EXPECT_EQ(folder.read(name, 100), std::nullopt) << name;
  }
  EXPECT_EQ(folder.read(std::string_view("a.txt\0", 6), 100), std::nullopt);
  EXPECT_THAT(folder.names(10), ElementsAre("a.txt", "sub/b.txt"));
  EXPECT_EQ(Folder(outer_ / "none").read("a.txt", 100), std::nullopt);
  EXPECT_TRUE(Folder(outer_ / "none").names(10).empty());
}

}  // namespace
}  // namespace defilada::server
