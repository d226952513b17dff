import './conflict-dialog.css'
import { Button, Radio } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import * as z from 'zod/mini'
import type { JourneyParts } from '../../../api/journey-document.ts'
import { compareJourneys } from '../../../api/journey-drafts.ts'
import { isSameJson } from '../../../api/json.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { relativeTime } from '../../components/relative-time.ts'
import { shortValue } from '../../saving/conflict-sheet.tsx'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { isSameDraft } from '../model/draft-equality.ts'
import { merge, type Conflict as NodeConflict, type Side } from '../model/merge.ts'
import { askToPublish } from '../saving/publish-now.ts'
import { saveNow } from '../saving/save-now.ts'
import type { Conflict } from '../store/editor-state.ts'
import { EditorSheet } from './editor-sheet.tsx'
import { SaveAsCopy } from './save-as-copy.tsx'

/**
 * Another administrator saved or published first. Shows the changes of both sides, and asks which to keep where they
 * conflict.
 */
export function ConflictDialog({ conflict }: { conflict: Conflict }) {
  const store = useEditorStore()
  const [choices, setChoices] = useState<Choices>(new Map())
  const draft = useDraft()
  const { base, theirs, savedAt, isPublished, next } = conflict
  const did = next.revision === undefined || isPublished ? 'published' : 'saved'
  const conflicts = useMemo(() => merge(base, draft, theirs).conflicts, [base, draft, theirs])
  const who = conflict.savedBy ?? 'Another administrator'
  const isDecided = conflicts.every(({ key }) => choices.has(key))
  const keep = async () => {
    const { closeDialog, applyMerge } = store.getState()
    closeDialog()
    applyMerge(conflict, choices)
    await (isPublished ? askToPublish(store) : saveNow(store))
  }
  return (
    <EditorSheet title={<bdi>{`${who} ${did} this journey first`}</bdi>} size="lg">
      <p className="below-4 muted">
        {savedAt !== null && `${did === 'saved' ? 'Saved' : 'Published'} ${relativeTime(savedAt)}. `}Your
        changes are safe in this window.
      </p>
      <div className="sides stack gap-4 below-3 text-note breaks">
        <Changes title={`${who} changed`} before={base} after={theirs} />
        <Changes title="You changed" before={base} after={draft} />
      </div>
      {conflicts.length === 0 ? (
        <p className="notice callout flex align-start gap-2 text-note accent">
          <IconCheck size={16} stroke={2} aria-hidden />
          You changed different nodes, so both versions can be kept.
        </p>
      ) : (
        <Choices conflicts={conflicts} theirs={theirs} choices={choices} onChoose={setChoices} />
      )}
      <div className="sheet-acts">
        <SaveAsCopy />
        <Button variant="default" onClick={() => store.getState().closeDialog()}>
          Not now
        </Button>
        <Button onClick={keep} disabled={!isDecided}>
          {conflicts.length === 0 ? 'Keep both' : 'Save'}
        </Button>
      </div>
    </EditorSheet>
  )
}

type ChangesProps = { title: string; before: JourneyParts; after: JourneyParts }

/** The changes of one side, in the server's words. */
function Changes({ title, before, after }: ChangesProps) {
  const { realm, name } = useEditorStore().getState()
  const id = useId()
  const { data, error } = useQuery({
    queryKey: ['journey-differences', realm, name, id],
    queryFn: ({ signal }) => compareJourneys(realm, before, after, signal),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return (
    <section>
      <h3 className="fine strong">
        <bdi>{title}</bdi>
      </h3>
      {error !== null && <p>{errorMessage(error)}</p>}
      <ul>
        {data?.map((words) => (
          <li key={words}>
            <bdi>{words}</bdi>
          </li>
        ))}
        {data?.length === 0 && <li>{isSameDraft(before, after) ? 'Nothing' : 'Only positions of nodes'}</li>}
      </ul>
    </section>
  )
}

type Choices = ReadonlyMap<string, Side>

type ChoicesProps = {
  conflicts: readonly NodeConflict[]
  theirs: JourneyParts
  choices: Choices
  onChoose(choices: Choices): void
}

function Choices({ conflicts, theirs, choices, onChoose }: ChoicesProps) {
  return (
    <div className="stack gap-3">
      <p>Both of you changed this. Which one should we keep?</p>
      {conflicts.map((one) => (
        <Choice
          key={one.key}
          conflict={one}
          theirs={theirs}
          chosen={choices.get(one.key)}
          onChoose={(side) => onChoose(new Map([...choices, [one.key, side]]))}
        />
      ))}
    </div>
  )
}

type ChoiceProps = {
  conflict: NodeConflict
  theirs: JourneyParts
  chosen: Side | undefined
  onChoose(side: Side): void
}

function Choice({ conflict, theirs, chosen, onChoose }: ChoiceProps) {
  const draft = useDraft()
  const valuesOf = useValues(conflict)
  const { nodeId, member } = conflict
  const node = nodeId === undefined ? undefined : (draft.tree.nodes[nodeId] ?? theirs.tree.nodes[nodeId])
  const name = node === undefined ? `Journey: ${member}` : node.displayName || node.nodeType
  return (
    <Radio.Group
      label={<bdi>{name}</bdi>}
      value={chosen ?? null}
      onChange={(side) => onChoose(side === 'theirs' ? 'theirs' : 'mine')}
    >
      <div className="sides stack gap-4 below-3 text-note breaks">
        <Radio value="theirs" label={<bdi>{`Theirs: ${valuesOf(theirs, draft)}`}</bdi>} />
        <Radio value="mine" label={<bdi>{`Mine: ${valuesOf(draft, theirs)}`}</bdi>} />
      </div>
    </Radio.Group>
  )
}

/** The values in which one side of a conflict differs from the other. Connections and pages are named above. */
function useValues({ nodeId, member = '' }: NodeConflict) {
  const { describeSetting } = useEditor(({ catalogue }) => catalogue)
  return (side: JourneyParts, other: JourneyParts): string => {
    if (nodeId === undefined) return shortValue(z.parse(z.optional(z.json()), side.tree[member]))
    const node = side.tree.nodes[nodeId]
    if (node === undefined) return 'deleted'
    const [own = {}, others = {}] = [side.nodes[nodeId], other.nodes[nodeId]]
    const names = Object.keys({ ...others, ...own }).filter((name) => !name.startsWith('_'))
    const values = names.flatMap((name) => {
      if (isSameJson(own[name], others[name])) return []
      const { title, isSecret } = describeSetting(node.nodeType, name)
      return [isSecret ? title : `${title} ${shortValue(own[name])}`]
    })
    return values.length === 0 ? 'as listed above' : values.join(', ')
  }
}
