// SPDX-License-Identifier: MIT
#include "defilada/core/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "defilada/core/descriptor.hpp"
#include "defilada/core/hash.hpp"

namespace defilada {
namespace {

/// "cannot write 'out/plan.sqlite': No space left on device (write)".
[[nodiscard]] tl::unexpected<Error> failed(std::string_view what, const std::filesystem::path& path,
                                           std::string_view call) {
  const Phrase reason = system_reason(errno);
  return fail(Errc::environment,
              what == "read" ? phrase("cannot read '{}': {} ({})", path.string(), reason, call)
                             : phrase("cannot write '{}': {} ({})", path.string(), reason, call));
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Status sync_folder(const std::filesystem::path& path) {
  const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.open()) return failed("write", path, "open folder");
  // Some file systems cannot sync a folder and say so with EINVAL; the rename stands all the same.
  if (::fsync(folder.get()) != 0 && errno != EINVAL) return failed("write", path, "fsync folder");
  return {};
}

Status write_all(const Descriptor& file, std::string_view content,
                 const std::filesystem::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", path, "write");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

/// Those of the file that is to be replaced, for open(2), which takes the umask's from them. Only
/// those: whoever may not read the file must not read the one that grows beside it.
mode_t rights_for(const std::filesystem::path& path) {
  struct stat old_file {};
  return ::stat(path.c_str(), &old_file) == 0 ? old_file.st_mode & 0777U : 0666U;
}

int open_temporary(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  ::unlink(temporary.c_str());  // left behind by a killed process that had our number
  return ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights_for(path));
}

Status write_temporary(const std::filesystem::path& temporary, const std::filesystem::path& path,
                       std::string_view content) {
  Descriptor file(open_temporary(temporary, path));
  if (!file.open()) return failed("write", path, "open");
  if (const Status written = write_all(file, content, path); !written) return written;
  if (file.close() != 0) return failed("write", path, "close");
  return {};
}

Status sync_and_rename(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  const Descriptor file(::open(temporary.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return failed("write", path, "open");
  struct stat old_file {};
  struct stat new_file {};
  // The new file keeps the permissions that somebody gave to the old one.
  if (::stat(path.c_str(), &old_file) == 0 && ::fstat(file.get(), &new_file) == 0 &&
      old_file.st_mode != new_file.st_mode &&
      ::fchmod(file.get(), old_file.st_mode & 07777U) != 0) {
    return failed("write", path, "fchmod");
  }
  if (::fsync(file.get()) != 0) return failed("write", path, "fsync");
  if (::rename(temporary.c_str(), path.c_str()) != 0) return failed("write", path, "rename");
  return {};
}

Result<std::string> read_all(const Descriptor& file, std::uint64_t size, std::uint64_t limit_bytes,
                             const std::filesystem::path& path) {
  std::string content;
  content.resize(static_cast<std::size_t>(size) + 1);  // one more byte shows that it has grown
  std::size_t filled = 0;
  for (;;) {
    const ssize_t got = ::read(file.get(), content.data() + filled, content.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", path, "read");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > limit_bytes) {
      return fail(Errc::bad_input, phrase("'{}' is larger than the {} bytes that are read",
                                          path.string(), limit_bytes));
    }
    if (filled == content.size()) content.resize(2 * content.size());
  }
  content.resize(filled);
  return content;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit_bytes) {
  // Non-blocking, so that a named pipe is refused below instead of waited for.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.open()) return failed("read", path, "open");
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return failed("read", path, "fstat");
  if (!S_ISREG(info.st_mode)) {
    return fail(Errc::environment,
                S_ISDIR(info.st_mode)
                    ? phrase("cannot read '{}': it is a folder", path.string())
                    : phrase("cannot read '{}': it is not a regular file", path.string()));
  }
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > limit_bytes) {
    return fail(Errc::bad_input, phrase("'{}' holds {} bytes; at most {} are read", path.string(),
                                        size, limit_bytes));
  }
  return read_all(file, size, limit_bytes, path);
}

std::optional<Phrase> kind_of_binary(std::string_view bytes) {
  using namespace std::string_view_literals;
  const auto begins = [&](std::string_view magic) { return bytes.starts_with(magic); };
  if (begins("SQLite format 3\0"sv)) return phrase("a database (SQLite)");
  if (begins("%PDF-")) return phrase("a PDF");
  if (begins("PK\3\4")) return phrase("a ZIP archive, or a document of an office program");
  if (begins("\x1f\x8b")) return phrase("a file packed by gzip");
  if (begins("\x89PNG") || begins("\xff\xd8\xff")) return phrase("a picture");
  if (begins("\xff\xfe") || begins("\xfe\xff")) return std::nullopt;  // UTF-16 that says so
  constexpr std::size_t kLookedAt = 1024;
  const std::string_view head = bytes.substr(0, kLookedAt);
  std::array<std::size_t, 2> zeros{};  // at even and at odd places
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') ++zeros[i % 2];
  }
  // Every other byte of a European text in UTF-16 is zero, and no two neighbours are.
  const bool utf16 = (zeros[0] == 0) != (zeros[1] == 0) && 4 * (zeros[0] + zeros[1]) > head.size();
  if (zeros[0] + zeros[1] == 0 || utf16) return std::nullopt;
  return phrase("binary data");
}

Result<std::string> read_text_file(const std::filesystem::path& path, std::uint64_t limit_bytes) {
  Result<std::string> text = read_file(path, limit_bytes);
  if (!text) return text;
  if (const auto kind = kind_of_binary(*text))
    return fail(Errc::bad_input, phrase("'{}' is {}, not a text", path.string(), *kind));
  return text;
}

Status make_temporary(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  const Descriptor file(open_temporary(temporary, path));
  if (!file.open()) return failed("write", path, "open");
  return {};
}

Status write_file_atomically(const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path temporary = temporary_for(path);
  if (Status written = write_temporary(temporary, path, content); !written) {
    ::unlink(temporary.c_str());
    return written;
  }
  return commit_file(temporary, path);
}

Status commit_file(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  if (Status renamed = sync_and_rename(temporary, path); !renamed) {
    ::unlink(temporary.c_str());
    return renamed;
  }
  return sync_folder(path);
}

std::filesystem::path temporary_for(const std::filesystem::path& path) {
  return folder_of(path) / fmt::format(".{}.{}.tmp", path.filename().string(), ::getpid());
}

std::string content_hash(std::string_view content) {
  return fmt::format("{:016x}", fnv_1a(content));
}

}  // namespace defilada
