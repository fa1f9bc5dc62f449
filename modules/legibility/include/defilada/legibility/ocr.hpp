// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/legibility/joined.hpp"
#include "defilada/legibility/raster.hpp"

/// A second opinion on whether a figure reads: a program for optical character recognition, which
/// is shown the joined dots and knows nothing of what they should be.
namespace defilada::legibility {

/// Reads one line of text off each raster. An interface, so that a test can put another reader in
/// the place of the program.
class Ocr {
 public:
  Ocr() = default;
  Ocr(const Ocr&) = delete;
  Ocr& operator=(const Ocr&) = delete;
  virtual ~Ocr() = default;
  /// One text a raster, "" where nothing is read; only characters of `letters` occur. Errors:
  /// environment, interrupted.
  [[nodiscard]] virtual Result<std::vector<std::string>> read(std::span<const Raster> rasters,
                                                              std::string_view letters) const = 0;
};

/// The program `tesseract` (Debian: tesseract-ocr), as a child process without network or shell;
/// its pictures lie in a folder of their own for as long as it runs. Page mode 8, one word: mode 7
/// loses digits in version 5.3.
class Tesseract final : public Ocr {
 public:
  /// Where PATH has it; nothing where it is not installed.
  [[nodiscard]] static std::optional<std::filesystem::path> find();
  explicit Tesseract(std::filesystem::path program) : program_(std::move(program)) {}
  /// Cost: one process for all; 0.1 s and 10 ms a raster.
  [[nodiscard]] Result<std::vector<std::string>> read(std::span<const Raster> rasters,
                                                      std::string_view letters) const override;

 private:
  std::filesystem::path program_;
};

/// Heights of the figure in the pictures that it is shown in, pixels.
inline constexpr std::array<int, 5> kOcrHeights{40, 56, 72, 96, 128};
/// Of the five, so many must be read.
inline constexpr int kOcrLeast = 4;

/// The joined dots as they are seen, black on white with room about them, at each height. The
/// stroke is half the mean gap. Requires two dots that are not one above the other or side by side.
[[nodiscard]] std::vector<Raster> ocr_rasters(std::span<const Point> picture);

/// "0123456789" for a number, else letters and digits.
[[nodiscard]] std::string_view ocr_letters(std::string_view text) noexcept;

/// At how many of kOcrHeights each of the pictures is read as `text`. One process for all.
[[nodiscard]] Result<std::vector<int>> count_read(const Ocr& ocr,
                                                  std::span<const std::vector<Point>> pictures,
                                                  std::string_view text);

}  // namespace defilada::legibility
