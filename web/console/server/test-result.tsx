import './test-result.css'
import { errorMessage } from '../components/error-notice.tsx'

type Props = {
  result: { verdict: string; message: string } | undefined
  error: Error | null
  /** The status or code that the other server answered. */
  code: string | undefined
}

/** What a test said, announced by screen readers. */
export function TestResult({ result, error, code }: Props) {
  const isGood = error === null && result?.verdict === 'accepted'
  const text = error === null ? result?.message : errorMessage(error)
  return (
    <p className={`callout told pad-2 text-note inked breaks ${isGood ? 'good' : 'warn'}`} role="status">
      {text}
      {error === null && code !== undefined && ` It answered ${code}.`}
    </p>
  )
}
