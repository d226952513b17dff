import './conflict-sheet.css'
import { Button, Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ChangedThing, lastChange } from '../../api/last-change.ts'
import { relativeTime } from '../components/relative-time.ts'
import { Sheet } from '../components/sheet.tsx'
import {
  type Change,
  type Conflict,
  changesBetween,
  conflictsOf,
  mergeEdits,
  type Path,
  pathKey,
  type Side,
} from './changes.ts'
import type { Draft, StoredDocument } from './use-draft.ts'
import { formatValue } from './value-in-words.ts'

type Props = {
  draft: Draft
  theirs: StoredDocument
  realm: string
  /** What it is that both changed, for the audit trail. */
  changed: ChangedThing
  /** What people call a place in the document. */
  titleOf(path: Path): string
}

/** Somebody else saved first: what each changed, and what is kept. Nothing is overwritten in silence. */
export function ConflictSheet({ draft, theirs, realm, changed, titleOf }: Props) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map())
  const last = useQuery({
    queryKey: ['last-change', realm, changed, theirs.revision],
    queryFn: () => lastChange(realm, changed).then((found) => found ?? null),
    retry: false,
  }).data
  const edited = { base: draft.base.document, mine: draft.document, theirs: theirs.document }
  const conflicts = conflictsOf(edited)
  const who = last?.by ?? 'Somebody else'
  const isDecided = conflicts.every(({ path }) => choices.has(pathKey(path)))
  return (
    <Sheet title={<bdi>{`${who} saved first`}</bdi>} size="lg" onClose={draft.dismiss}>
      <p className="conflict-when">
        {last != null && `${relativeTime(last.at)}. `}Your changes are safe in this window.
      </p>
      <div className="conflict-sides">
        <Changes
          title={`${who} changed`}
          changes={changesBetween(edited.base, edited.theirs)}
          titleOf={titleOf}
        />
        <Changes title="You changed" changes={draft.changes} titleOf={titleOf} />
      </div>
      {conflicts.length === 0 ? (
        <p>The changes do not touch the same fields. Both can be kept.</p>
      ) : (
        <Choices
          conflicts={conflicts}
          choices={choices}
          by={last?.by}
          titleOf={titleOf}
          onChoose={(key, side) => setChoices(new Map([...choices, [key, side]]))}
        />
      )}
      <div className="sheet-acts">
        <Button variant="default" onClick={draft.dismiss}>
          Not now
        </Button>
        <Button disabled={!isDecided} onClick={() => draft.resolve(theirs, mergeEdits(edited, choices))}>
          {conflicts.length === 0 ? 'Keep both' : 'Keep what is chosen'}
        </Button>
      </div>
    </Sheet>
  )
}

type ChoicesProps = {
  conflicts: readonly Conflict[]
  choices: ReadonlyMap<string, Side>
  /** Who saved first, if that is known. */
  by: string | undefined
  titleOf(path: Path): string
  onChoose(key: string, side: Side): void
}

function Choices({ conflicts, choices, by = 'they', titleOf, onChoose }: ChoicesProps) {
  return (
    <div className="conflict-choices">
      <p>You both changed these. Whose shall count?</p>
      {conflicts.map(({ path, mine, theirs }) => (
        <Radio.Group
          key={pathKey(path)}
          label={<bdi>{titleOf(path)}</bdi>}
          value={choices.get(pathKey(path)) ?? null}
          onChange={(side) => onChoose(pathKey(path), side === 'theirs' ? 'theirs' : 'mine')}
        >
          <div className="conflict-sides">
            <Radio value="theirs" label={<bdi>{`${formatValue(theirs)}, as ${by} saved it`}</bdi>} />
            <Radio value="mine" label={<bdi>{`${formatValue(mine)}, as I have it`}</bdi>} />
          </div>
        </Radio.Group>
      ))}
    </div>
  )
}

type ChangesProps = { title: string; changes: readonly Change[]; titleOf(path: Path): string }

function Changes({ title, changes, titleOf }: ChangesProps) {
  return (
    <section>
      <h3>
        <bdi>{title}</bdi>
      </h3>
      <ul>
        {changes.map(({ path, was, is }) => (
          <li key={pathKey(path)}>
            <bdi>{`${titleOf(path)}: ${formatValue(was)} to ${formatValue(is)}`}</bdi>
          </li>
        ))}
        {changes.length === 0 && <li>Nothing that can be seen</li>}
      </ul>
    </section>
  )
}
