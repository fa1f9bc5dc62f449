// SPDX-License-Identifier: MIT
#include <array>

#include "defilada/show/print.hpp"

namespace defilada::show {

Phrase print_role(const std::string& role) {
  const std::array known{phrase("air crews"),       phrase("band"),    phrase("cadets"),
                         phrase("choir"),           phrase("crews"),   phrase("flag guard"),
                         phrase("guard of honour"), phrase("gunners"), phrase("handlers"),
                         phrase("marchers"),        phrase("markers"), phrase("review party"),
                         phrase("pilots"),          phrase("riders")};
  for (const Phrase& each : known) {
    if (each == role) return each;
  }
  return Phrase::verbatim(role);
}

}  // namespace defilada::show
