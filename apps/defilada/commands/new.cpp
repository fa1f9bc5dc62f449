// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "commands.hpp"
#include "defilada/core/file.hpp"
#include "defilada/language/words.hpp"
#include "installed.hpp"
#include "perform.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

/// Makes the folder if it is missing. What somebody has is never written over.
Status empty_folder(const fs::path& folder) {
  std::error_code failed;
  if (fs::exists(folder, failed)) {
    if (fs::is_directory(folder, failed) && fs::is_empty(folder, failed) && !failed) return {};
    return fail(Errc::usage,
                phrase("'{}' is there already, and is not an empty folder", folder.string()));
  }
  fs::create_directories(folder, failed);
  if (!failed) return {};
  return fail(Errc::environment, phrase("cannot make the folder '{}': {}", folder.string(),
                                        system_reason(failed.value())));
}

/// In the language asked for, where there is one in it; else in English.
Result<std::string> template_text(const std::string& what, const std::string& language) {
  const auto folder = installed_folder("templates");
  if (!folder) {
    return fail(Errc::environment,
                phrase("the templates are not installed: no share/defilada/templates beside the "
                       "program's folder"));
  }
  constexpr std::uint64_t kLargest = 1u << 20;
  const auto known = std::find(language::kLanguages.begin(), language::kLanguages.end(), language);
  const fs::path translated = *folder / language / (what + ".yaml");
  std::error_code ignored;
  const bool there = known != language::kLanguages.end() && fs::exists(translated, ignored);
  return read_file(there ? translated : *folder / (what + ".yaml"), kLargest);
}

Status write_new(const Options& options) {
  const auto text = template_text(options.what, options.language);
  if (!text) return tl::unexpected(text.error());
  if (const Status made = empty_folder(options.folder); !made) return made;
  return write_file_atomically(options.folder / "show.yaml", *text);
}

}  // namespace

int new_command(const Options& options, Console& console) {
  if (const Status written = write_new(options); !written) {
    return report_failure(written.error(), Diagnostics(), Sources(), console);
  }
  const std::string show = (options.folder / "show.yaml").string();
  if (console.json()) {
    const nlohmann::ordered_json object{{"format", "defilada-new/1"}, {"outputs", {show}}};
    console.print(object.dump(1) + "\n");
  } else if (!console.quiet()) {
    console.print(console.words()(
        phrase("wrote {}\nnext: defilada run {}\n", show, options.folder.string())));
  }
  return 0;
}

}  // namespace defilada::app
