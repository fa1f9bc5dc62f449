// SPDX-License-Identifier: MIT
#include "node.hpp"

#include <algorithm>

namespace defilada::show {

const Node::Member* Node::find_member(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const Member& member) { return member.key == key; });
  return found == members.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member == nullptr ? nullptr : &member->value;
}

}  // namespace defilada::show
