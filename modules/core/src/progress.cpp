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

Progress::Output standard_error(Speaker say) {
  if (!wants_escapes(STDERR_FILENO)) return {};
  return {write_to_stderr, steady_now_s, terminal_columns(STDERR_FILENO), std::move(say)};
}

Phrase time_left(double seconds) {
  const auto whole_s = static_cast<std::int64_t>(std::ceil(std::min(seconds, 1e9)));
  if (whole_s < 90) return phrase("about {} s left", whole_s);
  if (whole_s < 90 * 60) return phrase("about {} min left", (whole_s + 30) / 60);
  return phrase("about {} h left", (whole_s + 1800) / 3600);
}

Count count_of(std::uint64_t number) {
  return {static_cast<std::int64_t>(number)};
}

/// The first `columns` characters of UTF-8.
std::string cut(const std::string& text, int columns) {
  std::size_t end = 0;
  for (int shown = 0; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
    if (begins && shown++ >= columns) break;
  }
  return text.substr(0, end);
}

}  // namespace

std::string progress_line(const Phrase& label, std::uint64_t done, std::uint64_t total,
                          double elapsed_s, int columns, const Speaker& say) {
  if (total == 0) return cut(say(phrase("{}  {}", label, count_of(done))), columns);
  const double part = static_cast<double>(done) / static_cast<double>(total);
  std::string line = say(phrase("{}  {} of {}  {} %", label, count_of(done), count_of(total),
                                static_cast<int>(std::floor(100 * part))));
  if (elapsed_s >= 1.0 && part >= 0.02) {
    line += "  " + say(time_left(elapsed_s * (1 - part) / part));
  }
  return cut(line, columns);
}

Progress::Progress(Phrase label, std::uint64_t total, Speaker say)
    : Progress(std::move(label), total, standard_error(std::move(say))) {}

Progress::Progress(Phrase label, std::uint64_t total, Output output)
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
  output_.write(std::string(kClearLine) + progress_line(label_, done_, total_, now_s - started_s_,
                                                        output_.columns - 1, output_.say));
}

void Progress::finish() {
  if (visible_) output_.write(kClearLine);
  visible_ = false;
  output_.write = nullptr;
}

}  // namespace defilada
