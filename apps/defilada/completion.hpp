// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace defilada::app {

class OptionTree;

/// The completions of a shell, as that shell reads them: commands, options of each command, the
/// few words where an option takes one of them, files and folders where it takes those. `shell` is
/// bash, zsh or fish.
[[nodiscard]] std::string completion_script(const OptionTree& tree, std::string_view shell);

}  // namespace defilada::app
