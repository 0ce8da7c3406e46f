# REQUIRE_LOCKED in some configurations: the stamp of another one does not satisfy it.
cmake_minimum_required(VERSION 3.25...4.1)
include("${CMAKE_CURRENT_LIST_DIR}/../support/user_project.cmake")

step("configures for all configurations" RUN ${CONFIGURE} -G "Ninja Multi-Config")
step("Debug may have drafts" RUN ${COMPILE} --config Debug)
step("Release may not, though Debug was built" FAILS PRINTS "2 migrations are drafts" RUN ${COMPILE} --config Release)
step("RelWithDebInfo may" RUN ${COMPILE} --config RelWithDebInfo)
step("the check target asks for the same: Debug" RUN ${COMPILE} --config Debug --target shop_schema.check)
step("the check target asks for the same: Release" FAILS PRINTS "2 migrations are drafts" RUN ${COMPILE} --config Release
     --target shop_schema.check)

set(single "${CMAKE_COMMAND}" --build "${BUILD}-release")
step("configures for one configuration" RUN ${CONFIGURE} -B "${BUILD}-release" -DCMAKE_BUILD_TYPE=RELEASE)
step("which may not have drafts" FAILS PRINTS "2 migrations are drafts" RUN ${single})
step("without a build type drafts are fine" RUN ${CONFIGURE} -B "${BUILD}-none" -DCMAKE_BUILD_TYPE=)
step("and it builds" RUN "${CMAKE_COMMAND}" --build "${BUILD}-none")

step("locked" RUN ${COMPILE} --target shop_schema.lock)
step("Release builds" RUN ${COMPILE} --config Release)
step("and so does the single one" RUN ${single})
step("and runs" RUN "${BUILD}-release/shop")
