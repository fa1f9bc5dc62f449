// SPDX-License-Identifier: MIT
#pragma once

namespace defilada::test {

/// The absolute path of the checkout that the tests read their shows and golden files from.
const char* source_dir();

}  // namespace defilada::test
