import { Button, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import { addReply, type DevPanel, openCalls } from '../../api/dev.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { clockTime } from '../../check-model/times.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { useDevAction } from './use-dev-action.ts'

/** HTTP calls of journeys, and the replies that they get. */
export function CallList({ panel }: { panel: DevPanel }) {
  const { calls, mocks, allowedHosts, isOpen } = panel
  const [draft, setDraft] = useState('')
  const add = useDevAction(addReply)
  const open = useDevAction(openCalls)
  return (
    <section aria-labelledby="dev-calls">
      <h2 className="heading-2" id="dev-calls">
        HTTP calls
      </h2>
      {allowedHosts.length > 0 && (
        <Switch
          label={`Make calls to ${allowedHosts.join(', ')}`}
          checked={isOpen}
          onChange={(event) => open.mutate(event.currentTarget.checked)}
        />
      )}
      {open.error !== null && <ErrorNotice title="The switch was not changed" error={open.error} />}
      {calls.length === 0 && (
        <p className="about note">Calls of scripts and nodes appear here. Replies answer them.</p>
      )}
      <Calls calls={calls} onReply={setDraft} />
      {mocks.length > 0 && <p className="about note">Replies: {plainText(mocks.join(', '))}</p>}
      <Textarea
        label="New reply, until the server ends"
        description="YAML as in walks. Keep replies under dev: http: in sidegate.yaml."
        autosize
        minRows={2}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      <div className="acts wrap gap-2">
        <Button
          size="xs"
          disabled={draft.trim() === ''}
          onClick={() => add.mutate(draft, { onSuccess: () => setDraft('') })}
        >
          Add reply
        </Button>
      </div>
      {add.error !== null && <ErrorNotice title="The reply was not added" error={add.error} />}
    </section>
  )
}

function Calls({ calls, onReply }: Pick<DevPanel, 'calls'> & { onReply(yaml: string): void }) {
  return (
    <ul>
      {calls.map(({ number, madeAt, method, url, answer, mock, yaml }) => (
        <li key={number}>
          <h3 className="medium breaks">
            {method} <bdi>{plainText(url)}</bdi>
          </h3>
          <p className="about note">
            {clockTime(madeAt)}: {answer}
            {mock !== null && <>, by the reply to {plainText(mock)}</>}
          </p>
          {yaml !== null && (
            <Button variant="default" size="xs" onClick={() => onReply(yaml)}>
              Write a reply
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
