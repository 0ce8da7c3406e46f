# Which generator add_db_migrations() runs. It runs on the build host, so in a cross build it is not the one that belongs
# to the installed package or to the tree being built. Reference: docs/cross_compiling.md
include_guard(GLOBAL)

set(VARVE_GENERATOR "" CACHE FILEPATH "The generator `varve` to run, if not the one that belongs to the package")
mark_as_advanced(VARVE_GENERATOR)

# Sets in the caller: generator (what to run) and generator_dependencies (what its output depends on).
function(_varve_find_generator)
  if(VARVE_GENERATOR)
    _varve_check_generator("${VARVE_GENERATOR}" "VARVE_GENERATOR is")
    set(generator "${VARVE_GENERATOR}")
  elseif(TARGET varve::generator)
    set(generator varve::generator)
  else()
    _varve_generator_on_path()
  endif()
  set(generator_dependencies "${generator}")
  if(NOT generator AND CMAKE_CROSSCOMPILING AND varve_SOURCE_DIR)
    _varve_build_host_generator()
  endif()
  if(NOT generator)
    get_property(version GLOBAL PROPERTY VARVE_VERSION)
    message(
      FATAL_ERROR
        "add_db_migrations(${target}): there is no generator `varve` that runs on this machine.\n"
        "Do one of these:\n"
        "  - set VARVE_GENERATOR to the path of a `varve` of version ${version} built for this machine;\n"
        "  - put that program on PATH;\n"
        "  - build varve with VARVE_BUILD_GENERATOR=ON (not possible in a cross build: build it for the host with "
        "VARVE_BUILD_RUNTIME=OFF and use one of the other ways).")
  endif()
  return(PROPAGATE generator generator_dependencies)
endfunction()

# Only the real PATH: CMAKE_PREFIX_PATH/bin and the sysroot hold a `varve` for the target machine.
function(_varve_generator_on_path)
  unset(generator_on_path)
  find_program(
    generator_on_path
    NAMES varve
    NO_CACHE NO_PACKAGE_ROOT_PATH NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH NO_CMAKE_SYSTEM_PATH NO_CMAKE_INSTALL_PREFIX
    NO_CMAKE_FIND_ROOT_PATH)
  set(generator "")
  if(generator_on_path)
    _varve_check_generator("${generator_on_path}" "the generator on PATH is")
    set(generator "${generator_on_path}")
  endif()
  return(PROPAGATE generator)
endfunction()

# A generator of another version may write another contract: found out now, and not by the linker.
function(_varve_check_generator program origin)
  get_property(checked GLOBAL PROPERTY _varve_checked_generator)
  if(checked STREQUAL program)
    return()
  endif()
  set(prefix "add_db_migrations(${target}): ${origin} ${program}")
  if(NOT EXISTS "${program}" OR IS_DIRECTORY "${program}")
    message(FATAL_ERROR "${prefix}, which is not a file.\nGive the whole path of the program `varve`.")
  endif()
  execute_process(
    COMMAND "${program}" --version
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  string(STRIP "${output}" output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${prefix}, which does not run on this machine (${result}).\n${output}\n"
                        "It must be built for the machine that builds, not for the one that runs the program.")
  endif()
  get_property(version GLOBAL PROPERTY VARVE_VERSION)
  if(NOT output MATCHES "^varve ([0-9]+\\.[0-9]+\\.[0-9]+)" OR NOT CMAKE_MATCH_1 STREQUAL version)
    message(FATAL_ERROR "${prefix}, whose version is '${output}', but this varve is ${version}.\n"
                        "Generator and runtime must be of the same version.")
  endif()
  set_property(GLOBAL PROPERTY _varve_checked_generator "${program}")
endfunction()

# varve as a subdirectory of a cross build: the generator is built for the host by a build of its own.
function(_varve_build_host_generator)
  set(binary_dir "${CMAKE_BINARY_DIR}/varve_host_generator")
  set(suffix "")
  if(CMAKE_HOST_WIN32)
    set(suffix .exe)
  endif()
  set(generator "${binary_dir}/bin/varve${suffix}")
  set(generator_dependencies varve_host_generator "${generator}")
  if(NOT TARGET varve_host_generator)
    include(ExternalProject)
    # Deliberately without the toolchain file and the compiler of this build.
    ExternalProject_Add(
      varve_host_generator
      SOURCE_DIR "${varve_SOURCE_DIR}"
      BINARY_DIR "${binary_dir}"
      PREFIX "${binary_dir}/external_project"
      CMAKE_ARGS -DCMAKE_BUILD_TYPE=Release -DVARVE_BUILD_RUNTIME=OFF -DVARVE_INSTALL=OFF
                 -DCMAKE_RUNTIME_OUTPUT_DIRECTORY:PATH=${binary_dir}/bin ${VARVE_HOST_CMAKE_ARGS}
      BUILD_COMMAND "${CMAKE_COMMAND}" --build "${binary_dir}" --target varve_generator --config Release
      BUILD_BYPRODUCTS "${generator}"
      INSTALL_COMMAND ""
      EXCLUDE_FROM_ALL TRUE)
  endif()
  return(PROPAGATE generator generator_dependencies)
endfunction()
