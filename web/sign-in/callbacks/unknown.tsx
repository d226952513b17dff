import { NoticeBox } from '../components/notice.tsx'
import type { CallbackProps } from '../step/step-form.ts'
import { fill, useTexts } from '../translations/texts.tsx'

/** A callback of an unknown type. Sent back unchanged. */
export function Unknown({ callback }: CallbackProps) {
  const texts = useTexts()
  return <NoticeBox tone="warn">{fill(texts.unknown, { type: callback.type })}</NoticeBox>
}
