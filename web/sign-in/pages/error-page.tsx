import { useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { NoticeBox } from '../components/notice.tsx'
import type { Trouble } from '../flow/persistence.ts'
import { fill, useWords } from '../translations/words.tsx'

/** Why nothing comes, and when it is tried again. It stands above a page that keeps what was typed. */
export function TroubleNotice({ trouble }: { trouble: Trouble }) {
  const words = useWords()
  const seconds = useSecondsUntil(trouble.againAt)
  return (
    <NoticeBox tone="warn" role="alert">
      <p>{words[trouble.kind]}</p>
      <p aria-live="off">
        {seconds !== undefined && <span className="figures">{fill(words.againIn, { seconds })} </span>}
      </p>
      <Button kind="quiet" onClick={trouble.tryNow}>
        {words.tryNow}
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
