import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type AuditHead, type AuditVerdict, verifyTrail } from '../../api/audit.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { entryCount } from './labels.ts'

/** Checks the chain from end to end, and says in words what came of it. */
export function Integrity({ onClose }: { onClose(): void }) {
  const [checkpoint, setWritten] = useState('')
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
          Each entry carries the hash of the one before. An entry that was changed, removed or put in breaks
          the chain at its place.
        </p>
        <TextInput
          label="An end that was written down before"
          description="As 1042:b1946a…, if you have one. Only that shows a trail that was written anew as a whole."
          placeholder="None"
          value={checkpoint}
          error={isInvalid ? 'A number, a colon, and a hash of 64 characters' : undefined}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" loading={checking.isPending} data-autofocus>
            Check now
          </Button>
        </div>
        {checking.error !== null && (
          <ErrorNotice title="The chain could not be checked" error={checking.error} />
        )}
        <div role="status">{checking.data !== undefined && <Verdict verdict={checking.data} />}</div>
      </form>
    </Sheet>
  )
}

/** `1042:b1946a…` as the command line has it, too. */
function parseLink(written: string): AuditHead | undefined {
  const [, sequence, hash] = /^\s*(\d{1,15}):([0-9a-f]{64})\s*$/i.exec(written) ?? []
  return sequence === undefined || hash === undefined
    ? undefined
    : { sequence: Number(sequence), hash: hash.toLowerCase() }
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const { rows } = verdict
  if (!verdict.isWhole) {
    return (
      <section className="verdict broken">
        <h3>The trail is broken at entry {verdict.brokenAt.toLocaleString('en')}</h3>
        <p>
          Why: {verdict.reason}. {entryCount(rows)} before it {rows === 1 ? 'is' : 'are'} as written; do not
          rely on what comes from there on. Compare with an export or a backup that was made before.
        </p>
      </section>
    )
  }
  const { sequence, hash } = verdict.last
  return (
    <section className="verdict whole">
      <h3>The trail is whole</h3>
      <p>
        {entryCount(rows)} {rows === 1 ? 'is' : 'are'} as written. This is the end; write it down where nobody
        who can reach this server can change it:
      </p>
      <CopyField text={`${sequence}:${hash}`} label="End of the trail" />
    </section>
  )
}
