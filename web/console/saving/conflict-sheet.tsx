import './conflict-sheet.css'
import { Button, Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isSameJson, type Json } from '../../api/json.ts'
import { type AuditedObject, type LastChange, lastChange } from '../../api/last-change.ts'
import type { VersionedThing } from '../../api/versions.ts'
import { relativeTime } from '../components/relative-time.ts'
import { Sheet } from '../components/sheet.tsx'
import { useIsPhone } from '../components/use-is-phone.ts'
import { LineDiff } from '../history/line-diff.tsx'
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
import { lineChanges } from './line-changes.ts'
import type { StoredDocument } from './stored-document.ts'
import type { Draft } from './use-draft.ts'

type Props = {
  draft: Pick<Draft, 'base' | 'document' | 'changes' | 'resolve' | 'dismiss'>
  theirs: StoredDocument
  realm: string
  /** The edited thing, as its history or else the audit trail names it. */
  changed: AuditedObject | VersionedThing
  /** Display name of a path in the document. */
  titleOf(path: Path): string
}

/** Shown when another person saved or restored first: lists both sides' changes and asks which to keep. */
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
  const merged = mergeEdits(versions, choices)
  const saveLabel = isDecided && isSameJson(merged, theirs.document) ? 'Discard mine' : 'Save'
  const others = changesBetween(versions.base, versions.theirs)
  const isPhone = useIsPhone()
  const isLong = [...others, ...draft.changes].some(({ before, after }) => lineChanges(before, after))
  return (
    <Sheet
      title={<bdi>{last?.isRestore ? `${who} restored an earlier version` : `${who} saved first`}</bdi>}
      size={isLong && !isPhone ? 'min(1200px, calc(100vw - 48px))' : 'lg'}
      onClose={draft.dismiss}
    >
      <p className="below-4 muted">
        <bdi>{whenAndWhy(last)}</bdi>Your changes are safe in this window.
      </p>
      <div className="conflict-sides stack below-3 text-note breaks">
        <Changes title={`${who} changed`} changes={others} titleOf={titleOf} />
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
        <Button disabled={!isDecided} onClick={() => draft.resolve(theirs, merged)}>
          {conflicts.length === 0 ? 'Keep both' : saveLabel}
        </Button>
      </div>
    </Sheet>
  )
}

function whenAndWhy(last: LastChange | null | undefined): string {
  if (last == null) return ''
  const did = last.isRestore ? 'Restored' : 'Saved'
  const when = last.at === undefined ? '' : `${did} ${relativeTime(last.at)}. `
  return last.note === undefined ? when : `${when}Note: “${last.note}”. `
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
    <div className="stack gap-3">
      <p>Both of you changed this. Which one should we keep?</p>
      {conflicts.map(({ path, mine, theirs }) => (
        <Radio.Group
          key={pathKey(path)}
          label={<bdi>{titleOf(path)}</bdi>}
          value={choices.get(pathKey(path)) ?? null}
          onChange={(side) => onChoose(pathKey(path), side === 'theirs' ? 'theirs' : 'mine')}
        >
          <div className="conflict-sides stack below-3 text-note breaks">
            <Radio value="theirs" label={<bdi>{`${by}: ${shortValue(theirs)}`}</bdi>} />
            <Radio value="mine" label={<bdi>{`Mine: ${shortValue(mine)}`}</bdi>} />
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
      <h3 className="fine strong">
        <bdi>{title}</bdi>
      </h3>
      <ul>
        {changes.map(({ path, before, after }) => (
          <ChangeItem key={pathKey(path)} side={title} title={titleOf(path)} before={before} after={after} />
        ))}
        {changes.length === 0 && <li>No visible changes</li>}
      </ul>
    </section>
  )
}

type ChangeItemProps = Pick<Change, 'before' | 'after'> & { side: string; title: string }

function ChangeItem({ side, title, before, after }: ChangeItemProps) {
  const lines = lineChanges(before, after)
  if (lines !== undefined) {
    return (
      <li>
        <bdi>{title}</bdi>
        <LineDiff lines={lines} label={`${side}: ${title}`} />
      </li>
    )
  }
  return (
    <li>
      <bdi>{`${title}: ${formatValue(before)} to ${formatValue(after)}`}</bdi>
    </li>
  )
}

/** A long text by its number of lines, because the changes above show it. */
export function shortValue(value: Json | undefined): string {
  const lines = typeof value === 'string' ? value.trimEnd().split('\n').length : 1
  return lines > 1 ? `${lines} lines` : formatValue(value)
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
