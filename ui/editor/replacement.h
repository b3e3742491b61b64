// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tutti::ui {

/// `removed` units at `position` of the old text give way to `inserted`. Several of them are
/// always left to right and apart from each other, all in positions before anything is done.
struct Replacement
{
    int position = 0;
    int removed = 0;
    QString inserted;

    bool operator==(const Replacement&) const = default;
};

} // namespace tutti::ui
