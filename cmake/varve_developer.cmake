# Settings of varve's own code; nothing here reaches a user of varve.
include_guard(GLOBAL)

# Every target of varve's own C++ code passes through here.
function(varve_own_code target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden
                                             VISIBILITY_INLINES_HIDDEN ON)
  if(VARVE_DEVELOPER_MODE)
    target_compile_options(
      ${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror)
  endif()
endfunction()
