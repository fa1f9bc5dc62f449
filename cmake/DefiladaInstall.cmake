# SPDX-License-Identifier: MIT
# Installs the modules as a package: find_package(defilada COMPONENTS programme) gives the target
# defilada::programme with what it needs, and asks for no library that only other modules use.
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/defilada")

# The pkg-config module behind each PkgConfig::PREFIX target, as it was found by pkg_check_modules.
function(defilada_pkg_config_modules link out)
  string(REPLACE "PkgConfig::" "" prefix "${link}")
  set(names "${${prefix}_MODULE_NAME}")
  if(NOT names)
    set(names "${DEFILADA_${prefix}_MODULES}")
  endif()
  if(NOT names)
    message(FATAL_ERROR "Set DEFILADA_${prefix}_MODULES (CACHE INTERNAL) to the pkg-config modules of ${link}")
  endif()
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

get_property(modules GLOBAL PROPERTY DEFILADA_INSTALLED_MODULES)
set(graph "set(defilada_modules ${modules})\n")
foreach(module IN LISTS modules)
  set(target defilada_${module})
  get_target_property(depends ${target} DEFILADA_DEPENDS)
  get_target_property(links ${target} DEFILADA_LINKS)
  list(TRANSFORM depends REPLACE "^defilada::" "")
  set(found "")
  foreach(link IN LISTS links)
    if(link MATCHES "^PkgConfig::")
      defilada_pkg_config_modules(${link} names)
      list(JOIN names "," names)
      list(APPEND found "${link}=${names}")
    elseif(link MATCHES "::")
      list(APPEND found "${link}")
    endif()
  endforeach()
  list(JOIN depends " " depends)
  list(JOIN found " " found)
  string(APPEND graph "set(defilada_${module}_depends ${depends})\n"
    "set(defilada_${module}_links ${found})\n")

  install(TARGETS ${target} EXPORT defilada-${module}
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT defilada-${module} NAMESPACE defilada:: DESTINATION "${package_dir}"
    FILE defilada-${module}.cmake)
endforeach()

set(DEFILADA_GRAPH "${graph}")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/defiladaConfig.cmake.in"
  "${CMAKE_BINARY_DIR}/defiladaConfig.cmake" INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/defiladaConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/defiladaConfig.cmake"
  "${CMAKE_BINARY_DIR}/defiladaConfigVersion.cmake" DESTINATION "${package_dir}")
