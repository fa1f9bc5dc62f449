// SPDX-License-Identifier: MIT
#include "yaml_writer.hpp"

#include <utility>
#include <vector>

namespace defilada::show {

YamlWriter::YamlWriter(std::uint64_t seed) : random_(seed) {
  if (one_in(4)) text_ += "\xEF\xBB\xBF";
  filler("");
  root_ = block_mapping("", 0);
  filler("");
}

std::string YamlWriter::word() {
  static const std::vector<std::string> kWords = {"army",     "zażółć", "閱兵", "🎺",   "a b",
                                                  "10:00:00", "é",      "-3 m", "x#y", "http://a"};
  return kWords[random_() % kWords.size()];
}

void YamlWriter::filler(const std::string& indent) {
  while (one_in(3)) text_ += one_in(2) ? "\n" : indent + "# ę: [{\n";
}

Node YamlWriter::scalar(bool flow) {
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

Node YamlWriter::flow(int depth) {
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

Node::Member YamlWriter::key(int number) {
  Node::Member member;
  member.key_span.begin = here();
  member.key = (one_in(3) ? "ключ" : "key") + std::to_string(number);
  text_ += member.key;
  member.key_span.end = here();
  return member;
}

Node YamlWriter::block_mapping(const std::string& indent, int depth) {
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

Node YamlWriter::block_sequence(const std::string& indent, int depth) {
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

Node YamlWriter::block_value(const std::string& indent, int depth) {
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

}  // namespace defilada::show
