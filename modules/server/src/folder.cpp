// SPDX-License-Identifier: MIT
#include "defilada/server/folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "defilada/core/descriptor.hpp"

namespace defilada::server {
namespace {

namespace fs = std::filesystem;

/// None where a part is empty, hidden (so '.' and '..' too) or holds a NUL.
std::optional<std::vector<std::string>> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t slash = name.find('/');
    const std::string_view part = name.substr(0, slash);
    if (part.empty() || part.front() == '.' || part.find('\0') != std::string_view::npos) {
      return std::nullopt;
    }
    parts.emplace_back(part);
    if (slash == std::string_view::npos) return parts;
    name.remove_prefix(slash + 1);
  }
}

std::optional<std::string> content_of(int fd, std::uint64_t limit_bytes) {
  struct stat info {};
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  if (static_cast<std::uint64_t>(info.st_size) > limit_bytes) return std::nullopt;
  std::string content(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t got = ::read(fd, content.data() + done, content.size() - done);
    if (got < 0) return std::nullopt;
    if (got == 0) break;  // it became shorter meanwhile
    done += static_cast<std::size_t>(got);
  }
  content.resize(done);
  return content;
}

}  // namespace

std::optional<std::string> Folder::read(std::string_view name, std::uint64_t limit_bytes) const {
  const auto parts = parts_of(name);
  if (!parts) return std::nullopt;
  Descriptor at(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (std::size_t i = 0; at.open() && i < parts->size(); ++i) {
    const bool last = i + 1 == parts->size();
    // O_NONBLOCK: a pipe that lies there must not hold the server up.
    const int kind = last ? O_NONBLOCK : O_DIRECTORY;
    at.reset(::openat(at.get(), (*parts)[i].c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind));
  }
  return at.open() ? content_of(at.get(), limit_bytes) : std::nullopt;
}

std::vector<std::string> Folder::names(std::size_t most, std::size_t visited) const {
  std::vector<std::string> names;
  std::error_code failed;
  fs::recursive_directory_iterator entry(root_, fs::directory_options::skip_permission_denied,
                                         failed);
  for (const fs::recursive_directory_iterator end;
       !failed && entry != end && names.size() < most && visited > 0;
       entry.increment(failed), --visited) {
    std::error_code unknown;
    const bool hidden = entry->path().filename().string().starts_with('.');
    const fs::file_status status = entry->symlink_status(unknown);
    if (hidden && status.type() == fs::file_type::directory) entry.disable_recursion_pending();
    if (!hidden && status.type() == fs::file_type::regular) {
      names.push_back(entry->path().lexically_relative(root_).generic_string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace defilada::server
