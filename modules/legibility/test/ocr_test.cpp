// SPDX-License-Identifier: MIT
// A second opinion: what tesseract reads off the joined dots. scripts/install-deps brings it.
#include "defilada/legibility/ocr.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "defilada/legibility/keeping.hpp"

namespace defilada::legibility {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Lt;

struct Case {
  std::string text;
  int slots;
};
const std::vector<Case> kCases = {{"80", 26}, {"70", 20}, {"100", 22}, {"100", 29}};

formation::Figure drawn(const Case& each) {
  return formation::figure(each.text, each.slots).value();
}

Tesseract program() {
  const auto found = Tesseract::find();
  EXPECT_TRUE(found) << "tesseract is not installed: scripts/install-deps";
  return Tesseract(found.value_or("/nonexistent"));
}

TEST(Ocr, ReadsEachPublishedFigureWithAndWithoutErrors) {
  const Tesseract tesseract(program());
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    std::vector<std::vector<Point>> pictures{figure.slots};
    for (std::uint32_t i = 0; i < 6; ++i) {
      pictures.push_back(off_station(figure.slots, 0.05 * figure.mean_gap, 1, i));
    }
    const auto counts = count_read(tesseract, pictures, each.text);
    ASSERT_TRUE(counts) << counts.error().message.english();
    EXPECT_THAT(*counts, Each(Ge(kOcrLeast))) << each.text << " of " << each.slots;
  }
}

TEST(Ocr, ReadsNoneOf120ShuffledFiguresAndNoMirrorImage) {
  const Tesseract tesseract(program());
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    std::vector<std::vector<Point>> pictures{mirrored(figure.slots)};
    for (std::uint32_t i = 0; i < 30; ++i) pictures.push_back(shuffled(figure.slots, 2, i));
    const auto counts = count_read(tesseract, pictures, each.text);
    ASSERT_TRUE(counts) << counts.error().message.english();
    EXPECT_THAT(*counts, Each(Lt(kOcrLeast))) << each.text << " of " << each.slots;
  }
}

/// Answers with what it was told to.
class Told final : public Ocr {
 public:
  explicit Told(std::vector<std::string> texts) : texts_(std::move(texts)) {}
  [[nodiscard]] Result<std::vector<std::string>> read(std::span<const Raster> rasters,
                                                      std::string_view letters) const override {
    EXPECT_EQ(rasters.size(), texts_.size());
    EXPECT_EQ(letters, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return texts_;
  }

 private:
  std::vector<std::string> texts_;
};

TEST(Ocr, CountsTheHeightsAtWhichItReads) {
  const std::vector<std::vector<Point>> pictures(2, {{0, 0}, {1, 1}, {2, 3}});
  const Told told({"AB", "AB", "A", "", "AB", "AB", "AC", "", "", ""});
  const auto counts = count_read(told, pictures, "A B");
  ASSERT_TRUE(counts);
  EXPECT_THAT(*counts, ElementsAre(3, 1));
}

TEST(Ocr, RastersHaveTheirHeightsAndRoomAboutThem) {
  const formation::Figure figure = drawn({"80", 26});
  const std::vector<Raster> rasters = ocr_rasters(figure.slots);
  ASSERT_EQ(rasters.size(), kOcrHeights.size());
  for (std::size_t i = 0; i < rasters.size(); ++i) {
    int first = -1;
    int last = -1;
    for (int y = 0; y < rasters[i].height; ++y) {
      for (int x = 0; x < rasters[i].width; ++x) {
        if (rasters[i].ink[static_cast<std::size_t>(y * rasters[i].width + x)] < 0.5F) continue;
        if (first < 0) first = y;
        last = y;
      }
    }
    EXPECT_NEAR(last - first + 1, kOcrHeights[i], 2);
    EXPECT_GT(first, kOcrHeights[i] / 5);
  }
}

TEST(Ocr, AProgramThatIsNotThereOrFailsIsSaid) {
  const std::vector<std::vector<Point>> pictures{{{0, 0}, {1, 1}}};
  const auto missing = count_read(Tesseract("/nonexistent/tesseract"), pictures, "1");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::environment);
  const auto failing = count_read(Tesseract("/bin/false"), pictures, "1");
  ASSERT_FALSE(failing);
  EXPECT_THAT(failing.error().message.english(), HasSubstr("ended with a failure"));
}

// TMPDIR is where it works: empty afterwards, whether the program did its work or failed.
TEST(Ocr, NothingOfThePicturesStays) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / "ocr-test-of-tidiness";
  std::filesystem::create_directories(folder);
  ASSERT_EQ(::setenv("TMPDIR", folder.c_str(), 1), 0);
  const std::vector<std::vector<Point>> pictures{{{0, 0}, {1, 1}}};
  (void)count_read(Tesseract("/bin/false"), pictures, "1");
  (void)count_read(program(), pictures, "1");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  ::unsetenv("TMPDIR");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace defilada::legibility
