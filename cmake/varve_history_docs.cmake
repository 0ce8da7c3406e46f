# DOCS of add_db_migrations(): a target that writes the history as Markdown, and a test that fails when somebody forgot
# to. Reference: docs/generator.md
include_guard(GLOBAL)

function(_varve_docs)
  if(NOT DEFINED arg_DOCS)
    return()
  endif()
  cmake_path(ABSOLUTE_PATH arg_DOCS BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE file)
  add_custom_target(
    ${target}.docs
    COMMAND ${generator} docs ${identity} --output "${file}"
    DEPENDS ${generator_dependencies}
    COMMENT "Writing the documents of ${target}"
    USES_TERMINAL VERBATIM)
  add_test(NAME ${target}.docs COMMAND ${generator} docs ${identity} --check --output "${file}")
endfunction()
