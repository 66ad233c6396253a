# SPDX-License-Identifier: EUPL-1.2
# How every hand-written target is compiled, and the four functions that declare one.

set(SP_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined or thread")
option(SP_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
option(SP_COVERAGE "Instrument for gcov" OFF)
option(SP_TIDY "Run clang-tidy while compiling" OFF)

add_library(sp_options INTERFACE)
target_include_directories(sp_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(sp_options INTERFACE _POSIX_C_SOURCE=200809L)
# The same bytes wherever the tree lies, and no path of the builder's machine in a log line.
target_compile_options(sp_options INTERFACE -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
target_compile_options(sp_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wformat=2 $<$<C_COMPILER_ID:GNU>:-Wno-format-truncation> -Wundef -Wwrite-strings -Werror)

# Hardening of what ships (style: engineering facts, section 5.2).
add_library(sp_hardening INTERFACE)
target_compile_options(sp_hardening INTERFACE -fstack-protector-strong -fPIE)
target_link_options(sp_hardening INTERFACE -Wl,-z,relro,-z,now)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(sp_hardening INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
target_link_libraries(sp_options INTERFACE sp_hardening)

if(SP_SANITIZE)
    target_compile_options(sp_options INTERFACE -fsanitize=${SP_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(sp_options INTERFACE -fsanitize=${SP_SANITIZE})
    if(SP_SANITIZE MATCHES "undefined")
        target_compile_options(sp_options INTERFACE -fno-sanitize-recover=undefined)
    endif()
endif()
if(SP_FUZZ)
    target_compile_options(sp_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(SP_COVERAGE)
    target_compile_options(sp_options INTERFACE --coverage)
    target_link_options(sp_options INTERFACE --coverage)
endif()
if(SP_TIDY)
    set(CMAKE_C_CLANG_TIDY clang-tidy --quiet)
endif()

# sp_library(NAME SOURCES a.c b.c [LINK targets]): a static library of one folder.
function(sp_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC sp_options ${ARG_LINK})
endfunction()

# sp_program(NAME SOURCES main.c [LINK targets]): a program in build/*/bin.
function(sp_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE sp_options ${ARG_LINK})
    target_link_options(${name} PRIVATE -pie)
endfunction()

# sp_test(FILE [LINK targets] [LABELS l] [ARGS a]): one cmocka program, one CTest test, named by the file's stem.
# Tests find the run-time tables in SPOINA_SHARE and the try-out data, if present, in SPOINA_SHARED.
function(sp_test file)
    cmake_parse_arguments(ARG "" "" "LINK;LABELS;ARGS" ${ARGN})
    get_filename_component(stem ${file} NAME_WE)
    add_executable(${stem} ${file})
    target_link_libraries(${stem} PRIVATE sp_options ${ARG_LINK} cmocka)
    set_target_properties(${stem} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${stem} COMMAND ${stem} ${ARG_ARGS})
    set_tests_properties(${stem} PROPERTIES
        LABELS "${ARG_LABELS}" TIMEOUT 300 SKIP_RETURN_CODE 77
        ENVIRONMENT "SPOINA_SHARE=${SP_SHARE_DIR};SPOINA_SHARED=${CMAKE_SOURCE_DIR}/../shared;SPOINA_SOURCE=${CMAKE_SOURCE_DIR}")
    add_dependencies(${stem} sp_share)
endfunction()

# sp_fuzz_target(FILE [LINK targets]): LLVMFuzzerTestOneInput in FILE. With SP_FUZZ a libFuzzer program;
# otherwise a replay program over tests/fuzz/corpus/<stem>/ that CTest runs, so that targets cannot rot.
function(sp_fuzz_target file)
    cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
    get_filename_component(stem ${file} NAME_WE)
    if(SP_FUZZ)
        add_executable(${stem} ${file})
        target_link_options(${stem} PRIVATE -fsanitize=fuzzer)
        target_link_libraries(${stem} PRIVATE sp_options ${ARG_LINK})
    else()
        add_executable(${stem} ${file} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.c)
        target_link_libraries(${stem} PRIVATE sp_options ${ARG_LINK})
        add_test(NAME ${stem} COMMAND ${stem} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${stem})
        set_tests_properties(${stem} PROPERTIES LABELS "fuzz-replay" TIMEOUT 300
            ENVIRONMENT "SPOINA_SHARE=${SP_SHARE_DIR}")
    endif()
    set_target_properties(${stem} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_dependencies(${stem} sp_share)
endfunction()

# Where the run-time tables (dictionary, vocabulary) are put at build time; installed beside bin/.
set(SP_SHARE_DIR ${CMAKE_BINARY_DIR}/share/spoina)
file(MAKE_DIRECTORY ${SP_SHARE_DIR})
add_custom_target(sp_share ALL)  # folders add what they build with add_dependencies(sp_share ...)
