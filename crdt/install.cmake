# SPDX-License-Identifier: MIT
# What `cmake --install … --component crdt` puts in place: the library, every public header (crdt/*.h,
# not crdt/detail), and what find_package(TuttiCrdt) and pkg-config need. Includes are spelled as they
# are in here, "crdt/doc.h". The tree may be moved afterwards.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
target_sources(tutti_crdt PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers})
set_target_properties(tutti_crdt PROPERTIES EXPORT_NAME crdt)
add_library(TuttiCrdt::crdt ALIAS tutti_crdt)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/TuttiCrdt)
install(TARGETS tutti_crdt
    EXPORT TuttiCrdtTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT crdt
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tutti COMPONENT crdt)
install(EXPORT TuttiCrdtTargets
    NAMESPACE TuttiCrdt::
    DESTINATION ${package_dir} COMPONENT crdt)

set(templates ${PROJECT_SOURCE_DIR}/packaging/library)
configure_package_config_file(${templates}/TuttiCrdtConfig.cmake.in TuttiCrdtConfig.cmake
    INSTALL_DESTINATION ${package_dir}
    NO_SET_AND_CHECK_MACRO)
# before 1.0 a new minor version may break what builds against the one before
write_basic_package_version_file(TuttiCrdtConfigVersion.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH pkgconfig_to_prefix
    /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${templates}/tutti-crdt.pc.in tutti-crdt.pc @ONLY)
install(FILES
        ${CMAKE_CURRENT_BINARY_DIR}/TuttiCrdtConfig.cmake
        ${CMAKE_CURRENT_BINARY_DIR}/TuttiCrdtConfigVersion.cmake
    DESTINATION ${package_dir} COMPONENT crdt)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tutti-crdt.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT crdt)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/tutti-crdt COMPONENT crdt)
