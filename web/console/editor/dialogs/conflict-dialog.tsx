import './conflict-dialog.css'
import { Button, Radio } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { StoredJourney } from '../../../api/journey-document.ts'
import { relativeTime } from '../../components/relative-time.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { type Difference, differencesOf } from '../model/differences.ts'
import { type Conflict, merge, type Side } from '../model/merge.ts'
import { saveNow } from '../saving/save-now.ts'
import { draftOf } from '../store/editor-state.ts'
import { EditorSheet } from './editor-sheet.tsx'
import { SaveAsCopy } from './save-as-copy.tsx'

/**
 * Another administrator saved first. Shows the changes of both sides, and asks which to keep where they
 * conflict.
 */
export function ConflictDialog({ theirs }: { theirs: StoredJourney }) {
  const store = useEditorStore()
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map())
  const { conflicts, mine, others } = useSides(theirs)
  const who = theirs.savedBy ?? 'Another administrator'
  const isDecided = conflicts.every(({ key }) => choices.has(key))
  const keep = async () => {
    const { closeDialog, applyMerge } = store.getState()
    closeDialog()
    applyMerge(theirs, choices)
    await saveNow(store)
  }
  return (
    <EditorSheet title={<bdi>{`${who} saved this journey first`}</bdi>} size="lg">
      <p className="when">
        Version {theirs.saves}
        {theirs.savedAt !== null && `, ${relativeTime(theirs.savedAt)}`}. Your changes are safe in this
        window.
      </p>
      <div className="sides">
        <Changes title={`${who} changed`} changes={others} />
        <Changes title="You changed" changes={mine} />
      </div>
      {conflicts.length === 0 ? (
        <p className="notice accent">
          <IconCheck size={16} stroke={2} aria-hidden />
          You changed different nodes, so both versions can be kept.
        </p>
      ) : (
        <div className="choices">
          <p>Both of you changed this. Which one should we keep?</p>
          {conflicts.map((conflict) => (
            <Choice
              key={conflict.key}
              conflict={conflict}
              theirs={theirs}
              chosen={choices.get(conflict.key)}
              onChoose={(side) => setChoices(new Map([...choices, [conflict.key, side]]))}
            />
          ))}
        </div>
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

function useSides(theirs: StoredJourney) {
  const draft = useDraft()
  const base = useEditor(({ saved }) => saved.draft)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  return useMemo(() => {
    const other = draftOf(theirs)
    return {
      conflicts: merge(base, draft, other).conflicts,
      mine: differencesOf(base, draft, catalogue.describeSetting),
      others: differencesOf(base, other, catalogue.describeSetting),
    }
  }, [base, draft, theirs, catalogue])
}

function Changes({ title, changes }: { title: string; changes: readonly Difference[] }) {
  return (
    <section>
      <h3>
        <bdi>{title}</bdi>
      </h3>
      <ul>
        {changes.map(({ text }) => (
          <li key={text}>
            <bdi>{text}</bdi>
          </li>
        ))}
        {changes.length === 0 && <li>No visible changes</li>}
      </ul>
    </section>
  )
}

type ChoiceProps = {
  conflict: Conflict
  theirs: StoredJourney
  chosen: Side | undefined
  onChoose(side: Side): void
}

function Choice({ conflict, theirs, chosen, onChoose }: ChoiceProps) {
  const draft = useDraft()
  const { nodeId, member } = conflict
  const node = nodeId === undefined ? undefined : (draft.tree.nodes[nodeId] ?? theirs.tree.nodes[nodeId])
  const name = node === undefined ? `Journey: ${member}` : node.displayName || node.nodeType
  return (
    <Radio.Group
      label={<bdi>{name}</bdi>}
      value={chosen ?? null}
      onChange={(side) => onChoose(side === 'theirs' ? 'theirs' : 'mine')}
    >
      <div className="sides">
        <Radio value="theirs" label="Theirs" />
        <Radio value="mine" label="Mine" />
      </div>
    </Radio.Group>
  )
}
