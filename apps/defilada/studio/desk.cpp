// SPDX-License-Identifier: MIT
#include "studio/desk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "defilada/core/file.hpp"
#include "defilada/show/read.hpp"

namespace defilada::app::studio {

namespace fs = std::filesystem;
namespace {

/// So that a rename in it stands. Some file systems cannot, and the rename stands all the same.
void sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

std::string etag_of(const std::string& text) {
  return '"' + content_hash(text) + '"';
}

Desk::Desk(fs::path shown, fs::path real)
    : shown_(std::move(shown)), real_(std::move(real)), name_(shown_.lexically_normal().string()) {}

Desk::Desk(Desk&& other) noexcept
    : shown_(std::move(other.shown_)),
      real_(std::move(other.real_)),
      name_(std::move(other.name_)),
      known_(other.known_),
      etag_(std::move(other.etag_)) {}

Result<Desk> Desk::at(const fs::path& show) {
  std::error_code failed;
  const fs::path file = fs::is_directory(show, failed) ? show / "show.yaml" : show;
  fs::path real = fs::canonical(file, failed);
  if (failed) {
    return fail(Errc::environment,
                phrase("cannot read '{}': {}", file.string(), system_reason(failed.value())));
  }
  return Desk(file, std::move(real));
}

fs::path Desk::folder() const {
  const fs::path folder = shown_.parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

Desk::Stamp Desk::stamp() const {
  struct stat info {};
  if (::stat(real_.c_str(), &info) != 0) return {};
  return {info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_size, info.st_ino};
}

Result<Desk::Page> Desk::read_locked() {
  Result<std::string> text = read_file(real_, show::kFileLimitBytes);
  if (!text) return tl::unexpected(text.error());
  std::string etag = etag_of(*text);
  return Page{std::move(*text), std::move(etag)};
}

Result<Desk::Page> Desk::read() {
  const std::lock_guard lock(mutex_);
  auto page = read_locked();
  if (page) etag_ = page->etag;
  return page;
}

Result<Desk::Page> Desk::peek() {
  const std::lock_guard lock(mutex_);
  known_ = stamp();  // what changes while it is read is seen as a change later
  return read_locked();
}

Result<Desk::Saved> Desk::save(const std::string& text,
                               const std::optional<std::string>& if_match) {
  const std::lock_guard lock(mutex_);
  Result<Page> now = read_locked();
  if (!now) return tl::unexpected(now.error());
  const std::string wanted = if_match.value_or(etag_);
  if (now->etag != wanted) return Saved{false, std::move(*now)};
  return replace(text, wanted);
}

/// Requires the lock.
Result<Desk::Saved> Desk::replace(const std::string& text, const std::string& etag) {
  const fs::path ready = temporary_for(real_);
  if (Status status = write_file_atomically(ready, text); !status) {
    return tl::unexpected(status.error());
  }
  struct stat info {};
  if (::stat(real_.c_str(), &info) == 0) (void)::chmod(ready.c_str(), info.st_mode & 07777U);
  // What takes its time is done: now the file is looked at once more.
  Result<Page> now = read_locked();
  if (!now || now->etag != etag) {
    ::unlink(ready.c_str());
    if (!now) return tl::unexpected(now.error());
    return Saved{false, std::move(*now)};
  }
  if (::rename(ready.c_str(), real_.c_str()) != 0) {
    const Phrase reason = system_reason(errno);
    ::unlink(ready.c_str());
    return fail(Errc::environment,
                phrase("cannot write '{}': {} ({})", real_.string(), reason, "rename"));
  }
  sync_folder(real_.parent_path());
  known_ = stamp();
  etag_ = etag_of(text);
  return Saved{true, {text, etag_}};
}

bool Desk::may_have_changed() {
  const std::lock_guard lock(mutex_);
  return !(stamp() == known_);
}

}  // namespace defilada::app::studio
