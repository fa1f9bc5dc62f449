// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "node.hpp"
#include "quantity.hpp"

/// The grammar of the show file and of a catalogue file as data. One table, four uses:
///
///     schema_*.cpp (the table) --+--> validate()       every structural fault of a text, in one
///     pass
///                                +--> View (view.hpp)  what the resolver may ask for: nothing else
///                                +--> json_schema()    for editors
///                                +--> key_reference()  docs/show-keys.md
///
/// A Type says which shapes a value may have: a scalar of one of several forms, a list, a mapping
/// (with fixed keys, with one of several sets of fixed keys, with names as keys, or one single
/// name), or nothing. There is at most one of each shape, so that the shape of what is written
/// decides what is meant, and messages can be sharp.
///
/// Two things hold for every Type and are not in the table: a scalar may be written {value: …,
/// source: …, quality: …}, and a mapping with fixed keys or names accepts `source` and `quality` (a
/// single-name mapping does not: its one key is a name). So no name can be 'source' or 'quality',
/// and no mapping that stands beside a scalar has a key 'value'.
namespace defilada::show {

struct Type;

/// One form that a scalar may have. Of several, the first that the text looks like is meant: a
/// quantity when it begins with a digit, a sign or a point; words and text otherwise.
struct Scalar {
  enum class Form {
    text,      ///< any text but an empty one
    words,     ///< one of a few
    quantity,  ///< of one dimension
    date,      ///< 2025-09-03
  };
  Form form = Form::text;
  std::string_view what;                                    ///< "the name of a route": for messages
  Dimension dimension{};                                    ///< quantity
  bool positive = false;                                    ///< quantity: zero is refused
  double least = -std::numeric_limits<double>::infinity();  ///< plain_number
  double most = std::numeric_limits<double>::infinity();
  std::vector<std::string_view> words{};
};

enum class Need { optional, required };

struct Field {
  std::string_view key;
  const Type* type = nullptr;
  Need need = Need::optional;
  std::string_view doc;
};

/// A law on which keys stand together.
struct Group {
  enum class Law {
    at_most_one,   ///< of `keys`
    exactly_one,   ///< of `keys`
    at_least_one,  ///< of `keys`
    needs_one_of,  ///< where `key` is, one of `keys` must be
    excludes,      ///< where `key` is, none of `keys` may be
  };
  Law law = Law::at_most_one;
  std::vector<std::string_view> keys{};
  std::string_view key{};
};

/// A mapping with fixed keys.
struct Object {
  std::string_view chosen_by{};  ///< of several sets of keys, this one is meant where this key is
  std::vector<Field> fields{};
  std::vector<Group> groups{};

  [[nodiscard]] const Field* field(std::string_view key) const;  ///< nullptr if there is none
};

/// A mapping from names to values of one type.
struct Names {
  std::string_view what;  ///< "route"
  const Type* type = nullptr;
  bool languages = false;  ///< the names are languages, and 'en' must be there
};

/// A mapping with exactly one name: a line of an order of march.
struct Entry {
  std::string_view what;  ///< "contingent"
  const Type* type = nullptr;
};

struct List {
  const Type* item = nullptr;
  std::size_t least = 1;
  std::size_t most = std::numeric_limits<std::size_t>::max();
};

struct Type {
  std::string_view name;  ///< "march": unique; names the JSON Schema's definition and the section
                          ///< of the reference
  std::string_view doc;
  std::vector<Scalar> scalars{};
  std::vector<Object> objects{};  ///< one, or several that are chosen by a key
  std::optional<Names> names{};
  std::optional<Entry> entry{};
  std::optional<List> list{};
  bool nothing = false;   ///< the value may be left out ("navy:")
  bool anything = false;  ///< any shape, and not looked at here: a variant's values

  [[nodiscard]] bool is_mapping() const { return !objects.empty() || names || entry; }
  /// The field of this name in the first set of keys that has it; nullptr if there is none.
  [[nodiscard]] const Field* field(std::string_view key) const;
};

/// The show file, and the catalogue file.
[[nodiscard]] const Type& show_type();
[[nodiscard]] const Type& catalogue_type();
/// All types that can be reached, each once, in the order in which a reader of the table meets
/// them; roots first.
[[nodiscard]] std::vector<const Type*> all_types();

/// A plain scalar that is empty, `~` or `null`. Quoted, these are texts.
[[nodiscard]] bool is_nothing(const Node& node);
/// Whether a mapping is a scalar with its provenance, for a value of this type.
[[nodiscard]] bool is_annotated(const Node& node, const Type& type);
/// The form that is meant by a text; nullptr where the type allows no scalar.
[[nodiscard]] const Scalar* scalar_form(std::string_view text, const Type& type);
/// The set of keys that is meant by a mapping; nullptr where none or several could be.
[[nodiscard]] const Object* chosen_object(const Node& mapping, const Type& type);

/// Reports every way in which `node` departs from `type`; each fault once, also where an alias
/// repeats it. References between names are not looked at: that is the resolver's. Ids:
/// docs/messages.md.
/// Law (property-tested): what has no report, the JSON Schema accepts; and what it accepts has
/// none, but for what a schema cannot see: how a number was spelt (010, 0x1F, 80.0), a number in
/// quotes out of range, a window that ends before it begins, a quantity too large or below a
/// microsecond, a day that the calendar lacks.
void validate(const Node& node, const Type& type, Diagnostics& diagnostics);

/// Every key with its type and meaning, in Markdown: the text of docs/show-keys.md.
[[nodiscard]] std::string key_reference();

}  // namespace defilada::show
