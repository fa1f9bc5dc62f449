// SPDX-License-Identifier: MIT
#include "defilada/core/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "defilada/core/terminal.hpp"

namespace defilada {
namespace {

constexpr double kRedraw_s = 0.1;
constexpr std::string_view kClearLine = "\r\x1b[2K";

double steady_now_s() {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since_start).count();
}

void write_to_stderr(std::string_view text) {
  // Progress is worth nothing once the terminal is gone: a failure is not worth a word either.
  const ssize_t ignored = ::write(STDERR_FILENO, text.data(), text.size());
  static_cast<void>(ignored);
}

Progress::Output standard_error() {
  if (!wants_escapes(STDERR_FILENO)) return {};
  return {write_to_stderr, steady_now_s, terminal_columns(STDERR_FILENO)};
}

/// 10 000: thousands apart by a space.
std::string grouped(std::uint64_t number) {
  std::string text = fmt::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, 1, ' ');
  return text;
}

std::string time_left(double seconds) {
  const auto whole_s = static_cast<std::int64_t>(std::ceil(std::min(seconds, 1e9)));
  if (whole_s < 90) return fmt::format("about {} s left", whole_s);
  if (whole_s < 90 * 60) return fmt::format("about {} min left", (whole_s + 30) / 60);
  return fmt::format("about {} h left", (whole_s + 1800) / 3600);
}

}  // namespace

std::string progress_line(std::string_view label, std::uint64_t done, std::uint64_t total,
                          double elapsed_s, int columns) {
  std::string line = fmt::format("{}  {}", label, grouped(done));
  if (total > 0) {
    const double part = static_cast<double>(done) / static_cast<double>(total);
    line += fmt::format(" of {}  {} %", grouped(total), static_cast<int>(std::floor(100 * part)));
    if (elapsed_s >= 1.0 && part >= 0.02) {
      line += fmt::format("  {}", time_left(elapsed_s * (1 - part) / part));
    }
  }
  line.resize(std::min(line.size(), static_cast<std::size_t>(std::max(columns, 0))));
  return line;
}

Progress::Progress(std::string label, std::uint64_t total)
    : Progress(std::move(label), total, standard_error()) {}

Progress::Progress(std::string label, std::uint64_t total, Output output)
    : label_(std::move(label)), total_(total), output_(std::move(output)) {
  if (output_.write) started_s_ = drawn_s_ = output_.now_s();
}

Progress::~Progress() {
  finish();
}

void Progress::advance(std::uint64_t steps) {
  done_ += steps;
  if (total_ > 0) done_ = std::min(done_, total_);
  if (!output_.write) return;
  const double now_s = output_.now_s();
  if (now_s - drawn_s_ < kRedraw_s) return;
  drawn_s_ = now_s;
  visible_ = true;
  // One column less than there are: a full line would wrap on some terminals.
  output_.write(std::string(kClearLine) +
                progress_line(label_, done_, total_, now_s - started_s_, output_.columns - 1));
}

void Progress::finish() {
  if (visible_) output_.write(kClearLine);
  visible_ = false;
  output_.write = nullptr;
}

}  // namespace defilada
