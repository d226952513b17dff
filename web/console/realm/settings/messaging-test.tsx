import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isJsonObject, type JsonObject } from '../../../api/json.ts'
import { sendTestMessage } from '../../../api/server-page.ts'
import { TestResult } from '../../server/test-result.tsx'

type Channel = 'sms' | 'voice'

const channels = [
  { value: 'sms', label: 'Text message' },
  { value: 'voice', label: 'Voice call' },
] as const

type Props = {
  realm: string
  /** The saved settings: the server uses no others, so that a secret can't be sent to an address that nobody saved. */
  saved: JsonObject
  hasChanges: boolean
}

/** Sends a test message through a saved gateway, and says what the gateway answered. */
export function MessagingTest({ realm, saved, hasChanges }: Props) {
  const set = channels.filter(({ value }) => isJsonObject(saved[value]))
  const [chosen, setChosen] = useState<Channel>()
  const [to, setTo] = useState('')
  const test = useMutation({ mutationFn: (channel: Channel) => sendTestMessage(realm, channel, to.trim()) })
  const channel = set.find(({ value }) => value === chosen)?.value ?? set[0]?.value
  if (channel === undefined) return <p className="hint">Save a service here to send a test message.</p>
  return (
    <fieldset className="settings-group stack items-start gap-4">
      <legend className="below-3 strong">Test message</legend>
      <p className="hint fine">
        {hasChanges
          ? 'The test uses the saved settings. Save your changes first to test them.'
          : 'A fixed text, sent at once to a number that you type. At most five in an hour.'}
      </p>
      {set.length > 1 && (
        <SegmentedControl
          aria-label="Kind of test message"
          data={[...channels]}
          value={channel}
          onChange={(value) => setChosen(value === 'voice' ? 'voice' : 'sms')}
        />
      )}
      <div className="test-form wrap align-end gap-2">
        <TextInput
          label="Telephone number of the test"
          type="tel"
          autoComplete="off"
          placeholder="+49 30 123456"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          variant="default"
          loading={test.isPending}
          disabled={to.trim() === ''}
          onClick={() => test.mutate(channel)}
        >
          {channel === 'sms' ? 'Send test message' : 'Make test call'}
        </Button>
      </div>
      <TestResult result={test.data} error={test.error} code={test.data?.code ?? undefined} />
    </fieldset>
  )
}
