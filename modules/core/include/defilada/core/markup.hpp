// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace defilada {

/// The text as it stands between the tags of HTML, SVG or XML, and between quotes of their
/// attributes: & < > " ' as references, all else as it is. Law: what a browser shows of it is the
/// text.
[[nodiscard]] std::string escape_markup(std::string_view text);

}  // namespace defilada
