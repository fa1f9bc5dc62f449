// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/show/read.hpp"

namespace defilada::show {

/// Why a file cannot be had.
struct FileFault {
  Phrase message;
  Phrase expected;
  bool absent = false;  ///< there is none of that name wherever it is looked for
};
template <typename T>
using FileResult = tl::expected<T, FileFault>;

/// The files that a show may name: nothing outside the show's folder and the catalogue folders,
/// wherever links lead.
class Files {
 public:
  Files() = default;
  virtual ~Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  /// NAME.yaml beside the show, then in the catalogue folders.
  [[nodiscard]] virtual FileResult<FileId> catalogue(const std::string& name) = 0;
  /// A file by its path from the show's folder.
  [[nodiscard]] virtual FileResult<FileId> beside(const std::string& path) = 0;
  /// For suggestions, in a fixed order.
  [[nodiscard]] virtual std::vector<std::string> catalogue_names() const = 0;
  /// Where catalogues are looked for, as a person knows the folders.
  [[nodiscard]] virtual std::vector<Phrase> catalogue_folders() const { return {}; }
};

/// Files of the disk.
class DiskFiles final : public Files {
 public:
  /// `options` must outlive the files. Errors (environment, bad_input): the show cannot be read; it
  /// is a link out of its folder.
  static Result<FileId> open(const std::filesystem::path& show, const ReadOptions& options,
                             Sources& sources, std::vector<InputFile>* inputs,
                             std::unique_ptr<DiskFiles>& files);

  FileResult<FileId> catalogue(const std::string& name) override;
  FileResult<FileId> beside(const std::string& path) override;
  std::vector<std::string> catalogue_names() const override;
  std::vector<Phrase> catalogue_folders() const override;
  /// The show's folder, or the file's name without its ending when it is not a show.yaml.
  [[nodiscard]] const std::string& show_name() const noexcept { return show_name_; }

 private:
  struct Folder {
    std::filesystem::path shown;      ///< as the person gave it
    std::filesystem::path canonical;  ///< without links
  };

  DiskFiles(const ReadOptions& options, Sources& sources, std::vector<InputFile>* inputs)
      : instead_(options.instead), sources_(sources), inputs_(inputs) {}
  [[nodiscard]] Result<FileId> read(const std::filesystem::path& shown,
                                    const std::string& input_name);
  [[nodiscard]] bool is_inside_folders(const std::filesystem::path& canonical) const;

  const std::map<std::string, std::string>& instead_;
  Sources& sources_;
  std::vector<InputFile>* inputs_;
  std::vector<Folder> folders_;                   ///< the show's first
  std::vector<std::filesystem::path> not_there_;  ///< of the folders that were named
  std::string show_name_;
};

/// Reads each file of another once, however often it is asked for.
class FilesOnce final : public Files {
 public:
  explicit FilesOnce(Files& files) : files_(files) {}

  FileResult<FileId> catalogue(const std::string& name) override;
  FileResult<FileId> beside(const std::string& path) override;
  std::vector<std::string> catalogue_names() const override { return files_.catalogue_names(); }
  std::vector<Phrase> catalogue_folders() const override { return files_.catalogue_folders(); }

 private:
  Files& files_;
  std::map<std::string, FileResult<FileId>> catalogues_;
  std::map<std::string, FileResult<FileId>> beside_;
};

/// Catalogues at hand as texts, and nothing else.
class TextFiles final : public Files {
 public:
  TextFiles(const std::vector<NamedText>& catalogues, Sources& sources)
      : catalogues_(catalogues), sources_(sources) {}

  FileResult<FileId> catalogue(const std::string& name) override;
  FileResult<FileId> beside(const std::string& path) override;
  std::vector<std::string> catalogue_names() const override;

 private:
  const std::vector<NamedText>& catalogues_;
  Sources& sources_;
};

}  // namespace defilada::show
