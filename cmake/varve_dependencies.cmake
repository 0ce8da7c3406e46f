# What varve needs from elsewhere. A missing dependency is an error that names the package to install.
include_guard(GLOBAL)

# varve_require(<package> NEEDED_BY <what> INSTALL <Debian package> OPTION <switch> [COMPONENTS <component>...])
macro(varve_require package)
  cmake_parse_arguments(varve_require "" "NEEDED_BY;INSTALL;OPTION" "COMPONENTS" ${ARGN})
  if(varve_require_COMPONENTS)
    find_package(${package} QUIET COMPONENTS ${varve_require_COMPONENTS})
  else()
    find_package(${package} QUIET)
  endif()
  if(NOT ${package}_FOUND)
    message(
      FATAL_ERROR
        "varve: ${package} was not found; ${varve_require_NEEDED_BY} needs it.\n"
        "Install it (Debian, Ubuntu: apt install ${varve_require_INSTALL}), tell CMake where it is "
        "(-DCMAKE_PREFIX_PATH=...), or build without it: -D${varve_require_OPTION}=OFF")
  endif()
endmacro()
