import { Button } from '@mantine/core'
import { IconFileDescription, IconPlayerPlay } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../../api/request.ts'
import { cancelTransaction, type Transaction, type TransactionRun } from '../../api/transactions.ts'
import { ConfirmSheet } from '../components/confirm-sheet.tsx'
import { subjectOf } from './labels.ts'

/** Links to runs and audit entries, and the button to cancel. */
export function Actions({
  realm,
  record,
  isRunning,
}: {
  realm: string
  record: Transaction
  isRunning: boolean
}) {
  const { runs, auditTrackingIds } = record
  const [isConfirming, setIsAsking] = useState(false)
  return (
    <div className="acts wrap gap-2">
      <RunLinks realm={realm} runs={runs} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFileDescription size={14} stroke={1.75} aria-hidden />}
        renderRoot={(props) => (
          <Link {...props} to="/audit" search={{ realm, transaction: auditTrackingIds[0] }} />
        )}
      >
        Audit
      </Button>
      {isRunning && (
        <Button
          className="stop push-end"
          size="xs"
          variant="outline"
          color="bad"
          aria-label="Cancel transaction"
          onClick={() => setIsAsking(true)}
        >
          Cancel
        </Button>
      )}
      {isConfirming && <CancelTransaction realm={realm} record={record} onClose={() => setIsAsking(false)} />}
    </div>
  )
}

/** Links to the agent's run and the caller's newest run, while they are kept. */
function RunLinks({ realm, runs }: { realm: string; runs: readonly TransactionRun[] }) {
  const sides = [
    { title: 'Agent’s run', run: runs.find(({ side }) => side === 'front') },
    { title: 'Caller’s run', run: runs.findLast(({ side }) => side === 'back') },
  ]
  return sides.map(
    ({ title, run }) =>
      run !== undefined && (
        <Button
          key={title}
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={14} stroke={1.75} aria-hidden />}
          renderRoot={(props) => (
            <Link {...props} to="/runs/$id" params={{ id: run._id }} search={{ realm }} />
          )}
        >
          {title}
        </Button>
      ),
  )
}

/** Asks first, because the caller may be in the middle of the check. */
function CancelTransaction({
  realm,
  record,
  onClose,
}: {
  realm: string
  record: Transaction
  onClose(): void
}) {
  const queries = useQueryClient()
  const { reference } = record
  const done = () => {
    queries.invalidateQueries({ queryKey: ['transaction', realm, reference] })
    queries.invalidateQueries({ queryKey: ['transactions', realm] })
    onClose()
  }
  return (
    <ConfirmSheet
      title="Cancel this transaction?"
      errorTitle="The transaction was not cancelled"
      confirmLabel="Cancel transaction"
      onConfirm={() => cancelTransaction(realm, reference).catch(ignoreEnded)}
      onDone={done}
      onClose={onClose}
    >
      <p>
        The link for <bdi>{subjectOf(record)}</bdi> stops working at once, and the waiting journey continues
        without a result. The history stays in the list.
      </p>
    </ConfirmSheet>
  )
}

/** The transaction has already ended. The live feed updates the page. */
function ignoreEnded(error: unknown): void {
  const hasEnded = error instanceof ApiError && (error.code === 409 || error.code === 404)
  if (!hasEnded) throw error
}
