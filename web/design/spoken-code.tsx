import './spoken-code.css'
import { groupCode, spellOut } from './read-aloud.ts'

/** A code that the agent or the caller reads aloud. Screen readers spell it out. */
export function SpokenCode({ code, isSpent = false }: { code: string; isSpent?: boolean }) {
  return (
    <p className={isSpent ? 'big-code spent' : 'big-code'}>
      <span aria-hidden="true">
        {groupCode(code).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one code never move, and two may be equal
          <span key={index} className="group">
            {group}
          </span>
        ))}
      </span>
      <span className="spoken">{spellOut(code)}</span>
    </p>
  )
}
