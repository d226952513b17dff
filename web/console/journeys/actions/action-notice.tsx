import './action-notice.css'
import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ExchangeFinding } from '../../../api/journey-exchange.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { FindingList } from '../import/finding-list.tsx'

/** The outcome of an action. */
export type ActionResult =
  | { message: ReactNode; findings?: readonly ExchangeFinding[] }
  | { message: string; error: Error }

/** Shows the result above the list, until it is closed or another action starts. */
export function ActionNotice({ result, onClose }: { result: ActionResult; onClose(): void }) {
  return (
    <div className="action-notice stack align-start gap-2 below-4">
      {'error' in result ? (
        <ErrorNotice title={result.message} error={result.error} />
      ) : (
        <div className="said" role="status">
          <p>{result.message}</p>
          {result.findings !== undefined && result.findings.length > 0 && (
            <FindingList findings={result.findings} />
          )}
        </div>
      )}
      <CloseButton aria-label="Close notice" onClick={onClose} />
    </div>
  )
}
