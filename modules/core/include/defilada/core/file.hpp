// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "defilada/core/phrase.hpp"
#include "defilada/core/result.hpp"

namespace defilada {

/// Reads a regular file. Errors (environment): it is not there, not readable, not a regular file
/// (bad_input: larger than `limit_bytes`).
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::uint64_t limit_bytes);

/// What bytes are that are no text: "a database (SQLite)", "a PDF", or by their zero bytes "binary
/// data". None of a text; one in UTF-16 counts as a text, too.
[[nodiscard]] std::optional<Phrase> kind_of_binary(std::string_view bytes);

/// Reads a file that people write. Errors: those of read_file(); bad_input: it is no text, and what
/// it is.
[[nodiscard]] Result<std::string> read_text_file(const std::filesystem::path& path,
                                                 std::uint64_t limit_bytes);

/// Writes so that a kill at any moment leaves the old file or the new one: a temporary file in the
/// same folder, fsync, rename, fsync of the folder. A file that is replaced leaves its permissions
/// to the new one, which has no others at any moment. Errors (environment): named by the system
/// call.
[[nodiscard]] Status write_file_atomically(const std::filesystem::path& path,
                                           std::string_view content);

/// Second half of the same for a file that somebody else wrote to `temporary` (SQLite, cairo):
/// fsync, rename to `path`, fsync of the folder. `temporary` is removed on error.
[[nodiscard]] Status commit_file(const std::filesystem::path& temporary,
                                 const std::filesystem::path& path);
/// Makes the empty `temporary` that shall become `path`, readable to no more people than that is.
/// One that a dead process left is replaced. Errors (environment).
[[nodiscard]] Status make_temporary(const std::filesystem::path& temporary,
                                    const std::filesystem::path& path);
/// A name in the folder of `path` for it: hidden, and unique to this process.
[[nodiscard]] std::filesystem::path temporary_for(const std::filesystem::path& path);

/// FNV-1a, 64 bits, as 16 hexadecimal digits: tells whether a file is the same, not who wrote it.
[[nodiscard]] std::string content_hash(std::string_view content);

}  // namespace defilada
