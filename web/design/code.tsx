import './code.css'
import { groupsOf, spelled } from './read-aloud.ts'

/** A code that is read aloud, large, in groups. A screen reader spells it. */
export function Code({ code, isSpent = false }: { code: string; isSpent?: boolean }) {
  return (
    <p className={isSpent ? 'big-code spent' : 'big-code'}>
      <span aria-hidden="true">
        {groupsOf(code).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one code never move, and two may be equal
          <span key={index} className="group">
            {group}
          </span>
        ))}
      </span>
      <span className="spoken">{spelled(code)}</span>
    </p>
  )
}
