// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "schema.hpp"

namespace defilada::show {

struct NamedView;

/// A value of the text together with its Type: how the resolver reads a text that validate() has
/// seen.
///
///     View show(node, show_type());
///     for (const auto& [name, name_span, march] : show["marches"].named())
///       if (const auto gap = march["least gap"].length_m()) …
///
/// What is asked must be in the table: a key that the type does not declare, or a dimension that it
/// does not allow, is a fault of the program and aborts (DEFILADA_CHECK), whatever the text holds.
/// What is *in the text* never aborts: an accessor gives nothing where the value is absent, or
/// where validate() has reported it; so the resolver can go on after an error and need not report
/// it again. Annotated scalars ({value: …, source: …}) are unwrapped.
///
/// A view refers to the node and the type; both must outlive it. Cost: a key is a scan of the
/// mapping.
class View {
 public:
  View() = default;  ///< absent, of no type: only given() and span() may be asked
  View(const Node& node, const Type& type) : node_(&node), type_(&type) {}

  /// There, and not left empty.
  [[nodiscard]] bool given() const;
  explicit operator bool() const { return given(); }
  /// There as a scalar, a list, a mapping (an annotated scalar is a scalar).
  [[nodiscard]] bool is_scalar() const;
  [[nodiscard]] bool is_list() const;
  [[nodiscard]] bool is_mapping() const;

  /// The whole value; of an annotated scalar, all of {value: …, source: …}. Where the value is
  /// absent, the place of what would hold it.
  [[nodiscard]] Span span() const;
  /// The scalar itself, inside an annotation too.
  [[nodiscard]] Span scalar_span() const;
  /// The key under which the value stands; unknown for items of lists and roots.
  [[nodiscard]] Span key_span() const { return key_span_; }
  /// The node as read; nullptr when absent.
  [[nodiscard]] const Node* node() const { return node_; }

  /// The value of a key with a fixed name. Absent views may be asked too: all their values are
  /// absent.
  [[nodiscard]] View operator[](std::string_view key) const;

  /// The values by name, in the order of the text: of a mapping with names as keys (without source
  /// and quality), of a list of single-name mappings, or of one single-name mapping. Malformed
  /// ones, reported before, are left out.
  [[nodiscard]] std::vector<NamedView> named() const;
  /// The items of a list.
  [[nodiscard]] std::vector<View> items() const;
  /// The items of a list; of a single value, that value ("after: X" is "after: [X]").
  [[nodiscard]] std::vector<View> each() const;

  /// The text as written; nothing where the text reads as another form (in "a gait or a speed", 10
  /// km/h is no text).
  [[nodiscard]] std::optional<std::string_view> text() const;
  /// One of the words that the type allows.
  [[nodiscard]] std::optional<std::string_view> word() const;
  [[nodiscard]] std::optional<std::string_view> date()
      const;  ///< "2025-09-03", a day of the calendar
  [[nodiscard]] std::optional<double> length_m() const;
  [[nodiscard]] std::optional<double> coordinate_m() const;  ///< a length with a sign
  [[nodiscard]] std::optional<double> speed_mps() const;
  [[nodiscard]] std::optional<Duration> duration() const;
  [[nodiscard]] std::optional<double> frequency_hz() const;
  [[nodiscard]] std::optional<double> acceleration_mps2() const;
  [[nodiscard]] std::optional<double> angle_rad() const;
  [[nodiscard]] std::optional<double> turn_rad() const;  ///< "left 60 deg"; > 0 to the left
  [[nodiscard]] std::optional<std::int64_t> clock_us() const;
  [[nodiscard]] std::optional<WindowText> window() const;
  [[nodiscard]] std::optional<double> share() const;  ///< 40 % is 0.4
  [[nodiscard]] std::optional<std::int64_t> count() const;
  [[nodiscard]] std::optional<double> plain_number() const;
  /// Whether the scalar reads as a quantity of this dimension (where a type allows several forms).
  [[nodiscard]] bool reads_as(Dimension dimension) const;

  /// `source` and `quality` beside this value: in its annotation, or in the mapping itself.
  [[nodiscard]] std::optional<std::string_view> source() const;
  [[nodiscard]] std::optional<std::string_view> quality() const;  ///< a word of kQualities

 private:
  [[nodiscard]] const Node* scalar() const;
  [[nodiscard]] const Scalar* form() const;
  [[nodiscard]] bool may_be(Scalar::Form form, Dimension dimension = {}) const;
  [[nodiscard]] std::optional<std::string_view> quantity_text(Dimension dimension) const;
  [[nodiscard]] std::optional<std::string_view> provenance(std::string_view key) const;

  const Node* node_ = nullptr;
  const Type* type_ = nullptr;
  bool varies_ = false;  ///< the key has another type in another set of keys: a published "value"
  Span key_span_;
  Span holder_span_;
};

struct NamedView {
  std::string_view name;
  Span name_span;
  View value;
};

}  // namespace defilada::show
