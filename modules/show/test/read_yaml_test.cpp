// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "defilada/show/read.hpp"
#include "yaml_reading.hpp"
#include "yaml_writer.hpp"

namespace defilada::show {
namespace {

using testing::HasSubstr;

// ---------------------------------------------------------------- faults

TEST(ReadYaml, EachFaultIsReportedAtItsPlace) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"", "yaml.empty 1:1"},
      {"# only a comment\n", "yaml.empty 1:1"},
      {"a: 1\nb: \xFFx\n", "yaml.not-utf8 2:4"},
      {"a: \xC0\xAF\n", "yaml.not-utf8 1:4"},
      {"a: \xE0\x80\xAF\n", "yaml.not-utf8 1:4"},
      {"a: \xF0\x80\x80\xAF\n", "yaml.not-utf8 1:4"},
      {"a: \xF4\x90\x80\x80\n", "yaml.not-utf8 1:4"},
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

TEST(ReadYaml, AMergeKeyInQuotesIsAKey) {
  EXPECT_EQ(Reading("'<<': 1\n").codes(), std::vector<std::string>());
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
  // Through aliases of aliases: three times 25 levels.
  const std::string open(25, '[');
  const std::string close(25, ']');
  EXPECT_EQ(Reading("[&a " + nested(25) + ", &b " + open + "*a" + close + ", " + open + "*b" +
                    close + "]\n")
                .codes(),
            std::vector<std::string>{"yaml.too-deep"});
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
    std::string text = YamlWriter(seed).text();
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
