// SPDX-License-Identifier: MIT
#include "defilada/legibility/ocr.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "defilada/core/interrupt.hpp"

extern char** environ;

namespace defilada::legibility {
namespace {

namespace fs = std::filesystem;

Error broken(const Phrase& what) {
  return {Errc::environment, phrase("tesseract: {}", what)};
}

/// A new folder of our own; gone with its end.
class Folder {
 public:
  static Result<Folder> make() {
    std::error_code failed;
    const fs::path base = fs::temp_directory_path(failed);
    std::string name = ((failed ? fs::path("/tmp") : base) / "defilada-ocr-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      return tl::unexpected(broken(phrase("no folder for its pictures: {}", system_reason(errno))));
    }
    return Folder(name);
  }
  Folder(Folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  explicit Folder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

/// The environment of this process with one thread for OpenMP: the pictures are small.
std::vector<std::string> child_environment() {
  std::vector<std::string> variables{"OMP_THREAD_LIMIT=1"};
  for (char** each = environ; *each != nullptr; ++each) {
    if (std::strncmp(*each, "OMP_THREAD_LIMIT=", 17) != 0) variables.emplace_back(*each);
  }
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Starts the program with its standard output at `output` and nothing else of ours; -1 on failure.
pid_t start(const fs::path& program, std::vector<std::string> arguments, int output, int& error) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> variables = child_environment();
  pid_t child = -1;
  error = ::posix_spawn(&child, program.c_str(), &actions, nullptr, pointers(arguments).data(),
                        pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? child : -1;
}

/// What the child writes until it ends its output.
Result<std::string> drain(int from) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::read(from, buffer, sizeof buffer);
    if (got > 0) {
      text.append(buffer, static_cast<std::size_t>(got));
    } else if (got == 0) {
      return text;
    } else if (errno != EINTR) {
      return tl::unexpected(broken(system_reason(errno)));
    } else if (const Status status = check_interrupt(); !status) {
      return tl::unexpected(status.error());
    }
  }
}

Result<std::string> output_of(const fs::path& program, std::vector<std::string> arguments) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return tl::unexpected(broken(system_reason(errno)));
  }
  int error = 0;
  const pid_t child = start(program, std::move(arguments), ends[1], error);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return tl::unexpected(broken(system_reason(error)));
  }
  Result<std::string> text = drain(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (const Status unbroken = check_interrupt(); !unbroken) return tl::unexpected(unbroken.error());
  if (text && !(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
    return tl::unexpected(broken(phrase("it ended with a failure")));
  }
  return text;
}

/// Pages end with form feeds; blanks inside a page say nothing.
std::vector<std::string> pages_of(const std::string& text, std::size_t count) {
  std::vector<std::string> pages(count);
  std::size_t page = 0;
  for (const char c : text) {
    if (c == '\f') {
      ++page;
    } else if (page < count && c != ' ' && c != '\n') {
      pages[page] += c;
    }
  }
  return pages;
}

Status write_pictures(const Folder& folder, std::span<const Raster> rasters) {
  std::ofstream list(folder / "list.txt");
  for (std::size_t i = 0; i < rasters.size(); ++i) {
    const fs::path path = folder / fmt::format("{}.pgm", i);
    std::ofstream(path, std::ios::binary) << to_pgm(rasters[i]);
    if (!fs::exists(path)) return tl::unexpected(broken(phrase("its pictures cannot be written")));
    list << path.string() << '\n';
  }
  list.close();
  if (!list) return tl::unexpected(broken(phrase("its pictures cannot be written")));
  return {};
}

}  // namespace

std::optional<fs::path> Tesseract::find() {
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path program = fs::path(rest.substr(0, end)) / "tesseract";
    if (end > 0 && ::access(program.c_str(), X_OK) == 0 && !fs::is_directory(program)) {
      return program;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

Result<std::vector<std::string>> Tesseract::read(std::span<const Raster> rasters,
                                                 std::string_view letters) const {
  if (rasters.empty()) return std::vector<std::string>{};
  auto folder = Folder::make();
  if (!folder) return tl::unexpected(folder.error());
  if (const Status written = write_pictures(*folder, rasters); !written) {
    return tl::unexpected(written.error());
  }
  auto text = output_of(
      program_, {"tesseract", (*folder / "list.txt").string(), "stdout", "--psm", "8", "--dpi",
                 "150", "-l", "eng", "-c", fmt::format("tessedit_char_whitelist={}", letters)});
  if (!text) return tl::unexpected(text.error());
  return pages_of(*text, rasters.size());
}

std::vector<Raster> ocr_rasters(std::span<const Point> picture) {
  const Joined joined = join(picture);
  const Box box = box_of(picture);
  std::vector<Raster> rasters;
  for (const int height : kOcrHeights) {
    const double stroke = joined.gap / 2;
    const double pixel = (box.height() + stroke) / height;
    const double room = stroke + 0.3 * (box.height() + stroke);
    Pen pen({{{box.low.x - room, box.low.y - room}, {box.high.x + room, box.high.y + room}}, pixel},
            stroke);
    pen.draw(joined);
    rasters.push_back(std::move(pen).take());
  }
  return rasters;
}

std::string_view ocr_letters(std::string_view text) noexcept {
  constexpr std::string_view kAll = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const bool number = text.find_first_not_of("0123456789") == std::string_view::npos;
  return number ? kAll.substr(0, 10) : kAll;
}

Result<std::vector<int>> count_read(const Ocr& ocr, std::span<const std::vector<Point>> pictures,
                                    std::string_view text) {
  std::vector<Raster> rasters;
  for (const auto& picture : pictures) {
    for (Raster& raster : ocr_rasters(picture)) rasters.push_back(std::move(raster));
  }
  const auto texts = ocr.read(rasters, ocr_letters(text));
  if (!texts) return tl::unexpected(texts.error());
  std::string wanted(text);
  wanted.erase(std::remove(wanted.begin(), wanted.end(), ' '), wanted.end());
  std::vector<int> counts(pictures.size(), 0);
  for (std::size_t i = 0; i < texts->size(); ++i) {
    counts[i / kOcrHeights.size()] += (*texts)[i] == wanted ? 1 : 0;
  }
  return counts;
}

}  // namespace defilada::legibility
