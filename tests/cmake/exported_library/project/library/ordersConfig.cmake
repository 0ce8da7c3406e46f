include(CMakeFindDependencyMacro)
find_dependency(varve)
include("${CMAKE_CURRENT_LIST_DIR}/orders_targets.cmake")
