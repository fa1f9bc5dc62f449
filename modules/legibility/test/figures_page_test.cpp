// SPDX-License-Identifier: MIT
// The tables of docs/figures.md and its picture. After a change that is meant, UPDATE_GOLDEN=1
// rewrites them; read the difference before it is committed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "defilada/formation/perspective.hpp"
#include "defilada/legibility/keeping.hpp"
#include "defilada/legibility/ocr.hpp"
#include "defilada/legibility/reading.hpp"
#include "kept_block.hpp"
#include "source_dir.hpp"

namespace defilada::legibility {
namespace {

namespace fs = std::filesystem;
using formation::Eye;
using formation::Spot;

struct Case {
  std::string text;
  int slots;
  std::string source;
};
const std::vector<Case> kCases = {{"80", 26, "Beijing 2025"},
                                  {"70", 20, "Beijing 2019"},
                                  {"100", 29, "Beijing 2021"},
                                  {"100", 22, "for comparison"},
                                  {"71", 10, "Beijing 2021, jets"}};
const std::vector<double> kErrors = {0, 0.05, 0.1, 0.2};  // of the mean gap
constexpr std::uint32_t kTries = 5;
constexpr double kSpacing_m = 20;
const Eye kEye{0, 400, 300};  // 400 m to the side, 300 m below

/// The slots flown as they are drawn, `stretch` times as long along the line of sight, and seen
/// from the eye: to the left of the flight, so that the text's top, which is to the left, is
/// nearest.
std::vector<Point> seen_plain(const formation::Figure& figure, double stretch) {
  const double height_m = formation::least_height_m(figure, kSpacing_m);
  std::vector<Spot> spots;
  for (const Point p : figure.slots) {
    spots.push_back({(p.x - figure.width / 2) * height_m, (p.y - 0.5) * stretch * height_m});
  }
  const formation::Sight sight(kEye, {});
  std::vector<Point> picture;
  for (const Spot spot : spots) picture.push_back(sight.picture(spot).value());
  // To the left of a flight, what is behind is at the right hand.
  return picture;
}

std::vector<Point> seen_placed(const formation::Figure& figure) {
  const auto placed = formation::place_for(kEye, figure, kSpacing_m);
  const formation::Sight sight(formation::from_head_line(kEye, placed->aim), placed->aim);
  std::vector<Point> picture;
  for (const Spot spot : placed->slots) picture.push_back(sight.picture(spot).value());
  return picture;
}

class Page {
 public:
  Page() : ocr_(Tesseract::find().value_or("/nonexistent")) {}

  std::string measured() {
    std::string text =
        "| figure | aircraft | smallest / mean gap | likeness | next likest | overlap | errors 0 | "
        "5 % | 10 % | 20 % of the gap | OCR, flat | 5 % |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (const Case& each : kCases) {
      const formation::Figure figure = formation::figure(each.text, each.slots).value();
      const Measure measure(figure, each.text);
      const Reading reading = measure.read(figure.slots);
      text += fmt::format(
          "| {} ({}) | {} | .{:03.0f} / .{:03.0f} | {:.2f} | {} ({:.2f}) | {:.2f} |", each.text,
          each.source, each.slots, 1000 * figure.least_gap, 1000 * figure.mean_gap,
          reading.correlation, reading.rival_name, reading.rival, reading.overlap);
      for (const double error : kErrors) {
        int reads = 0;
        for (std::uint32_t i = 0; i < 40; ++i) {
          reads += measure.reads(off_station(figure.slots, error * figure.mean_gap, 1, i)) ? 1 : 0;
        }
        text += fmt::format(" {} of 40 |", reads);
      }
      text += fmt::format(" {} of 5 | {} |\n", counts({figure.slots}, each.text).front(),
                          least_and_most(each, figure));
    }
    return text;
  }

  std::string from_a_stand() {
    std::string text =
        "| figure | aircraft | flat, flown as drawn | 1.67 times as long | inverse perspective |\n"
        "| --- | --- | --- | --- | --- |\n";
    for (const Case& each : kCases) {
      const formation::Figure figure = formation::figure(each.text, each.slots).value();
      const Measure measure(figure, each.text);
      const std::vector<std::vector<Point>> pictures{
          seen_plain(figure, 1), seen_plain(figure, 5.0 / 3), seen_placed(figure)};
      const std::vector<int> read = counts(pictures, each.text);
      text += fmt::format("| {} | {} |", each.text, each.slots);
      for (std::size_t i = 0; i < pictures.size(); ++i) {
        text += fmt::format(" {} of 5, {} |", read[i],
                            measure.reads(pictures[i]) ? "reads" : "does not read");
      }
      text += "\n";
    }
    return text;
  }

 private:
  std::vector<int> counts(const std::vector<std::vector<Point>>& pictures,
                          const std::string& text) {
    const auto read = count_read(ocr_, pictures, text);
    EXPECT_TRUE(read) << "scripts/install-deps brings tesseract";
    return read.value_or(std::vector<int>(pictures.size(), -1));
  }

  std::string least_and_most(const Case& each, const formation::Figure& figure) {
    std::vector<std::vector<Point>> pictures;
    for (std::uint32_t i = 0; i < kTries; ++i) {
      pictures.push_back(off_station(figure.slots, 0.05 * figure.mean_gap, 1, i));
    }
    const std::vector<int> read = counts(pictures, each.text);
    const auto [least, most] = std::minmax_element(read.begin(), read.end());
    return *least == *most ? fmt::format("{} of 5", *least)
                           : fmt::format("{} to {} of 5", *least, *most);
  }

  Tesseract ocr_;
};

/// One drawing: dots, and the lines that join them.
std::string group(std::span<const Point> dots, double x, double y, double scale,
                  const std::string& caption) {
  const Joined joined = join(dots);
  const Box box = box_of(dots);
  const auto at = [&](Point p) {
    return Point{x + scale * (p.x - box.low.x), y + scale * (box.high.y - p.y)};
  };
  std::string path;
  for (const auto& [a, b] : joined.edges) {
    const Point from = at(joined.dots[a]);
    const Point to = at(joined.dots[b]);
    path += fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", from.x, from.y, to.x, to.y);
  }
  std::string text = fmt::format(
      "<path d=\"{}\" fill=\"none\" stroke=\"#9aa7b4\" stroke-width=\"{:.1f}\" "
      "stroke-linecap=\"round\"/>\n",
      path, scale * joined.gap / 2);
  for (const Point p : joined.dots) {
    text += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.6\" fill=\"#1e3a63\"/>\n",
                        at(p).x, at(p).y);
  }
  return text + fmt::format(
                    "<text x=\"{:.1f}\" y=\"182\" font-size=\"13\" fill=\"#1b1c20\" "
                    "text-anchor=\"middle\">{}</text>\n",
                    x + scale * box.width() / 2, caption);
}

std::string picture() {
  const formation::Figure figure = formation::figure("80", 26).value();
  const auto placed = seen_placed(figure);
  const auto plain = seen_plain(figure, 1);
  const auto apart = off_station(figure.slots, 0.2 * figure.mean_gap, 1, 0);
  const auto scaled = [](const std::vector<Point>& dots) { return 130 / box_of(dots).height(); };
  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 200\" role=\"img\" "
      "aria-label=\"80 drawn by 26 aircraft, seen in three ways\" font-family=\"sans-serif\">\n"
      "<rect width=\"900\" height=\"200\" fill=\"#fff\"/>\n";
  svg += group(placed, 30, 20, scaled(placed), "placed by inverse perspective");
  svg += group(plain, 290, 35, 85 / box_of(plain).height(), "flown as drawn, from the same stand");
  svg += group(apart, 660, 20, scaled(apart), "errors of a fifth of the gap");
  return svg + "</svg>\n";
}

constexpr const char* kKept = "UPDATE_GOLDEN=1 rewrites it";

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void hold(const fs::path& path, const std::string& text) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(read_text(path), text) << "UPDATE_GOLDEN=1 rewrites " << path.string();
}

TEST(FiguresPage, SaysWhatWasMeasured) {
  Page page;
  EXPECT_TRUE(test::has_kept_block("figures.md", "flat", page.measured())) << kKept;
  EXPECT_TRUE(test::has_kept_block("figures.md", "from a stand", page.from_a_stand())) << kKept;
  hold(fs::path(test::source_dir()) / "docs" / "images" / "figure-80.svg", picture());
}

}  // namespace
}  // namespace defilada::legibility
