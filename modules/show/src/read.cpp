// SPDX-License-Identifier: MIT
#include "defilada/show/read.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <utility>

#include "defilada/core/slug.hpp"
#include "defilada/core/suggest.hpp"
#include "files.hpp"
#include "namespace.hpp"
#include "resolver.hpp"
#include "schema.hpp"
#include "variant_tree.hpp"

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

  /// Those that are nowhere, and are no slip of the pen, are one fault: mostly that of a program
  /// which finds its catalogues no longer.
  void report_missing() {
    if (missing_.empty()) return;
    std::vector<Phrase> names;
    std::vector<Phrase> files;
    for (const auto& [name, span] : missing_) {
      names.push_back(in_quotes(name));
      files.push_back(Phrase::verbatim(name + ".yaml"));
    }
    Diagnostic fault;
    fault.code = "show.catalogue";
    fault.span = missing_.front().second;
    fault.message = names.size() == 1
                        ? phrase("there is no catalogue {}", names.front())
                        : phrase("there are no catalogues {}", Phrase::joined(names, ", "));
    if (const std::vector<Phrase> folders = files_.catalogue_folders(); !folders.empty()) {
      fault.expected = phrase("{} in {}; another folder with catalogues is named by --catalogue",
                              Phrase::joined(files, ", "), Phrase::joined(folders, ", "));
    }
    diagnostics_.report(std::move(fault));
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
      std::string near = nearest(name, files_.catalogue_names());
      if (file.error().absent && near.empty()) {
        missing_.emplace_back(name, span);
        return;
      }
      diagnostics_.error("show.catalogue", span, file.error().message, file.error().expected,
                         std::move(near));
      return;
    }
    const Node& node =
        nodes_.emplace_back(read_node(*file, catalogue_type(), sources_, diagnostics_));
    const View catalogue(node, catalogue_type());
    use(catalogue);
    views_.push_back(catalogue);
  }

  void report_cycle(const std::string& name, const View& view) {
    auto each = std::find(path_.begin(), path_.end(), name);
    Phrase chain = in_quotes(*each);
    while (++each != path_.end()) chain = phrase("{} uses {}", chain, in_quotes(*each));
    chain = phrase("{} uses {}", chain, in_quotes(name));
    diagnostics_.error("show.use-cycle", view.scalar_span(),
                       phrase("a catalogue uses itself: {}", chain));
  }

  Files& files_;
  Sources& sources_;
  Diagnostics& diagnostics_;
  std::map<std::string, State> states_;
  std::vector<std::string> path_;
  std::deque<Node> nodes_;  // views refer to them
  std::vector<View> views_;
  std::vector<std::pair<std::string, Span>> missing_;
};

/// What is read once for the base and all variants.
class Family {
 public:
  Family(Files& files, std::string name, Sources& sources, Diagnostics& diagnostics)
      : files_(files), name_(std::move(name)), sources_(sources), diagnostics_(diagnostics) {}

  std::optional<ShowAndVariants> read(FileId file) {
    const std::size_t errors = diagnostics_.errors();
    const Node node = read_yaml(file, sources_, diagnostics_);
    if (is_catalogue(node, diagnostics_)) return std::nullopt;
    if (diagnostics_.errors() == errors) validate(node, show_type(), diagnostics_);
    if (!node.is_mapping()) return std::nullopt;
    Node text = node;  // what its variants say is not of the base
    drop(text, "variants");
    const View root(text, show_type());
    Catalogues catalogues(files_, sources_, diagnostics_);
    catalogues.use(root);
    catalogues.report_missing();
    catalogues_ = &catalogues.views();
    auto base = resolve(root, *catalogues_, name_, files_, sources_, diagnostics_);
    if (diagnostics_.errors() != errors || !base) return std::nullopt;
    ShowAndVariants reading{std::move(*base), {}};
    variants(node, reading);
    if (diagnostics_.errors() != errors) return std::nullopt;
    return reading;
  }

 private:
  void variants(const Node& base, ShowAndVariants& reading) {
    const Node* all = base.find("variants");
    if (all == nullptr) return;
    std::vector<const Node::Member*> members;
    for (const Node::Member& member : all->members) {
      if (member.key != "source" && member.key != "quality") members.push_back(&member);
    }
    if (members.size() > kVariantLimit) {
      diagnostics_.error("show.too-large", all->span,
                         phrase("more than {} variants", kVariantLimit));
      return;
    }
    Slugs slugs;
    for (const Node::Member* member : members) {
      auto show = variant(base, *member);
      if (!show) continue;
      show->variant = named(*member, slugs);
      for (auto& [language, title] : show->title.by_language) {
        title += ": " + show->variant->label.in(language);
      }
      reading.variants.push_back(std::move(*show));
    }
  }

  std::optional<Show> variant(const Node& base, const Node::Member& member) {
    Diagnostics told;
    auto tree = variant_tree(base, member, told);
    std::optional<Show> show;
    if (tree) {
      validate(tree->root, show_type(), told);
      show = resolve(View(tree->root, show_type()), *catalogues_, name_, files_, sources_, told,
                     &tree->taken);
    }
    for (const Diagnostic& each : told.all()) tell(each, member);
    return told.has_errors() ? std::nullopt : std::move(show);
  }

  static Variant named(const Node::Member& member, Slugs& slugs) {
    const View view(member.value, *show_type().field("variants")->type->names->type);
    Variant out;
    out.name = collapsed(member.key);
    out.slug = slugs.add(out.name);
    out.label = Resolver::label(view["label"], out.name);
    if (view["because"].given()) out.because = Resolver::label(view["because"], "");
    out.span = member.key_span;
    return out;
  }

  /// What the base or another variant has wrong as well is told once.
  void tell(Diagnostic diagnostic, const Node::Member& variant) {
    const auto same = [&](const Diagnostic& other) {
      return other.code == diagnostic.code && other.span.file == diagnostic.span.file &&
             other.span.begin == diagnostic.span.begin && other.message == diagnostic.message;
    };
    const auto& all = diagnostics_.all();
    if (std::any_of(all.begin(), all.end(), same)) return;
    const Span& span = variant.value.span;
    if (diagnostic.span.begin < span.begin || diagnostic.span.end > span.end) {
      diagnostic.notes.push_back(
          {phrase("in the variant {}", in_quotes(variant.key)), variant.key_span});
    }
    diagnostics_.report(std::move(diagnostic));
  }

  Files& files_;
  std::string name_;
  Sources& sources_;
  Diagnostics& diagnostics_;
  const std::vector<View>* catalogues_ = nullptr;
};

}  // namespace

std::optional<ShowAndVariants> read_variants(const std::filesystem::path& path,
                                             const ReadOptions& options, Sources& sources,
                                             Diagnostics& diagnostics,
                                             std::vector<InputFile>* inputs) {
  std::unique_ptr<DiskFiles> files;
  const auto file = DiskFiles::open(path, options, sources, inputs, files);
  if (!file) {
    diagnostics.error("show.unreadable", {}, file.error().message);
    return std::nullopt;
  }
  FilesOnce once(*files);
  return Family(once, files->show_name(), sources, diagnostics).read(*file);
}

std::optional<Show> read_show(const std::filesystem::path& path, const ReadOptions& options,
                              Sources& sources, Diagnostics& diagnostics,
                              std::vector<InputFile>* inputs) {
  auto reading = read_variants(path, options, sources, diagnostics, inputs);
  if (!reading) return std::nullopt;
  return std::move(reading->base);
}

std::optional<ShowAndVariants> read_variants_text(std::string text, std::string name,
                                                  const std::vector<NamedText>& catalogue_texts,
                                                  Sources& sources, Diagnostics& diagnostics) {
  if (text.size() > kFileLimitBytes) {
    diagnostics.error("show.too-large", {},
                      phrase("{} is larger than {} MiB", name, kFileLimitBytes >> 20));
    return std::nullopt;
  }
  const FileId file = sources.add(name, std::move(text));
  TextFiles files(catalogue_texts, sources);
  FilesOnce once(files);
  const std::string stem = std::filesystem::path(name).stem().string();
  return Family(once, stem, sources, diagnostics).read(file);
}

std::optional<Show> read_show_text(std::string text, std::string name,
                                   const std::vector<NamedText>& catalogue_texts, Sources& sources,
                                   Diagnostics& diagnostics) {
  auto reading =
      read_variants_text(std::move(text), std::move(name), catalogue_texts, sources, diagnostics);
  if (!reading) return std::nullopt;
  return std::move(reading->base);
}

}  // namespace defilada::show
