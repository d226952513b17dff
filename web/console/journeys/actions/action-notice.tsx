import './action-notice.css'
import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ExchangeFinding } from '../../../api/journey-exchange.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { FindingList } from '../import/finding-list.tsx'

/** The outcome of an action. */
export type ActionResult =
  | { what: ReactNode; findings?: readonly ExchangeFinding[] }
  | { what: string; error: Error }

/** Shows the result above the list, until it is closed or another action starts. */
export function ActionNotice({ said, onClose }: { said: ActionResult; onClose(): void }) {
  return (
    <div className="said-notice">
      {'error' in said ? (
        <ErrorNotice title={said.what} error={said.error} />
      ) : (
        <div className="said" role="status">
          <p>{said.what}</p>
          {said.findings !== undefined && said.findings.length > 0 && (
            <FindingList findings={said.findings} />
          )}
        </div>
      )}
      <CloseButton aria-label="Close notice" onClick={onClose} />
    </div>
  )
}
