// SPDX-License-Identifier: MIT
#include "staging.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".defilada-";
constexpr std::string_view kSuffix = ".tmp";

std::string name_for(pid_t process) {
  return fmt::format("{}{}{}", kPrefix, process, kSuffix);
}

/// The process that made a staging folder of this name; 0 where it is none.
pid_t maker_of(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return 0;
  const std::string_view digits =
      name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
  pid_t process = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), process);
  const bool number = failed == std::errc{} && end == digits.data() + digits.size();
  return number && process > 0 ? process : 0;
}

void clear_left_behind(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> dead;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const pid_t maker = maker_of(entry->path().filename().string());
    if (maker != 0 && ::kill(maker, 0) != 0 && errno == ESRCH) dead.push_back(entry->path());
  }
  for (const fs::path& path : dead) fs::remove_all(path, failed);
}

tl::unexpected<Error> cannot_write(const fs::path& folder, const Phrase& reason) {
  return fail(Errc::environment, phrase("cannot write into '{}': {}", folder.string(), reason));
}

}  // namespace

Result<Staging> Staging::in(const fs::path& folder) {
  std::error_code failed;
  if (fs::exists(folder, failed) && !fs::is_directory(folder, failed)) {
    return cannot_write(folder, phrase("it is not a folder"));
  }
  fs::create_directories(folder, failed);
  if (failed) return cannot_write(folder, system_reason(failed.value()));
  clear_left_behind(folder);
  fs::path place = folder / name_for(::getpid());
  fs::remove_all(place, failed);  // of a dead process that had our number
  // Ours alone: what grows in it may replace files that not everybody may read.
  if (::mkdir(place.c_str(), S_IRWXU) != 0) return cannot_write(folder, system_reason(errno));
  return Staging(folder, std::move(place));
}

Staging::Staging(fs::path folder, fs::path place)
    : folder_(std::move(folder)), place_(std::move(place)) {}

Staging::Staging(Staging&& other) noexcept
    : folder_(std::move(other.folder_)), place_(std::exchange(other.place_, {})) {}

Staging::~Staging() {
  std::error_code ignored;
  if (!place_.empty()) fs::remove_all(place_, ignored);
}

fs::path Staging::path_of(const std::string& name) const {
  return place_ / name;
}

Error Staging::told(Error error) const {
  error.message = error.message.replaced(place_.string(), folder_.string());
  return error;
}

}  // namespace defilada::app
