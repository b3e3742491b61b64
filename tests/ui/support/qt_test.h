// SPDX-License-Identifier: MIT
#pragma once

#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside; they expand in the tests, so it is the tests that
// would be warned about.
#pragma GCC diagnostic ignored "-Wconversion"
