import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { addWebhook } from '../../../api/webhooks.ts'
import { Sheet } from '../../components/sheet.tsx'
import { serverProblems } from '../../form/server-problems.ts'
import { FormSheet } from '../../saving/form-sheet.tsx'
import { EventFields } from './event-fields.tsx'
import { allEvents } from './event-labels.ts'
import { UrlField } from './url-field.tsx'
import { WebhookSecret } from './webhook-secret.tsx'

type Props = { realm: string; onClose(): void }

type WebhookInput = { url: string; events: string[] }

const emptyInput: WebhookInput = { url: '', events: [...allEvents] }

/** Adds a webhook and shows its secret once. */
export function NewWebhook({ realm, onClose }: Props) {
  const [input, setWanted] = useState(emptyInput)
  const creation = useCreateWebhook(realm)
  if (creation.data !== undefined)
    return <WebhookCreated realm={realm} {...creation.data} onClose={onClose} />
  return (
    <FormSheet
      title="New webhook"
      size="lg"
      submitLabel="Add webhook"
      isReady={input.url.trim() !== ''}
      isChanged={input !== emptyInput}
      isPending={creation.isPending}
      error={serverProblems(creation.error).size === 0 ? creation.error : null}
      errorTitle="The webhook was not added"
      onSubmit={() => creation.mutate(input)}
      onClose={onClose}
    >
      <Fields
        input={input}
        error={creation.error}
        onChange={(changed) => {
          setWanted(changed)
          if (creation.error !== null) creation.reset()
        }}
      />
    </FormSheet>
  )
}

type FieldsProps = { input: WebhookInput; error: Error | null; onChange(input: WebhookInput): void }

function Fields({ input, error, onChange }: FieldsProps) {
  const fields = useRef<HTMLDivElement>(null)
  const problems = serverProblems(error)
  useEffect(() => {
    if (error !== null) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])
  return (
    <div className="sheet-form" ref={fields}>
      <UrlField
        hasFocus
        url={input.url}
        problem={problems.get('url')}
        onChange={(url) => onChange({ ...input, url })}
      />
      <EventFields
        events={input.events}
        problem={problems.get('events')}
        onChange={(events) => onChange({ ...input, events })}
      />
    </div>
  )
}

/** Shows the secret before anything else, because it can't be read again. */
function WebhookCreated({ realm, id, secret, onClose }: Props & { id: string; secret: string }) {
  const navigate = useNavigate()
  const open = () => {
    onClose()
    return navigate({ to: '/realm/webhooks/$id', params: { id }, search: { realm } })
  }
  return (
    <Sheet title="Webhook added" onClose={onClose} closeOnClickOutside={false}>
      <WebhookSecret secret={secret} explanation="Copy the secret now." />
      <div className="sheet-acts">
        <Button onClick={open}>Open webhook</Button>
      </div>
    </Sheet>
  )
}

function useCreateWebhook(realm: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ url, events }: WebhookInput) =>
      addWebhook(realm, { url: url.trim(), events, enabled: true }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks', realm] }),
    // Drop the secret from the cache when the dialog closes.
    gcTime: 0,
  })
}
