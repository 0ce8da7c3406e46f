# What varve needs from elsewhere. A missing dependency is an error that names the package to install.
include_guard(GLOBAL)

function(varve_missing package needed_by debian_package option)
  message(
    FATAL_ERROR
      "varve: ${package} was not found; ${needed_by} needs it.\n"
      "Install it (Debian, Ubuntu: apt install ${debian_package}), tell CMake where it is "
      "(-DCMAKE_PREFIX_PATH=...), or build without it: -D${option}=OFF")
endfunction()

# varve_require(<package> NEEDED_BY <what> INSTALL <Debian package> OPTION <switch> [COMPONENTS <component>...])
macro(varve_require package)
  cmake_parse_arguments(varve_require "" "NEEDED_BY;INSTALL;OPTION" "COMPONENTS" ${ARGN})
  find_package(${package} QUIET COMPONENTS ${varve_require_COMPONENTS})
  if(NOT ${package}_FOUND)
    varve_missing(${package} "${varve_require_NEEDED_BY}" "${varve_require_INSTALL}" ${varve_require_OPTION})
  endif()
endmacro()
