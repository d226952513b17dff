import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { FieldErrors } from '../components/field.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { parsedUrl } from '../flow/landing-page.ts'
import { plain } from '../messages/plain.ts'
import type { Values } from '../step/inputs.ts'
import { useGate } from '../step/step-form.ts'
import { fill, useWords } from '../translations/words.tsx'
import { useCaptcha } from './use-captcha.ts'

/** What a journey's page is called to services that ask what a score is for. */
export const captchaAction = 'sign_in'

type CaptchaProps = {
  id: string
  url: string
  siteKey: string
  isInvisible: boolean
  /** What goes back: with the answer of the service, or without one. */
  valuesOf(token: string | undefined): Values | undefined
}

/** A CAPTCHA; or why there is none. */
export function Captcha({ id, url, siteKey, isInvisible, valuesOf }: CaptchaProps) {
  const words = useWords()
  const { place, token, hasFailed, isOpen, score, tryAgain } = useCaptcha({ url, siteKey, isInvisible })
  const [isMissing, setIsMissing] = useState(false)
  useGate(async () => {
    const answer = isInvisible ? await score(captchaAction).catch(() => '') : token
    const values = valuesOf(answer || undefined)
    setIsMissing(values === undefined)
    return values
  })
  if (!isOpen) {
    const host = plain(parsedUrl(url)?.host ?? url, 80)
    return <NoticeBox tone="bad">{fill(words.captchaUnknown, { host })}</NoticeBox>
  }
  return (
    <div className="field">
      <div ref={place} id={id} />
      {hasFailed && (
        <NoticeBox tone="bad" role="alert">
          <p>{words.captchaFailed}</p>
          <Button kind="quiet" onClick={tryAgain}>
            {words.again}
          </Button>
        </NoticeBox>
      )}
      <FieldErrors
        id={`${id}-errors`}
        errors={isMissing && !token && !hasFailed ? [words.captchaFirst] : []}
      />
    </div>
  )
}
