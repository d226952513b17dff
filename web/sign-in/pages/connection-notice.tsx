import { useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import type { ConnectionProblem } from '../flow/retry.ts'
import { fill, useTexts } from '../translations/texts.tsx'

/** Explains why there is no response and when the page retries. Shown above the page, which keeps its input. */
export function ConnectionNotice({ problem }: { problem: ConnectionProblem }) {
  const texts = useTexts()
  const seconds = useSecondsUntil(problem.retryAt)
  return (
    <NoticeBox tone="warn" role="alert">
      <p>{texts[problem.kind]}</p>
      <p aria-live="off">
        {seconds !== undefined && <span className="figures">{fill(texts.againIn, { seconds })} </span>}
      </p>
      <Button kind="quiet" onClick={problem.retryNow}>
        {texts.tryNow}
      </Button>
    </NoticeBox>
  )
}

function useSecondsUntil(time: number | undefined): number | undefined {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return time === undefined ? undefined : Math.max(0, Math.ceil((time - now) / 1000))
}
