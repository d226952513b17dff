import { NoticeBox } from '../components/notice.tsx'
import type { CallbackProps } from '../step/step-form.ts'
import { fill, useWords } from '../translations/words.tsx'

/** A callback that the page has never heard of. It goes back as it came. */
export function Unknown({ callback }: CallbackProps) {
  const words = useWords()
  return <NoticeBox tone="warn">{fill(words.unknown, { type: callback.type })}</NoticeBox>
}
