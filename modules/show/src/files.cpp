// SPDX-License-Identifier: MIT
#include "files.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "defilada/core/file.hpp"
#include "namespace.hpp"

namespace defilada::show {
namespace {

namespace fs = std::filesystem;

Phrase beside_the_show() {
  return phrase("a file in the show's folder");
}

tl::unexpected<FileFault> fault(Phrase message, Phrase expected = {}) {
  return tl::unexpected(FileFault{std::move(message), std::move(expected)});
}

tl::unexpected<FileFault> absent(const std::string& name) {
  return tl::unexpected(FileFault{phrase("there is no catalogue {}", in_quotes(name)), {}, true});
}

FileResult<FileId> readable(Result<FileId> file) {
  if (!file) return fault(std::move(file.error().message));
  return *file;
}

/// Without links; of a folder that is "" for the present one, too.
fs::path real_path(const fs::path& path, std::error_code& fault) {
  return fs::canonical(path.empty() ? fs::path(".") : path, fault);
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end();
}

bool is_plain_name(const std::string& name) {
  return !name.empty() && name[0] != '.' && name.find_first_of("/\\") == std::string::npos &&
         name.find('\0') == std::string::npos;
}

/// A path that stays below where it starts, whatever lies on the disk.
bool stays_below(const fs::path& path) {
  return !path.empty() && path.is_relative() &&
         std::none_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

}  // namespace

Result<FileId> DiskFiles::open(const fs::path& show, const ReadOptions& options, Sources& sources,
                               std::vector<InputFile>* inputs, std::unique_ptr<DiskFiles>& files) {
  std::error_code missing;
  const bool is_folder = fs::is_directory(show, missing);
  const fs::path file = is_folder ? show / "show.yaml" : show;
  const fs::path folder = is_folder ? show : show.parent_path();
  const fs::path real_folder = real_path(folder, missing);
  const fs::path real_file = missing ? fs::path() : real_path(file, missing);
  if (missing) {
    return fail(Errc::environment,
                phrase("cannot read {}: {}", file.string(), system_reason(missing.value())));
  }
  // A file that a person names is meant; what lies in a folder need not be theirs.
  if (is_folder && !is_inside(real_file, real_folder)) {
    return fail(Errc::bad_input,
                phrase("{} is a link to a file outside its folder", file.string()));
  }
  files.reset(new DiskFiles(options, sources, inputs));
  files->folders_.push_back({folder, real_folder});
  for (const fs::path& each : options.catalogues) {
    const fs::path real = real_path(each, missing);
    if (missing) {
      files->not_there_.push_back(each);
    } else {
      files->folders_.push_back({each, real});
    }
  }
  files->show_name_ = is_folder || file.filename() == "show.yaml" ? real_folder.filename().string()
                                                                  : file.stem().string();
  return files->read(file, file.filename().string());
}

bool DiskFiles::is_inside_folders(const fs::path& real) const {
  return std::any_of(folders_.begin(), folders_.end(),
                     [&](const Folder& folder) { return is_inside(real, folder.canonical); });
}

Result<FileId> DiskFiles::read(const fs::path& shown, const std::string& input_name) {
  std::string name = shown.lexically_normal().string();
  const auto instead = instead_.find(name);
  auto text = instead != instead_.end() ? Result<std::string>(instead->second)
                                        : read_text_file(shown, kFileLimitBytes);
  if (!text) return tl::unexpected(text.error());
  if (inputs_ != nullptr) inputs_->push_back({input_name, content_hash(*text)});
  return sources_.add(std::move(name), std::move(*text));
}

FileResult<FileId> DiskFiles::catalogue(const std::string& name) {
  if (!is_plain_name(name)) {
    return fault(phrase("{} is no name of a catalogue", in_quotes(name)),
                 phrase("a name without a path: NAME.yaml is looked for beside the show and among "
                        "the installed ones"));
  }
  for (const Folder& folder : folders_) {
    const fs::path shown = folder.shown / (name + ".yaml");
    std::error_code missing;
    const fs::path real = fs::canonical(shown, missing);
    if (missing) continue;
    if (!is_inside_folders(real)) {
      return fault(phrase("{} is a link that leads out of the show's folder and the catalogues",
                          shown.lexically_normal().string()));
    }
    return readable(read(shown, name + ".yaml"));
  }
  return absent(name);
}

std::vector<Phrase> DiskFiles::catalogue_folders() const {
  std::vector<Phrase> told;
  for (const Folder& each : folders_) {
    const std::string shown = each.shown.lexically_normal().string();
    told.push_back(phrase("'{}'", shown.empty() ? "." : shown));
  }
  for (const fs::path& each : not_there_)
    told.push_back(phrase("'{}', which is not there", each.string()));
  return told;
}

std::vector<std::string> DiskFiles::catalogue_names() const {
  std::vector<std::string> names;
  for (const Folder& folder : folders_) {
    std::error_code fault;
    for (fs::directory_iterator each(folder.canonical, fault), end; !fault && each != end;
         each.increment(fault)) {
      if (each->path().extension() == ".yaml") names.push_back(each->path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

FileResult<FileId> DiskFiles::beside(const std::string& path) {
  const fs::path relative(path);
  if (path.find('\0') != std::string::npos || !stays_below(relative)) {
    return fault(phrase("{} leads out of the show's folder", in_quotes(path)), beside_the_show());
  }
  const fs::path shown = folders_.front().shown / relative;
  std::error_code missing;
  const fs::path real = fs::canonical(shown, missing);
  if (missing) {
    return fault(phrase("cannot read {}: {}", in_quotes(path), system_reason(missing.value())),
                 beside_the_show());
  }
  if (!is_inside_folders(real)) {
    return fault(phrase("{} is a link that leads out of the show's folder", in_quotes(path)),
                 beside_the_show());
  }
  return readable(read(shown, relative.lexically_normal().generic_string()));
}

FileResult<FileId> FilesOnce::catalogue(const std::string& name) {
  const auto known = catalogues_.find(name);
  if (known != catalogues_.end()) return known->second;
  return catalogues_.emplace(name, files_.catalogue(name)).first->second;
}

FileResult<FileId> FilesOnce::beside(const std::string& path) {
  const auto known = beside_.find(path);
  if (known != beside_.end()) return known->second;
  return beside_.emplace(path, files_.beside(path)).first->second;
}

FileResult<FileId> TextFiles::catalogue(const std::string& name) {
  for (const NamedText& each : catalogues_) {
    if (each.name == name) return sources_.add(name + ".yaml", each.text);
  }
  return absent(name);
}

std::vector<std::string> TextFiles::catalogue_names() const {
  std::vector<std::string> names;
  for (const NamedText& each : catalogues_) names.push_back(each.name);
  return names;
}

FileResult<FileId> TextFiles::beside(const std::string& path) {
  return fault(phrase("{} cannot be read: only the text of the show is at hand", in_quotes(path)));
}

}  // namespace defilada::show
