// SPDX-License-Identifier: MIT
// Every node's place, to the byte.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "yaml_reading.hpp"
#include "yaml_writer.hpp"

namespace defilada::show {
namespace {

// ---------------------------------------------------------------- values and places

TEST(YamlPlaces, ScalarsStayText) {
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

TEST(YamlPlaces, AMappingEndsWithItsLastValue) {
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

TEST(YamlPlaces, PlacesCountBytesNotCharacters) {
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

TEST(YamlPlaces, AnEmptyValueIsBehindItsColon) {
  const Reading reading("order:\n  - navy:   # none\n  - army:\n");
  const Node& order = *reading.root.find("order");
  EXPECT_EQ(order.items[0].find("navy")->span.begin, std::string("order:\n  - navy:").size());
  EXPECT_EQ(reading.text(order.span), "- navy:   # none\n  - army:");
}

TEST(YamlPlaces, AnAnchorIsNotPartOfItsNode) {
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

TEST(YamlPlaces, ACollectionThatEndsWithAnAliasEndsThere) {
  const Reading reading("a: &x {k: v}\nb:\n  c: *x\n\nd: 1\n");
  EXPECT_EQ(reading.text(reading.root.find("b")->span), "c: *x");
}

TEST(YamlPlaces, APairInAListIsAMapping) {
  const Reading reading("list: [a: 1, b: {c: 2} , {d: 3}]\n");
  const Node& list = *reading.root.find("list");
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(reading.text(list.items[0].span), "a: 1");
  EXPECT_EQ(reading.text(list.items[1].span), "b: {c: 2}");
  EXPECT_EQ(reading.text(list.items[2].span), "{d: 3}");
}

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

TEST(YamlPlaces, EveryPlaceIsWhereItWasWritten) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const YamlWriter writer(seed);
    const Reading reading(writer.text());
    ASSERT_EQ(reading.codes(), std::vector<std::string>()) << "seed " << seed << "\n"
                                                           << writer.text();
    expect_same(reading.root, writer.root(), reading);
    if (HasFailure()) FAIL() << "seed " << seed << "\n" << writer.text();
  }
}

}  // namespace
}  // namespace defilada::show
