// SPDX-License-Identifier: MIT
// How contingents stand: parts, formations, exhibits, crews.

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "defilada/formation/layout.hpp"
#include "movement.hpp"

namespace defilada::show {
namespace {

using formation::Shape;

constexpr std::array<std::pair<std::string_view, Shape>, 11> kShapes{{
    {"block", Shape::block},
    {"column", Shape::column},
    {"arrow", Shape::arrow},
    {"vic", Shape::vic},
    {"echelon", Shape::echelon},
    {"line abreast", Shape::line_abreast},
    {"trail", Shape::trail},
    {"box", Shape::box},
    {"diamond", Shape::diamond},
    {"ring", Shape::ring},
    {"figure", Shape::figure},
}};

/// A formation's quantities. What the table requires is reported there when it is missing; what may
/// come from the defaults is reported here.
class SpecReader {
 public:
  SpecReader(Resolver& resolver, std::string_view shape, const View& view, const View& defaults,
             bool from_defaults)
      : r_(resolver),
        shape_(shape),
        view_(view),
        fallback_(defaults[shape]),
        from_defaults_(from_defaults) {}

  std::optional<formation::Spec> read() {
    const auto* found = std::find_if(kShapes.begin(), kShapes.end(),
                                     [&](const auto& each) { return each.first == shape_; });
    if (found == kShapes.end()) return std::nullopt;
    spec_.shape = found->second;
    counts();
    lengths();
    report_missing();
    if (!sound_ || too_many()) return std::nullopt;
    return spec_;
  }

 private:
  void counts() {
    switch (spec_.shape) {
      case Shape::block:
        needed("files", spec_.files);
        needed("ranks", spec_.ranks);
        optional("leaders", spec_.leaders);
        optional("head files", spec_.head_files);
        break;
      case Shape::column:
        slots();
        optional("abreast", spec_.files);
        optional("leaders", spec_.leaders);
        break;
      case Shape::box: spec_.count = 4; break;
      case Shape::figure:
        needed("slots", spec_.count);
        what_is_drawn();
        break;
      default: slots();
    }
    if (spec_.shape == Shape::echelon) spec_.right = view_["side"].word() == "right";
  }

  void lengths() {
    switch (spec_.shape) {
      case Shape::ring:
      case Shape::figure: needed("spacing", spec_.spacing_m); return;
      case Shape::line_abreast: needed("interval", spec_.interval_m); return;
      case Shape::trail: needed("distance", spec_.distance_m); return;
      case Shape::column:
        // One behind the other: nothing stands beside anything.
        if (spec_.files > 1 || spec_.leaders > 1) needed("interval", spec_.interval_m);
        needed("distance", spec_.distance_m);
        return;
      case Shape::block:
        needed("interval", spec_.interval_m);
        needed("distance", spec_.distance_m);
        optional("leader interval", spec_.leader_interval_m);
        optional("leader distance", spec_.leader_distance_m);
        return;
      default: needed("interval", spec_.interval_m); needed("distance", spec_.distance_m);
    }
  }

  /// "vic: 5" or "vic: {count: 5}".
  void slots() {
    if (view_.is_scalar()) {
      take(r_.count(view_, kSlotLimit), spec_.count);
    } else {
      needed("count", spec_.count);
    }
  }

  void what_is_drawn() {
    if (view_["svg"].given()) {
      auto lines = r_.drawing(view_["svg"]);
      sound_ = sound_ && lines.has_value();
      if (!lines) return;
      spec_.drawing = std::move(*lines);
      spec_.text = std::filesystem::path(*view_["svg"].text()).stem().string();
      return;
    }
    const auto text = view_["text"].text();
    if (text) {
      spec_.text = *text;
    } else {
      missing("text", view_["text"]);
    }
  }

  void needed(std::string_view key, int& out) {
    const View view = view_[key];
    if (view.given()) {
      take(r_.count(view, kSlotLimit), out);
    } else {
      missing(key, view);
    }
  }

  /// A whole formation is not taken together from two places: only the defaults can leave a part
  /// out without the table's noticing.
  void missing(std::string_view key, const View& view) {
    sound_ = false;
    if (from_defaults_ && !view.given()) add(missing_, key);
  }

  static void add(Phrase& list, std::string_view key) {
    list = list.empty() ? phrase("'{}'", key) : phrase("{} and no '{}'", list, key);
  }

  void report_missing() {
    if (!missing_.empty()) {
      r_.error("show.formation-incomplete", view_.span(),
               phrase("the {} of the defaults is taken whole, and says no {}", shape_, missing_));
    }
    if (!missing_lengths_.empty()) {
      r_.error("show.formation-incomplete", view_.span(),
               phrase("the {} says no {}", shape_, missing_lengths_),
               phrase("lengths here, or in the {} of the defaults", shape_));
    }
  }

  void optional(std::string_view key, int& out) {
    if (view_[key].given()) take(r_.count(view_[key], kSlotLimit), out);
  }

  void take(const std::optional<std::int64_t>& count, int& out) {
    sound_ = sound_ && count.has_value();
    if (count) out = static_cast<int>(*count);
  }

  void needed(std::string_view key, double& out) {
    const View view = view_[key].given() ? view_[key] : fallback_[key];
    if (view.given()) {
      take(r_.length_m(view), out);
      return;
    }
    sound_ = false;
    add(missing_lengths_, key);
  }

  void optional(std::string_view key, double& out) {
    if (view_[key].given()) take(r_.length_m(view_[key]), out);
  }

  void take(const std::optional<double>& length_m, double& out) {
    sound_ = sound_ && length_m.has_value();
    if (length_m) out = *length_m;
  }

  /// Before slots are placed: a few bytes can ask for more than fits into memory.
  bool too_many() {
    const std::int64_t block =
        static_cast<std::int64_t>(spec_.files) * spec_.ranks + spec_.leaders + spec_.head_files;
    const std::int64_t slots = spec_.shape == Shape::block ? block : spec_.count;
    const std::int64_t limit = spec_.shape == Shape::figure ? kFigureSlotLimit : kSlotLimit;
    if (slots <= limit) return false;
    r_.error("show.too-large", view_.span(), phrase("a {} of {} slots", shape_, slots),
             phrase("at most {}", limit));
    return true;
  }

  Resolver& r_;
  std::string_view shape_;
  View view_;
  View fallback_;
  bool from_defaults_;
  formation::Spec spec_;
  bool sound_ = true;
  Phrase missing_;
  Phrase missing_lengths_;
};

/// The layout says which field is wrong: the place of its value, if it has one.
void report_layout(Resolver& r, const View& view, const Phrase& message) {
  const auto [field, reason] = field_and_reason(message);
  const Node* node = view.node();
  const Node* there =
      node != nullptr && node->is_mapping() && !field.empty() ? node->find(field) : nullptr;
  r.error("show.formation", there == nullptr ? view.span() : there->span, reason);
}

class PartReader {
 public:
  PartReader(Resolver& resolver, Line& line) : r_(resolver), line_(line) {}

  void read(std::vector<Part>& parts) {
    const Arrangement& arrangement = line_.arrangement;
    line_.sound = true;
    if (arrangement.shape == "parts") {
      for (const View& each : arrangement.formation.items()) {
        parts.push_back(part(each, parts.size()));
      }
    } else {
      Part& whole = parts.emplace_back();
      whole.span = line_.span;
      read_common(whole, arrangement.kind, arrangement.crew, arrangement.people_role);
      const auto slots =
          formation(whole, arrangement.shape, arrangement.formation, arrangement.from_defaults, 0);
      exhibits(whole, line_.view["exhibits"], slots);
      return;
    }
    exhibits_beside_parts(parts);
  }

 private:
  Part part(const View& view, std::size_t index) {
    const Arrangement& arrangement = line_.arrangement;
    Part out;
    out.span = view.span();
    if (view["label"].given()) out.label = Resolver::label(view["label"], "").en();
    read_common(out, view["kind"].given() ? view["kind"] : arrangement.kind,
                view["crew"].given() ? view["crew"] : arrangement.crew,
                view["role"].given() ? view["role"] : arrangement.people_role);
    std::optional<std::int64_t> slots;
    for (const auto& [key, shape] : kShapes) {
      if (view[key].node() != nullptr) {
        slots = formation(out, key, view[key], false, index);
        break;
      }
    }
    if (arrangement.is_own) exhibits(out, view["exhibits"], slots);
    out.left_m = r_.coordinate_m(view["left"]).value_or(0);
    if (view["behind"].given()) {
      out.behind_m = r_.length_m(view["behind"]).value_or(0);
    } else if (index > 0) {
      r_.error("show.part-behind", view.span(),
               phrase("nothing says how far this part is behind the one before it"),
               phrase("'behind: LENGTH', from tail to head"));
    }
    return out;
  }

  void read_common(Part& part, const View& kind, const View& crew, const View& role) {
    if (!kind.given()) {
      no_kind();
    } else if (const Name* name = r_.kind(kind, flies_here())) {
      part.kind = {name->index};
    } else {
      line_.sound = false;
    }
    if (crew.given()) {
      const auto people = r_.count(crew, 10'000);
      if (people) part.crew = static_cast<int>(*people);
    }
    part.role = Resolver::text(role);
  }

  /// Nothing of those in place.
  [[nodiscard]] std::optional<bool> flies_here() const {
    if (!line_.procession.valid()) return std::nullopt;
    return r_.show[line_.procession].air;
  }

  void no_kind() {
    line_.sound = false;
    r_.error("show.no-kind", line_.name_span,
             phrase("contingent {} has no kind", in_quotes(line_.name)),
             phrase("'kind: NAME' here, in what it is like, or in the defaults"));
  }

  /// The number of its slots.
  std::optional<std::int64_t> formation(Part& part, std::string_view shape, const View& view,
                                        bool from_defaults, std::size_t part_index) {
    if (r_.slots + line_.slots > kSlotLimit) {
      line_.sound = false;
      return std::nullopt;
    }
    const auto spec = SpecReader(r_, shape, view, line_.arrangement.defaults, from_defaults).read();
    const auto layout = spec ? formation::layout(*spec) : Result<formation::Layout>();
    if (!spec || !layout) {
      line_.sound = false;
      if (spec) report_layout(r_, view, layout.error().message);
      return std::nullopt;
    }
    part.formation = *spec;
    part.formation_span = view.span();
    if (spec->shape == Shape::figure) {
      remember_eyes(view, part_index);
      part.figure_spans = spans_of(view, from_defaults);
    }
    const auto slots = static_cast<std::int64_t>(layout->slots.size());
    line_.ranks += layout->ranks;
    line_.slots += slots;
    return slots;
  }

  /// Whose eyes a figure is for is resolved when it is known where the flight passes.
  void remember_eyes(const View& figure, std::size_t part_index) {
    const View own = figure["reads from"];
    const View view = own.given() ? own : line_.arrangement.defaults["figure"]["reads from"];
    if (view.given()) line_.viewed.push_back({part_index, view, own.given()});
  }

  /// For fixes: a figure of the defaults is shared, and left alone.
  [[nodiscard]] FigureSpans spans_of(const View& figure, bool from_defaults) const {
    FigureSpans spans;
    if (from_defaults || figure.node() == nullptr || figure.node()->members.empty()) return spans;
    const Span first = figure.node()->members.front().key_span;
    spans.first_key = {first.file, first.begin, first.begin};
    const std::string_view text = r_.sources.text(figure.span());
    spans.separator = ", ";
    if (!text.empty() && text.front() != '{') {
      const int column = r_.sources.position(first).column;
      spans.separator = "\n" + std::string(static_cast<std::size_t>(column - 1), ' ');
    }
    if (figure["spacing"].given()) spans.spacing = figure["spacing"].scalar_span();
    return spans;
  }

  void exhibits(Part& part, const View& view, std::optional<std::int64_t> slots) {
    if (view.is_list()) {
      for (const View& each : view.items()) {
        if (const auto name = each.text()) part.exhibits.push_back({std::string(*name), 0});
      }
      return;
    }
    std::int64_t sum = 0;
    bool sound = true;
    for (const NamedView& each : view.named()) {
      const auto count = r_.count(each.value, kSlotLimit);
      sound = sound && count.has_value();
      if (!count) continue;
      part.exhibits.push_back({std::string(each.name), static_cast<int>(*count)});
      sum += *count;
    }
    if (view.is_mapping() && sound && slots && sum != *slots) {
      r_.error("show.exhibits", view.span(),
               phrase("the exhibits add up to {}, and the formation has {} slots", sum, *slots));
    }
  }

  /// The parts of another contingent, but this one's exhibits: nobody can tell which goes where.
  void exhibits_beside_parts(std::vector<Part>& parts) {
    const View view = line_.view["exhibits"];
    if (!view.given() || line_.arrangement.is_own) return;
    if (parts.size() == 1) {
      exhibits(parts.front(), view, line_.sound ? std::optional(line_.slots) : std::nullopt);
      return;
    }
    r_.error("show.exhibits", view.span(),
             phrase("{} has the {} parts of another contingent: these exhibits belong to none "
                    "of them",
                    in_quotes(line_.name), parts.size()),
             phrase("'parts', each with its exhibits"));
  }

  Resolver& r_;
  Line& line_;
};

}  // namespace

void resolve_parts(Resolver& r, Line& line, std::vector<Part>& parts) {
  if (r.slots > kSlotLimit) return;
  PartReader(r, line).read(parts);
  if (line.sound) add_recovery(r, line, parts);
  r.slots += line.slots * line.times;
  if (r.slots > kSlotLimit) {
    r.error("show.too-large", line.name_span,
            phrase("with {} all contingents together have {} slots", in_quotes(line.name), r.slots),
            phrase("at most {}", kSlotLimit));
  }
}

}  // namespace defilada::show
