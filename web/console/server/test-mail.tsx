import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { sendTestMail } from '../../api/server-page.ts'
import { TestResult } from './test-result.tsx'

/** Sends a test email to an address, and says what the mail server answered. */
export function TestMail() {
  const [to, setTo] = useState('')
  const test = useMutation({ mutationFn: sendTestMail })
  return (
    <section aria-labelledby="server-mail" className="card stack gap-3 panel">
      <h2 className="text-read strong" id="server-mail">
        Test email
      </h2>
      <p className="about note">
        A fixed text from the sender of the root realm. It doesn’t wait in the outbox.
      </p>
      <form
        className="test-form wrap align-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          test.mutate(to.trim())
        }}
      >
        <TextInput
          label="Email address"
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" loading={test.isPending}>
          Send test email
        </Button>
      </form>
      <TestResult result={test.data} error={test.error} code={test.data?.status?.toString()} />
    </section>
  )
}
