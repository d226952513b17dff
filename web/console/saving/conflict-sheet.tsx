import type { Json } from '../../api/json.ts'
import './conflict-sheet.css'
import { Button, Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AuditedObject, lastChange } from '../../api/last-change.ts'
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

type Props = {
  draft: Draft
  theirs: StoredDocument
  realm: string
  /** The edited object, as the audit trail names it. */
  changed: AuditedObject
  /** Display name of a path in the document. */
  titleOf(path: Path): string
}

/** Shown when another person saved first: lists both sides' changes and asks which to keep. */
export function ConflictSheet({ draft, theirs, realm, changed, titleOf }: Props) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map())
  const last = useQuery({
    queryKey: ['last-change', realm, changed, theirs.revision],
    queryFn: () => lastChange(realm, changed).then((found) => found ?? null),
    retry: false,
  }).data
  const versions = { base: draft.base.document, mine: draft.document, theirs: theirs.document }
  const conflicts = conflictsOf(versions)
  const who = last?.by ?? 'Someone else'
  const isDecided = conflicts.every(({ path }) => choices.has(pathKey(path)))
  return (
    <Sheet title={<bdi>{`${who} saved first`}</bdi>} size="lg" onClose={draft.dismiss}>
      <p className="conflict-when">
        {last != null && `${relativeTime(last.at)}. `}Your changes are safe in this window.
      </p>
      <div className="conflict-sides">
        <Changes
          title={`${who} changed`}
          changes={changesBetween(versions.base, versions.theirs)}
          titleOf={titleOf}
        />
        <Changes title="You changed" changes={draft.changes} titleOf={titleOf} />
      </div>
      {conflicts.length === 0 ? (
        <p>You changed different fields, so both changes can be kept.</p>
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
        <Button disabled={!isDecided} onClick={() => draft.resolve(theirs, mergeEdits(versions, choices))}>
          {conflicts.length === 0 ? 'Keep both' : 'Save'}
        </Button>
      </div>
    </Sheet>
  )
}

type ChoicesProps = {
  conflicts: readonly Conflict[]
  choices: ReadonlyMap<string, Side>
  /** The person who saved first, if known. */
  by: string | undefined
  titleOf(path: Path): string
  onChoose(key: string, side: Side): void
}

function Choices({ conflicts, choices, by = 'Theirs', titleOf, onChoose }: ChoicesProps) {
  return (
    <div className="conflict-choices">
      <p>Both of you changed this. Which one should we keep?</p>
      {conflicts.map(({ path, mine, theirs }) => (
        <Radio.Group
          key={pathKey(path)}
          label={<bdi>{titleOf(path)}</bdi>}
          value={choices.get(pathKey(path)) ?? null}
          onChange={(side) => onChoose(pathKey(path), side === 'theirs' ? 'theirs' : 'mine')}
        >
          <div className="conflict-sides">
            <Radio value="theirs" label={<bdi>{`${by}: ${formatValue(theirs)}`}</bdi>} />
            <Radio value="mine" label={<bdi>{`Mine: ${formatValue(mine)}`}</bdi>} />
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
        {changes.map(({ path, before, after }) => (
          <li key={pathKey(path)}>
            <bdi>{`${titleOf(path)}: ${formatValue(before)} to ${formatValue(after)}`}</bdi>
          </li>
        ))}
        {changes.length === 0 && <li>No visible changes</li>}
      </ul>
    </section>
  )
}

const maxValueLength = 60

/** A value on one line, for lists of changes. */
function formatValue(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    return value.length === 0 ? 'none' : shortened(value.join(', '))
  }
  return shortened(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function shortened(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')]
  return characters.length > maxValueLength
    ? `${characters.slice(0, maxValueLength - 1).join('')}…`
    : characters.join('')
}
