import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type AuditHead, type AuditVerdict, verifyTrail } from '../../api/audit.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { formatNumber } from '../../translate/translate.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { entryCount } from './labels.ts'

/** Verifies the whole hash chain and shows the result. */
export function Integrity({ onClose }: { onClose(): void }) {
  const [checkpoint, setCheckpoint] = useState('')
  const link = parseLink(checkpoint)
  const isInvalid = checkpoint.trim() !== '' && link === undefined
  const checking = useMutation({ mutationFn: () => verifyTrail(link) })
  return (
    <Sheet onClose={onClose} title="Check integrity" size="lg">
      <form
        className="sheet-form integrity"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isInvalid) checking.mutate()
        }}
      >
        <p>
          Each entry contains the hash of the previous one. Changed, deleted or inserted entries break the
          chain.
        </p>
        <TextInput
          label="Saved checkpoint"
          description="Optional, such as 1042:b1946a…. Only a checkpoint can show that the whole trail was rewritten."
          placeholder="None"
          value={checkpoint}
          error={isInvalid ? 'Enter a number, a colon and a hash of 64 characters' : undefined}
          onChange={(event) => setCheckpoint(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" loading={checking.isPending} data-autofocus>
            Check now
          </Button>
        </div>
        {checking.error !== null && (
          <ErrorNotice title="The audit trail could not be checked" error={checking.error} />
        )}
        <div role="status">{checking.data !== undefined && <Verdict verdict={checking.data} />}</div>
      </form>
    </Sheet>
  )
}

/** Parses `1042:b1946a…`, the format of the command line. */
function parseLink(text: string): AuditHead | undefined {
  const [, sequence, hash] = /^\s*(\d{1,15}):([0-9a-f]{64})\s*$/i.exec(text) ?? []
  return sequence === undefined || hash === undefined
    ? undefined
    : { sequence: Number(sequence), hash: hash.toLowerCase() }
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const { rows } = verdict
  if (!verdict.isWhole) {
    return (
      <section className="callout alarm stack gap-2 pad-3">
        <h3 className="text-read strong ink-alarm">
          The trail is broken at entry {formatNumber(verdict.brokenAt)}
        </h3>
        <p>
          Reason: {verdict.reason}. The {entryCount(rows)} before it {rows === 1 ? 'is' : 'are'} intact. Don’t
          rely on later entries; compare them with an older export or backup.
        </p>
      </section>
    )
  }
  const { sequence, hash } = verdict.last
  return (
    <section className="callout good stack gap-2 pad-3">
      <h3 className="text-read strong">The trail is intact</h3>
      <p>
        {entryCount(rows)} {rows === 1 ? 'was' : 'were'} verified. Save this checkpoint where nobody with
        access to this server can change it:
      </p>
      <CopyField text={`${sequence}:${hash}`} label="Checkpoint" />
    </section>
  )
}
