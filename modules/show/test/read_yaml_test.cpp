// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "defilada/show/read.hpp"
#include "node.hpp"

namespace defilada::show {
namespace {

using testing::HasSubstr;

struct Reading {
  Sources sources;
  FileId file;
  Diagnostics diagnostics;
  Node root;

  explicit Reading(std::string text) {
    file = sources.add("show.yaml", std::move(text));
    root = read_yaml(file, sources, diagnostics);
  }
  [[nodiscard]] std::string_view text(Span span) const { return sources.text(span); }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const Diagnostic& diagnostic : diagnostics.all()) codes.push_back(diagnostic.code);
    return codes;
  }
  /// "id line:column" of the only diagnostic.
  [[nodiscard]] std::string only() const {
    if (diagnostics.all().size() != 1) return std::to_string(diagnostics.all().size()) + " reports";
    const Diagnostic& diagnostic = diagnostics.all().front();
    const Position place = sources.position(diagnostic.span);
    return diagnostic.code + " " + std::to_string(place.line) + ":" + std::to_string(place.column);
  }
};

// ---------------------------------------------------------------- values and places

TEST(ReadYaml, ScalarsStayText) {
  const Reading reading(
      "a: on\nb: 010\nc: 10:00:00\nd: ~\ne:\nf: 'x'\ng: |\n  one\n  two\n\n# end\n");
  ASSERT_EQ(reading.diagnostics.all().size(), 0U);
  EXPECT_EQ(reading.root.find("a")->text, "on");
  EXPECT_EQ(reading.root.find("b")->text, "010");
  EXPECT_EQ(reading.root.find("c")->text, "10:00:00");
  EXPECT_EQ(reading.root.find("d")->text, "~");
  EXPECT_EQ(reading.root.find("e")->text, "");
  EXPECT_FALSE(reading.root.find("e")->quoted);
  EXPECT_TRUE(reading.root.find("f")->quoted);
  EXPECT_EQ(reading.root.find("g")->text, "one\ntwo\n");
  EXPECT_TRUE(reading.root.find("g")->quoted);
  EXPECT_EQ(reading.text(reading.root.find("f")->span), "'x'");
  EXPECT_EQ(reading.text(reading.root.find("g")->span), "|\n  one\n  two");
  EXPECT_EQ(reading.root.find("h"), nullptr);
}

TEST(ReadYaml, AMappingEndsWithItsLastValue) {
  const std::string text =
      "marches:\n  foot:\n    gait: slow   # a comment\n\n\n  # another\n\nrules: [a, b]  \n\n# "
      "end\n";
  const Reading reading(text);
  const Node& marches = *reading.root.find("marches");
  EXPECT_EQ(reading.text(marches.span), "foot:\n    gait: slow");
  EXPECT_EQ(reading.text(marches.find("foot")->span), "gait: slow");
  EXPECT_EQ(reading.text(reading.root.find("rules")->span), "[a, b]");
  EXPECT_EQ(reading.text(reading.root.span), text.substr(0, text.find("  \n\n# end")));
}

TEST(ReadYaml, PlacesCountBytesNotCharacters) {
  for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
    for (const std::string line_end : {"\n", "\r\n"}) {
      const Reading reading(mark + "zażółć: gęślą 🎺 jaźń # 行\n" + line_end +
                            "次: [閱兵, 'é', ok]" + line_end);
      ASSERT_EQ(reading.diagnostics.all().size(), 0U);
      ASSERT_EQ(reading.root.members.size(), 2U);
      EXPECT_EQ(reading.text(reading.root.members[0].key_span), "zażółć");
      EXPECT_EQ(reading.text(reading.root.members[0].value.span), "gęślą 🎺 jaźń");
      EXPECT_EQ(reading.text(reading.root.members[1].key_span), "次");
      EXPECT_EQ(reading.text(reading.root.members[1].value.items[0].span), "閱兵");
      EXPECT_EQ(reading.text(reading.root.members[1].value.items[1].span), "'é'");
      EXPECT_EQ(reading.text(reading.root.members[1].value.items[2].span), "ok");
      EXPECT_EQ(reading.root.span.begin, mark.size());
    }
  }
}

TEST(ReadYaml, AnEmptyValueIsBehindItsColon) {
  const Reading reading("order:\n  - navy:   # none\n  - army:\n");
  const Node& order = *reading.root.find("order");
  EXPECT_EQ(order.items[0].find("navy")->span.begin, std::string("order:\n  - navy:").size());
  EXPECT_EQ(reading.text(order.span), "- navy:   # none\n  - army:");
}

TEST(ReadYaml, AnAnchorIsNotPartOfItsNode) {
  const Reading reading(
      "a: &x value\nb: &y {k: v}\nc: &z\n  d: 1\ne: *x\nf: *y\ng: *z\nh: &w # why\n  text\ni: "
      "&v\n");
  ASSERT_EQ(reading.diagnostics.all().size(), 0U);
  EXPECT_EQ(reading.text(reading.root.find("a")->span), "value");
  EXPECT_EQ(reading.text(reading.root.find("b")->span), "{k: v}");
  EXPECT_EQ(reading.text(reading.root.find("c")->span), "d: 1");
  EXPECT_EQ(reading.root.find("e")->text, "value");
  EXPECT_EQ(reading.root.find("e")->span, reading.root.find("a")->span) << "where it can be mended";
  EXPECT_EQ(reading.root.find("f")->find("k")->text, "v");
  EXPECT_EQ(reading.root.find("g")->find("d")->text, "1");
  EXPECT_EQ(reading.text(reading.root.find("h")->span), "text");
  EXPECT_EQ(reading.root.find("i")->text, "");
}

TEST(ReadYaml, ACollectionThatEndsWithAnAliasEndsThere) {
  const Reading reading("a: &x {k: v}\nb:\n  c: *x\n\nd: 1\n");
  EXPECT_EQ(reading.text(reading.root.find("b")->span), "c: *x");
}

TEST(ReadYaml, APairInAListIsAMapping) {
  const Reading reading("list: [a: 1, b: {c: 2} , {d: 3}]\n");
  const Node& list = *reading.root.find("list");
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(reading.text(list.items[0].span), "a: 1");
  EXPECT_EQ(reading.text(list.items[1].span), "b: {c: 2}");
  EXPECT_EQ(reading.text(list.items[2].span), "{d: 3}");
}

// ---------------------------------------------------------------- property: places of a written
// text

/// Writes a random document and remembers where each node was written: an oracle for every span.
class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {
    if (one_in(4)) text_ += "\xEF\xBB\xBF";
    filler("");
    root_ = block_mapping("", 0);
    filler("");
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const Node& root() const { return root_; }

 private:
  bool one_in(std::uint64_t n) { return random_() % n == 0; }

  std::string word() {
    static const std::vector<std::string> kWords = {
        "army", "zażółć", "閱兵", "🎺", "a b", "10:00:00", "é", "-3 m", "x#y", "http://a"};
    return kWords[random_() % kWords.size()];
  }

  void filler(const std::string& indent) {
    while (one_in(3)) text_ += one_in(2) ? "\n" : indent + "# ę: [{\n";
  }

  Node scalar(bool flow) {
    Node node;
    node.span.begin = here();
    if (one_in(4)) {
      node.quoted = true;
      node.text = word();
      text_ += "'" + node.text + "'";
    } else if (one_in(6)) {
      node.quoted = true;
      node.text = word() + "\"\n";
      text_ += "\"" + node.text.substr(0, node.text.size() - 2) + "\\\"\\n\"";
    } else {
      node.text = flow && one_in(2) ? "plain" : word();
      text_ += node.text;
    }
    node.span.end = here();
    return node;
  }

  Node flow(int depth) {
    if (depth > 3 || one_in(2)) return scalar(true);
    Node node;
    node.span.begin = here();
    const bool list = one_in(2);
    node.type = list ? Node::Type::sequence : Node::Type::mapping;
    text_ += list ? "[" : "{";
    const int n = static_cast<int>(random_() % 4);
    for (int i = 0; i < n; ++i) {
      if (i > 0) text_ += one_in(3) ? " ,  " : ", ";
      if (list) {
        node.items.push_back(flow(depth + 1));
      } else {
        Node::Member member = key(i);
        text_ += ": ";
        member.value = flow(depth + 1);
        node.members.push_back(std::move(member));
      }
    }
    text_ += list ? "]" : "}";
    node.span.end = here();
    return node;
  }

  Node::Member key(int number) {
    Node::Member member;
    member.key_span.begin = here();
    member.key = (one_in(3) ? "ключ" : "key") + std::to_string(number);
    text_ += member.key;
    member.key_span.end = here();
    return member;
  }

  Node block_mapping(const std::string& indent, int depth) {
    Node node;
    node.type = Node::Type::mapping;
    const int n = 1 + static_cast<int>(random_() % 4);
    for (int i = 0; i < n; ++i) {
      text_ += indent;
      if (i == 0) node.span.begin = here();
      Node::Member member = key(i);
      text_ += ":";
      member.value = block_value(indent + "  ", depth + 1);
      node.span.end = member.value.span.end;
      node.members.push_back(std::move(member));
    }
    return node;
  }

  Node block_sequence(const std::string& indent, int depth) {
    Node node;
    node.type = Node::Type::sequence;
    const int n = 1 + static_cast<int>(random_() % 3);
    for (int i = 0; i < n; ++i) {
      text_ += indent;
      if (i == 0) node.span.begin = here();
      text_ += "-";
      node.items.push_back(block_value(indent + "  ", depth + 1));
      node.span.end = node.items.back().span.end;
    }
    return node;
  }

  /// What stands behind "key:" or "-", up to the beginning of the next line.
  Node block_value(const std::string& indent, int depth) {
    Node node;
    if (depth < 4 && one_in(2)) {
      text_ += "\n";
      filler(indent);
      return one_in(2) ? block_mapping(indent, depth) : block_sequence(indent, depth);
    }
    if (one_in(8)) {
      node.span = {{}, here(), here()};
    } else if (one_in(8)) {
      text_ += " ";
      node.quoted = true;
      node.span.begin = here();
      text_ += "|\n" + indent + "ä block\n" + indent + "of text";
      node.text = "ä block\nof text\n";
      node.span.end = here();
      text_ += "\n";
      return node;
    } else {
      text_ += one_in(5) ? "   " : " ";
      node = flow(depth);
    }
    if (one_in(4)) text_ += "  # trailing: {é";
    text_ += "\n";
    filler(indent);
    return node;
  }

  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(text_.size()); }

  std::mt19937_64 random_;
  std::string text_;
  Node root_;
};

void expect_same(const Node& read, const Node& written, const Reading& reading) {
  EXPECT_EQ(read.type, written.type);
  EXPECT_EQ(read.text, written.text);
  EXPECT_EQ(read.quoted, written.quoted);
  EXPECT_EQ(std::make_pair(read.span.begin, read.span.end),
            std::make_pair(written.span.begin, written.span.end))
      << "'" << reading.text(read.span) << "'";
  ASSERT_EQ(read.items.size(), written.items.size());
  for (std::size_t i = 0; i < read.items.size(); ++i)
    expect_same(read.items[i], written.items[i], reading);
  ASSERT_EQ(read.members.size(), written.members.size());
  for (std::size_t i = 0; i < read.members.size(); ++i) {
    EXPECT_EQ(read.members[i].key, written.members[i].key);
    EXPECT_EQ(reading.text(read.members[i].key_span), written.members[i].key);
    EXPECT_EQ(read.members[i].key_span.begin, written.members[i].key_span.begin);
    expect_same(read.members[i].value, written.members[i].value, reading);
  }
}

TEST(ReadYaml, EveryPlaceIsWhereItWasWritten) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Writer writer(seed);
    const Reading reading(writer.text());
    ASSERT_EQ(reading.codes(), std::vector<std::string>()) << "seed " << seed << "\n"
                                                           << writer.text();
    expect_same(reading.root, writer.root(), reading);
    if (HasFailure()) FAIL() << "seed " << seed << "\n" << writer.text();
  }
}

// ---------------------------------------------------------------- faults

TEST(ReadYaml, EachFaultIsReportedAtItsPlace) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"", "yaml.empty 1:1"},
      {"# only a comment\n", "yaml.empty 1:1"},
      {"a: 1\nb: \xFFx\n", "yaml.not-utf8 2:4"},
      {"a: \xC0\xAF\n", "yaml.not-utf8 1:4"},
      {"a: \xED\xA0\x80\n", "yaml.not-utf8 1:4"},
      {"é: \xE2\x82", "yaml.not-utf8 1:4"},
      {"\xFF\xFE"
       "a\0",
       "yaml.not-utf8 1:1"},
      {"a: x\x07y\n", "yaml.control-character 1:5"},
      {"a: x\x7Fy\n", "yaml.control-character 1:5"},
      {std::string("a: x\0y\n", 7), "yaml.control-character 1:5"},
      {"a: !!str x\n", "yaml.tag 1:10"},
      {"a: !x {b: c}\n", "yaml.tag 1:7"},
      {"%TAG ! tag:x,2000:\n---\na: 1\n", "yaml.tag 1:1"},
      {"a: 1\n---\nb: 2\n", "yaml.several-documents 2:1"},
      {"a: 1\nb: 2\na: 3\n", "yaml.duplicate-key 3:1"},
      {"x: {a: 1, a: 2}\n", "yaml.duplicate-key 1:11"},
      {"'a': 1\na: 3\n", "yaml.duplicate-key 2:1"},
      {"[a]: 1\n", "yaml.key-not-scalar 1:1"},
      {"? {a: b}\n: 1\n", "yaml.key-not-scalar 1:3"},
      {"x: &a b\n*a : 1\n", "yaml.key-not-scalar 2:1"},
      {"? \n: 1\n", "yaml.empty-key 1:2"},
      {"base: &b {k: 1}\na:\n  <<: *b\n", "yaml.merge-key 3:3"},
      {"a: *nobody\n", "yaml.unknown-anchor 1:4"},
      {"a: &x [*x]\n", "yaml.alias-cycle 1:8"},
      {"a: 'open\nb: 2\n", "yaml.unterminated-quote 1:4"},
      {"a: \"open\nb: 2\n", "yaml.unterminated-quote 1:4"},
      {"a: 'x\n---\nb: 1'\n", "yaml.unterminated-quote 1:4"},
      {"a:\n\tb: 1\n", "yaml.tab 2:1"},
      {"a:\n  b: 1\n\tc: 2\n", "yaml.tab 3:1"},
      {"- a\n\t- b\n", "yaml.tab 2:1"},
      {"a: @x\n", "yaml.first-character 1:4"},
      {"a: `x`\n", "yaml.first-character 1:4"},
      {"a: %x\n", "yaml.first-character 1:4"},
      {"a: [1, 2\nb: 3\n", "yaml.bracket 2:2"},
      {"a: [1, 2", "yaml.bracket 1:9"},
      {"a: {b: 1\n", "yaml.bracket 2:1"},
      {"a: [1, 2}\n", "yaml.bracket 1:9"},
      {"a: ]\n", "yaml.bracket 1:4"},
      {"a: b: c\n", "yaml.colon 1:5"},
      {"a: 1\nb\nc: 2\n", "yaml.colon 2:1"},
      {"a: 1\n  b: 2\n", "yaml.colon 2:4"},
      {"a:\n    b: 1\n  c: 2\n", "yaml.indentation 3:3"},
      {"a: 'x' y\n", "yaml.indentation 1:8"},
      {"- a\nb: 1\n", "yaml.indentation 2:1"},
      {"a: - b\n", "yaml.indentation 1:4"},
      {"a: \"\\q\"\n", "yaml.escape 1:5"},
      {"a: \"\\x1g\"\n", "yaml.escape 1:7"},
      {"a: \"\\UFFFFFFFF\"\n", "yaml.escape 1:7"},
      {"a: *\n", "yaml.anchor 1:5"},
      {"a: & b\n", "yaml.anchor 1:5"},
      {"a: | x\n  y\n", "yaml.block-scalar 1:6"},
      {"a: |0\n  y\n", "yaml.block-scalar 1:5"},
      {"%FOO\n---\na: 1\n", "yaml.directive 1:1"},
      {"%YAML 9.9\n---\na: 1\n", "yaml.directive 1:1"},
  };
  for (const auto& [text, expected] : all) {
    const Reading reading(text);
    EXPECT_EQ(reading.only(), expected) << text;
    for (const Diagnostic& diagnostic : reading.diagnostics.all()) {
      EXPECT_FALSE(diagnostic.message.empty());
      EXPECT_THAT(diagnostic.message, testing::Not(HasSubstr("not YAML:"))) << text;
    }
  }
}

TEST(ReadYaml, AFaultThatLeavesNoTreeGivesAMappingWithoutAPlace) {
  for (const std::string text : {"", "a: [", "a: *x", "a: 1\n---\n", "a: \xFF"}) {
    const Reading reading(text);
    EXPECT_TRUE(reading.root.is_mapping()) << text;
    EXPECT_FALSE(reading.root.span.known()) << text;
    EXPECT_TRUE(reading.diagnostics.has_errors()) << text;
  }
}

TEST(ReadYaml, OtherFaultsLeaveTheRestOfTheTree) {
  const Reading reading("a: 1\na: 2\n[b]: 3\n<<: {x: 1}\nc: !!int 4\nd: 5\n");
  EXPECT_EQ(reading.codes().size(), 4U);
  ASSERT_EQ(reading.root.members.size(), 3U);
  EXPECT_EQ(reading.root.find("a")->text, "1") << "the first one holds";
  EXPECT_EQ(reading.root.find("c")->text, "4");
  EXPECT_EQ(reading.root.find("d")->text, "5");
}

TEST(ReadYaml, ADuplicateKeyPointsAtTheFirst) {
  const Reading reading("a: 1\nb: 2\na: 3\n");
  const Diagnostic& diagnostic = reading.diagnostics.all().at(0);
  ASSERT_EQ(diagnostic.notes.size(), 1U);
  EXPECT_EQ(reading.sources.where(diagnostic.notes[0].span), "show.yaml:1:1");
}

TEST(ReadYaml, AMergeKeyIsToldOfLike) {
  const Reading reading("a: {<<: {b: 1}}\n");
  EXPECT_THAT(reading.diagnostics.all().at(0).expected, HasSubstr("like:"));
}

TEST(ReadYaml, AMisspeltAliasIsToldOfItsAnchor) {
  const Reading reading("a: &salute x\nb: *salut\n");
  EXPECT_EQ(reading.diagnostics.all().at(0).suggestion, "*salute");
}

// ---------------------------------------------------------------- limits

std::string bomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 8; ++i) {
    const std::string name = "a" + std::to_string(i);
    const std::string one = "*a" + std::to_string(i - 1);
    text += name + ": &" + name + " [";
    for (int j = 0; j < 9; ++j) text += (j > 0 ? "," : "") + one;
    text += "]\n";
  }
  return text;
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(ReadYaml, AnAliasBombIsRefusedAtOnce) {
  const std::string text = bomb();
  ASSERT_LE(text.size(), 400U);
  const long before_kib = peak_kib();
  const auto begin = std::chrono::steady_clock::now();
  const Reading reading(text);  // 48 million values
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(reading.codes(), std::vector<std::string>{"yaml.too-many-nodes"});
  EXPECT_LT(taken.count(), 0.05);
  EXPECT_LT(peak_kib() - before_kib, 4096);
}

TEST(ReadYaml, AliasesOfALongTextAreCountedByItsLength) {
  std::string text = "a: &a " + std::string(1 << 20, 'x') + "\nb: [";
  for (int i = 0; i < 1000; ++i) text += "*a, ";
  const Reading reading(text + "]\n");
  EXPECT_EQ(reading.codes(), std::vector<std::string>{"yaml.too-many-nodes"});
}

TEST(ReadYaml, NestedAnchorsCostNoCopies) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "&a" + std::to_string(i) + " [";
  for (int i = 0; i < 100'000; ++i) text += "x,";
  text += std::string(60, ']') + "\n";
  const auto begin = std::chrono::steady_clock::now();
  const Reading reading(text);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(reading.codes(), std::vector<std::string>());
  EXPECT_LT(taken.count(), 2.0);
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

TEST(ReadYaml, DepthEndsAtTheLimit) {
  EXPECT_EQ(Reading(nested(kDepthLimit)).codes(), std::vector<std::string>());
  EXPECT_EQ(Reading(nested(kDepthLimit + 1)).codes(), std::vector<std::string>{"yaml.too-deep"});
  EXPECT_EQ(Reading(std::string(1'000'000, '[')).codes(),
            std::vector<std::string>{"yaml.too-deep"});
  std::string block;
  for (int i = 0; i < 200; ++i) block += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_EQ(Reading(block).codes(), std::vector<std::string>{"yaml.too-deep"});
  // Through aliases: 40 levels that hold 40 levels.
  const std::string half =
      "a: &a " + nested(40) + "\nb: " + std::string(40, '[') + "*a" + std::string(40, ']') + "\n";
  EXPECT_EQ(Reading(half).codes(), std::vector<std::string>{"yaml.too-deep"});
}

TEST(ReadYaml, NodesEndAtTheLimit) {
  std::string text = "[";
  for (std::size_t i = 0; i + 1 < kNodeLimit; ++i) text += "x,";
  EXPECT_EQ(Reading(text + "]").codes(), std::vector<std::string>());
  EXPECT_EQ(Reading(text + "x]").codes(), std::vector<std::string>{"yaml.too-many-nodes"});
}

TEST(ReadYaml, AFileOverItsLimitIsNotRead) {
  EXPECT_EQ(Reading(std::string(kFileLimitBytes, '#')).codes(),
            std::vector<std::string>{"yaml.empty"});
  EXPECT_EQ(Reading(std::string(kFileLimitBytes + 1, '#')).codes(),
            std::vector<std::string>{"yaml.too-large"});
}

// Damage to real texts: no crash, and every place within the text.
TEST(ReadYaml, DamagedTextsAreReadOrRefused) {
  std::mt19937_64 random(11);
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    std::string text = Writer(seed).text();
    for (std::uint64_t n = 1 + random() % 3; n > 0 && !text.empty(); --n) {
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0)
        text.erase(at, 1 + random() % 4);
      else
        text.insert(at, 1, "\t\n '\"[]{}:-*&!|>#%@,?"[random() % 21]);
    }
    const Reading reading(text);
    EXPECT_EQ(reading.root.span.known() || reading.diagnostics.has_errors(), true);
    for (const Diagnostic& diagnostic : reading.diagnostics.all()) {
      EXPECT_TRUE(diagnostic.span.known());
      EXPECT_LE(diagnostic.span.begin, diagnostic.span.end);
      EXPECT_LE(diagnostic.span.end, text.size());
      EXPECT_THAT(diagnostic.message, testing::Not(HasSubstr("not YAML:"))) << text;
    }
  }
}

}  // namespace
}  // namespace defilada::show
