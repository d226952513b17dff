import { NoticeBox } from '../parts/notice.tsx'
import { useWords } from '../words/words.tsx'

/** The browser is sent elsewhere before anything is drawn: what is drawn is an address that leads nowhere. */
export function Redirect() {
  const words = useWords()
  return (
    <NoticeBox tone="bad" role="alert">
      {words.redirectBad}
    </NoticeBox>
  )
}
