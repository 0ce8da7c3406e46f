# Migrations written in C++: for each the generator writes a unit that includes it, and the history's target compiles
# that. Reference: docs/cpp_migrations.md
include_guard(GLOBAL)

# Sets: code_options for the generator, code_units to compile; adds the files to scripts. What CMake compiles it has to
# know, so each build looks whether there are other files than before; which of them are migrations the generator says.
function(_varve_cpp_migrations)
  set(code_options "")
  set(code_units "")
  set(other_engine postgresql)
  if(ENGINE STREQUAL "postgresql")
    set(other_engine sqlite)
  endif()
  file(GLOB files LIST_DIRECTORIES false CONFIGURE_DEPENDS "${DIRECTORY}/[0-9]*.cpp")
  foreach(file IN LISTS files)
    cmake_path(GET file FILENAME name)
    if(name MATCHES "\\.${other_engine}\\.cpp$")
      continue()
    endif()
    list(APPEND code_options --code "${name}")
    list(APPEND code_units "${output}/${name}")
    list(APPEND scripts "${file}")
  endforeach()
  return(PROPAGATE code_options code_units scripts)
endfunction()
