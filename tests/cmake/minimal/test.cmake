# The first project of a user: it is configured, built and brings its database up to date.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")
set(shop "${CMAKE_COMMAND}" -E chdir "${WORK}" "${BUILD}/shop")

step("configures" RUN ${CONFIGURE})
step("builds" PRINTS "Embedding the migrations of shop_schema" RUN ${COMPILE})
step("has migrations pending" PRINTS "create_users" RUN ${shop} status)
step("applies them" RUN ${shop} migrate)
step("is current" RUN ${shop} check)
