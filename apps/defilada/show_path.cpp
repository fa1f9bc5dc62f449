// SPDX-License-Identifier: MIT
#include "show_path.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "defilada/core/suggest.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kShowFile = "show.yaml";

/// Sorted, so that the same folder gives the same advice.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Status refuse(Diagnostics& diagnostics, Phrase message, const Phrase& expected,
              const std::string& suggestion = {}) {
  diagnostics.error("show.not-found", {}, message, expected, suggestion);
  return fail(Errc::bad_input, std::move(message));
}

Status no_such_show(const fs::path& path, Diagnostics& diagnostics) {
  const fs::path trimmed = path.has_filename() ? path : path.parent_path();
  const fs::path folder = trimmed.has_parent_path() ? trimmed.parent_path() : fs::path(".");
  const std::string near = nearest(trimmed.filename().string(), names_in(folder));
  const std::string suggestion = near.empty() ? "" : (trimmed.parent_path() / near).string();
  return refuse(diagnostics, phrase("no show '{}'", path.string()),
                phrase("a folder with a {}, or a show file", kShowFile), suggestion);
}

Status folder_without_show(const fs::path& path, Diagnostics& diagnostics) {
  std::string suggestion;
  for (const std::string& name : names_in(path)) {
    if (fs::path(name).extension() == ".yaml" && suggestion.empty()) {
      suggestion = (path / name).string();
    }
  }
  return refuse(diagnostics, phrase("the folder '{}' has no {}", path.string(), kShowFile),
                phrase("a folder with a {}, or a show file", kShowFile), suggestion);
}

/// What somebody takes for a show who sees the files of one side by side.
Status refuse_other_kinds(const fs::path& file, Diagnostics& diagnostics) {
  constexpr std::size_t kHead = 64;
  std::string head(kHead, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  if (head.starts_with("SQLite format 3")) {
    return refuse(
        diagnostics, phrase("'{}' is a plan, not a show", file.string()),
        phrase("the show that it was made of; two plans are compared by 'defilada diff'"));
  }
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && head[first] == '<') {
    return refuse(diagnostics, phrase("'{}' is a page or a drawing, not a show", file.string()),
                  phrase("a folder with a {}, or a show file", kShowFile));
  }
  return {};
}

}  // namespace

Status find_show(const fs::path& path, Diagnostics& diagnostics) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (status.type() == fs::file_type::not_found) return no_such_show(path, diagnostics);
  fs::path file = path;
  if (fs::is_directory(status)) {
    file /= kShowFile;
    if (!fs::exists(file, failed) && !failed) return folder_without_show(path, diagnostics);
  }
  if (::access(file.c_str(), R_OK) != 0) {
    return fail(Errc::environment,
                phrase("cannot read '{}': {}", file.string(), system_reason(errno)));
  }
  return fs::is_regular_file(file, failed) ? refuse_other_kinds(file, diagnostics) : Status{};
}

}  // namespace defilada::app
