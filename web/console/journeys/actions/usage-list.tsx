import { IconBinaryTree, IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Usage } from '../../../api/journeys.ts'

/** Whether something stops working without the journey. A Configuration Provider may choose any, and rarely this one. */
export function isBlocking({ kind }: Usage): boolean {
  return kind !== 'configProvider'
}

/** What uses a journey: nodes of others with a way there, and settings of the realm. */
export function UsageList({ realm, usages }: { realm: string; usages: readonly Usage[] }) {
  if (usages.length === 0) return null
  return (
    <ul className="usages">
      {usages.map((usage, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a usage has no name of its own, and the list does not change
        <li key={at}>
          <UsageLine realm={realm} usage={usage} />
        </li>
      ))}
    </ul>
  )
}

function UsageLine({ realm, usage }: { realm: string; usage: Usage }) {
  const { journey, displayName, name } = usage
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
            {isBlocking(usage) ? '' : ' may choose it while it runs'}
          </>
        }
      />
      <Link to="/journeys/$name" params={{ name: journey }} search={{ realm }}>
        Open<span className="spoken"> {journey}</span>
      </Link>
    </>
  )
}

function whatSets({ kind }: Usage, realm: string): string {
  if (kind === 'deskCheck') return 'A check of the help desk'
  if (kind !== 'defaultJourney') return 'A setting of this realm'
  return realm === '/'
    ? 'Sign-in of administrators, to this console too: it is the default of the root realm'
    : 'Sign-in where no journey is named: it is the default of this realm'
}

function Words({ what, detail }: { what: ReactNode; detail: ReactNode }) {
  return (
    <span>
      <b>{what}</b>
      {detail !== undefined && <small>{detail}</small>}
    </span>
  )
}
