import './plan-view.css'
import { Button, Checkbox } from '@mantine/core'
import {
  IconArchive,
  IconBinaryTree,
  IconBrandOauth,
  IconCertificate,
  IconCode,
  IconKey,
  IconMail,
  IconPalette,
  IconPuzzle,
  IconSettings,
  IconUser,
  IconVariable,
  type TablerIcon,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { PlanItem } from '../../../api/journey-exchange.ts'
import { isWritten, type PlanRow } from './plan-rows.ts'

const kinds: Readonly<Record<string, { title: string; Icon: TablerIcon }>> = {
  journey: { title: 'Journey', Icon: IconBinaryTree },
  script: { title: 'Script', Icon: IconCode },
  customNodeType: { title: 'Custom node, for all realms', Icon: IconPuzzle },
  emailTemplate: { title: 'Email template', Icon: IconMail },
  theme: { title: 'Theme', Icon: IconPalette },
  socialIdentityProvider: { title: 'Identity provider', Icon: IconBrandOauth },
  saml2Entity: { title: 'SAML entity', Icon: IconCertificate },
  circleOfTrust: { title: 'Circle of trust', Icon: IconCertificate },
  realmSetting: { title: 'Setting of the realm', Icon: IconSettings },
  oauthClient: { title: 'OAuth2 client', Icon: IconKey },
  person: { title: 'Person', Icon: IconUser },
  variable: { title: 'Variable', Icon: IconVariable },
  keptDocument: { title: 'Kept for exports', Icon: IconArchive },
}

const words: Readonly<Record<PlanItem['status'], string>> = {
  new: 'New',
  changed: 'Replaces yours',
  kept: 'Differs, kept as is',
  identical: 'Identical',
  left: 'Left out',
}
const tones: Readonly<Record<PlanItem['status'], string>> = {
  new: 'accent',
  changed: 'warn',
  kept: 'idle',
  identical: 'idle',
  left: 'idle',
}

/** Up to this many identical items are listed individually. */
const fewIdentical = 4

/** Plans with more items, such as those of a whole tenant, are grouped by kind. */
const longPlan = 40

type Props = {
  rows: readonly PlanRow[]
  /** Takes items or leaves them. Without it, the plan has no choices. */
  onTake?: ((rows: readonly PlanRow[], take: boolean) => void) | undefined
}

/** The items that the import writes or leaves unchanged. */
export function PlanView({ rows, onTake }: Props) {
  if (rows.length > longPlan) return <GroupedPlan rows={rows} onTake={onTake} />
  const identical = rows.filter(({ status }) => status === 'identical')
  const isShort = identical.length <= fewIdentical
  const listed = isShort ? rows : rows.filter(({ status }) => status !== 'identical')
  return (
    <div className="plan">
      {listed.length > 0 && <Rows rows={listed} label="Changes" onTake={onTake} />}
      {!isShort && (
        <details>
          <summary>
            {listed.length > 0 ? 'And ' : ''}
            {identical.length} identical items
          </summary>
          <Rows rows={identical} label="Identical" />
        </details>
      )}
    </div>
  )
}

/** Kinds whose changes can open a realm, so that a long plan hides none. */
const opening: ReadonlySet<string> = new Set(['realmSetting', 'oauthClient'])

/** The kinds of a long plan with their counts; each can be unfolded. */
function GroupedPlan({ rows, onTake }: Props) {
  return (
    <div className="plan">
      {[...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, group]) => (
        <Group key={kind} kind={kind} rows={group} onTake={onTake} />
      ))}
    </div>
  )
}

/** The rows of a folded group aren't drawn: a plan can have thousands. */
function Group({ kind, rows, onTake }: Props & { kind: string }) {
  const [isOpen, setOpen] = useState(opening.has(kind) && rows.some(({ status }) => status !== 'identical'))
  const title = kinds[kind]?.title ?? kind
  const choosable = rows.filter(({ status }) => status !== 'identical')
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {title}: {countsOf(rows)}
      </summary>
      {isOpen && onTake !== undefined && choosable.length > 1 && (
        <div className="flex gap-2 take-all">
          <Button size="compact-xs" variant="default" onClick={() => onTake(choosable, true)}>
            Import all
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => onTake(choosable, false)}>
            Import none
          </Button>
        </div>
      )}
      {isOpen && <Rows rows={rows} label={title} onTake={onTake} />}
    </details>
  )
}

const countWords: readonly (readonly [PlanItem['status'], string])[] = [
  ['new', 'new'],
  ['changed', 'replaced'],
  ['kept', 'kept as is'],
  ['left', 'left out'],
  ['identical', 'identical'],
]

function countsOf(rows: readonly PlanRow[]): string {
  return countWords
    .map(([status, word]) => [rows.filter((row) => row.status === status).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
}

function Rows({ rows, label, onTake }: Props & { label: string }) {
  return (
    <ul aria-label={label} className={onTake && 'choosable'}>
      {rows.map((row) => {
        const { kind, id, name, status, nodes, changes = [] } = row
        const { title, Icon } = kinds[kind] ?? { title: kind, Icon: IconVariable }
        return (
          <li className="stack align-center" key={`${kind} ${id}`}>
            {onTake !== undefined && (
              <Checkbox
                size="xs"
                aria-label={`Import ${name}`}
                disabled={status === 'identical'}
                checked={isWritten(row)}
                onChange={({ currentTarget }) => onTake([row], currentTarget.checked)}
              />
            )}
            <Icon size={18} stroke={1.75} aria-hidden />
            <span>
              <b className="medium breaks">
                <bdi>{name}</bdi>
              </b>
              <small className="fine block breaks">
                {title}
                {nodes !== undefined && (
                  <NodesOf hasNames={status !== 'new' && changes.length === 0} {...nodes} />
                )}
              </small>
            </span>
            <span className={`chip nowrap ${tones[status]}`}>{words[status]}</span>
            <ChangesOf name={name} changes={changes} />
          </li>
        )
      })}
    </ul>
  )
}

/** Up to this many changes of an item are shown; more can be unfolded. */
const fewChanges = 5

function ChangesOf({ name, changes }: { name: string; changes: readonly string[] }) {
  if (changes.length === 0) return null
  const more = changes.slice(fewChanges)
  return (
    <div className="changes fine breaks">
      <ChangeList label={`Differences of ${name}`} changes={changes.slice(0, fewChanges)} />
      {more.length > 0 && (
        <details>
          <summary>{more.length} more</summary>
          <ChangeList label={`More differences of ${name}`} changes={more} />
        </details>
      )}
    </div>
  )
}

function ChangeList({ label, changes }: { label: string; changes: readonly string[] }) {
  return (
    <ul aria-label={label}>
      {changes.map((words, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words may repeat, and the list does not change
        <li key={at}>
          <bdi>{words}</bdi>
        </li>
      ))}
    </ul>
  )
}

/** Up to this many differing nodes are named. */
const fewNodes = 4

function NodesOf({ hasNames, count, differing }: { hasNames: boolean } & NonNullable<PlanRow['nodes']>) {
  const total = `, ${count} ${count === 1 ? 'node' : 'nodes'}`
  if (!hasNames || differing.length === 0) return total
  const shown = differing.slice(0, fewNodes)
  return (
    <>
      {total}, {differing.length === 1 ? '1 differs: ' : `${differing.length} differ: `}
      {shown.map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list does not change
        <span key={at}>
          {at > 0 && ', '}
          <bdi>{name}</bdi>
        </span>
      ))}
      {differing.length > shown.length && ' …'}
    </>
  )
}
