# Settings of varve's own code; nothing here reaches a user of varve.
include_guard(GLOBAL)

# Every target of varve's own C++ code passes through here.
function(varve_own_code target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  # A user who builds varve as a part of a project may have set these for the whole of it.
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF UNITY_BUILD OFF CXX_SCAN_FOR_MODULES OFF)
  if(NOT varve_IS_TOP_LEVEL)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT ""
                                               CXX_INCLUDE_WHAT_YOU_USE "")
  endif()
  if(VARVE_DEVELOPER_MODE)
    target_compile_options(
      ${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror)
    # Before version 13 optimised code of std::string itself is said to overlap (GCC bug 105651), and one that is made
    # from nothing to be uninitialized.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      target_compile_options(${target} PRIVATE -Wno-restrict -Wno-maybe-uninitialized)
    endif()
  endif()
endfunction()

# For what includes Boost.Asio: g++ says that its thread sanitizer does not see the fences there, and that is an error of
# ours in developer mode.
function(varve_uses_fences target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_FLAGS MATCHES "-fsanitize=thread")
    target_compile_options(${target} PRIVATE -Wno-tsan)
  endif()
endfunction()

# A library that is installed. Static ones can go into a user's shared library; shared ones export every symbol: what is
# public is said by the headers, and an export macro on each declaration would only make them harder to read.
function(varve_runtime_library target export_name)
  varve_own_code(${target})
  set_target_properties(
    ${target}
    PROPERTIES LINKER_LANGUAGE CXX
               EXPORT_NAME ${export_name}
               POSITION_INDEPENDENT_CODE ON
               CXX_VISIBILITY_PRESET default
               VISIBILITY_INLINES_HIDDEN OFF
               WINDOWS_EXPORT_ALL_SYMBOLS ON
               VERSION ${varve_VERSION}
               SOVERSION ${varve_VERSION_MAJOR}.${varve_VERSION_MINOR})
  if(APPLE)
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "@loader_path")
  elseif(UNIX)
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN")
  endif()
  target_include_directories(${target} PRIVATE "${varve_SOURCE_DIR}/runtime")
  # It waits for a database, not for its own instructions: what counts in somebody's program is its size, which is less
  # than half of that with -O3. Sections let a linker that is asked to drop what the program does not call.
  set(optimised "$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang>,$<CONFIG:Release,RelWithDebInfo>")
  target_compile_options(${target} PRIVATE "$<$<AND:${optimised}>:-Os;-ffunction-sections;-fdata-sections;-fno-semantic-interposition>")
endfunction()
