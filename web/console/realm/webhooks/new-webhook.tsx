import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { addWebhook } from '../../../api/webhooks.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { serverProblems } from '../../form/server-problems.ts'
import { useConfirmClose } from '../../saving/use-confirm-close.tsx'
import { EventFields } from './event-fields.tsx'
import { everyEvent } from './event-labels.ts'
import { AddressField } from './url-field.tsx'
import { ReceiverSecret } from './webhook-secret.tsx'

type Given = { realm: string; onClose(): void }

type Wanted = { url: string; events: string[] }

const nothing: Wanted = { url: '', events: [...everyEvent] }

/** A new receiver; its secret is shown this once. */
export function NewReceiver({ realm, onClose }: Given) {
  const [wanted, setWanted] = useState(nothing)
  const adding = useAdding(realm)
  const { close, question } = useConfirmClose(wanted !== nothing, onClose)
  if (adding.data !== undefined) return <Added realm={realm} {...adding.data} onClose={onClose} />
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (wanted.url.trim() !== '') adding.mutate(wanted)
  }
  return (
    <Sheet title="New receiver" size="lg" onClose={close}>
      <form className="sheet-form" onSubmit={submit}>
        <Fields
          wanted={wanted}
          error={adding.error}
          onChange={(changed) => {
            setWanted(changed)
            if (adding.error !== null) adding.reset()
          }}
        />
        {question}
        <div className="sheet-acts">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={adding.isPending} disabled={wanted.url.trim() === ''}>
            Add the receiver
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

type FieldsGiven = { wanted: Wanted; error: Error | null; onChange(wanted: Wanted): void }

function Fields({ wanted, error, onChange }: FieldsGiven) {
  const fields = useRef<HTMLDivElement>(null)
  const told = serverProblems(error)
  useEffect(() => {
    if (error !== null) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])
  return (
    <div className="sheet-form" ref={fields}>
      {error !== null && told.size === 0 && <ErrorNotice title="The receiver was not added" error={error} />}
      <AddressField
        isFirst
        address={wanted.url}
        problem={told.get('url')}
        onChange={(url) => onChange({ ...wanted, url })}
      />
      <EventFields
        events={wanted.events}
        problem={told.get('events')}
        onChange={(events) => onChange({ ...wanted, events })}
      />
    </div>
  )
}

/** The secret comes before anything else can be done. */
function Added({ realm, id, secret, onClose }: Given & { id: string; secret: string }) {
  const navigate = useNavigate()
  const open = () => {
    onClose()
    return navigate({ to: '/realm/receivers/$id', params: { id }, search: { realm } })
  }
  return (
    <Sheet title="The receiver is there" onClose={onClose} closeOnClickOutside={false}>
      <ReceiverSecret secret={secret} about="This is its secret." />
      <div className="sheet-acts">
        <Button onClick={open}>Open the receiver</Button>
      </div>
    </Sheet>
  )
}

function useAdding(realm: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ url, events }: Wanted) => addWebhook(realm, { url: url.trim(), events, enabled: true }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['receivers', realm] }),
    // A secret is kept no longer than it is shown.
    gcTime: 0,
  })
}
