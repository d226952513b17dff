import { timeLeft } from '../../check-model/times.ts'
import { Translated } from '../../translate/translated.tsx'

/** The time left, larger than the words around it. */
export function WallTimeLeft({ expiresAt, now }: { expiresAt: number; now: number }) {
  return (
    <span className="left regular muted">
      <Translated
        text="{time} left"
        values={{ time: <b className="medium inked">{timeLeft(expiresAt, now)}</b> }}
      />
    </span>
  )
}
