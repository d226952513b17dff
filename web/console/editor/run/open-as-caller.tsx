import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { readCheckFeed } from '../../../api/check-feed.ts'
import type { CheckSnapshot } from '../../../api/help-desk.ts'
import type { RunStep } from '../../../api/runs.ts'
import { useOpenAsCaller, useRun } from './run-context.tsx'

/** Whether a step opened a transaction. */
function hasOpened({ nodeType, outcome }: Pick<RunStep, 'nodeType' | 'outcome'>): boolean {
  return nodeType === 'BackChannelInitNode' && outcome === 'created'
}

/** At a step that opened a transaction. */
export function OpenAsCaller({ step }: { step: RunStep }) {
  return hasOpened(step) ? <OpenButton /> : null
}

function OpenButton() {
  const open = useOpenAsCaller()
  if (open === undefined) return null
  return (
    <Button variant="default" size="compact-md" onClick={open}>
      Open as the caller
    </Button>
  )
}

type OpenedProps = { realm: string; authId: string | undefined; responseCount: number }

/** Below the agent's client, while a transaction of the run waits for the caller: the codes, and the way to the caller's side. */
export function OpenedTransaction({ realm, authId, responseCount }: OpenedProps) {
  const isOpened = useRun(({ steps }) => steps.some(hasOpened))
  const id = useRun(({ run }) => run?._id)
  const codes = useQuery({
    queryKey: ['codes', realm, id, responseCount],
    queryFn: ({ signal }) => readCodes(realm, authId ?? '', signal),
    enabled: isOpened && authId !== undefined,
    gcTime: 0,
    retry: false,
  })
  if (!isOpened || authId === undefined) return null
  const { code, reverseCode } = codes.data ?? {}
  return (
    <div className="opened-transaction row wrap justify-between gap-2 text-note ink-accent">
      <p>
        This run opened a transaction.
        {code != null && (
          <>
            {' '}
            Code to read out: <strong className="figures">{code}</strong>
          </>
        )}
        {reverseCode != null && (
          <>
            {' '}
            The caller’s page shows <strong className="figures">{reverseCode}</strong>
          </>
        )}
      </p>
      <OpenButton />
    </div>
  )
}

/**
 * The codes of the check that a run opened, as its agent sees them.
 * @param authId the latest one of the agent's journey.
 * @returns undefined for a transaction that is no check.
 */
async function readCodes(
  realm: string,
  authId: string,
  signal: AbortSignal,
): Promise<Pick<CheckSnapshot, 'code' | 'reverseCode'> | null> {
  const reading = new AbortController()
  signal.addEventListener('abort', () => reading.abort(), { once: true })
  try {
    const feed = readCheckFeed({ realm, authId, isLate: false, signal: reading.signal })
    for await (const item of feed) if ('snapshot' in item) return item.snapshot
    return null
  } finally {
    reading.abort()
  }
}
