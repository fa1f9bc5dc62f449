// SPDX-License-Identifier: MIT
// Section `names`: what the file's own names are called in other languages.
#include <algorithm>

#include "defilada/core/suggest.hpp"
#include "defilada/show/names.hpp"
#include "resolver.hpp"

namespace defilada::show {

void resolve_names(Resolver& r) {
  const View section = r.root["names"];
  if (!section.given()) return;
  std::vector<std::string> known;
  for_each_name(r.show, [&](const std::string& name) { known.push_back(name); });
  for (const NamedView& language : section.named()) {
    auto& names = r.show.names[std::string(language.name)];
    for (const NamedView& each : language.value.named()) {
      const std::string name(collapsed(each.name));
      const bool there = std::find(known.begin(), known.end(), name) != known.end();
      // A variant may do without what its base names.
      if (!there && r.taken != nullptr) continue;
      // No error: who renames a place need not mend the pages of other languages first.
      if (!there) {
        r.warning("show.unknown-name", each.name_span,
                  phrase("no place and no procession is named {}", in_quotes(name)), {},
                  nearest(name, known));
        continue;
      }
      names.emplace(name, Resolver::text(each.value));
    }
  }
}

}  // namespace defilada::show
