// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/show/model.hpp"

namespace defilada::show {

struct ReadOptions {
  /// Folders searched for catalogues after the show's own folder, in order.
  std::vector<std::filesystem::path> catalogues;
  /// Texts that are read in place of what stands on the disk, by the name under which Sources
  /// shows the file: a change is tried before it is written, and an editor plans what is not saved.
  std::map<std::string, std::string> instead{};
};

/// Limits on what is read; refused with their place when exceeded.
inline constexpr std::uint64_t kFileLimitBytes = 8u << 20;
inline constexpr int kDepthLimit = 64;
inline constexpr std::size_t kNodeLimit =
    1'000'000;                               ///< of one file, aliases counted as often as used
inline constexpr int kMergeDepthLimit = 16;  ///< `like` of `like` ...

/// A file that was read, for provenance.
struct InputFile {
  std::string name;  ///< as seen from the show's folder or from the catalogue's
  std::string hash;
};

/// Reads SHOW (a folder with a show.yaml, or a file), its catalogues and its GeoJSON, and resolves
/// it. Every fault, of its variants too, goes to `diagnostics` in one pass; the show, the base, is
/// returned only when there is no error. `sources` keeps all texts. Never throws for what a file
/// holds; never follows a path out of the show's folder and the catalogues.
[[nodiscard]] std::optional<Show> read_show(const std::filesystem::path& path,
                                            const ReadOptions& options, Sources& sources,
                                            Diagnostics& diagnostics,
                                            std::vector<InputFile>* inputs = nullptr);

/// A show and its variants, each an ordinary show of its own, in the order of the file.
struct ShowAndVariants {
  Show base;
  std::vector<Show> variants;  ///< each has Show::variant
};

/// The same with the variants. A fault of the base is told once, and its variants are not looked at
/// before it is mended; what only a variant has wrong is told with a note that names the variant.
/// Every file is read once. Cost: that of reading, times one more than there are variants.
[[nodiscard]] std::optional<ShowAndVariants> read_variants(
    const std::filesystem::path& path, const ReadOptions& options, Sources& sources,
    Diagnostics& diagnostics, std::vector<InputFile>* inputs = nullptr);

/// The same for a text at hand (tests, editors, fuzzers). No other file is read: `use` finds only
/// `catalogue_texts`.
struct NamedText {
  std::string name;  ///< "foot"
  std::string text;
};
[[nodiscard]] std::optional<Show> read_show_text(std::string text, std::string name,
                                                 const std::vector<NamedText>& catalogue_texts,
                                                 Sources& sources, Diagnostics& diagnostics);
[[nodiscard]] std::optional<ShowAndVariants> read_variants_text(
    std::string text, std::string name, const std::vector<NamedText>& catalogue_texts,
    Sources& sources, Diagnostics& diagnostics);

/// JSON Schema (draft-07) of the show file and of a catalogue file, from the same table as the
/// reader.
[[nodiscard]] std::string json_schema();

}  // namespace defilada::show
