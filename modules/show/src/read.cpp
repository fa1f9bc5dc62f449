// SPDX-License-Identifier: MIT
#include "defilada/show/read.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <utility>

#include "defilada/core/suggest.hpp"
#include "files.hpp"
#include "namespace.hpp"
#include "resolver.hpp"
#include "schema.hpp"

namespace defilada::show {
namespace {

constexpr std::size_t kCatalogueLimit = 100;

/// A catalogue where a show is asked for: one message in place of one for each key.
bool is_catalogue(const Node& node, Diagnostics& diagnostics) {
  const Node::Member* version =
      node.is_mapping() ? node.find_member("defilada catalogue") : nullptr;
  if (version == nullptr || node.find("defilada") != nullptr) return false;
  diagnostics.error(
      "show.is-catalogue", version->key_span, phrase("this is a catalogue, not a show"),
      phrase("a show, which begins with 'defilada: 1' and has 'use: [NAME]' to take kinds "
             "and gaits from a catalogue NAME.yaml"));
  return true;
}

/// A text of ours: its structure seen to, its places kept.
Node read_node(FileId file, const Type& type, const Sources& sources, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.errors();
  Node node = read_yaml(file, sources, diagnostics);
  if (diagnostics.errors() == errors) validate(node, type, diagnostics);
  return node;
}

/// The catalogues that a show uses, and those that they use, each once; the used before its user.
class Catalogues {
 public:
  Catalogues(Files& files, Sources& sources, Diagnostics& diagnostics)
      : files_(files), sources_(sources), diagnostics_(diagnostics) {}

  void use(const View& user) {
    for (const View& each : user["use"].items()) {
      const auto written = each.text();
      if (written) use(std::string(*written), each);
    }
  }

  [[nodiscard]] const std::vector<View>& views() const noexcept { return views_; }

 private:
  enum class State { begun, done };

  void use(const std::string& name, const View& view) {
    const auto known = states_.find(name);
    if (known != states_.end()) {
      if (known->second == State::begun) report_cycle(name, view);
      return;
    }
    if (states_.size() >= kCatalogueLimit) {
      diagnostics_.error("show.too-large", view.scalar_span(),
                         phrase("more than {} catalogues", kCatalogueLimit));
      return;
    }
    states_[name] = State::begun;
    path_.push_back(name);
    load(name, view);
    path_.pop_back();
    states_[name] = State::done;
  }

  void load(const std::string& name, const View& view) {
    const Span span = view.scalar_span();
    const auto file = files_.catalogue(name);
    if (!file) {
      const auto known = files_.catalogue_names();
      diagnostics_.error("show.catalogue", span, file.error().message, file.error().expected,
                         nearest(name, known));
      return;
    }
    const Node& node =
        nodes_.emplace_back(read_node(*file, catalogue_type(), sources_, diagnostics_));
    const View catalogue(node, catalogue_type());
    use(catalogue);
    views_.push_back(catalogue);
  }

  void report_cycle(const std::string& name, const View& view) {
    std::vector<Phrase> chain;
    for (auto each = std::find(path_.begin(), path_.end(), name); each != path_.end(); ++each) {
      const bool last = std::next(each) == path_.end();
      chain.push_back(
          phrase("{} uses {}", in_quotes(*each), in_quotes(last ? name : *std::next(each))));
    }
    diagnostics_.error("show.use-cycle", view.scalar_span(),
                       phrase("a catalogue uses itself: {}", Phrase::joined(chain, ", ")));
  }

  Files& files_;
  Sources& sources_;
  Diagnostics& diagnostics_;
  std::map<std::string, State> states_;
  std::vector<std::string> path_;
  std::deque<Node> nodes_;  // views refer to them
  std::vector<View> views_;
};

std::optional<Show> read(FileId file, const std::string& name, Files& files, Sources& sources,
                         Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.errors();
  const Node node = read_yaml(file, sources, diagnostics);
  if (is_catalogue(node, diagnostics)) return std::nullopt;
  if (diagnostics.errors() == errors) validate(node, show_type(), diagnostics);
  if (!node.is_mapping()) return std::nullopt;
  const View root(node, show_type());
  Catalogues catalogues(files, sources, diagnostics);
  catalogues.use(root);
  auto show = resolve(root, catalogues.views(), name, files, sources, diagnostics);
  if (diagnostics.errors() != errors) return std::nullopt;
  return show;
}

}  // namespace

std::optional<Show> read_show(const std::filesystem::path& path, const ReadOptions& options,
                              Sources& sources, Diagnostics& diagnostics,
                              std::vector<InputFile>* inputs) {
  std::unique_ptr<DiskFiles> files;
  const auto file = DiskFiles::open(path, options, sources, inputs, files);
  if (!file) {
    diagnostics.error("show.unreadable", {}, file.error().message);
    return std::nullopt;
  }
  return read(*file, files->show_name(), *files, sources, diagnostics);
}

std::optional<Show> read_show_text(std::string text, std::string name,
                                   const std::vector<NamedText>& catalogue_texts, Sources& sources,
                                   Diagnostics& diagnostics) {
  if (text.size() > kFileLimitBytes) {
    diagnostics.error("show.too-large", {},
                      phrase("{} is larger than {} MiB", name, kFileLimitBytes >> 20));
    return std::nullopt;
  }
  const FileId file = sources.add(name, std::move(text));
  TextFiles files(catalogue_texts, sources);
  const std::string stem = std::filesystem::path(name).stem().string();
  return read(file, stem, files, sources, diagnostics);
}

}  // namespace defilada::show
