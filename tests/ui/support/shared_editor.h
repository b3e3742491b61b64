// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "tests/ui/support/update_mesh.h"
#include "ui/editor/code_editor.h"

#include <memory>

namespace tutti::test {

/// What a test of an editor in a window works with that is bound to a text, "content", of which
/// another Doc, the peer's, has a copy. Updates travel when settle() says so.
class SharedEditor
{
protected:
    /// Everything new and shown; whether it is exposed yet is for the test to ask.
    void open()
    {
        m_mesh = std::make_unique<UpdateMesh>();
        m_doc = std::make_unique<crdt::Doc>();
        m_peer = std::make_unique<crdt::Doc>();
        m_mesh->add(*m_doc);
        m_mesh->add(*m_peer);
        m_editor = std::make_unique<ui::CodeEditor>();
        m_editor->resize(500, 300);
        m_editor->bind(*m_doc, m_doc->get<crdt::Text>("content"));
        m_editor->show();
        m_editor->setFocus();
    }

    void close()
    {
        m_editor.reset();
        m_mesh.reset();
        m_doc.reset();
        m_peer.reset();
    }

    /// Everybody has everything, and the editor shows it.
    void settle()
    {
        m_mesh->deliverAll();
        m_editor->binding()->flush();
        m_mesh->deliverAll();
    }

    std::unique_ptr<UpdateMesh> m_mesh;
    std::unique_ptr<crdt::Doc> m_doc;
    std::unique_ptr<crdt::Doc> m_peer;
    std::unique_ptr<ui::CodeEditor> m_editor;
};

} // namespace tutti::test
