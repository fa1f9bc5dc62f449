// SPDX-License-Identifier: MIT
// The pages that say what the reader does, against the reader: docs/show-keys.md and
// docs/messages.md. UPDATE_GOLDEN=1 writes show-keys.md anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "example_texts.hpp"
#include "schema.hpp"
#include "source_dir.hpp"
#include "yaml_reading.hpp"

namespace defilada::show {
namespace {

namespace fs = std::filesystem;

const fs::path kProject = test::source_dir();

TEST(Documents, TheKeyReferenceIsUpToDate) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr)
    std::ofstream(kProject / "docs" / "show-keys.md", std::ios::binary) << key_reference();
  EXPECT_EQ(example_texts::file("docs/show-keys.md"), key_reference());
}

// ---------------------------------------------------------------- the table of the grammar

TEST(Documents, TheTableIsInOrder) {
  std::set<std::string_view> names;
  for (const Type* type : all_types()) {
    EXPECT_TRUE(names.insert(type->name).second) << type->name << " is there twice";
    EXPECT_FALSE(type->doc.empty()) << type->name;
    EXPECT_TRUE(!type->scalars.empty() || type->list || type->is_mapping() || type->anything)
        << type->name;
    EXPECT_LE((type->objects.empty() ? 0 : 1) + (type->names ? 1 : 0) + (type->entry ? 1 : 0), 1)
        << type->name;
    EXPECT_TRUE(type->scalars.empty() || type->field("value") == nullptr)
        << type->name << ": a key 'value' beside a scalar";
    for (std::size_t i = 0; i + 1 < type->scalars.size(); ++i)
      EXPECT_EQ(type->scalars[i].form, Scalar::Form::quantity)
          << type->name << ": not to be told apart";
  }
}

TEST(Documents, TheKeysOfTheTableAreInOrder) {
  for (const Type* type : all_types()) {
    std::set<std::string_view> choices;
    for (const Object& object : type->objects) {
      EXPECT_EQ(object.chosen_by.empty(), type->objects.size() == 1) << type->name;
      EXPECT_TRUE(choices.insert(object.chosen_by).second) << type->name;
      if (!object.chosen_by.empty()) {
        EXPECT_EQ(object.field(object.chosen_by)->need, Need::required) << type->name;
      }
      std::set<std::string_view> keys;
      for (const Field& field : object.fields) {
        EXPECT_TRUE(keys.insert(field.key).second) << type->name << ": " << field.key;
        EXPECT_FALSE(field.doc.empty()) << type->name << ": " << field.key;
        EXPECT_FALSE(field.key == "on" || field.key == "yes" || field.key == "no") << type->name;
      }
      for (const Group& group : object.groups) {
        for (const std::string_view key : group.keys) EXPECT_TRUE(keys.contains(key)) << key;
        EXPECT_TRUE(group.key.empty() || keys.contains(group.key)) << group.key;
      }
    }
  }
}

/// A key that the table allows and nothing reads would be ignored without a word.
TEST(Documents, TheResolverAsksForEveryKeyOfTheTable) {
  std::string sources;
  for (const auto& entry : fs::directory_iterator(kProject / "modules/show/src")) {
    const std::string name = entry.path().filename().string();
    if (name.find("schema") == 0 || name.find("view") == 0) continue;
    sources += example_texts::file("modules/show/src/" + name);
  }
  for (const Type* type : all_types()) {
    for (const Object& object : type->objects) {
      for (const Field& field : object.fields) {
        if (field.key.find("defilada") == 0) continue;  // the version: the table allows one value
        EXPECT_NE(sources.find("\"" + std::string(field.key) + "\""), std::string::npos)
            << type->name << ": " << field.key;
      }
    }
  }
}

// ---------------------------------------------------------------- messages

struct Row {
  std::string id;
  std::string section;
  std::string example;  ///< "" if it is told in words
};

std::string unescaped(std::string text) {
  for (const auto& [written, meant] :
       std::vector<std::pair<std::string, std::string>>{{"↵", "\n"}, {"⇥", "\t"}, {"\\|", "|"}})
    for (std::size_t at; (at = text.find(written)) != std::string::npos;)
      text.replace(at, written.size(), meant);
  return text;
}

std::vector<Row> message_rows() {
  const std::string page = example_texts::file("docs/messages.md");
  static const std::regex kRow("\\| `([a-z]+\\.[a-z-]+)` \\|.*\\| (?:`([^`]*)`|[^|`]*) \\|");
  static const std::regex kRowWithoutExample("\\| `([a-z]+\\.[a-z-]+)` \\|[^|]*\\|");
  std::vector<Row> rows;
  std::string section;
  for (std::size_t begin = 0; begin < page.size();) {
    const std::size_t end = std::min(page.find('\n', begin), page.size());
    const std::string line = page.substr(begin, end - begin);
    begin = end + 1;
    std::smatch match;
    if (line.rfind("## ", 0) == 0)
      section = line.substr(3);
    else if (std::regex_match(line, match, kRowWithoutExample))
      rows.push_back({match[1], section, ""});
    else if (std::regex_match(line, match, kRow))
      rows.push_back({match[1], section, unescaped(match[2])});
  }
  return rows;
}

std::set<std::string> ids_in_sources() {
  static const std::regex kId("\"((?:yaml|show|quantity)\\.[a-z-]+)\"");
  std::set<std::string> ids;
  for (const auto& entry : fs::directory_iterator(kProject / "modules/show/src")) {
    const std::string text =
        example_texts::file("modules/show/src/" + entry.path().filename().string());
    for (std::sregex_iterator match(text.begin(), text.end(), kId), end; match != end; ++match)
      ids.insert(match->str(1));
  }
  ids.erase("show.yaml");  // a file
  ids.erase("quantity.hpp");
  return ids;
}

TEST(Documents, EveryMessageIsOnItsPage) {
  std::multiset<std::string> listed;
  for (const Row& row : message_rows()) listed.insert(row.id);
  const std::set<std::string> used = ids_in_sources();
  ASSERT_GT(used.size(), 50U);
  for (const std::string& id : used)
    EXPECT_EQ(listed.count(id), 1U) << id << " in docs/messages.md";
  for (const std::string& id : listed) EXPECT_TRUE(used.contains(id)) << id << " is no longer used";
}

std::vector<std::string> codes_of_show(const std::string& text) {
  Reading reading(text);
  EXPECT_EQ(reading.codes(), std::vector<std::string>()) << text;
  validate(reading.root, show_type(), reading.diagnostics);
  return reading.codes();
}

std::vector<std::string> codes_of_quantity(const std::string& example) {
  const std::size_t colon = example.find(": ");
  const auto types = all_types();
  const auto type = std::find_if(types.begin(), types.end(), [&](const Type* candidate) {
    return candidate->name == example.substr(0, colon);
  });
  if (type == types.end()) return {"no such type"};
  Reading reading(example);
  validate(reading.root.members.at(0).value, **type, reading.diagnostics);
  return reading.codes();
}

TEST(Documents, EachExampleGivesItsMessage) {
  std::map<std::string, int> tried;
  for (const Row& row : message_rows()) {
    if (row.example.empty()) continue;
    const std::vector<std::string> expected = {row.id};
    ++tried[row.section];
    if (row.section == "The text") {
      EXPECT_EQ(Reading(row.example).codes(), expected) << row.example;
    } else if (row.section == "Quantities") {
      EXPECT_EQ(codes_of_quantity(row.example), expected) << row.example;
    } else {
      EXPECT_EQ(codes_of_show(example_texts::in_a_show(row.example)), expected) << row.example;
    }
  }
  EXPECT_GE(tried["The text"], 18);
  EXPECT_EQ(tried["Quantities"], 12);
  EXPECT_EQ(tried["The shape of a show file"], 13);
}

}  // namespace
}  // namespace defilada::show
