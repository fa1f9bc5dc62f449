// SPDX-License-Identifier: MIT
#include "show_reading.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "source_dir.hpp"

namespace defilada::show::testing_support {
namespace {

template <typename T>
const T& named(const std::vector<T>& list, std::string_view name) {
  for (const T& each : list) {
    if (each.name == name) return each;
  }
  throw std::runtime_error("nothing is called " + std::string(name));
}

}  // namespace

ShowReading::ShowReading(std::string text, const std::vector<NamedText>& catalogues) {
  show = read_show_text(std::move(text), "show.yaml", catalogues, sources, diagnostics);
  diagnostics.sort();
  for (const Diagnostic& each : diagnostics.all()) told += render(each, sources, false);
}

std::vector<std::string> ShowReading::codes() const {
  std::vector<std::string> codes;
  for (const Diagnostic& each : diagnostics.all()) codes.push_back(each.code);
  return codes;
}

const Contingent& ShowReading::contingent(std::string_view name) const {
  return named(show.value().contingents, name);
}
const Procession& ShowReading::procession(std::string_view name) const {
  return named(show.value().processions, name);
}
const Item& ShowReading::item(std::string_view name) const {
  return named(show.value().items, name);
}
const Station& ShowReading::station(std::string_view name) const {
  return named(show.value().site.stations, name);
}
const Route& ShowReading::route(std::string_view name) const {
  return named(show.value().site.routes, name);
}

std::vector<NamedText> ShowReading::walkers() {
  return {{"walkers", project_file("tests/shows-bad/catalogue/walkers.yaml")}};
}

std::string project_file(const std::string& path) {
  std::ifstream stream(std::string(test::source_dir()) + "/" + path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string good_show() {
  return project_file("tests/corpus/fuzz_show/good.yaml");
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("the text has no " + from);
  return text.replace(at, from.size(), to);
}

}  // namespace defilada::show::testing_support
