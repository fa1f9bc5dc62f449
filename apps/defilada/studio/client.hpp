// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace defilada::app::studio {

struct ClientFile {
  std::string type;
  std::string_view bytes;  ///< in the program
};

/// The files of the page by their names ("index.html", "assets/studio.js"), as studio/ bundles them
/// into the program; empty in a build without the player (DEFILADA_PLAYER=OFF). What is not in this
/// table cannot be asked for.
[[nodiscard]] const std::map<std::string, ClientFile>& client_files();

}  // namespace defilada::app::studio
