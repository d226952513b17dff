import './journey-table.css'
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react'
import type { JourneyRow as Row } from '../../../api/journeys.ts'
import { ColumnHeads } from '../../components/column-heads.tsx'
import { useSignedInUser } from '../../components/use-signed-in-user.ts'
import type { ActionHandlers } from '../actions/journey-action.ts'
import { JourneyRow } from './journey-row.tsx'

type Props = {
  rows: readonly Row[]
  realm: string
  handlers: ActionHandlers
  picked: ReadonlySet<string>
  onPick(change: (picked: ReadonlySet<string>) => ReadonlySet<string>): void
}

/** Journeys in rows, or as cards on phones. Arrow keys move from journey to journey. */
export function JourneyTable({ rows, realm, handlers, picked, onPick }: Props) {
  const me = useSignedInUser()?.id
  const pick = useCallback(
    (name: string, isPicked: boolean) =>
      onPick((old) => {
        const next = new Set(old)
        if (isPicked) next.add(name)
        else next.delete(name)
        return next
      }),
    [onPick],
  )
  const body = useRowFocus(rows)
  const isAll = rows.every(({ _id }) => picked.has(_id))
  return (
    <table className="journeys panel full-width text-note">
      <Head isAll={isAll} onAll={() => onPick(() => new Set(isAll ? [] : rows.map(({ _id }) => _id)))} />
      <tbody ref={body} onKeyDown={focusNextRow}>
        {rows.map((row) => (
          <JourneyRow
            key={row._id}
            row={row}
            realm={realm}
            isMine={row.savedById !== null && row.savedById === me}
            isPicked={picked.has(row._id)}
            handlers={handlers}
            onPick={pick}
          />
        ))}
      </tbody>
    </table>
  )
}

const columns = ['Thumbnail', 'Journey', 'Categories', 'State', 'Findings', 'Last saved', 'More']

function Head({ isAll, onAll }: { isAll: boolean; onAll(): void }) {
  return (
    <ColumnHeads
      titles={columns}
      spoken={['Thumbnail', 'More']}
      first={<input type="checkbox" aria-label="Select all" checked={isAll} onChange={onAll} />}
    />
  )
}

const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 }

function focusNextRow(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key]
  if (step === undefined || !(event.target instanceof HTMLAnchorElement)) return
  const links = linksIn(event.currentTarget)
  const next = links[links.indexOf(event.target) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

/**
 * When a focused row disappears, moves the focus to the row before it.
 * @returns the ref of the table body.
 */
function useRowFocus(rows: readonly unknown[]) {
  const body = useRef<HTMLTableSectionElement>(null)
  const last = useRef<number>(undefined)
  useEffect(() => {
    const remember = () => {
      const at = [...(body.current?.rows ?? [])].findIndex((row) => row.contains(document.activeElement))
      // `activeElement` is the body after the focused element was removed.
      if (document.activeElement !== document.body) last.current = at === -1 ? undefined : at
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows disappear when the list changes
  useEffect(() => {
    if (last.current === undefined || document.activeElement !== document.body) return
    linksIn(body.current)[Math.max(0, last.current - 1)]?.focus()
  }, [rows])
  return body
}

function linksIn(body: HTMLElement | null): HTMLElement[] {
  return [...(body?.querySelectorAll<HTMLElement>('.what a') ?? [])]
}
