// SPDX-License-Identifier: MIT
// Runs a fuzz target over its corpus as an ordinary test, without libFuzzer: every file as it is,
// then damaged copies of it. The damage is drawn from a fixed seed, so that every run is the same.
//   fuzz_replay CORPUS_FOLDER [COPIES_PER_FILE]
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

std::array<char, 512> current_input{};  // read by the signal handler only

extern "C" void say_which_input(int signal) {
  const ssize_t ignored =
      ::write(STDERR_FILENO, current_input.data(), std::strlen(current_input.data()));
  static_cast<void>(ignored);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const std::filesystem::path& file, const std::string& damage, const Bytes& input) {
  std::snprintf(current_input.data(), current_input.size(), "fuzz_replay: failed on %s, %s\n",
                file.c_str(), damage.c_str());
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

/// One of: a cut, a flipped bit, a doubled stretch, a removed stretch, an odd byte put in.
Bytes damaged(Bytes input, std::mt19937& random) {
  static constexpr std::array<std::uint8_t, 12> kOdd{0x00, 0xFF, '\n', '\t', '"', '\'',
                                                     '{',  '[',  ':',  '-',  '*', '&'};
  if (input.empty()) return {kOdd[random() % kOdd.size()]};
  const std::size_t begin = random() % input.size();
  const std::size_t end = std::min(input.size(), begin + 1 + random() % 64);
  const auto at = [&](std::size_t i) { return input.begin() + static_cast<std::ptrdiff_t>(i); };
  switch (random() % 5) {
    case 0: input.resize(begin); break;
    case 1: input[begin] ^= static_cast<std::uint8_t>(1U << (random() % 8)); break;
    case 2: {
      const Bytes stretch(at(begin), at(end));
      input.insert(at(end), stretch.begin(), stretch.end());
      break;
    }
    case 3: input.erase(at(begin), at(end)); break;
    default: input.insert(at(begin), kOdd[random() % kOdd.size()]);
  }
  return input;
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Bytes content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER [COPIES_PER_FILE]\n", argv[0]);
    return 2;
  }
  const int copies = argc > 2 ? std::atoi(argv[2]) : 200;
  const auto files = files_below(argv[1]);
  if (files.empty()) {
    std::fprintf(stderr, "fuzz_replay: no file in %s\n", argv[1]);
    return 1;
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS}) {
    std::signal(signal, say_which_input);
  }
  std::size_t inputs = 0;
  for (const auto& file : files) {
    const Bytes original = content_of(file);
    run(file, "as it is", original);
    std::mt19937 random(20250903);
    Bytes copy;
    for (int i = 0; i < copies; ++i, ++inputs) {
      // Every fourth copy starts afresh; the others pile damage upon damage.
      copy = damaged(i % 4 == 0 ? original : copy, random);
      run(file, "damaged copy " + std::to_string(i), copy);
    }
    ++inputs;
  }
  std::printf("fuzz_replay: %zu inputs from %zu files\n", inputs, files.size());
  return 0;
}
