import { IconBinaryTree, IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Usage } from '../../../api/journeys.ts'

/**
 * Whether something stops working without the journey. Configuration providers choose theirs at run time, so
 * they don't count.
 */
export function isBlocking({ kind }: Usage): boolean {
  return kind !== 'configProvider'
}

/** Nodes of other journeys and realm settings that use a journey. */
export function UsageList({ realm, usages }: { realm: string; usages: readonly Usage[] }) {
  if (usages.length === 0) return null
  return (
    <ul className="usages">
      {usages.map((usage, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: usages have no id, and the list does not change
        <li className="stack align-center gap-3 text-note" key={at}>
          <UsageLine realm={realm} usage={usage} />
        </li>
      ))}
    </ul>
  )
}

function UsageLine({ realm, usage }: { realm: string; usage: Usage }) {
  const { journey, nodeId, displayName, name } = usage
  if (journey === undefined) {
    return (
      <>
        <IconSettings size={18} stroke={1.75} aria-hidden />
        <Words what={whatSets(usage, realm)} detail={name && <bdi>“{name}”</bdi>} />
      </>
    )
  }
  return (
    <>
      <IconBinaryTree size={18} stroke={1.75} aria-hidden />
      <Words
        what={<bdi>{journey}</bdi>}
        detail={
          <>
            node <bdi>“{displayName}”</bdi>
            {isBlocking(usage) ? '' : ' can choose this journey at run time'}
          </>
        }
      />
      <Link to="/journeys/$name" params={{ name: journey }} search={{ realm, node: nodeId }}>
        Open<span className="spoken"> {journey}</span>
      </Link>
    </>
  )
}

function whatSets({ kind }: Usage, realm: string): string {
  if (kind === 'deskCheck') return 'A help desk check'
  if (kind !== 'defaultJourney') return 'A setting of this realm'
  return realm === '/'
    ? 'Administrators’ sign-in, including to this console (default of the root realm)'
    : 'Sign-in links that don’t name a journey (default of this realm)'
}

function Words({ what, detail }: { what: ReactNode; detail: ReactNode }) {
  return (
    <span>
      <b className="medium breaks">{what}</b>
      {detail !== undefined && <small className="fine block">{detail}</small>}
    </span>
  )
}
