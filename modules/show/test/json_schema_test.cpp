// SPDX-License-Identifier: MIT
// The JSON Schema against validate(): both come from one table; a draft-07 validator says whether
// they agree.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "defilada/show/read.hpp"
#include "example_texts.hpp"
#include "schema.hpp"

namespace defilada::show {
namespace {

using nlohmann::json;

// ---------------------------------------------------------------- YAML as an editor sees it

/// Types a plain scalar by the core schema (YAML 1.2.2, section 10.3.2).
json core_schema(const Node& node) {
  if (node.quoted) return node.text;
  static const std::regex kNull("|~|null|Null|NULL");
  static const std::regex kTrue("true|True|TRUE");
  static const std::regex kFalse("false|False|FALSE");
  static const std::regex kInteger("[-+]?[0-9]+");
  static const std::regex kFloat("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  const std::string& text = node.text;
  if (text.size() > 100) return text;
  if (std::regex_match(text, kNull)) return nullptr;
  if (std::regex_match(text, kTrue)) return true;
  if (std::regex_match(text, kFalse)) return false;
  if (std::regex_match(text, kInteger)) return std::stoll(text);
  if (std::regex_match(text, kFloat)) return std::stod(text);
  return text;
}

json as_json(const Node& node) {
  if (node.is_scalar()) return core_schema(node);
  json value = node.is_sequence() ? json::array() : json::object();
  for (const Node& item : node.items) value.push_back(as_json(item));
  for (const Node::Member& member : node.members) value[member.key] = as_json(member.value);
  return value;
}

class Oracle {
 public:
  Oracle() : text_(json::parse(json_schema())) {
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text_), schema_);
  }
  bool accepts(const Node& node) {
    const json value = as_json(node);
    valijson::Validator validator;
    return validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
  }

 private:
  json text_;
  valijson::Schema schema_;
};

Oracle& oracle() {
  static Oracle one;
  return one;
}

const Type& root_type(const Node& node) {
  return node.find("defilada catalogue") != nullptr ? catalogue_type() : show_type();
}

std::string faults_of(const Node& node) {
  Diagnostics diagnostics;
  validate(node, root_type(node), diagnostics);
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics.all())
    all += diagnostic.code + ": " + diagnostic.message.english() + "\n";
  return all;
}

Node parsed(const example_texts::Example& example) {
  Sources sources;
  Diagnostics diagnostics;
  Node node = read_yaml(sources.add(example.name, example.text), sources, diagnostics);
  std::string faults;
  for (const Diagnostic& diagnostic : diagnostics.all())
    faults += render(diagnostic, sources, false);
  EXPECT_EQ(faults, "") << example.text;
  return node;
}

std::vector<example_texts::Example> all_examples() {
  std::vector<example_texts::Example> all = example_texts::documented();
  for (auto& example : example_texts::shows()) all.push_back(std::move(example));
  for (auto& example : example_texts::catalogues()) all.push_back(std::move(example));
  return all;
}

// ---------------------------------------------------------------- right texts

TEST(JsonSchema, AcceptsWhatIsDocumentedAndShipped) {
  EXPECT_GE(example_texts::documented().size(), 9U);
  for (const auto& example : all_examples()) {
    const Node node = parsed(example);
    EXPECT_EQ(faults_of(node), "") << example.name << "\n" << example.text;
    EXPECT_TRUE(oracle().accepts(node)) << example.name;
  }
}

TEST(JsonSchema, IsItselfInOrder) {
  const json schema = json::parse(json_schema());
  EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
  std::set<std::string> referred;
  const std::string text = json_schema();
  static const std::regex kReference("#/definitions/([^\"]*)");
  for (std::sregex_iterator match(text.begin(), text.end(), kReference), end; match != end; ++match)
    referred.insert(match->str(1));
  std::set<std::string> defined;
  for (const auto& [name, definition] : schema["definitions"].items()) {
    defined.insert(name);
    EXPECT_TRUE(definition.contains("title") && definition.contains("description")) << name;
  }
  EXPECT_EQ(referred, defined) << "each definition is used, each reference defined";
}

// ---------------------------------------------------------------- property: the same verdict

std::vector<std::string> all_keys() {
  std::set<std::string> keys = {"source", "quality", "value", "en", "pl", "unknown", "roote"};
  for (const Type* type : all_types())
    for (const Object& object : type->objects)
      for (const Field& field : object.fields) keys.insert(std::string(field.key));
  return {keys.begin(), keys.end()};
}

// Without what a schema cannot see: see the law of validate().
const std::vector<std::string> kScalars = {"10 km/h",
                                           "5 m",
                                           "-5 m",
                                           "0 m",
                                           "0.5 m",
                                           "north",
                                           "",
                                           "80",
                                           "80.5",
                                           "0",
                                           "-1",
                                           "true",
                                           "~",
                                           "left 60 deg",
                                           "30 deg",
                                           "30",
                                           "90 s to 150 s",
                                           "90 s",
                                           "at least 5 s",
                                           "foo",
                                           "2025-02-10",
                                           "09:44",
                                           "9:44",
                                           "25:10:00",
                                           "1",
                                           "2",
                                           "112 /min",
                                           "0 /min",
                                           "predicted",
                                           "published",
                                           "foot",
                                           "10 kmh",
                                           "80 000",
                                           "80 00",
                                           "0.5 m/s2",
                                           "head of a crosses b",
                                           "left",
                                           "contingent",
                                           "200",
                                           "1 h 10 min",
                                           "10 min 1 h",
                                           ".5"};

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  /// Changes one place of the tree; says how.
  std::string mutate(Node& root) {
    std::vector<Node*> nodes;
    collect(root, nodes);
    Node& node = *nodes[random_() % nodes.size()];
    switch (random_() % 12) {
      case 0: return rename(node);
      case 1: return drop(node);
      case 2:
      case 7:
      case 8:
      case 9: return add_key(node);
      case 3: return add_item(node);
      case 4: return wrap(node);
      case 5: return annotate(node);
      case 6: return graft(node, *nodes[random_() % nodes.size()]);
      default: return rewrite(node);
    }
  }

 private:
  static void collect(Node& node, std::vector<Node*>& all) {
    all.push_back(&node);
    for (Node& item : node.items) collect(item, all);
    for (Node::Member& member : node.members) collect(member.value, all);
  }

  std::string any_key() {
    static const std::vector<std::string> kKeys = all_keys();
    return kKeys[random_() % kKeys.size()];
  }

  Node any_scalar() {
    Node node;
    node.text = kScalars[random_() % kScalars.size()];
    node.quoted = random_() % 8 == 0;
    // In quotes a number has no bounds in the schema.
    if (node.text == "200" || node.text == "-1") node.quoted = false;
    return node;
  }

  std::string rename(Node& node) {
    if (node.members.empty()) return rewrite(node);
    Node::Member& member = node.members[random_() % node.members.size()];
    const std::string before = member.key;
    std::string after = random_() % 2 == 0 ? any_key() : before + "x";
    if (node.find(after) != nullptr) after += "x";
    if (node.find(after) != nullptr) return "nothing";
    member.key = after;
    return "rename '" + before + "' to '" + after + "'";
  }

  std::string drop(Node& node) {
    if (!node.members.empty()) {
      const auto at =
          node.members.begin() + static_cast<std::ptrdiff_t>(random_() % node.members.size());
      const std::string key = at->key;
      node.members.erase(at);
      return "drop '" + key + "'";
    }
    if (node.items.empty()) return rewrite(node);
    node.items.pop_back();
    return "drop the last item";
  }

  /// Mostly a key that such a mapping may have, with a value that the key has elsewhere: then only
  /// the laws on which keys stand together can be broken.
  std::string add_key(Node& node) {
    if (!node.is_mapping()) return rewrite(node);
    const std::vector<std::string> fitting = fitting_keys(node);
    const bool fits = !fitting.empty() && random_() % 4 != 0;
    const std::string key = fits ? fitting[random_() % fitting.size()] : any_key();
    if (node.find(key) != nullptr) return "nothing";
    const auto known = values_by_key().find(key);
    const bool borrow = known != values_by_key().end() && random_() % 4 != 0;
    node.members.push_back(
        {key, {}, borrow ? known->second[random_() % known->second.size()] : any_scalar()});
    return "add '" + key + ": " + as_json(node.members.back().value).dump() + "'";
  }

  /// Of the first set of keys in the table that has all keys of the mapping.
  static std::vector<std::string> fitting_keys(const Node& node) {
    const auto has_all = [&](const Object& object) {
      return std::all_of(node.members.begin(), node.members.end(), [&](const Node::Member& member) {
        return object.field(member.key) != nullptr || member.key == "source";
      });
    };
    std::vector<std::string> keys;
    for (const Type* type : all_types())
      for (const Object& object : type->objects)
        if (keys.empty() && has_all(object))
          for (const Field& field : object.fields) keys.emplace_back(field.key);
    return keys;
  }

  /// What each key holds anywhere in the examples.
  static const std::map<std::string, std::vector<Node>>& values_by_key() {
    static const auto values = [] {
      std::map<std::string, std::vector<Node>> all;
      std::vector<Node> roots;
      for (const auto& example : all_examples()) roots.push_back(parsed(example));
      for (Node& root : roots) {
        std::vector<Node*> nodes;
        collect(root, nodes);
        for (const Node* node : nodes)
          for (const Node::Member& member : node->members) all[member.key].push_back(member.value);
      }
      return all;
    }();
    return values;
  }

  std::string add_item(Node& node) {
    if (!node.is_sequence()) return rewrite(node);
    node.items.push_back(any_scalar());
    return "add an item '" + node.items.back().text + "'";
  }

  std::string wrap(Node& node) {
    Node inner = node;
    node = Node();
    if (random_() % 2 == 0) {
      node.type = Node::Type::sequence;
      node.items.push_back(std::move(inner));
      return "wrap into a list";
    }
    node.type = Node::Type::mapping;
    node.members.push_back({any_key(), {}, std::move(inner)});
    return "wrap into '" + node.members.back().key + "'";
  }

  std::string annotate(Node& node) {
    Node inner = node;
    node = Node();
    node.type = Node::Type::mapping;
    node.members.push_back({"value", {}, std::move(inner)});
    if (random_() % 2 == 0) node.members.push_back({"source", {}, any_scalar()});
    if (random_() % 2 == 0) node.members.push_back({"quality", {}, any_scalar()});
    return "annotate";
  }

  static std::string graft(Node& node, const Node& other) {
    Node copy = other;  // may be a part of `node`, or hold it
    node = std::move(copy);
    return "graft";
  }

  std::string rewrite(Node& node) {
    const std::string before = node.is_scalar() ? node.text : "(tree)";
    node = any_scalar();
    return "rewrite '" + before + "' to '" + node.text + "'" + (node.quoted ? " in quotes" : "");
  }

  std::mt19937_64 random_;
};

void expect_one_verdict(const Node& original, const std::string& name, std::uint64_t seed,
                        int& accepted, int& refused) {
  Node node = original;
  Mutator mutator(seed);
  std::string how = mutator.mutate(node);
  if (seed % 3 == 0) how += ", " + mutator.mutate(node);
  const std::string faults = faults_of(node);
  EXPECT_EQ(faults.empty(), oracle().accepts(node))
      << name << ", seed " << seed << ": " << how << "\n"
      << faults << as_json(node).dump();
  ++(faults.empty() ? accepted : refused);
}

TEST(JsonSchema, AgreesWithTheReaderOnMutatedTexts) {
  int accepted = 0;
  int refused = 0;
  for (const auto& example : all_examples()) {
    const Node node = parsed(example);
    const std::uint64_t rounds = example.text.size() < 4000 ? 100 : 8;
    for (std::uint64_t seed = 1; seed <= rounds; ++seed)
      expect_one_verdict(node, example.name, seed, accepted, refused);
  }
  RecordProperty("accepted", accepted);
  RecordProperty("refused", refused);
  EXPECT_GT(accepted, 200);
  EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace defilada::show
