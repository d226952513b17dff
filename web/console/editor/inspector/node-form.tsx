import { TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { SettingField } from '../../form/fields/setting-field.tsx'
import { FormContext } from '../../form/form-context.tsx'
import { AboutType } from '../../node-types/about-type.tsx'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { changeSetting, rename } from '../model/change-settings.ts'
import { nodeOf, settingsOf, versionOf } from '../model/draft.ts'
import { settingsInOrder } from '../model/node-type-catalogue.ts'
import type { CanvasNodeView, NodeView } from '../model/node-views.ts'
import { childOf } from '../model/page-children.ts'
import { writtenKeys } from '../model/state-keys.ts'
import { NodeNotices } from './node-notices.tsx'
import { Notice } from './notice.tsx'
import { OutcomesForm } from './outcomes-form.tsx'
import { PageList } from './page-list.tsx'
import { useStateKeys } from './use-state-keys.ts'

/** A form generated from the settings of the node's type. */
export function NodeForm({ nodeView }: { nodeView: NodeView | CanvasNodeView }) {
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  return (
    <fieldset className="form" disabled={isReadOnly}>
      <NodeNotices nodeView={nodeView} />
      <AboutNode nodeView={nodeView} />
      <NameField nodeView={nodeView} />
      {'children' in nodeView && nodeView.children !== undefined && (
        <PageList page={nodeView} childViews={nodeView.children} />
      )}
      <FormContext value={useSurroundings()}>
        <SettingFields nodeView={nodeView} />
      </FormContext>
      {'outcomes' in nodeView && <OutcomesForm nodeView={nodeView} />}
    </fieldset>
  )
}

/** What the palette's card says, folded. */
function AboutNode({ nodeView }: { nodeView: NodeView }) {
  const realm = useEditor(({ realm }) => realm)
  const draft = useDraft()
  const { id } = nodeView
  const version = versionOf(settingsOf(draft, id), nodeOf(draft, id) ?? childOf(draft, id))
  const type = useEditor(({ catalogue }) => catalogue.find(nodeView.type, version))
  if (type === undefined || !type.isSupported) return null
  return (
    <details className="about-node">
      <summary className="note">About this node</summary>
      <AboutType realm={realm} type={type} />
    </details>
  )
}

function useSurroundings() {
  const realm = useEditor(({ realm }) => realm)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const stateKeys = useStateKeys()
  return useMemo(
    () => ({
      realm,
      stateKeys: writtenKeys(stateKeys),
      nodeTypes: catalogue.newest,
      offersDrafts: true,
    }),
    [realm, stateKeys, catalogue],
  )
}

function NameField({ nodeView }: { nodeView: NodeView }) {
  const store = useEditorStore()
  const draft = useDraft()
  const { id } = nodeView
  const value = nodeOf(draft, id)?.displayName ?? childOf(draft, id)?.displayName ?? ''
  return (
    <TextInput
      label="Name"
      dir="auto"
      value={value}
      onBlur={() => store.getState().endGesture()}
      onChange={({ currentTarget: { value: name } }) =>
        store.getState().change({
          label: 'Rename',
          gesture: `name ${id}`,
          apply: (draft) => rename(draft, id, name),
        })
      }
    />
  )
}

function SettingFields({ nodeView }: { nodeView: NodeView }) {
  const store = useEditorStore()
  const draft = useDraft()
  const { id, type } = nodeView
  const settings = settingsOf(draft, id)
  const version = versionOf(settings, nodeOf(draft, id) ?? childOf(draft, id))
  const nodeType = useEditor(({ catalogue }) => catalogue.find(type, version))
  const problems = useEditor(({ saveState }) =>
    saveState.kind === 'refused' ? saveState.problems : undefined,
  )
  if (nodeType === undefined || !nodeType.isSupported) return <Unsupported id={id} type={type} />
  const fields = settingsInOrder(nodeType).map(([name, setting]) => (
    <SettingField
      key={name}
      name={name}
      setting={setting}
      value={settings?.[name]}
      isRequired={nodeType.settings?.required.includes(name) ?? false}
      error={problems?.find(({ nodeId, attribute }) => nodeId === id && attribute === name)?.message}
      onDone={() => store.getState().endGesture()}
      onChange={(value) => {
        store.getState().dropProblems(id, name)
        store.getState().change({
          label: `Change ${setting.title || name}`,
          gesture: `setting ${id} ${name}`,
          apply: (draft) => changeSetting(draft, id, name, value),
        })
      }}
    />
  ))
  return nodeType.standIn === undefined ? (
    fields
  ) : (
    <>
      <StandInNote type={type} why={nodeType.standIn} />
      {fields}
    </>
  )
}

/** Where to decide what the node does. Authors of journeys can't. */
function StandInNote({ type, why }: { type: string; why: string }) {
  const realm = useEditor(({ realm }) => realm)
  return (
    <Notice tone="warn" role="note" title="Stand-in: checks nothing">
      <p>
        Nodes of type <code>{type}</code> can’t run here. {why} They do what an administrator declared in{' '}
        <Link to="/realm" search={{ realm }} hash="stand-ins">
          the realm’s settings
        </Link>
        . Without a declaration, the journey ends in failure. The settings below are kept and have no effect.
      </p>
    </Notice>
  )
}

/** Unsupported nodes keep their settings but can't run. */
function Unsupported({ id, type }: { id: string; type: string }) {
  const draft = useDraft()
  return (
    <Notice tone="warn" role="note" title="Not supported here">
      <p>
        Nodes of type <code>{type}</code> can’t run on this server. Their settings are kept unchanged.
      </p>
      <pre className="json code text-small breaks" dir="ltr">
        {JSON.stringify(settingsOf(draft, id) ?? {}, null, 2)}
      </pre>
    </Notice>
  )
}
