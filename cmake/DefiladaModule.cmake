# SPDX-License-Identifier: MIT
# One way to declare a module, its tests, its benchmarks and its fuzzers.
#
#   defilada_module(track
#     HEADERS piecewise.hpp          # below include/defilada/track/
#     SOURCES piecewise.cpp          # below src/
#     DEPENDS core geo               # modules, public
#     LINKS fmt::fmt                 # libraries used in the sources only
#     PUBLIC_LINKS tl::expected)     # libraries that the headers show
#   defilada_module_tests(track SOURCES piecewise_test.cpp LINKS ...)
#   defilada_module_bench(track SOURCES track_bench.cpp)
#   defilada_module_fuzzer(show fuzz_yaml SOURCES fuzz_yaml.cpp)

add_library(defilada_dev_flags INTERFACE)
add_library(defilada::dev_flags ALIAS defilada_dev_flags)
target_compile_features(defilada_dev_flags INTERFACE cxx_std_20)
# Contraction off: the same bits on every machine and compiler (docs/architecture.md, "Same input, same output").
target_compile_options(defilada_dev_flags INTERFACE -ffp-contract=off)
# A failed check names its file from the root of the sources, wherever the program was built.
target_compile_options(defilada_dev_flags INTERFACE "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
if(PROJECT_IS_TOP_LEVEL)
  target_compile_options(defilada_dev_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
    -Woverloaded-virtual -Wextra-semi
    # g++ 12 sees an empty std::optional as used uninitialised (its bug 80635).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  if(DEFILADA_WERROR)
    target_compile_options(defilada_dev_flags INTERFACE -Werror)
  endif()
endif()

function(defilada_module name)
  cmake_parse_arguments(arg "" "" "HEADERS;SOURCES;DEPENDS;LINKS;PUBLIC_LINKS" ${ARGN})
  set(target defilada_${name})
  list(TRANSFORM arg_HEADERS PREPEND include/defilada/${name}/)
  list(TRANSFORM arg_SOURCES PREPEND src/)
  add_library(${target} STATIC)
  add_library(defilada::${name} ALIAS ${target})
  target_sources(${target} PRIVATE ${arg_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${arg_HEADERS})
  list(TRANSFORM arg_DEPENDS PREPEND defilada::)
  target_link_libraries(${target}
    PUBLIC ${arg_DEPENDS} ${arg_PUBLIC_LINKS}
    PRIVATE ${arg_LINKS} $<BUILD_INTERFACE:defilada::dev_flags>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  # Each header must compile alone (target all_verify_interface_header_sets).
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY DEFILADA_INSTALLED_MODULES ${name})
  # For cmake/DefiladaInstall.cmake.
  set_property(TARGET ${target} PROPERTY DEFILADA_DEPENDS "${arg_DEPENDS}")
  set_property(TARGET ${target} PROPERTY DEFILADA_LINKS "${arg_LINKS};${arg_PUBLIC_LINKS}")
endfunction()

function(defilada_module_tests name)
  if(NOT DEFILADA_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  list(TRANSFORM arg_SOURCES PREPEND test/)
  add_executable(${name}_test ${arg_SOURCES})
  target_link_libraries(${name}_test PRIVATE
    defilada::${name} defilada::dev_flags defilada_test_support GTest::gmock GTest::gtest_main
    ${arg_LINKS})
  gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST PROPERTIES LABELS "${name}")
endfunction()

function(defilada_module_bench name)
  if(NOT DEFILADA_BENCH)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  list(TRANSFORM arg_SOURCES PREPEND bench/)
  add_executable(${name}_bench ${arg_SOURCES})
  target_link_libraries(${name}_bench PRIVATE
    defilada::${name} defilada::dev_flags defilada_test_support benchmark::benchmark ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY DEFILADA_BENCHES ${name}_bench)
endfunction()

# Corpus: tests/corpus/<fuzzer>/ holds seeds and old finds; the replay runs as an ordinary test.
function(defilada_module_fuzzer name fuzzer)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  list(TRANSFORM arg_SOURCES PREPEND fuzz/)
  set(corpus "${PROJECT_SOURCE_DIR}/tests/corpus/${fuzzer}")
  if(DEFILADA_FUZZ)
    add_executable(${fuzzer} ${arg_SOURCES})
    target_link_libraries(${fuzzer} PRIVATE defilada::${name} defilada::dev_flags ${arg_LINKS})
    target_link_options(${fuzzer} PRIVATE -fsanitize=fuzzer)
    set_property(GLOBAL APPEND PROPERTY DEFILADA_FUZZERS ${fuzzer})
  elseif(DEFILADA_TESTS)
    add_executable(${fuzzer}_replay ${arg_SOURCES} "${PROJECT_SOURCE_DIR}/tests/fuzz_replay.cpp")
    target_link_libraries(${fuzzer}_replay PRIVATE defilada::${name} defilada::dev_flags ${arg_LINKS})
    add_test(NAME ${fuzzer}_replay COMMAND ${fuzzer}_replay "${corpus}")
    set_tests_properties(${fuzzer}_replay PROPERTIES LABELS "fuzz-replay" TIMEOUT 120)
  endif()
endfunction()
