import { Menu, Tabs } from '@mantine/core'
import { MoreMenu } from '../../components/icon-button.tsx'
import { CopyLinkItem } from '../copy-link-item.tsx'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { writeToClipboard } from '../keyboard/clipboard.ts'
import { settingsOf } from '../model/draft.ts'
import type { NodeView } from '../model/node-views.ts'
import { childOf } from '../model/page-children.ts'
import { NodeTile } from '../node-tile.tsx'
import { NodeForm } from './node-form.tsx'
import { PanelTitle } from './panel-title.tsx'
import { StatePanel } from './state-panel.tsx'
import { useNodeView } from './use-node-view.ts'

export function NodePanel({ id }: { id: string }) {
  const nodeView = useNodeView(id)
  if (nodeView === undefined) return null
  return (
    <>
      <NodeTitle nodeView={nodeView} />
      <Tabs defaultValue="settings" className="tabs" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="state">State</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings" className="body">
          <NodeForm nodeView={nodeView} />
        </Tabs.Panel>
        <Tabs.Panel value="state" className="body">
          <StatePanel nodeView={nodeView} />
        </Tabs.Panel>
        <Tabs.Panel value="json" className="body">
          <NodeJson id={id} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function NodeTitle({ nodeView }: { nodeView: NodeView }) {
  const { id, name, type, family } = nodeView
  const title = useEditor(({ catalogue }) => catalogue.find(type)?.title ?? type)
  const draft = useDraft()
  const page = childOf(draft, id)?.pageId
  const pageName = useEditor(({ nodeViews }) => (page === undefined ? undefined : nodeViews.get(page)?.name))
  return (
    <PanelTitle
      tile={<NodeTile type={type} family={family} />}
      title={<bdi>{name}</bdi>}
      menu={<NodeMenu id={id} isOnPage={page !== undefined} />}
    >
      {title}
      {pageName !== undefined && (
        <>
          {' on '}
          <bdi>{pageName}</bdi>
        </>
      )}
    </PanelTitle>
  )
}

function NodeMenu({ id, isOnPage }: { id: string; isOnPage: boolean }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const { duplicate, remove, removeFromPage } = store.getState()
  if (isReadOnly) return null
  return (
    <MoreMenu label="More for this node">
      <Menu.Item onClick={() => duplicate([id])}>Duplicate</Menu.Item>
      <Menu.Item onClick={() => writeToClipboard(store, [id])}>Copy</Menu.Item>
      <CopyLinkItem id={id} />
      {isOnPage && <Menu.Item onClick={() => removeFromPage(id)}>Move to canvas</Menu.Item>}
      <Menu.Item color="bad" onClick={() => remove([id])}>
        Delete node
      </Menu.Item>
    </MoreMenu>
  )
}

/** The node's document, with secrets masked. */
function NodeJson({ id }: { id: string }) {
  const draft = useDraft()
  const describe = useEditor(({ catalogue }) => catalogue.describeSetting)
  const nodeView = useNodeView(id)
  const shown = Object.fromEntries(
    Object.entries(settingsOf(draft, id) ?? {}).map(([name, value]) => [
      name,
      describe(nodeView?.type ?? '', name).isSecret ? '••••••' : value,
    ]),
  )
  return (
    <pre className="json code text-small breaks" dir="ltr">
      {JSON.stringify(shown, null, 2)}
    </pre>
  )
}
