// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "defilada/core/result.hpp"
#include "defilada/language/words.hpp"

namespace defilada::app {

/// Makes the process safe to write from: a closed pipe and a file-size limit become errors of the
/// call instead of a signal that kills, and a standard stream that the caller closed cannot be
/// taken over by a file that is opened later. Called once, first thing in main().
void prepare_streams();

/// Where results and messages go. Results on standard output; messages on standard error, so that
/// a pipe sees results only.
class Console {
 public:
  struct Modes {
    bool json = false;
    bool quiet = false;
    bool colour = true;  ///< false: no colour whatever the terminal can do
    std::string language = "en";
  };
  explicit Console(Modes modes);

  /// A result. A reader that has gone away ends the output in silence; any other failure is kept
  /// for finish().
  void print(std::string_view text);
  /// A message; a failure is not worth one.
  void tell(std::string_view text) const;

  /// A sentence as a message, with a line feed behind it.
  void say(const Phrase& sentence) const { tell(words_(sentence) + "\n"); }

  /// The language of results and messages.
  [[nodiscard]] const language::Words& words() const noexcept { return words_; }
  [[nodiscard]] bool json() const noexcept { return modes_.json; }
  [[nodiscard]] bool quiet() const noexcept { return modes_.quiet; }
  [[nodiscard]] bool colours_results() const noexcept { return colours_results_; }
  [[nodiscard]] bool colours_messages() const noexcept { return colours_messages_; }

  /// Width of the terminal that messages go to; 0 where they go into a file or a pipe.
  [[nodiscard]] std::size_t message_columns() const;

  /// Lines that a person sees at once of what is told: of the terminal, less the prompt and the
  /// command; 40 where it goes into a file or a pipe.
  [[nodiscard]] std::size_t screen_rows() const;

  /// Error (environment) if results could not be written: the disk behind the standard output is
  /// full, or it was closed before the start.
  [[nodiscard]] Status finish() const { return state_; }

 private:
  Modes modes_;
  language::Words words_;
  bool colours_results_ = false;
  bool colours_messages_ = false;
  bool reader_gone_ = false;
  Status state_;
};

}  // namespace defilada::app
