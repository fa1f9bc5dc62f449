// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "defilada/core/result.hpp"

namespace defilada::app::studio {

/// The show file on the disk, which others may change as well: an editor, git, another tab.
///
///     etag(text)   '"' + hash of the text + '"'
///     save(text, etag of what it was made from)   only over that; else the conflict is told
///
/// Thread-safe.
class Desk {
 public:
  /// `show` is a folder with a show.yaml, or a file. Where the file is a link, what it points to at
  /// this moment is written, and never anything else.
  [[nodiscard]] static Result<Desk> at(const std::filesystem::path& show);

  struct Page {
    std::string text;
    std::string etag;
  };
  /// What the file holds now. Errors: environment, bad_input (too large).
  [[nodiscard]] Result<Page> read();
  /// The same for the server's own eyes: whoever saves without an if_match has not seen it.
  [[nodiscard]] Result<Page> peek();

  struct Saved {
    bool done = false;
    Page page;  ///< what the file holds now: the text, or in a conflict somebody else's
  };
  /// Replaces the file atomically if it still holds what `if_match` names; without an if_match, if
  /// it still holds what read() or save() last gave out. That is looked at once more when the new
  /// file lies ready on the disk: between that look and the rename lie microseconds, in which
  /// another program's version could still be lost (no system replaces a file only where it is of
  /// a certain content). Errors: environment.
  [[nodiscard]] Result<Saved> save(const std::string& text,
                                   const std::optional<std::string>& if_match);

  /// Whether the file differs from what peek() or save() last saw, by what the system says of it
  /// (time, size, number); costs a few microseconds.
  [[nodiscard]] bool may_have_changed();

  /// As messages and Sources call it.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::filesystem::path folder() const;

  Desk(Desk&& other) noexcept;
  Desk& operator=(Desk&&) = delete;

 private:
  struct Stamp {
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    std::int64_t size = -1;
    std::uint64_t number = 0;
    bool operator==(const Stamp&) const = default;
  };
  Desk(std::filesystem::path shown, std::filesystem::path real);
  [[nodiscard]] Stamp stamp() const;
  [[nodiscard]] Result<Page> read_locked();
  [[nodiscard]] Result<Saved> replace(const std::string& text, const std::string& etag);

  std::filesystem::path shown_;
  std::filesystem::path real_;
  std::string name_;
  std::mutex mutex_;
  Stamp known_;
  std::string etag_;
};

[[nodiscard]] std::string etag_of(const std::string& text);

}  // namespace defilada::app::studio
