# Install rules and the CMake package. An export set for each component: what is not installed is not demanded.
include(CMakePackageConfigHelpers)
set(varve_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/varve")

# varve_install_component(<component> <target>...): libraries with their public headers.
function(varve_install_component component)
  install(
    TARGETS ${ARGN}
    EXPORT varve_${component}
    RUNTIME COMPONENT varve_runtime
    LIBRARY COMPONENT varve_runtime NAMELINK_COMPONENT varve_development
    ARCHIVE COMPONENT varve_development
    FILE_SET HEADERS
    COMPONENT varve_development)
  install(
    EXPORT varve_${component}
    NAMESPACE varve::
    FILE varve_${component}.cmake
    DESTINATION "${varve_package_dir}"
    COMPONENT varve_development)
endfunction()

varve_install_component(contract varve_contract)
foreach(component IN ITEMS runtime sqlite postgresql)
  if(TARGET varve_${component})
    varve_install_component(${component} varve_${component})
  endif()
endforeach()

# Named by what it is for: find_package(varve COMPONENTS postgresql verify).
if(TARGET varve_scratch)
  varve_install_component(verify varve_scratch)
endif()

if(TARGET varve_backup)
  varve_install_component(backup varve_backup)
endif()

if(TARGET varve_testing)
  varve_install_component(testing varve_testing)
endif()

# The generator runs on the build host: a set of its own, which a cross build does not load.
if(TARGET varve_generator)
  install(TARGETS varve_generator EXPORT varve_generator COMPONENT varve_generator)
  install(
    EXPORT varve_generator
    NAMESPACE varve::
    FILE varve_generator.cmake
    DESTINATION "${varve_package_dir}"
    COMPONENT varve_generator)
endif()

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/varveConfig.cmake.in" varveConfig.cmake
                              INSTALL_DESTINATION "${varve_package_dir}")
write_basic_package_version_file(varveConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES "${CMAKE_CURRENT_BINARY_DIR}/varveConfig.cmake"
        "${CMAKE_CURRENT_BINARY_DIR}/varveConfigVersion.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/add_db_migrations.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_master_file.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_migration_arguments.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_cpp_migrations.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_sqlite_arguments.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_find_generator.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_history_docs.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_migrator_program.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_verify_program.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_boost_process.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_libpq.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_libpqxx.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/varve_libsqlite3.cmake"
  DESTINATION "${varve_package_dir}"
  COMPONENT varve_development)
