// SPDX-License-Identifier: MIT
#include "defilada/drawing/render.hpp"

#include <gmock/gmock.h>

namespace defilada::drawing {
namespace {

Drawing square() {
  Drawing drawing{.id = "square",
                  .title = "A <square>",
                  .description = "What it is",
                  .width_mm = 25.4,
                  .height_mm = 50.8};
  drawing.shapes.emplace_back(rectangle({{0, 0}, {25.4, 25.4}}, {.fill = Ink::accent}));
  drawing.shapes.emplace_back(Label{.at = {2, 40}, .text = "a & b", .halo = true});
  return drawing;
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
  }
  return value;
}

TEST(Svg, stands_alone) {
  const std::string svg = svg_file(square());
  EXPECT_THAT(svg, testing::StartsWith("<?xml"));
  EXPECT_THAT(svg, testing::HasSubstr("A &lt;square&gt;"));
  EXPECT_THAT(svg, testing::HasSubstr("a &amp; b"));
  EXPECT_THAT(svg, testing::HasSubstr(".faccent{fill:#9e1b22}"));
  EXPECT_THAT(svg, testing::Not(testing::HasSubstr("var(")));
}

TEST(Png, has_the_pixels_that_its_size_asks_for) {
  const auto lettering = Lettering::make("en");
  ASSERT_TRUE(lettering);
  const auto png = png_file(square(), 100, *lettering);
  ASSERT_TRUE(png) << png.error().message;
  EXPECT_EQ(png->substr(1, 3), "PNG");
  EXPECT_EQ(big_endian(*png, 16), 100U);
  EXPECT_EQ(big_endian(*png, 20), 200U);
  EXPECT_EQ(*png, *png_file(square(), 100, *lettering));
}

TEST(Png, refuses_what_no_screen_can_show) {
  const auto lettering = Lettering::make("en");
  ASSERT_TRUE(lettering);
  for (const double dpi : {0.001, 1e6}) {
    const auto png = png_file(square(), dpi, *lettering);
    ASSERT_FALSE(png) << dpi;
    EXPECT_EQ(png.error().code, Errc::bad_input);
    EXPECT_THAT(png.error().message, testing::HasSubstr("30000"));
  }
}

TEST(Pdf, is_one_page_and_the_same_twice) {
  const auto lettering = Lettering::make("en");
  ASSERT_TRUE(lettering);
  const auto pdf = pdf_file(square(), "2025-09-03T00:00:00+08:00", *lettering);
  ASSERT_TRUE(pdf);
  EXPECT_THAT(*pdf, testing::StartsWith("%PDF-"));
  EXPECT_THAT(*pdf, testing::HasSubstr("/Count 1"));
  EXPECT_EQ(*pdf, *pdf_file(square(), "2025-09-03T00:00:00+08:00", *lettering));
}

}  // namespace
}  // namespace defilada::drawing
