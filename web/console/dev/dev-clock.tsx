import { Button } from '@mantine/core'
import { passTime } from '../../api/dev.ts'
import { dateAndTime } from '../../check-model/times.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { useDevAction } from './use-dev-action.ts'

const steps = [
  { title: '+1 minute', minutes: 1 },
  { title: '+5 minutes', minutes: 5 },
  { title: '+1 hour', minutes: 60 },
  { title: '+1 day', minutes: 1440 },
]

/** The server's clock, which can skip time. */
export function DevClock({ now, aheadMs }: { now: number; aheadMs: number }) {
  const pass = useDevAction(passTime)
  return (
    <section aria-labelledby="dev-clock">
      <h2 className="heading-2" id="dev-clock">
        Clock
      </h2>
      <p>
        <time dateTime={new Date(now).toISOString()}>{dateAndTime(now)}</time>
        {aheadMs > 0 && (
          <span className="about note">, {minutesText(aheadMs / 60_000)} ahead. A restart sets it back.</span>
        )}
      </p>
      <div className="acts wrap gap-2">
        {steps.map(({ title, minutes }) => (
          <Button
            key={title}
            variant="default"
            size="xs"
            disabled={pass.isPending}
            onClick={() => pass.mutate(minutes)}
          >
            {title}
          </Button>
        ))}
      </div>
      {pass.error !== null && <ErrorNotice title="The clock did not change" error={pass.error} />}
    </section>
  )
}

/** Such as `1 day, 5 minutes`. */
function minutesText(all: number): string {
  const parts = [
    { name: 'day', count: Math.floor(all / 1440) },
    { name: 'hour', count: Math.floor((all % 1440) / 60) },
    { name: 'minute', count: Math.round(all % 60) },
  ]
  return parts
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}${count === 1 ? '' : 's'}`)
    .join(', ')
}
