// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/crowd/read_site.hpp"

/// Sites written in tests, and what is told of them.
namespace defilada::crowd {

struct Reading {
  Site site;
  std::vector<std::string> codes;
  std::vector<Span> spans;
  std::string told;  ///< as shown to a person
};

inline Reading read(const std::vector<std::string>& texts) {
  Sources sources;
  Diagnostics diagnostics;
  std::vector<FileId> files;
  for (const std::string& text : texts) files.push_back(sources.add("site", text));
  Reading out;
  out.site = read_site(files, sources, diagnostics);
  for (const Diagnostic& told : diagnostics.all()) {
    out.codes.push_back(told.code);
    out.spans.push_back(told.span);
    out.told += render(told, sources, false);
  }
  return out;
}

inline std::string ring(double x0, double y0, double x1, double y1) {
  const auto at = [](double x, double y) {
    return "[" + std::to_string(x) + "," + std::to_string(y) + "]";
  };
  return "[" + at(x0, y0) + "," + at(x1, y0) + "," + at(x1, y1) + "," + at(x0, y1) + "," +
         at(x0, y0) + "]";
}

inline std::string area(const std::string& properties, const std::string& rings) {
  return R"({"type":"Feature","properties":{)" + properties +
         R"(},"geometry":{"type":"Polygon","coordinates":[)" + rings + "]}}";
}

inline std::string line(const std::string& properties, const std::string& points) {
  return R"({"type":"Feature","properties":{)" + properties +
         R"(},"geometry":{"type":"LineString","coordinates":[)" + points + "]}}";
}

inline std::string site(const std::vector<std::string>& features) {
  std::string out = R"({"type":"FeatureCollection","units":"m","features":[)";
  for (std::size_t i = 0; i < features.size(); ++i) out += (i > 0 ? ",\n" : "\n") + features[i];
  return out + "]}";
}

inline const std::string kRoom = area(R"("role":"walkable")", ring(0, 0, 10, 10));
inline const std::string kDoor = line(R"("role":"exit","name":"door")", "[10,4],[10,6]");
inline const std::string kStart = area(R"("role":"start","agents":20)", ring(1, 1, 5, 5));

}  // namespace defilada::crowd
