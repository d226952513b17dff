import { outputOf } from '../../../../api/authenticate.ts'
import type { CallbackProps } from './callback-props.ts'

/** The message type of a script for the page. */
const scriptLevel = '4'

/** Shows messages as text only: scripts in them don't run here. */
export function Notice({ callback }: CallbackProps) {
  const message = String(outputOf(callback, 'message') ?? '')
  if (outputOf(callback, 'messageType') === scriptLevel) {
    return (
      <details>
        <summary>Script for the sign-in page, not run here</summary>
        <pre className="code json text-small breaks" dir="ltr">
          {message}
        </pre>
      </details>
    )
  }
  const isLive = callback.type === 'PollingWaitCallback'
  return (
    <p className={isLive ? 'live' : undefined} role={isLive ? 'status' : undefined}>
      <bdi>{message}</bdi>
    </p>
  )
}

/** A redirect that the journey asks for. */
export function Redirect({ callback }: CallbackProps) {
  const address = String(outputOf(callback, 'redirectUrl') ?? '')
  const isOpenable = /^https?:\/\//.test(address)
  return (
    <p>
      The journey continues at{' '}
      {isOpenable ? (
        <a href={address} target="_blank" rel="noreferrer">
          {address}
        </a>
      ) : (
        <code>{address}</code>
      )}
    </p>
  )
}
