# varve's own ledger schema, in migrations/, is embedded like anyone's history, under the reserved name `varve`.
include_guard(GLOBAL)

# varve_embed_ledger(<library> <engine>): the ledger of one engine as objects inside the library, which includes
# <varve_ledger_ENGINE.hpp>. The objects are taken by $<TARGET_OBJECTS>, not by linking: an installed library that links
# an object library would demand that this be installed too.
function(varve_embed_ledger library engine)
  set(ledger varve_ledger_${engine})
  set(_varve_own_ledger ON)
  add_db_migrations(${ledger} DIRECTORY "${varve_SOURCE_DIR}/migrations" ENGINE ${engine} NAME varve REQUIRE_LOCKED)
  target_sources(${library} PRIVATE $<TARGET_OBJECTS:${ledger}>)
  target_include_directories(${library} PRIVATE $<TARGET_PROPERTY:${ledger},INTERFACE_INCLUDE_DIRECTORIES>)
endfunction()
