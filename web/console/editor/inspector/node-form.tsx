import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { SettingField } from '../../form/fields/setting-field.tsx'
import { FormContext } from '../../form/form-context.tsx'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { changeSetting, rename } from '../model/change-settings.ts'
import { nodeOf, settingsOf, versionOf } from '../model/draft.ts'
import { settingsInOrder } from '../model/node-type-catalogue.ts'
import type { Face, NodeFace } from '../model/node-views.ts'
import { childOf } from '../model/page-children.ts'
import { stateKeysOf } from '../model/state-keys.ts'
import { NodeNotices } from './node-notices.tsx'
import { WaysOutForm } from './outcomes-form.tsx'
import { PageList } from './page-list.tsx'

/** The form of a node, made from the settings of its type. */
export function NodeForm({ face }: { face: Face | NodeFace }) {
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  return (
    <fieldset className="form" disabled={isReadOnly}>
      <NodeNotices face={face} />
      <NameField face={face} />
      {'children' in face && face.children !== undefined && <PageList page={face} kids={face.children} />}
      <FormContext value={useSurroundings()}>
        <SettingFields face={face} />
      </FormContext>
      {'ways' in face && <WaysOutForm face={face} />}
    </fieldset>
  )
}

function useSurroundings() {
  const realm = useEditor(({ realm }) => realm)
  const faces = useEditor(({ faces }) => faces)
  const book = useEditor(({ book }) => book)
  return useMemo(
    () => ({ realm, stateKeys: stateKeysOf(faces, book), nodeTypes: book.newest }),
    [realm, faces, book],
  )
}

function NameField({ face }: { face: Face }) {
  const store = useEditorStore()
  const draft = useDraft()
  const { id } = face
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
          make: (draft) => rename(draft, id, name),
        })
      }
    />
  )
}

function SettingFields({ face }: { face: Face }) {
  const store = useEditorStore()
  const draft = useDraft()
  const { id, type } = face
  const settings = settingsOf(draft, id)
  const version = versionOf(settings, nodeOf(draft, id) ?? childOf(draft, id))
  const nodeType = useEditor(({ book }) => book.named(type, version))
  const problems = useEditor(({ save }) => (save.kind === 'refused' ? save.problems : undefined))
  if (nodeType === undefined || !nodeType.isSupported) return <Unsupported id={id} type={type} />
  return settingsInOrder(nodeType).map(([name, setting]) => (
    <SettingField
      key={name}
      name={name}
      setting={setting}
      value={settings?.[name]}
      isRequired={nodeType.settings?.required.includes(name) ?? false}
      error={problems?.find(({ nodeId, attribute }) => nodeId === id && attribute === name)?.message}
      onDone={() => store.getState().endGesture()}
      onChange={(value) =>
        store.getState().change({
          label: `Change ${setting.title || name}`,
          gesture: `setting ${id} ${name}`,
          make: (draft) => changeSetting(draft, id, name, value),
        })
      }
    />
  ))
}

/** Kept as it is, and not run. */
function Unsupported({ id, type }: { id: string; type: string }) {
  const draft = useDraft()
  return (
    <div className="notice warn" role="note">
      <div>
        <strong>Not supported here</strong>
        <p>
          Nodes of type <code>{type}</code> do not run on this server. Its settings are kept as they are.
        </p>
        <pre className="json code" dir="ltr">
          {JSON.stringify(settingsOf(draft, id) ?? {}, null, 2)}
        </pre>
      </div>
    </div>
  )
}
